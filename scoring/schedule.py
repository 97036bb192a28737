"""Repayment schedules to the fen. The principal of every schedule adds up to the loan exactly."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from scoring.facts import FEN

ZERO = Decimal(0)


class Method(StrEnum):
    """The four usual ways of repaying."""

    EQUAL_INSTALMENT = "equal_instalment"  # 等额本息
    EQUAL_PRINCIPAL = "equal_principal"  # 等额本金
    INTEREST_FIRST = "interest_first"  # 先息后本
    BULLET = "bullet"  # 到期一次还本付息


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month: yuan of principal and interest paid, and the balance after it."""

    month: int
    principal: Decimal
    interest: Decimal
    balance: Decimal

    @property
    def payment(self) -> Decimal:
        """Principal plus interest, yuan."""
        return self.principal + self.interest


def fen(amount: Decimal) -> Decimal:
    """`amount` rounded to the fen, halves up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def _level_payment(principal: Decimal, monthly: Decimal, months: int) -> Decimal:
    if not monthly:
        return fen(principal / months)
    return fen(principal * monthly / (1 - (1 + monthly) ** -months))


def _interest(balance: Decimal, monthly: Decimal, month: int, months: int, method: Method) -> Decimal:
    if method is not Method.BULLET:
        return fen(balance * monthly)
    return fen(balance * monthly * months) if month == months else ZERO


def schedule(principal: Decimal, annual_rate: Decimal, months: int, method: Method = Method.EQUAL_INSTALMENT) -> tuple[Instalment, ...]:
    """The instalments of a loan; the monthly rate is a twelfth of `annual_rate`, and the last month settles the fen.

    `Method.BULLET` carries simple interest, paid with the principal at maturity. Raises `ValueError` for a principal
    that is not a positive number of fen, a negative rate or a term below one month.
    """
    if principal <= 0 or principal != fen(principal):
        raise ValueError(f"principal must be a positive amount in whole fen: {principal}")
    if annual_rate < 0:
        raise ValueError(f"annual rate must not be negative: {annual_rate}")
    if months < 1:
        raise ValueError(f"term must be at least one month: {months}")
    monthly = annual_rate / 12
    level = _level_payment(principal, monthly, months) if method is Method.EQUAL_INSTALMENT else ZERO
    slice_ = fen(principal / months) if method is Method.EQUAL_PRINCIPAL else ZERO
    plan, balance = [], principal
    for month in range(1, months + 1):
        last = month == months
        interest = _interest(balance, monthly, month, months, method)
        part = level - interest if method is Method.EQUAL_INSTALMENT else slice_
        part = balance if last else min(balance, max(ZERO, part))
        balance -= part
        plan.append(Instalment(month, part, interest, balance))
    return tuple(plan)
