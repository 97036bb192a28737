"""Offers: figures that differ for some firms, disputed figures, and shares of a loss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.firm import FactValue, spec_of
from knowledge.offer import Offer
from tests.shipped import shipped

D = Decimal
PACK = shipped()
DAY = date(2026, 11, 21)


def typed(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


@pytest.mark.parametrize(
    ("entry_id", "known", "cap", "principal", "total"),
    [
        ("sub-fj-zjtx-loan-2026", {}, None, 20_000_000, 200_000),
        ("sub-fj-zjtx-loan-2026", {"specialised_level": "specialised"}, None, 20_000_000, 200_000),
        ("sub-fj-zjtx-loan-2026", {"specialised_level": "little_giant"}, None, 50_000_000, 500_000),
        ("sub-sz-startup-loan", {"legal_form": "sole_trader"}, 300_000, 300_000, None),
        ("sub-sz-startup-loan", {"owner_group": ["graduate"]}, 300_000, 300_000, None),
        (
            "sub-sz-startup-loan",
            {"owner_group": ["graduate"], "industry": "retail", "employees": 10, "annual_revenue": 800_000, "new_hires_12m": 1},
            4_000_000,
            4_000_000,
            None,
        ),
        ("sub-fj-tizhi-2024", {"legal_form": "company"}, 10_000_000, 10_000_000, None),
        ("sub-fj-tizhi-2024", {"legal_form": "sole_trader"}, 2_000_000, 2_000_000, None),
        ("sub-fj-tizhizengchan-2023-3", {"legal_form": "sole_trader"}, 3_000_000, 3_000_000, None),
    ],
)
def test_a_firm_gets_the_figures_of_its_kind(
    entry_id: str, known: dict[str, Any], cap: int | None, principal: int, total: int | None
) -> None:
    offer = PACK[entry_id].offer.for_firm(typed(**known), DAY)
    assert offer.subsidy is not None
    assert (offer.cap, offer.subsidy.principal_cap, offer.subsidy.amount_cap) == (cap, principal, total)


def test_a_guarantor_raises_the_cap_and_changes_nothing_else() -> None:
    offer = PACK["prd-psbc-xiaowei"].offer
    raised = offer.for_firm(typed(guarantor=True), DAY)
    assert (offer.cap, raised.cap) == (3_000_000, 5_000_000)
    assert raised.model_copy(update={"cap": offer.cap}) == offer
    assert offer.for_firm(typed(guarantor=False), DAY) == offer


@pytest.mark.parametrize(
    ("entry_id", "of", "expected"),
    [
        ("prd-icbc-jingying", "cap", (D(1_000_000), D(5_000_000))),
        ("prd-icbc-jingying", "term_months", (D(6), D(12))),
        ("prd-abc-weijiedai", "rate", (D("0.03"), D("0.06"))),
        ("prd-ccb-yunshui", "cap", None),
    ],
)
def test_the_range_of_what_sources_state(entry_id: str, of: str, expected: tuple[Decimal, Decimal] | None) -> None:
    assert PACK[entry_id].offer.range_of(of) == expected


def test_shares_of_a_loss_are_at_most_the_whole() -> None:
    whole = [{"who": "bank", "share": 0.2}, {"who": "guarantor", "share": 0.8}]
    assert Offer.model_validate({"risk": whole}).risk[0].share == D("0.2")
    with pytest.raises(ValidationError, match="more than the whole loss"):
        Offer.model_validate({"risk": [*whole, {"who": "government", "share": 0.01}]})


@pytest.mark.parametrize(
    "broken", [{"risk": [{"who": "bank", "share": 1.1}]}, {"risk": [{"who": "uncle", "share": 0.1}]}, {"fee": {"of_raised": 1}}]
)
def test_impossible_shares_are_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Offer.model_validate(broken)


def test_a_condition_in_an_offer_is_read_as_strictly_as_a_rule() -> None:
    with pytest.raises(ValidationError, match="no fact named 'profits'"):
        Offer.model_validate({"terms": [{"when": {"fact": "profits", "at_least": 1}, "cap": 1}]})
