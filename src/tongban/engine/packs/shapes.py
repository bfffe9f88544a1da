"""The shape of every file of a pack. docs/packs.md explains each key; a test holds the two together."""

from typing import Final

from tongban.engine.forms import Kind
from tongban.engine.packs.shape import (
    CODE,
    FIELD,
    Anything,
    Day,
    Flag,
    Maybe,
    Record,
    Row,
    Shape,
    Table,
    Text,
    Whole,
    Word,
)

NAME: Final = Text(200, like="名称")
PROSE: Final = Text(2000)
SOURCE: Final = Text(200, like="出处")
_KEPT: Final = Text(200, like="出处", told=False)
_SEARCHED: Final = Row(Text(40, told=False), least=1)
"""People's words for something: what is looked for, not what is read."""


def _name(like: str) -> Text:
    return Text(NAME.longest, like=like)


def _printed(like: str) -> Text:
    """What stands on paper, and papers are in Chinese."""
    return Text(NAME.longest, like=like, told=False)


_LAW_KEYS: Final[dict[str, Shape]] = {
    "law": Text(200, like="行政许可法"),
    "article": Text(200, like="第三十七条"),
    "sense": Text(2000, like="用自己的话写这一条的意思"),
    "checked": Flag(),
}
LAW: Final = Record(_LAW_KEYS, {"source": SOURCE})


def _coded(system: str, code: str) -> Record:
    return Record({"system": Text(63, CODE, system), "code": Text(64, like=f'"{code}"')})


AUDIENCE: Final = Row(_coded("gbt39554-audience", "1"), least=1)
UNITS: Final = Word({"workday": "工作日", "day": "自然日", "month": "月", "hour": "小时"})
PERIOD: Final = Record({"value": Whole(0, 3660, like=5), "unit": UNITS})

_KIND: Final = Word(
    {
        Kind.TEXT.value: "文字",
        Kind.NUMBER.value: "数",
        Kind.DATE.value: "日期",
        Kind.CHOICE.value: "从选项里选一个",
        Kind.CHOICES.value: "从选项里选几个",
        Kind.RESIDENT_ID.value: "公民身份号码",
        Kind.USCC.value: "统一社会信用代码",
        Kind.PHONE.value: "电话号码",
        Kind.ADDRESS.value: "地址",
        Kind.AMOUNT.value: "金额，元",
        Kind.BOOLEAN.value: "是或否",
    }
)
_OPTIONS: Final = Table(NAME, like="catering")
_LIMITS: Final = Table(Anything("50"), r"[a-z_]+", "max_length")
WHEN: Final = Anything("{field: kind, equals: catering}")

ELEMENTS: Final = Table(
    Record(
        {
            "name": NAME,
            "kind": _KIND,
            "personal": Flag(),
            "source": _KEPT,
            "checked": Flag(),
        },
        {"limits": _LIMITS, "options": _OPTIONS},
    )
)

_MATERIAL_TYPE: Final = Word({"other": "其他", "form": "申请表格文书", "certificate": "证件证书证明"})
_DRAWN: Final = Record(
    {"title": _printed("房屋租赁合同"), "lines": Row(_printed("承租人：张三"), least=1)},
    {"signed": _printed("出租人、承租人")},
)
MATERIALS: Final = Table(
    Record(
        {"name": NAME, "type": _MATERIAL_TYPE},
        {"held_by": _name("公安机关"), "made_by": Text(60, like="检测机构"), "drawn": _DRAWN},
    )
)

_RANK: Final = Word({"law": "法律", "regulation": "行政法规或地方性法规", "decision": "国务院决定"})
_INTERMEDIARY: Final = Record({"demanded": Flag(), "terms": PROSE}, {"rank": _RANK, "law": LAW})

_CODES: Final = Table(NAME, r"[0-9A-Z]{1,12}", '"01"')
CODE_SYSTEMS: Final = Table(Record({"name": _KEPT, "source": _KEPT, "checked": Flag()}, {"codes": _CODES}))

_REGION_CODE: Final = r"[0-9]{6}(?:[0-9]{3}){0,3}"
REGIONS: Final = Table(NAME, _REGION_CODE, '"510104"')

FIGURES: Final = (
    "notify_within",
    "review_within",
    "decide_within",
    "extend_by",
    "deliver_within",
    "correct_within",
    "decide_jointly_within",
    "extend_jointly_by",
)
_FIGURE: Final = Row(
    Record(
        {
            "from": Day(),
            "value": Text(20, r"[0-9]{1,4} (?:workday|day|month|hour)", "20 workday"),
            **_LAW_KEYS,
        },
        {"source": SOURCE},
    ),
    least=1,
)
_NAMED_LAW: Final[dict[str, Shape]] = {"code": Text(63, CODE, "hearing"), "name": NAME, **_LAW_KEYS}

