"""From the owner's papers to what signals are worked out from. A paper speaks while the figure that it was sent for is in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.conversation.paper_joins import whole_of
from bot.conversation.papers import Held, OwnerPaper
from bot.conversation.points import differ
from knowledge.firm import Firm, Provenance
from nlu.uploads.across import overlap
from nlu.uploads.flows.series import FlowSeries, MonthSales, SalesSeries
from scoring.signals.partners import MonthCount
from scoring.signals.series import Account, DaySum, MonthSum, full_months

_USED = frozenset({Held.FILE, Held.SUM})
_YEAR = 12


@dataclass(frozen=True)
class Sales:
    """Sales by month, with what goes with a list of invoices: its customers and how many were voided, as far as confirmed."""

    months: tuple[MonthSum, ...]
    partners: tuple[tuple[str, Decimal], ...] = ()
    #: what all customers bought, in yuan, where only the largest are kept
    whole: Decimal | None = None
    counts: tuple[MonthCount, ...] = ()


@dataclass(frozen=True)
class Sources:
    """What the confirmed papers of an owner have to say; None where there is no such paper."""

    account: Account | None = None
    shop: Sales | None = None
    invoices: Sales | None = None

    @property
    def speak(self) -> bool:
        return not (self.account is None and self.shop is None and self.invoices is None)


def sources(papers: Sequence[OwnerPaper]) -> Sources:
    """The firm's accounts together, its shop's orders and its invoices: of several lists the one that ends last."""
    return Sources(
        _account(papers),
        _sales(_latest(papers, "shop_orders", "platform_sales")),
        _sales(_latest(papers, "output_invoices", "invoiced_sales")),
    )


def _speaks(paper: OwnerPaper, fact: str) -> bool:
    """Whether a paper's series can be believed: its main figure is in use, or it has none and its owner said that it is right."""
    item = paper.item(fact)
    if item is not None:
        return item.held in _USED
    return paper.confirmed or any(item.held in _USED for item in paper.items)


def overruled(papers: Sequence[OwnerPaper], firm: Firm) -> tuple[str, ...]:
    """Facts taken from a paper that its owner has said otherwise since: what the paper shows still goes by the paper."""
    found: list[str] = []
    for paper in papers:
        for item in paper.items if paper.series is not None else ():
            known = firm.fact(item.fact)
            said = known is not None and known.source is Provenance.SAID
            if known is not None and said and item.held in _USED and differ(known.value, item.value):
                found.append(item.fact)
    return tuple(dict.fromkeys(found))


# -- accounts ------------------------------------------------------------------------------------------------------------------


def _account(papers: Sequence[OwnerPaper]) -> Account | None:
    """The account whose statement ends last, with those that its owner added up with it."""
    known = [(paper, whole) for paper in papers if _speaks(paper, "monthly_inflow") and (whole := whole_of(papers, paper)) is not None]
    if not known:
        return None
    newest, latest = max(known, key=lambda one: (one[1].period.last, papers.index(one[0])))
    together = [whole for paper, whole in known if paper is newest or (_summed(newest, paper) and overlap(latest.period, whole.period))]
    return _joined([_of(whole.series) for whole in together])


def _until(paper: OwnerPaper) -> int:
    return paper.period.last.toordinal() if paper.period else 0


def _summed(*papers: OwnerPaper) -> bool:
    items = (paper.item("monthly_inflow") for paper in papers)
    return all(item is not None and item.held is Held.SUM for item in items)


def _of(series: FlowSeries) -> Account:
    return Account(
        tuple(MonthSum(one.month, one.inflow, one.full) for one in series.months),
        tuple(MonthSum(one.month, one.outflow, one.full) for one in series.months),
        tuple(DaySum(one.day, one.inflow, one.outflow, one.repaid) for one in series.days),
        series.since,
        series.until,
        series.last_balance,
    )


def _joined(accounts: Sequence[Account]) -> Account:
    """Several accounts as one, over the time that all of them cover. Balances of different days do not add up."""
    first = accounts[0]
    if len(accounts) == 1:
        return first
    spans = [(one.since, one.until) for one in accounts if one.since is not None and one.until is not None]
    inflow, outflow = _added([one.inflow for one in accounts]), _added([one.outflow for one in accounts])
    if len(spans) < len(accounts) or (since := max(begin for begin, _ in spans)) > (until := min(end for _, end in spans)):
        return Account(inflow, outflow)
    days = tuple(day for one in accounts for day in one.days if since <= day.day <= until)
    balances = [one.balance for one in accounts if one.balance is not None]
    same_day = len(balances) == len(accounts) and len({end for _, end in spans}) == 1
    return Account(inflow, outflow, days, since, until, sum(balances, Decimal(0)) if same_day else None)


def _added(parts: Sequence[Sequence[MonthSum]]) -> tuple[MonthSum, ...]:
    """The months that all parts have, added up; full where they are full in each."""
    by_month = [{one.month: one for one in part} for part in parts]
    shared = sorted(set.intersection(*(set(one) for one in by_month)))
    return tuple(
        MonthSum(month, sum((one[month].amount for one in by_month), Decimal(0)), all(one[month].full for one in by_month))
        for month in shared
    )


# -- sales ---------------------------------------------------------------------------------------------------------------------


def _latest(papers: Iterable[OwnerPaper], what: str, fact: str) -> OwnerPaper | None:
    found = [paper for paper in papers if isinstance(paper.series, SalesSeries) and paper.series.what == what and _speaks(paper, fact)]
    return max(found, key=_until, default=None)


def _sales(paper: OwnerPaper | None) -> Sales | None:
    if paper is None or not isinstance(paper.series, SalesSeries):
        return None
    months = paper.series.months
    found = Sales(tuple(MonthSum(one.month, one.amount, one.full) for one in months))
    largest, voided = paper.item("largest_customer_share"), paper.item("void_invoice_rate")
    if largest is not None and largest.held in _USED and paper.series.partners and isinstance(largest.value, Decimal) and largest.value > 0:
        found = replace(found, partners=paper.series.partners, whole=paper.series.partners[0][1] / largest.value)
    if voided is not None and voided.held in _USED:
        found = replace(found, counts=_counts(months, found.months))
    return found


def _counts(months: Sequence[MonthSales], sums: Sequence[MonthSum]) -> tuple[MonthCount, ...]:
    """Invoices of the months that the confirmed rate is of: the last twelve full ones, all where none is."""
    full = {one.month for one in full_months(sums)[-_YEAR:]}
    return tuple(MonthCount(one.month, one.count, one.void) for one in months if not full or one.month in full)
