"""Reports, audiences and measures as plots in the officer's language, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from bot.broadcasting.breakdown import Breakdown
from bot.broadcasting.reporting import Report, View
from bot.bulletins.groups import FEWEST
from bot.bulletins.markup import visible
from bot.bulletins.model import Ending
from bot.bulletins.words import word
from bot.conversation.plot import Column, Plot, Row, Tone
from bot.storage.bulletins.effects import NOBODY
from bot.storage.bulletins.groups import By

#: Rows that a picture shows at most.
_ROWS = 12
#: A plot of nothing has one row without a bar.
_NOTHING = (Row("–", 0.0, 0.0, "0", "faint"),)
_TONES: dict[Ending, Tone] = {Ending.SENT: "good", Ending.WAITING: "faint", Ending.FAILED: "poor"}


def report_plot(report: Report, language: str) -> Plot:
    """How the rows of a bulletin ended, and what came of those that arrived."""
    title = visible(report.bulletin.draft.title[language])
    name = f"bulletin-{report.bulletin.id}.png"
    if not report.endings:
        told = word("report_small", language).format(fewest=FEWEST)
        return Plot(language, word("report_title", language).format(title=title), told, name, rows=_NOTHING)
    whole, reach = max(report.firms, 1), report.reach
    counts: list[tuple[str, int, Tone]] = [(word("report_for", language), report.firms, "plain")]
    counts += [
        (word(f"report_{ending.value}", language), count, _TONES.get(ending, "faint"))
        for ending, count in report.endings.items()
        if count or ending is Ending.SENT
    ]
    sent = report.endings[Ending.SENT]
    if reach is None:
        finding = word("report_few", language).format(firms=report.firms, sent=sent, fewest=FEWEST)
    else:
        finding = word("report_finding", language).format(firms=report.firms, sent=sent, **_effects(reach))
        counts += [(word(f"report_{name}", language), count, "plain") for name, count in _effects(reach).items()]
    rows = tuple(Row(label, 0.0, count / whole, f"{count:,}", tone) for label, count, tone in counts)
    return Plot(language, word("report_title", language).format(title=title), finding, name, rows=rows)


def reach_plot(report: Report, by: By, language: str) -> Plot:
    """Who was reached, by place, industry or size, and how many of them are eligible now."""
    title = word("report_by_title", language).format(title=visible(report.bulletin.draft.title[language]), by=word(f"by_{by}", language))
    told = [(one.label[language], one.reach.eligible, one.reach.told) for one in report.by.get(by, ())]
    return Plot(language, title, word("report_by_finding", language), f"bulletin-{report.bulletin.id}-{by}.png", rows=_bars(told, language))


def audience_plot(found: Breakdown, by: By, language: str) -> Plot:
    """Whom a bulletin would reach, by place, industry or size."""
    title = word("audience_title", language).format(by=word(f"by_{by}", language))
    finding = word("audience_finding", language).format(fewest=FEWEST)
    told = [(one.label[language], one.counts.eligible, one.counts.total) for one in found.by.get(by, ())]
    return Plot(language, title, finding, f"audience-{by}.png", rows=_bars(told, language))


def months_plot(found: View, language: str) -> Plot:
    """Reach and effect of a measure month by month."""
    title = word("months_title", language).format(name=found.entry.name[language])
    sums = [sum((one.reach for one in month.slices), NOBODY) for month in found.months]
    whole = sum(sums, NOBODY)
    finding = word("months_finding", language).format(told=whole.told, eligible=whole.eligible, applied=whole.applied)
    if not found.months:
        return Plot(language, title, finding, f"{found.entry.id}-months.png", rows=_NOTHING)
    columns = tuple(
        Column(f"{month.first:%Y-%m}", reach.eligible, "good", before=reach.told) for month, reach in zip(found.months, sums, strict=True)
    )
    top = max([reach.told for reach in sums] + [1])
    ticks = tuple((float(at), f"{at:,}") for at in sorted({0, (top + 1) // 2, top}))
    legend: tuple[tuple[Tone, str], ...] = (("faint", word("months_reached", language)), ("good", word("months_eligible", language)))
    return Plot(language, title, finding, f"{found.entry.id}-months.png", columns=columns, ticks=ticks, legend=legend)


def unmet_plot(found: View, language: str) -> Plot:
    """The conditions that keep most firms out."""
    title = word("unmet_title", language).format(name=found.entry.name[language])
    told = found.unmet[:_ROWS]
    finding = word("unmet_finding", language).format(of=f"{told[0].of:,}") if told else word("unmet_none", language)
    rows = tuple(Row(one.label[language], 0.0, one.share, f"{one.share:.0%}", "poor") for one in told)
    return Plot(language, title, finding, f"{found.entry.id}-unmet.png", rows=rows or _NOTHING)


def _effects(reach: object) -> dict[str, int]:
    return {name: int(getattr(reach, name)) for name in ("looked", "eligible", "applied")}


def _bars(told: Sequence[tuple[str, int, int]], language: str) -> tuple[Row, ...]:
    most = max((of for _, _, of in told), default=1)
    text = word("firms_of", language)
    if not told:
        return _NOTHING
    return tuple(Row(label, 0.0, of / most, text.format(count=f"{count:,}", of=f"{of:,}")) for label, count, of in told[:_ROWS])
