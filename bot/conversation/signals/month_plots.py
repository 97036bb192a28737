"""The signals of months as columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.conversation.plot import Column, Plot, Tone
from bot.conversation.signals.axis import Axis, money_axis, plain_axis
from bot.conversation.signals.gathered import Gathered, Origin, Signal
from bot.conversation.signals.names import name_of, short_month, span_of, what_of
from bot.conversation.texts import say
from knowledge.formats import rough_money
from scoring.signals.monthly import Growth, Monthly, Seasons
from scoring.signals.partners import Voids
from scoring.signals.series import MonthSum

#: So many labels fit under the columns of a phone's picture; and so many months are drawn, the latest.
_LABELS, _MOST = 12, 24


def inflow(found: Gathered, finding: str, language: str) -> Plot:
    """Each month against the average one."""
    seen = found.inflow.found
    assert isinstance(seen, Monthly)
    months = seen.months[-_MOST:]
    axis = money_axis([one.amount for one in months], language)
    columns = tuple(
        Column(label, axis.at(one.amount), tone)
        for label, one, tone in zip(_labels([one.month for one in months], language), months, _tones(seen, months), strict=True)
    )
    return Plot(
        language,
        name_of(Signal.INFLOW, language),
        finding,
        "money-in.png",
        unit=_unit(found.inflow.origin, axis, language),
        columns=columns,
        ticks=axis.ticks,
        level=(axis.at(seen.mean), say("inflow_level", language, mean=rough_money(seen.mean, language))),
        notes=(_note(found.inflow.origin, language),),
    )


def _tones(seen: Monthly, months: Sequence[MonthSum]) -> list[Tone]:
    """The best and the lowest month stand out, as they do in the words."""
    if seen.variation is None:
        return ["plain"] * len(months)
    best, worst = (of(seen.months, key=lambda one: one.amount) for of in (max, min))
    return ["plain" if best.amount == worst.amount else "good" if one is best else "poor" if one is worst else "plain" for one in months]


def seasons(found: Gathered, finding: str, language: str) -> Plot:
    """Each calendar month against an average one, which is a hundred."""
    seen = found.seasons.found
    assert isinstance(seen, Seasons)
    axis = plain_axis([index * 100 for _, index in seen.index], say("seasons_unit", language))
    tones: dict[int, Tone] = dict.fromkeys(seen.strong, "good")
    tones |= dict.fromkeys(seen.weak, "poor")
    columns = tuple(Column(short_month(month, language), axis.at(index * 100), tones.get(month, "plain")) for month, index in seen.index)
    return Plot(
        language,
        name_of(Signal.SEASONS, language),
        finding,
        "seasons.png",
        unit=axis.unit,
        columns=columns,
        ticks=axis.ticks,
        level=(axis.at(Decimal(100)), ""),
        notes=(say("seasons_note", language),),
    )


def growth(found: Gathered, finding: str, language: str) -> Plot:
    """The later months, each beside the earlier one that it is compared with."""
    seen = found.growth.found
    assert isinstance(seen, Growth)
    axis = money_axis([one.amount for one in (*seen.earlier, *seen.later)], language)
    columns = tuple(
        Column(label, axis.at(now.amount), "plain", axis.at(before.amount))
        for label, now, before in zip(_labels([one.month for one in seen.later], language), seen.later, seen.earlier, strict=True)
    )
    return Plot(
        language,
        name_of(Signal.GROWTH, language),
        finding,
        "growth.png",
        unit=_unit(found.growth.origin, axis, language),
        columns=columns,
        ticks=axis.ticks,
        legend=(("faint", span_of(seen.earlier, language)), ("plain", span_of(seen.later, language))),
        notes=(_note(found.growth.origin, language),),
    )


def voids(found: Gathered, finding: str, language: str) -> Plot:
    """Voided invoices by month."""
    assert isinstance(found.voids, Voids)
    months = found.voids.months[-_MOST:]
    axis = plain_axis([Decimal(one.void) for one in months], say("voids_unit", language))
    labels = _labels([one.month for one in months], language)
    columns = tuple(Column(label, axis.at(Decimal(one.void)), "poor") for label, one in zip(labels, months, strict=True))
    return Plot(language, name_of(Signal.VOIDS, language), finding, "voided.png", unit=axis.unit, columns=columns, ticks=axis.ticks)


def _labels(months: Sequence[date], language: str) -> list[str]:
    """Names under the columns; where there is no room for all every second or third, always the last."""
    step = -(-len(months) // _LABELS)
    return [short_month(one.month, language) if (len(months) - 1 - place) % step == 0 else "" for place, one in enumerate(months)]


def _unit(origin: Origin, axis: Axis, language: str) -> str:
    what = what_of(origin, language)
    return say("plot_what_in", language, what=what[:1].upper() + what[1:], unit=axis.unit)


def _note(origin: Origin, language: str) -> str:
    return say("inflow_note" if origin is Origin.ACCOUNT else "sales_note", language)
