"""Counting firms as the card sees them, in one pass and without keeping any."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.firm import FactValue
from knowledge.size import size_class
from scoring.card import choice_key, score
from scoring.card_schema import Card, Feature
from scoring.questions import sound

#: The bin of firms that have not answered, or whose answer the card has never seen.
UNANSWERED = -1
#: The group of those who named no group; what is measured against, like any other.
NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Observed:
    """A firm that came in `month` (such as 2026-11). What the lender decided, and whether it defaulted, where known."""

    month: str
    facts: Mapping[str, FactValue]
    approved: bool | None = None
    defaulted: bool | None = None


@dataclass(slots=True)
class Outcomes:
    """Firms whose outcome is known: how many, how many defaults the card expected, and how many there were."""

    firms: int = 0
    expected: float = 0.0
    defaults: int = 0


@dataclass(slots=True)
class Decisions:
    """Firms of a group, and how many of them were approved."""

    firms: int = 0
    approved: int = 0


@dataclass(slots=True)
class Tally:
    """Everything that is judged later.

    Bins are counted by (feature, month), outcomes by ("grade", A) and ("month", 2026-11), decisions and passes by
    (dimension, group): decisions are the lender's, passes are what the grade alone would say.
    """

    firms: int = 0
    bins: dict[tuple[str, str], Counter[int]] = field(default_factory=dict)
    grades: dict[str, Counter[str]] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], Outcomes] = field(default_factory=dict)
    decisions: dict[tuple[str, str], Decisions] = field(default_factory=dict)
    passes: dict[tuple[str, str], Decisions] = field(default_factory=dict)

    @property
    def months(self) -> list[str]:
        """The months in which firms came, in order."""
        return sorted(self.grades)


def tally(card: Card, firms: Iterable[Observed], passes: str) -> Tally:
    """The counts over all `firms`. With `passes` or better a firm passes; raises ValueError when the card has no such grade."""
    names = [name for name, _ in card.grades]
    if passes not in names:
        raise ValueError(f"the card has no grade {passes!r}; it has {', '.join(names)}")
    passing = set(names[: names.index(passes) + 1])
    counted = Tally()
    for firm in firms:
        _count(counted, card, firm, passing)
    return counted


def bin_of(feature: Feature, facts: Mapping[str, object]) -> int:
    """The place of a firm's answer among the feature's bins, or `UNANSWERED`."""
    if feature.values:
        value = facts.get(feature.inputs[0])
        names = list(feature.values)
        return names.index(choice_key(value)) if value is not None and choice_key(value) in feature.values else UNANSWERED
    number = feature.formula.value(facts)
    return UNANSWERED if number is None else bisect_right(feature.cuts, number)


def groups_of(facts: Mapping[str, FactValue]) -> Iterator[tuple[str, str]]:
    """The groups between which approval should not differ much: size class, province, and what owners say they are."""
    size, region, owners = size_class(facts), facts.get("region"), facts.get("owner_group")
    if size is not None:
        yield "size", size
    if isinstance(region, str):
        yield "region", f"{region[:2]}0000"
    yield from (("owner_group", name) for name in (owners if isinstance(owners, tuple) else (NOT_STATED,)))


def _count(counted: Tally, card: Card, firm: Observed, passing: set[str]) -> None:
    facts = sound(firm.facts)
    scored = score(facts, card)
    counted.firms += 1
    counted.grades.setdefault(firm.month, Counter())[scored.grade] += 1
    for block in card.blocks:
        for feature in block.features:
            counted.bins.setdefault((feature.name, firm.month), Counter())[bin_of(feature, facts)] += 1
    if firm.defaulted is not None:
        for key in (("grade", scored.grade), ("month", firm.month)):
            known = counted.outcomes.setdefault(key, Outcomes())
            known.firms += 1
            known.expected += float(scored.pd)
            known.defaults += firm.defaulted
    for group in groups_of(firm.facts):
        _decide(counted.passes, group, scored.grade in passing)
        if firm.approved is not None:
            _decide(counted.decisions, group, firm.approved)


def _decide(into: dict[tuple[str, str], Decisions], group: tuple[str, str], approved: bool) -> None:
    known = into.setdefault(group, Decisions())
    known.firms += 1
    known.approved += approved
