"""Texts and their figures: each figure an owner reads comes out of a field, by its placeholder, so that it changes with the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.authoring.faults import Fault
from knowledge.authoring.positions import KeyPath

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
#: Digits, and numerals with a measure: 两年, 三成, 百分之. 一 is an article as often as a number.
_FIGURE = re.compile(r"\d[\d,.]*\s*[%％万亿]*|[两二三四五六七八九十半百千]+(?=个?[年月天倍成])|[一两三四五六七八九]成|百分之")


def text_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Figures written by hand, placeholders nobody fills, and languages that give different figures."""
    for name in ("summary", "apply"):
        text = raw.get(name)
        if not isinstance(text, Mapping):
            continue
        used = {}
        for language in ("zh", "en"):
            written = text.get(language)
            if isinstance(written, str):
                yield from _one_text(raw, (name, language), written)
                used[language] = set(_PLACEHOLDER.findall(written))
        if len(used) == 2 and used["zh"] != used["en"]:
            yield Fault((name,), "figures_differ", {"names": ", ".join(sorted(used["zh"] ^ used["en"]))})


def field_value(raw: Mapping[str, Any], path: KeyPath) -> Any:
    """What stands at a path of an entry; None when nothing does."""
    value: Any = raw
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _one_text(raw: Mapping[str, Any], path: KeyPath, written: str) -> Iterator[Fault]:
    rest = _PLACEHOLDER.sub("", written)
    for figure in _FIGURE.finditer(rest):
        yield Fault(path, "figure_by_hand", {"found": figure.group().strip()}, tuple(f"{{{name}}}" for name in filled(raw)))
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
