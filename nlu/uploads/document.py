"""What was read from a file: figures with their evidence, what adds up and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from knowledge.firm import FactValue
from nlu.uploads.grid import At, Cutting, Opened

if TYPE_CHECKING:
    from nlu.uploads.flows.series import Series


class Document(StrEnum):
    """What a file is about, whatever program wrote it."""

    FINANCIAL_STATEMENTS = "financial_statements"
    BALANCE_SHEET = "balance_sheet"
    INCOME_STATEMENT = "income_statement"
    TRIAL_BALANCE = "trial_balance"
    VAT_RETURN = "vat_return"
    PROFIT_TAX_RETURN = "profit_tax_return"
    BANK_STATEMENT = "bank_statement"
    PAYMENT_BILL = "payment_bill"
    SHOP_ORDERS = "shop_orders"
    INVOICE_LIST = "invoice_list"
    RECEIVABLES_AGEING = "receivables_ageing"
    STOCK_LIST = "stock_list"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that figures are of: a year, a quarter, a month, or any days; for a balance both days are the same."""

    first: date
    last: date

    def __str__(self) -> str:
        return str(self.last) if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to an owner in both languages."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact of the firm as a file states it. `at` has every cell that it was made from, `label` the words beside the first.

    Amounts are yuan; `unit` is what the file's figures were multiplied by (10000 for 万元).
    """

    fact: str
    value: FactValue
    label: str
    at: tuple[At, ...]
    period: Period | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as it was checked, so that it can be tried again when a figure in it turns out to be another.

    The facts in it, each with its weight, and the `rest` of its lines come to nought within `tolerance`, in yuan. `total` is what the
    file calls the sum.
    """

    terms: tuple[tuple[int, str], ...]
    rest: Decimal
    tolerance: Decimal
    total: str = ""

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(fact for _, fact in self.terms)

    def gap(self, values: Mapping[str, Decimal]) -> Decimal:
        """By how much it is out with these values of its facts."""
        return sum((weight * values[fact] for weight, fact in self.terms), self.rest)

    def scaled(self, factor: Decimal) -> Sum:
        """The same sum counted in another unit."""
        return Sum(self.terms, self.rest * factor, self.tolerance * factor, self.total)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must add up. `doubts` names the facts that stay unused until the owner has settled it; empty when `ok`."""

    name: str
    ok: bool
    detail: Sentence
    doubts: tuple[str, ...] = ()
    #: how it can be tried again, where it is a sum with facts in it
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The row of a photo in which a figure of a fact stands, for its owner to compare. A figure of several rows has several strips."""

    fact: str
    cutting: Cutting


@dataclass(frozen=True)
class Findings:
    """What one reader made of a file: at most one figure a fact, the latest period's."""

    document: Document
    figures: tuple[Figure, ...] = ()
    checks: tuple[Check, ...] = ()
    period: Period | None = None
    #: The firm or account holder that the file names; to be compared, never shown to others.
    holder: str | None = None
    #: Month by month, or by age or item, where the file is such a list.
    series: Series | None = None
    #: What its owner should know about the reading although nothing is wrong: a period that is no year, a form without figures.
    notes: tuple[Sentence, ...] = ()
    #: The facts that sums vouch for: every line that they were made of stands in a sum that holds, and in none that fails.
    #: Needed only where the file was seen by a camera; what is printed in a file is what it says.
    vouched: tuple[str, ...] = ()
    #: Where the file was seen by a camera, what the camera saw of the figures; in memory only, never kept.
    strips: tuple[Strip, ...] = field(default=(), repr=False)

    @property
    def facts(self) -> dict[str, FactValue]:
        """The facts that no failed check doubts."""
        doubted = {name for check in self.checks if not check.ok for name in check.doubts}
        return {figure.fact: figure.value for figure in self.figures if figure.fact not in doubted}


class TableReader(Protocol):
    """Reads one kind of document. Found by what is in the file, never by its name or by row numbers."""

    def __call__(self, opened: Opened, today: date) -> Findings | None:
        """What it found, or None when the file is of another kind. Never raises on any table."""
        ...


class UnreadableError(ValueError):
    """A file that cannot be read; `sentence` says to its owner why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.sentence = sentence


def total(figures: Mapping[str, Decimal], *names: str) -> Decimal | None:
    """The sum of figures that are all known, else None."""
    known = [figures[name] for name in names if name in figures]
    return sum(known, Decimal(0)) if len(known) == len(names) else None
