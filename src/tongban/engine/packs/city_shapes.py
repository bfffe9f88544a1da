"""The shape of what a city says around its items: announcements, the first page, people's words.

docs/packs.md explains each key; a test holds the two together.
"""

from typing import Final

from tongban.engine.packs.shape import CODE, Day, Flag, Markdown, Maybe, Record, Row, Shape, Table, Text, Word
from tongban.engine.packs.shapes import AUDIENCE, NAME, PROSE

ANNOUNCEMENT: Final = Record(
    {
        "title": NAME,
        "day": Day(),
        "until": Maybe(Day()),
        "pressing": Flag(),
        "sample": Flag(),
        "audience": AUDIENCE,
        "items": Row(Text(63, CODE, "residence-permit")),
        "text": Markdown(20_000),
    }
)

_SLUG: Final = Text(63, CODE, "residence-permit")


def _called(like: str) -> Text:
    return Text(NAME.longest, like=like)


_GLYPH: Final = Text(1, like="医", told=False)
_LISTING: Final[dict[str, Shape]] = {
    "life_events": Row(NAME),
    "items": Row(_SLUG),
    "departments": Row(NAME),
    "audience": AUDIENCE,
}
_FAMILY: Final = Word({"life": "按生活", "person": "人的一生", "enterprise": "企业的一生"})
_PAGE: Final = Word(
    {
        "items": "全部事项",
        "mine": "我的办件",
        "wallet": "我的证照",
        "verify": "查验文书和证照",
        "ledger": "公开账本",
        "order": "今天的办理次序",
        "call-back": "请给我回电",
    }
)
COLUMNS: Final = Record(
    {
        "sample": Flag(),
        "topics": Table(
            Record(
                {"name": _called("看病就医"), "glyph": _GLYPH, "of": _FAMILY},
                {"care": Flag(), **_LISTING},
            )
        ),
        "columns": Table(
            Record(
                {"name": _called("特色服务"), "glyph": _GLYPH, "says": PROSE},
                {"page": _PAGE, **_LISTING},
            )
        ),
        "wishes": Row(Record({"says": Text(20, like="开饭店"), "opens": _SLUG})),
    }
)

_SAID: Final = Text(20, like="看病", told=False)
WORDS: Final = Record(
    {},
    {
        "means": Table(Row(Text(60, like="门诊", told=False), least=1), r"\S{1,20}", "看病"),
        "fillers": Row(_SAID),
        "particles": Row(Text(1, r"\S", "了", told=False)),
        "asides": Row(_SAID),
    },
)
