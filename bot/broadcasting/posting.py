"""From rows to messages: who is told now, who is asked one question instead, who is told later, and who not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from bot.broadcasting.messages import Letter, digest_of, plain_of
from bot.broadcasting.office import Office
from bot.bulletins.checks import send_day
from bot.bulletins.model import Bulletin, Doubt, Ending, Sort
from bot.bulletins.timing import WEEK, free_at, next_morning
from bot.conversation.answers.bulletin import settling_fact
from bot.conversation.kept import reply_to_plain
from bot.conversation.model import Reply
from bot.conversation.news import Settling, settling_to_json
from bot.storage.bulletins.groups import known_of
from bot.storage.bulletins.posting import Parcel, Waiting, due_rows, end, hold, listeners, next_rows, put_out, told_since
from knowledge.entries import Entry
from knowledge.firm import FactValue, spec_of, vocabulary


def post(connection: Connection, office: Office, bulletin: Bulletin, room: int, now: datetime) -> int:
    """Put the next rows of a bulletin out, so many at most; gives how many messages. The caller holds the bulletin's lock."""
    rows = next_rows(connection, bulletin.id, room)
    wanted = _wanted(connection, office, bulletin, rows)
    news = bulletin.draft.sort is Sort.NEWS
    lately = told_since(connection, [row.owner for row in wanted], now - WEEK) if news else {}
    later = {row: moment for row in wanted if news and (moment := _later(row, lately.get(row.owner, ()), now)) is not None}
    return _bring(connection, office, bulletin, [row for row in wanted if row not in later], later, now)


def post_held(connection: Connection, office: Office, bulletins: Sequence[Bulletin], room: int, now: datetime) -> int:
    """Put out what was held back and is due, all of an owner in one message. The caller holds the locks of these bulletins."""
    if not bulletins:
        return 0
    by_number = {bulletin.id: bulletin for bulletin in bulletins}
    rows = due_rows(connection, list(by_number), now, room)
    wanted = [row for number, bulletin in by_number.items() for row in _wanted(connection, office, bulletin, _of(rows, number))]
    lately = told_since(connection, {row.owner for row in wanted}, now - WEEK)
    posted = 0
    for owner, some in groupby(sorted(wanted, key=lambda row: (row.owner, row.bulletin)), key=lambda row: row.owner):
        mine = list(some)
        moment = free_at(lately.get(owner, ()), mine[0].weekly, now)
        if moment is not None:
            hold(connection, [(row, moment) for row in mine])
        elif len(mine) == 1:
            posted += _bring(connection, office, by_number[mine[0].bulletin], mine, {}, now)
        else:
            posted += _bring_together(connection, [by_number[row.bulletin] for row in mine], mine, now)
    return posted


def _of(rows: Iterable[Waiting], number: int) -> list[Waiting]:
    return [row for row in rows if row.bulletin == number]


def _wanted(connection: Connection, office: Office, bulletin: Bulletin, rows: Sequence[Waiting]) -> list[Waiting]:
    """Those who still want to hear of it; the others end here."""
    entry, draft = office.pack.get(bulletin.draft.entry), bulletin.draft
    # Who muted a topic still hears that what was said of it was wrong; who muted everything hears nothing.
    news = draft.sort is Sort.NEWS and entry is not None
    listen = listeners(connection, [row.owner for row in rows], entry.kind if news and entry else None, draft.region if news else None)
    end(connection, [row for row in rows if row.owner not in listen], Ending.UNSUBSCRIBED)
    return [row for row in rows if row.owner in listen]


def _later(row: Waiting, lately: Sequence[datetime], now: datetime) -> datetime | None:
    """Until when it is held back: until the morning for who wants all of a day at once, and until the week has room."""
    if row.chat is None:
        return None
    free = free_at(lately, row.weekly, now)
    if not row.digest:
        return free
    return max(next_morning(now), free or now)


