"""Writing and changing a bulletin: every sentence beside its field, and beside the form what a phone will show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from bot.broadcasting.office import look, outlook, revise, write
from bot.bulletins.checks import LONGEST, Problem, Unfit, problems
from bot.bulletins.markup import BrokenMarkup, for_page, units, visible
from bot.bulletins.model import LANGUAGES, Bulletin, Changed, Draft, Lost, Sort, Status
from bot.bulletins.timing import ZONE
from bot.channels.console.bulletin_fields import FIELDS, Filled, beside, first_values, read, values_of
from bot.channels.console.guard import onward
from bot.channels.console.pages.bulletin_entries import WORDS, found_entries
from bot.channels.console.pages.bulletins import place_of, places_in
from bot.channels.console.parts import Asked, NotHere, Page, Refused
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
from bot.conversation.answers.bulletin import buttons_under
from bot.desk.rights import Action
from knowledge.authoring.rule_words import rule_lines
from knowledge.entries import Entry

#: Refusals that have to do with what it costs.
_OF_COST = frozenset({"paid_off", "too_dear"})


def new(asked: Asked) -> Response:
    """An empty form; for a correction or withdrawal filled from the bulletin that it is about."""
    first = _corrected(asked) or {**first_values(asked.member.region, asked.now), "entry": asked.query.get("entry", "")[:WORDS]}
    return _form(asked, Filled(first, None))


def change(asked: Asked) -> Response:
    """The form of a bulletin, with everything that still keeps it from being approved."""
    bulletin = bulletin_at(asked)
    values = values_of(bulletin.draft)
    return _form(asked, _judged(asked, Filled(values, bulletin.draft)), bulletin)


def add(asked: Asked) -> Response:
    """Keep a new draft; whatever cannot be read stays in the form."""
    return _keep(asked, None, lambda draft: write(asked.office, asked.member, draft, asked.now))


def save(asked: Asked) -> Response:
    """Keep a changed draft."""
    bulletin = bulletin_at(asked)
    version = asked.form.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return _keep(asked, bulletin, lambda draft: revise(asked.office, asked.member, bulletin.id, seen, draft, asked.now))


def check(asked: Asked) -> Response:
    """What is typed so far as a phone will show it, and what is wrong with it: a part of the form's page."""
    filled = read(asked.form, asked.language)
    return page(asked, "bulletin_check.html", **{**_values(asked, _judged(asked, filled, hasty=True), None), "oob": True})


def reach(asked: Asked) -> Response:
    """How many it would reach as it is filled in now, and what it would cost: a part of the form's page."""
    draft = read(asked.form, asked.language).draft
    found = None if draft is None else outlook(asked.office, asked.member, draft, asked.now)
    counted = found is not None and (found.reached is not None or (draft is not None and draft.corrects is not None))
    values: dict[str, Any] = {"found": found if counted else None, "draft": draft, "sentences": []}
    if found is not None and draft is not None and counted:
        empty = [Problem("nobody" if draft.corrects is None else "no_readers")] if not found.messages else []
        dear = [problem for problem in found.problems if problem.code in _OF_COST]
        values["sentences"] = [problem.words(asked.language) for problem in (*empty, *dear)]
        values["until"] = f"{found.ends.astimezone(ZONE):%Y-%m-%d %H:%M}"
    return page(asked, "bulletin_reach.html", **values)


def _keep(asked: Asked, bulletin: Bulletin | None, keep: Callable[[Draft], Bulletin]) -> Response:
    filled = read(asked.form, asked.language)
    if asked.form.get("do") == "find" or filled.draft is None:
        return _form(asked, _judged(asked, filled), bulletin, 200 if asked.form.get("do") == "find" else 422)
    try:
        kept = keep(filled.draft)
    except Unfit as error:
        faults = beside(error.problems, filled.values, asked.language)
        return _form(asked, replace(filled, faults=faults), bulletin, 422)
    except Changed:
        faults = {"": (say("told_changed_meanwhile", asked.language),)}
        # The version of the others is taken over: what is typed here can be kept next, over theirs, knowingly.
        return _form(asked, replace(filled, faults=faults), bulletin_at(asked), 409)
    told = "drafted" if bulletin is None else "revised"
    left = outlook(asked.office, asked.member, filled.draft, asked.now).problems
    where = f"/bulletins/{kept.id}/change" if left else f"/bulletins/{kept.id}"
    return onward(f"{where}?told={told}", asked.partial)


def bulletin_at(asked: Asked) -> Bulletin:
    """The bulletin of the page's address. Raises NotHere."""
    number = asked.path["bulletin"]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotHere
    try:
        with asked.office.store.begin() as connection:
            return look(connection, asked.member, int(number))
    except Lost:
        raise NotHere from None


