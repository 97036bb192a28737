"""An English headcount in the words of a crew: me, the missus and two hands; three vets incl. me, two nurses; nobody but me."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.cues import people
from nlu.numbers.english_words import value_of
from nlu.reading.crew_words import ALL, ALONE, GOES_ON, JOIN, LARGEST, MOVED, NOT_STAFF, PART, PUT, REACH, WHOLE, WITH_ME
from nlu.reading.headcount import Headcount
from nlu.reading.scope import Scope


@dataclass(frozen=True)
class _Part:
    count: int
    start: int
    end: int
    owner: bool
    told: bool
    #: One person by trade: the office girl.
    role: bool


def crew(scope: Scope, asking: str | None = None) -> Headcount | None:
    """The number of people that the message says work in the firm, or None.

    "Just me" may mean something else where `asking` is another fact.
    """
    norm = scope.norm
    moved = _number(scope, MOVED) or (_number(scope, PUT) if asking == "employees" else None)
    if moved is not None:
        return moved
    whole = _number(scope, WHOLE) or _number(scope, ALL)
    asked = asking == "employees"
    chains = _chains(norm)
    joined = [chain for chain in chains if _counts(scope, chain, asked=asked)]
    best = max(joined, key=len, default=None)
    told = None
    if best is not None:
        told = _together(norm, best)
    if whole is not None and (told is None or whole.count >= told.count):
        return whole
    if told is not None and told.count <= LARGEST:
        return told
    beside = next((match for match in WITH_ME.finditer(norm) if _stated(scope, *match.span())), None)
    if beside is not None:
        return Headcount((value_of(beside["colleagues"]) if beside["colleagues"] else 1) + 1 + bool(beside["third"]), *beside.span())
    if asking not in (None, "employees"):
        return None
    alone = next((match for match in ALONE.finditer(norm) if _stated(scope, *match.span())), None)
    if alone is not None and not joined:
        return Headcount(1, *alone.span())
    several = [chain[0] for chain in chains if len(chain) == 1 and chain[0].told and chain[0].count > 1]
    one = several[0] if len(several) == 1 else None
    return Headcount(one.count, one.start, one.end) if one is not None and _is_the_staff(scope, one) else None


#: Behind some of those who were told before.
_AMONG = re.compile(r",? (?:among|of) (?:them|us|those|whom)\b")
#: Before those who work with the owner: I run it with my sister and two part-timers.
_RUN_WITH = re.compile(r"\b(?:i|we) (?:run|manage|operate|work|do|am in)(?: [a-z]+){0,4} with $")
#: Everybody, the owner counted in: ten blokes with me.
_EVERYBODY = re.compile(r"\b(?:people|persons?|men|blokes|lads|guys|hands|staff|folks?|souls|heads|workers|employees)\b")


def _together(norm: str, chain: list[_Part]) -> Headcount:
    """How many a chain is; a last part that counts the owner in among more people than the others is everybody."""
    last, others = chain[-1], sum(part.count for part in chain[:-1])
    everybody = last.owner and last.told and last.count > others and _EVERYBODY.search(norm, last.start, last.end)
    return Headcount(last.count if everybody else others + last.count, chain[0].start, last.end)


def _stated(scope: Scope, start: int, end: int) -> bool:
    return scope.states(start, end) and not scope.asked(start, plain=True)


def _number(scope: Scope, pattern: re.Pattern[str]) -> Headcount | None:
    """The last number that these words give, if the words state it and it can be one of people."""
    found = [match for match in pattern.finditer(scope.norm) if _stated(scope, *match.span())]
    for match in reversed(found):
        name = next((name for name, said in match.groupdict().items() if said and name != "me"), None)
        if name is not None and not NOT_STAFF.search(scope.norm, max(0, match.start() - 24), match.start()):
            with_me = "me" in match.re.groupindex and match["me"] is not None
            return Headcount(value_of(match[name]) + with_me, *match.span(name), instead=True)
    return None


def _chains(norm: str) -> list[list[_Part]]:
    chains: list[list[_Part]] = []
    for match in PART.finditer(norm):
        part = _part(match)
        if _AMONG.match(norm, part.end):
            continue
        last = chains[-1][-1] if chains else None
        run_on = last is not None and norm[last.end : part.start] == " " and (part.told or norm.startswith("m", part.start))
        if _RUN_WITH.search(norm, max(0, part.start - REACH), part.start) and not part.owner:
            part = replace(part, count=part.count + 1, owner=True)
        if last is not None and (run_on or JOIN.fullmatch(norm, last.end, part.start)):
            chains[-1].append(part)
        else:
            chains.append([part])
    return chains


def _part(match: re.Match[str]) -> _Part:
    count = 1
    for name in ("many", "others", "more", "team"):
        if match[name]:
            count = value_of(match[name]) + (name == "more")
    if match["parents"]:
        count = 2
    if match["ours"]:
        count = value_of(match["ours"])
    besides = bool(match["besides"])
    owner = bool(match["self"] or match["with"] or besides)
    told = bool(match["many"] or match["others"] or match["team"])
    return _Part(count + besides, match.start(), match.end(), owner, told, bool(match["role"]))


def _counts(scope: Scope, chain: list[_Part], *, asked: bool) -> bool:
    """Whether a chain says who works in the firm: the owner among others, or people by number and by trade."""
    owners = sum(part.owner for part in chain)
    if not owners and (_staff_alone(scope, chain) or (asked and all(part.told for part in chain))):
        owners = 1
    several = len(chain) > 1 or chain[0].count > 1
    low = max(scope.clause_span(chain[0].start)[0], chain[0].start - REACH)
    high = min(scope.clause_span(max(chain[-1].end - 1, 0))[1], chain[-1].end + REACH)
    whole = chain[-1].end if not any(part.owner for part in chain) else chain[0].start + 1  # my brother begins no affair of his here
    if owners != 1 or not several or GOES_ON.match(scope.norm, chain[-1].end) or not _stated(scope, chain[0].start, whole):
        return False
    return asked or not NOT_STAFF.search(scope.norm, low, high)


def _staff_alone(scope: Scope, chain: list[_Part]) -> bool:
    """19 riders, 3 sorters; nine mechanics and the office girl: people by number and by trade, without the owner."""
    named = any(part.told for part in chain) and all(part.told or part.role for part in chain)
    others = any(_MAY_BE_OTHERS.search(scope.norm, part.start, part.end) for part in chain)
    return len(chain) > 1 and named and not others and not _FOR_THEM.search(scope.norm[: chain[0].start])


def _is_the_staff(scope: Scope, part: _Part) -> bool:
    """85 permanent staff; 16 sewing ladies; 21 brothers working: a number of people that stands alone and is nobody else's."""
    norm, (low, high) = scope.norm, (part.start, part.end)
    said = norm[low:high]
    if _MAY_BE_OTHERS.search(said) or _MAY_BE_THINGS.search(said) or not (_WORKERS.search(said) or _AT_WORK.match(norm, high)):
        return False
    lead = norm[max(0, low - REACH) : low]
    if _PART_OF_THEM.search(lead) or _FOR_THEM.search(lead) or _LIST_BEHIND.match(norm, high) or not _stated(scope, low, high):
        return False
    first, last = scope.clause_span(low)[0], scope.clause_span(high - 1)[1]
    return not NOT_STAFF.search(norm, max(first, low - REACH), min(last, high + REACH))


