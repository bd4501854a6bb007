"""Every entity of the domain, found by its `KEY`."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import domain
from domain.records import Entity


def _found() -> Iterator[type[Entity]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and dataclasses.is_dataclass(kind) and hasattr(kind, "KEY"):
                yield kind


ENTITIES = sorted(set(_found()), key=lambda kind: kind.__name__)
