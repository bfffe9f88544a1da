"""YAML as plain data that remembers its lines, and nothing that YAML can do beyond plain data.

Only mappings with text keys, lists, text, whole numbers, true/false and null. No anchors (a few lines of them
can unfold to gigabytes), no tags, no merge keys. `01`, `yes` and `2026-01-01` stay text, as they look.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from unicodedata import category

import yaml
from yaml.reader import Reader

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.syntax import UNREADABLE, slip_in

Path = tuple[str | int, ...]

LARGEST = 1_000_000
"""Bytes; a pack's file is written and read by people."""

DEEPEST = 40
"""How deep lists and mappings may nest, so that reading them never exhausts the stack."""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One file's data, the line of every place in it, and what was wrong with the YAML itself.

    Told from another by itself alone: what is found out about `first`, the one that was read of this very
    content before any, holds for every file of it, and is kept.
    """

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)
    text: str = ""
    of_first: "Tree | None" = None

    @property
    def first(self) -> "Tree":
        """The tree that was read of this content, under no file's name."""
        return self.of_first or self

    @property
    def unread(self) -> bool:
        """Whether there are faults and no data: nothing can be said of what stands in the file."""
        return bool(self.faults) and self.data is None

    def line(self, path: Path) -> int:
        """The line of this place, or of the nearest place around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, code: str, says: str) -> PackFault:
        """A fault at this place."""
        return PackFault(self.file, self.line(path), code, says)


def tree_of(file: str, content: bytes) -> Tree:
    """Read one YAML file. Never raises, whatever the bytes: faults of the YAML itself stand in `faults`.

    Nobody may change what is returned: it is returned again.
    """
    read = _read(content)
    return replace(read, file=file, faults=[one._replace(file=file) for one in read.faults], of_first=read)


@lru_cache(maxsize=512)
def _read(content: bytes) -> Tree:
    """Kept, for every check reads the installation's own folder again, and copies of it hold the same."""
    tree = Tree("")
    text = _text_of(tree, content)
    if text is None:
        return tree
    try:
        data = _Reader(tree, text).document()
    except _Refused as refused:
        tree.faults.append(PackFault("", refused.line, refused.code, refused.says))
    except yaml.MarkedYAMLError as error:
        line, says = slip_in(text, error)
        tree.faults.append(PackFault("", line, "YAML-SYNTAX", says))
    # PyYAML lets an escape such as "\UFFFFFFFF" through to chr().
    except (yaml.YAMLError, ValueError, OverflowError):
        tree.faults.append(PackFault("", 1, "YAML-SYNTAX", UNREADABLE))
    else:
        return Tree("", data, tree.lines, tree.faults, text)
    return tree


def _text_of(tree: Tree, content: bytes) -> str | None:
    if len(content) > LARGEST:
        tree.faults.append(PackFault(tree.file, 1, "FILE-TOO-LARGE", "文件超过 1 MB。请拆分或删去无关内容。"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        tree.faults.append(PackFault(tree.file, line, "NOT-UTF8", "文件不是 UTF-8 编码。请另存为 UTF-8。"))
        return None
    if unprintable := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, unprintable.start()) + 1
        tree.faults.append(PackFault(tree.file, line, "UNPRINTABLE", _UNPRINTABLE))
        return None
    return text


class _Refused(Exception):
    """Something YAML can do and a pack may not; reading stops there."""

    def __init__(self, line: int, code: str, says: str) -> None:
        super().__init__(code)
        self.line, self.code, self.says = line, code, says


class _Reader:
    """Builds the data from the events of the parser, and keeps every place's line."""

    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.events = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Any:
        """The data of the only document; None if there is none."""
        data = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(
                        _line(event), "YAML-SYNTAX", "一个文件只能有一份内容。请删掉 --- 之后的部分。"
                    )
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, ())
        return data

    def _value(self, event: Any, path: Path) -> Any:
        line = _line(event)
        self.tree.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(line, "YAML-ALIAS", "不能用 & 和 * 引用。请把内容直接写出来。")
        if len(path) > DEEPEST:
            raise _Refused(line, "YAML-TOO-DEEP", f"层次超过 {DEEPEST} 层。请检查缩进和括号。")
        if event.tag not in (None, "!"):
            says = "不能使用以感叹号开头的类型标记。请删掉它。"
            self.tree.faults.append(self.tree.fault(path, "YAML-TAG", says))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key in self.events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            line = _line(key)
            name = self._value(key, (*path, ""))
            self.tree.lines.pop((*path, ""), None)
            place = (*path, name) if isinstance(name, str) else path
            if not isinstance(name, str):
                self._fault(line, "KEY-NOT-TEXT", '键要写成文字；数字请加引号，例如 "1": 名称。')
            elif name in data:
                self._fault(line, "KEY-TWICE", f"键“{name[:64]}”在同一处写了两次。请删掉一个。")
            else:
                self.tree.lines[place] = line
            value = self._value(next(self.events), place)
            if isinstance(name, str):
                data.setdefault(name, value)
        return data

    def _sequence(self, path: Path) -> list[Any]:
        data: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            data.append(self._value(event, (*path, len(data))))
        return data

    def _scalar(self, event: Any, path: Path) -> str | int | bool | None:
        text: str = event.value
        if any(category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
            self.tree.faults.append(self.tree.fault(path, "UNPRINTABLE", _UNPRINTABLE))
            return ""
        if event.style:  # quoted, or a block
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _WHOLE.fullmatch(text) else text

    def _fault(self, line: int, code: str, says: str) -> None:
        self.tree.faults.append(PackFault(self.tree.file, line, code, says))


_UNPRINTABLE = "文字里有无法保存的特殊字符。请删掉。"
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
# The one written in C is many times faster; not every build of the library has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
