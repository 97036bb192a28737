"""A choice named on its own as the answer to the fact the advisor has just asked for."""

from __future__ import annotations

import re

from knowledge.firm import FactSpec, FactType
from nlu.cues import frames, words
from nlu.cues.load import table
from nlu.facts import Mention
from nlu.reading.collateral import by_denial, in_order, named
from nlu.reading.industry import likeliest_trade
from nlu.reading.scope import scope_of

_FILLER = re.compile(
    r"^(?:嗯+|哦|啊|那个|就是|大概|差不多|大约|应该|可能|是|有|做|我们?|我是|用于|主要(?:是)?|想|拿来|用来|it'?s|is|about|around|mostly|mainly|for|to|some|just"
    r"|we are|i'm|we're|an?|the)[，, ]*|[。.!！~～?？\s]+$|(?:吧|呢|啊|哦|呀|的|了|哈)$"
)

_SHORT: dict[str, dict[str, str]] = {
    fact: {label: value for value, labels in values.items() for label in labels} for fact, values in table("answers")["short"].items()
}


#: A grade on its own; an A before a word is an article.
_GRADE = re.compile(r"(?<![A-Za-z])(?:A(?! [a-z])|[BMCD])(?![A-Za-z])")


def answered_choice(text: str, spec: FactSpec, norm: str, bare: str) -> Mention | None:
    whole = (0, len(text), text)
    core = bare
    for _ in range(3):
        core = _FILLER.sub("", core).strip(" ，,。.")
    if spec.name == "tax_grade":
        grade = re.fullmatch(r"(?:是|评|大概)?([abmcd])(?: ?[级类]|等|[- ]?grade|[- ]?level)?(?:的|吧|哦)?", core)
        if grade:
            return Mention(spec.name, grade[1].upper(), *whole)
        named = set(_GRADE.findall(text))
        return Mention(spec.name, named.pop(), *whole) if len(named) == 1 else None
    none = "none" in spec.choices and (frames.NO.fullmatch(re.split(r"[，,。.;；]", bare)[0]) or frames.NO.fullmatch(bare) or frames.NO_HEAD.match(bare))
    table_of = words.CHOICES.get(spec.name, ())
    hits = {value: match for value, pattern in table_of if (match := pattern.search(norm)) is not None}
    if spec.name == "purpose" and len(hits) > 1:
        hits.pop("working_capital", None)
    if spec.name == "industry" and len(hits) > 1:
        trade = likeliest_trade(norm)
        hits = {trade[0]: trade[1]} if trade is not None else {}
    if not hits:
        short = _SHORT.get(spec.name, {})
        value = short.get(core) or next(
            (value for label, value in short.items() if len(label) > 1 and core.startswith(label) and len(core) <= len(label) + 6), None
        )
        label_hit = value or next((value for value, label in spec.choices.items() if core and core in (label.zh, label.en.lower())), None)
        if label_hit:
            return Mention(spec.name, (label_hit,) if spec.type is FactType.CHOICES else label_hit, *whole)
    if spec.name == "collateral" and hits:
        return _pledged(text, norm)
    if spec.type is FactType.CHOICES:
        if hits and not (none and len(hits) == 0) and not re.match(r"没|无|no\b|don't", norm):
            return Mention(spec.name, tuple(value for value in spec.choices if value in hits), *whole)
        return Mention(spec.name, ("none",), *whole) if none else None
    if none:
        return Mention(spec.name, "none", *whole)
    if len(hits) == 1:
        value, match = next(iter(hits.items()))
        return Mention(spec.name, value, match.start(), match.end(), text[match.start() : match.end()])
    return None


def _pledged(text: str, norm: str) -> Mention:
    """没房，有台叉车: what is there, or none where all of it is denied."""
    scope = scope_of(norm)
    there, _ = by_denial(scope, named(scope, 0, len(norm)))
    return Mention("collateral", in_order(there) if there else ("none",), 0, len(text), text)
