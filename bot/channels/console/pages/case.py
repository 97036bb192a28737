"""A case: the conversation beside the firm's file, and what can be done with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from bot.casework import cases as casework
from bot.casework.owners import chat_of
from bot.casework.ports import Desk
from bot.casework.words import Words, add_answers
from bot.casework.words import answer as say_to_owner
from bot.casework.words import note as say_to_staff
from bot.channels.console.guard import onward
from bot.channels.console.pages.queue import topic
from bot.channels.console.pages.timeline import timeline
from bot.channels.console.parts import FILE_AT_MOST, FILES_AT_MOST, Asked, NotHere, Page, Refused, Sent
from bot.channels.console.rendering import page
from bot.conversation.firm_file import closed_file
from bot.conversation.rating.sheet import sheet_to_json
from bot.conversation.typed import readable
from bot.desk.model import Case, Event, Member, Said, SharedFile
from bot.desk.rights import Action, may
from bot.pictures.rating import rating_drawn
from bot.storage.desk.canned import canned_for
from bot.storage.desk.cases import case_of, events_of, pack_of
from bot.storage.desk.looks import looked_since, note_look
from bot.storage.desk.people import members
from bot.storage.desk.words import said_in

#: In which states an action has a meaning; the rights say for whom.
_STATES = {
    Action.CLAIM: {"open"},
    Action.RELEASE: {"claimed"},
    Action.ASSIGN: {"open", "claimed"},
    Action.CLOSE: {"open", "claimed"},
    Action.MOVE: {"open", "claimed"},
    Action.REOPEN: {"closed"},
    Action.ANSWER: {"open", "claimed"},
    Action.NOTE: {"open", "claimed", "closed"},
}


#: Characters of a file's name.
_NAME_AT_MOST = 80
#: A page that stays open is a new look after so long.
_LOOK_LASTS = timedelta(minutes=30)


def show(asked: Asked) -> Response:
    """The page; opening it is a look that the owner can see."""
    note_look(asked.connection, asked.of_case, asked.member, "case", asked.now)
    return page(asked, "case.html", **_live_values(asked), **_file_values(asked))


def live(asked: Asked) -> Response:
    """The conversation and its actions again, if they changed since the page has them."""
    _still_looking(asked)
    values = _live_values(asked)
    unchanged = asked.query.get("seen") == values["seen"] and "told" not in asked.query
    return Response(status_code=204) if unchanged else page(asked, "case_live.html", **values)


def report(asked: Asked) -> Response:
    """The rating report as a picture, a part of the page that was looked at."""
    _still_looking(asked)
    sheet = _sheet(asked)
    if sheet is None:
        raise NotHere
    return Response(rating_drawn(sheet, "png"), media_type="image/png")


def printed(asked: Asked) -> Response:
    """The rating report to take along, which is a look of its own."""
    sheet = _sheet(asked)
    if sheet is None:
        raise NotHere
    note_look(asked.connection, asked.of_case, asked.member, "pdf", asked.now)
    name = f'attachment; filename="case-{asked.of_case.id}.pdf"'
    return Response(rating_drawn(sheet, "pdf"), media_type="application/pdf", headers={"Content-Disposition": name})


def answer(asked: Asked) -> Response:
    """Words, files or both. A file goes on to the owner and is not kept; where nothing can be brought, it is said before it is lost."""
    if not asked.files:
        return _say(asked, say_to_owner, "answered")
    if chat_of(asked.of_case.owner) is None:
        return _back(asked, "unreachable")
    if any(len(one.content) > FILE_AT_MOST for one in asked.files):
        return _back(asked, "large")
    words = [Words(_words_of(asked) or None)] if _words_of(asked) else []
    words += [Words(None, SharedFile(_name_of(one), "document", len(one.content)), content=one.content) for one in asked.files]
    add_answers(asked.connection, asked.console.desk, asked.of_case, asked.member, words, asked.now)
    return _back(asked, "answered")


def note(asked: Asked) -> Response:
    return _say(asked, say_to_staff, "noted")


def _say(asked: Asked, add: Callable[[Connection, Desk, Case, Member, Words, datetime], Said], told: str) -> Response:
    text = _words_of(asked)
    if not text:
        return _back(asked, "empty")
    add(asked.connection, asked.console.desk, asked.of_case, asked.member, Words(text), asked.now)
    return _back(asked, told)


def _words_of(asked: Asked) -> str:
    return asked.form.get("text", "").replace("\r\n", "\n").strip()


def _name_of(one: Sent) -> str:
    """A file's name as it may be shown, without a path; of a long one its end, which says what it is."""
    name = " ".join(readable(one.name.replace("\\", "/").rpartition("/")[2]).split()) or "file"
    return name[-_NAME_AT_MOST:]


def claim(asked: Asked) -> Response:
    casework.claim(asked.connection, asked.console.desk, asked.of_case, asked.member, asked.now)
    return _back(asked, "claimed")


def release(asked: Asked) -> Response:
    casework.release(asked.connection, asked.console.desk, asked.of_case, asked.member, asked.now)
    return _back(asked, "released")


def assign(asked: Asked) -> Response:
    """To a colleague of the bank whose desk it is."""
    colleagues = members(asked.connection, asked.of_case.bank)
    to = next((one for one in colleagues if str(one.id) == asked.form.get("to")), None)
    if to is None or not may(to, Action.ANSWER, asked.of_case):
        raise Refused
    casework.assign(asked.connection, asked.console.desk, asked.of_case, asked.member, to, asked.now)
    return _back(asked, "assigned")


