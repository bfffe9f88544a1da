"""The file around a workbook: a ZIP of XML parts, judged before anything in it is understood."""

import re
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tongban.engine.sheets.faults import Fault

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 12_000_000
MOST_PARTS: Final = 200
MOST_TAGS: Final = 500_000
"""A cell takes four; more would only cost time and memory."""

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Excel 97–2003 begins, and one locked by a password."""

_SAVE_ANEW: Final = "请用表格软件打开，另存为“Excel 工作簿（.xlsx）”，再上传。"
_MARKS: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def fault_of_file(content: bytes) -> Fault | None:
    """What keeps a file from being opened at all; None for a workbook that may be read.

    Costs no more than its bounds: what is packed is measured before it is unpacked.
    """
    if not content:
        return _fault("empty", "这个文件是空的。", "请重新选择填好的表格。")
    if len(content) > MOST_BYTES:
        return _fault("too-large", "文件超过 2 兆。", "请分成几份，一份一份导入。")
    if content.startswith(_OLD):
        return _fault("old", "这是旧格式的表格，或者加了打开密码。", f"请去掉密码。{_SAVE_ANEW}")
    try:
        with ZipFile(BytesIO(content)) as parts:
            return _fault_of_parts(parts)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        if content.startswith(b"PK"):
            return _fault("damaged", "文件损坏，打不开。", _SAVE_ANEW)
        return _fault("not-a-workbook", "这不是 .xlsx 表格。", _SAVE_ANEW)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook that was judged, by name."""
    with ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if _is_xml(name)}


def _fault_of_parts(parts: ZipFile) -> Fault | None:
    infos = parts.infolist()
    if any(one.flag_bits & 1 for one in infos):
        return _fault("locked", "文件加了密码。", "请去掉密码，再上传。")
    if len(infos) > MOST_PARTS or sum(one.file_size for one in infos) > MOST_UNPACKED:
        return _fault("inflates", "文件展开以后太大。", "请只留要导入的工作表，删去图片和多余的行，再上传。")
    if any(one.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for one in infos):
        return _fault("damaged", "文件的压缩方式不认识。", _SAVE_ANEW)
    names = [one.filename for one in infos]
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(names):
        return _fault("not-a-workbook", "这不是 .xlsx 表格。", _SAVE_ANEW)
    return _fault_of_names(names) or _fault_of_xml([parts.read(name) for name in names if _is_xml(name)])


def _fault_of_names(names: list[str]) -> Fault | None:
    if any(name.lower().endswith(("vbaproject.bin", ".vba")) for name in names):
        return _fault("macros", "表格里有宏。", "请另存为不带宏的“Excel 工作簿（.xlsx）”，再上传。")
    if any("/externalLinks/" in name for name in names):
        return _fault(
            "links", "表格引用了别的文件。", "请在“数据—编辑链接”里断开链接，把公式粘贴为数值，再上传。"
        )
    if any(part in name for name in names for part in ("/embeddings/", "/activeX/", "/ctrlProps/")):
        return _fault("embedded", "表格里嵌了别的文件或控件。", "请删去嵌入的对象，再上传。")
    return None


def _fault_of_xml(parts: list[bytes]) -> Fault | None:
    if any(_MARKS.search(text) or text.startswith(_UTF16) for text in parts):
        return _fault("declares", "文件里有表格不该有的声明。", _SAVE_ANEW)
    if sum(text.count(b"<") for text in parts) > MOST_TAGS:
        return _fault("inflates", "文件里的格子太多。", "请删去多余的行和列，或者分成几份，再上传。")
    return None


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _fault(code: str, says: str, do: str) -> Fault:
    return Fault(f"sheets.file.{code}", "", says, do)
