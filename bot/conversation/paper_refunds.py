"""A list of refunds in a file of its own, taken off the orders that it names, whichever of the two came first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.conversation.papers import SALES, Held, Item, OwnerPaper
from bot.conversation.texts import say
from knowledge.formats import money
from nlu.uploads.document import Sentence
from nlu.uploads.flows.series import RefundSeries, SalesSeries

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Netted:
    """Orders net of refunds: what was taken off by month in yuan, and how many refunds belong to these orders, of how many."""

    series: SalesSeries
    taken: Mapping[date, Decimal]
    met: int
    of: int

    @property
    def fits(self) -> bool:
        """Whether no month gave back more than it sold."""
        return all(one.amount >= 0 for one in self.series.months if one.month in self.taken)

    @property
    def total(self) -> Decimal:
        return sum(self.taken.values(), _NOTHING)


def netted(series: SalesSeries, refunds: RefundSeries) -> Netted:
    """The orders without what was given back of them. An order that has been met once is not met again."""
    months = {mark: month for month, marks in series.orders for mark in marks}
    taken: dict[date, Decimal] = {}
    met = set()
    for mark, amount in refunds.refunds:
        if mark in months:
            met.add(mark)
            taken[months[mark]] = taken.get(months[mark], _NOTHING) + amount
    sums = tuple(replace(one, amount=one.amount - taken.get(one.month, _NOTHING)) for one in series.months)
    orders = tuple((month, tuple(mark for mark in marks if mark not in met)) for month, marks in series.orders)
    return Netted(replace(series, months=sums, orders=orders), taken, len(met), len(refunds.refunds))


def with_refunds(papers: Sequence[OwnerPaper], paper: OwnerPaper) -> OwnerPaper:
    """Orders net of the lists of refunds that came before, or a list of refunds as the orders before it net of it."""
    if isinstance(paper.series, RefundSeries):
        return _of_list(papers, paper, paper.series)
    for other in papers:
        if isinstance(paper.series, SalesSeries) and isinstance(other.series, RefundSeries):
            paper = _net(paper, netted(paper.series, other.series))
    return paper


def _of_list(papers: Sequence[OwnerPaper], paper: OwnerPaper, refunds: RefundSeries) -> OwnerPaper:
    orders = [one for one in papers if isinstance(one.series, SalesSeries) and one.series.orders and not _is_left_out(one)]
    found = [(one, netted(one.series, refunds)) for one in orders if isinstance(one.series, SalesSeries)]
    best = max(found, key=lambda pair: pair[1].met, default=None)
    if best is None:
        return paper
    before, net = best
    if not net.met or not net.fits:
        return replace(paper, remarks=(_said("refunds_too_many" if net.met else "refunds_unmet", net),))
    items = tuple(replace(item, held=None) for item in before.items)
    whole = replace(paper, items=items, period=before.period, holder=before.holder, remarks=(), joined=(before.id,))
    return _net(whole, net)


def _is_left_out(paper: OwnerPaper) -> bool:
    item = paper.item(SALES)
    return item is not None and item.held is Held.OUT and not item.typed


def _net(paper: OwnerPaper, net: Netted) -> OwnerPaper:
    """The paper with its sales net; as it is where no refund is of its orders, or where more came back than was sold."""
    item = paper.item(SALES)
    if not net.met:
        return paper
    if not net.fits:
        return replace(paper, remarks=(_said("refunds_too_many", net), *paper.remarks))
    if item is not None:
        left = _value(item) - sum((taken for month, taken in net.taken.items() if _is_of(item, month)), _NOTHING)
        paper = paper.having(replace(item, value=left))
    return replace(paper, series=net.series, remarks=(_said("refunds_taken", net), *paper.remarks))


def _value(item: Item) -> Decimal:
    return item.value if isinstance(item.value, Decimal) else _NOTHING


def _is_of(item: Item, month: date) -> bool:
    return item.period is None or item.period.first <= month <= item.period.last


def _said(key: str, net: Netted) -> Sentence:
    texts = (say(key, language, met=net.met, amount=money(net.total, language), rest=net.of - net.met) for language in ("zh", "en"))
    return Sentence(*texts)
