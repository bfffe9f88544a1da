"""JSON from outside: read strictly, so that nothing gets in that could not be stored or answered."""

import re
from collections.abc import Iterator
from typing import Any, Final, cast

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from tongban.kernel.refusal import Refusal

_LARGEST: Final = 2**63 - 1
# A cheap look at the raw text: only what is found here is worth a walk through the parsed document.
_SUSPECT: Final = re.compile(rb"\\u0000|[\s:,\[{-][0-9]{19}|[0-9][eE]\+?[0-9]{2}")


class StrictJson(Parser):
    """RFC 8259 JSON in UTF-8 without NUL characters, lone surrogates, or numbers beyond 64 bits."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The document; a refusal for any other body (415 for another content type)."""
        if request.content_type != "application/json":
            raise Refusal(
                "request.not-json",
                says="请求的内容不是 JSON。",
                do="请用 Content-Type: application/json，并按接口说明填写。",
                status=415,
            )
        document = orjson.loads(request.body)
        if _SUSPECT.search(request.body):
            for value in _leaves(document):
                _refuse_unstorable(value)
        return cast("DictStrAny", document)


def _leaves(document: Any) -> Iterator[Any]:
    waiting = [document]
    while waiting:
        match waiting.pop():
            case dict() as members:
                waiting += [*members, *members.values()]
            case list() as items:
                waiting += items
            case leaf:
                yield leaf


def _refuse_unstorable(value: object) -> None:
    text = isinstance(value, str) and "\x00" in value
    number = isinstance(value, int | float) and abs(value) > _LARGEST
    if text or number:
        raise Refusal(
            "request.unstorable",
            says="内容里有空字符。" if text else "内容里有太大的数字。",
            do="请去掉不能显示的字符。" if text else "很长的号码请写成文字（加引号）。",
            status=422,
        )
