"""What is typed to sign in, to be known, and to change one's account."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongban.engine.codes import CodeError, check_credit_code, check_mobile, check_resident_id
from tongban.kernel.languages import told
from tongban.kernel.refusal import Refusal
from tongban.kernel.speech import spoken


class Asked(forms.Form):
    """A form whose fields have the ids that error summaries link to."""

    use_required_attribute = False

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": "", **known})

    @property
    def faults(self) -> list[dict[str, str]]:
        """Every fault with the name of its field; one of the whole form is at its first field."""
        return list(self._told())

    def _told(self) -> Iterator[dict[str, str]]:
        for name, faults in self.errors.items():
            for fault in faults:
                yield {"name": name if name in self.fields else next(iter(self.fields)), "says": str(fault)}

    def refused(self, name: str, refusal: Refusal) -> None:
        """Show a refusal at the field where it can be mended; one that cannot be mended here goes on."""
        if refusal.status not in (409, 422):
            raise refusal
        self.add_error(name, f"{refusal.says}{refusal.do}")


def _text(
    label: Any, fault: Any, *, longest: int = 100, hint: Any = "", **attributes: Any
) -> forms.CharField:
    kind, look = attributes.pop("type", "text"), attributes.pop("look", None)
    widget = forms.TextInput(attrs=attributes | ({"class": look} if look else {}))
    widget.input_type = kind
    said = {"required": fault, "max_length": fault}
    return forms.CharField(
        label=label, max_length=longest, help_text=hint, widget=widget, error_messages=said
    )


def _password(label: Any, hint: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        strip=False,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": _("请填写密码。")},
    )


class SignInForm(Asked):
    """A sign-in name or phone and its password."""

    name = _text(
        _("手机号或登录名"), _("请填写登录名。"), longest=150, autocomplete="username", autocapitalize="none"
    )
    password = _password(_("密码"), "", "current-password")


class PhoneForm(Asked):
    """A phone that a code is sent to."""

    phone = _text(_("手机号"), _("请填写手机号。"), type="tel", autocomplete="tel-national", look="short")

    def clean_phone(self) -> str:
        """The eleven digits."""
        return _checked(check_mobile, self.cleaned_data["phone"])


class CodeForm(Asked):
    """The code that was sent."""

    code = _text(
        _("6 位验证码"),
        _("请填写验证码。"),
        longest=20,
        inputmode="numeric",
        autocomplete="one-time-code",
        look="code",
    )


class NameForm(Asked):
    """Name and number, to be compared with the population register."""

    name = _text(_("姓名"), _("请填写姓名。"), longest=50, hint=_("和身份证上一样"), autocomplete="name")
    id_number = _text(
        _("公民身份号码"), _("请填写公民身份号码。"), longest=30, autocomplete="off", spellcheck="false"
    )
    consent = forms.BooleanField(
        label=_("同意用姓名和身份号码向人口登记核对一次"),
        error_messages={"required": _("要核对姓名和身份号码，需要您同意。")},
    )

    def clean_id_number(self) -> str:
        """The eighteen characters."""
        return _checked(lambda text: check_resident_id(text).number, self.cleaned_data["id_number"])


class PasswordForm(Asked):
    """A new password, told twice."""

    password = _password(
        _("新密码"), _("至少 10 个字符。一句只有您知道的话，比难记的符号更好。"), "new-password"
    )
    again = _password(_("再填一遍"), "", "new-password")

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        told = super().clean() or self.cleaned_data
        if {"password", "again"} <= told.keys() and told["password"] != told["again"]:
            self.add_error("again", gettext("两遍填的不一样，请重新填。"))
        return told


class MailForm(Asked):
    """An address for notices."""

    mail = forms.EmailField(
        label=_("邮箱地址"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请填写邮箱地址。"),
            "invalid": _("邮箱地址不对，应该像 name@example.com。"),
        },
    )


class EnterpriseForm(Asked):
    """The code of an enterprise that one represents."""

    code = _text(
        _("统一社会信用代码"),
        _("请填写统一社会信用代码。"),
        longest=40,
        hint=_("营业执照上的 18 位代码"),
        autocomplete="off",
        spellcheck="false",
    )

    def clean_code(self) -> str:
        """The code in its plain form."""
        return _checked(check_credit_code, self.cleaned_data["code"])


class ChildForm(Asked):
    """Name and number of one's child under age."""

    name = _text(
        _("孩子的姓名"),
        _("请填写孩子的姓名。"),
        longest=50,
        hint=_("和户口簿上一样"),
        autocomplete="off",
    )
    id_number = _text(
        _("孩子的公民身份号码"),
        _("请填写孩子的公民身份号码。"),
        longest=30,
        hint=_("户口簿上有，18 位"),
        autocomplete="off",
        spellcheck="false",
    )

    def clean_id_number(self) -> str:
        """The eighteen characters."""
        return _checked(lambda text: check_resident_id(text).number, self.cleaned_data["id_number"])


ALL, SOME = "all", "some"


class OfferForm(Asked):
    """To whom a mandate is offered, and what it covers: everything, or some of the `matters` there are."""

    name = _text(
        _("对方的姓名"),
        _("请填写对方的姓名。"),
        longest=50,
        hint=_("和身份证上一样"),
        autocomplete="off",
    )
    phone = _text(_("对方的手机号"), _("请填写对方的手机号。"), type="tel", autocomplete="off", look="short")
    reach = forms.ChoiceField(
        label=_("能替办哪些事"),
        choices=[(ALL, _("所有的事")), (SOME, _("只限下面选的这几类"))],
        initial=ALL,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选能替办哪些事。"), "invalid_choice": _("请选能替办哪些事。")},
    )
    scope = forms.MultipleChoiceField(
        label=_("哪些部门的事"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("选的事情里，有一类已经没有了。请重新选。")},
    )
    last_day = forms.DateField(
        label=_("授权到哪一天"),
        help_text=_("最长三年，随时可以收回"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
        error_messages={
            "required": _("请填写授权的最后一天。"),
            "invalid": _("请填写日期，例如 2027-01-31。"),
        },
    )

    def clean_phone(self) -> str:
        """The eleven digits."""
        return _checked(check_mobile, self.cleaned_data["phone"])

    def __init__(self, matters: Sequence[str], *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.fields["scope"].choices = [(one, told(one)) for one in matters]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some matters, where only some are covered; a tick beside "everything" counts for nothing."""
        told = super().clean() or self.cleaned_data
        if told.get("reach") == ALL:
            told["scope"] = []
        elif told.get("reach") == SOME and not told.get("scope") and "scope" not in self.errors:
            self.add_error("scope", gettext("请至少选一类。"))
        return told

    def clean_last_day(self) -> date:
        """A day that calendars hold."""
        day: date = self.cleaned_data["last_day"]
        if day.year > 2999:
            raise forms.ValidationError(gettext("请填写日期，例如 2027-01-31。"))
        return day


def _checked(check: Any, text: str) -> str:
    try:
        return str(check(text))
    except CodeError as wrong:
        raise forms.ValidationError(f"{spoken(wrong.says)}{spoken(wrong.do)}") from wrong
