"""BPMN files as trees of elements, by whatever tool wrote them: opened safely, and asked for what we need."""

from typing import Any, Final

from lxml import etree

from tongban.engine.flow.faults import BadFlow, Fault

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS: Final = "urn:tongban:flow"
PREFIX: Final = "tongban:"

BIGGEST: Final = 1_000_000
"""Bytes of a file at most; the largest flows that people draw are a tenth of it."""


def root_of(data: bytes) -> Any:
    """The `definitions` of a file; BadFlow where it is no BPMN, is too large, or brings a document type.

    Or where it is no UTF-8: what is published keeps the drawing as text.
    """
    if len(data) > BIGGEST:
        raise BadFlow([Fault(1, "XML-TOO-LARGE", "文件超过 1 MB。请拆成几个流程，用调用活动连起来。")])
    # No entity is resolved and nothing is fetched: a file may come from anybody.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        says = "这一行不是合格的 XML，读不下去。请用画流程的工具重新导出。"
        raise BadFlow([Fault(line, "XML", says)]) from None
    if root.getroottree().docinfo.doctype:
        says = "文件带着 DOCTYPE。请删掉它，流程图用不着。"
        raise BadFlow([Fault(1, "XML-DOCTYPE", says)])
    if not _is_utf8(data, root.getroottree().docinfo.encoding):
        says = '文件不是用 UTF-8 编码保存的。请用画流程的工具另存为 UTF-8，第一行写 encoding="UTF-8"。'
        raise BadFlow([Fault(1, "XML-ENCODING", says)])
    if root.tag != f"{{{BPMN}}}definitions":
        says = "这不是 BPMN 2.0 文件：最外层应当是 definitions。请导出成 BPMN 2.0。"
        raise BadFlow([Fault(root.sourceline or 1, "BPMN", says)])
    return root


def _is_utf8(data: bytes, declared: str | None) -> bool:
    """Whether the bytes are UTF-8 and say nothing else of themselves."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return (declared or "UTF-8").upper() in ("UTF-8", "UTF8", "ASCII", "US-ASCII")


def kind(element: Any) -> str:
    """What a BPMN element is; empty for comments and for what other tools put beside."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return str(name.localname) if name.namespace == BPMN else ""


def children(element: Any, *kinds: str) -> list[Any]:
    """The children of these kinds, in order."""
    return [child for child in element if kind(child) in kinds]


def child(element: Any, name: str) -> Any | None:
    """The first child of this kind."""
    return next(iter(children(element, name)), None)


def text(element: Any | None) -> str:
    """The words in an element, on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def line(element: Any) -> int:
    """The line of the file where the element begins."""
    return int(element.sourceline or 1)


def name(element: Any) -> str:
    """What the drawing shows on the element, on one line."""
    return " ".join((element.get("name") or "").split())


def told(element: Any, word: str) -> str:
    """What is said of an element in words of ours: an attribute, or a property that other tools write.

    Camunda Modeler lets people add properties without a plug-in; of those that begin with `tongban:` we read.
    """
    attribute = element.get(f"{{{OURS}}}{word}")
    if attribute is not None:
        return str(attribute).strip()
    extensions = child(element, "extensionElements")
    if extensions is None:
        return ""
    for entry in extensions.iter("{*}property"):
        if entry.get("name") == PREFIX + word:
            return str(entry.get("value") or "").strip()
    return ""
