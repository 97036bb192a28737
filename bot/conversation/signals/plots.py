"""Each signal as one plot for a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from bot.conversation.plot import Plot, Point, Row
from bot.conversation.signals import month_plots
from bot.conversation.signals.axis import money_axis
from bot.conversation.signals.gathered import Gathered, Signal
from bot.conversation.signals.names import day_of_year, name_of
from bot.conversation.signals.words import whole
from bot.conversation.texts import say
from knowledge.formats import day, percent, plain, rough_money
from scoring.signals.outlook import Outlook
from scoring.signals.partners import Customers

#: Letters of a customer's name that a row has room for.
_NAME = 12
_ONE = Decimal(1)


def plot(signal: Signal, found: Gathered, finding: str, language: str) -> Plot:
    """The plot of a signal that can be told, under what it shows."""
    return _PLOTS[signal](found, finding, language)


def _customers(found: Gathered, finding: str, language: str) -> Plot:
    """Each customer's share of the sales; a share of all is the whole width."""
    seen = found.customers
    assert isinstance(seen, Customers)
    named = [(_short(name) or say("customers_largest", language), share) for name, share in seen.shares]
    rows = [
        Row(name, 0.0, float(share), percent(share, 1), "plain" if place else "good" if share <= _ONE / 2 else "poor")
        for place, (name, share) in enumerate(named)
    ]
    if seen.rest:
        rows.append(Row(say("customers_rest", language), 0.0, float(seen.rest), percent(seen.rest, 1), "faint"))
    notes = (say("customers_note", language),) if seen.largest[0] else ()
    return Plot(language, name_of(Signal.CUSTOMERS, language), finding, "customers.png", rows=tuple(rows), notes=notes)


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _margin(found: Gathered, finding: str, language: str) -> Plot:
    """From what was sold to what is left, each row beginning where the one before ends. A loss reaches below nought."""
    seen = found.margin
    parts: list[Row] = [Row(say("margin_sold", language), 0.0, 1.0, "100", "faint")]
    left = _ONE
    if seen.gross is not None:
        parts.append(_part("margin_cost", seen.gross, left, language))
        left = seen.gross
        if seen.net is None:
            parts.append(Row(say("margin_left", language), 0.0, _at(left), _hundred(left), "good" if left > 0 else "poor"))
    if seen.net is not None:
        parts.append(_part("margin_other", seen.net, left, language))
        key = "margin_profit" if seen.net >= 0 else "margin_loss"
        low, high = sorted((0.0, _at(seen.net)))
        parts.append(Row(say(key, language), low, high, _hundred(seen.net), "good" if seen.net >= 0 else "poor"))
    return Plot(language, name_of(Signal.MARGIN, language), finding, "margin.png", rows=_within(parts))


def _part(key: str, after: Decimal, before: Decimal, language: str) -> Row:
    low, high = sorted((_at(after), _at(before)))
    return Row(say(key, language), low, high, _hundred(before - after), "plain")


def _at(share: Decimal) -> float:
    """A place on a row's axis. A loss beyond all that was sold is drawn as that."""
    return float(max(min(share, _ONE), -_ONE))


def _hundred(share: Decimal) -> str:
    return plain((share * 100).quantize(Decimal("0.1")))


def _within(rows: list[Row]) -> tuple[Row, ...]:
    """Rows moved and scaled so that the widest reaches from 0 to 1."""
    low, high = min(row.start for row in rows), max(row.end for row in rows)
    width = (high - low) or 1.0
    return tuple(Row(row.label, (row.start - low) / width, (row.end - low) / width, row.text, row.tone) for row in rows)


def _cycle(found: Gathered, finding: str, language: str) -> Plot:
    """Stock, then receivables, one after the other on a line of days; suppliers are paid while they run, and the rest is the gap."""
    seen = found.cycle
    rows: list[Row] = []
    stock, receivable = seen.stock or Decimal(0), seen.receivable or Decimal(0)
    for key, start, days in (
        ("cycle_row_stock", Decimal(0), seen.stock),
        ("cycle_row_receivable", stock, seen.receivable),
        ("cycle_row_payable", Decimal(0), seen.payable),
    ):
        if days is not None:
            rows.append(Row(say(key, language), float(start), float(start + days), _of_days(days, language)))
    if seen.gap is not None and seen.payable is not None and seen.gap > 0:
        gap = Row(say("cycle_row_gap", language), float(seen.payable), float(stock + receivable), _of_days(seen.gap, language), "poor")
        rows.append(gap)
    notes = (say("cycle_note", language),)
    return Plot(language, name_of(Signal.CYCLE, language), finding, "cash-cycle.png", rows=_within(rows), notes=notes)


def _of_days(days: Decimal, language: str) -> str:
    return say("cycle_row_days", language, days=whole(days))


def _outlook(found: Gathered, finding: str, language: str) -> Plot:
    seen = found.outlook
    assert isinstance(seen, Outlook)
    axis = money_axis([end for week in seen.weeks for end in (week.low, week.high)], language)
    points = tuple(
        Point(
            day_of_year(week.last, language) if place % 3 == 0 else "",
            axis.at(week.low),
            axis.at(week.expected),
            axis.at(week.high),
            week is seen.lowest,
        )
        for place, week in enumerate(seen.weeks)
    )
    began = {"day": day(seen.weeks[0].first - timedelta(days=1), language), "opening": rough_money(seen.opening, language)}
    season = say("outlook_seasonal" if seen.seasonal else "outlook_plain", language)
    return Plot(
        language,
        name_of(Signal.OUTLOOK, language),
        finding,
        "cash-outlook.png",
        unit=say("plot_what_in", language, what=say("outlook_unit", language), unit=axis.unit),
        points=points,
        ticks=axis.ticks,
        legend=(
            ("plain", say("outlook_expected", language)),
            ("faint", say("outlook_band", language)),
            ("poor", say("outlook_lowest", language)),
        ),
        notes=(say("outlook_note", language, **began), season),
    )


_PLOTS: Mapping[Signal, Callable[[Gathered, str, str], Plot]] = {
    Signal.OUTLOOK: _outlook,
    Signal.INFLOW: month_plots.inflow,
    Signal.SEASONS: month_plots.seasons,
    Signal.GROWTH: month_plots.growth,
    Signal.CUSTOMERS: _customers,
    Signal.VOIDS: month_plots.voids,
    Signal.MARGIN: _margin,
    Signal.CYCLE: _cycle,
}
