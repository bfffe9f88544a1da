"""What identity asks of neighbours: two registers through the one door, and who sends its codes.

A real sender of short messages is put in here and nowhere else: a function that takes number and code.
"""

from datetime import datetime
from email.utils import make_msgid
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.engine.codes import check_credit_code
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import BodyCode, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.speech import city
from tongban.notices import api as notices
from tongban.site.mail import Mail

ITSELF: Final = BodyCode("")
"""Who somebody is, is asked by no office: by the platform itself, for an account and no case."""


class AskedRegisters:
    """The population register and the register of enterprises, asked through exchange and recorded there."""

    def is_named(self, id_number: str, name: str, /, *, at: datetime) -> bool:
        """Whether the population register knows this number under this name."""
        errand = exchange.Errand(
            None,
            "real-name@1",
            ITSELF,
            noop("实名核验"),
            noop("人口基本信息"),
            noop("姓名和公民身份号码是不是同一个人"),
        )
        question = exchange.Question("population", "identity", ring().person_key("person", id_number))
        answer = _asked(question, errand, at)
        return answer is not None and identity.is_same_name(str(answer["name"]), name)

    def represented(self, code: str, /, *, at: datetime) -> identity.Represented | None:
        """The enterprise of a code, and who represents it; None where the register knows none."""
        errand = exchange.Errand(
            None,
            "link-enterprise@1",
            ITSELF,
            noop("关联企业"),
            noop("企业登记信息"),
            noop("法定代表人或负责人是谁"),
        )
        about = ring().person_key("enterprise", check_credit_code(code))
        answer = _asked(exchange.Question("enterprises", "representative", about), errand, at)
        if answer is None:
            return None
        names = ("name", "representative", "representative_id")
        return identity.Represented(*(str(answer[name]) for name in names))

    def guarded(self, id_number: str, /, *, at: datetime) -> identity.Guarded | None:
        """Who the parents of the person of this number are; None where the register knows none."""
        register, asked = noop("人口基本信息"), noop("父母是谁")
        errand = exchange.Errand(None, "know-child@1", ITSELF, noop("父母为孩子办事"), register, asked)
        about = ring().person_key("person", id_number)
        answer = _asked(exchange.Question("population", "parents", about), errand, at)
        if answer is None:
            return None
        parents = frozenset(str(answer[name]) for name in ("mother_id", "father_id") if name in answer)
        return identity.Guarded(str(answer["name"]), parents, register)


def _asked(question: exchange.Question, errand: exchange.Errand, at: datetime) -> exchange.Answer | None:
    try:
        return exchange.ask(question, errand, at=at)
    except exchange.NothingKnown:
        return None
    except exchange.RegisterAway as away:
        raise Refusal(
            "identity.register.away",
            says=_("核对用的登记簿现在没有答复。"),
            do=_("请过几分钟再试；急的话，带身份证到政务服务大厅的窗口办理。"),
            status=503,
        ) from away


def send_code(to: str, code: str, /) -> bool:
    """Nothing is sent: a demonstration shows the code on the page; without one there is no sender yet."""
    if settings.DEMONSTRATION:
        return True
    raise Refusal(
        "identity.code.no-sender",
        says=_("这里还不能发验证码。"),
        do=_("请用密码登录，或到政务服务大厅的窗口办理。"),
        status=503,
    )


def mail_code(to: str, code: str, /) -> bool:
    """Send a code to a mail address by the mail server; a demonstration shows it on the page too."""
    if not settings.EMAIL_HOST:
        return send_code(to, code)
    words = {"code": code, "city": city()}
    letter = notices.Letter(
        id=make_msgid(domain="tongban.invalid"),
        subject=_("%(city)s通办：验证码") % words,
        text=_("您的验证码是 %(code)s，5 分钟内有效，只能用一次。不是您本人操作的，请不要理会这封信。")
        % words,
    )
    try:
        Mail().send(to, letter)
    except notices.AddressRefused as refused:
        raise Refusal(
            "identity.code.address-refused",
            says=_("这个邮箱收不到信。"),
            do=_("请核对地址，或换一个邮箱。"),
            status=422,
        ) from refused
    except OSError as away:
        raise Refusal(
            "identity.code.not-sent",
            says=_("验证码没有发出去。"),
            do=_("请过几分钟再试。"),
            status=503,
        ) from away
    return settings.DEMONSTRATION


def matters() -> list[str]:
    """What a mandate may be narrowed to: the departments whose matters can be applied for."""
    return sorted({item.department for item in catalogue.items()})


def open_affairs(person: PersonKey, at: datetime, /) -> int:
    """How many of a person's own cases are not over, up to a hundred."""
    viewer = Viewer(person=person)
    return len(cases.cases(viewer, cases.Filters(open=True), at=at, limit=100))
