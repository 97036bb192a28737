"""Entries: programmes, products and terms the advisor knows, each with its source, its validity and its rule.

One YAML file an entry, named by its id, under `knowledge/entries/<country>/<kind>/`. Unknown keys are errors.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field, field_validator, model_validator

from knowledge.conditions import All, Condition, Leaf, Not
from knowledge.firm import FactError, Text, spec_of
from knowledge.offer import Bilingual, Exact, Grant, LimitBasis, Offer, RateRange, Strict, Subsidy
from knowledge.reading import read_condition
from knowledge.regions import COUNTRY

__all__ = [
    "OFFERS", "SOON_DAYS", "Bilingual", "Case", "Entry", "Exact", "Grant", "Kind", "LimitBasis", "Offer", "Provider", "RateRange",
    "Region", "Response", "Source", "Standing", "Subsidy", "Validity", "Words", "allowed_keys",
]  # fmt: skip

#: Days before its end from which an entry says that it is ending.
SOON_DAYS = 45
_WHERE = Text("适用地区", "where it applies")


class Kind(StrEnum):
    PRODUCT = "product"
    GUARANTEE = "guarantee"
    SUBSIDY = "subsidy"
    TAX = "tax"
    PROGRAMME = "programme"
    DEFINITION = "definition"
    LENDER = "lender"


#: The kinds that offer a firm something it can apply for.
OFFERS = (Kind.PRODUCT, Kind.GUARANTEE, Kind.SUBSIDY, Kind.TAX, Kind.PROGRAMME)


class Standing(StrEnum):
    """Whether an entry is in force at a date: its own status first, then its validity range."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"


class Words(Strict):
    """Words by which owners call the entry; they feed the search."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Provider(Strict):
    """The lender or institution that offers the entry. `id` groups the products of one lender."""

    id: str
    name: Bilingual

    @property
    def lender(self) -> str | None:
        """Id of the entry of this lender; None where several institutions offer the thing."""
        return None if self.id == "various" else f"len-{self.id}"


class Source(Strict):
    """Where the entry's figures come from. `url` only for an official site."""

    issuer: Bilingual
    title: Bilingual | None = None
    number: str | None = None
    date: str | None = None
    url: str | None = None


class Validity(Strict):
    """Dates within which the terms hold; an open end is None. `inferred` says the end was worked out, not printed."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    inferred: bool = False


class Region(Strict):
    """Where the entry applies: GB/T 2260 code of the area, less the areas in `without`."""

    within: str
    without: tuple[str, ...] = ()

    @field_validator("within", "without")
    @classmethod
    def _are_codes(cls, value: Any) -> Any:
        for code in (value,) if isinstance(value, str) else value:
            spec_of("region").parse(code)
        return value


class Response(Strict):
    """A lender's clock: within how many days it says it answers, and where that is stated. No clock is stated when absent."""

    days: int = Field(gt=0)
    stated: Bilingual


class Case(Strict):
    """A worked example that the tests try: facts in, status out."""

    facts: dict[str, Any]
    status: Literal["eligible", "ineligible", "unknown"]
    on: date | None = None


class Entry(Strict):
    """One thing the advisor knows. `changed` tells, of terms that have ended, what they were and what holds now."""

    id: str = Field(pattern=r"^(def|tax|sub|gua|prg|prd|len)-[a-z0-9-]+$")
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
    changed: tuple[Bilingual, ...] = ()
    offer: Offer = Offer()
    documents: tuple[Bilingual, ...] = ()
    apply: Bilingual | None = None
    products: tuple[str, ...] = ()
    response: Response | None = None
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
        if self.kind is not Kind.LENDER and (self.products or self.response):
            raise ValueError("products, response: only a lender has them")
        return self

    @cached_property
    def rule(self) -> Condition | None:
        """The whole condition with the region put first; None when nothing can be tested on a firm."""
        parts: list[Condition] = []
        if self.region.within != COUNTRY:
            parts.append(Leaf("region", "within", self.region.within, _WHERE))
        parts.extend(Not(Leaf("region", "within", code, _WHERE)) for code in self.region.without)
        if self.when is not None:
            parts.append(self.when)
        return All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def standing(self, on: date) -> Standing:
        """Whether the entry is in force on a date.

        One that has been replaced or closed was in force until its last day, and never from the day this was checked on;
        without a last day nobody can say until when, and it counts as ended.
        """
        until = self.valid.until
        replaced = self.status in ("superseded", "closed") and (until is None or on >= self.checked)
        if replaced or (until is not None and on > until):
            return Standing.ENDED
        if self.valid.from_ is not None and on < self.valid.from_:
            return Standing.NOT_YET
        return Standing.IN_FORCE

    def ends_soon(self, on: date, within: int = SOON_DAYS) -> int | None:
        """Days left when the entry is in force and ends within so many days, the last day being 0; else None."""
        if self.valid.until is None or self.standing(on) is not Standing.IN_FORCE:
            return None
        left = (self.valid.until - on).days
        return left if left <= within else None


def allowed_keys(path: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that a mapping at a path of an entry may have; none where the model has no mapping."""
    model = _model_at(path)
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def _model_at(path: Sequence[str | int]) -> type[BaseModel] | None:
    model: type[BaseModel] | None = Entry
    for part in path:
        if isinstance(part, int):
            continue
        fields = model.model_fields if model else {}
        field = next((field for name, field in fields.items() if part in (name, field.alias)), None)
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, types.UnionType, Annotated):
        return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
    return None
