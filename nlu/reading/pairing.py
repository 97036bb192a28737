"""Pairs the figures of a message with the words that name their fact: the nearest fitting words in the clause, each used once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import chain, takewhile

from nlu.cues.figures import CUES
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit, fits, may_stand
from nlu.reading.scope import Scope
from nlu.reading.terms import ALONE_IN_CLAUSE, term_fits

#: Behind a figure, what stands after these words speaks of something else.
_NEW_CLAUSE = re.compile(r"\b(?:and|but|so|because)\b")
#: Between a sum that is wanted and what it is to pay: need 400k for salaries.
_TO_PAY = re.compile(r" (?:for|to pay|to cover) (?:[a-z']+ ){0,3}$")
_NEEDED = re.compile(
    r"\b(?:need|needs|want|wants|looking for|look for|borrow|require|ask for|asking for|get|lend me|after) (?:about |around |a |an "
    r"|another |some )?$"
)

_GENERIC = frozenset(
    [
        "贷款",
        "贷",
        "要",
        "借",
        "批",
        "get",
        "loan",
        "额度",
        "周转",
        "筹",
        "financing",
        "funding",
        "wants",
        "want",
        "needs",
        "need",
        "需要",
        "申请",
        "doing",
        "did",
        "融资",
    ]
)


#: Words for no fact that also name one beside the right words: 成本 in an accountant's list.
_YIELDS = frozenset(("成本",))


def _kind(quantity: Quantity) -> str:
    return "money" if quantity.kind == "number" else quantity.kind


#: What else a figure of a kind may be: a bare number a count or a share, a number of days a loan's term.
_ALSO = {"money": {"count", "rate"}, "count": {"duration"}}


def _hits(scope: Scope, found: tuple[Quantity, ...]) -> list[Hit]:
    """The words that may name a figure; those whose own clause rules them out do not hide others."""
    hits: list[Hit] = []
    norm = scope.norm
    kinds = {_kind(quantity) for quantity in found}
    wanted = kinds.union(*(also for kind, also in _ALSO.items() if kind in kinds))
    for cue in CUES:
        if wanted.intersection(cue.kinds):
            hits.extend(Hit(cue, match.start(), match.end(), match[0]) for match in cue.words.finditer(norm) if match.end() > match.start())
    hits = [_trimmed(hit, found) for hit in hits if may_stand(scope, hit)]
    ordered = Ordered(hits)
    return [hit for hit in hits if not any(_hides(hits[rank], hit) for rank in ordered.between(hit.start, hit.end))]


class Ordered:
    """Words by their place, so that a figure meets only those near it: in a message full of figures most pairs are far apart."""

    def __init__(self, hits: list[Hit]) -> None:
        self._ranks = sorted(range(len(hits)), key=lambda rank: hits[rank].start)
        self._starts = [hits[rank].start for rank in self._ranks]
        self._longest = max((hit.end - hit.start for hit in hits), default=0)

    def between(self, low: int, high: int) -> list[int]:
        """The ranks of all words that may reach into these places."""
        return self._ranks[bisect_left(self._starts, low - self._longest) : bisect_right(self._starts, high)]


def _trimmed(hit: Hit, found: tuple[Quantity, ...]) -> Hit:
    """The words without the beginning of a figure that they ran into (工程款压了二|百六十万)."""
    into = next((quantity for quantity in found if hit.start < quantity.start < hit.end <= quantity.end), None)
    if into is None or (hit.end == into.end and hit.text[-1].isascii()):
        return hit
    return Hit(hit.cue, hit.start, into.start, hit.text[: into.start - hit.start])


def _hides(other: Hit, hit: Hit) -> bool:
    """Of words that overlap the longer stand (年营业, 营业成本); of equally long ones that begin first (流动负债, 负债合计)."""
    if other.cue is hit.cue or not set(other.cue.kinds).intersection(hit.cue.kinds):
        return False
    if other.end <= hit.start or hit.end <= other.start:
        return False
    if other.start <= hit.start and hit.end <= other.end:
        return other.end - other.start > hit.end - hit.start
    ours, theirs = hit.end - hit.start, other.end - other.start
    return theirs > ours or (theirs == ours and other.start < hit.start)


def pair(scope: Scope, found: tuple[Quantity, ...]) -> dict[int, Hit]:
    """Pairs figures with words, cheapest pair first; each word serves once, whichever cues of a fact know it."""
    hits = _hits(scope, found)
    ordered = Ordered(hits)
    pairs: list[tuple[float, int, int]] = []
    for index, quantity in enumerate(found):
        near = ordered.between(quantity.start - _REACH, quantity.end + _REACH)
        costs = {rank: cost for rank in near if (cost := _cost(scope, found, index, quantity, hits[rank])) is not None}
        fitting = [hits[rank] for rank in costs]
        pairs += ((cost + _overtaken(quantity, hits[rank], fitting), index, rank) for rank, cost in costs.items())
    chosen: dict[int, Hit] = {}
    for _, index, rank in sorted(pairs):
        if index not in chosen and not any(_same_words(hits[rank], other) for other in chosen.values()):
            chosen[index] = hits[rank]
    return chosen


def _same_words(hit: Hit, other: Hit) -> bool:
    """Whether two cues of one fact stand on the same words; Chinese ones for people and things are told apart by their place only."""
    alike = hit.cue.fact == other.cue.fact and "count" in hit.cue.kinds and not hit.text.isascii()
    return hit is other or (alike and hit.start < other.end and other.start < hit.end)


def _overtaken(quantity: Quantity, hit: Hit, fitting: list[Hit]) -> float:
    """What words pay for others that fit the figure and stand between them and it: 除掉人工房租赚十二万."""
    nearer = any(hit.end <= other.start and other.end <= quantity.start and other.cue.fact != hit.cue.fact for other in fitting)
    return _OVERTAKEN if nearer else 0


_OVERTAKEN = 2
#: Words further than this from a figure do not speak of it.
_REACH = 80


def _cost(scope: Scope, found: tuple[Quantity, ...], index: int, quantity: Quantity, hit: Hit) -> float | None:
    if hit.end + _REACH < quantity.start or quantity.end + _REACH < hit.start:
        return None
    before, overlap = hit.end <= quantity.start, hit.start < quantity.end and quantity.start < hit.end
    low, high = (hit.end, quantity.start) if before else (quantity.end, hit.start)
    if (not overlap and _parted(scope, found, index, hit, (low, high))) or not fits(scope, quantity, hit):
        return None
    if overlap:
        around = hit.start <= quantity.start and quantity.end <= hit.end
        goes_on = quantity.start < hit.start and hit.text[0].isascii()
        return 0.5 if around or goes_on or (quantity.start <= hit.start and hit.end <= quantity.end) else None
    if hit.cue.fact == "term_months" and not term_fits(scope, quantity, hit):
        return None
    gap = quantity.start - hit.end if before else hit.start - quantity.end
    ours, theirs = scope.clause(quantity.start), scope.clause(hit.start)
    if ours != theirs:
        if not before or ours - theirs > 1 or not _reaches(scope, found, quantity, hit, gap):
            return None
        gap += 12
    han = not (hit.text[0].isascii() and hit.text[0].isalpha())
    penalty: float = 0 if before else (3 if han else 1)
    if not before and scope.norm[low:high] in ("的", "块的", "元的"):
        gap, penalty = 0, 0
    if hit.text in _GENERIC or (hit.cue.fact == "cash" and hit.text.endswith("有")):
        penalty += 3
    if not hit.cue.fact:
        penalty -= 1 if hit.text not in _YIELDS else -0.05
    return gap + penalty - min(len(hit.text), 8) / 10 if han else gap / 2 + penalty - min(len(hit.text), 16) / 20


def _parted(scope: Scope, found: tuple[Quantity, ...], index: int, hit: Hit, between: tuple[int, int]) -> bool:
    """Whether another figure of the kind, or "and" before English words behind the figure, stands in between, or what a wish is to pay."""
    low, high = between
    kind = found[index].kind
    before = takewhile(lambda other: other.start >= low, (found[at] for at in range(index - 1, -1, -1)))
    after = takewhile(lambda other: other.start < high, (found[at] for at in range(index + 1, len(found))))
    if any(other.kind == kind and low <= other.start < high for other in chain(before, after)):
        return True
    behind = hit.start >= high
    if behind and not hit.cue.fact and _TO_PAY.fullmatch(scope.norm, low, high) and _NEEDED.search(scope.norm, 0, found[index].start):
        return True
    if behind and _NEW_CLAUSE.match(hit.text):
        return True
    return behind and hit.text[0].isascii() and hit.text[0].isalpha() and bool(_NEW_CLAUSE.search(scope.norm, low, high))


def _reaches(scope: Scope, found: tuple[Quantity, ...], quantity: Quantity, hit: Hit, gap: int) -> bool:
    """Whether words of the clause before reach this figure: near enough, and with no figure of their own."""
    clause = scope.clause(hit.start)
    lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
    if quantity.kind == "count" and not hit.cue.fact and not ALONE_IN_CLAUSE.fullmatch(lead):
        return False
    if gap > (40 if ALONE_IN_CLAUSE.fullmatch(lead) else 14):
        return False
    return not any(scope.clause(other.start) == clause and _kind(other) == _kind(quantity) for other in found)
