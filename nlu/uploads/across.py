"""Whether several files of one firm agree: statement against tax return against bank flow against invoices.

Pure. What does not agree is a failed check with the likely reason; which of the files is wrong only their owner can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, permutations

from nlu.uploads.across_words import tell
from nlu.uploads.document import Check, Document, Period, Sentence
from nlu.uploads.flows.preamble import is_firm
from nlu.uploads.flows.series import SalesSeries, Series

#: Accounts that money comes in on. A firm may have several, and none of them shows everything.
FLOWS = frozenset({Document.BANK_STATEMENT, Document.PAYMENT_BILL})

#: The same figure for the same time: statements that round to 千元 or 万元 differ by less.
_SAME = Decimal("0.01")
#: Invoices and declared sales of the very same months as the books: a few are dated across the end of the year.
_SAME_MONTHS = Decimal("1.05")
#: Invoices of about the same year: a quarter's shift in a business that grows or shrinks.
_ABOUT_SAME_YEAR, _QUARTER = Decimal("1.15"), timedelta(days=92)
#: Shop sales are with tax of up to 13 %, the books are without; the rest is the shift.
_WITH_TAX = Decimal("1.25")
#: Money in against sales: tax, prepayments and customers who pay months later stay well within half and double.
_DOUBLE = Decimal(2)
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in yuan and the time it is of."""

    yuan: Decimal
    time: Period


@dataclass(frozen=True)
class Stated:
    """What one file states: its amounts by fact. One whose time is not known is left out."""

    document: Document
    facts: Mapping[str, Amount]
    holder: str | None = None
    series: Series | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Contradiction:
    """A failed check over several files, by their places in the sequence; `check.doubts` has the most doubtful fact first."""

    files: tuple[int, ...]
    check: Check


def across(files: Sequence[Stated]) -> tuple[Contradiction, ...]:
    """What in these files cannot all be right."""
    numbers = range(len(files))
    ways = [(pair, _MUTUAL) for pair in combinations(numbers, 2)] + [(pair, _ONE_WAY) for pair in permutations(numbers, 2)]
    found = [Contradiction(pair, check) for pair, rules in ways for rule in rules for check in rule(*(files[index] for index in pair))]
    return (*found, *_against_inflow(files))


def _same_fact(one: Stated, other: Stated) -> Iterator[Check]:
    """One figure of one time in two files. What one account shows need not be what another does."""
    if not {one.document, other.document} & FLOWS:
        for name in one.facts:
            yield from _differing(one, other, name, name)


def _year_before(one: Stated, other: Stated) -> Iterator[Check]:
    """The year before in one file is the year in the other."""
    yield from _differing(one, other, "previous_revenue", "annual_revenue")


def _differing(one: Stated, other: Stated, name: str, twin: str) -> Iterator[Check]:
    value, again = one.facts.get(name), other.facts.get(twin)
    if value and again and value.time == again.time and abs(again.yuan - value.yuan) > _SAME * max(abs(again.yuan), abs(value.yuan)):
        yield _failed("same_figure", one, other, value, again, twin, (name, twin))


def _cash_on_account(one: Stated, other: Stated) -> Iterator[Check]:
    """One account cannot hold more than all accounts did on the same day."""
    account, whole = one.facts.get("cash"), other.facts.get("cash")
    if one.document not in FLOWS or other.document in FLOWS or not account or not whole:
        return
    if account.time.last == whole.time.last and account.yuan > whole.yuan * (1 + _SAME):
        yield _failed("account_cash", one, other, account, whole, "cash", ("cash",))


def _invoices(one: Stated, other: Stated) -> Iterator[Check]:
    """More was invoiced than the books say was sold. Less is usual: not every sale is invoiced."""
    revenue = other.facts.get("annual_revenue")
    if one.document is not Document.INVOICE_LIST or not revenue:
        return
    invoiced, allowed = _over(one.series, revenue.time), _SAME_MONTHS
    if not invoiced:
        invoiced, allowed = one.facts.get("invoiced_sales"), _ABOUT_SAME_YEAR
    if invoiced and _about(invoiced, revenue) and invoiced.yuan > revenue.yuan * allowed:
        yield _failed("invoiced", one, other, invoiced, revenue, "annual_revenue", ("annual_revenue", "invoiced_sales"))


