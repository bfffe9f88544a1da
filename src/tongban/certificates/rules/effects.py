"""What an act does to a certificate and its holder, told to the officer before pressing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from tongban.certificates.rules.decide import next_endorsement
from tongban.certificates.rules.life import Act
from tongban.certificates.rules.state import CertificateState
from tongban.engine.calendar import legal_day
from tongban.kernel.speech import full_day_in_words

ACT_NAMES: Final[Mapping[Act, str]] = {
    Act.CHANGE: "变更内容，换发新版",
    Act.SUSPEND: "暂扣",
    Act.RESTORE: "恢复使用",
    Act.ENDORSE: "签注",
    Act.ASK_REVOCATION: "提出收回",
    Act.APPROVE_REVOCATION: "同意收回",
    Act.DECLINE_REVOCATION: "不同意收回",
    Act.CANCEL: "注销",
}

_AT_ONCE: Final = "查验页马上显示，办别的事也不能再用它"
_HEARD: Final = "《行政处罚法》第四十四条、第四十五条"


def effect_of(act: Act, state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    """One to three sentences: what this act does, whether it can be undone, what the law asks for before."""
    return _EFFECTS[act](state, type, at)


def _change(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    edition = state.head.edition
    return (
        f"第 {edition} 版马上失效，第 {edition + 1} 版马上生效，编号只有末尾三位不同。"
        "持证人和有效期不变，理由会告知持证人。"
    )


def _suspend(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    mandate = "代表这家企业办事的授权不变。" if state.head.founder else ""
    return (
        f"暂扣后不能用，直到恢复：{_AT_ONCE}。{mandate}"
        f"因处罚暂扣的，要先告知持证人，听取陈述和申辩（{_HEARD}）。"
    )


def _restore(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    return "恢复后马上可以再用，理由会告知持证人。"


def _endorse(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    until = next_endorsement(state, legal_day(at), months_in(type))
    return f"签注后可以用到 {full_day_in_words(until)}。"


def _ask_revocation(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    return (
        "提交后由本单位另一位负责人批准，批准之前照常有效。持证人会看到依据和理由，可以陈述、申辩"
        f"（《行政许可法》第七条）；因处罚吊销的，还可以要求听证（{_HEARD}、第六十三条）。"
    )


def _approve_revocation(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    return f"同意后马上收回，不能恢复：{_AT_ONCE}。{_mandate(state)}两个人的名字和时间都会记下来。"


def _decline_revocation(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    return "不同意的，这张证照照旧使用。"


def _cancel(state: CertificateState, type: Mapping[str, Any], at: datetime) -> str:
    return (
        f"注销后不能恢复：{_AT_ONCE}。{_mandate(state)}"
        "行政许可只在法律规定的情形下注销（《行政许可法》第七十条），理由会告知持证人。"
    )


def _mandate(state: CertificateState) -> str:
    return "设立企业时给申请人的授权同时停止。" if state.head.founder else ""


def months_in(type: Mapping[str, Any]) -> int:
    """For how many months an endorsement holds; nought where none is needed."""
    return int((type.get("endorsement") or {"value": 0})["value"])


_EFFECTS: Final[Mapping[Act, Callable[[CertificateState, Mapping[str, Any], datetime], str]]] = {
    Act.CHANGE: _change,
    Act.SUSPEND: _suspend,
    Act.RESTORE: _restore,
    Act.ENDORSE: _endorse,
    Act.ASK_REVOCATION: _ask_revocation,
    Act.APPROVE_REVOCATION: _approve_revocation,
    Act.DECLINE_REVOCATION: _decline_revocation,
    Act.CANCEL: _cancel,
}
