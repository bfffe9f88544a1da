"""Finding packs: which folders hold items, and the slips of naming by which one would never be looked at."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from tongban.engine.packs.faults import PackFault

_FILES: Final = ("elements.yaml", "materials.yaml", "code-systems.yaml", "regions.yaml", "columns.yaml")
_FOLDERS: Final = ("regimes", "certificates", "registers")
_LISTS: Final = ("guides", "announcements", "words", "joint")
_SHARED: Final = (*_FILES, *_FOLDERS, *_LISTS, "items")
_PARTS: Final = ("item.yaml", "form.yaml", "guide.md")
_PUBLISHED: Final = (
    "items/*/",
    "joint/*/joint.yaml",
    "guides/*.yaml",
    "words/*.yaml",
    "registers/*.yaml",
    "announcements/*.yaml",
    "columns.yaml",
)


def item_folders(paths: Iterable[Path], faults: list[PackFault]) -> Iterator[tuple[Path, Path | None]]:
    """Each item folder with its packs folder; a packs folder also stands alone, to be checked itself."""
    for path in paths:
        folder = path.parent if path.is_file() else path
        if not folder.is_dir():
            faults.append(PackFault(str(path), 1, "PATH-MISSING", "没有这个文件夹。请核对路径。"))
        elif any((folder / name).exists() for name in _SHARED):
            yield folder, None
            yield from ((folder, each) for each in sorted((folder / "items").glob("*")) if each.is_dir())
            faults += [*_nothing_found(folder), *_misnamed(folder)]
        elif (folder / "item.yaml").exists() or folder.parent.name == "items":
            yield _root_of(folder), folder
        elif found := list(_nothing_found(folder)) if _beside_items(folder) else []:
            faults += found
        else:
            says = "这里没有 item.yaml，也没有 items 文件夹，不是事项包。请核对路径。"
            faults.append(PackFault(str(path), 1, "PATH-NO-PACK", says))


def _root_of(folder: Path) -> Path:
    for above in folder.resolve().parents:
        if any((above / name).exists() for name in (*_FILES, *_FOLDERS)):
            return above
    return folder.parent


def _beside_items(folder: Path) -> list[Path]:
    """The folders in a packs folder that hold an item where no item is looked for."""
    files = [*folder.glob("*/item.yaml"), *folder.glob("*/*/item.yaml")]
    return sorted(file.parent for file in files if file.parent.parent != folder / "items")


def _nothing_found(folder: Path) -> Iterator[PackFault]:
    for lost in _beside_items(folder):
        right = folder / "items" / ("代号" if lost == folder / "items" else lost.name)
        says = f"事项只在 items 文件夹里找，这里的找不到。请把它放到 {right}/item.yaml。"
        yield PackFault(str(lost / "item.yaml"), 1, "PACK-EMPTY", says)
    if not _beside_items(folder) and not any(any(folder.glob(pattern)) for pattern in _PUBLISHED):
        inside = "、".join(sorted(each.name for each in folder.iterdir()))
        says = f"这里没有一个事项，只有 {inside}。事项要放在 {folder / 'items'} 里，一个事项一个文件夹。"
        yield PackFault(str(folder), 1, "PACK-EMPTY", says)


def _misnamed(folder: Path) -> Iterator[PackFault]:
    """Every file and folder whose name comes near to one that is read and not there."""
    for each in sorted(folder.iterdir()):
        wanted = (*_FOLDERS, *_LISTS) if each.is_dir() else _FILES
        near = _meant(each.name, wanted) if each.name not in _SHARED else None
        if near and not (folder / near).exists():
            yield PackFault(
                str(each), 1, "FILE-NAME", f"“{each.name}”不会被读到。是不是想写 {near}？请改名。"
            )


def _meant(name: str, wanted: Iterable[str]) -> str | None:
    plain = name.lower().removesuffix(".txt").replace(".yml", ".yaml").replace("_", "-")
    near = get_close_matches(plain, wanted, n=1, cutoff=0.85)
    return near[0] if near else None


def missing_parts(folder: Path) -> list[PackFault]:
    """Every one of an item's three files that is not there, with the one that may be meant for it."""
    faults = []
    for part in _PARTS:
        if (folder / part).is_file():
            continue
        others = sorted(each.name for each in folder.iterdir() if each.name not in _PARTS)
        like = next((name for name in others if _meant(name, [part])), None)
        hint = f"这里有“{like}”，是它就改名为 {part}。" if like else ""
        says = f"缺少 {part}。{hint}一个事项要有 item.yaml、form.yaml、guide.md。"
        faults.append(PackFault(str(folder / part), 1, "FILE-MISSING", says))
    return faults
