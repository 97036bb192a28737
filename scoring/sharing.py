"""Who bears a loss: shares of bank, guarantors and government, pools with a ceiling, and what co-guarantors answer for.

Money is yuan, shares are fractions. The shares themselves come from the source of each scheme; none is assumed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.offer import Bearer
from scoring.schedule import fen

ZERO = Decimal(0)


def borne(loss: Decimal, bearers: Sequence[Bearer]) -> Mapping[str, Decimal]:
    """Yuan of a loss that falls on each bearer with a fixed share; what no share covers stays with the bank.

    Raises `ValueError` for a negative loss or when no bearer has a fixed share.
    """
    fixed = [bearer for bearer in bearers if bearer.bound == "exact" and bearer.loan_up_to is None]
    if loss < 0 or not fixed:
        raise ValueError("a loss is not negative, and somebody must have a fixed share of it")
    parts: dict[str, Decimal] = {bearer.who: fen(loss * bearer.share) for bearer in fixed}
    rest = loss - sum(parts.values(), ZERO)
    return parts if not rest else {**parts, "bank": parts.get("bank", ZERO) + rest}


def compensated(
    loan: Decimal,
    loss: Decimal,
    tiers: Sequence[Bearer],
    *,
    extra: Decimal = ZERO,
    share_cap: Decimal | None = None,
    pool_left: Decimal | None = None,
) -> Decimal:
    """Yuan a compensation pool pays the lender for a loss on one loan.

    The share is that of the first tier whose `loan_up_to` the loan does not exceed, plus `extra`, at most `share_cap`;
    nothing is paid for a loan above every tier, and never more than `pool_left` or than the loss.
    """
    share = next((tier.share for tier in sorted(tiers, key=_size) if loan <= _size(tier)), None)
    if share is None:
        return ZERO
    share += extra
    paid = fen(loss * (min(share, share_cap) if share_cap is not None else share))
    return min(paid, loss, pool_left) if pool_left is not None else min(paid, loss)


def _size(tier: Bearer) -> Decimal:
    return tier.loan_up_to if tier.loan_up_to is not None else Decimal("Infinity")


def contingent_liability(others: Sequence[Decimal], agreed_cap: Decimal | None = None) -> Decimal:
    """Yuan a member of a joint guarantee may have to pay for the others: the sum of their loans, or the cap in the contract."""
    if any(loan < 0 for loan in others):
        raise ValueError("a loan is not negative")
    owed = sum(others, ZERO)
    return owed if agreed_cap is None else min(owed, agreed_cap)


#: The share of its net assets that a guarantor may stand for one borrower, and how many times its net assets in all:
#: 《融资担保公司监督管理条例》(国务院令第683号，2017) articles 15 and 16; 15 times where small firms and farming prevail.
ONE_BORROWER, ALL_TIMES, ALL_TIMES_SMALL = Decimal("0.10"), Decimal(10), Decimal(15)


def guarantor_room(net_assets: Decimal, *, to_borrower: Decimal = ZERO, to_all: Decimal = ZERO, mostly_small: bool = False) -> Decimal:
    """Yuan a guarantee company may still stand for one borrower, given what it stands for this one and for all already."""
    if min(net_assets, to_borrower, to_all) < 0:
        raise ValueError("net assets and guarantees are not negative")
    times = ALL_TIMES_SMALL if mostly_small else ALL_TIMES
    return max(ZERO, min(net_assets * ONE_BORROWER - to_borrower, net_assets * times - to_all))
