"""What has to be settled before a figure from a file is used, and which figures can be used as they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from bot.conversation.papers import Doubt, Held, Item, OwnerPaper, absorbed, of_one_account
from knowledge.firm import Fact, FactValue, Firm, Provenance
from nlu.uploads.across import FLOWS, Amount, Contradiction, Stated, across, overlap

#: People round what they say; a figure from a file that is no further off is the same figure, only exact.
ROUNDED = Decimal("0.05")
#: Two files that state a balance of the same day may round it to 千元 or 万元.
_SAME = Decimal("0.01")
#: Facts of one account, which several accounts have together; and what of one account says nothing about several.
_ADDED = frozenset({"monthly_inflow", "cash"})
OF_ONE_ACCOUNT = frozenset({"monthly_inflow_cv", "largest_customer_share"})
#: A contradiction with the file and the figure that it keeps waiting.
_Blocked = tuple[Contradiction, str, str]
_OF_TWO_FIRMS = "across_holders"


class Kind(StrEnum):
    """Why a figure is not used yet: a check of the file or across files failed, something else is known, or it is of another account."""

    DOUBT = "doubt"
    CLASH = "clash"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Point:
    """Figures of one file to be settled together, and why. `known` is what is known instead, `total` what all accounts have together."""

    paper: OwnerPaper
    items: tuple[Item, ...]
    kind: Kind
    doubts: tuple[Doubt, ...] = ()
    known: Fact | None = None
    total: Decimal | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(item.fact for item in self.items)


@dataclass(frozen=True)
class Sorted:
    """The figures that wait, by what they wait for: to be settled, or only for a yes.

    `older` are those that something newer stands for; `single` say how one account is while others are not left out.
    """

    points: tuple[Point, ...]
    sound: tuple[tuple[OwnerPaper, Item], ...]
    older: tuple[tuple[OwnerPaper, Item], ...]
    single: tuple[tuple[OwnerPaper, Item], ...]


def sort_out(papers: Sequence[OwnerPaper], firm: Firm) -> Sorted:
    """Sort every figure that waits."""
    across_files = tuple(_across(papers))
    points: list[Point] = []
    sound: list[tuple[OwnerPaper, Item]] = []
    older: list[tuple[OwnerPaper, Item]] = []
    single: list[tuple[OwnerPaper, Item]] = []
    for paper in papers:
        for item in paper.items:
            if not item.waits:
                continue
            if item.typed:  # the owner's word, which only the file's own sums can put in doubt
                if item.doubts:
                    points.insert(0, Point(paper, (item,), Kind.DOUBT, item.doubts))
                else:
                    sound.append((paper, item))
            elif is_older(papers, paper, item, firm):
                older.append((paper, item))
            elif not item.doubts and item.fact in OF_ONE_ACCOUNT and _has_sisters(papers, paper):
                single.append((paper, item))
            elif (point := _point(papers, paper, item, firm, across_files)) is not None:
                points.append(point)
            else:
                sound.append((paper, item))
    return Sorted(tuple(_joined(points)), tuple(sound), tuple(older), tuple(single))


def is_older(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item, firm: Firm) -> bool:
    """Whether a newer file states the same, or one that has this one in it."""
    if absorbed(papers, paper, item.fact):
        return True
    known = firm.fact(item.fact)
    if known is not None and known.source is Provenance.FILE and known.as_of > item.as_of and not _from_account(papers, known):
        return True
    return any(
        other.as_of > item.as_of
        and (other.held is not Held.OUT or known is not None)
        and not _beside(papers, paper, item, elsewhere, other)
        for elsewhere in papers
        if elsewhere.id != paper.id and (other := elsewhere.item(item.fact)) is not None
        if _of_account(paper, item) or not _of_account(elsewhere, other)  # an account is no newer version of a balance sheet
    )


def accepted_key(check: str, fact: str) -> str:
    """By what it is kept that an owner accepts a contradiction: of one figure, or whose a file is."""
    return check if check == _OF_TWO_FIRMS else f"{check}:{fact}"


def differ(one: FactValue, other: FactValue, allowed: Decimal = ROUNDED) -> bool:
    """Whether two values are not the same one, rounded differently."""
    if isinstance(one, bool) or not isinstance(one, Decimal | int) or not isinstance(other, Decimal | int):
        return one != other
    return abs(Decimal(one) - Decimal(other)) > allowed * max(abs(Decimal(one)), abs(Decimal(other)))


def accounts_beside(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item) -> Iterator[tuple[OwnerPaper, Item]]:
    """The same figure of the firm's other accounts over the same time, as far as it is not left out."""
    for other in papers:
        twin = other.item(item.fact)
        if twin is None or other.id == paper.id or twin.held is Held.OUT or absorbed(papers, other, item.fact):
            continue
        if _beside(papers, paper, item, other, twin):
            yield other, twin


def _has_sisters(papers: Sequence[OwnerPaper], paper: OwnerPaper) -> bool:
    """Whether the firm has further accounts over the time of this one."""
    inflow = paper.item("monthly_inflow")
    return inflow is not None and any(accounts_beside(papers, paper, inflow))


