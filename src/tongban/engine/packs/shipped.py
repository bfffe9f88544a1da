"""What an own folder takes from the installation: the place of an item that is there already."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.items import Draft
from tongban.engine.packs.library import read
from tongban.engine.packs.shape import fitting
from tongban.engine.packs.shapes import ITEM
from tongban.engine.packs.tree import tree_of

Shipped = Mapping[Path, Mapping[str, Any]]
"""The items of the installation by their file, as far as they fit."""


def shipped_in(installed: Path) -> Shipped:
    """Every item of the installation's own folder."""
    files = sorted((installed / "items").glob("*/item.yaml"))
    return {file: fitting(tree_of(str(file), read(file)), ITEM)[0] for file in files}


def other_service_faults(slug: str, draft: Draft, shipped: Shipped) -> Iterator[PackFault]:
    """An item that would be published in the place of another service: neither name nor basic code agree."""
    for theirs in _called(slug, shipped):
        if draft.data.keys() >= {"name", "basic_code"} and not _same_service(draft.data, theirs):
            says = (
                f"安装里的“{slug}”是“{theirs['name']}”，这里是另一件事，发布会把那个顶掉。"
                "请给文件夹换一个名。要换掉的就是那件事，name 或 basic_code 要和它一样。"
            )
            yield draft.tree.fault(("name",), "ITEM-OF-ANOTHER", says)


def replacing_notes(slug: str, draft: Draft, shipped: Shipped) -> Iterator[PackFault]:
    """That an item will be published in the place of the same service of the installation, changed."""
    for theirs in _called(slug, shipped):
        if theirs != draft.data:
            says = (
                f"发布后会替换安装里的事项“{slug}”（{theirs['name']}），已经在办的不受影响。"
                "不想替换，就给文件夹换一个名。"
            )
            yield draft.tree.fault(("name",), "ITEM-REPLACES", says)


def _called(slug: str, shipped: Shipped) -> Iterator[Mapping[str, Any]]:
    return (
        item
        for file, item in shipped.items()
        if file.parent.name == slug and {"name", "basic_code"} <= item.keys()
    )


def _same_service(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["name"] == other["name"] or one["basic_code"] == other["basic_code"])
