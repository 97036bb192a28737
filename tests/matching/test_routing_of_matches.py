"""From matches to lenders: the bank behind a product, its own rules, built prices, the order, and the way on of a firm nobody takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from bot.matching.lenders import ANSWER_WITHIN_DAYS, lender_of
from bot.matching.many import applicant_of
from bot.matching.match import Rate, match_all, match_one
from bot.matching.next_way import Way, declined_by_all, needs_way, next_ways
from bot.matching.ranking import ranked
from knowledge.entries import Entry
from scoring.assignment import Room, assign
from scoring.card import default_card
from scoring.reach import CLOSED, Bound, OpenEnds
from tests.matching.test_match import DAY, entry, pack, typed

D = Decimal


def by(bank: str) -> dict[str, Any]:
    return {"provider": {"id": bank, "name": {"zh": bank, "en": bank}}}


RATE = {"low": 0.04, "high": 0.05}
SMALL_BANK = entry("len-small", "lender", when={"fact": "amount_sought", "at_most": 100_000})
QUICK_BANK = entry("len-quick", "lender", response={"days": 3, "stated": {"zh": "官网", "en": "its site"}})
SMALL = entry("prd-small", offer={"mechanism": "unsecured", "cap": 500_000, "rate": {"low": 0.03, "high": 0.03}}, **by("small"))
QUICK = entry("prd-quick", offer={"mechanism": "unsecured", "cap": 500_000, "rate": RATE}, **by("quick"))
TWIN = entry("prd-twin", offer={"mechanism": "unsecured", "cap": 500_000, "rate": RATE}, **by("quick"))
SHOP = entry("prd-shop", offer={"mechanism": "platform"}, **by("various"))
OWED = entry("prd-owed", offer={"mechanism": "factoring"}, when={"fact": "receivables", "more_than": 0})
BACKED = entry("gua-backed", "guarantee", {"cap": 1_000_000}, when={"fact": "tax_arrears", "is": False})
STRICT = entry("prd-strict", offer={"cap": 1}, when={"fact": "blacklisted", "is": False})
ALL = pack(SMALL_BANK, QUICK_BANK, SMALL, QUICK, TWIN, SHOP)


def test_the_bank_behind_a_product_and_its_clock() -> None:
    facts = typed(amount_sought=200_000)
    small, quick = (lender_of(ALL, product, facts, DAY) for product in (SMALL, QUICK))
    assert small is not None
    assert quick is not None
    assert (small.entry.id, small.appetite, small.days) == ("len-small", "declines", ANSWER_WITHIN_DAYS)
    assert [getattr(finding.leaf, "fact", None) for finding in small.against] == ["amount_sought"]
    assert (quick.appetite, quick.days, quick.against) == ("wants", 3, ())
    assert lender_of(ALL, SHOP, facts, DAY) is None


@pytest.mark.parametrize(("sought", "first"), [(100_000, "prd-small"), (100_001, "prd-quick")])
def test_a_bank_that_declines_the_firm_stands_behind_the_others(sought: int, first: str) -> None:
    facts = typed(amount_sought=sought)
    matches = [match_one(ALL, product, facts, DAY, None) for product in (SMALL, QUICK)]
    lenders = {match.entry.id: found for match in matches if (found := lender_of(ALL, match.entry, facts, DAY)) is not None}
    order = ranked(matches, facts, "cheapest", lenders)
    assert order.matches[0].entry.id == first
    assert order.reasons["prd-small"].key == ("lender_declines" if first == "prd-quick" else "lowest_cost")


def test_equals_are_told_as_equals() -> None:
    facts = typed(amount_sought=200_000)
    order = ranked([match_one(ALL, product, facts, DAY, None) for product in (TWIN, QUICK)], facts)
    assert order.matches[0].entry.id == "prd-quick"
    assert order.tied == ("prd-twin",)


@dataclass(frozen=True)
class Told:
    pd: Decimal
    interval: tuple[Decimal, Decimal]
    bound: Bound | None = None
    open_ends: OpenEnds = CLOSED


RISK = Told(D("0.04"), (D("0.02"), D("0.10")))


def test_what_is_not_told_widens_the_quote_and_does_not_move_the_loan_down() -> None:
    sure = Told(D("0.04"), (D("0.04"), D("0.04")))
    wide, narrow = (match_one(ALL, SHOP, {}, DAY, None, risk=risk).rate for risk in (RISK, sure))
    assert wide is not None
    assert narrow is not None
    assert wide.low is not None
    assert wide.low < wide.point == narrow.point == narrow.low == narrow.high
    orders = [ranked([match_one(ALL, one, {}, DAY, None, risk=risk) for one in (SHOP, QUICK)], {}, "cheapest") for risk in (RISK, sure)]
    assert orders[0].utilities == orders[1].utilities


def test_a_price_nobody_publishes_is_built_from_costs() -> None:
    # 5 % + 3 % + 4 % x 45 %, and the same with 2 % and 10 % at the ends of the range.
    rate = match_one(ALL, SHOP, {}, DAY, None, risk=RISK).rate
    assert rate is not None
    assert (rate.low, rate.high, rate.point, rate.basis) == (D("0.0890"), D("0.1250"), D("0.0980"), "costs")
    assert rate.for_grade("A") == rate.for_grade("E") == D("0.0980")
    assert {part.name: (part.low, part.high) for part in rate.parts} == {
        "funding": (D("0.05"),) * 2, "operating": (D("0.03"),) * 2, "credit": (D("0.0090"), D("0.0450")), "margin": (D(0),) * 2,
    }  # fmt: skip
    assert match_one(ALL, SHOP, {}, DAY, None).rate is None
    assert match_one(ALL, QUICK, {}, DAY, None, risk=RISK).rate == Rate(D("0.04"), D("0.05"), "stated")


@pytest.mark.parametrize(("open_ends", "bound"), [((False, True), "at_least"), ((True, False), "at_most"), ((False, False), None)])
def test_a_built_price_is_open_where_the_probability_is(open_ends: tuple[bool, bool], bound: Any) -> None:
    risk = replace(RISK, open_ends=open_ends, bound=bound)
    rate = match_one(ALL, SHOP, {}, DAY, None, risk=risk).rate
    assert rate is not None
    assert (rate.open_ends, rate.bound) == (open_ends, bound)
    assert {part.name for part in rate.parts if part.open_ends == open_ends} >= {"credit"}
    assert all(part.open_ends == (False, False) for part in rate.parts if part.name != "credit")
    stated = match_one(ALL, QUICK, {}, DAY, None, risk=risk).rate
    assert stated is not None
    assert stated.open_ends == (False, False)


def test_a_guarantors_cap_is_named_as_such() -> None:
    limit = match_one(pack(BACKED), BACKED, {}, DAY, None).limit
    assert limit is not None
    assert (limit.amount, limit.binding) == (1_000_000, "guarantee_cap")


@pytest.mark.parametrize(
    ("entries", "facts", "ways", "why"),
    [
        ((STRICT,), {"blacklisted": True}, [(Way.REPAIR, None)], "a record to put right"),
        ((STRICT, BACKED), {"blacklisted": True, "tax_arrears": False},
         [(Way.GUARANTEE, "gua-backed"), (Way.REPAIR, None)], "a guarantee first"),
        ((STRICT, BACKED), {"blacklisted": True, "tax_arrears": True}, [(Way.REPAIR, None)], "which tax owed rules out"),
        ((STRICT, OWED), {"blacklisted": True, "receivables": 1000},
         [(Way.SUPPLY_CHAIN, "prd-owed"), (Way.REPAIR, None)], "money on what is owed"),
        ((STRICT, OWED), {"blacklisted": True, "receivables": 0}, [(Way.REPAIR, None)], "nothing is owed"),
        ((STRICT,), {"overdue_12m": 1}, [(Way.REPAIR, None)], "one late payment"),
        ((STRICT,), {"overdue_12m": 0}, [], "none"),
        ((STRICT,), {"tax_grade": "C"}, [(Way.REPAIR, None)], "a weak tax grade"),
    ],
)  # fmt: skip
def test_there_is_always_a_way_on(entries: tuple[Entry, ...], facts: dict[str, Any], ways: list[tuple[Way, str | None]], why: str) -> None:
    known = typed(**facts)
    found = next_ways(match_all(pack(*entries), known, DAY, None), known)
    assert [(way.way, way.entry) for way in found] == [*ways, (Way.PERSON, None)], why


def test_a_weak_grade_is_put_right() -> None:
    assert next_ways((), {}, "E")[0].way is Way.REPAIR
    assert next_ways((), {}, "C")[0].way is Way.PERSON


def test_declined_by_all_means_that_no_loan_may_fit() -> None:
    strict, owed = pack(STRICT), pack(STRICT, OWED)
    blacklisted = typed(blacklisted=True)
    assert declined_by_all(match_all(strict, blacklisted, DAY, None))
    assert not declined_by_all(match_all(strict, {}, DAY, None))
    assert not declined_by_all(match_all(owed, blacklisted, DAY, None))


@pytest.mark.parametrize(
    ("entries", "facts", "grade", "needed", "why"),
    [
        ((STRICT,), {"blacklisted": True}, None, True, "declined by the only lender"),
        ((STRICT, OWED), {"blacklisted": True}, None, True, "one may still fit, but the record is marred"),
        ((STRICT, OWED), {"overdue_12m": 0}, "E", True, "so is a weak grade"),
        ((STRICT, OWED), {"overdue_12m": 0}, "C", False, "nothing fits yet, and nothing is against the firm"),
        ((STRICT, OWED), {}, None, False, "nothing is known"),
        ((OWED,), {"receivables": 1000, "blacklisted": True}, "E", False, "a loan fits"),
    ],
)
def test_who_is_told_ways_on(entries: tuple[Entry, ...], facts: dict[str, Any], grade: str | None, needed: bool, why: str) -> None:
    known = typed(**facts)
    assert needs_way(match_all(pack(*entries), known, DAY, None), known, grade) is needed, why


def test_a_firm_applies_to_each_bank_that_takes_it_with_its_best_loan() -> None:
    card = default_card()
    small = applicant_of("a", typed(amount_sought=100_000, industry="retail"), ALL, card, DAY)
    large = applicant_of("b", typed(amount_sought=200_000), ALL, card, DAY)
    assert ({one.lender for one in small.choices}, small.sector) == ({"len-small", "len-quick"}, "retail")
    assert [(one.lender, one.entry, one.amount) for one in large.choices] == [("len-quick", "prd-quick", 200_000)]
    # With one place at the quick bank the small firm, which the other bank takes as well, gives way.
    assert set(assign([small, large], {"len-quick": Room(firms=1)}).placed) == {"a", "b"}
