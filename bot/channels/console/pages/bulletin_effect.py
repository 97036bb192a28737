"""The policy office's view of a measure: reach and effect by place and month, what keeps firms out, what they ask. Never a single firm."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.broadcasting.office import listed
from bot.broadcasting.reporting import Month, View, view
from bot.bulletins.checks import Unfit
from bot.channels.console.pages.bulletin_progress import percent, places_plot
from bot.channels.console.parts import Asked, Page
from bot.channels.console.plots import columns
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.bulletins.effects import NOBODY, Reach
from knowledge.entries import Entry


def show(asked: Asked) -> Response:
    """A measure of the office's bulletins: the one that is asked for, else the one written of last."""
    measures = _measures(asked)
    chosen = next((entry for entry in measures if entry.id == asked.query.get("entry")), measures[0] if measures else None)
    try:
        found = None if chosen is None else view(asked.office, asked.member, chosen.id, asked.now)
    except Unfit:  # an officer without a region, who is told so where they write
        found = None
    values: dict[str, Any] = {"measures": measures, "chosen": chosen, "found": found, "percent": percent}
    return page(asked, "bulletin_effect.html", **values, **_plots(found, asked.language))


def _plots(found: View | None, language: str) -> dict[str, Any]:
    months = [] if found is None else [month for month in found.months if month.slices]
    named, sums = [f"{month.first:%Y-%m}" for month in months], [_sum(month) for month in months]
    return {
        "months": list(zip(named, months, strict=True)),
        "whole": sum(sums, NOBODY),
        "by_month": columns(named, [[one.told for one in sums], [one.looked for one in sums]]) if months else None,
        "places": places_plot(months[-1].slices, language) if months else None,
        "unmet": () if found is None else found.unmet,
    }


def _sum(month: Month) -> Reach:
    return sum((one.reach for one in month.slices), NOBODY)


def _measures(asked: Asked) -> list[Entry]:
    """What the office has written of, the latest first."""
    named = dict.fromkeys(bulletin.draft.entry for bulletin in listed(asked.office, asked.member))
    return [entry for name in named if (entry := asked.office.pack.get(name)) is not None]


PAGES = (Page("GET", "/bulletins/effect", show, Action.WATCH_BULLETINS, apart=True),)
