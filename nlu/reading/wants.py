"""What an English message wants money for, by the noun that the wish for money ends in: 240k for a steam boiler, to buy raw lacquer.

Asked only where the phrases of the tables name no purpose. Machines, vehicles and software are equipment; parts of a building are
premises; goods and materials are stock, but for a firm that serves people what it sits and works on is equipment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues import wishes
from nlu.cues.nouns import kind_of
from nlu.cues.patterns import scripts_of
from nlu.reading.industry import stated_industry
from nlu.reading.scope import Scope

Purpose = tuple[str, re.Match[str]]


def by_wants(scope: Scope) -> Purpose | None:
    """The first purpose that a wish for money ends in, or None."""
    norm = scope.norm
    if scripts_of(norm)[0]:
        return None
    for value, said in (("rd", wishes.DEVELOP.search(norm)), ("refinance", wishes.PAYS_OFF.search(norm))):
        if said is not None and scope.states(*said.span()):
            return value, said
    for found in (*_wished(norm), *wishes.THAT.finditer(norm), *_told(norm)):
        if (
            not scope.states(*found.span())
            or _only_asked(scope, found)
            or (wishes.ASKS.search(norm[max(0, found.start() - 40) : found.start()]) and not wishes.SUM_SAID.search(found[0]))
        ):
            continue
        purpose = _purpose(scope, found)
        if purpose:
            return purpose, found
    return None


def _only_asked(scope: Scope, found: re.Match[str]) -> bool:
    """Whether the thing stands in a question that says no sum for it."""
    asked = next(((low, high) for low, high in scope.questions if low <= found.start() < high), None)
    return asked is not None and not (wishes.SUM_SAID.search(scope.norm, *asked) and not re.search(r"\bwhich\b", scope.norm[slice(*asked)]))


def _wished(norm: str) -> Iterator[re.Match[str]]:
    for frame in (*wishes.SURE, *wishes.FRAMES):
        yield from frame.finditer(norm)


def _told(norm: str) -> Iterator[re.Match[str]]:
    """Things that are needed or cost so much, where a loan and a sum are spoken of."""
    if wishes.SUM_SAID.search(norm):
        yield from wishes.NEED.finditer(norm)
        if wishes.WISH.search(norm):
            yield from wishes.MUST.finditer(norm)
            yield from wishes.COSTS.finditer(norm)


def _purpose(scope: Scope, found: re.Match[str]) -> str | None:
    verb = (found.groupdict().get("verb") or "").strip()
    text = found["object"]
    if wishes.WAGES.search(f"{verb} {text.strip()}"):
        return "wages" if found.re is not wishes.NEED and found.re is not wishes.COSTS else None
    money = found.re in wishes.FRAMES[:3]
    if money and wishes.ABROAD.search(text):
        return "export"
    if money and wishes.FEES.search(text):
        return "other"
    loose = found.re in wishes.FRAMES[-2:] and not wishes.WISH.search(scope.norm)
    if loose or wishes.NO_THING.search(text):
        return None
    if (money or wishes.BUYS.match(verb)) and wishes.ONE.search(text):
        return "equipment" if wishes.FLEET.search(scope.norm) else None
    sure = verb or found.re is wishes.THAT or found.re in wishes.SURE
    return _by_noun(scope, found, verb) if sure or wishes.SUM_SAID.search(scope.norm) else None


def _by_noun(scope: Scope, found: re.Match[str], verb: str) -> str | None:
    """The purpose by the first or second thing that is wanted."""
    for piece in re.split(r"[,+]| and ", found["object"])[:2]:
        words = _thing(piece)
        first = ("place",) if wishes.BUILD.match(verb) else ("gear",) if wishes.RENEWED.search(found[0]) else ("material",)
        kind = kind_of(words, first) or kind_of(words) if words else None
        if kind is None and wishes.RAW.search(piece):
            return "stock_purchase"
        if found.re is wishes.COSTS and (kind is None or kind[0] != "gear" or words[-1].endswith("s") or words[-1] == "car"):
            return None
        if kind is not None:
            return _of_kind(scope, kind[0], verb, piece)
    return None


def _thing(text: str) -> tuple[str, ...]:
    """The words of a noun phrase, up to the preposition that ends it."""
    words: list[str] = []
    for word in wishes.WORD.findall(text):
        if word in wishes.STOPS:
            if words:
                break
            continue
        words.append(word)
    return tuple(words)


def _of_kind(scope: Scope, kind: str, verb: str, text: str) -> str | None:
    if kind == "place":
        return "premises" if wishes.BUILD.match(verb) or wishes.NEW.search(text) else None
    if kind in ("dish", "service"):
        return None
    if kind == "ware":
        trade = stated_industry(scope)
        return (
            "equipment"
            if trade is not None and trade[0] in wishes.SERVES
            else "stock_purchase"
            if trade is not None or wishes.BUYS.match(verb)
            else None
        )
    return wishes.KINDS[kind]
