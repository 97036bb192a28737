"""What `advisor bulletin report`, `view` and the preview print and draw."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from bot.broadcasting.breakdown import Breakdown, Unmet
from bot.broadcasting.plots import audience_plot, months_plot, reach_plot, report_plot, unmet_plot
from bot.broadcasting.reporting import ReachSlice, Report, View
from bot.bulletins.words import word
from bot.commands.unusable import Unusable
from bot.conversation.plot import Plot
from bot.pictures.chart import plot_drawn
from bot.storage.bulletins.effects import Reach
from bot.storage.bulletins.groups import By

_FEW = 8


def print_report(found: Report, language: str) -> None:
    """The counts of a bulletin."""
    if found.endings:
        print(f"firms {found.firms}" + "".join(f"  {ending} {count}" for ending, count in found.endings.items()))
    for reason, count in found.failures.items():
        print(f"failed {count}: {word(f'failed_{reason}', language)}")
    print(report_plot(found, language).finding)
    for by, slices in found.by.items():
        print(f"{word(f'by_{by}', language)}: " + "; ".join(_slice(one, language) for one in slices))
    if found.endings:
        print(word("in_fives_but", language))


def print_view(found: View, language: str) -> None:
    """A measure over time."""
    print(f"{found.entry.id}  {found.entry.name[language]}")
    for month in found.months:
        print(f"{month.first:%Y-%m}  " + "; ".join(_slice(one, language) for one in month.slices))
    print_unmet(found.unmet, language)
    for asked in found.questions:
        print(f"{asked.owners}: {asked.label[language]}")
    print(word("in_fives", language))


def print_breakdown(found: Breakdown, language: str) -> None:
    """What stands beside the counts of a preview."""
    for by, slices in ((by, slices) for by, slices in found.by.items() if slices):
        told = (f"{one.label[language]} {one.counts.eligible}/{one.counts.total}" for one in slices[:_FEW])
        print(f"{word(f'by_{by}', language)}: " + "; ".join(told))
    print_unmet(found.unmet, language)
    for sample in found.samples:
        print(f"{sample.firms} × {sample.label[language]}")
    if found.question is not None:
        print(f"? {found.question.label[language]} ({found.question.firms}/{found.question.of})")
    print(word("in_fives", language))


def print_unmet(found: tuple[Unmet, ...], language: str) -> None:
    for one in found[:_FEW]:
        print(word("fails_share", language).format(share=f"{one.share:.0%}", what=one.label[language]))


def draw_report(found: Report, by: By | None, language: str, path: Path) -> None:
    """Raises Unusable."""
    write(report_plot(found, language) if by is None else reach_plot(found, by, language), path)


def draw_view(found: View, what: Literal["months", "unmet"], language: str, path: Path) -> None:
    """Raises Unusable."""
    plots: Mapping[str, Plot] = {"months": months_plot(found, language), "unmet": unmet_plot(found, language)}
    write(plots[what], path)


def draw_audience(found: Breakdown, by: By, language: str, path: Path) -> None:
    """Raises Unusable."""
    write(audience_plot(found, by, language), path)


def write(plot: Plot, path: Path) -> None:
    """The plot as the ending of the file's name says. Raises Unusable."""
    ending = path.suffix.lower()
    if ending not in (".png", ".svg"):
        raise Unusable(f"{path.name}: a picture ends in .svg or .png")
    try:
        path.write_bytes(plot_drawn(plot, "png" if ending == ".png" else "svg"))
    except OSError as error:
        raise Unusable(f"{path} cannot be written: {error.strerror}") from None


def _slice(one: ReachSlice, language: str) -> str:
    reach: Reach = one.reach
    counts = f"{reach.told}/{reach.looked}/{reach.eligible}/{reach.applied}"
    return f"{one.label[language]} {counts}"
