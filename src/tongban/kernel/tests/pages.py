"""Pages as tests read them."""

import re

_UNREAD = re.compile(r'''<(script|style)\b.*?</\1>|<!--.*?-->|\b(?:value|href)="[^"]*"''', re.DOTALL)
_MARKED = re.compile(r'<(?:span|option|button) lang="zh-CN"[^>]*>([^<]*)<')
_HAN = re.compile(r"[\u3400-\u9fff][^<>\"]*")


def chinese_in(page: str) -> set[str]:
    """Every run of Chinese that somebody reads or hears on a page, the switch to Chinese not among them."""
    read = _UNREAD.sub("", page)
    marked = set(_MARKED.findall(read))
    return (marked | set(_HAN.findall(_MARKED.sub("<", read)))) - {"中文"}
