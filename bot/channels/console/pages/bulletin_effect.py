"""The policy office's view: what its bulletins brought about by place and month, and what keeps firms out. Never a single firm."""

from __future__ import annotations

from starlette.responses import Response

from bot.broadcasting.effect import asked, effect, shut_out
from bot.broadcasting.office import listed
from bot.channels.console.pages.bulletin import percent, places_plot
from bot.channels.console.parts import Asked, Page
from bot.channels.console.plots import columns
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from knowledge.entries import Entry


def show(request: Asked) -> Response:
    """The year's bulletins, and of one measure what excludes most firms and what was asked."""
    found = effect(request.office, request.member, request.now)
    measures = _measures(request)
    chosen = next((entry for entry in measures if entry.id == request.query.get("entry")), measures[0] if measures else None)
    months = found.by_month.values()
    return page(
        request,
        "bulletin_effect.html",
        found=found,
        by_month=columns(list(found.by_month), [[one.told for one in months], [one.opened for one in months]]) if found.by_month else None,
        places=places_plot(found.places, request.language),
        measures=measures,
        chosen=chosen,
        unmet=() if chosen is None else shut_out(request.office, request.member, chosen, request.now),
        questions=() if chosen is None else asked(request.office, request.member, chosen, request.now),
        percent=percent,
    )


def _measures(request: Asked) -> list[Entry]:
    """What the office has written of, the latest first."""
    named = dict.fromkeys(bulletin.draft.entry for bulletin in listed(request.office, request.member))
    return [entry for name in named if (entry := request.office.pack.get(name)) is not None]


PAGES = (Page("GET", "/bulletins/effect", show, Action.WATCH_BULLETINS, apart=True),)
