"""What a mortgage costs besides interest, and fees put together into one loan's real annual cost.

Money is yuan, shares are fractions. Who pays what differs: since 银保监发〔2020〕18号 a bank bears the insurance it is the beneficiary of
or shares it, and may not ask for part of the loan as a deposit. The figures here are what a firm pays at most where nobody else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from scoring.price import Fees
from scoring.schedule import fen

ZERO = Decimal(0)
#: Up to so much value, the share of the part in this step: 计价格〔1995〕971号. Fees are negotiable today and mostly lower.
VALUATION_STEPS: tuple[tuple[Decimal | None, Decimal], ...] = (
    (Decimal(1_000_000), Decimal("0.005")),
    (Decimal(10_000_000), Decimal("0.0025")),
    (Decimal(20_000_000), Decimal("0.0015")),
    (Decimal(50_000_000), Decimal("0.0008")),
    (Decimal(80_000_000), Decimal("0.0004")),
    (Decimal(100_000_000), Decimal("0.0002")),
    (None, Decimal("0.0001")),
)
#: 发改价格规〔2016〕2559号: registration of a dwelling and of any other property, yuan each.
REGISTRATION_DWELLING, REGISTRATION_OTHER = Decimal(80), Decimal(550)
#: A notary's enforceable deed on the debt, only where the lender asks for one: 计价费〔1997〕285号; provinces since set their own.
NOTARY = Decimal("0.003")
#: Insurance of the building, a year, of its value: an estimate.
INSURANCE = Decimal("0.0005")


@dataclass(frozen=True, slots=True)
class MortgageCosts:
    """Yuan paid at first for valuation, notary and registration, and each year for insurance."""

    valuation: Decimal
    notary: Decimal
    registration: Decimal
    insurance: Decimal

    @property
    def parts(self) -> Mapping[str, Decimal]:
        """The costs by name, in the order they come."""
        named = {"valuation": self.valuation, "notary": self.notary, "registration": self.registration, "insurance": self.insurance}
        return MappingProxyType({name: amount for name, amount in named.items() if amount})


def valuation_fee(value: Decimal) -> Decimal:
    """The fee for valuing a property, each step of its value at the step's own rate."""
    if value < 0:
        raise ValueError(f"a value is not negative: {value}")
    fee, begin = ZERO, ZERO
    for up_to, rate in VALUATION_STEPS:
        end = value if up_to is None else min(value, up_to)
        fee += max(ZERO, end - begin) * rate
        begin = end
    return fen(fee)


def mortgage_costs(value: Decimal, loan: Decimal, *, dwelling: bool = False, notary: bool = True) -> MortgageCosts:
    """What a loan against a property worth `value` costs at most besides interest."""
    if loan < 0:
        raise ValueError(f"a loan is not negative: {loan}")
    return MortgageCosts(
        valuation=valuation_fee(value),
        notary=fen(loan * NOTARY) if notary else ZERO,
        registration=REGISTRATION_DWELLING if dwelling else REGISTRATION_OTHER,
        insurance=fen(value * INSURANCE),
    )


def fees_of(costs: MortgageCosts | None, months: int, *, guarantee_rate: Decimal = ZERO, deposit_share: Decimal = ZERO) -> Fees:
    """The fees of a loan over its term; insurance is bought for every year begun and paid at first."""
    if months < 1:
        raise ValueError(f"a term is at least one month: {months}")
    upfront = ZERO
    if costs is not None:
        years = -(-months // 12)
        upfront = costs.valuation + costs.notary + costs.registration + costs.insurance * years
    return Fees(upfront=upfront, guarantee_rate=guarantee_rate, deposit_share=deposit_share)
