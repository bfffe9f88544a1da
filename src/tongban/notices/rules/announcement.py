"""What the city tells everyone: an announcement as its pack has it, and whether it is shown on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markdown_it import MarkdownIt

# Neither raw HTML nor pictures: the page's content policy lets neither in.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).disable(["image"])


@dataclass(frozen=True, slots=True)
class Announcement:
    """From `day` on it is shown to everyone; behind `until` it is kept, and no longer shown in lists.

    `pressing`: it stands in the bar above the first page. `audience`: in words; `items`: slug and name of
    what it is about.
    """

    slug: str
    title: str
    day: date
    until: date | None
    pressing: bool
    sample: bool
    audience: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    text: str

    def begun(self, on: date) -> bool:
        """Whether it may be read at all on that day."""
        return self.day <= on

    def over(self, on: date) -> bool:
        """Whether it has had its time."""
        return self.until is not None and self.until < on


def announcement_of(document: Mapping[str, Any]) -> Announcement:
    """The announcement that a checked pack holds."""
    until = document["until"]
    return Announcement(
        slug=document["slug"],
        title=document["title"],
        day=date.fromisoformat(document["day"]),
        until=date.fromisoformat(until) if until else None,
        pressing=document["pressing"],
        sample=document["sample"],
        audience=tuple(one["name"] for one in document["audience"]),
        items=tuple((one["slug"], one["name"]) for one in document["items"]),
        text=document["text"],
    )


def as_html(text: str) -> str:
    """Its text without raw HTML, scripts, pictures or dangerous links; headings below the page's."""
    tokens = _MARKDOWN.parse(text)
    for one in tokens:
        if one.type in ("heading_open", "heading_close"):
            one.tag = "h2"
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html
