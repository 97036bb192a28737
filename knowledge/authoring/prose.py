"""Texts and their figures: each figure an owner reads comes out of a field, by its placeholder, so that it changes with the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.authoring.faults import Fault
from knowledge.authoring.figures import figures, stray
from knowledge.authoring.positions import KeyPath
from knowledge.authoring.rules import fact_names
from knowledge.formats import fact_label, plain

#: Where the figure of each placeholder stands. Any one of several fields will do.
PLACEHOLDERS: Mapping[str, tuple[KeyPath, ...]] = {
    "cap": (("offer", "cap"),),
    "term": (("offer", "term_months"),),
    "rate": (("offer", "rate", "low"), ("offer", "rate", "high")),
    "fee": (("offer", "guarantee_fee"),),
    "points": (("offer", "subsidy", "points"),),
    "share": (("offer", "subsidy", "share"),),
    "months": (("offer", "subsidy", "months"),),
    "principal_cap": (("offer", "subsidy", "principal_cap"),),
    "amount_cap": (("offer", "subsidy", "amount_cap"),),
    "grant": (("offer", "grant", "amount"),),
    "per_head": (("offer", "grant", "per_head"),),
    "tax_rate": (("offer", "tax_rate"),),
    "relief": (("offer", "relief"),),
    "platform_fee": (("offer", "fee", "of_raised"),),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LANGUAGES = ("zh", "en")

#: A text in both languages as it is written, and where.
_Written = tuple[KeyPath, Mapping[str, Any]]


def text_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Figures written by hand, placeholders nobody fills, and languages that give different figures.

    What owners read of an entry takes its figures from its fields. What a person checks, and what is history, states them by hand, and both
    languages state the same. A clause names what a rule asks for, and the rule has the figure.
    """
    for path, text in _told(raw):
        yield from _from_fields(raw, path, text)
    for path, text in _checked(raw):
        yield from _by_hand(path, text)
    for path, text in _clauses(raw):
        for language in _LANGUAGES:
            label = fact_label(str(field_value(raw, path[:-1])["fact"]), language)
            strange = [figure for figure in stray(str(text.get(language, "")), language) if figure not in label]
            yield from (Fault((*path, language), "figure_in_clause", {"found": figure}) for figure in strange)


def _told(raw: Mapping[str, Any]) -> Iterator[_Written]:
    for name in ("summary", "apply"):
        if isinstance(raw.get(name), Mapping):
            yield (name,), raw[name]
    yield from _texts(raw.get("documents"), ("documents",))


def _checked(raw: Mapping[str, Any]) -> Iterator[_Written]:
    for name in ("confirm", "changed"):
        yield from _texts(raw.get(name), (name,))
    yield from _below(raw.get("when"), ("when",), "check")


def _clauses(raw: Mapping[str, Any]) -> Iterator[_Written]:
    """Those of comparisons whose fact is known; the others are told of anyway."""
    terms = field_value(raw, ("offer", "terms"))
    for rule, path in ((raw.get("when"), ("when",)), (terms, ("offer", "terms"))):
        for place, text in _below(rule, path, "clause"):
            if field_value(raw, place[:-1]).get("fact") in fact_names():
                yield place, text


def _texts(items: Any, path: KeyPath) -> Iterator[_Written]:
    for rank, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping):
            yield (*path, rank), item


def _below(raw: Any, path: KeyPath, key: str) -> Iterator[_Written]:
    """Every text with a key, as deep as a rule goes."""
    parts = raw.items() if isinstance(raw, Mapping) else enumerate(raw) if isinstance(raw, list) else ()
    for name, value in parts:
        if name == key and isinstance(value, Mapping):
            yield (*path, name), value
        else:
            yield from _below(value, (*path, name), key)


def _from_fields(raw: Mapping[str, Any], path: KeyPath, text: Mapping[str, Any]) -> Iterator[Fault]:
    used = {}
    for language in _LANGUAGES:
        written = text.get(language)
        if isinstance(written, str):
            yield from _one_text(raw, (*path, language), written, language)
            used[language] = set(_PLACEHOLDER.findall(written))
    if len(used) == 2 and used["zh"] != used["en"]:
        yield Fault(path, "figures_differ", {"names": ", ".join(sorted(used["zh"] ^ used["en"]))})


def _by_hand(path: KeyPath, text: Mapping[str, Any]) -> Iterator[Fault]:
    written = {language: str(text.get(language, "")) for language in _LANGUAGES}
    yield from (Fault((*path, language), "no_placeholder_here", {}) for language in _LANGUAGES if set("{}") & set(written[language]))
    stated = {language: figures(written[language], language) for language in _LANGUAGES}
    if all(written.values()) and stated["zh"] != stated["en"]:
        names = ", ".join(plain(figure) for figure in sorted(stated["zh"] ^ stated["en"]))
        yield Fault(path, "figures_differ", {"names": names})


def field_value(raw: Mapping[str, Any], path: KeyPath) -> Any:
    """What stands at a path of an entry; None when nothing does."""
    value: Any = raw
    for part in path:
        if isinstance(part, int) and isinstance(value, list):
            value = value[part] if part < len(value) else None
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _one_text(raw: Mapping[str, Any], path: KeyPath, written: str, language: str) -> Iterator[Fault]:
    rest = _PLACEHOLDER.sub("", written)
    for figure in stray(rest, language):
        yield Fault(path, "figure_by_hand", {"found": figure}, tuple(f"{{{name}}}" for name in filled(raw)))
    if set("{}") & set(rest):
        yield Fault(path, "stray_brace", {})
    for name in dict.fromkeys(_PLACEHOLDER.findall(written)):
        if name not in PLACEHOLDERS:
            yield Fault(path, "no_placeholder", {"found": name}, tuple(PLACEHOLDERS))
        elif name not in filled(raw):
            yield Fault(path, "placeholder_empty", {"name": name, "field": ".".join(map(str, PLACEHOLDERS[name][0]))})


def filled(raw: Mapping[str, Any]) -> list[str]:
    """The placeholders that an entry's figures fill."""
    return [name for name, fields in PLACEHOLDERS.items() if any(field_value(raw, path) is not None for path in fields)]
