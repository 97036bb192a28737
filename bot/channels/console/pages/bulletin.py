"""One bulletin: how it reads, whom it would reach, its approval, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.responses import Response

from bot.broadcasting.breakdown import Breakdown, breakdown
from bot.broadcasting.messages import Letter
from bot.broadcasting.office import approve as approve_it
from bot.broadcasting.office import preview
from bot.broadcasting.office import stop as stop_it
from bot.bulletins.checks import LONGEST, Problem, Unfit, problems
from bot.bulletins.markup import BrokenMarkup, units
from bot.bulletins.model import LANGUAGES, Bulletin, Changed, Sort, Status
from bot.bulletins.timing import ZONE
from bot.channels.console.bulletin_difference import changes
from bot.channels.console.guard import onward
from bot.channels.console.pages.bulletin_form import bubbles, bulletin_at, labels_under, rule_of, withholds
from bot.channels.console.pages.bulletin_progress import audience_plot, percent, progress_values
from bot.channels.console.pages.bulletins import place_of, waits_for
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
from bot.desk.rights import Action
from bot.storage.bulletins.rows import events_of
from bot.storage.desk.people import members

#: What can only be told once the rule was tried on every firm.
_ONLY_COUNTED = frozenset({"nobody", "no_readers", "paid_off", "too_dear", "unchanged"})
#: Of corrections and withdrawals, which try no rule on anybody.
NOTHING = Breakdown({}, (), (), None)


def show(asked: Asked) -> Response:
    return _show(asked, bulletin_at(asked))


def audience(asked: Asked) -> Response:
    """Whom it would reach: counted apart, because the rule is tried on every stored firm."""
    bulletin = bulletin_at(asked)
    found = preview(asked.office, asked.member, bulletin.id, asked.now)
    closer = breakdown(asked.office, asked.member, bulletin.id, asked.now) if bulletin.draft.sort is Sort.NEWS else NOTHING
    return page(
        asked,
        "bulletin_audience.html" if asked.partial else "bulletin_audience_page.html",
        bulletin=bulletin,
        title=_title(asked, bulletin),
        found=found,
        clock=_clock(found.begins, found.ends),
        withholds=withholds(asked, str(bulletin.draft.corrects or "")),
        closer=closer,
        sentences=[problem.words(asked.language) for problem in found.problems if problem.code in _ONLY_COUNTED],
        unmet=closer.unmet,
        questions=_questions(asked, bulletin, closer),
        limit=LONGEST,
        plots=[(by.value, audience_plot(slices, asked.language), slices) for by, slices in closer.by.items() if slices],
        percent=percent,
    )


def live(asked: Asked) -> Response:
    """How far it is; the whole page anew once it stands otherwise than that page says."""
    bulletin = bulletin_at(asked)
    if asked.query.get("status") != bulletin.status:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return page(asked, "bulletin_progress.html", bulletin=bulletin, **progress_values(asked, bulletin))


def approve(asked: Asked) -> Response:
    """Agree to the version that the page showed."""
    version = asked.form.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return _done(asked, lambda number: approve_it(asked.office, asked.member, number, seen, asked.now), "approved")


def stop(asked: Asked) -> Response:
    """Halt it for good."""
    return _done(asked, lambda number: stop_it(asked.office, asked.member, number, asked.now), "stopped")


def _done(asked: Asked, do: Callable[[int], Bulletin], told: str) -> Response:
    bulletin = bulletin_at(asked)
    try:
        do(bulletin.id)
    except Unfit as error:
        return _show(asked, bulletin_at(asked), error.problems, 422)
    except Changed:
        told = "changed_meanwhile"
    return onward(f"/bulletins/{bulletin.id}?told={told}", part=False)


def _show(asked: Asked, bulletin: Bulletin, refused: tuple[Problem, ...] = (), status: int = 200) -> Response:
    draft, entry = bulletin.draft, asked.office.pack.get(bulletin.draft.entry)
    with asked.office.store.begin() as connection:
        names = {member.id: member.name for member in members(connection)}
        events = events_of(connection, bulletin.id)
    found: tuple[Problem, ...] = refused
    if not found and bulletin.status is Status.DRAFT and asked.may(Action.BULLETINS):
        found = tuple(problems(draft, asked.member, entry, asked.now, None))
    return page(
        asked,
        "bulletin.html",
        status,
        bulletin=bulletin,
        title=_title(asked, bulletin),
        entry=entry,
        rule=rule_of(entry, asked.language),
        region=place_of(draft.region, asked.language),
        send_at=f"{draft.send_at.astimezone(ZONE):%Y-%m-%d %H:%M}",
        bubbles=bubbles({one: draft.text(one) for one in LANGUAGES}),
        sentences=[problem.words(asked.language) for problem in found],
        changes=_changes(asked, bulletin),
        can=_can(asked, bulletin),
        author=names.get(bulletin.author or 0, ""),
        approver=names.get(bulletin.approver or 0, ""),
        buttons=labels_under(entry),
        limit=LONGEST,
        events=[(event["event"], names.get(event["staff_id"] or 0, ""), event["at"]) for event in events],
        news=draft.sort is Sort.NEWS,
        **progress_values(asked, bulletin),
    )


def _can(asked: Asked, bulletin: Bulletin) -> set[str]:
    """What the one who looks can do with a bulletin as it stands."""
    writes, status = asked.may(Action.BULLETINS), bulletin.status
    able = {
        "change": writes and status in (Status.DRAFT, Status.APPROVED),
        "approve": waits_for(asked, bulletin),
        "wait": writes and status is Status.DRAFT and bulletin.author == asked.member.id,
        "stop": status in (Status.DRAFT, Status.APPROVED, Status.SENDING, Status.HELD),
        "correct": writes and bulletin.started_at is not None and (bulletin.ended_at is not None or status is Status.HELD),
    }
    return {name for name, may in able.items() if may}


def _changes(asked: Asked, bulletin: Bulletin) -> list[tuple[str, Any]]:
    """Each field that reads otherwise than when it was approved last, by its name."""
    before = bulletin.approved_draft
    if before is None or bulletin.status is not Status.DRAFT:
        return []
    found = [
        replace(one, before=_shown(asked, one.field, one.before), after=_shown(asked, one.field, one.after))
        for one in changes(before, bulletin.draft)
    ]
    return [(say(f"field_{one.field}", asked.language), one) for one in found]


def _shown(asked: Asked, field: str, value: str) -> str:
    """What stands in a field, in words."""
    entry = asked.office.pack.get(value) if field == "entry" else None
    if entry is not None:
        return str(entry.name[asked.language])
    if field == "region":
        return place_of(value, asked.language)
    if field in ("ask", "paid"):
        return say("bulletin_yes", asked.language) if value else say("bulletin_no", asked.language)
    return say(f"{field}_{value}", asked.language) if field in ("doubt", "sort") else value


def _title(asked: Asked, bulletin: Bulletin) -> str:
    title = bulletin.draft.title
    return title[asked.language] or title["zh"] or title["en"] or say("bulletin_untitled", asked.language)


def _questions(asked: Asked, bulletin: Bulletin, closer: Breakdown) -> list[tuple[dict[str, Any], dict[str, list[str]]]]:
    """What most of the firms get that it cannot tell of yet, as a phone shows it, where their officer wants them asked."""
    entry = asked.office.pack.get(bulletin.draft.entry)
    if not bulletin.draft.ask or closer.question is None or entry is None:
        return []
    try:
        replies = {one: Letter(bulletin, entry).question(one, closer.question.fact) for one in LANGUAGES}
    except BrokenMarkup:
        return []
    labels = {one: [button.label for button in reply.buttons] for one, reply in replies.items()}
    return [({"language": one, "html": reply.text, "length": units(reply.text)}, labels) for one, reply in replies.items()]


def _clock(*moments: datetime) -> list[str]:
    return [f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}" for moment in moments]


PAGES = (
    Page("GET", "/bulletins/{bulletin}", show, Action.WATCH_BULLETINS, apart=True),
    Page("GET", "/bulletins/{bulletin}/audience", audience, Action.WATCH_BULLETINS, quiet=True, apart=True),
    Page("GET", "/bulletins/{bulletin}/live", live, Action.WATCH_BULLETINS, quiet=True, apart=True),
    Page("POST", "/bulletins/{bulletin}/approve", approve, Action.BULLETINS, apart=True),
    Page("POST", "/bulletins/{bulletin}/stop", stop, Action.WATCH_BULLETINS, apart=True),
)