def _of_account(paper: OwnerPaper, item: Item) -> bool:
    return paper.document in FLOWS and item.fact in _ADDED | OF_ONE_ACCOUNT


def _beside(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item, other: OwnerPaper, twin: Item) -> bool:
    """Whether two figures are of different accounts over the same time."""
    if of_one_account(papers, paper, other):
        return False
    return _of_account(paper, item) and _of_account(other, twin) and overlap(paper.period, other.period)


def _point(
    papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item, firm: Firm, found: Sequence[tuple[Contradiction, str, str]]
) -> Point | None:
    """What is to be settled of a figure first, if anything."""
    checks = [contradiction.check for contradiction, paper_id, fact in found if (paper_id, fact) == (paper.id, item.fact)]
    doubts = (*item.doubts, *(Doubt(check.name, check.detail) for check in checks))
    if doubts:
        return Point(paper, (item,), Kind.DOUBT, doubts)
    return _of_another_account(papers, paper, item) or _clash(papers, paper, item, firm)


def _of_another_account(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item) -> Point | None:
    """The first account stands by itself; each further one is asked about."""
    before = [twin for other, twin in accounts_beside(papers, paper, item) if not twin.waits or papers.index(other) < papers.index(paper)]
    if not before:
        return None
    total = sum((Decimal(str(one.value)) for one in (*before, item)), Decimal(0))
    return Point(paper, (item,), Kind.ACCOUNT, total=total)


def _clash(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item, firm: Firm) -> Point | None:
    """What the owner said otherwise, or what another file says: of the same day, or one of an account and the other of the whole firm."""
    known = firm.fact(item.fact)
    if known is not None and known.source is Provenance.FILE and _follows(papers, paper, item):
        return None
    if known is None:
        known = next((twin.as_fact() for twin in _rivals(papers, paper, item) if differ(twin.value, item.value, _SAME)), None)
        return Point(paper, (item,), Kind.CLASH, known=known) if known else None
    if known.source is not Provenance.FILE:
        clashes = differ(known.value, item.value)
    else:
        unlike = _of_account(paper, item) != _from_account(papers, known)
        clashes = (unlike or known.as_of == item.as_of) and differ(known.value, item.value, _SAME)
    return Point(paper, (item,), Kind.CLASH, known=known) if clashes else None


def _follows(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item) -> bool:
    """Whether what is in use of an item's fact is of statements that it has in it."""
    parts = (other.item(item.fact) for other in papers if other.id in paper.joined) if paper.joined else ()
    return any(part is not None and part.held in (Held.FILE, Held.SUM) for part in parts)


def _rivals(papers: Sequence[OwnerPaper], paper: OwnerPaper, item: Item) -> Iterator[Item]:
    """The same figure in earlier files of the set, where it is of an account in one and of the whole firm in the other."""
    for other in papers[: papers.index(paper)]:
        twin = other.item(item.fact)
        if twin is not None and twin.waits and not twin.doubts and _of_account(other, twin) != _of_account(paper, item):
            yield twin


def _from_account(papers: Sequence[OwnerPaper], known: Fact) -> bool:
    """Whether a fact was taken from the statement of an account."""
    return any(
        _of_account(paper, item) and item.held in (Held.FILE, Held.SUM) for paper in papers if (item := paper.item(known.name)) is not None
    )


def _across(papers: Sequence[OwnerPaper]) -> Iterator[_Blocked]:
    """Each contradiction between files that is not accepted, with the figure that it keeps waiting: the most doubtful one.

    Where the files are of two firms, all that waits in the later one does.
    """
    for contradiction in across([_stated(papers, paper) for paper in papers]):
        of = [papers[index] for index in contradiction.files]
        waiting = [
            (contradiction, paper.id, fact)
            for fact in contradiction.check.doubts
            for paper in reversed(of)
            if (item := paper.item(fact)) is not None and item.waits and not item.doubts
            if accepted_key(contradiction.check.name, fact) not in paper.accepted
        ]
        if contradiction.check.name == _OF_TWO_FIRMS:
            yield from (one for one in waiting if one[1] == waiting[0][1])
        else:
            yield from waiting[:1]


def _stated(papers: Sequence[OwnerPaper], paper: OwnerPaper) -> Stated:
    """What a file states that is believed so far: figures that are doubted by themselves or left out say nothing about other files."""
    amounts = {
        item.fact: Amount(item.value, item.period)
        for item in paper.items
        if isinstance(item.value, Decimal) and item.period is not None and item.held is not Held.OUT and not (item.waits and item.doubts)
        if not absorbed(papers, paper, item.fact)
    }
    return Stated(paper.document, amounts, paper.holder, paper.series)


def _joined(points: Sequence[Point]) -> Iterator[Point]:
    """Figures of a file that the same check doubts are settled together, all others one by one."""
    found: dict[tuple[str, ...], Point] = {}
    for point in points:
        why = tuple(doubt.why.en for doubt in point.doubts)
        alone = point.facts if any(item.typed for item in point.items) else ()
        key = (point.paper.id, *(why or point.facts), *alone)
        together = found.get(key)
        found[key] = replace(together, items=(*together.items, *point.items)) if together else point
    yield from found.values()
