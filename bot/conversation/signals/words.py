"""What each signal shows, in words: the finding first, then what has to be known about it; and what would tell the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from bot.conversation.signals.gathered import Gathered, Of, Signal
from bot.conversation.signals.names import month_name, month_of_year, name_of, span_of, week_of_year, what_of
from bot.conversation.texts import joined, say
from knowledge.formats import fact_label, money, percent, plain, rough_money
from scoring.signals.cycle import Cycle
from scoring.signals.monthly import Monthly, Seasons
from scoring.signals.series import Lacking, MonthSum, Need

#: So many months of a kind are named; the rest is in the picture.
_NAMED = 3
_HALF = Decimal("0.5")
_SMALL = Decimal("0.005")


def finding(signal: Signal, found: Gathered, language: str, entry_name: str = "") -> str:
    """What a signal that can be told shows. `entry_name` is the entry of the financing that fits the cash cycle."""
    return _stuck_together(_FINDINGS[signal](found, language, entry_name), language)


def _inflow(found: Gathered, language: str, _: str) -> list[str]:
    seen = found.inflow.found
    assert isinstance(seen, Monthly)
    values = {"what": what_of(found.inflow.origin, language), "mean": rough_money(seen.mean, language)}
    if seen.steadiness is None or seen.variation is None:
        return [say("inflow_one" if len(seen.months) == 1 else "inflow_few", language, count=len(seen.months), **values)]
    steady = say(f"steady_{seen.steadiness}", language, variation=percent(seen.variation, 0))
    best, worst = (of(seen.months, key=lambda one: one.amount) for of in (max, min))
    return [
        say(
            "inflow_found",
            language,
            steady=steady,
            **values,
            **_month("best", "most", best, language),
            **_month("worst", "least", worst, language),
        )
    ]


def _month(key: str, amount: str, one: MonthSum, language: str) -> dict[str, str]:
    return {key: month_of_year(one.month, language), amount: rough_money(one.amount, language)}


def _seasons(found: Gathered, language: str, _: str) -> list[str]:
    seen = found.seasons.found
    assert isinstance(seen, Seasons)
    if not seen.regular:
        return [say("seasons_irregular", language)]
    weak, strong = (_months_named(seen, months, language) for months in (seen.weak, seen.strong))
    key = "seasons_both" if weak and strong else "seasons_weak" if weak else "seasons_strong" if strong else "seasons_none"
    lines = [say(key, language, weak=weak, strong=strong)]
    return [*lines, say("seasons_once", language) if seen.years == 1 else say("seasons_years", language, years=seen.years)]


def _months_named(seen: Seasons, months: tuple[int, ...], language: str) -> str:
    """The months that stand out most, in the order of the year."""
    named = [
        say("seasons_month", language, month=month_name(month, language), share=percent(seen.of(month), 0))
        for month in sorted(months[:_NAMED])
    ]
    return joined(named, language) if len(named) != 2 else _and(named, language)


def _and(two: list[str], language: str) -> str:
    return ("和" if language == "zh" else " and ").join(two)


def _growth(found: Gathered, language: str, _: str) -> list[str]:
    seen = found.growth.found
    assert not isinstance(seen, Lacking)
    way = "flat" if abs(seen.rate) < _SMALL else "up" if seen.rate > 0 else "down"
    what = what_of(found.growth.origin, language)
    values = {"rate": percent(abs(seen.rate), 1), "what": what, "count": len(seen.later)}
    return [say(f"growth_{seen.basis}_{way}", language, span=span_of(seen.later, language), **values)]


def _customers(found: Gathered, language: str, _: str) -> list[str]:
    assert not isinstance(found.customers, Lacking)
    name, share = found.customers.largest
    key = "customers_found" if name else "customers_share"
    lines = [say(key, language, name=name, share=percent(share, 1))]
    return [*lines, say("customers_half", language)] if share > _HALF else lines


def _voids(found: Gathered, language: str, _: str) -> list[str]:
    assert not isinstance(found.voids, Lacking)
    return [say("voids_found", language, count=found.voids.count, void=found.voids.void, rate=percent(found.voids.rate, 2))]


def _margin(found: Gathered, language: str, _: str) -> list[str]:
    seen = found.margin
    gross, net = (None if one is None else plain((one * 100).quantize(Decimal("0.1"))) for one in (seen.gross, seen.net))
    if net is None:
        return [say("margin_gross", language, gross=gross)]
    loss, net = net.startswith("-"), net.lstrip("-")
    if gross is None:
        return [say("margin_net_loss" if loss else "margin_net", language, net=net)]
    return [say("margin_both_loss" if loss else "margin_both", language, gross=gross, net=net)]


def _cycle(found: Gathered, language: str, entry_name: str) -> list[str]:
    seen = found.cycle
    lines = [_days(seen, language)]
    if seen.route is not None and entry_name:
        lines.append(say(f"cycle_by_{seen.route}", language, name=entry_name))
    return lines


def _days(seen: Cycle, language: str) -> str:
    days = {"cycle_stock": seen.stock, "cycle_receivable": seen.receivable, "cycle_payable": seen.payable}
    if seen.gap is None:
        parts = [say(key, language, days=whole(value)) for key, value in days.items() if value is not None]
        labels = [fact_label(name, language) for name in seen.missing]
        return say("cycle_parts", language, parts=joined(parts, language), labels=joined(labels, language))
    shown = {key.removeprefix("cycle_"): whole(value) for key, value in days.items() if value is not None}
    if seen.tied is None:
        return say("cycle_none", language, **shown)
    return say("cycle_gap", language, gap=whole(seen.gap), tied=rough_money(seen.tied, language), **shown)


def whole(days: Decimal) -> str:
    return plain(days.quantize(Decimal(1)))


def _outlook(found: Gathered, language: str, _: str) -> list[str]:
    seen = found.outlook
    assert not isinstance(seen, Lacking)
    low = seen.lowest
    worst = min(week.low for week in seen.weeks)
    largest = max(abs(week.expected) for week in seen.weeks)
    lines = [
        say(
            "outlook_found",
            language,
            end=_about(seen.weeks[-1].expected, largest, language),
            week=week_of_year(low.first, low.last, language),
            lowest=_about(low.expected, largest, language),
        )
    ]
    if low.expected < 0:
        lines.append(say("outlook_short", language, short=_about(-low.expected, largest, language)))
    elif low.low < 0:
        lines.append(say("outlook_tight", language, short=_about(-low.low, largest, language)))
    elif worst >= 0:
        lines.append(say("outlook_safe", language))
    lines += [say("outlook_repaid", language, day=one.day, amount=rough_money(one.amount, language)) for one in seen.instalments[:_NAMED]]
    return lines


def _about(amount: Decimal, largest: Decimal, language: str) -> str:
    """An estimate no more exact than the largest of its kind with two figures: what is nearly nothing reads as that."""
    step = Decimal(1).scaleb(max(largest.adjusted() - 1, 0))
    return money((amount / step).quantize(Decimal(1)) * step, language)


_FINDINGS: Mapping[Signal, Callable[[Gathered, str, str], list[str]]] = {
    Signal.OUTLOOK: _outlook,
    Signal.INFLOW: _inflow,
    Signal.SEASONS: _seasons,
    Signal.GROWTH: _growth,
    Signal.CUSTOMERS: _customers,
    Signal.VOIDS: _voids,
    Signal.MARGIN: _margin,
    Signal.CYCLE: _cycle,
}


def _stuck_together(sentences: Iterable[str], language: str) -> str:
    text = ("" if language == "zh" else " ").join(sentences)
    return text[:1].upper() + text[1:]


# -- what would tell the others ------------------------------------------------------------------------------------------------


def lacking(found: Gathered, language: str) -> list[str]:
    """Each signal that cannot be told, with what would tell it."""
    return [_lacking(one, found, language) for one in Signal if found.lacks(one)]


def _lacking(signal: Signal, found: Gathered, language: str) -> str:
    name = name_of(signal, language)
    match signal:
        case Signal.MARGIN:
            return _facts_lacking(name, found.margin.missing, language)
        case Signal.CYCLE:
            return _facts_lacking(name, found.cycle.missing, language)
        case Signal.CUSTOMERS | Signal.VOIDS:
            return say("lack_invoices", language, name=name)
    seen = getattr(found, signal)
    lack = seen.found if isinstance(seen, Of) else seen
    assert isinstance(lack, Lacking)
    return say(
        _LACKS[lack.what] if lack.have else _LACKS_ALL.get(lack.what, "lack_amount"), language, name=name, have=lack.have, need=lack.need
    )


def _facts_lacking(name: str, missing: tuple[str, ...], language: str) -> str:
    if not missing:
        return say("lack_amount", language, name=name)
    return say("lack_facts", language, name=name, labels=joined([fact_label(one, language) for one in missing], language))


#: Where there is nothing yet; and where there is too little.
_LACKS_ALL: Mapping[Need, str] = {Need.MONTHS: "lack_all_months", Need.WEEKS: "lack_all_weeks", Need.BALANCE: "lack_balance"}
_LACKS: Mapping[Need, str] = {
    Need.MONTHS: "lack_months",
    Need.WEEKS: "lack_weeks",
    Need.BALANCE: "lack_balance",
    Need.RECENT: "lack_recent",
    Need.AMOUNT: "lack_amount",
}
