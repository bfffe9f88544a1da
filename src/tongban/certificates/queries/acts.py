"""What this officer may do to a certificate now: each act with its legal effect and what it asks for."""

from datetime import datetime
from typing import Final

from tongban.certificates.queries.view import CertificateView
from tongban.certificates.rules.effects import ACT_NAMES, effect_of
from tongban.certificates.rules.life import ASKED_GROUNDS, GROUNDS, Act
from tongban.kernel.acts import Ask, OpenAct, choice, words

_SHOWN: Final = (
    Act.APPROVE_REVOCATION,
    Act.DECLINE_REVOCATION,
    Act.RESTORE,
    Act.ENDORSE,
    Act.CHANGE,
    Act.SUSPEND,
    Act.ASK_REVOCATION,
    Act.CANCEL,
)
"""In the order in which a desk shows them."""

_MAIN: Final = frozenset({Act.APPROVE_REVOCATION, Act.DECLINE_REVOCATION, Act.RESTORE, Act.ENDORSE})


def acts_for(view: CertificateView, at: datetime) -> list[OpenAct]:
    """The acts that its life and access leave open to its viewer, the usual ones first. No statement."""
    return [act_of(view, act, at) for act in _SHOWN if act in view.acts]


def act_of(view: CertificateView, act: Act, at: datetime) -> OpenAct:
    """An act as a page shows it, open or not. No statement."""
    return OpenAct(
        code=act,
        name=ACT_NAMES[act],
        effect=effect_of(act, view.state, view.type, at),
        asks=_asks(act, view),
        main=act in _MAIN,
        approval=act is Act.ASK_REVOCATION,
    )


def changeable(view: CertificateView) -> list[str]:
    """The labels of the printed lines that a change may word anew: all but facts of the certificate."""
    return [one["label"] for one in view.type["elements"] if "element" in one]


def _asks(act: Act, view: CertificateView) -> tuple[Ask, ...]:
    why = words(f"{act}-text", "理由", "持证人会看到，要看得懂为什么。")
    match act:
        case Act.CHANGE:
            lines = [
                Ask(f"{act}-line_{place}", label, "text", "不变就留空。", required=False)
                for place, label in enumerate(changeable(view))
            ]
            return (*lines, why)
        case Act.ASK_REVOCATION:
            grounds = {ground: GROUNDS[ground][0] for ground in ASKED_GROUNDS}
            return choice(f"{act}-ground", "依据", grounds), why
        case Act.SUSPEND | Act.RESTORE | Act.CANCEL:
            return (why,)
        case _:
            return ()