def bubbles(draft_texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The message in each language as Telegram shows it; None as its HTML where the markup is broken."""
    return [{"language": language, **_bubble(draft_texts[language])} for language in LANGUAGES]


def rule_of(entry: Entry | None, language: str) -> list[tuple[int, str]]:
    """The entry's rule in words, each line with how far in it stands."""
    lines = [] if entry is None else rule_lines(entry.rule, language)
    return [((len(line) - len(line.lstrip())) // 2, line.strip().removeprefix("· ")) for line in lines]


def labels_under(entry: Entry | None) -> dict[str, list[str]]:
    """What stands on the buttons under a bulletin, in each language."""
    return {one: [] if entry is None else [button.label for button in buttons_under(0, entry, one)] for one in LANGUAGES}


def _bubble(text: str) -> dict[str, Any]:
    try:
        return {"html": Markup(for_page(text)), "length": units(visible(text))}  # noqa: S704 - put together anew from what is harmless
    except BrokenMarkup:
        return {"html": None, "length": units(text)}


def _form(asked: Asked, filled: Filled, bulletin: Bulletin | None = None, status: int = 200) -> Response:
    if bulletin is not None and bulletin.status not in (Status.DRAFT, Status.APPROVED):
        raise Refused
    return page(asked, "bulletin_form.html", status, **_values(asked, filled, bulletin))


def _values(asked: Asked, filled: Filled, bulletin: Bulletin | None) -> dict[str, Any]:
    values, pack = filled.values, asked.office.pack
    texts = {one: f"<b>{values[f'title_{one}'].strip()}</b>\n\n{values[f'body_{one}'].strip()}" for one in LANGUAGES}
    entry = pack.get(values["entry"])
    words = asked.form.get("find", asked.query.get("find", "")).strip()[:WORDS]
    return {
        "values": values,
        "faults": filled.faults,
        "bulletin": bulletin,
        "bubbles": bubbles(texts),
        "entry": entry,
        "rule": rule_of(entry, asked.language),
        "words": words,
        "entries": found_entries(asked, words),
        "regions": places_in(asked.member.region, asked.language),
        "about": _title(asked, values["corrects"]),
        "withholds": withholds(asked, values["corrects"]),
        "place": partial(place_of, language=asked.language),
        "buttons": labels_under(entry),
        "limit": LONGEST,
        "fields": [name for name in FIELDS if name not in ("ask", "doubt", "paid")],  # of these everything is right
        "stars": asked.console.stars,
        "oob": False,
        "fresh": not asked.form,
    }


def _judged(asked: Asked, filled: Filled, hasty: bool = False) -> Filled:
    """With the sentences on everything that is wrong, beside those on what could not be read."""
    if filled.draft is None:
        return filled
    found = _found(asked, filled.draft) if hasty else outlook(asked.office, asked.member, filled.draft, asked.now).problems
    return replace(filled, faults={**beside(found, filled.values, asked.language, hasty), **filled.faults})


def _found(asked: Asked, draft: Draft) -> list[Problem]:
    """What can be said without trying the rule on every firm, while somebody types."""
    return problems(draft, asked.member, asked.office.pack.get(draft.entry), asked.now, None)


def _corrected(asked: Asked) -> dict[str, str] | None:
    """The fields of a correction or withdrawal of the bulletin that the address names, as that read."""
    number, sort = asked.query.get("corrects", ""), asked.query.get("sort", "")
    if sort not in (Sort.CORRECTION, Sort.WITHDRAWAL):
        return None
    original = bulletin_at(replace(asked, path={"bulletin": number}))
    fresh = {name: value for name, value in first_values(None, asked.now).items() if name in ("send_day", "send_time", "expires")}
    now = asked.now.astimezone(ZONE)
    fresh |= {"send_day": now.date().isoformat(), "send_time": f"{now:%H:%M}"}
    return {**values_of(original.draft), **fresh, "sort": sort, "corrects": number}


def _title(asked: Asked, number: str) -> str:
    """The title of the bulletin that a correction is about; empty where there is none to be seen."""
    if not number:
        return ""
    try:
        return bulletin_at(replace(asked, path={"bulletin": number})).draft.title[asked.language]
    except NotHere:
        return ""


def withholds(asked: Asked, number: str) -> bool:
    """Whether firms still wait for the bulletin that a correction is about."""
    try:
        return bool(number) and bulletin_at(replace(asked, path={"bulletin": number})).status is Status.HELD
    except NotHere:
        return False


PAGES = (
    Page("GET", "/bulletins/new", new, Action.BULLETINS, apart=True),
    Page("POST", "/bulletins", add, Action.BULLETINS, apart=True),
    Page("POST", "/bulletins/check", check, Action.BULLETINS, apart=True),
    Page("POST", "/bulletins/reach", reach, Action.BULLETINS, apart=True),
    Page("GET", "/bulletins/{bulletin}/change", change, Action.BULLETINS, apart=True),
    Page("POST", "/bulletins/{bulletin}/change", save, Action.BULLETINS, apart=True),
)
