"""A turn stored whole, in one transaction: what is known now, what was said, what was asked of a desk, and the channel's own rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.broadcasting.turns import carry_out_news
from bot.casework.owned import forget_cases
from bot.casework.ports import Desk
from bot.casework.referring import Prepared, prepare
from bot.casework.sharing_turns import carry_out_sharing
from bot.casework.turns import WITH_FILE, Carried, carry_out
from bot.conversation.desk import Verb
from bot.conversation.firm_file import TURNS_READ, file_for
from bot.conversation.heard import Heard, heard_to_json
from bot.conversation.kept import WITH_DESK, dialogue_to_json, reply_to_json
from bot.conversation.model import Answer, Dialogue, Effect, ReminderChange, Reply, Understanding
from bot.conversation.world import World
from bot.exporting import everything_about
from bot.remembered import stored_facts
from bot.storage.store import Remembered, Store, TurnRecord


@dataclass(frozen=True)
class Answered:
    """A turn that was answered and is not stored yet."""

    owner: str
    before: Remembered  #: what it started from; when somebody else changed that meanwhile, it cannot be stored
    world: World
    heard: Heard
    understanding: Understanding | None
    answer: Answer
    waiting: tuple[Reply, ...] = ()  #: what a desk said meanwhile, told before the answer


@dataclass(frozen=True)
class Outcome:
    """A turn as the channels see it."""

    replies: tuple[Reply, ...]
    dialogue: Dialogue
    sources: tuple[str, ...]
    erased: bool = False
    #: a reminder was asked for, so the channel has to say where it goes
    reminds: bool = False
    #: what the owner wants to hear of was written, so the channel has to say where that goes
    listens: bool = False


#: What is committed in the same transaction as the turn: the channel's own rows (update done, replies in the outbox).
Alongside = Callable[[Connection, Outcome], None]


def commit(desk: Desk, turn: Answered, now: datetime, draw: Callable[[int], int], alongside: Alongside | None = None) -> Outcome:
    """Store a turn and do what it asks for; `draw` is what the receipt of a pack is drawn with.

    Raises StaleDialogue or Taken when the owner or staff came in between: the turn is then to be answered anew.
    """
    answer, store, today = turn.answer, desk.store, now.astimezone().date()
    replies = answer.replies
    if Effect.EXPORT in answer.effects:
        replies = (replace(replies[0], files=(everything_about(store, turn.owner, answer.dialogue, now),)), *replies[1:])
    file = _file_for(store, turn, today)
    shared = answer.sharing.sharing if answer.sharing is not None else None
    given = None if shared is None else prepare(turn.world, answer.dialogue, shared, today, draw)
    with store.begin() as connection:
        if Effect.ERASE in answer.effects:
            forget_cases(connection, desk, turn.owner)
            store.erase(connection, turn.owner)
            outcome = Outcome(replies, answer.dialogue, answer.sources, erased=True)
        else:
            outcome = _keep(connection, desk, turn, replies, file, given, now)
        outcome = replace(outcome, replies=(*turn.waiting, *outcome.replies), reminds=any(change.on for change in answer.reminders))
        if alongside:
            alongside(connection, outcome)
    return outcome


def _keep(
    connection: Connection,
    desk: Desk,
    turn: Answered,
    replies: tuple[Reply, ...],
    file: Mapping[str, Any],
    given: Prepared | None,
    now: datetime,
) -> Outcome:
    """Keep what is known and said now, and carry out what the turn asks of desks, of the news, of sharing and of reminders."""
    store, owner, answer, dialogue = desk.store, turn.owner, turn.answer, turn.answer.dialogue
    store.keep_memory(connection, owner, turn.before, dialogue_to_json(dialogue), stored_facts(dialogue.firm), now)

    def take_in(carried: Carried) -> None:
        nonlocal replies, dialogue
        replies, dialogue = (*replies, *carried.replies), carried.dialogue
        store.change_dialogue(connection, owner, lambda _: dialogue_to_json(carried.dialogue))

    if answer.desk is not None:
        take_in(carry_out(connection, desk, owner, answer.desk, dialogue, file, now))
    news = carry_out_news(connection, turn.world.pack, owner, turn.before.state, answer, dialogue, now)
    replies = (*replies, *news.replies)
    if answer.sharing is not None:
        take_in(carry_out_sharing(connection, desk, turn.world, owner, answer.sharing, given, dialogue, now))
    store.note_turn(connection, owner, _record(turn, replies), now)
    for change in answer.reminders:
        _change_reminder(connection, store, owner, change, now)
    return Outcome(replies, dialogue, answer.sources, listens=news.listens)


def _record(turn: Answered, replies: tuple[Reply, ...]) -> TurnRecord:
    """What waited from a desk is not among the replies: it was noted when it was said."""
    with_desk = {WITH_DESK: True} if turn.answer.desk is not None and turn.answer.desk.verb in (Verb.SAY, Verb.AMEND) else {}
    return TurnRecord(
        heard=heard_to_json(turn.heard) | with_desk,
        intent=turn.understanding.intent if turn.understanding else None,
        said=[reply_to_json(reply) for reply in replies],
        sources=turn.answer.sources,
        pack_digest=turn.world.pack.digest,
    )


def _file_for(store: Store, turn: Answered, today: date) -> Mapping[str, Any]:
    """The firm's file as far as the bank that a turn asks for may see it."""
    asked = turn.answer.desk
    if asked is None or asked.verb not in WITH_FILE:
        return {}
    transcript = store.transcript(turn.owner, latest=TURNS_READ) if asked.shows else []
    return file_for(turn.world, turn.answer.dialogue, asked.shows, transcript, today)


def _change_reminder(connection: Connection, store: Store, owner: str, change: ReminderChange, now: datetime) -> None:
    if change.on is None:
        store.cancel_reminder(connection, owner, change.entry)
    else:
        store.set_reminder(connection, owner, change.entry, change.on, now)
