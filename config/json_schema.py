"""The JSON Schema of the site file, for editors: made of the same forms the file is read by (site.md).

It knows names, choices and shapes; `aisle config check` knows the rest. Not here: the forms (site_form.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from config.forms import Form
from config.site_form import HEAD, KEYED, LISTED, SINGLE

Schema = dict[str, Any]
"""A part of a JSON Schema. Any: as JSON has it."""


def json_schema() -> Schema:
    """Return the schema of a whole site file."""
    sections = [*(section.form for section in KEYED.values()), *LISTED.values(), *SINGLE.values()]
    references, found = models_json_schema([(form, "validation") for form in (HEAD, *sections)], by_alias=True)
    definitions: dict[str, Schema] = found["$defs"]
    for schema in definitions.values():
        schema["properties"] = {key: _or_null(part) for key, part in schema["properties"].items()}
    head = definitions.pop(HEAD.__name__)["properties"]
    for form in _with_inner(sections):
        if bare := form.file_rules.bare:
            row = definitions[form.__name__]
            definitions[form.__name__] = {"anyOf": [row, row["properties"][bare]]}

    def of(form: type[Form]) -> Schema:
        return _or_null(references[form, "validation"])

    by_code = {key: _or_null({"type": "object", "additionalProperties": of(row.form)}) for key, row in KEYED.items()}
    listed = {key: _or_null({"type": "array", "items": of(form)}) for key, form in LISTED.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Site file of Aisle",
        "type": "object",
        "additionalProperties": False,
        "required": ["site", "timezone"],
        "properties": head | by_code | listed | {key: of(form) for key, form in SINGLE.items()},
        "$defs": definitions,
    }


def _or_null(schema: Schema) -> Schema:
    """Return the schema with null beside it, which is the default everywhere."""
    return {"anyOf": [{key: part for key, part in schema.items() if key not in ("default", "title")}, {"type": "null"}]}


def _with_inner(forms: Iterable[type[Form]]) -> Iterator[type[Form]]:
    for form in forms:
        yield form
        yield from _with_inner(form.nested.values())
