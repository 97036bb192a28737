"""How a rate comes about: its parts for this firm, the rate a lender would choose as borrowers walk away, and a plot of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil

from bot.conversation.chart import ChartLine, ChartPanel, RateChart
from bot.conversation.decision import decided_text
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import chance
from bot.conversation.terms import price_parts, rates
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.entries import Kind
from knowledge.formats import percent
from scoring.card import Card
from scoring.quote import ASSUMPTIONS, Assumptions, PricePart, cost_parts, ends_of
from scoring.rate_choice import STANDS_FOR, RateChoice, best_rate, curve_of, earned, highest_counted, loss_curves, rates_between

#: A tenth of a percent, to which totals are told.
_TENTH = Decimal("0.001")
_PLOT_STEP = Decimal("0.0025")
_AXIS = (4.0, 6.0, 8.0, 10.0, 12.0, 15.0)
#: Losses deeper than this are not drawn.
_DEEPEST = -2.0


def pricing(scene: Scene) -> Answer:
    """The price of a loan to this firm in parts, what a lender gains by asking more, and the plot."""
    language, score = scene.language, scene.score
    ends = ends_of(score.bound)
    parts = cost_parts(score.pd, score.pd, open_ends=ends)
    total = sum((part.high for part in parts), Decimal(0)).quantize(_TENTH)
    choice = best_rate(curve_of(scene.grade), score.pd)
    lines = [
        say("price_head", language, grade=score.grade, chance=chance(score, language)),
        *([decided_text(scene.decision, language)] if scene.decision else []),
        say("price_sum", language, parts=price_parts(parts, language), total=rates(total, total, language, ends)),
        *_range_text(scene),
        _choice_text(choice, language),
    ]
    lines.extend(_banks_text(scene, parts))
    lines.append(say("price_source", language))
    buttons = (Button("i", say("b_improve", language)), Button("m:product", say("b_loans", language)))
    return Answer((Reply("\n".join(lines), buttons, card=rate_chart(scene)),), scene.dialogue, aside=True)


def _range_text(scene: Scene) -> list[str]:
    """Between what ends the price may lie as long as so much is not told; nothing where the ends read alike.

    An end at which the data stop is open: no lender is promised to ask no more.
    """
    ends = [sum(getattr(part, end) for part in cost_parts(*scene.score.interval)) for end in ("low", "high")]
    low, high = (percent(end, 1) for end in ends)
    below, above = scene.score.open_ends
    if low == high:
        return []
    key = ("price_range_open" if below else "price_range_above") if above else "price_range_below" if below else "price_range"
    coverage = percent(Decimal(repr(scene.score.coverage)), 0)
    return [say(key, scene.language, low=low, high=high, coverage=coverage)]


def _banks_text(scene: Scene, parts: Sequence[PricePart]) -> list[str]:
    """What banks publish; where the risk alone costs more than the highest of it, that they refuse rather than ask more."""
    ends = published(scene)
    if not ends:
        return []
    low, high = map(percent, ends)
    risk = next(part for part in parts if part.name == "credit")
    if risk.low < ends[1]:
        return [say("price_published", scene.language, low=low, high=high)]
    told = rates(risk.low, risk.high, scene.language, risk.open_ends)
    return [say("price_published_above", scene.language, low=low, high=high, risk=told)]


def _choice_text(choice: RateChoice | None, language: str) -> str:
    if choice is None:
        return say("price_no_rate", language, highest=percent(highest_counted()))
    # where the counts end, the best of those counted need not be the best there is
    key = "price_choice_top" if choice.rate >= highest_counted() else "price_choice"
    return say(key, language, rate=percent(choice.rate), stays=percent(choice.stays, 0))


def published(scene: Scene) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest rate that products in force publish."""
    rates = [m.rate for m in scene.matches if m.entry.kind is Kind.PRODUCT and m.rate is not None and m.rate.basis == "stated"]
    ends = [end for rate in rates for end in (rate.low, rate.high) if end is not None]
    return (min(ends), max(ends)) if ends else None


def rate_chart(scene: Scene) -> RateChart:
    """The plot for a firm: its own grade with its own default probability, the others by their bands."""
    own = STANDS_FOR.get(scene.grade, scene.grade)
    probabilities = {**band_middles(scene.world.card), own: scene.score.pd}
    names = {grade: say("chart_own" if grade == own else "chart_grade", scene.language, grade=_shown(grade, own, scene)) for grade in "ABC"}
    return chart_of(scene.language, probabilities, names)


def _shown(grade: str, own: str, scene: Scene) -> str:
    """The letter at a curve: C stands for a firm of grade D or E, and is named after it."""
    return scene.grade if grade == own else grade


def band_middles(card: Card) -> dict[str, Decimal]:
    """A default probability for each grade: the middle of its band."""
    middles: dict[str, Decimal] = {}
    low = Decimal(0)
    for name, below in card.grades:
        high = Decimal(str(below))
        middles[name] = (low + high) / 2
        low = high
    return middles


def chart_of(
    language: str, probabilities: Mapping[str, Decimal], names: Mapping[str, str], assumptions: Assumptions = ASSUMPTIONS
) -> RateChart:
    """Who stays and what a lender with these costs earns at each rate, for grades A, B and C."""
    stays, gains = [], []
    for grade, curve in loss_curves().items():
        pd, rates = probabilities[grade], list(rates_between(curve, _PLOT_STEP))
        stays.append(ChartLine(names[grade], tuple((_percent(rate), _percent(1 - curve.at(rate))) for rate in rates)))
        best = best_rate(curve, pd, assumptions)
        top = (_percent(best.rate), _percent(best.earned)) if best else None
        earnings = ((_percent(rate), _percent(earned(rate, curve, pd, assumptions))) for rate in rates)
        gains.append(ChartLine(names[grade], tuple(point for point in earnings if point[1] >= _DEEPEST), top))
    highest = max((line.best[1] for line in gains if line.best), default=0.0)
    ticks = tuple(float(tick) for tick in range(int(_DEEPEST), max(1, ceil(highest)) + 1))
    return RateChart(
        language=language,
        title=say("chart_title", language),
        subtitle=say("chart_subtitle", language),
        panels=(
            ChartPanel(say("chart_stay", language), say("chart_stay_unit", language), (0.0, 25.0, 50.0, 75.0, 100.0), tuple(stays)),
            ChartPanel(say("chart_gain", language), say("chart_gain_unit", language), ticks, tuple(gains)),
        ),
        axis=say("chart_axis", language),
        rates=_AXIS,
        notes=(say("chart_best", language), _source(language, assumptions)),
        file_name="rate-choice.png",
    )


def _source(language: str, assumptions: Assumptions) -> str:
    """Where the curves come from, with the costs taken."""
    taken = {name: percent(getattr(assumptions, name)) for name in ("funding", "operating", "lgd")}
    return say("chart_source", language, **taken)


def _percent(fraction: Decimal) -> float:
    return round(float(fraction) * 100, 3)
