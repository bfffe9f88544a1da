"""YAML as plain data that remembers its lines, and nothing that YAML can do beyond plain data.

Only mappings with text keys, lists, text, whole numbers, true/false and null. No anchors (a few lines of them
can unfold to gigabytes), no tags, no merge keys. `01`, `yes` and `2026-01-01` stay text, as they look.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category

import yaml

from tongban.engine.packs.faults import PackFault

Path = tuple[str | int, ...]
Scalar = str | int | bool | None

LARGEST = 1_000_000
"""Bytes; a pack's file is written and read by people."""

DEEPEST = 40
"""How deep lists and mappings may nest, so that reading them never exhausts the stack."""


class _PlainLoader(yaml.SafeLoader):
    """A loader that knows text, whole numbers, true, false and null."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


# The last argument lists the characters such a value may start with.
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]{0,14})\Z"), list("-0123456789")
)
_SCALARS: dict[str, Callable[[str], Scalar]] = {
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:str": str,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """One file's data, the line of every place in it, and what was wrong with the YAML itself."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of this place, or of the nearest place around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, code: str, says: str) -> PackFault:
        """A fault at this place."""
        return PackFault(self.file, self.line(path), code, says)


def tree_of(file: str, content: bytes) -> Tree:
    """Read one YAML file. Never raises, whatever the bytes: faults of the YAML itself stand in `faults`."""
    tree = Tree(file)
    text = _text_of(tree, content)
    if text is None:
        return tree
    try:
        if (refused := _refused(file, text)) is not None:
            tree.faults.append(refused)
            return tree
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        tree.faults.append(_syntax(file, _line(error.problem_mark or error.context_mark)))
        return tree
    except yaml.reader.ReaderError as error:
        tree.faults.append(_syntax(file, text.count("\n", 0, error.position) + 1))
        return tree
    # PyYAML lets an escape such as "\UFFFFFFFF" through to chr().
    except (ValueError, OverflowError):
        tree.faults.append(_syntax(file, 1))
        return tree
    data = _plain(tree, node, ()) if node is not None else None
    return Tree(file, data, tree.lines, tree.faults)


def _refused(file: str, text: str) -> PackFault | None:
    """The first alias, or the place where the nesting goes deeper than anything a pack needs."""
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            says = "不能用 & 和 * 引用。请把内容直接写出来。"
            return PackFault(file, _line(event.start_mark), "YAML-ALIAS", says)
        if depth > DEEPEST:
            says = f"层次超过 {DEEPEST} 层。请检查缩进和括号。"
            return PackFault(file, _line(event.start_mark), "YAML-TOO-DEEP", says)
    return None


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _text_of(tree: Tree, content: bytes) -> str | None:
    if len(content) > LARGEST:
        tree.faults.append(PackFault(tree.file, 1, "FILE-TOO-LARGE", "文件超过 1 MB。请拆分或删去无关内容。"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        tree.faults.append(PackFault(tree.file, line, "NOT-UTF8", "文件不是 UTF-8 编码。请另存为 UTF-8。"))
        return None


def _syntax(file: str, line: int) -> PackFault:
    return PackFault(
        file, line, "YAML-SYNTAX", "YAML 写法有误，读不下去。请检查这一行附近的缩进、冒号、引号和括号。"
    )


def _plain(tree: Tree, node: yaml.Node, path: Path) -> Any:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        return _mapping(tree, node, path)
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_plain(tree, each, (*path, at)) for at, each in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
        return _scalar(tree, node, path)
    tree.faults.append(tree.fault(path, "YAML-TAG", "不能使用以感叹号开头的类型标记。请删掉它。"))
    return None


def _scalar(tree: Tree, node: yaml.ScalarNode, path: Path) -> Scalar:
    try:
        value = _SCALARS[node.tag](node.value)
    except ValueError:
        # An explicit tag such as !!int before something that is no number.
        tree.faults.append(tree.fault(path, "YAML-TAG", "值和它的类型标记不符。请删掉类型标记。"))
        return None
    if isinstance(value, str) and any(
        category(char) in ("Cc", "Cs") and char not in "\n\t" for char in value
    ):
        tree.faults.append(tree.fault(path, "UNPRINTABLE", "文字里有无法保存的特殊字符。请删掉。"))
        return ""
    return value


def _storable(text: str) -> bool:
    return not any(category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text)


def _mapping(tree: Tree, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or not isinstance(name := _scalar(tree, key, path), str):
            tree.faults.append(PackFault(tree.file, line, "KEY-NOT-TEXT", "键要写成文字；数字请加引号。"))
            continue
        if name in data:
            tree.faults.append(
                PackFault(tree.file, line, "KEY-TWICE", f"键“{name}”在同一处写了两次。请删掉一个。")
            )
            continue
        tree.lines[(*path, name)] = line
        data[name] = _plain(tree, value, (*path, name))
    return data
