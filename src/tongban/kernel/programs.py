"""What every endpoint shares: a request whose bearer is known, and how refusals stand in the OpenAPI document."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from tongban.kernel.access import Viewer

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "code", "detail", "do"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable and dotted; search for it."},
        "detail": {"type": "string", "description": "What is wrong, in plain Chinese."},
        "do": {"type": "string", "description": "What to do about it, in plain Chinese."},
        "faults": {
            "type": "array",
            "items": {"type": "object"},
            "description": "Every fault at once, or what happened since `seen`.",
        },
    },
}
"""RFC 9457 with two members of our own; the shape of every refusal."""


class ProgramRequest(HttpRequest):
    """A request whose bearer is known, and the instant at which it is answered."""

    viewer: Viewer
    now: datetime


def problems(*statuses: int) -> dict[str, Any]:
    """The part of an operation's OpenAPI that names the refusals it may answer with."""
    return {
        "responses": {
            status: {
                "description": HTTPStatus(status).phrase,
                "content": {"application/problem+json": {"schema": PROBLEM}},
            }
            for status in statuses
        }
    }
