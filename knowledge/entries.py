"""Entries: programmes, products and terms the advisor knows, each with its source, its validity and its rule.

One YAML file an entry, named by its id, under `knowledge/entries/<country>/<kind>/`. Unknown keys are errors.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from knowledge.conditions import All, Condition, Leaf, Not
from knowledge.firm import FactError, spec_of
from knowledge.reading import read_condition
from knowledge.regions import COUNTRY


class Kind(StrEnum):
    PRODUCT = "product"
    GUARANTEE = "guarantee"
    SUBSIDY = "subsidy"
    TAX = "tax"
    PROGRAMME = "programme"
    DEFINITION = "definition"


class Standing(StrEnum):
    """Whether an entry is in force at a date: its own status first, then its validity range."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"


def _as_decimal(raw: Any) -> Any:
    """YAML writes numbers as floats; go through their text so that 0.035 stays exact."""
    return Decimal(str(raw)) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


Exact = Annotated[Decimal, BeforeValidator(_as_decimal)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Bilingual(_Strict):
    """A text in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


class Words(_Strict):
    """Words by which owners call the entry; they feed the search."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Provider(_Strict):
    """The lender or institution that offers the entry. `id` groups the products of one lender."""

    id: str
    name: Bilingual


class Source(_Strict):
    """Where the entry's figures come from. `url` only for an official site."""

    issuer: Bilingual
    title: Bilingual | None = None
    number: str | None = None
    date: str | None = None
    url: str | None = None


class Validity(_Strict):
    """Dates within which the terms hold; an open end is None. `inferred` says the end was worked out, not printed."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    inferred: bool = False


class Region(_Strict):
    """Where the entry applies: GB/T 2260 code of the area, less the areas in `without`."""

    within: str
    without: tuple[str, ...] = ()

    @field_validator("within", "without")
    @classmethod
    def _are_codes(cls, value: Any) -> Any:
        for code in (value,) if isinstance(value, str) else value:
            spec_of("region").parse(code)
        return value


class RateRange(_Strict):
    """Annual interest rates a source states, as fractions; an end that no source states is None."""

    low: Exact | None = None
    high: Exact | None = None


class Subsidy(_Strict):
    """Interest subsidy: percentage points a year or a share of the interest, with its caps."""

    points: Exact | None = None
    share: Exact | None = None
    months: int | None = None
    principal_cap: Exact | None = None
    amount_cap: Exact | None = None


class Grant(_Strict):
    """Money paid once: a sum a firm, or a sum for each person of a fact such as graduate_hires_12m."""

    amount: Exact | None = None
    per_head: Exact | None = None
    heads: Literal["new_hires_12m", "graduate_hires_12m"] | None = None


class LimitBasis(_Strict):
    """A way to work out a likely limit: a named formula and its factor (see scoring.limits)."""

    basis: Literal[
        "revenue_share",
        "invoiced_share",
        "inflow_multiple",
        "tax_multiple",
        "platform_share",
        "collateral_ltv",
        "order_advance",
        "receivable_advance",
        "inventory_haircut",
    ]
    factor: Exact


class Offer(_Strict):
    """What an entry gives, in yuan, fractions a year and months. Absent means the source does not say."""

    mechanism: str | None = None
    cap: Exact | None = None
    term_months: int | None = None
    rate: RateRange | None = None
    guarantee_fee: Exact | None = None
    limit: tuple[LimitBasis, ...] = ()
    subsidy: Subsidy | None = None
    grant: Grant | None = None
    tax_rate: Exact | None = None
    relief: Exact | None = None


class Case(_Strict):
    """A worked example that the tests try: facts in, status out."""

    facts: dict[str, Any]
    status: Literal["eligible", "ineligible", "unknown"]
    on: date | None = None


class Entry(_Strict):
    """One thing the advisor knows."""

    id: str = Field(pattern=r"^(def|tax|sub|gua|prg|prd)-[a-z0-9-]+$")
    kind: Kind
    status: Literal["in_force", "superseded", "closed", "unconfirmed"]
    confidence: Literal["high", "medium"]
    audience: Literal["owner", "lender"] = "owner"
    name: Bilingual
    also: Words = Words()
    summary: Bilingual
    provider: Provider | None = None
    source: Source
    valid: Validity = Validity()
    checked: date
    replaced_by: str | None = None
    region: Region = Region(within=COUNTRY)
    when: Condition | None = None
    confirm: tuple[Bilingual, ...] = ()
    offer: Offer = Offer()
    documents: tuple[Bilingual, ...] = ()
    apply: Bilingual | None = None
    cases: tuple[Case, ...] = ()

    @field_validator("when", mode="before")
    @classmethod
    def _read_when(cls, raw: Any) -> Any:
        return None if raw is None else read_condition(raw)

    @field_validator("cases")
    @classmethod
    def _cases_use_the_vocabulary(cls, cases: tuple[Case, ...]) -> tuple[Case, ...]:
        for case in cases:
            for name, raw in case.facts.items():
                try:
                    spec_of(name).parse(raw)
                except FactError as error:
                    raise ValueError(str(error)) from error
        return cases

    @model_validator(mode="after")
    def _dates_and_sources_agree(self) -> Entry:
        if self.valid.from_ and self.valid.until and self.valid.from_ > self.valid.until:
            raise ValueError("valid: `from` is after `until`")
        if self.kind is Kind.PRODUCT and self.provider is None:
            raise ValueError("provider: a product names who offers it")
        return self

    @cached_property
    def rule(self) -> Condition | None:
        """The whole condition with the region put first; None when nothing can be tested on a firm."""
        parts: list[Condition] = []
        if self.region.within != COUNTRY:
            parts.append(Leaf("region", "within", self.region.within))
        parts.extend(Not(Leaf("region", "within", code)) for code in self.region.without)
        if self.when is not None:
            parts.append(self.when)
        return All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def standing(self, on: date) -> Standing:
        """Whether the entry is in force on a date."""
        if self.status in ("superseded", "closed") or (self.valid.until is not None and on > self.valid.until):
            return Standing.ENDED
        if self.valid.from_ is not None and on < self.valid.from_:
            return Standing.NOT_YET
        return Standing.IN_FORCE
