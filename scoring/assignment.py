"""Many firms to lenders at once: what each lender takes in a day is limited, so whom it takes is worth choosing.

Sent one by one to whoever is best for them, early firms use up room that later ones need more. Here all are placed together: an integer
programme (solved by HiGHS in SciPy) gives each firm to at most one lender so that the sum of what the placements are worth is greatest,
within every lender's number of firms a day, its money, and the share of that money that may go to one sector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

ZERO = Decimal(0)
#: Seconds after which the best placement found so far is taken, and how far from the optimum a placement may be to stop there.
TIME_LIMIT, GAP = 20.0, 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """A lender that would take a firm, for how much (yuan), and what the placement is worth (0 to 1, as the ranking says)."""

    lender: str
    entry: str
    amount: Decimal
    worth: Decimal


@dataclass(frozen=True, slots=True)
class Applicant:
    """A firm with its sector and everybody who would take it."""

    firm: str
    sector: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What a lender takes in a day: so many firms, so much money, and of that money at most a share for one sector. None: no limit."""

    firms: int | None = None
    money: Decimal | None = None
    sector_share: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.firms is not None and self.firms < 0) or (self.money is not None and self.money < 0):
            raise ValueError("room is not negative")
        if self.sector_share is not None and not 0 < self.sector_share <= 1:
            raise ValueError(f"a share of the money lies above 0 and up to 1: {self.sector_share}")
        if self.sector_share is not None and self.money is None:
            raise ValueError("a share for one sector needs the money it is a share of")

    @property
    def of_one_sector(self) -> Decimal | None:
        """Yuan that may go to one sector; None without such a limit."""
        return None if self.sector_share is None or self.money is None else self.money * self.sector_share


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who goes where, and what it is worth in all. A firm without a place is in `left_over`."""

    placed: Mapping[str, Choice]
    left_over: tuple[str, ...]

    @property
    def worth(self) -> Decimal:
        return sum((choice.worth for choice in self.placed.values()), ZERO)

    @property
    def amount(self) -> Decimal:
        """Yuan placed in all."""
        return sum((choice.amount for choice in self.placed.values()), ZERO)


def first_come(applicants: Sequence[Applicant], rooms: Mapping[str, Room]) -> Assignment:
    """One by one, in the order given: each firm to the best lender that still has room."""
    used: dict[str, list[tuple[str, Decimal]]] = {}
    placed: dict[str, Choice] = {}
    for applicant in applicants:
        for choice in sorted(applicant.choices, key=lambda one: (-one.worth, one.lender, one.entry)):
            taken = used.setdefault(choice.lender, [])
            if _fits(rooms.get(choice.lender, Room()), [*taken, (applicant.sector, choice.amount)]):
                taken.append((applicant.sector, choice.amount))
                placed[applicant.firm] = choice
                break
    return _assignment(applicants, placed)


def keeps_to(assignment: Assignment, applicants: Sequence[Applicant], rooms: Mapping[str, Room]) -> bool:
    """Whether an assignment keeps every lender's limits and gives firms only what they were offered."""
    by_lender: dict[str, list[tuple[str, Decimal]]] = {}
    for applicant in applicants:
        choice = assignment.placed.get(applicant.firm)
        if choice is None:
            continue
        if choice not in applicant.choices:
            return False
        by_lender.setdefault(choice.lender, []).append((applicant.sector, choice.amount))
    return all(_fits(rooms.get(lender, Room()), taken) for lender, taken in by_lender.items())


def _fits(room: Room, taken: Sequence[tuple[str, Decimal]]) -> bool:
    if room.firms is not None and len(taken) > room.firms:
        return False
    if room.money is not None and sum((amount for _, amount in taken), ZERO) > room.money:
        return False
    if room.of_one_sector is None:
        return True
    sectors: dict[str, Decimal] = {}
    for sector, amount in taken:
        sectors[sector] = sectors.get(sector, ZERO) + amount
    return all(amount <= room.of_one_sector for amount in sectors.values())


def _assignment(applicants: Sequence[Applicant], placed: Mapping[str, Choice]) -> Assignment:
    return Assignment(placed, tuple(one.firm for one in applicants if one.firm not in placed))


def assign(applicants: Sequence[Applicant], rooms: Mapping[str, Room]) -> Assignment:
    """All firms together, so that the placements are worth most in all; never worth less than first come, first served.

    Raises `ValueError` for a firm that comes twice.
    """
    if len({one.firm for one in applicants}) < len(applicants):
        raise ValueError("a firm applies once")
    in_turn = first_come(applicants, rooms)
    pairs = [(place, choice) for place, one in enumerate(applicants) for choice in one.choices]
    if not pairs:
        return in_turn
    rows, bounds = _limits(applicants, pairs, rooms)
    found = milp(
        c=-np.array([float(choice.worth) for _, choice in pairs]),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(_matrix(rows, len(pairs)), ub=np.array(bounds)),
        options={"time_limit": TIME_LIMIT, "mip_rel_gap": GAP, "presolve": False},  # measured: a quarter faster without
    )
    if found.x is None:  # the time was up before any placement was found
        return in_turn
    chosen = {applicants[place].firm: choice for (place, choice), taken in zip(pairs, found.x, strict=True) if taken > 0.5}
    together = _assignment(applicants, chosen)
    if not keeps_to(together, applicants, rooms):  # floating-point sums may overstep a limit by a hair, exact ones may not
        return in_turn
    return together if together.worth >= in_turn.worth else in_turn


Rows = list[dict[int, float]]


def _limits(applicants: Sequence[Applicant], pairs: Sequence[tuple[int, Choice]], rooms: Mapping[str, Room]) -> tuple[Rows, list[float]]:
    """Each limit as a row of coefficients by pair, and its bound: one lender a firm, and what each lender takes."""
    rows: Rows = []
    bounds: list[float] = []
    limits: dict[tuple[str, ...], tuple[dict[int, float], float]] = {}
    for number, (place, choice) in enumerate(pairs):
        limits.setdefault(("firm", str(place)), ({}, 1.0))[0][number] = 1.0
        room, money = rooms.get(choice.lender, Room()), float(choice.amount)
        if room.firms is not None:
            limits.setdefault(("firms", choice.lender), ({}, float(room.firms)))[0][number] = 1.0
        if room.money is not None:
            limits.setdefault(("money", choice.lender), ({}, float(room.money)))[0][number] = money
        if room.of_one_sector is not None:
            key = ("sector", choice.lender, applicants[place].sector)
            limits.setdefault(key, ({}, float(room.of_one_sector)))[0][number] = money
    for row, bound in limits.values():
        scale = max(1.0, bound)  # yuan by the million beside ones would blur the solver's tolerance
        rows.append({number: value / scale for number, value in row.items()})
        bounds.append(bound / scale)
    return rows, bounds


def _matrix(rows: Rows, width: int) -> csr_array:
    values = [value for row in rows for value in row.values()]
    columns = [number for row in rows for number in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    return csr_array((values, columns, starts), shape=(len(rows), width))
