"""Pairs the figures of a message with the words that name their fact: the nearest fitting words in the clause, each used once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.cues.figures import CUES, Cue
from nlu.cues.words import COLLATERAL_FRAME, OWNS_HOUSE
from nlu.numbers.quantity import Quantity
from nlu.reading.scope import Scope


@dataclass(frozen=True)
class Hit:
    cue: Cue
    start: int
    end: int
    text: str


_AGE_WORDS = re.compile(r"been|running|open|business|operating|trading|established|old\b|founded|start|开|干|经营|成立|做")

_LOAN_WORDS = re.compile(r"borrow|need|loan|term|repay|pay|financ|want|look|fund|credit|money|get\b|rmb|yuan|¥|\d ?k\b|million")

#: Behind a figure, what stands after these words speaks of something else.
_NEW_CLAUSE = re.compile(r"\b(?:and|but|so)\b")

_ALONE_IN_CLAUSE = re.compile(
    r" ?(?:大概|大约|差不多|约|就|也就|是|要|有|一共|总共|about|around|roughly|maybe|say|some|probably|approximately|like|¥|rmb"
    r"|[ ,])*"
)

_PAST_SPAN = re.compile(r"(?:过去|最近|近|past|last) ?$")

_LATER = re.compile(r"^ ?(?:后|之后|以后|前(?!年)|内|以内|ago|later|before|from now|early)")

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


def _kind(quantity: Quantity) -> str:
    return "money" if quantity.kind == "number" else quantity.kind


def _hits(norm: str, kinds: set[str]) -> list[Hit]:
    hits: list[Hit] = []
    wanted = kinds | ({"count"} if "money" in kinds else set()) | ({"rate"} if "money" in kinds else set())
    for cue in CUES:
        if wanted.intersection(cue.kinds):
            hits.extend(Hit(cue, match.start(), match.end(), match[0]) for match in cue.words.finditer(norm) if match.end() > match.start())
    return [hit for hit in hits if not any(_hides(other, hit) for other in hits)]


def _trimmed(hit: Hit, found: tuple[Quantity, ...]) -> Hit:
    """The words without the beginning of a figure that they ran into (工程款压了二|百六十万)."""
    into = next((quantity for quantity in found if hit.start < quantity.start < hit.end < quantity.end), None)
    if into is None:
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
    """Pairs figures with words, cheapest pair first; each word serves once."""
    hits = [_trimmed(hit, found) for hit in _hits(scope.norm, {_kind(quantity) for quantity in found})]
    pairs = sorted(
        (
            (cost, index, rank)
            for index, quantity in enumerate(found)
            for rank, hit in enumerate(hits)
            if (cost := _cost(scope, found, index, quantity, hit)) is not None
        ),
    )
    chosen: dict[int, Hit] = {}
    used: set[int] = set()
    for _, index, rank in pairs:
        if index not in chosen and rank not in used:
            chosen[index] = hits[rank]
            used.add(rank)
    return chosen


#: Words further than this from a figure do not speak of it.
_REACH = 80


def _cost(scope: Scope, found: tuple[Quantity, ...], index: int, quantity: Quantity, hit: Hit) -> float | None:
    if hit.end + _REACH < quantity.start or quantity.end + _REACH < hit.start or not _fits(scope, quantity, hit):
        return None
    before = hit.end <= quantity.start
    if hit.start < quantity.end and quantity.start < hit.end:
        around = hit.start <= quantity.start and quantity.end <= hit.end
        return 0.5 if around or (quantity.start <= hit.start and hit.end <= quantity.end) else None
    if hit.cue.fact == "term_months" and not _term_fits(scope, quantity, hit):
        return None
    gap = quantity.start - hit.end if before else hit.start - quantity.end
    low, high = (hit.end, quantity.start) if before else (quantity.end, hit.start)
    if _parted(scope, found, index, hit, (low, high)):
        return None
    ours, theirs = scope.clause(quantity.start), scope.clause(hit.start)
    if ours != theirs:
        if not before or ours - theirs > 1 or not _reaches(scope, found, quantity, theirs, gap):
            return None
        gap += 12
    han = not (hit.text[0].isascii() and hit.text[0].isalpha())
    penalty = 0 if before else (3 if han else 1)
    if not before and scope.norm[low:high] in ("的", "块的", "元的"):
        gap, penalty = 0, 0
    if hit.text in _GENERIC or (hit.cue.fact == "cash" and hit.text.endswith("有")):
        penalty += 3
    if not hit.cue.fact:
        penalty -= 1
    return gap + penalty - min(len(hit.text), 8) / 10 if han else gap / 2 + penalty - min(len(hit.text), 16) / 20


def _parted(scope: Scope, found: tuple[Quantity, ...], index: int, hit: Hit, between: tuple[int, int]) -> bool:
    """Whether another figure of the kind, or "and" before English words behind the figure, stands in between."""
    low, high = between
    if any(other.kind == found[index].kind and low <= other.start < high for position, other in enumerate(found) if position != index):
        return True
    return hit.start >= high and hit.text[0].isascii() and hit.text[0].isalpha() and bool(_NEW_CLAUSE.search(scope.norm, low, high))


def _reaches(scope: Scope, found: tuple[Quantity, ...], quantity: Quantity, clause: int, gap: int) -> bool:
    """Whether words of the clause before reach this figure: near enough, and with no figure of their own."""
    lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
    if gap > (40 if _ALONE_IN_CLAUSE.fullmatch(lead) else 14):
        return False
    return not any(scope.clause(other.start) == clause and _kind(other) == _kind(quantity) for other in found)


_WITHIN = re.compile(r"(?:以|之)?内(?:就|能|可以|要|得)?(?:还|归还|结清)")
_SPAN_OF_LOAN = re.compile(r"[^，。]{0,4}(?:期|借|贷|还|用|分|给|最|over|for|pay|term|within)")
_NOT_PAID = re.compile(r"(?:都|也)?(?:没|未|还不)")
_STILL = re.compile(r"(?:还?剩|还有|还差|最后)[^，。]{0,2}$")


def _term_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether a span of time beside these words can be a loan's term: not the past, not how long the business has run."""
    if _NOT_PAID.match(scope.norm, quantity.end):
        return False
    if _STILL.search(scope.norm[: quantity.start]):
        return False
    low = scope.clause_span(quantity.start)[0]
    if hit.end <= low and not _ALONE_IN_CLAUSE.fullmatch(scope.norm, low, quantity.start) and not _SPAN_OF_LOAN.match(scope.norm, low):
        return False
    if quantity.unit != "term" and (_PAST_SPAN.search(scope.norm[: quantity.start]) or _LATER.match(scope.norm[quantity.end :])) and not _WITHIN.match(scope.norm, quantity.end):
        return False
    if hit.text in ("for", "over", "within"):
        return bool(_LOAN_WORDS.search(scope.norm)) and not _AGE_WORDS.search(scope.clause_text(quantity.start))
    return True


