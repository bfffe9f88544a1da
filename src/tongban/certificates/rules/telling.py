"""How a certificate is told: its lines, its events, its metadata by GB/T 36903."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from tongban.certificates.events import CertificateRevoked, Event, RevocationAsked
from tongban.certificates.rules.issuing import Content
from tongban.certificates.rules.life import CODES, GROUNDS, TAKEN_BACK, Holding, Status
from tongban.certificates.rules.state import CertificateState
from tongban.engine.codes import CodeError, check_credit_code, check_resident_id

EVENT_WORDS: Final[Mapping[str, str]] = {
    "issued": noop("颁发"),
    "replaced": noop("换发新版，这一版失效"),
    "suspended": noop("暂扣"),
    "restored": noop("恢复使用"),
    "endorsed": noop("签注"),
    "revocation-asked": noop("提出收回，请负责人批准"),
    "revocation-declined": noop("不同意收回"),
    "revoked": noop("收回"),
    "cancelled": noop("注销"),
    "expired": noop("有效期满，失效"),
    "mandate-ended": noop("设立时给的授权同时停止"),
}

_FOR_GOOD_GONE: Final = noop("这张证照不能恢复。以后要用的，需要重新申请；法律不让马上再申请的除外。")

ONWARD: Final[Mapping[Holding, str]] = {
    Holding.UNENDORSED: noop("请到发证机关补办签注，补办后马上可以再用。"),
    Holding.EXPIRED: noop("还要用的，请重新申请。"),
    Holding.SUSPENDED: noop("请看下面写的理由，改好以后请发证机关恢复。"),
    Holding.REVOKED: _FOR_GOOD_GONE,
    Holding.FORFEITED: _FOR_GOOD_GONE,
    Holding.CANCELLED: _FOR_GOOD_GONE,
}
"""What a holder can do where a certificate stands."""

FOR_GOOD: Final = "长期"


def words_of(event: Event) -> str:
    """What happened, with the ground where one was named."""
    if isinstance(event, CertificateRevoked | RevocationAsked):
        return gettext("%(what)s：%(why)s") % {
            "what": gettext(EVENT_WORDS[event.kind]),
            "why": gettext(GROUNDS[event.ground][0]),
        }
    return gettext(EVENT_WORDS[event.kind])


def onward(holding: Holding) -> str:
    """What its holder can do; empty where there is nothing to do."""
    return gettext(ONWARD[holding]) if holding in ONWARD else ""


def remedies_in(type: Mapping[str, Any], status: Status) -> list[str]:
    """How its holder may contest what the office did, each with its source; none where it did nothing."""
    if status is not Status.SUSPENDED and status not in TAKEN_BACK:
        return []
    told = type.get("remedies", ())
    return [f"{one['sense'].rstrip('。')}（《{one['law']}》{one['article']}）。" for one in told]


def as_printed(day: date | None) -> str:
    """2031 年 3 月 9 日, or 长期: a certificate is printed in Chinese, whoever reads it."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else FOR_GOOD


def printed(
    type: Mapping[str, Any], state: CertificateState, content: Content, issuer: str
) -> list[tuple[str, str]]:
    """Every line of the certificate in the order of its type, facts filled in."""
    facts = {
        "holder-name": content.holder_name,
        "holder-code": content.holder_code,
        "issuer": issuer,
        "issued-on": as_printed(state.issued_on),
        "valid-until": as_printed(state.valid_until),
        "endorsed-until": as_printed(state.endorsed_until),
    }
    answered = dict(content.lines)
    lines = [
        (one["label"], facts[one["fact"]] if "fact" in one else answered.get(one["label"], ""))
        for one in type["elements"]
    ]
    return [(label, text) for label, text in lines if text]


def metadata(
    type: Mapping[str, Any], state: CertificateState, content: Content, issuer: str, before: str | None
) -> dict[str, str]:
    """The metadata of GB/T 36903 under the pinyin tags that platforms exchange; days as ISO 8601.

    A certificate for good ends on 9999-12-31, as others write it.
    """
    head = state.head
    kind, kind_code = _kind_of(content.holder_code)
    return {
        "ZZMC": type["name"],
        "ZZBH": head.number,
        "ZZBS": head.identifier,
        "ZZLXDM": head.type_code,
        "ZZLXMC": type["name"],
        "ZZBFJG": issuer,
        "ZZBFJGDM": head.body,
        "ZZBFRQ": _iso(state.issued_on),
        "ZZYXQQSRQ": _iso(state.issued_on),
        "ZZYXQJZRQ": _iso(state.valid_until) or "9999-12-31",
        "CZZT": content.holder_name,
        "CZZTDM": content.holder_code,
        "CZZTDMLX": kind,
        "CZZTDMLXDM": kind_code,
        "BBH": f"{head.edition:03d}",
        "ZZZT": CODES[state.status],
        "GLZZBS": before or "",
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _kind_of(code: str) -> tuple[str, str]:
    """The name and code of the kind of a holder's code, as platforms exchange them."""
    for check, name, number in (
        (check_credit_code, "统一社会信用代码", "001"),
        (check_resident_id, "公民身份号码", "111"),
    ):
        try:
            check(code)
        except CodeError:
            continue
        return name, number
    return "其他", "999"
