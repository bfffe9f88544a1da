"""Services of intermediaries (中介服务): testing, assessing, designing, as far as a material needs one.

Source: 国务院令第722号 art. 43: such a service may be a condition only where a law, a regulation or a State
Council decision says so; else nobody may be made to take one. No office may name the one who gives it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import Entries
from tongban.engine.packs.shape import each
from tongban.engine.packs.tree import Tree

_RANKS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "law": lambda title, _: title.endswith(("法", "法典")),
    # A department's rule is never called 条例; a regulation of the State Council that is not has its order.
    "regulation": lambda title, source: title.endswith("条例") or "国务院令" in source,
    "decision": lambda title, source: "国务院" in title + source and "国务院令" not in source,
}
_LOOKS: Final = {
    "law": "标题以“法”结尾",
    "regulation": "标题以“条例”结尾，或 source 写明国务院令第几号",
    "decision": "标题或 source 写明国务院的决定及文号",
}


def intermediary_faults(tree: Tree, data: Mapping[str, Any], kinds: Entries) -> Iterator[PackFault]:
    """Every material of a trade that does not say whether a law demands it, which, and on what terms."""
    for at, material in each(data, "materials"):
        kind = kinds.get(material["kind"])
        if not kind:  # Unknown or at fault itself, and told so.
            continue
        made_by = kind.get("made_by")
        told, path = material.get("intermediary"), ("materials", at)
        if made_by is None and told is not None:
            says = (
                f"“{kind['name']}”在 materials.yaml 里没有写由哪一行的机构做。"
                "请在那里补上，例如 made_by: 检测机构；不用请机构做就删掉这里。"
            )
            yield tree.fault((*path, "intermediary"), "INTERMEDIARY-OF-NOBODY", says)
        elif made_by is not None and told is None and material["need"] != "not-demanded":
            says = (
                f"这份材料由{made_by}做，要写明是不是非请不可（优化营商环境条例第四十三条）。"
                "请补上，例如 intermediary: {demanded: false, terms: 费用和时间由机构公布}"
            )
            yield tree.fault(path, "INTERMEDIARY-UNTOLD", says)
        elif told is not None:
            for says in _without_law(told):
                yield tree.fault((*path, "intermediary"), "INTERMEDIARY-WITHOUT-LAW", says)


def _without_law(told: Mapping[str, Any]) -> Iterator[str]:
    if not told["demanded"]:
        if told.keys() & {"rank", "law"}:
            yield "写了不是非请不可，就不用 rank 和 law。请删掉，或把 demanded 改为 true。"
    elif not told.keys() >= {"rank", "law"}:
        yield (
            "中介服务要有法律、法规或者国务院决定作依据，才能非请不可（优化营商环境条例第四十三条）。"
            "请用 rank 和 law 写明；没有就写 demanded: false，让申请人可以自己做。"
        )
    elif not _RANKS[told["rank"]](told["law"]["law"], told["law"].get("source", "")):
        yield (
            f"“{told['law']['law']}”看不出是 {told['rank']}（{_LOOKS[told['rank']]}）。"
            "部门规章和一般文件不能要求请中介；没有别的依据就写 demanded: false。"
        )