def _fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    cue = hit.cue
    if not _beside_fits(scope, quantity, hit) or not _time_fits(scope, quantity, hit):
        return False
    if hit.text in ("值", "worth", "价值") and not (COLLATERAL_FRAME.search(scope.norm) or OWNS_HOUSE.search(scope.norm)):
        return False
    if quantity.period not in cue.periods and quantity.kind in ("money", "number"):
        return False
    if quantity.kind == "number":
        return _number_fits(scope, quantity, hit)
    if quantity.kind == "count" and "count" in cue.kinds:
        return not cue.units or quantity.unit in cue.units
    if quantity.kind == "duration" and cue.fact == "loan_matures_in_days":
        return True
    return quantity.kind in cue.kinds


def _beside_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether what the cue needs stands beside it or before it, and what it excludes does not."""
    cue = hit.cue
    beside = scope.clause_text(hit.start) + "|" + scope.clause_text(quantity.start)
    if cue.unless and cue.unless.search(beside):
        return False
    low = scope.clause_span(hit.start)[0]
    return cue.needs is None or bool(cue.needs.search(scope.norm[max(0, low - _LOOKS_BACK) : low] + "|" + beside))


def _time_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Leaves out terms taken for ages (五年期) and the years of figures taken for foundings (2024年营业收入)."""
    behind, aged = scope.norm[quantity.end :], hit.cue.fact == "age_months"
    if quantity.kind == "duration":
        return not (aged and behind.startswith("期")) and not (quantity.value > _LONGEST_AGE and _SUM_NEXT.match(behind))
    if quantity.kind != "year":
        return True
    if hit.text.startswith("营业") and not scope.norm.startswith(("于", "时间"), hit.end):
        return False
    if aged and _A_YEARS.match(behind):
        return False
    return not (_SUM_NEXT.match(scope.norm, hit.end) and hit.text[0] in "做卖干挣赚亏")


