"""The shape of a joint service's file. docs/joint.md explains each key; a test holds the two together."""

from typing import Final

from tongban.engine.packs.shape import CODE, Flag, Record, Row, Text
from tongban.engine.packs.shapes import ASKED, AUDIENCE, LAW, NAME, PERIOD, PROSE, TELLING, WHEN

_ITEM: Final = Text(63, CODE, "birth-registration")
_KINDS: Final = Row(Text(63, CODE, "birth-certificate"), least=1)
_QUESTION: Final = Record(ASKED.required, {**ASKED.optional, "tells": Row(TELLING, least=1)})
_AFTER: Final = Record({"result_of": _ITEM}, {"feeds": _KINDS})
_MEMBER: Final = Record(
    {"item": _ITEM, "why": PROSE},
    {
        "when": WHEN,
        "optional": Flag(),
        "exactly_one": Text(63, CODE, "proof-of-death"),
        "after": Row(_AFTER),
        "apart": Row(Text(63, CODE, "premises-kind"), least=1),
    },
)
JOINT: Final = Record(
    {
        "name": NAME,
        "sample": Flag(),
        "words": Row(Text(40, like="生孩子", told=False), least=1),
        "says": PROSE,
        "lead": Text(NAME.longest, like="卫生健康部门"),
        "audience": AUDIENCE,
        "promise": PERIOD,
        "law": Row(LAW, least=1),
        "members": Row(_MEMBER, least=2),
    },
    {"questions": Row(_QUESTION)},
)
