"""One page of a PDF as a picture, drawn in a process of its own: `python -m tongban.papers.drawing.pdf_page`.

Reads the PDF from standard input; arguments are the page from 1 and the width in pixels. Writes the number of
pages, a line feed and a JPEG. What strangers handed in is parsed here and nowhere near keys or the database.
"""

import io
import resource
import sys
from typing import Final

MOST_MEMORY: Final = 1 << 30
MOST_SECONDS: Final = 10
TALLEST: Final = 4
"""How many times its width a page may be high; what is longer is cut off."""
NOT_A_PDF: Final = 3


def main() -> int:
    """0 with the page, 3 where the PDF cannot be drawn or has no such page."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    import pypdfium2 as pdfium  # Its library is loaded under the limits.

    number, width = int(sys.argv[1]), int(sys.argv[2])
    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
        pages = len(document)
        page = document[number - 1] if 1 <= number <= pages else None
    except pdfium.PdfiumError:
        return NOT_A_PDF
    if page is None or min(page.get_size()) <= 0:
        return NOT_A_PDF
    across, down = page.get_size()
    drawn = page.render(scale=width / across, crop=(0, max(0.0, down - TALLEST * across), 0, 0)).to_pil()
    out = io.BytesIO()
    drawn.convert("RGB").save(out, "JPEG", quality=85)
    sys.stdout.buffer.write(f"{pages}\n".encode() + out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
