"""`python -m tools.screenshots`: the chief pages as pictures into docs/pictures, each width, 关怀版 and dark.

The city of the pictures is a demonstration of its own; the pictures are reduced to 255 colours, of which
these pages use fewer.
"""

import io
from pathlib import Path

from PIL import Image

from tools.browser import opened
from tools.chief_pages import CHIEF
from tools.demonstration import Demonstration, demonstration

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
CASES = 300
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
TALLEST = 2400
"""Pixels; what lies below says nothing more of the look."""

MANNERS: dict[str, tuple[dict[str, int], str, str]] = {
    "1280": (DESKTOP, "light", ""),
    "dark": (PHONE, "dark", ""),
    "care": (PHONE, "light", "care"),
    "390": (PHONE, "light", ""),
}
"""Width, scheme of colours, and what is chosen at /preferences, as its cookie says it."""


def main() -> None:
    """Take every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration(CASES) as city:
        for manner in MANNERS:
            _take(city, manner)


def _take(city: Demonstration, manner: str) -> None:
    size, colours, chosen = MANNERS[manner]
    with opened() as chromium:
        for who in dict.fromkeys(page.who for page in CHIEF):
            context = city.enter(chromium, who, viewport=size, color_scheme=colours)
            if chosen:
                context.add_cookies([{"name": "preferences", "value": chosen, "url": city.address}])
            for chief in CHIEF:
                if chief.who == who:
                    page = context.new_page()
                    page.goto(chief.find(context))
                    _keep(page.screenshot(full_page=True), PICTURES / f"{chief.name}-{manner}.png")
                    page.close()
            context.close()


def _keep(picture: bytes, file: Path) -> None:
    with Image.open(io.BytesIO(picture)) as image:
        seen = image.convert("RGB").crop((0, 0, image.width, min(image.height, TALLEST)))
    seen.quantize(255).save(file, optimize=True)


if __name__ == "__main__":
    main()