def close(asked: Asked) -> Response:
    casework.close(asked.connection, asked.console.desk, asked.of_case, asked.member, asked.now)
    return _back(asked, "closed")


def reopen(asked: Asked) -> Response:
    casework.reopen(asked.connection, asked.console.desk, asked.of_case, asked.member, asked.now)
    return _back(asked, "reopened")


def move(asked: Asked) -> Response:
    """To another bank, which gets the question alone: its owner agreed to the file being seen here, and here only."""
    to = asked.every_bank.get(asked.form.get("to", ""))
    if to is None:
        raise Refused
    casework.move(asked.connection, asked.console.desk, asked.of_case, asked.member, to, asked.now, closed_file(asked.of_case.language))
    return _back(asked, "moved")


def _back(asked: Asked, told: str) -> Response:
    """The part of the page that changed, or the page for browsers without scripts."""
    if not asked.partial:
        return onward(f"/cases/{asked.of_case.id}?told={told}", part=False)
    _still_looking(asked)
    case = case_of(asked.connection, asked.of_case.id)
    after = replace(asked, case=case, query={"told": told})
    return page(after, "case_live.html", **_live_values(after))


def _still_looking(asked: Asked) -> None:
    """A part of the page is no look of its own, unless none was noted: nobody reads a case unseen by asking for its parts alone."""
    if not looked_since(asked.connection, asked.of_case, asked.member, asked.now - _LOOK_LASTS):
        note_look(asked.connection, asked.of_case, asked.member, "case", asked.now)


def _live_values(asked: Asked) -> dict[str, Any]:
    case = asked.of_case
    events, said = events_of(asked.connection, case.id), said_in(asked.connection, case.id)
    people = members(asked.connection, case.bank)
    staff = {member.id: member.name for member in people}
    moment = asked.now.replace(second=0, microsecond=0)
    seen = repr((case, [(one.id, one.edited_at) for one in said], len(events), moment, asked.language))
    return {
        "case": case,
        "about": topic(asked, case.about),
        "holder": staff.get(case.assignee or 0, ""),
        "can": {action.value for action, states in _STATES.items() if case.status in states and asked.may(action, case)},
        "colleagues": [one for one in people if one.id != case.assignee and may(one, Action.ANSWER, case)],
        "other_banks": [bank for bank in asked.every_bank.values() if bank.id != case.bank],
        "items": timeline(said, events, staff, asked.language),
        "escalated": any(event["event"] == Event.ESCALATED for event in events),
        "seen": hashlib.sha256(seen.encode()).hexdigest()[:16],
    }


def _file_values(asked: Asked) -> dict[str, Any]:
    pack = pack_of(asked.connection, asked.of_case.id)
    bank = asked.every_bank.get(asked.of_case.bank)
    answers = canned_for(asked.connection, asked.of_case.bank)
    filled = {"{number}": str(asked.of_case.id), "{name}": asked.member.name, "{bank}": bank.name[asked.of_case.language] if bank else ""}
    return {
        "sheet": asked.console.files.sheet(asked.console.world, pack, asked.language, _day(pack, asked.of_case)),
        "receipt": pack.get("scope", {}).get("receipt"),
        "uploads": pack.get("uploads", ()),
        "transcript": pack.get("transcript", ()),
        "files": (FILES_AT_MOST, FILE_AT_MOST // 1_000_000) if chat_of(asked.of_case.owner) is not None else None,
        "may_learn": asked.may(Action.PROMOTE, asked.of_case),
        "canned": [(one.title, _fill(one.text(asked.of_case.language), filled)) for one in answers],
    }


def _day(pack: Mapping[str, Any], case: Case) -> date:
    """The day on which the file stood as it does."""
    return date.fromisoformat(pack["as_of"]) if "as_of" in pack else case.opened_at.date()


def _fill(text: str, filled: dict[str, str]) -> str:
    """A canned answer with what it says of the case."""
    for placeholder, value in filled.items():
        text = text.replace(placeholder, value)
    return text


def _sheet(asked: Asked) -> dict[str, Any] | None:
    pack = pack_of(asked.connection, asked.of_case.id)
    sheet = asked.console.files.sheet(asked.console.world, pack, asked.language, _day(pack, asked.of_case))
    return None if sheet is None else sheet_to_json(sheet)


PAGES = (
    Page("GET", "/cases/{case}", show, Action.LOOK),
    Page("GET", "/cases/{case}/live", live, Action.LOOK, quiet=True),
    Page("GET", "/cases/{case}/report.png", report, Action.LOOK, quiet=True),
    Page("GET", "/cases/{case}/report.pdf", printed, Action.EXPORT_PACK),
    Page("POST", "/cases/{case}/answer", answer, Action.ANSWER, files=True),
    Page("POST", "/cases/{case}/note", note, Action.NOTE),
    Page("POST", "/cases/{case}/claim", claim, Action.CLAIM),
    Page("POST", "/cases/{case}/release", release, Action.RELEASE),
    Page("POST", "/cases/{case}/assign", assign, Action.ASSIGN),
    Page("POST", "/cases/{case}/close", close, Action.CLOSE),
    Page("POST", "/cases/{case}/reopen", reopen, Action.REOPEN),
    Page("POST", "/cases/{case}/move", move, Action.MOVE),
)