REGIME: Final = Record(
    {
        "name": NAME,
        "figures": Record({}, dict.fromkeys(FIGURES, _FIGURE)),
        "decision_includes_delivery": Flag(),
        "special_procedures": Row(Record(_NAMED_LAW, {"source": SOURCE})),
        "remedies": Row(LAW, least=1),
    },
    {
        "binds": Row(_coded("gbt39554-item-type", "01"), least=1),
        "instead_of": Record({"regime": Text(63, CODE, "licensing"), "law": LAW}),
        "one_time_notice": LAW,
        "silence_is_acceptance": LAW,
        "revocation": LAW,
        "basis": Row(LAW, least=1),
    },
)

_MATERIAL: Final = Record(
    {
        "kind": Text(63, CODE, "business-licence"),
        "need": Word(
            {"required": "必要", "optional": "非必要", "later": "容缺后补", "not-demanded": "免提交"}
        ),
        "source": Word(
            {
                "applicant": "申请人自备",
                "certificate": "调用电子证照",
                "shared": "部门间核验",
                "form": "系统生成",
                "earlier-result": "前一事项的结果",
            }
        ),
        "purpose": PROSE,
        "formats": Row(Word({"electronic": "电子", "paper": "纸质"}), least=1),
        "accept_stand": PROSE,
    },
    {
        "by_law": Row(LAW),
        "when": WHEN,
        "example": PROSE,
        "originals": Whole(0, 20),
        "copies": Whole(0, 20),
        "intermediary": _INTERMEDIARY,
    },
)

_FEE: Final = Record(
    {"charged": Flag()},
    {
        "rows": Row(
            Record({"name": _name("工本费"), "standard": _name("每本 10 元"), "law": LAW}, {"relief": PROSE})
        )
    },
)

TRIAL_BODY: Final = "11510104MB9000099J"
"""A credit code of no office, right in form, for one who tries."""

_BODY: Final = Record(
    {
        "body": Text(18, like=TRIAL_BODY),
        "name": _name("锦江区园林局"),
        "region": Text(15, like='"510104"'),
    }
)

_OFFICE: Final = Record(
    {
        "body": Text(18, like=TRIAL_BODY),
        "name": _name("锦江区社区园艺站"),
        # Its form is judged with the codes that there are, so that a name can be told its code.
        "region": Text(15, like='"510104"'),
        "address": Text(200, like="街道和门牌号"),
        "hours": Text(200, like="工作日 9:00—17:00"),
        "phone": Text(200, like="028-00000000"),
    },
    {"superior": _BODY},
)

TELLING: Final = Record({"answer": Anything("true"), "says": PROSE}, {"ends": Flag()})
_SITUATION: Final = Record(
    {"element": Text(63, CODE, "dwelling-kind")},
    {"question": NAME, "help": PROSE, "tells": Row(TELLING, least=1)},
)

FACT: Final = r"[a-z][a-z0-9_]{0,62}(?:\.[a-z][a-z0-9_]{0,62})?"
_SOURCE: Final = Record(
    {},
    {
        "register": Text(63, CODE, "housing-fund"),
        "asks": Text(63, CODE, "deposits"),
        "certificate": Text(63, CODE, "disability-certificate"),
        "purpose": _name("核对缴存情况"),
        "years_since": Text(127, FACT, "person.born"),
        "label": _name("周岁"),
    },
)
_RULE: Final = Record(
    {
        "facts": Table(_SOURCE, FIELD, "fund"),
        "says": PROSE,
        "asks_again_for": Record({"value": Whole(1, 24), "unit": Word({"hour": "小时"})}),
    },
    {"prints": Row(Text(127, FACT, "fund.paid_until"))},
)

_LOOK: Final = Record(
    {
        "register": Text(63, CODE, "population"),
        "asks": Text(63, FIELD, "household"),
        "purpose": _name("核对户口所在地"),
    }
)

_TASK: Final = r"[A-Za-z_][\w/-]*"

