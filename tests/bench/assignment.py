"""Firms placed with banks together, against first come, first served: what it gains and how long it takes.

Banks take so many firms a day that together they have room for two thirds of those that fit, so much money, and at most two fifths of
that for one sector. The firms are generated; what a placement is worth is the ranking's own figure for the firm.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from bot.matching.many import applicant_of
from scoring.assignment import Applicant, Room, assign, first_come
from tests.bench._firms import shipped_world
from tests.bench._generated import generated_firms
from tests.bench._lines import TODAY, Figure, Size, at_least, at_most, ms, percentile, rounded

_SEED, _SHARE_OF_ROOM, _SECTOR_SHARE = 2026, Decimal(2) / 3, Decimal("0.4")
#: Seconds within which a day's firms are placed.
TARGET_SECONDS = 30.0


def run(size: Size) -> Iterator[Figure]:
    """Gain in worth, in firms placed and in money, over days with different firms; the least of the days is the one with a target."""
    days, firms = size.pick(5, 20), size.pick(150, 400)
    gains, placed, amounts, took = [], [], [], []
    for day in range(days):
        applicants = _applicants(firms, _SEED + day)
        rooms = rooms_for(applicants)
        begin = time.perf_counter()
        together = assign(applicants, rooms)
        took.append(time.perf_counter() - begin)
        in_turn = first_come(applicants, rooms)
        gains.append(float(together.worth / in_turn.worth) - 1)
        placed.append(len(together.placed) - len(in_turn.placed))
        amounts.append(float(together.amount / in_turn.amount) - 1)
    versus = f"first come, first served: {days} days of {firms} generated firms each"
    yield at_least("gain_worth_least", rounded(min(gains)), "share", 0.0, versus)
    yield Figure("gain_worth_mean", rounded(sum(gains) / days), "share", versus=versus)
    yield Figure("more_firms_placed_mean", rounded(sum(placed) / days), "firms", versus=versus)
    yield Figure("gain_money_mean", rounded(sum(amounts) / days), "share", versus=versus)
    yield at_most("solve_p90", ms(percentile(took, 90)), "ms", TARGET_SECONDS * 1000)


def _applicants(count: int, seed: int) -> list[Applicant]:
    """Firms that at least one bank would take, in random order."""
    world = shipped_world()
    found = [applicant_of(str(n), firm, world.pack, world.card, TODAY) for n, firm in enumerate(generated_firms(count, seed))]
    fitting = [one for one in found if one.choices]
    Random(seed).shuffle(fitting)
    return fitting


def rooms_for(applicants: list[Applicant]) -> dict[str, Room]:
    """Room for two thirds of the firms, shared among the banks by how many firms each would take."""
    wanted: dict[str, list[Decimal]] = {}
    for one in applicants:
        for choice in one.choices:
            wanted.setdefault(choice.lender, []).append(choice.amount)
    total = sum(map(len, wanted.values()))
    rooms = {}
    for lender, amounts in wanted.items():
        firms = max(1, int(len(applicants) * _SHARE_OF_ROOM * len(amounts) / total))
        mean = sum(amounts, Decimal(0)) / len(amounts)
        rooms[lender] = Room(firms, mean * firms, _SECTOR_SHARE)
    return rooms
