"""Materials that may follow after acceptance (容缺后补), and until when."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.periods import surely_within
from tongban.engine.packs.shape import each
from tongban.engine.packs.tree import Tree


def later_faults(tree: Tree, data: Mapping[str, Any]) -> Iterator[PackFault]:
    """Whether what may follow has its period, and the period its place in the promise.

    No law stops the clock of the promise while a material is awaited, and nothing is granted before.
    """
    follow = [at for at, one in each(data, "materials") if (one["need"], one["source"]) == _FOLLOWS]
    within, promise = data.get("later_within"), data.get("promise")
    if follow and "later_within" not in _written(tree):
        says = "材料可以后补，就要写明受理后多久补齐。请写 later_within，例如 {value: 5, unit: workday}。"
        yield tree.fault(("materials", follow[0], "need"), "LATER-WITHOUT-PERIOD", says)
    if within is not None and not follow and "materials" in data:
        says = "没有可以后补的材料（need: later），用不着 later_within。请删掉一处，或者补上材料。"
        yield tree.fault(("later_within",), "LATER-OF-NOTHING", says)
    if within is not None and promise is not None and not surely_within(within, promise):
        says = "后补的期限比承诺时限还长：等材料的时候不停表，补齐了才能准予。请缩短它，或者放宽承诺。"
        yield tree.fault(("later_within",), "LATER-OVER-PROMISE", says)
    if follow and "rule" in data:
        says = "由规则当场办的事项，没有人容缺受理。请把这份材料改成必要或者非必要，或者去掉 rule。"
        yield tree.fault(("materials", follow[0], "need"), "LATER-WITH-RULE", says)


_FOLLOWS = ("later", "applicant")


def _written(tree: Tree) -> Mapping[str, Any]:
    """What the file says at its top, sound or not: of what is at fault itself nothing more is told."""
    return tree.data if isinstance(tree.data, dict) else {}