def _bring(
    connection: Connection,
    office: Office,
    bulletin: Bulletin,
    rows: Sequence[Waiting],
    later: Mapping[Waiting, datetime],
    now: datetime,
) -> int:
    """Each its own message."""
    letter = Letter(bulletin, office.pack.get(bulletin.draft.entry))
    facts = _asked(connection, letter.entry, [row for row in rows if row.fits is None], bulletin, now)
    _turn_to(connection, office, letter, facts, rows)
    told = cache(letter.message)
    asked = cache(letter.question)
    parcels = []
    for row in rows:
        if row.chat is not None:
            message = plain_of(asked(row.language, facts[row.owner])) if row.owner in facts else told(row.language)
            parcels.append(Parcel(row.owner, row.chat, (bulletin.id,), message, facts.get(row.owner)))
    put_out(connection, parcels, kind_of([bulletin]), now)
    end(connection, [row for row in rows if row.chat is None], Ending.SENT, facts)
    hold(connection, list(later.items()))
    return len(parcels)


def _bring_together(connection: Connection, bulletins: Sequence[Bulletin], rows: Sequence[Waiting], now: datetime) -> int:
    """All of an owner in one message."""
    first = rows[0]
    assert first.chat is not None
    open_ = frozenset(row.bulletin for row in rows if row.fits is None)
    message = plain_of(digest_of(bulletins, open_, first.language))
    parcel = Parcel(first.owner, first.chat, tuple(bulletin.id for bulletin in bulletins), message)
    put_out(connection, [parcel], kind_of(bulletins), now)
    return 1


def kind_of(bulletins: Sequence[Bulletin]) -> str:
    """The kind of the outbox: what no bulletin of a message lets arrive twice must not. Several together are never paid for."""
    parks = any(bulletin.draft.doubt is Doubt.PARK for bulletin in bulletins)
    if len(bulletins) == 1 and bulletins[0].draft.paid:
        return "bulletin_paid1" if parks else "bulletin_paid"
    return "bulletin_once" if parks else "bulletin"


def _asked(
    connection: Connection, entry: Entry | None, rows: Sequence[Waiting], bulletin: Bulletin, now: datetime
) -> dict[str, str | None]:
    """For each owner of whose firm it cannot be told: the fact to ask for; None where none would settle it."""
    if entry is None or not rows:
        return {}
    on = send_day(bulletin.draft, bulletin.started_at or now)
    known = known_of(connection, [row.owner for row in rows])
    return {owner: settling_fact(entry, _typed(facts), on) for owner, facts in known.items()}


def _turn_to(connection: Connection, office: Office, letter: Letter, facts: Mapping[str, str | None], rows: Sequence[Waiting]) -> None:
    """Have the talk know what was asked, and what waits there for an owner who fetches it."""
    for row in rows:
        fact, entry = facts.get(row.owner), letter.entry
        if row.chat is not None and fact is None:
            continue
        changes: dict[str, Any] = {}
        if fact is not None and entry is not None:
            changes = {"settling": settling_to_json(Settling(letter.bulletin.id, entry.id, fact)), "asking": fact, "reminded": fact}
        fetched = [letter.question(row.language, fact) if row.owner in facts else letter.reply(row.language)] if row.chat is None else []
        office.store.change_dialogue(connection, row.owner, _changed(changes, fetched))


def _changed(changes: Mapping[str, Any], fetched: Sequence[Reply]) -> Any:
    """How the state of a dialogue changes; where a person of a bank is talked to, no question of ours is the open one."""

    def change(state: Mapping[str, Any]) -> Mapping[str, Any]:
        kept = {name: value for name, value in changes.items() if name == "settling" or not state.get("with_person")}
        waiting = [*state.get("waiting", ()), *(reply_to_plain(reply) for reply in fetched)]
        return {**state, **kept, "waiting": waiting}

    return change


def _typed(rows: Sequence[Mapping[str, Any]]) -> dict[str, FactValue]:
    return {row["name"]: spec_of(row["name"]).parse(row["value"]) for row in rows if row["name"] in vocabulary()}
