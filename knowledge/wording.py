"""Conditions told in words: what a rule needs, and what was known of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from knowledge.conditions import Check, Finding, Leaf
from knowledge.derived import DERIVED, KnownValue
from knowledge.firm import FactType, spec_of
from knowledge.formats import day, fact_label, fact_value

_PHRASES: Mapping[str, tuple[str, str]] = {
    "is": ("{label}须为{needed}", "{label} must be {needed}"),
    "is_not": ("{label}不能是{needed}", "{label} must not be {needed}"),
    "in": ("{label}须为{needed}", "{label} must be {needed}"),
    "not_in": ("{label}不能是{needed}", "{label} must not be {needed}"),
    "at_least": ("{label}不少于{needed}", "{label} of at least {needed}"),
    "at_most": ("{label}不超过{needed}", "{label} of at most {needed}"),
    "more_than": ("{label}超过{needed}", "{label} above {needed}"),
    "less_than": ("{label}低于{needed}", "{label} below {needed}"),
    "between": ("{label}在{needed}之间", "{label} between {needed}"),
    "includes": ("{label}须有{needed}", "{label} must include {needed}"),
    "within": ("须在{needed}", "must be in {needed}"),
    "from": ("{label}不早于{needed}", "{label} on or after {needed}"),
    "until": ("{label}不晚于{needed}", "{label} on or before {needed}"),
}
_NEGATED: Mapping[str, tuple[str, str]] = {
    "is": _PHRASES["is_not"],
    "is_not": _PHRASES["is"],
    "in": _PHRASES["not_in"],
    "not_in": _PHRASES["in"],
    "at_least": _PHRASES["less_than"],
    "at_most": _PHRASES["more_than"],
    "more_than": _PHRASES["at_most"],
    "less_than": _PHRASES["at_least"],
    "between": ("{label}不在{needed}之间", "{label} not between {needed}"),
    "includes": ("{label}不能有{needed}", "{label} must not include {needed}"),
    "within": ("不含{needed}", "outside {needed}"),
    "from": ("{label}早于{needed}", "{label} before {needed}"),
    "until": ("{label}晚于{needed}", "{label} after {needed}"),
}
#: Of the day itself only the dates are told: from 1 March 2026; with `not` in front: before 1 March 2026.
_TODAY: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("from", False): ("从{needed}起", "from {needed}"),
    ("until", False): ("到{needed}为止", "until {needed}"),
    ("between", False): ("在{needed}之间", "between {needed}"),
    ("from", True): ("在{needed}以前", "before {needed}"),
    ("until", True): ("在{needed}以后", "after {needed}"),
    ("between", True): ("不在{needed}之间", "not between {needed}"),
}


def requirement(finding: Finding, language: str) -> str:
    """What the rule needs, such as 经营年限不少于2年 / time in business of at least 2 years."""
    leaf = finding.leaf
    if isinstance(leaf, Check):
        return leaf.text[language]
    if _is_flag(leaf):
        return fact_value(leaf.fact, _flag_needed(leaf) is not finding.negated, language)
    phrases = _NEGATED if finding.negated else _PHRASES
    pair = _TODAY[leaf.operator, finding.negated] if leaf.fact == "today" else phrases[leaf.operator]
    phrase = pair[language == "en"]
    return phrase.format(label=fact_label(leaf.fact, language), needed=_needed(leaf, language))


def reason(finding: Finding, language: str) -> str:
    """The requirement with what was known beside it: 经营年限不少于2年（您是1年）."""
    leaf = finding.leaf
    told = requirement(finding, language)
    if isinstance(leaf, Check):
        return told
    known = _known(leaf, finding.known.possible, language)
    if known in ("", told):
        return told
    if leaf.fact == "today":
        return f"{told} (today is {known})" if language == "en" else f"{told}（今天是{known}）"
    return f"{told} (yours: {known})" if language == "en" else f"{told}（您这边：{known}）"


def _known(leaf: Leaf, possible: tuple[KnownValue, ...], language: str) -> str:
    """What was known: one value, or of dates the first and the last that may be; empty where nothing certain is to be told."""
    if len(possible) == 1:
        return fact_value(leaf.fact, possible[0], language)
    days = [value for value in possible if isinstance(value, date)]
    if not days:
        return ""
    first, last = (day(one, language) for one in (days[0], days[-1]))
    return f"between {first} and {last}" if language == "en" else f"{first}到{last}之间"


def _is_flag(leaf: Leaf) -> bool:
    return leaf.fact not in DERIVED and spec_of(leaf.fact).type is FactType.FLAG


def _flag_needed(leaf: Leaf) -> bool:
    """The answer a flag must have: `is_not: true` needs a no."""
    value = leaf.needed[0] if isinstance(leaf.needed, tuple) else leaf.needed
    return bool(value) is (leaf.operator in ("is", "in"))


def _needed(leaf: Leaf, language: str) -> str:
    if not isinstance(leaf.needed, tuple):
        return fact_value(leaf.fact, leaf.needed, language)
    values = [_single(leaf.fact, value, language) for value in leaf.needed]
    if leaf.operator == "between":
        return " and ".join(values) if language == "en" else "到".join(values)
    return " or ".join(values) if language == "en" else "或".join(values)


def _single(fact: str, value: KnownValue, language: str) -> str:
    if fact not in DERIVED and spec_of(fact).type is FactType.CHOICES:
        return spec_of(fact).choices[str(value)][language]
    return fact_value(fact, value, language)