ITEM: Final = Record(
    {
        "name": NAME,
        "sample": Flag(),
        "words": _SEARCHED,
        "basic_code": _coded("gbt39554-basic-code", "512033901000"),
        "item_type": _coded("gbt39554-item-type", "20"),
        "audience": AUDIENCE,
        "power_source": _coded("gbt39554-power-source", "1"),
        "use_level": Row(_coded("gbt39554-use-level", "4"), least=1),
        "department": _name("民政部门"),
        "regime": Text(63, CODE, "licensing"),
        "law": Row(LAW, least=1),
        "kind": Word({"instant": "即办件", "promised": "承诺件", "forwarded": "上报件"}),
        "promise": PERIOD,
        "conditions": Row(PROSE, least=1),
        "fee": _FEE,
        "visits": Whole(0, 9),
        "channels": Record({"window": Flag(), "online": Flag(), "express": Flag()}, {"self_service": Flag()}),
        "special_procedures": Row(Record({"code": Text(63, CODE, "hearing"), "when": PROSE}, {"law": LAW})),
        "materials": Row(_MATERIAL),
        "result": Record(
            {
                "name": NAME,
                "kind": Word(
                    {"certificate": "证照", "document": "批文", "payment": "资金", "registration": "登记备案"}
                ),
            },
            {"certificate": Text(63, CODE, "food-operation-licence")},
        ),
        "offices": Row(_OFFICE, least=1),
        "contact": _name("到窗口当面问"),
        "complaint": _name("拨打 12345"),
    },
    {
        "flow": Row(
            Record({"name": _name("核对材料"), "actor": _name("窗口人员")}, {"takes": PERIOD}), least=1
        ),
        "process": Record(
            {"drawn": Text(63, CODE, "on-site-check")},
            {
                "takes": Table(PERIOD, _TASK, "review"),
                "asks": Table(Row(_BODY, least=1), _TASK, "traffic"),
                "looks": Table(_LOOK, _TASK, "household"),
            },
        ),
        "local_code": _coded("sichuan-local-code", "511A0064100070"),
        "statutory": Record({"from": Day(), "value": Whole(1, 3660), "unit": UNITS, "law": LAW}),
        "visit_reason": PROSE,
        "quantity_limit": PROSE,
        "online_depth": _coded("online-depth", "5"),
        "online_target": Record({"depth": _coded("online-depth", "7"), "by": Day()}),
        "situations": Row(_SITUATION),
        "by_two": Record({"says": PROSE}, {"law": Row(LAW)}),
        "later_within": PERIOD,
        "effective": Record({"from": Day()}, {"until": Day()}),
        "faq": Row(Record({"question": _name("孩子能办吗"), "answer": PROSE})),
        "rule": _RULE,
    },
)

ASKED: Final = Record(
    {"name": Text(63, FIELD, "applicant_name"), "element": Text(63, CODE, "person-name")},
    {
        "label": NAME,
        "required": Flag(),
        "help": PROSE,
        "why": PROSE,
        "when": WHEN,
        "limits": _LIMITS,
        "options": _OPTIONS,
    },
)

FORM: Final = Record(
    {
        "steps": Row(
            Record(
                {"code": Text(63, CODE, "applicant"), "title": NAME, "fields": Row(ASKED, least=1)},
                {"when": WHEN},
            ),
            least=1,
        )
    }
)

_LISTED: Final = Record({"name": NAME, "department": NAME, "words": _SEARCHED}, {"audience": AUDIENCE})
GUIDE_LIST: Final = Record(
    {
        "life_event": NAME,
        "place": Whole(1, 999),
        "sample": Flag(),
        "audience": AUDIENCE,
        "items": Table(_LISTED),
    }
)

EXAMPLE: Final = Table(Anything(), FIELD, "applicant_name")

_GIVEN: Final = Maybe(Table(Anything(), FIELD, "paid_until"))
_QUESTION: Final = Record(
    {
        "question": NAME,
        "answer": Row(ASKED, least=1),
        "everyone_else": _GIVEN,
        "rows": Row(
            Record({"answer": _GIVEN}, {"person": Text(40, told=False), "enterprise": Text(40, told=False)})
        ),
    }
)
REGISTER: Final = Record(
    {"name": NAME, "sample": Flag(), "kept_by": _name("住房公积金管理部"), "questions": Table(_QUESTION)}
)

_ELEMENT: Final = Text(63, CODE, "person-name")
_HOLDER: Final = Word({"person": "自然人", "enterprise": "企业", "either": "两者都可以"})
_LASTING: Final = Maybe(Record({"value": Whole(1, 1200), "unit": Word({"month": "月"}), "law": LAW}))
_FACTS: Final = Word(
    {
        "holder-name": "持证主体",
        "holder-code": "持证主体代码",
        "issuer": "颁发机关",
        "issued-on": "颁发日期",
        "valid-until": "有效期截止",
        "endorsed-until": "签注有效至",
    }
)

CERTIFICATE: Final = Record(
    {
        "name": NAME,
        "sample": Flag(),
        "type_code": Text(21, r"[0-9A-Z]{21}", "11100000000013338W032"),
        "authority": NAME,
        "holder": Record(
            {"class": _HOLDER, "name": Row(_ELEMENT, least=1), "code": Row(_ELEMENT)}, {"founded": Flag()}
        ),
        "validity": _LASTING,
        "elements": Row(Record({"label": NAME}, {"element": _ELEMENT, "fact": _FACTS}), least=1),
        "satisfies": Row(Text(63, CODE, "business-licence")),
    },
    {"endorsement": _LASTING, "remedies": Row(LAW, least=1)},
)
