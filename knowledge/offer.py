"""What an entry gives: amounts, rates, terms, subsidies, and who bears which share of a loss.

Money is yuan, rates and shares are fractions, durations are months. Absent means that the source does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from knowledge.conditions import Condition, Truth, try_on
from knowledge.firm import FactValue
from knowledge.reading import read_condition


def _as_decimal(raw: Any) -> Any:
    """YAML writes numbers as floats; go through their text so that 0.035 stays exact."""
    return Decimal(str(raw)) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


Exact = Annotated[Decimal, BeforeValidator(_as_decimal)]
#: A rate or a share: 1.5 % is 0.015, so that more than 1 is a percentage written as a number.
Fraction = Annotated[Exact, Field(ge=0, le=1)]
#: Yuan, and whole months.
Yuan = Annotated[Exact, Field(ge=0)]
Months = Annotated[int, Field(ge=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Bilingual(Strict):
    """A text in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class RateRange(Strict):
    """Annual interest rates a source states, as fractions; an end that no source states is None."""

    low: Fraction | None = None
    high: Fraction | None = None


class Subsidy(Strict):
    """Interest subsidy: percentage points a year or a share of the interest, with its caps."""

    points: Fraction | None = None
    share: Fraction | None = None
    months: Months | None = None
    principal_cap: Yuan | None = None
    amount_cap: Yuan | None = None


class Grant(Strict):
    """Money paid once: a sum a firm, or a sum for each person of a fact such as graduate_hires_12m."""

    amount: Yuan | None = None
    per_head: Yuan | None = None
    heads: Literal["new_hires_12m", "graduate_hires_12m"] | None = None


class LimitBasis(Strict):
    """A way to work out a likely limit: a named formula and its factor (see scoring.limits)."""

    basis: Literal[
        "revenue_share",
        "invoiced_share",
        "inflow_multiple",
        "tax_multiple",
        "platform_share",
        "export_share",
        "collateral_ltv",
        "order_advance",
        "receivable_advance",
        "inventory_haircut",
        "loan_renewed",
    ]
    factor: Exact


class Quote(Strict):
    """A figure as one source states it, where sources disagree; `date` is that source's own."""

    of: Literal["cap", "term_months", "rate"]
    value: Exact
    date: str | None = None


class Bearer(Strict):
    """Who bears a share of a loss on the loan. `at_least` and `at_most` say that the share is a bound, not the share itself."""

    who: Literal["bank", "guarantor", "provincial_guarantor", "national_fund", "government", "pool"]
    share: Fraction
    bound: Literal["exact", "at_least", "at_most"] = "exact"
    loan_up_to: Yuan | None = None


class Fee(Strict):
    """What a platform keeps of the money raised, as a fraction."""

    of_raised: Exact = Field(ge=0, lt=1)


class Terms(Strict):
    """Figures that differ for some firms: the first whose condition a firm meets replaces those of the offer."""

    when: Condition
    cap: Yuan | None = None
    term_months: Months | None = None
    subsidy: Subsidy | None = None

    @field_validator("when", mode="before")
    @classmethod
    def _read_when(cls, raw: Any) -> Any:
        return read_condition(raw, "terms.when")


class Offer(Strict):
    """What an entry gives. Where sources disagree `cap`, `term_months` and `rate` keep to the careful end, and `quoted` has them all."""

    mechanism: str | None = None
    cap: Yuan | None = None
    term_months: Months | None = None
    rate: RateRange | None = None
    guarantee_fee: Fraction | None = None
    limit: tuple[LimitBasis, ...] = ()
    subsidy: Subsidy | None = None
    grant: Grant | None = None
    tax_rate: Fraction | None = None
    relief: Fraction | None = None
    fee: Fee | None = None
    risk: tuple[Bearer, ...] = ()
    quoted: tuple[Quote, ...] = ()
    terms: tuple[Terms, ...] = ()

    @model_validator(mode="after")
    def _shares_add_up(self) -> Offer:
        exact = [bearer.share for bearer in self.risk if bearer.bound == "exact" and bearer.loan_up_to is None]
        if sum(exact, Decimal(0)) > 1:
            raise ValueError("risk: the shares come to more than the whole loss")
        return self

    def for_firm(self, facts: Mapping[str, FactValue], on: date) -> Offer:
        """The offer with the figures that hold for a firm on a date; those of everybody while it is not known to be a special case."""
        for terms in self.terms:
            if try_on(terms.when, facts, on).truth is Truth.TRUE:
                stated = {name: getattr(terms, name) for name in ("cap", "term_months", "subsidy")}
                return self.model_copy(update={name: value for name, value in stated.items() if value is not None})
        return self

    def range_of(self, of: str) -> tuple[Decimal, Decimal] | None:
        """Least and greatest figure the sources state, where they disagree."""
        values = [quote.value for quote in self.quoted if quote.of == of]
        return (min(values), max(values)) if values else None
