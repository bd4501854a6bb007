"""A session's state as JSON and back: what survives a dropped line is exactly what is kept here."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

T = TypeVar("T")

_KINDS: dict[str, type] = {}


def kept(kind: type[T]) -> type[T]:
    """Register a dataclass whose values may stand in a kept state; its class name is its mark."""
    _KINDS[kind.__name__] = kind
    return kind


def to_text(state: object) -> str:
    """Return a state as JSON text, without the fields that stand at their default: there are many of them."""
    return json.dumps(_packed(state), separators=(",", ":"))


def from_text(text: str) -> Any:  # the caller knows what it kept there
    """Return the state that `to_text` wrote. A field that is not in it takes its default."""
    return _unpacked(json.loads(text))


def _packed(value: object) -> object:
    if isinstance(value, Decimal):
        return {"~": "decimal", "is": str(value)}
    if isinstance(value, datetime):
        return {"~": "moment", "is": value.isoformat()}
    if isinstance(value, date):
        return {"~": "date", "is": value.isoformat()}
    if isinstance(value, tuple):
        return [_packed(part) for part in value]
    if isinstance(value, dict):
        return {"~": "dict", "is": {key: _packed(part) for key, part in value.items()}}
    if is_dataclass(value):
        values = ((field, getattr(value, field.name)) for field in fields(value))
        packed = {field.name: _packed(part) for field, part in values if part != field.default}
        return {"~": type(value).__name__, **packed}
    return value


def _unpacked(value: Any) -> object:
    if isinstance(value, list):
        return tuple(_unpacked(part) for part in value)
    if not isinstance(value, dict):
        return value
    mark = value.pop("~")
    if mark == "decimal":
        return Decimal(value["is"])
    if mark == "moment":
        return datetime.fromisoformat(value["is"])
    if mark == "date":
        return date.fromisoformat(value["is"])
    if mark == "dict":
        return {key: _unpacked(part) for key, part in value["is"].items()}
    return _KINDS[mark](**{name: _unpacked(part) for name, part in value.items()})
