"""Ratios, cash flow and cross-checks in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bot.conversation.rating.report import Compared, Flow, RatingReport
from bot.conversation.rating.sheet import CheckLine, FlowBar, MonthBar, RatioLine
from bot.conversation.signals.names import month_of_year, short_month
from bot.conversation.texts import joined, say
from knowledge.formats import fact_label, fact_value, money, percent, plain, rough_money
from scoring.formulas import Formula
from scoring.ratio_bounds import Bound
from scoring.ratios import Ratio, Unit
from scoring.trade_profit import PRESUMED
from scoring.trade_profit import SOURCE as TRADE_SOURCE

_CENT = Decimal("0.01")
_PLACES = {"below": "rating_trade_below", "within": "rating_trade_within", "above": "rating_trade_above"}
#: Beyond this a multiple or a number of days says no more than that it is very large.
_HUGE = Decimal(10_000)


# -- ratios ------------------------------------------------------------------------------------------------------------------


def ratio_line(compared: Compared, language: str) -> RatioLine:
    """A ratio with how it is worked out and what it is held against."""
    reading, ratio, bound = compared.reading, compared.reading.ratio, compared.bound
    if reading.value is None:
        value = say("rating_missing" if reading.missing else "rating_none", language)
    else:
        value = _ratio_value(ratio, reading.value, language)
    return RatioLine(
        label=say(f"rating_ratio_{ratio.name}", language),
        how=say(f"rating_how_{ratio.name}", language),
        value=value,
        known=reading.value is not None,
        bound=_bound(ratio, bound, language) if bound else "",
        basis=say("rating_not_compared", language) if compared.doubted else _basis(ratio, bound, language),
        verdict="" if compared.sound is None else "sound" if compared.sound else "weak",
    )


def open_ratios(report: RatingReport, language: str) -> str:
    """The ratios that could not be worked out, and the facts that would do it; those that do not apply."""
    lacking = [compared.reading for compared in report.ratios if compared.reading.missing]
    idle = [compared.reading.ratio for compared in report.ratios if not compared.reading.applies]
    parts = []
    if lacking:
        names = joined([say(f"rating_ratio_{reading.ratio.name}", language) for reading in lacking], language)
        facts = dict.fromkeys(fact_label(name, language) for reading in lacking for name in reading.missing)
        parts.append(say("rating_ratios_open", language, names=names, facts=joined(list(facts), language)))
    if idle:
        names = joined([say(f"rating_ratio_{ratio.name}", language) for ratio in idle], language)
        parts.append(say("rating_ratios_idle", language, names=names))
    return ("" if language == "zh" else " ").join(parts)


def ratio_note(report: RatingReport, language: str) -> str:
    """What the bounds are not, and the one range by industry that has a source, with where the firm lies in it."""
    industry = report.firm.get("industry")
    usual = PRESUMED.get(str(industry))
    if industry is None or usual is None:
        return say("rating_ratio_note", language)
    margin = next(None if one.doubted else one.reading.value for one in report.ratios if one.reading.ratio.name == "net_margin")
    verdict = say(_PLACES[usual.place(margin)], language, value=percent(margin, 1)) if margin is not None else ""
    trade = fact_value("industry", industry, language)
    return say(
        "rating_trade", language, trade=trade, low=percent(usual.low), high=percent(usual.high), source=TRADE_SOURCE, verdict=verdict
    )


def _ratio_value(ratio: Ratio, value: Decimal, language: str) -> str:
    match ratio.unit:
        case Unit.SHARE:
            return percent(value, 1)
        case Unit.GROWTH:
            change = percent(value - 1, 1)
            return change if change.startswith("-") or value == 1 else f"+{change}"
    key, step = ("rating_times", _CENT) if ratio.unit is Unit.TIMES else ("rating_days", Decimal(1))
    number = f">{plain(_HUGE)}" if value > _HUGE else plain(value.quantize(step, ROUND_HALF_UP))
    return say(key, language, number=number)


def _bound(ratio: Ratio, bound: Bound, language: str) -> str:
    key = "rating_at_most" if bound.side == "low" else "rating_at_least"
    return say(key, language, value=_ratio_value(ratio, bound.value, language))


def _basis(ratio: Ratio, bound: Bound | None, language: str) -> str:
    if bound is None:
        return say("rating_basis_none", language)
    if bound.basis == "rule":
        first = bound.entries[0].name[language]
        if len(bound.entries) == 1:
            return say("rating_basis_rule", language, names=first)
        return say("rating_basis_rule_more", language, names=first, count=len(bound.entries))
    if bound.basis == "definition":
        return say(f"rating_basis_definition_{ratio.unit.value}", language)
    return say(f"rating_basis_{bound.basis}", language)


# -- cash flow ---------------------------------------------------------------------------------------------------------------


def flow_bars(report: RatingReport, language: str) -> tuple[FlowBar, ...]:
    """Bars of one scale: the longest, its spread included, is 1."""
    longest = max((_reach(flow) for flow in report.flows), default=Decimal(0)) or Decimal(1)
    return tuple(_bar(flow, longest, language) for flow in report.flows)


def _reach(flow: Flow) -> Decimal:
    return max((flow.monthly or Decimal(0)) + (flow.spread or Decimal(0)), Decimal(0))


def _bar(flow: Flow, longest: Decimal, language: str) -> FlowBar:
    label = fact_label(flow.name, language)
    label = say("rating_flow_yearly", language, label=label) if flow.yearly else label
    label = label[:1].upper() + label[1:]
    if flow.monthly is None:
        return FlowBar(label, say("rating_missing", language), flow.inward, known=False, share=0.0)
    exact = flow.monthly == flow.monthly.quantize(_CENT)
    low = high = None
    if flow.spread is not None:
        low, high = (float(max(end, Decimal(0)) / longest) for end in (flow.monthly - flow.spread, flow.monthly + flow.spread))
    return FlowBar(
        label,
        money(flow.monthly, language) if exact and not flow.yearly else rough_money(flow.monthly, language),
        flow.inward,
        known=True,
        share=float(max(flow.monthly, Decimal(0)) / longest),
        low=low,
        high=high,
    )


def flow_note(report: RatingReport, language: str) -> str:
    """How the bars are to be read, and what is missing among them."""
    parts = [say("rating_flow_note_months" if report.months else "rating_flow_note", language)]
    if any(flow.spread is not None for flow in report.flows):
        parts.append(say("rating_flow_spread", language))
    missing = [fact_label(flow.name, language) for flow in report.flows if flow.monthly is None]
    if missing:
        parts.append(say("rating_flow_missing", language, labels=joined(missing, language)))
    return ("" if language == "zh" else " ").join(parts)


def month_bars(report: RatingReport, language: str) -> tuple[MonthBar, ...]:
    """The months of the accounts on one scale; money that was taken back in a month leaves it at nought."""
    highest = max((max(one.inflow, one.outflow) for one in report.months), default=Decimal(0))
    if highest <= 0:
        return ()

    def share(amount: Decimal) -> float:
        return float(max(amount, Decimal(0)) / highest)

    return tuple(MonthBar(short_month(one.month.month, language), share(one.inflow), share(one.outflow)) for one in report.months)


def months_note(report: RatingReport, language: str) -> str:
    """What the bars of months are, and what the highest stands for."""
    if not month_bars(report, language):
        return ""
    first, last = (month_of_year(one.month, language) for one in (report.months[0], report.months[-1]))
    highest = rough_money(max(max(one.inflow, one.outflow) for one in report.months), language)
    return say("rating_months_note", language, first=first, last=last, highest=highest)


# -- cross-checks ------------------------------------------------------------------------------------------------------------


def check_lines(report: RatingReport, language: str) -> tuple[CheckLine, ...]:
    """The figures that do not go together, each with its amounts and the likely reason; then those that cannot be right at all."""
    lines, told = [], set[str]()
    for checked in report.checks:
        if checked.holds is False and checked.left is not None and checked.right is not None:
            left, right = _side(checked.check.left, checked.left, language), _side(checked.check.right, checked.right, language)
            gap = money(abs(checked.left - checked.right), language)
            text = say(f"rating_differs_{checked.check.name}", language, left=left, right=right, gap=gap)
            label = say(f"rating_check_{checked.check.name}", language)
            lines.append(CheckLine(label[:1].upper() + label[1:], text))
            told.update(checked.check.facts)
    for doubt in report.doubts:
        if not told.issuperset(doubt.facts):
            lines.append(CheckLine(say("rating_doubt", language), doubt.en if language == "en" else doubt.zh))
    return tuple(lines)


def _side(formula: Formula, amount: Decimal, language: str) -> str:
    """A sum of figures as it is; one that only bounds another is no more exact than its factor."""
    return rough_money(amount, language) if "*" in formula.text else money(amount, language)


def passed_checks(report: RatingReport, language: str) -> str:
    """What came out, by name; that nothing could be checked where nothing could."""
    passed = [say(f"rating_check_{checked.check.name}", language) for checked in report.checks if checked.holds]
    if passed:
        return say("rating_checks_passed", language, count=len(passed), labels=joined(passed, language))
    return "" if any(checked.holds is False for checked in report.checks) else say("rating_checks_nothing", language)


def open_checks(report: RatingReport, language: str) -> str:
    """How many checks lacked figures, and which figures are in doubt and so not in the grade."""
    count, parts = sum(checked.holds is None for checked in report.checks), []
    if count and count < len(report.checks):
        parts.append(say("rating_checks_open", language, count=count))
    doubted = dict.fromkeys(fact_label(name, language) for doubt in report.doubts for name in doubt.facts)
    if doubted:
        parts.append(say("rating_doubted", language, labels=joined(list(doubted), language)))
    return ("" if language == "zh" else " ").join(parts)
