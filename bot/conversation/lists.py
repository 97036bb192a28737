"""Values that are to be drawn, as plain JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def in_lists(value: DataclassInstance) -> dict[str, Any]:
    """A frozen value as objects and lists, with a list for each tuple."""
    return {name: _listed(part) for name, part in asdict(value).items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(item) for name, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value
