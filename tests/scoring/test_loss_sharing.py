"""Who bears a loss, what a pool pays, and what a member of a joint guarantee answers for; every figure worked out beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.offer import Bearer
from scoring.sharing import borne, compensated, contingent_liability, guarantor_room
from tests.shipped import shipped

D = Decimal
PACK = shipped()
ANHUI = PACK["gua-4321-anhui"].offer.risk
GUANGZHOU = PACK["gua-gz-risk-comp"].offer.risk


def test_anhui_shares_a_loss_four_three_two_one() -> None:
    # 安徽“4321”: 40 % of 500,000 for the local guarantor, 30 %, 20 % and 10 % for the others.
    assert borne(D(500_000), ANHUI) == {"guarantor": 200_000, "provincial_guarantor": 150_000, "bank": 100_000, "government": 50_000}


def test_what_no_share_covers_stays_with_the_bank() -> None:
    assert borne(D(100), [Bearer(who="guarantor", share=D("0.8"))]) == {"guarantor": 80, "bank": 20}
    assert borne(D(100), [Bearer(who="guarantor", share=D("0.7")), Bearer(who="bank", share=D("0.1"))]) == {"guarantor": 70, "bank": 30}


@given(st.decimals(0, 10**8, places=2))
def test_every_fen_of_a_loss_is_borne_by_somebody(loss: Decimal) -> None:
    assert sum(borne(loss, ANHUI).values()) == loss


@pytest.mark.parametrize("bearers", [(), PACK["gua-guobanfa-2019-6"].offer.risk, GUANGZHOU])
def test_bounds_and_tiers_alone_share_nothing(bearers: tuple[Bearer, ...]) -> None:
    with pytest.raises(ValueError, match="fixed share"):
        borne(D(100), bearers)


@pytest.mark.parametrize(
    ("loan", "extra", "expected", "why"),
    [
        (5_000_000, "0", 400_000, "40 % up to five million"),
        (5_000_001, "0", 300_000, "30 % just above"),
        (15_000_000, "0", 300_000, "30 % up to fifteen million"),
        (15_000_001, "0", 200_000, "20 % just above"),
        (30_000_000, "0", 200_000, "20 % up to thirty million"),
        (30_000_001, "0", 0, "nothing above every tier"),
        (5_000_000, "0.05", 450_000, "five points more where a monetary policy tool is used"),
        (5_000_000, "0.15", 500_000, "55 %, but never more than 50 %"),
    ],
)
def test_guangzhou_compensates_by_the_size_of_the_loan(loan: int, extra: str, expected: int, why: str) -> None:
    assert compensated(D(loan), D(1_000_000), GUANGZHOU, extra=D(extra), share_cap=D("0.5")) == expected, why


def test_a_pool_pays_no_more_than_is_left_in_it() -> None:
    assert compensated(D(1_000_000), D(1_000_000), GUANGZHOU, pool_left=D(399_999)) == 399_999
    assert compensated(D(1_000_000), D(1_000_000), GUANGZHOU, pool_left=D(0)) == 0


@pytest.mark.parametrize(
    ("others", "ceiling", "expected", "why"),
    [
        ([500_000, 300_000, 200_000], None, 1_000_000, "all of what the three others borrow"),
        ([500_000, 300_000, 200_000], 400_000, 400_000, "the contract has a ceiling"),
        ([100_000], 400_000, 100_000, "less than the ceiling is owed"),
        ([], None, 0, "nobody else borrows"),
    ],
)
def test_a_member_of_a_joint_guarantee_answers_for_the_others(others: list[int], ceiling: int | None, expected: int, why: str) -> None:
    assert contingent_liability([D(loan) for loan in others], None if ceiling is None else D(ceiling)) == expected, why


def test_a_loan_is_not_negative() -> None:
    with pytest.raises(ValueError, match="not negative"):
        contingent_liability([D(-1)])


@pytest.mark.parametrize(
    ("assets", "to_borrower", "to_all", "small", "expected", "why"),
    [
        (100_000_000, 0, 0, False, 10_000_000, "a tenth of the net assets for one borrower"),
        (100_000_000, 4_000_000, 0, False, 6_000_000, "less what it stands for this one already"),
        (100_000_000, 10_000_000, 0, False, 0, "the tenth is used up"),
        (100_000_000, 0, 995_000_000, False, 5_000_000, "ten times the net assets in all"),
        (100_000_000, 0, 995_000_000, True, 10_000_000, "fifteen times where small firms and farming prevail"),
        (100_000_000, 0, 1_500_000_001, True, 0, "and nothing above that"),
    ],
)
def test_a_guarantor_stands_for_a_tenth_of_its_net_assets(
    assets: int, to_borrower: int, to_all: int, small: bool, expected: int, why: str
) -> None:
    assert guarantor_room(D(assets), to_borrower=D(to_borrower), to_all=D(to_all), mostly_small=small) == expected, why
    with pytest.raises(ValueError, match="not negative"):
        guarantor_room(D(-assets))
