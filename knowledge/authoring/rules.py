"""Every fault of a condition as it is written, not only the first; what is right here is read by `knowledge.reading`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.authoring.faults import Fault
from knowledge.authoring.positions import KeyPath
from knowledge.conditions import OPERATORS
from knowledge.derived import DERIVED, SIZE_LABELS
from knowledge.firm import FactError, FactType, spec_of, vocabulary
from knowledge.reading import ConditionError, read_condition
from knowledge.regions import COUNTRY, regions

_SHAPES = ("fact", "all", "any", "not", "check")


def rule_faults(raw: Any, path: KeyPath) -> list[Fault]:
    """What is wrong with a condition. Where this finds nothing, the reader has the last word."""
    found = list(_faults(raw, path))
    if not found:
        try:
            read_condition(raw)
        except (ConditionError, TypeError) as error:
            found.append(Fault(path, "other", {"reason": str(error)}))
    return found


def fact_names() -> tuple[str, ...]:
    """Every fact a condition may name, worked-out ones included."""
    return (*vocabulary(), *DERIVED)


def kind_of(fact: str) -> FactType | None:
    """The type of a fact; None when there is no such fact."""
    return DERIVED[fact] if fact in DERIVED else vocabulary()[fact].type if fact in vocabulary() else None


def operators_for(kind: FactType) -> tuple[str, ...]:
    """The comparisons that suit a type."""
    return tuple(name for name, operator in OPERATORS.items() if kind in operator.types)


def choices_of(fact: str) -> tuple[str, ...]:
    """What a choice may be; nothing for other facts."""
    if fact == "size_class":
        return tuple(SIZE_LABELS)
    return tuple(spec_of(fact).choices) if fact in vocabulary() else ()


def value_fault(fact: str, raw: Any, path: KeyPath) -> Fault | None:
    """What is wrong with one value of a fact: not one of the choices, or not a number in its unit."""
    allowed, kind = choices_of(fact), kind_of(fact)
    if allowed:
        known = isinstance(raw, str) and raw in allowed
        return None if known else Fault(path, "no_choice", {"fact": fact, "found": raw}, allowed)
    if kind is FactType.CODE and isinstance(raw, str) and len(raw) == 6 and raw not in regions() and raw != COUNTRY:
        return Fault(path, "no_region", {"found": raw})
    try:
        if kind is not None and (fact in DERIVED or kind is FactType.RATE):
            read_condition({"fact": fact, next(name for name in operators_for(kind) if OPERATORS[name].takes == "one"): raw})
        else:
            spec_of(fact).parse(raw)
    except (FactError, ConditionError):
        return Fault(path, f"want_{kind.value if kind else 'text'}", {"found": raw})
    return None


def _faults(raw: Any, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault(path, "want_condition", {"found": raw}, _SHAPES)
    elif "fact" in raw:
        yield from _leaf_faults(raw, path)
    elif len(raw) != 1 or next(iter(raw)) not in _SHAPES:
        unknown = [key for key in raw if key not in _SHAPES]
        if unknown:
            yield from (Fault((*path, str(key)), "unknown_key", {"found": key}, _SHAPES, key=True) for key in unknown)
        else:
            yield Fault(path, "one_shape", {"found": ", ".join(map(str, raw)) or "–"}, _SHAPES)
    else:
        yield from _group_faults(raw, path)


def _group_faults(raw: Mapping[Any, Any], path: KeyPath) -> Iterator[Fault]:
    (key,) = raw
    inner = raw[key]
    if key == "check":
        yield from _text_faults(inner, (*path, key))
    elif key == "not":
        yield from _faults(inner, (*path, key))
    elif not isinstance(inner, list) or not inner:
        yield Fault((*path, key), "want_list", {"found": inner})
    else:
        for index, part in enumerate(inner):
            yield from _faults(part, (*path, key, index))


def _leaf_faults(raw: Mapping[Any, Any], path: KeyPath) -> Iterator[Fault]:
    fact = raw["fact"]
    kind = kind_of(fact) if isinstance(fact, str) else None
    if kind is None:
        yield Fault((*path, "fact"), "unknown_fact", {"found": fact}, fact_names())
    if "clause" in raw:
        yield from _text_faults(raw["clause"], (*path, "clause"))
    comparisons = [key for key in raw if key not in ("fact", "clause")]
    suitable = operators_for(kind) if kind else tuple(OPERATORS)
    wrong = [key for key in comparisons if key not in suitable]
    for key in wrong:
        code = "unsuitable_operator" if key in OPERATORS else "unknown_operator"
        yield Fault((*path, str(key)), code, {"found": key, "fact": fact}, suitable, key=True)
    if not wrong and len(comparisons) != 1:
        yield Fault(path, "one_operator", {"fact": fact, "count": len(comparisons)}, suitable)
    if kind is None or wrong:
        return
    for operator in comparisons:
        yield from _needed_faults(fact, operator, raw[operator], (*path, operator))


def _needed_faults(fact: str, operator: str, raw: Any, path: KeyPath) -> Iterator[Fault]:
    takes = OPERATORS[operator].takes
    if takes == "one":
        fault = value_fault(fact, raw, path)
        if fault:
            yield fault
        return
    if not isinstance(raw, list) or not raw or (takes == "pair" and len(raw) != 2):
        yield Fault(path, "want_pair" if takes == "pair" else "want_values", {"found": raw})
        return
    found = [fault for index, value in enumerate(raw) if (fault := value_fault(fact, value, (*path, index)))]
    yield from found
    if takes == "pair" and not found and _reversed(fact, raw):
        yield Fault(path, "pair_reversed", {"found": raw})


def _reversed(fact: str, pair: list[Any]) -> bool:
    """Dates may be written as dates or as text, and compare as text."""
    first, last = map(str, pair) if kind_of(fact) is FactType.DATE else pair
    return bool(first > last)


def _text_faults(raw: Any, path: KeyPath) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault(path, "want_text_pair", {"found": raw})
        return
    for key in raw:
        if key not in ("zh", "en"):
            yield Fault((*path, str(key)), "unknown_key", {"found": key}, ("zh", "en"), key=True)
    for language in ("zh", "en"):
        if language not in raw:
            yield Fault((*path, language), "missing", {"name": language})
        elif not isinstance(raw[language], str) or not raw[language].strip():
            yield Fault((*path, language), "empty_text", {})
