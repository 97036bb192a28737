"""A firm against a small pack made by hand, every figure worked out beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from bot.matching.match import Match, Rate, granted, match_all, match_one, peer_rates, yearly_saving
from knowledge.eligibility import Status
from knowledge.entries import Entry, Offer, Standing
from knowledge.firm import FactValue, spec_of
from knowledge.pack import Pack
from tests.made_entries import made_entry
from tests.shipped import shipped

D = Decimal
DAY = date(2026, 11, 21)


def entry(name: str, kind: str = "product", offer: dict[str, Any] | None = None, **changes: Any) -> Entry:
    return made_entry(name, kind, name, name, offer=offer or {}, **changes)


def pack(*entries: Entry) -> Pack:
    return Pack(MappingProxyType({item.id: item for item in entries}), "digest of nothing")


SMALL = pack(
    entry("def-term", "definition"),
    entry("def-rule", "definition", when={"fact": "employees", "at_most": 10}),
    entry("len-bank", "lender", when={"fact": "amount_sought", "at_most": 1_000_000}),
    entry("gua-scheme", "guarantee", {"cap": 10_000_000, "guarantee_fee": 0.01}),
    entry("prd-closed", offer={"mechanism": "unsecured", "rate": {"low": 0.01, "high": 0.99}}, status="closed"),
    entry("prd-expired", offer={"mechanism": "mortgage", "cap": 100_000}, valid={"until": "2026-11-20"}),
    entry("prd-fixed", offer={"mechanism": "unsecured", "cap": 300_000, "rate": {"low": 0.04}}),
    entry("prd-future", offer={"mechanism": "mortgage"}, valid={"from": "2026-11-22"}),
    entry("prd-house", offer={"mechanism": "mortgage", "cap": 5_000_000}, when={"fact": "collateral", "includes": ["real_estate"]}),
    entry("prd-own", offer={"mechanism": "unsecured", "limit": [{"basis": "tax_multiple", "factor": 5}],
                            "rate": {"low": 0.0345, "high": 0.06}}),
    entry("prd-renew", offer={"mechanism": "renewal"}),
    entry("prd-quiet", offer={"mechanism": "unsecured"}),
    entry("prg-banks", "programme", audience="lender"),
    entry("prg-plain", "programme"),
    entry("sub-capped", "subsidy", {"cap": 500_000, "subsidy": {"points": 0.015}}),
)  # fmt: skip


def typed(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def matched(name: str, grade: str | None = None, **known: Any) -> Match:
    return match_one(SMALL, SMALL[name], typed(**known), DAY, grade)


def amount(name: str, grade: str | None = None, **known: Any) -> Decimal | None:
    limit = matched(name, grade, **known).limit
    assert limit is not None
    return limit.amount


# -- which entries -----------------------------------------------------------------------------------------------------------


def ids(*, ended: bool) -> list[str]:
    return [match.entry.id for match in match_all(SMALL, {}, DAY, None, ended=ended)]


def test_what_is_in_force_and_concerns_owners() -> None:
    assert ids(ended=False) == ["gua-scheme", "prd-fixed", "prd-house", "prd-own", "prd-renew", "prd-quiet", "prg-plain", "sub-capped"]


def test_ended_and_coming_entries_only_when_asked_for() -> None:
    assert set(ids(ended=True)) - set(ids(ended=False)) == {"def-rule", "len-bank", "prd-closed", "prd-expired", "prd-future"}


def test_the_day_decides_what_has_ended() -> None:
    on_last_day = {match.entry.id for match in match_all(SMALL, {}, date(2026, 11, 20), None)}
    assert "prd-expired" in on_last_day
    assert {"prd-closed", "prd-future"}.isdisjoint(on_last_day)


def test_an_ended_entry_fits_nobody() -> None:
    by_id = {match.entry.id: match for match in match_all(SMALL, {}, DAY, None, ended=True)}
    assert {by_id[name].status for name in ("prd-closed", "prd-expired", "prd-future")} == {Status.INELIGIBLE}
    assert by_id["prd-future"].judgement.standing is Standing.NOT_YET


def test_the_whole_pack_shows_nothing_ended_unless_asked() -> None:
    whole = shipped()
    shown = match_all(whole, {}, DAY, None)
    assert shown
    assert {match.judgement.standing for match in shown} == {Standing.IN_FORCE}
    assert len(match_all(whole, {}, DAY, None, ended=True)) > len(shown)


def test_one_entry_is_matched_as_in_the_whole() -> None:
    known = typed(annual_revenue=2_000_000, amount_sought=100_000)
    for match in match_all(SMALL, known, DAY, "B", ended=True):
        assert match == match_one(SMALL, match.entry, known, DAY, "B")


# -- the limit ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "grade", "known", "expected", "why"),
    [
        ("prd-own", None, {"annual_tax_paid": 40_000}, D(200_000), "5 x 40,000 by the product's own basis"),
        ("prd-own", "D", {"annual_tax_paid": 40_000}, D(100_000), "grade D leaves half: 0.5 x 200,000"),
        ("prd-own", None, {"annual_tax_paid": 40_000, "annual_revenue": 9_000_000}, D(200_000), "revenue is no basis of its own"),
        ("prd-own", None, {"annual_tax_paid": 40_000, "amount_sought": 150_000}, D(150_000), "no more than was asked for"),
        ("prd-own", None, {}, None, "nothing known to work it out from"),
        ("prd-own", None, {"annual_tax_paid": 0}, D(0), "no tax paid is known, and gives nothing"),
        ("prd-quiet", None, {"annual_revenue": 2_000_000}, D(200_000), "usual: a tenth of revenue"),
        ("prd-quiet", None, {"monthly_inflow": 200_000}, D(240_000), "usual: 1.2 months of inflow"),
        ("prd-quiet", None, {"annual_revenue": 2_000_000, "monthly_inflow": 200_000}, D(240_000), "the better of the two"),
        ("prd-fixed", None, {"annual_revenue": 2_000_000}, D(200_000), "a tenth, under the cap of 300,000"),
        ("prd-fixed", None, {"annual_revenue": 3_000_000}, D(300_000), "a tenth, at the cap"),
        ("prd-fixed", None, {"annual_revenue": 9_000_000}, D(300_000), "the cap holds"),
        ("prd-house", "E", {"collateral_value": 1_000_000}, D(700_000), "70 % of the security, whatever the grade"),
        ("prd-house", None, {"collateral_value": 9_000_000}, D(5_000_000), "6,300,000, but the cap holds"),
        ("prd-renew", "E", {"existing_loans": 300_000}, D(300_000), "a renewal is of the loan there is"),
        ("prd-renew", None, {"existing_loans": 300_000, "monthly_inflow": 1, "monthly_debt_service": 9}, D(300_000), "paid by itself"),
        ("gua-scheme", None, {}, D(10_000_000), "a scheme without a basis: its cap"),
        ("sub-capped", None, {"amount_sought": 800_000}, D(500_000), "a subsidised loan has its cap"),
    ],
)
def test_limit(name: str, grade: str | None, known: dict[str, Any], expected: Decimal | None, why: str) -> None:
    assert amount(name, grade, **known) == expected, why


def test_a_programme_without_a_cap_has_no_limit() -> None:
    assert matched("prg-plain").limit is None


def test_what_the_limit_still_needs() -> None:
    limit = matched("prd-own").limit
    assert limit is not None
    assert limit.missing == ("annual_tax_paid",)


# -- the rate ----------------------------------------------------------------------------------------------------------------


def test_peers_span_what_products_in_force_publish() -> None:
    # prd-own publishes 3.45 % to 6 %, prd-fixed 4 %; prd-closed's 1 % to 99 % no longer counts, and no mortgage publishes any.
    assert dict(peer_rates(SMALL)) == {"unsecured": Rate(D("0.0345"), D("0.06"), "peers")}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prd-own", Rate(D("0.0345"), D("0.06"), "stated")),
        ("prd-fixed", Rate(D("0.04"), None, "stated")),
        ("prd-quiet", Rate(D("0.0345"), D("0.06"), "peers")),
        ("prd-house", None),
        ("gua-scheme", None),
        ("sub-capped", None),
    ],
)
def test_rate(name: str, expected: Rate | None) -> None:
    assert matched(name).rate == expected


def test_peers_follow_the_pack() -> None:
    """A pack that differs only in a rate gives other peers, whatever was asked before."""
    cheap = pack(entry("prd-a", offer={"mechanism": "unsecured", "rate": {"high": 0.05}}), entry("prd-b", offer={"mechanism": "unsecured"}))
    dear = pack(entry("prd-a", offer={"mechanism": "unsecured", "rate": {"high": 0.07}}), entry("prd-b", offer={"mechanism": "unsecured"}))
    assert match_one(cheap, cheap["prd-b"], {}, DAY, None).rate == Rate(None, D("0.05"), "peers")
    assert match_one(dear, dear["prd-b"], {}, DAY, None).rate == Rate(None, D("0.07"), "peers")


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("A", "0.03"), ("B", "0.04"), ("C", "0.05"), ("D", "0.06"), ("E", "0.07"), (None, "0.05")],
)
def test_the_better_the_grade_the_lower_the_rate(grade: str | None, expected: str) -> None:
    # A quarter of the way from 3 % to 7 % for each grade below A.
    assert Rate(D("0.03"), D("0.07"), "stated").for_grade(grade) == D(expected)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("0.04", None, "0.04"), (None, "0.08", "0.08"), ("0.04", "0.04", "0.04"), (None, None, None)],
)
def test_a_range_with_one_end_is_that_end(low: str | None, high: str | None, expected: str | None) -> None:
    rate = Rate(low and D(low), high and D(high), "stated")
    for grade in ("A", "C", "E", None):
        assert rate.for_grade(grade) == (D(expected) if expected else None)


# -- the saving --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subsidy", "sought", "expected", "why"),
    [
        ({"points": 0.015}, 500_000, "7500", "1.5 % of 500,000"),
        ({"points": 0.015}, 0, "0", "nothing sought, nothing saved"),
        ({"points": 0.015}, None, None, "the amount is not known"),
        ({"points": 0.015, "principal_cap": 400_000}, 399_999, "5999.985", "just under the cap on the principal"),
        ({"points": 0.015, "principal_cap": 400_000}, 400_000, "6000", "at the cap on the principal"),
        ({"points": 0.015, "principal_cap": 400_000}, 900_000, "6000", "above it only 400,000 counts"),
        ({"points": 0.02, "amount_cap": 10_000}, 499_950, "9999", "just under the cap on the sum"),
        ({"points": 0.02, "amount_cap": 10_000}, 500_000, "10000", "at the cap on the sum"),
        ({"points": 0.02, "amount_cap": 10_000}, 600_000, "10000", "12,000, but the cap holds"),
        ({"points": 0.02, "principal_cap": 400_000, "amount_cap": 7_000}, 900_000, "7000", "8,000 after one cap, 7,000 after the other"),
        ({"share": 0.5}, 500_000, None, "half the interest is unknown while the rate is"),
        (None, 500_000, None, "no subsidy"),
    ],
)
def test_yearly_saving(subsidy: dict[str, Any] | None, sought: int | None, expected: str | None, why: str) -> None:
    offer = Offer.model_validate({"subsidy": subsidy} if subsidy else {})
    known = {} if sought is None else typed(amount_sought=sought)
    assert yearly_saving(offer, known) == (None if expected is None else D(expected)), why


def test_a_match_carries_its_saving() -> None:
    # 1.5 % of the 800,000 sought; sub-capped states no cap on the subsidised principal.
    assert matched("sub-capped", amount_sought=800_000).saving == D(12_000)
    assert matched("prd-own", amount_sought=800_000).saving is None


# -- what is paid once -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grant", "known", "expected", "why"),
    [
        ({"amount": 300_000}, {}, "300000", "a sum a firm"),
        ({"per_head": 1_000, "heads": "graduate_hires_12m"}, {"graduate_hires_12m": 3}, "3000", "three graduates"),
        ({"per_head": 1_000, "heads": "graduate_hires_12m"}, {"graduate_hires_12m": 0}, "0", "nobody hired"),
        ({"per_head": 1_000, "heads": "graduate_hires_12m"}, {"new_hires_12m": 3}, None, "how many are graduates is not known"),
        ({"per_head": 1_000}, {"graduate_hires_12m": 3}, None, "the source does not say for whom"),
        (None, {"graduate_hires_12m": 3}, None, "no grant"),
    ],
)
def test_granted(grant: dict[str, Any] | None, known: dict[str, Any], expected: str | None, why: str) -> None:
    offer = Offer.model_validate({"grant": grant} if grant else {})
    assert granted(offer, typed(**known)) == (None if expected is None else D(expected)), why


def test_a_match_has_the_terms_of_its_firm() -> None:
    tiered = entry("sub-tiered", "subsidy", {"subsidy": {"points": 0.01, "amount_cap": 200_000},
                   "terms": [{"when": {"fact": "specialised_level", "is": "little_giant"},
                              "subsidy": {"points": 0.01, "amount_cap": 500_000}}]})  # fmt: skip
    whole = pack(tiered)
    for level, cap in (("specialised", 200_000), ("little_giant", 500_000)):
        known = typed(specialised_level=level, amount_sought=100_000_000)
        match = match_one(whole, tiered, known, DAY, None)
        assert match.saving == cap
        assert match.offer.subsidy is not None
        assert match.offer.subsidy.amount_cap == cap
