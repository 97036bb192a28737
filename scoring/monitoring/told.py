"""The monitoring report in words, for the people who answer for the card."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.card_schema import Card
from scoring.monitoring.calibration import Drift
from scoring.monitoring.chance import ENOUGH, Level
from scoring.monitoring.fairness import GroupRate
from scoring.monitoring.report import Report
from scoring.monitoring.stability import Shift
from scoring.monitoring.words import bin_name, feature_name, group_name, words

MARKS = {Level.ALARM: "‼", Level.WATCH: "!", Level.TOO_FEW: "?", Level.OK: "✓"}


def told(report: Report, card: Card, language: str) -> str:
    """The report in ``zh`` or ``en``. Features that are stable or of too few firms are only counted."""
    sections = (_head(report, language), _stability(report, card, language), _calibration(report, language),
                _fairness(report, language), _overrides(report, language))  # fmt: skip
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def percent(share: float) -> str:
    """A share in percent with one digit."""
    return f"{share:.1%}"


def drift_name(drift: Drift, language: str) -> str:
    """All firms, a grade or a month."""
    return words("all", language) if drift.by == "all" else words("grade", language, name=drift.name) if drift.by == "grade" else drift.name


def _head(report: Report, language: str) -> Iterator[str]:
    months = " – ".join(dict.fromkeys((report.months[0], report.months[-1]))) if report.months else words("no_months", language)
    yield words("head", language, card=report.card, firms=report.firms, months=months)
    yield words("alarms", language, count=report.alarms) if report.alarms else words("nothing", language)
    yield words("legend", language)


def _stability(report: Report, card: Card, language: str) -> Iterator[str]:
    yield words("stability", language)
    if not report.shifts:
        yield words("stability_none", language, enough=ENOUGH)
        return
    yield from (_shift(shift, card, language) for shift in report.shifts if shift.level in (Level.ALARM, Level.WATCH))
    levels = [shift.level for shift in report.shifts]
    yield words("stability_rest", language, fine=levels.count(Level.OK), few=levels.count(Level.TOO_FEW))


def _shift(shift: Shift, card: Card, language: str) -> str:
    line = words(
        "stability_line",
        language,
        mark=MARKS[shift.level],
        month=shift.month,
        feature=feature_name(card, shift.feature, language),
        psi=f"{shift.psi:.2f}",
        answered=shift.answered,
        chance=f"{shift.chance:.2f}",
        bin=bin_name(card, shift.feature, shift.moved, language),
        then=percent(shift.share_then),
        now=percent(shift.share_now),
        reference=words("reference_card", language) if shift.reference == "card" else shift.reference,
    )
    if shift.unanswered_then is None:
        return line
    return line + words("stability_silent", language, then=percent(shift.unanswered_then), now=percent(shift.unanswered))


def _calibration(report: Report, language: str) -> Iterator[str]:
    yield words("calibration", language)
    for drift in report.drifts:
        yield words(
            "calibration_line",
            language,
            mark=MARKS[drift.level],
            name=drift_name(drift, language),
            firms=drift.firms,
            expected=percent(drift.expected),
            observed=percent(drift.observed),
            low=percent(drift.low),
            high=percent(drift.high),
        )
    if not report.drifts:
        yield words("calibration_none", language)


def _fairness(report: Report, language: str) -> Iterator[str]:
    yield words("fairness", language)
    judged = [rate for rate in report.rates if rate.ratio is not None]
    if not judged:
        yield words("fairness_none", language)
        return
    yield words("fairness_decided", language) if report.decided else words("fairness_passed", language, grade=report.passes)
    yield from (_rate(rate, language) for rate in judged)
    yield words("fairness_caveat", language, enough=ENOUGH)


def _rate(rate: GroupRate, language: str) -> str:
    return words(
        "fairness_line",
        language,
        mark=MARKS[rate.level],
        group=group_name(rate.dimension, rate.group, language),
        firms=rate.firms,
        rate=percent(rate.rate),
        low=percent(rate.low),
        high=percent(rate.high),
        ratio=f"{rate.ratio:.2f}",
    )


def _overrides(report: Report, language: str) -> Iterator[str]:
    yield words("overrides", language)
    log = report.overridden
    if not log.count:
        yield words("overrides_none", language)
        return
    figures = {"count": log.count, "better": log.better, "worse": log.worse, "share": percent(log.share)}
    yield words("overrides_line", language, mark=MARKS[log.level], **figures)
    yield words("overrides_people", language, people=", ".join(f"{name} {count}" for name, count in log.people))