def _declared(one: Stated, other: Stated) -> Iterator[Check]:
    """Declared sales of a month against the year's books and the month's invoices."""
    sales, revenue = one.facts.get("monthly_sales"), other.facts.get("annual_revenue")
    if one.document is not Document.VAT_RETURN or not sales:
        return
    if revenue and revenue.time.first <= sales.time.first <= revenue.time.last and sales.yuan > revenue.yuan * _SAME_MONTHS:
        yield _failed("declared", one, other, sales, revenue, "annual_revenue", ("monthly_sales", "annual_revenue"))
    invoiced = _over(other.series, sales.time)
    if invoiced and invoiced.yuan > sales.yuan * _SAME_MONTHS:
        yield _failed("undeclared", one, other, sales, invoiced, "invoiced_sales", ("monthly_sales",))


def _shop(one: Stated, other: Stated) -> Iterator[Check]:
    """The shop alone sold more than the books say the whole firm did."""
    sales, revenue = one.facts.get("platform_sales"), other.facts.get("annual_revenue")
    if sales and revenue and _about(sales, revenue) and sales.yuan > revenue.yuan * _WITH_TAX:
        yield _failed("shop", one, other, sales, revenue, "annual_revenue", ("annual_revenue", "platform_sales"))


def _holders(one: Stated, other: Stated) -> Iterator[Check]:
    """Files of two firms. A person's account beside a firm's books is common and says nothing."""
    if is_firm(one.holder) and is_firm(other.holder):
        first, second = _plain(one.holder), _plain(other.holder)
        if first not in second and second not in first:
            names = Sentence(f"“{one.holder}”和“{other.holder}”", f"“{one.holder}” and “{other.holder}”")
            zh = f"两份文件上的名字不一样：{names.zh}。可能发错了一份，或者是关联的两家。"
            en = f"The files name two firms: {names.en}. One may be the wrong file, or the firms belong together."
            yield Check("across_holders", False, Sentence(zh, en), tuple(dict.fromkeys((*other.facts, *one.facts))))


_Rule = Callable[[Stated, Stated], Iterator[Check]]
_MUTUAL: tuple[_Rule, ...] = (_same_fact, _holders)
_ONE_WAY: tuple[_Rule, ...] = (_year_before, _cash_on_account, _invoices, _declared, _shop)


def _against_inflow(files: Sequence[Stated]) -> Iterator[Contradiction]:
    """The money that came in on all accounts together, against the year's sales by the books and by the invoices."""
    accounts = {index: file.facts["monthly_inflow"] for index, file in enumerate(files) if file.document in FLOWS and _has_inflow(file)}
    if not accounts:
        return
    newest = max(accounts, key=lambda index: accounts[index].time.last)
    together = tuple(index for index, inflow in accounts.items() if overlap(inflow.time, accounts[newest].time))
    a_year = Amount(12 * sum((accounts[index].yuan for index in together), Decimal(0)), accounts[newest].time)
    for index, file in enumerate(files):
        for name in ("annual_revenue", "invoiced_sales"):
            sales = file.facts.get(name)
            if sales is None or file.document in FLOWS or abs(sales.time.last - a_year.time.last) > _YEAR:
                continue
            low, high = a_year.yuan * _DOUBLE < sales.yuan, name == "annual_revenue" and a_year.yuan > sales.yuan * _DOUBLE
            if low or high:
                key = "inflow_low" if low else "inflow_high"
                yield Contradiction((*together, index), _failed(key, files[newest], file, a_year, sales, name, ("monthly_inflow", name)))


def _has_inflow(file: Stated) -> bool:
    return "monthly_inflow" in file.facts


def overlap(one: Period | None, other: Period | None) -> bool:
    """Whether two times have a day in common."""
    return one is not None and other is not None and one.first <= other.last and other.first <= one.last


def _failed(name: str, one: Stated, other: Stated, value: Amount, again: Amount, fact: str, doubts: tuple[str, ...]) -> Check:
    said = tell(name, (one.document, other.document), value.yuan, again.yuan, value.time, fact)
    return Check(f"across_{name}", False, said, tuple(dict.fromkeys(doubts)))


def _over(series: Series | None, time: Period) -> Amount | None:
    """What was invoiced to customers in a time, None unless the list has all of its months in full."""
    if not isinstance(series, SalesSeries) or series.what != "output_invoices":
        return None
    within = [month for month in series.months if time.first <= month.month <= time.last]
    count = (time.last.year - time.first.year) * 12 + time.last.month - time.first.month + 1
    whole = time.first.day == 1 and (time.last + timedelta(days=1)).day == 1
    if not whole or len(within) != count or not all(month.full for month in within):
        return None
    return Amount(sum((month.amount for month in within), Decimal(0)), time)


def _about(one: Amount, other: Amount) -> bool:
    return abs(one.time.last - other.time.last) <= _QUARTER


def _plain(holder: str | None) -> str:
    """A firm's name without what is written now one way, now another."""
    return "".join(letter for letter in (holder or "").casefold() if letter.isalnum())
