"""Lenders as entries: their products refer to them, and what they take on never contradicts what those products take on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pydantic import ValidationError

from knowledge.conditions import Truth, try_on
from knowledge.entries import Entry, Kind, Response
from knowledge.firm import FactValue, spec_of
from tests.shipped import shipped

PACK = shipped()
LENDERS = [entry for entry in PACK if entry.kind is Kind.LENDER]
PRODUCTS = [entry for entry in PACK if entry.kind is Kind.PRODUCT and entry.status != "closed"]


def each(entries: list[Entry]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in entries])


def test_every_product_of_one_lender_refers_to_it() -> None:
    named = {entry.provider.lender for entry in PACK if entry.kind is Kind.PRODUCT and entry.provider}
    assert named - {None} == {lender.id for lender in LENDERS}


@each(LENDERS)
def test_a_lender_offers_the_products_that_refer_to_it(entry: Entry) -> None:
    mine = sorted(product.id for product in PRODUCTS if product.provider and product.provider.lender == entry.id)
    assert list(entry.products) == mine


@each(LENDERS)
def test_a_lender_has_an_appetite_papers_and_a_clock_or_says_that_none_is_stated(entry: Entry) -> None:
    assert entry.when is not None
    assert entry.documents
    assert entry.apply is not None
    if entry.response is None:
        assert any("答复" in text.zh for text in entry.confirm)


def _fitting(product: Entry) -> Iterator[dict[str, FactValue]]:
    """Firms that a product fits, asking for an amount it is quoted at."""
    assert product.rule is not None
    span = product.offer.range_of("cap")
    amount = span[1] if span else product.offer.cap or Decimal(100_000)
    for case in product.cases:
        firm = {name: spec_of(name).parse(raw) for name, raw in case.facts.items()} | {"amount_sought": amount}
        if try_on(product.rule, firm, product.checked).truth is Truth.TRUE:
            yield firm


@each([product for product in PRODUCTS if product.provider and product.provider.lender and product.rule])
def test_who_fits_a_product_is_not_refused_by_its_lender(entry: Entry) -> None:
    assert entry.provider is not None
    lender = PACK[entry.provider.lender or ""]
    assert lender.rule is not None
    for firm in _fitting(entry):
        assert try_on(lender.rule, firm, lender.checked).truth is Truth.TRUE, f"{lender.id} would refuse {firm}"


@each([lender for lender in LENDERS if "amount_sought" in str(lender.rule) and lender.id != "len-cmb" and lender.id != "len-bocom"])
def test_no_lender_takes_on_more_than_its_greatest_product(entry: Entry) -> None:
    products = [PACK[name] for name in entry.products]
    greatest = max(value for p in products for value in (p.offer.cap, *(q.value for q in p.offer.quoted if q.of == "cap"),
                                                        *(t.cap for t in p.offer.terms)) if value is not None)  # fmt: skip
    sought: dict[str, FactValue] = {"amount_sought": greatest + Decimal("0.01")}
    everything: dict[str, FactValue] = {
        "collateral": ("none",),
        "guarantor": False,
        "government_contract": False,
        "receivables": Decimal(0),
    }
    assert entry.rule is not None
    assert try_on(entry.rule, sought | everything, entry.checked).truth is Truth.FALSE


@pytest.mark.parametrize("days", [0, -1])
def test_a_clock_is_of_at_least_a_day(days: int) -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        Response.model_validate({"days": days, "stated": {"zh": "官网", "en": "its site"}})


def test_only_a_lender_has_products_and_a_clock() -> None:
    raw = PACK["prd-ccb-yunshui"].model_dump(by_alias=True, exclude_none=True, exclude={"when", "cases", "offer"})
    assert Entry.model_validate(raw)
    with pytest.raises(ValidationError, match="only a lender"):
        Entry.model_validate(raw | {"products": ["prd-ccb-xinyong"]})
    clocked = PACK["len-ccb"].model_dump(by_alias=True, exclude_none=True, exclude={"when", "cases", "offer"})
    clocked |= {"response": {"days": 3, "stated": {"zh": "官网", "en": "its site"}}}
    assert Entry.model_validate(clocked).response == Response.model_validate(clocked["response"])
