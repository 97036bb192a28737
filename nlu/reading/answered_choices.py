"""A choice named on its own as the answer to the fact the advisor has just asked for."""

from __future__ import annotations

import re

from knowledge.firm import FactSpec, FactType
from nlu.cues import frames, words
from nlu.cues.load import table
from nlu.facts import Mention
from nlu.reading.collateral import by_denial, in_order, named
from nlu.reading.industry import likeliest_trade
from nlu.reading.polarity import denied
from nlu.reading.purpose import named_purpose
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


#: 升A了, dropped us to C: the grade it moved to.
_MOVED = re.compile(
    r"(?:现在(?:是|到|评的?|评了)?|今年(?:是|评)?|[Ii]t's (?=an? [ABMCD])|[升降掉调变][到成为了]?|(?:[Dd]ropped|[Mm]oved|[Uu]p"
    r"|[Dd]own|[Ww]ent)[^,.;]{0,12} to|[Nn]ow (?:it'?s|it is"
    r"|we are)?) ?(?:an? )?([ABMCD])(?![A-Za-z])"
)


def answered_choice(text: str, spec: FactSpec, norm: str, bare: str) -> Mention | None:
    """The choice that a bare answer names, none where it says so, or None where it names no single one."""
    whole = (0, len(text), text)
    core = bare
    for _ in range(3):
        core = _FILLER.sub("", core).strip(" ，,。.")
    if spec.name == "tax_grade":
        grade = _graded(text, core)
        return Mention(spec.name, grade, *whole) if grade is not None else None
    none = "none" in spec.choices and _says_no(bare)
    hits = _named(spec, norm)
    if not hits and (label := _labelled(spec, core)) is not None:
        return Mention(spec.name, (label,) if spec.type is FactType.CHOICES else label, *whole)
    if (
        spec.name == "collateral"
        and none
        and not frames.TURN.search(norm)
        and re.match(r"(?:nothing|none|no|nope|没有?|没啥|啥也没有?|无)[，,。. ]", norm)
    ):
        return Mention(spec.name, ("none",), *whole)
    if spec.name == "collateral" and hits:
        return _pledged(text, norm)
    if spec.type is FactType.CHOICES:
        if hits and not re.match(r"没|无|no\b|don't", norm):
            return Mention(spec.name, tuple(value for value in spec.choices if value in hits), *whole)
        return Mention(spec.name, ("none",), *whole) if none else None
    if none:
        return Mention(spec.name, "none", *whole)
    if len(hits) == 1:
        value, match = next(iter(hits.items()))
        return Mention(spec.name, value, match.start(), match.end(), text[match.start() : match.end()])
    return None


def _graded(text: str, core: str) -> str | None:
    """The tax grade named on its own."""
    grade = re.fullmatch(r"(?:是|评|大概)?([abmcd])(?: ?[级类]|等|[- ]?grade|[- ]?level)?(?:的|吧|哦)?", core)
    if grade:
        return grade[1].upper()
    if moved := _MOVED.findall(text):
        return str(moved[-1])
    named = set(_GRADE.findall(text))
    return str(named.pop()) if len(named) == 1 else None


def _says_no(bare: str) -> bool:
    first = re.split(r"[，,。.;；]", bare)[0]
    if re.search(r"[^，。]{0,14}(?:没有|没得|冇)(?:的|啊|呀|呢)?(?: |$)", first):
        return True
    return any(match is not None for match in (frames.NO.fullmatch(first), frames.NO.fullmatch(bare), frames.NO_HEAD.match(bare)))


def _named(spec: FactSpec, norm: str) -> dict[str, re.Match[str]]:
    """The choices whose words stand in the answer."""
    hits = {value: match for value, pattern in words.CHOICES.get(spec.name, ()) if (match := pattern.search(norm)) is not None}
    if spec.name == "purpose":
        hits = hits or named_purpose(norm, scope_of(norm))
    if spec.name == "purpose" and len(hits) > 1:
        hits.pop("working_capital", None)
    if spec.name == "legal_form" and len(hits) > 1:
        scope = scope_of(norm)
        hits = {value: match for value, match in hits.items() if not denied(scope, match)} or hits
    if spec.name == "industry" and len(hits) > 1:
        trade = likeliest_trade(norm)
        return {trade[0]: trade[1]} if trade is not None else {}
    return hits


def _labelled(spec: FactSpec, core: str) -> str | None:
    """The choice whose everyday or official label the answer is, or begins with."""
    short = _SHORT.get(spec.name, {})
    first = re.split(r"[，,。.;；]", core)[0]
    if first != core and (label := _labelled(spec, first)) is not None:
        return label
    begun = (value for label, value in short.items() if len(label) > 1 and core.startswith(label) and len(core) <= len(label) + 6)
    official = (value for value, label in spec.choices.items() if core and core in (label.zh, label.en.lower()))
    return short.get(core) or next(begun, None) or next(official, None)


#: What is still to be bought can hardly be pledged, unless it is said that it can.
_TO_BUY = re.compile(
    r"(?:想|要|准备|打算|还要|再)(?:再|多)?(?:买|购|添|置|换|上)|贷[^，。]{0,6}(?:是|用来|拿来)(?:买|购|添|换|进)"
    r"|\b(?:want|need|like|plan(?:ning)?|looking|going) to (?:buy|purchase|get|add|replace)\b"
)
#: 那个设备更新的怎么弄: a question is open, and another is asked.
_ASKS_HOW = re.compile(r"(?:怎么|咋|怎样|如何)(?:个)?(?:弄|办|搞|整|申请|走|操作)|\bhow (?:do|does|to|can) (?:i|we|you|one|it)\b")
_PLEDGES = re.compile(r"押|质|\b(?:pledg|collateral|secur|mortgag|against|put up|offer)")


#: What a loan for that buys, which is not there yet.
_BUYS = {"equipment": ("equipment", "vehicle"), "stock_purchase": ("inventory",), "premises": ("real_estate",)}


def _pledged(text: str, norm: str) -> Mention | None:
    """没房，有台叉车: what is there, or none where all of it is denied. None where it only is to be bought."""
    scope = scope_of(norm)
    there, _ = by_denial(scope, named(scope, 0, len(norm)))
    if _PLEDGES.search(norm) is None:
        if _ASKS_HOW.search(norm) or (_TO_BUY.search(norm) and len(there) <= 1):
            return None
        bought = {thing for wanted in named_purpose(norm, scope) for thing in _BUYS.get(wanted, ())}
        there, all_there = {value: match for value, match in there.items() if value not in bought}, there
        if all_there and not there:
            return None
    return Mention("collateral", in_order(there) if there else ("none",), 0, len(text), text)
