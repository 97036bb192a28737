"""The trade by what the owner of an English message does to which goods: we dry persimmons, I mend clocks, our co-op grows konjac."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues.nouns import deed_of, kind_of
from nlu.reading.goods import BY_HAND, FOR_OTHERS, NOT_MADE, TO_SHOPS, TRADES, role
from nlu.reading.phrases import NO_TRADE, noun_phrase
from nlu.reading.scope import Scope

#: An industry, and where the words that say it stand.
Found = tuple[str, int, int]
_OWNER = re.compile(
    r"\b(?:(?P<firm>company|firm|factory|workshop|plant|business|that|co-?op(?:erative)?)|we|i|who|us|people|persons|workers|women|men"
    r"|girls|ladies|aunties|lads|villagers|hands"
    r"|family|wife and i|brother and i|of (?:us|\d+)|husband and i|husband and me|and me|knitters|brothers|sisters|to|nephew)(?:'ve"
    r"|'re|'m)? (?:also |only |mainly |mostly |just |still |all |now |basically |actually |used to "
    r"|hand |'?ve been |have been |been |am |are |is |r )*(?P<verb>[a-z]+)(?: up| out)? (?P<object>(?:(?!need|want|loan|money|my|our"
    r"|it|them)[a-z][a-z'&-]*[ ,]*){1,7})"
)
_BEGINS = re.compile(
    r"(?:^|[.,;:!?\n] ?)(?:i'?m |am |we'?re |just |still |been )*(?P<verb>[a-z]+ing|sell|make|repair|fix|grow|raise|plant|do|rent out"
    r"|open) (?P<object>(?:(?!need|want|loan|money|my|our|it|them)[a-z][a-z'&-]*[ ,]*){1,6})"
)
_DO = ("do", "does", "doing", "did", "open", "opened")
_OUT = re.compile(r"\b(?:rent|let|hire|leas)\w* out\b")
_SITES = re.compile(r"\b(?:shop|store|stall|place|unit|office|house|home|studio|room|rest)\b")
_ROOMS = re.compile(r"\b(?:rooms?|flats?|apartments?|houses?|shops?|space|land|offices?|beds?|villas?|part|half|floor|unit|rest)\b")


def by_deeds(scope: Scope) -> Iterator[Found]:
    """Every trade that a verb of the owner's and its object name, in text order of each frame."""
    for found in (*_OWNER.finditer(scope.norm), *_BEGINS.finditer(scope.norm)):
        deed = "do" if found["verb"] in _DO else deed_of(found["verb"].split()[0])
        if deed is None:
            continue
        if found.re is _OWNER and found["firm"] and not found["verb"].endswith(("s", "ing")):
            continue
        words = noun_phrase(found["object"])
        kind = kind_of(words) if words else None
        if not words or NO_TRADE & set(words):
            continue
        value = deed if _let_out(deed, kind, found) else None if kind is None else _deed(scope.norm, deed, kind[0], found)
        if value:
            yield value, found.start("verb"), found.end()


def _let_out(deed: str, kind: tuple[str, int] | None, found: re.Match[str]) -> bool:
    """Whether things, and no rooms, are let out for money, whatever they are."""
    rooms = (kind is not None and kind[0] == "place") or _ROOMS.search(found[0]) is not None
    return deed == "leasing_business_services" and _OUT.search(found[0]) is not None and not rooms


#: The goods that each deed is done to; where it is done to others, it says nothing of the trade.
_DONE_TO = {
    "industry": ("ware", "grocery", "stuff", "crop", "gear"),
    "agriculture": ("crop", "beast"),
    "catering": ("dish",),
    "construction": ("place", "gear", "ware"),
    "leasing_business_services": ("gear", "ware"),
    "transport": ("crop", "beast", "stuff", "grocery"),
    "other": ("ware", "gear", "service"),
}
_GOODS = ("ware", "grocery", "crop", "beast", "stuff", "gear")
_LENT = re.compile(r"\b(?:out|to)\b")


def _deed(norm: str, deed: str, kind: str, found: re.Match[str]) -> str | None:
    """What doing this to goods of that kind makes the firm."""
    behind = norm[found.start() : found.end() + 40]
    if deed == "do":
        return _done(norm, kind, behind, found)
    if deed in ("retail", "wholesale"):
        return _handed_on(norm, deed, kind, behind)
    if deed in ("agriculture", "warehousing") and kind in ("ware", "grocery", "stuff", "gear") and FOR_OTHERS.search(behind):
        return "warehousing"
    if kind not in _DONE_TO.get(deed, ()) or (deed == "construction" and found["verb"].startswith("paint")):
        return None
    return deed if deed != "leasing_business_services" or (_LENT.search(behind) and " from " not in behind) else None


def _done(norm: str, kind: str, behind: str, found: re.Match[str]) -> str | None:
    """We do ceilings, he opened a noodle place."""
    if kind == "place":
        return "construction" if found["verb"].startswith("do") and not _SITES.search(found["object"]) else None
    return "agriculture" if kind == "crop" else role(norm, kind, behind)


def _handed_on(norm: str, deed: str, kind: str, behind: str) -> str | None:
    """What selling or supplying makes the firm: its own plant's goods are industry's, goods for shops are wholesale."""
    to_shops = TO_SHOPS.search(behind) or TRADES.search(norm)
    if kind == "dish":
        return "catering" if deed == "retail" else None
    if kind not in _GOODS or (deed == "wholesale" and not to_shops):
        return None
    if BY_HAND.search(norm) and not NOT_MADE.search(norm):
        return "industry" if kind in ("ware", "grocery") else None
    return "wholesale" if to_shops else "retail"
