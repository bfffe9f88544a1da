"""JSON Schemas (draft 2020-12) of all pack files, drawn from the shapes.

By them an editor says while one writes what the check says afterwards. Only shapes are in them; what one file
says of another, the check alone can judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from tongban.engine.packs import city_shapes, joint_shapes, shapes
from tongban.engine.packs.shape import (
    Anything,
    Day,
    Flag,
    Maybe,
    Record,
    Row,
    Shape,
    Table,
    Text,
    Whole,
    Word,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

FILES: Final[Mapping[str, tuple[str, Shape]]] = {
    "item": ("items/*/item.yaml", shapes.ITEM),
    "form": ("items/*/form.yaml", shapes.FORM),
    "example": ("items/*/example.yaml", shapes.EXAMPLE),
    "joint": ("joint/*/joint.yaml", joint_shapes.JOINT),
    "certificate": ("certificates/*.yaml", shapes.CERTIFICATE),
    "register": ("registers/*.yaml", shapes.REGISTER),
    "regime": ("regimes/*.yaml", shapes.REGIME),
    "guides": ("guides/*.yaml", shapes.GUIDE_LIST),
    "announcement": ("announcements/*.yaml", city_shapes.ANNOUNCEMENT),
    "columns": ("columns.yaml", city_shapes.COLUMNS),
    "words": ("words/*.yaml", city_shapes.WORDS),
    "elements": ("elements.yaml", shapes.ELEMENTS),
    "materials": ("materials.yaml", shapes.MATERIALS),
    "code-systems": ("code-systems.yaml", shapes.CODE_SYSTEMS),
    "regions": ("regions.yaml", shapes.REGIONS),
}
"""By the schema's name: the files it is for, below a packs folder, and their shape."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of every kind of file, by its name."""
    return {
        name: {"$schema": DIALECT, "title": f"Tongban: {files}"} | schema_of(shape)
        for name, (files, shape) in FILES.items()
    }


def schema_of(shape: Shape) -> dict[str, Any]:
    """What fits the schema fits the shape, and the other way round; but a day is told by its form alone."""
    match shape:
        case Maybe(each=each):
            return {"anyOf": [{"type": "null"}, schema_of(each)]}
        case Row(each=each, least=least):
            return {"type": "array", "items": schema_of(each), "minItems": least}
        case Table(each=each, key=key):
            names = {"pattern": f"^(?:{key})$"}
            return {"type": "object", "propertyNames": names, "additionalProperties": schema_of(each)}
        case Record(required=required, optional=optional):
            return {
                "type": "object",
                "properties": {key: schema_of(one) for key, one in {**required, **optional}.items()},
                "required": list(required),
                "additionalProperties": False,
            }
    return _plain(shape)


def _plain(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text():
            return _text(shape)
        case Whole(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case Word(words=words):
            return {"oneOf": [{"const": word, "title": meaning} for word, meaning in words.items()]}
        case Anything():
            return {}
    raise TypeError(type(shape).__name__)


def _text(shape: Text) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "string", "maxLength": shape.longest}
    if shape.pattern:
        return told | {"pattern": f"^(?:{shape.pattern})$", "examples": [shape.like]}
    return told | {"pattern": r"\S"}