def _number_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """Whether a number without a unit can be what the words name."""
    cue = hit.cue
    if "rate" in cue.kinds:
        near = 0 <= quantity.start - hit.end <= 4 and bool(_ALONE_BEHIND.match(scope.norm, quantity.end))
        return cue.fact in _SHARES and 1 <= quantity.value <= 100 and near
    return _bare_count_fits(scope, quantity, hit) if "count" in cue.kinds else "money" in cue.kinds


#: How far before the words what they need may stand.
_LOOKS_BACK = 60
#: Months; a longer "age" directly before another number is a year with two digits (23年一千一百万).
_LONGEST_AGE = 190
#: Shares that people also give as a bare number of hundredths: 股份我占四十九.
_ALONE_BEHIND = re.compile(r"(?:左右|多|吧|的)?(?:$|[，。,;；.])")
_PUT_RIGHT = re.compile(
    r"(?:(?:人?数)?(?:我)?(?:写|说|打|填|记|搞|弄)?错了?|[，, :是为]|应该?|其实|有|就|才|只|大概|差不多|约|一共|总共|目前|现在"
    r"|total(?:ly)?|about|around|is|are)*"
)
#: Facts whose words stand directly behind their number: four girls working for me.
_HEADS = frozenset(("employees", "new_hires_12m", "graduate_hires_12m", "customer_count", "patents", "overdue_12m"))
_SHARES = frozenset(("owner_share", "largest_customer_share"))


#: Behind a year: its figures, not a founding.
_A_YEARS = re.compile(r"(?:全年|年度|度|的?营[业收]|的?收入|的?销售|上半|下半|出?生|[:： ]*[\d¥])")
_SUM_NEXT = re.compile(r"[\d一二两三四五六七八九十百]")
#: Words of a place count people only where the number says so: 店里修了三千.
_PLACE_OF_WORK = re.compile(r"(?:店|厂|公司|车间|全|上上下下|拢共|一共|总共)")


def _bare_count_fits(scope: Scope, quantity: Quantity, hit: Hit) -> bool:
    """员工20, workers only 5: a small whole number close behind the words counts them."""
    near = -len(hit.text) < quantity.start - hit.end <= 6 or (hit.cue.fact.startswith("credit_inq") and hit.start >= quantity.end)
    near = near or bool(0 <= quantity.start - hit.end <= 12 and _PUT_RIGHT.fullmatch(scope.norm, hit.end, quantity.start))
    near = near or (hit.cue.fact in _HEADS and 0 <= hit.start - quantity.end <= 1)
    near = near or (hit.cue.fact == "employees" and 0 < hit.start - quantity.end <= 2 and hit.text.startswith("on "))
    if _PLACE_OF_WORK.match(hit.text):
        return False
    small = quantity.value < 5000 and quantity.value == quantity.value.to_integral_value()
    return near and small and quantity.period in (None, "year") and hit.cue.fact not in ("", "owner_age")
