"""The most useful next question: the fact that bears on most open entries, weighted by how easy it is to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from knowledge.eligibility import Judgement, Status
from knowledge.entries import Kind
from knowledge.firm import FactValue, vocabulary

#: What an owner came for weighs most; a tax relief applies without asking anybody.
_KIND_WEIGHT = {Kind.PRODUCT: 3.0, Kind.GUARANTEE: 2.0, Kind.SUBSIDY: 2.0, Kind.TAX: 1.0, Kind.PROGRAMME: 1.0}
#: The score and the limit need these whatever the rules say, and owners expect to be asked them.
_ESSENTIAL = {
    "amount_sought": 40.0,
    "industry": 30.0,
    "region": 25.0,
    "age_months": 20.0,
    "annual_revenue": 20.0,
    "employees": 12.0,
    "purpose": 6.0,
}

#: A place may be known only as far as the province when a rule needs the city.
_CAN_BE_CLOSER = frozenset({"region"})


@dataclass(frozen=True)
class Question:
    """A fact to ask for, and on how many of the open entries it bears."""

    fact: str
    settles: int
    of: int


def next_question(judgements: Iterable[Judgement], facts: Mapping[str, FactValue], passed: Collection[str] = ()) -> Question | None:
    """The question worth asking next; None when nothing askable is open. `passed` are facts the owner would rather not give."""
    return next(iter(open_questions(judgements, facts, passed)), None)


def open_questions(
    judgements: Iterable[Judgement], facts: Mapping[str, FactValue], passed: Collection[str] = ()
) -> tuple[Question, ...]:
    """Every question that is worth asking, the most useful first."""
    open_ones = [j for j in judgements if j.status is Status.UNKNOWN and j.missing]
    weight: dict[str, float] = defaultdict(float)
    bears_on: dict[str, int] = defaultdict(int)
    for judgement in open_ones:
        # A fact that is the last one missing settles an entry; one of many brings it only nearer.
        share = _KIND_WEIGHT.get(judgement.entry.kind, 0.5) / len(judgement.missing) ** 0.5
        for name in judgement.missing:
            weight[name] += share
            bears_on[name] += 1
    for name, extra in _ESSENTIAL.items():
        if name not in facts:
            weight[name] += extra
    specs = vocabulary()
    candidates = [name for name in weight if specs[name].ask and name not in passed and (name not in facts or name in _CAN_BE_CLOSER)]
    order = list(specs)
    best_first = sorted(candidates, key=lambda name: (-weight[name] * specs[name].ease, order.index(name)))
    return tuple(Question(name, bears_on[name], len(open_ones)) for name in best_first)