_MAY_BE_OTHERS = re.compile(
    r"\b(?:kids?|students?|people|persons?|heads?|souls?|folks?|villagers?|neighbou?rs?|classmates?|mates?|consultants?"
    r"|colleagues?)\b"
)
#: One of these alone may as well be a machine, a buyer or an owner.
_MAY_BE_THINGS = re.compile(
    r"\b(?:buyers?|printers?|dryers?|washers?|dyers?|grinders?|binders?|press(?:es|ers?)|cutters?|mixers?|loaders?|packers?|sorters?|testers?"
    r"|checkers?|millers?|dispensers?|planters?|sprayers?|setters?|casters?|polishers?|spinners?|sellers?|agents?|partners?|founders?|boss(?:es)?"
    r"|more|others?|guides?|hosts?|tutors?|researchers?|twins?|fitters?|miners?|divers?)\b"
)
#: Words for people that say by themselves that they work; behind any other, that they do.
_WORKERS = re.compile(
    rf"\b(?:{people.CREW_ROLE})$|\b(?:staff|employees?|workers?) members?$|\b(?:permanent|employed|on (?:the )?(?:payroll|staff"
    rf"|books|team))$"
    rf"|\b(?:in|on|at|behind) (?:the |our )?(?:{people.CREW_PLACE})$"
)
_AT_WORK = re.compile(r" (?:working|work|employed|on the job|at work|in the (?:workshop|factory|shop))\b")
_LIST_BEHIND = re.compile(r",? ?(?:and|plus|&|\+|,) (?:we|one|an?|my|two|three|four|five|six|\d+)\b")
_PART_OF_THEM = re.compile(
    r"\b(?:of (?:them|whom|which)|including|incl\.?|among(?: them)?|hired?|hiring|recruit(?:ed)?|took on|sacked|with|than|every|each"
    r"|fired|lost|after|another|need|needs)(?: about| only| these| this \w+)? ?$"
)
_FOR_THEM = re.compile(r"\b(?:for|to|from|of|by|teach|train|between)(?: about| some| over)? $")
