"""The Bot API's own description: what each method takes and returns, and what each type must carry."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = json.loads((files("bot.simulator") / "bot-api.json").read_text("utf-8"))
    return spec


def methods() -> list[str]:
    """The methods described, spelt as Telegram documents them."""
    return list(_spec()["methods"])


def parameters(method: str) -> dict[str, str]:
    """Each parameter of the method with its type, alternatives parted by `|`."""
    fields: dict[str, str] = _spec()["methods"][method].get("fields", {})
    return fields


def required(method: str) -> list[str]:
    names: list[str] = _spec()["methods"][method].get("required", [])
    return names


def returns(method: str) -> str:
    kind: str = _spec()["methods"][method]["returns"]
    return kind


def problems(kinds: str, value: Any, *, path: str = "", strict: bool = False) -> list[str]:
    """Why the value is none of the kinds; empty if it is one. `strict` also names fields the type does not have."""
    tried = [_problems(kind, value, path, strict) for kind in kinds.split("|")]
    return min(tried, key=len) if all(tried) else []


def _problems(kind: str, value: Any, path: str, strict: bool) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{path or kind} must be an Array"]
        inner = kind.removeprefix("Array of ")
        return [problem for i, item in enumerate(value) for problem in problems(inner, item, path=f"{path}[{i}]", strict=strict)]
    if kind in _PLAIN:
        return [] if _is_plain(kind, value) else [f'Field "{path}" must be of type {kind}']
    description = _spec()["types"][kind]
    if "subtypes" in description:
        return _subtype_problems(description["subtypes"], value, path, strict)
    if not isinstance(value, dict):
        return [f"{path or kind} must be an Object"]
    return _object_problems(description, value, path, strict)


def _subtype_problems(subtypes: list[str], value: Any, path: str, strict: bool) -> list[str]:
    """A union is told apart by its constant field, so that the problems named are those of the type meant."""
    meant = [kind for kind in subtypes if _constants_fit(kind, value)]
    return problems("|".join(meant or subtypes), value, path=path, strict=strict)


def _constants_fit(kind: str, value: Any) -> bool:
    constants = _spec()["types"].get(kind, {}).get("const", {})
    return isinstance(value, dict) and bool(constants) and all(value.get(name) == fixed for name, fixed in constants.items())


def _object_problems(description: dict[str, Any], value: dict[str, Any], path: str, strict: bool) -> list[str]:
    fields, constants = description.get("fields", {}), description.get("const", {})
    prefix = f"{path}." if path else ""
    found = [f'Can\'t find field "{prefix}{name}"' for name in description.get("required", []) if name not in value]
    found += [f'Field "{prefix}{name}" must be "{fixed}"' for name, fixed in constants.items() if value.get(name, fixed) != fixed]
    if strict:
        found += [f'Field "{prefix}{name}" is unknown' for name in value if name not in fields]
    for name in value.keys() & fields.keys():
        found += problems(fields[name], value[name], path=prefix + name, strict=strict)
    return found


_PLAIN = {"Integer", "Float", "String", "Boolean", "True", "InputFile"}


def _is_plain(kind: str, value: Any) -> bool:
    if kind in ("Boolean", "True"):
        return isinstance(value, bool) and (value or kind == "Boolean")
    if isinstance(value, bool):
        return False
    types: dict[str, type | tuple[type, ...]] = {"Integer": int, "Float": (int, float), "String": str, "InputFile": ()}
    return isinstance(value, types[kind])
