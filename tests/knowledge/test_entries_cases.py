"""Every entry of the pack is a test subject: its cases, its texts and its links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from knowledge.conditions import OPERATORS, All, AnyOf, Check, Condition, Leaf, Not, Truth, leaves, try_on
from knowledge.derived import DERIVED, known_value
from knowledge.entries import Case, Entry, Kind, Standing
from knowledge.firm import FactType, FactValue, spec_of
from knowledge.formats import money
from knowledge.pack import Pack
from tests.shipped import shipped

PACK: Pack = shipped()
STATUS = {Truth.TRUE: "eligible", Truth.FALSE: "ineligible", Truth.UNKNOWN: "unknown"}
NUMBERS = {FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT}


def typed(case: Case) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(raw) for name, raw in case.facts.items()}


def status_of(entry: Entry, facts: Mapping[str, FactValue], on: date) -> str:
    if entry.standing(on) is not Standing.IN_FORCE:
        return "ineligible"
    return "eligible" if entry.rule is None else STATUS[try_on(entry.rule, facts, on).truth]


def in_force(entry: Entry) -> bool:
    return entry.standing(entry.checked) is Standing.IN_FORCE


def each(entries: Iterable[Entry]) -> pytest.MarkDecorator:
    """One test an entry, named by its id."""
    return pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in entries])


def possible_outcomes(rule: Condition) -> set[str]:
    """What facts alone can make of a rule: what is left to a person is neither met nor failed by them."""
    met, failed = _decidable(rule)
    return {"unknown"} | ({"eligible"} if met else set()) | ({"ineligible"} if failed else set())


def _decidable(rule: Condition) -> tuple[bool, bool]:
    """Whether facts alone can meet a rule, and whether they can fail it."""
    match rule:
        case Check():
            return False, False
        case Leaf():
            return True, True
        case Not(part):
            met, failed = _decidable(part)
            return failed, met
        case All(parts):
            inner = [_decidable(part) for part in parts]
            return all(met for met, _ in inner), any(failed for _, failed in inner)
        case AnyOf(parts):
            inner = [_decidable(part) for part in parts]
            return any(met for met, _ in inner), all(failed for _, failed in inner)


def each_bound() -> Iterable[object]:
    """Every numeric bound in the rule of an entry that is in force."""
    for entry in PACK:
        for leaf in leaves(entry.rule) if entry.rule and in_force(entry) else ():
            kind = DERIVED.get(leaf.fact) or spec_of(leaf.fact).type
            if kind in NUMBERS:
                yield pytest.param(entry, leaf, id=f"{entry.id}-{leaf.fact}-{leaf.operator}")


def test_the_whole_pack_loads() -> None:
    assert PACK.entries
    assert [str(problem) for problem in PACK.problems] == []


@pytest.mark.parametrize(
    ("entry", "case"),
    [pytest.param(entry, case, id=f"{entry.id}-{n}") for entry in PACK for n, case in enumerate(entry.cases)],
)
def test_a_case_gives_the_status_it_states(entry: Entry, case: Case) -> None:
    assert status_of(entry, typed(case), case.on or entry.checked) == case.status


@each(entry for entry in PACK if entry.rule and (in_force(entry) or entry.valid.until))
def test_a_rule_is_tried_with_all_outcomes_it_can_have(entry: Entry) -> None:
    """While the entry is, or was, in force."""
    assert entry.rule is not None
    days = [(case.on or entry.checked, case.status) for case in entry.cases]
    tried = {status for on, status in days if entry.standing(on) is Standing.IN_FORCE}
    assert tried == possible_outcomes(entry.rule)


@pytest.mark.parametrize(("entry", "leaf"), list(each_bound()))
def test_a_bound_is_tried_at_the_bound_and_on_both_sides(entry: Entry, leaf: Leaf) -> None:
    known = [known_value(leaf.fact, typed(case), entry.checked).value for case in entry.cases if case.on is None]
    tried = {value for value in known if value is not None}
    bounds = set(leaf.needed) if isinstance(leaf.needed, tuple) else {leaf.needed}
    assert bounds <= tried, f"no case has {leaf.fact} exactly at {bounds - tried}"
    verdicts = {OPERATORS[leaf.operator].test(value, leaf.needed) for value in tried}
    assert verdicts == {True, False}, f"cases try only {leaf.fact} = {sorted(map(str, tried))}"


@each(entry for entry in PACK if entry.valid.until and in_force(entry) and entry.rule)
def test_an_entry_with_an_end_is_tried_after_it(entry: Entry) -> None:
    until = entry.valid.until
    assert until is not None
    late = [case for case in entry.cases if case.on is not None and case.on > until]
    assert late, f"no case after {until}"
    assert {case.status for case in late} == {"ineligible"}


@each(entry for entry in PACK if entry.rule and not in_force(entry))
def test_nobody_is_eligible_for_an_entry_that_has_ended(entry: Entry) -> None:
    assert {case.status for case in entry.cases if case.on is None} == {"ineligible"}


@each(entry for entry in PACK if entry.replaced_by)
def test_the_successors_of_an_entry_exist_and_come_to_an_end(entry: Entry) -> None:
    """A successor may itself have ended, but the way on never leads back."""
    chain = [entry]
    while following := chain[-1].replaced_by:
        successor = PACK.get(following)
        assert successor is not None, f"{following} is not in the pack"
        assert successor.kind is entry.kind
        assert successor not in chain, f"{following} leads back to itself"
        chain.append(successor)


@each(
    entry for entry in PACK if entry.kind in (Kind.PRODUCT, Kind.GUARANTEE, Kind.SUBSIDY) and entry.audience == "owner" and in_force(entry)
)
def test_an_owner_is_told_what_to_bring_and_where_to_go(entry: Entry) -> None:
    assert entry.documents
    assert entry.apply is not None


@each(entry for entry in PACK if entry.audience == "lender")
def test_an_entry_for_lenders_asks_nothing_of_the_owner(entry: Entry) -> None:
    assert entry.when is None


@each(entry for entry in PACK if entry.offer.cap is not None)
def test_a_cap_is_a_plausible_sum_in_yuan(entry: Entry) -> None:
    """A cap below 10,000 yuan would be a figure left in 万元."""
    assert entry.offer.cap is not None
    assert 10_000 <= entry.offer.cap <= 100_000_000, money(entry.offer.cap, "en")
