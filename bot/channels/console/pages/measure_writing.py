"""Writing an entry: a form with a field for each thing, or its text; what is wrong and what owners will see stands beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from bot.broadcasting.entries import judged, revise_entry, write_entry
from bot.bulletins.checks import TOPICS, Unfit
from bot.bulletins.entries import LONGEST_ENTRY, EntryDraft, EntryStatus, checked
from bot.bulletins.model import Changed
from bot.bulletins.timing import ZONE
from bot.channels.console.guard import onward
from bot.channels.console.measure_conditions import fact_choices, operator_labels
from bot.channels.console.measure_fields import (
    HEADS,
    READ_FIELDS,
    ROWS,
    FilledMeasure,
    field_of,
    figures,
    first_values,
    kind_labels,
    read,
    sentence_of,
    values_in,
)
from bot.channels.console.measure_parts import example, known_facts
from bot.channels.console.pages.bulletins import places_in
from bot.channels.console.pages.measures import draft_at, read_of, version_of
from bot.channels.console.parts import Asked, Page, Refused
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
from bot.desk.rights import Action
from knowledge.formats import fact_label


def new(asked: Asked) -> Response:
    """A form that begins with an example, or with the entry that is to be changed."""
    kept, today = asked.office.pack.kept.get(asked.query.get("entry", "")), asked.now.astimezone(ZONE).date()
    if kept is not None:
        return _form(asked, kept.text)
    if _as_text(asked):
        return _form(asked, example(asked.member.region, today, asked.language))
    filled = read(first_values(asked.member.region, today), today, asked.language)
    return _fields(asked, replace(filled, faults={}))


def change(asked: Asked) -> Response:
    draft = draft_at(asked)
    return _form(asked, draft.text, draft)


def add(asked: Asked) -> Response:
    """Keep a new draft."""
    return _keep(asked, None, lambda text: write_entry(asked.office, asked.member, text, asked.now))


def save(asked: Asked) -> Response:
    """Keep a changed draft."""
    draft = draft_at(asked)
    return _keep(asked, draft, lambda text: revise_entry(asked.office, asked.member, draft.id, version_of(asked), text))


def check(asked: Asked) -> Response:
    """What is typed so far as it is read: faults, the rule in words, the card. A part of the form's page."""
    if "text" in asked.form:
        return page(asked, "measure_check.html", by_field=False, fields=(), **read_of(asked, _typed(asked)))
    filled = _filled(asked)
    return page(asked, "measure_check.html", by_field=True, fields=READ_FIELDS, unread=filled.faults, **read_of(asked, filled.text))


def _keep(asked: Asked, draft: EntryDraft | None, keep: Callable[[str], EntryDraft]) -> Response:
    text = _typed(asked)
    if "text" not in asked.form and (filled := _filled(asked)).faults:
        return _fields(asked, filled, draft, 422)
    try:
        kept = keep(text)
    except Unfit as error:
        return _form(asked, text, draft, 422, [problem.words(asked.language) for problem in error.problems])
    except Changed:
        return _form(asked, text, draft_at(asked), 409, [say("told_changed_meanwhile", asked.language)])
    seen, problems = judged(text, asked.member, asked.office.pack, asked.now)
    open_ = bool(seen.found or problems)
    where = f"/measures/{kept.id}/change" if open_ else f"/measures/{kept.id}"
    return onward(f"{where}?told={'drafted' if draft is None else 'revised'}", asked.partial)


def _form(asked: Asked, text: str, draft: EntryDraft | None = None, status: int = 200, refused: list[str] | None = None) -> Response:
    _must_be_open(draft)
    if not _as_text(asked) and (fields := values_in(text, asked.language)) is not None:
        return _fields(asked, FilledMeasure({**fields, **_sent(asked)}, text, {}), draft, status, refused)
    values: dict[str, Any] = {
        "draft": draft,
        "text": text,
        "by_field": False,
        "fields": (),
        "refused": refused or [],
        "limit": LONGEST_ENTRY,
        "fresh": not asked.form,
    }
    return page(
        asked, "measure_form.html", status, facts=known_facts(asked.language), kinds=sorted(TOPICS), **values, **read_of(asked, text)
    )


def _fields(
    asked: Asked, filled: FilledMeasure, draft: EntryDraft | None = None, status: int = 200, refused: list[str] | None = None
) -> Response:
    """The form with a field for each thing, and every fault beside its field."""
    _must_be_open(draft)
    language, judged_text = asked.language, read_of(asked, filled.text)
    beside: dict[str, tuple[str, ...]] = {}
    if draft is not None:  # while nothing was kept yet, everything is merely not written
        for one in checked(filled.text, asked.office.pack).found:
            beside[field_of(one)] = (*beside.get(field_of(one), ()), sentence_of(one, language))
    return page(
        asked,
        "measure_fields.html",
        status,
        draft=draft,
        copied=asked.query.get("entry", "") if draft is None else "",
        values=defaultdict(str, filled.values),
        beside={**beside, **filled.faults},
        refused=refused or [],
        fresh=not asked.form,
        by_field=True,
        fields=(),
        kinds=kind_labels(language),
        regions=places_in(asked.member.region, language),
        facts=fact_choices(language),
        operators=operator_labels(language),
        offered=[(name, column.label(language)) for name, column in figures().items()],
        heads=[(name, fact_label(name, language)) for name in HEADS],
        rows=ROWS,
        **judged_text,
    )


def _must_be_open(draft: EntryDraft | None) -> None:
    if draft is not None and draft.status is not EntryStatus.DRAFT:
        raise Refused


def _typed(asked: Asked) -> str:
    return asked.form["text"].replace("\r\n", "\n") if "text" in asked.form else _filled(asked).text


def _filled(asked: Asked) -> FilledMeasure:
    return read(_sent(asked), asked.now.astimezone(ZONE).date(), asked.language)


def _sent(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.form.items() if name not in ("csrf", "version")}


def _as_text(asked: Asked) -> bool:
    """Whether an officer writes the text itself, without the form."""
    return "text" in asked.form or asked.query.get("as") == "text"


PAGES = (
    Page("GET", "/measures/new", new, Action.BULLETINS, apart=True),
    Page("POST", "/measures", add, Action.BULLETINS, apart=True),
    Page("POST", "/measures/check", check, Action.BULLETINS, apart=True),
    Page("GET", "/measures/{measure}/change", change, Action.BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/change", save, Action.BULLETINS, apart=True),
)
