"""Every kind of notice in its words.

A notice keeps its kind and its days alone; its words are put together when it is read, in the reader's
language. So no text about a person lies in its table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tongban.kernel.languages import told
from tongban.kernel.speech import day_in_words


class Group(StrEnum):
    """What people may want by mail or not, each as a whole."""

    TO_DO = "to-do"
    RESULT = "result"
    PROGRESS = "progress"
    MESSAGE = "message"


GROUPS: Final[Mapping[Group, tuple[str, str]]] = {
    Group.TO_DO: (_("要您做的事"), _("要补正、快到期了、草稿快删了、可以陈述申辩")),
    Group.RESULT: (_("结果"), _("批准、没有批准、送达，证照颁发、收回")),
    Group.PROGRESS: (_("办理进展"), _("受理、暂停计时、延期")),
    Group.MESSAGE: (_("工作人员的留言"), _("工作人员在办件里给您留言")),
}
"""What each group is called, and what is in it; the most pressing first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice. `says` and `by` take `item` and `by`; `by` is said where the day `day` is known."""

    group: Group
    title: str
    says: str
    do: str = ""
    day: str = ""
    by: str = ""


KINDS: Final[Mapping[str, Kind]] = {
    "accepted": Kind(
        Group.PROGRESS,
        _("已经受理"),
        _("“%(item)s”已经受理，开始审查。"),
        _("现在不用您做什么。"),
        "promised",
        _("最晚 %(by)s作出决定。"),
    ),
    "accepted-tolerantly": Kind(
        Group.TO_DO,
        _("先受理了，还有材料要补"),
        _("“%(item)s”已经受理，开始审查，还差的材料可以后补。"),
        _("打开办件，看看还差什么，拍照交上来；补齐以后才能批准。"),
        "supply",
        _("请在 %(by)s之前补齐。"),
    ),
    "supply-due": Kind(
        Group.TO_DO,
        _("还在等您补材料"),
        _("“%(item)s”还差材料，还没有收齐。"),
        _("打开办件，交上来就行。来不及的，可以给工作人员留言，或者拨打 12345 问一问。"),
        "supply",
        _("%(by)s到期。"),
    ),
    "deemed-accepted": Kind(
        Group.PROGRESS,
        _("依法视为受理"),
        _("“%(item)s”到期没有告诉您是否受理，依法就算已经受理。"),
        _("现在不用您做什么。"),
        "promised",
        _("最晚 %(by)s作出决定。"),
    ),
    "not-accepted": Kind(
        Group.RESULT,
        _("没有受理"),
        _("“%(item)s”没有受理。"),
        _("理由写在办件里。不服的，可以拨打 12345 咨询或投诉。"),
    ),
    "to-correct": Kind(
        Group.TO_DO,
        _("需要补正"),
        _("“%(item)s”还有内容要补正，要补什么一次都写清楚了。"),
        _("打开办件，照着写的补好再提交，不用重新排队。"),
        "correct",
        _("请在 %(by)s之前补好。"),
    ),
    "reminded": Kind(
        Group.TO_DO,
        _("还有内容没有补正"),
        _("“%(item)s”补过一次，还差一些。"),
        _("打开办件，看看还差什么，补好再提交。"),
        "correct",
        _("请在 %(by)s之前补好。"),
    ),
    "correction-due": Kind(
        Group.TO_DO,
        _("还在等您补正"),
        _("“%(item)s”有内容要补正，还没有收到。"),
        _("打开办件，补好再提交。来不及的，可以拨打 12345 问一问。"),
        "correct",
        _("%(by)s到期。"),
    ),
    "draft-ending": Kind(
        Group.TO_DO,
        _("没填完的快要删掉了"),
        _("您没填完的“%(item)s”还存着。"),
        _("要接着办，打开填一项存一下，就再存三十天；不办了，不用管。"),
        "kept",
        _("保存到 %(by)s，过了就删掉。"),
    ),
    "to-officers": Kind(
        Group.PROGRESS,
        _("转给工作人员办理"),
        _("“%(item)s”没有当场出结果，已经转给工作人员核对，按先后次序办。"),
        _("现在不用您做什么。"),
    ),
    "result-arrived": Kind(
        Group.PROGRESS,
        _("等的结果到了，开始办了"),
        _("“%(item)s”等的结果到了，已经排进队列，开始计时。"),
        _("现在不用您做什么。"),
    ),
    "awaits-again": Kind(
        Group.RESULT,
        _("恢复了，接着等结果"),
        _("“%(item)s”等的那一件撤销了决定、重新办理，这一件恢复了，接着等它的结果。"),
        _("现在不用您做什么；不想再等的，可以撤回。"),
    ),
    "result-undone": Kind(
        Group.RESULT,
        _("用到的结果撤销了"),
        _("“%(item)s”要用另一件的结果，那一件的准予撤销了。那一件重新准予以前，这一件不能批准。"),
        _("现在不用您做什么；不想再等的，可以撤回。"),
    ),
    "result-stands-again": Kind(
        Group.PROGRESS,
        _("用到的结果又有了"),
        _("“%(item)s”用到的结果又有了，接着办。"),
        _("现在不用您做什么。"),
    ),
    "special-procedure": Kind(
        Group.PROGRESS,
        _("暂停计时"),
        _("“%(item)s”进入特别程序，这段时间不算在期限里。"),
        _("在做什么、为什么，写在办件里。"),
        "told_until",
        _("预计到 %(by)s。"),
    ),
    "special-procedure-over": Kind(
        Group.PROGRESS,
        _("恢复计时"),
        _("“%(item)s”的特别程序结束了，继续审查。"),
        _("现在不用您做什么。"),
        "promised",
        _("最晚 %(by)s作出决定。"),
    ),
    "extended": Kind(
        Group.PROGRESS,
        _("办理期限延长"),
        _("“%(item)s”的办理期限经负责人批准延长了。"),
        _("理由写在办件里。"),
        "promised",
        _("最晚 %(by)s作出决定。"),
    ),
    "extended-jointly": Kind(
        Group.PROGRESS,
        _("联合办理的期限延长"),
        _("“%(item)s”是几个部门一起办的，一起办的期限经政府负责人批准延长了。"),
        _("理由和新的最晚日子写在办件里。"),
    ),
    "forwarded": Kind(
        Group.PROGRESS,
        _("审查完，报上去决定"),
        _("“%(item)s”已经审查完，连同全部材料报给作决定的单位，在那里按先后次序办。"),
        _("材料不用再交一遍，现在不用您做什么。"),
        "promised",
        _("最晚 %(by)s作出决定。"),
    ),
    "applicant-told": Kind(
        Group.MESSAGE,
        _("办理中有话告诉您"),
        _("“%(item)s”办到一步，有话告诉您。"),
        _("打开办件可以看。"),
    ),
    "lateness-explained": Kind(
        Group.PROGRESS,
        _("超期了，办理机关说明原因"),
        _("“%(item)s”没有在期限内办到，办理机关说明了原因。"),
        _("原因写在办件里。仍然着急的，可以拨打 12345 催办。"),
        "until",
        _("现在预计最晚 %(by)s办到。"),
    ),
    "granted": Kind(
        Group.RESULT,
        _("批准了"),
        _("“%(item)s”已经决定准予。"),
        _("打开办件，看结果怎么到您手里。"),
    ),
    "refused": Kind(
        Group.RESULT,
        _("没有批准"),
        _("“%(item)s”没有批准。"),
        _("理由、不服时可以怎么办，写在办件里的决定上。"),
    ),
    "delivered": Kind(
        Group.RESULT,
        _("结果已送达"),
        _("“%(item)s”的结果已经送达。"),
        _("打开办件可以查看、保存、打印，后面还有没有步骤也写在那里。"),
    ),
    "revoked": Kind(
        Group.RESULT,
        _("准予的决定撤销了"),
        _("“%(item)s”准予的决定已经撤销，发给您的结果不能再用。"),
        _("理由、不服时可以怎么办，写在办件里的决定上。"),
    ),
    "terminated": Kind(
        Group.RESULT,
        _("已经终止"),
        _("“%(item)s”已经终止办理。"),
        _("理由写在办件里，需要时可以重新申请。"),
    ),
    "reversed": Kind(
        Group.RESULT,
        _("撤销了此前的处理"),
        _("“%(item)s”里的一项处理被撤销，恢复到那之前的状态。"),
        _("撤销了什么、为什么，写在办件里。"),
    ),
    "message": Kind(
        Group.MESSAGE,
        _("工作人员给您留言"),
        _("办理“%(item)s”的工作人员给您留言了。"),
        _("打开办件可以看留言、回复。"),
    ),
    "contest-answered": Kind(
        Group.MESSAGE,
        _("答复了您的疑问"),
        _("您对“%(item)s”里一次查看的疑问有答复了。"),
        _("打开办件，在“谁看了我的信息”里看。"),
    ),
    "certificate-issued": Kind(
        Group.RESULT,
        _("电子证照发给您了"),
        _("“%(item)s”已经颁发，在“我的证照”里。"),
        _("要用的时候，打开出示二维码就行。"),
    ),
    "certificate-suspended": Kind(
        Group.TO_DO,
        _("证照被暂扣"),
        _("“%(item)s”暂时不能使用。"),
        _("理由写在证照里，照着改好以后请发证机关恢复。"),
    ),
    "certificate-restored": Kind(Group.RESULT, _("证照恢复使用"), _("“%(item)s”恢复了，可以照常使用。")),
    "certificate-endorsed": Kind(Group.RESULT, _("证照已签注"), _("“%(item)s”已经签注，可以接着使用。")),
    "revocation-asked": Kind(
        Group.TO_DO,
        _("有人提出收回您的证照"),
        _("有工作人员提出收回“%(item)s”，还没有决定，现在照常有效。"),
        _("理由写在证照里。您可以陈述、申辩，请联系发证机关或者拨打 12345。"),
    ),
    "revocation-declined": Kind(Group.RESULT, _("证照不收回"), _("负责人没有同意收回“%(item)s”，照常有效。")),
    "certificate-revoked": Kind(
        Group.RESULT,
        _("证照被收回"),
        _("“%(item)s”已经收回，不能再用。"),
        _("理由、不服时可以怎么办，写在证照里。"),
    ),
    "certificate-cancelled": Kind(
        Group.RESULT, _("证照已注销"), _("“%(item)s”已经注销，不能再用。"), _("说明写在证照里。")
    ),
    "certificate-expired": Kind(
        Group.TO_DO, _("证照到期了"), _("“%(item)s”有效期满，不能再用。"), _("还要用的，请重新申请。")
    ),
    "mandate-ended": Kind(
        Group.RESULT,
        _("您不再代表这家企业办事"),
        _("“%(item)s”没有了，设立企业时给您的授权同时停止。"),
        _("理由写在证照里。"),
    ),
}
"""Every kind by its code, in plain words: what happened, what to do, by when."""


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as it is read: what happened in a few words, then whole, then what to do."""

    title: str
    says: str
    do: str


def words_of(kind: str, item: str, by: date | None) -> Words:
    """The words of a notice, in the language of the moment; `by` is the day that it names, if it is known."""
    one = KINDS[kind]
    says = gettext(one.says) % {"item": told(item)}
    if one.by and by is not None:
        says += gettext(one.by) % {"by": day_in_words(by)}
    return Words(gettext(one.title), says, gettext(one.do) if one.do else "")
