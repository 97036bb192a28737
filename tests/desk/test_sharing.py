"""What an owner can let a lender see, and the numbers of receipts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.receipts import ALPHABET, new_receipt, read_receipt
from bot.desk.sharing import (
    LASTS,
    WHOLE,
    Part,
    Referral,
    Refused,
    cut,
    demanded,
    ends,
    fields_of,
    flipped,
    in_order,
    part_of,
    parts_with,
    proposed,
    toggled,
)
from knowledge.entries import Entry, Kind
from knowledge.firm import Firm, vocabulary
from tests.shipped import shipped

PACK = shipped()
OFFERS = [entry for entry in PACK if entry.kind in (Kind.PRODUCT, Kind.LENDER)]
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
FACTS = {
    "firm_name": "闽味", "industry": "catering", "age_months": 36, "annual_revenue": 2_800_000, "net_profit": 1, "amount_sought": 500_000,
}  # fmt: skip
FIRM = Firm.of(FACTS, date(2026, 11, 21))
EVERYTHING = (*vocabulary(), *(part.value for part in WHOLE))
signs = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=8, max_size=8)
known = st.sets(st.sampled_from(list(vocabulary())), min_size=1)
chosen = st.sets(st.sampled_from(EVERYTHING))


def receipt_of(drawn: list[int]) -> str:
    left = list(drawn)
    return new_receipt(lambda _: left.pop(0))


# -- receipts ------------------------------------------------------------------------------------------------------------------


@given(signs)
def test_a_receipt_is_read_however_it_is_typed(drawn: list[int]) -> None:
    receipt = receipt_of(drawn)
    for typed in (receipt, receipt.lower(), receipt.replace("-", ""), receipt.replace("-", " "), f" {receipt[3:]} "):
        assert read_receipt(typed) == receipt


@given(signs, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_told(drawn: list[int], at: int, wrong: str) -> None:
    good = receipt_of(drawn).replace("-", "")[2:]
    bad = good[:at] + wrong + good[at + 1 :]
    assert (read_receipt(bad) is not None) == (bad == good)


@given(signs, st.integers(0, 7))
def test_two_swapped_signs_are_told(drawn: list[int], at: int) -> None:
    good = receipt_of(drawn).replace("-", "")[2:]
    bad = good[:at] + good[at + 1] + good[at] + good[at + 2 :]
    assert (read_receipt(bad) is not None) == (bad == good)


@pytest.mark.parametrize("typed", ["", "RF", "RF-7K3Q", "RF-0O1I-LL000", "编号", "RF-7K3Q-9XM2C-9"])
def test_what_is_no_receipt_is_told(typed: str) -> None:
    assert read_receipt(typed) is None


# -- fields --------------------------------------------------------------------------------------------------------------------


def test_every_fact_stands_in_one_part() -> None:
    placed = [name for part in Part for name in fields_of(part, vocabulary())]
    assert sorted(placed) == sorted(EVERYTHING)
    assert all(part_of(name) not in WHOLE for name in vocabulary())


@pytest.mark.parametrize("entry", OFFERS, ids=lambda entry: entry.id)
def test_what_an_entry_asks_for_are_facts_and_never_a_whole_part(entry: Entry) -> None:
    asked = demanded([entry])
    assert asked <= set(vocabulary())
    assert {"firm_name", "amount_sought"} <= asked


@pytest.mark.parametrize(
    ("entry", "asks", "leaves_out"),
    [
        ("prd-icbc-jingying", {"age_months", "industry", "uscc", "monthly_inflow"}, {"annual_revenue", "net_profit", "owner_age"}),
        ("prd-boc-yinshui", {"tax_grade", "annual_tax_paid", "tax_arrears", "owner_age"}, {"industry", "inventory", "patents"}),
    ],
)
def test_a_product_asks_for_its_conditions_and_papers(entry: str, asks: set[str], leaves_out: set[str]) -> None:
    asked = demanded([PACK[entry]])
    assert asks <= asked
    assert not leaves_out & asked


@given(st.sampled_from(OFFERS), known)
def test_nothing_but_what_is_asked_for_and_known_is_ticked_at_first(entry: Entry, names: set[str]) -> None:
    ticked = set(proposed([entry], names))
    assert ticked == names & demanded([entry])


@given(chosen, st.sampled_from(list(Part)), known, known)
def test_a_tap_on_a_part_changes_that_part_alone(fields: set[str], part: Part, names: set[str], asked: set[str]) -> None:
    after, mine = set(toggled(fields, part, names, asked)), set(fields_of(part, names))
    assert after - mine == fields - mine
    assert (after & mine == set()) == bool(fields & mine) or not mine
    assert after & mine <= mine


@given(chosen, st.sampled_from(EVERYTHING))
def test_a_second_tap_takes_the_first_back(fields: set[str], field: str) -> None:
    assert flipped(flipped(fields, field), field) == in_order(fields)


def test_parts_with_nothing_in_them_are_not_offered() -> None:
    assert parts_with(FIRM, files=False) == (Part.FIRM, Part.WISHES, Part.FIGURES, Part.SCORE, Part.MATCHES)
    assert Part.FILES in parts_with(FIRM, files=True)
    assert parts_with({}, files=True) == ()


@given(chosen)
def test_a_cut_firm_knows_only_what_is_shared(fields: set[str]) -> None:
    assert set(cut(FIRM, fields)) == set(FIRM) & fields


# -- how long ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "revoked", "why"),
    [
        (timedelta(0), False, None),
        (LASTS - timedelta(seconds=1), False, None),
        (LASTS, False, "expired"),
        (timedelta(0), True, "revoked"),
        (LASTS, True, "revoked"),
    ],
)
def test_a_pack_can_be_read_until_it_ends_or_is_taken_back(after: timedelta, revoked: bool, why: str | None) -> None:
    referral = Referral(1, "RF", "tg:1", "len-icbc", None, None, (), NOW, ends(NOW), NOW if revoked else None)
    assert referral.readable(NOW + after) == (why is None)
    if why is None:
        referral.must_be_readable(NOW + after)
    else:
        with pytest.raises(Refused) as refused:
            referral.must_be_readable(NOW + after)
        assert refused.value.reason == why
