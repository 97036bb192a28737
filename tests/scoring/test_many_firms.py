"""Many firms to lenders at once: worked cases, every limit kept, and never worse than one by one."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assignment import Applicant, Assignment, Choice, Room, assign, first_come, keeps_to

D = Decimal


def choice(lender: str, worth: str, amount: int = 100) -> Choice:
    return Choice(lender, f"prd-{lender}", D(amount), D(worth))


def applicant(firm: str, *choices: Choice, sector: str = "retail") -> Applicant:
    return Applicant(firm, sector, choices)


def places(assignment: Assignment) -> dict[str, str]:
    return {firm: one.lender for firm, one in assignment.placed.items()}


#: One place at each lender; the first firm is nearly as well off at either, the second can only go to a.
EARLY, LATE = applicant("early", choice("a", "0.9"), choice("b", "0.8")), applicant("late", choice("a", "0.7"))
ONE_EACH = {"a": Room(firms=1), "b": Room(firms=1)}


def test_the_first_gives_way_where_it_loses_little() -> None:
    assert places(first_come([EARLY, LATE], ONE_EACH)) == {"early": "a"}
    together = assign([EARLY, LATE], ONE_EACH)
    assert places(together) == {"early": "b", "late": "a"}
    assert together.worth == D("1.5")
    assert together.left_over == ()


@pytest.mark.parametrize(
    ("rooms", "left", "why"),
    [
        ({}, 0, "without limits everybody goes to the best"),
        ({"a": Room(firms=2)}, 1, "so many firms"),
        ({"a": Room(firms=0)}, 3, "none today"),
        ({"a": Room(money=D(250))}, 1, "so much money"),
        ({"a": Room(money=D(299))}, 1, "and not a yuan more"),
        ({"a": Room(money=D(300))}, 0, "to the yuan"),
        ({"a": Room(money=D(1000), sector_share=D("0.2"))}, 1, "200 for one sector: the two shops, or one and the mill"),
        ({"b": Room(firms=0)}, 0, "a lender nobody needs"),
    ],
)
def test_limits(rooms: dict[str, Room], left: int, why: str) -> None:
    shops = [applicant(name, choice("a", "0.5")) for name in ("one", "two")]
    mill = applicant("mill", choice("a", "0.5"), sector="retail" if "sector" in why else "industry")
    found = assign([*shops, mill], rooms)
    assert len(found.left_over) == left, why


def test_a_sector_has_its_share_of_the_money() -> None:
    firms = [applicant(f"shop {n}", choice("a", "0.9")) for n in range(3)] + [applicant("mill", choice("a", "0.1"), sector="industry")]
    found = assign(firms, {"a": Room(money=D(400), sector_share=D("0.5"))})
    assert set(found.placed) >= {"mill"}
    assert len(found.placed) == 3


def test_nobody_applies_and_nobody_is_offered_anything() -> None:
    assert assign([], {}).placed == {}
    assert assign([applicant("alone")], {}).left_over == ("alone",)


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="applies once"):
        assign([EARLY, EARLY], {})
    with pytest.raises(ValueError, match="not negative"):
        Room(firms=-1)
    with pytest.raises(ValueError, match="above 0"):
        Room(money=D(1), sector_share=D(0))
    with pytest.raises(ValueError, match="needs the money"):
        Room(sector_share=D("0.5"))


LENDERS = st.sampled_from(["a", "b", "c"])
CHOICES = st.builds(choice, LENDERS, st.integers(1, 100).map(lambda n: str(D(n) / 100)), st.integers(1, 500))
APPLICANTS = st.lists(
    st.tuples(st.lists(CHOICES, max_size=3, unique_by=lambda one: one.lender), st.sampled_from(["retail", "industry"])), max_size=5
).map(lambda found: [Applicant(str(n), sector, tuple(choices)) for n, (choices, sector) in enumerate(found)])
MONEY = st.integers(0, 1500).map(D)
ROOM = st.builds(Room, st.none() | st.integers(0, 3), MONEY, st.none() | st.sampled_from([D("0.3"), D("0.5"), D(1)]))
ROOMS = st.dictionaries(LENDERS, ROOM, max_size=3)


@settings(deadline=None)
@given(APPLICANTS, ROOMS)
def test_together_is_the_best_of_all_placements(applicants: list[Applicant], rooms: dict[str, Room]) -> None:
    together, in_turn = assign(applicants, rooms), first_come(applicants, rooms)
    assert keeps_to(together, applicants, rooms)
    assert keeps_to(in_turn, applicants, rooms)
    best = D(0)
    for taken in product(*[(None, *one.choices) for one in applicants]):
        tried = Assignment({one.firm: item for one, item in zip(applicants, taken, strict=True) if item is not None}, ())
        if keeps_to(tried, applicants, rooms):
            best = max(best, tried.worth)
    assert together.worth == best >= in_turn.worth


def test_what_was_not_offered_is_no_assignment() -> None:
    assert not keeps_to(Assignment({"late": choice("b", "0.9")}, ()), [LATE], {})
