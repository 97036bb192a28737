"""The topics of the staff's groups, kept true to their cases: finds the next step, and notes what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.casework.owners import KIND as ANSWER
from bot.channels.telegram.desk.plan import (
    LOST_AT_MOST,
    Draw,
    Drop,
    Hand,
    Make,
    Rename,
    Reword,
    Say,
    Shut,
    Step,
    View,
    is_frame,
    next_step,
)
from bot.channels.telegram.desk.steps import Ending, Trouble
from bot.channels.telegram.desk.wording import group_language, staff_text, words_of
from bot.desk.model import Case, Event
from bot.storage.desk.canned import canned_for
from bot.storage.desk.cases import case_of, note_event, pack_of
from bot.storage.desk.people import bank_of, members
from bot.storage.desk.topics import (
    KIND,
    Topic,
    add_line,
    case_answered_by,
    case_with_words,
    drop_line,
    last_said,
    may_hint,
    move_group,
    next_line,
    note_shown,
    note_topic,
    outdated,
    renamed_since,
    settle,
    topic_of,
    unshown,
    want,
)
from bot.storage.posts import Closing, Post
from bot.storage.store import Store

#: Words looked at for one message, and words of the old topic that a new one begins with, in so many characters at most.
_AT_ONCE, _RECENT, _ANEW = 40, 6, 3000
#: Everybody in a group is told the same only so often.
_HINT_AGAIN = timedelta(hours=1)


class Topics:
    """What the outbox's sender asks before a row of a topic leaves, and tells once it is known what became of it."""

    def __init__(self, store: Store, now: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._now = now or (lambda: datetime.now(UTC))

    def step(self, post: Post) -> Step | None:
        """What a row has to do now; None when its topic shows everything."""
        now = self._now()
        if "drop" in post.message:
            return Step(0, post.chat_id, post.message["drop"], Drop(), now)
        with self._store.engine.connect() as connection:
            step = _step_of(connection, post.message["case"], now)
            if step is None or not is_frame(step.do):
                return step
            # A group takes few messages a minute: words of whichever case go before titles and buttons.
            urgent = case_with_words(connection, step.chat)
            return (None if urgent is None else _step_of(connection, urgent, now)) or step

    def closed(self, connection: Connection, closings: Sequence[Closing]) -> None:
        """Note what rows did, and have done what is left to do."""
        for closing in closings:
            if closing.kind == KIND:
                self._settled(connection, closing)
            elif closing.kind == ANSWER and closing.outcome != "sent":
                self._not_arrived(connection, closing)

    def moved(self, connection: Connection, old: int, new: int) -> None:
        """A group has another number."""
        move_group(connection, old, new)

    def _settled(self, connection: Connection, closing: Closing) -> None:
        """Note what a row did, which may have served a case with more to say than its own; then go on with both."""
        topic, ending, now = settle(connection, closing.id), closing.ending, self._now()
        if closing.outcome == "unsubscribed":
            return
        behind = set() if topic is None else {topic.case}
        if isinstance(ending, Ending):
            served, case = topic_of(connection, ending.step.case), case_of(connection, ending.step.case)
            if served is not None and case is not None:
                goes_on = ending.trouble is None or self._trouble(connection, case, served, ending, now)
                if ending.trouble is None:
                    self._taken(connection, served, ending, now)
                behind = behind | {case.id} if goes_on else behind - {case.id}
        for number in sorted(behind):
            step = _step_of(connection, number, now)
            if step is not None:
                want(connection, self._store, number, step.chat, now)

    def _not_arrived(self, connection: Connection, closing: Closing) -> None:
        """An answer did not reach its owner: staff are to know."""
        case_id = case_answered_by(connection, closing.id)
        case = None if case_id is None else case_of(connection, case_id)
        if case is None:
            return
        now = self._now()
        note_event(connection, case.id, Event.UNDELIVERED, now, detail={"outcome": closing.outcome})
        bank = bank_of(connection, case.bank)
        if bank is not None and bank.group_chat is not None:
            language = group_language(members(connection, bank.id))
            add_line(connection, case.id, {"text": staff_text("not_arrived", language)}, now)
            want(connection, self._store, case.id, bank.group_chat, now)

    def _taken(self, connection: Connection, topic: Topic, ending: Ending, now: datetime) -> None:
        """A step was taken: what Telegram shows now."""
        step, numbers = ending.step, ending.numbers
        do = step.do
        if isinstance(do, Make):
            note_topic(connection, topic.case, thread_id=numbers[0], title=do.title, titled_at=step.as_of, head_id=None, closed=False)
        elif isinstance(do, Rename):
            note_topic(connection, topic.case, title=do.title, titled_at=step.as_of)
        elif isinstance(do, Shut):
            note_topic(connection, topic.case, closed=do.closed)
        elif isinstance(do, Reword) and do.head is not None:
            note_topic(connection, topic.case, head=do.head)
        elif isinstance(do, Say) and do.head is not None:
            note_topic(connection, topic.case, head_id=numbers[0], head=do.head)
        elif isinstance(do, Draw) or (isinstance(do, Say) and do.line is not None):
            drop_line(connection, do.line or 0)
        elif isinstance(do, Say | Hand | Reword):
            self._words_shown(connection, topic, step, numbers, now)

    def _words_shown(self, connection: Connection, topic: Topic, step: Step, numbers: Sequence[int], now: datetime) -> None:
        do = step.do
        assert isinstance(do, Say | Hand | Reword)
        # The files of a set have a number each; words that went out together share one.
        if isinstance(do, Reword):
            numbers = (do.number,)  # also where staff deleted it: what is not there is not tried again
        each = numbers if len(numbers) == len(do.said) else [numbers[0] if numbers else 0] * len(do.said)
        note_shown(connection, list(zip(do.said, each, strict=True)), step.as_of)
        note_topic(connection, topic.case, lost=0)
        if not isinstance(do, Reword) and do.rest:
            bank_language = self._language(connection, topic)
            add_line(connection, topic.case, {"text": staff_text("said_rest", bank_language, text=do.rest)}, now)

    def _trouble(self, connection: Connection, case: Case, topic: Topic, ending: Ending, now: datetime) -> bool:
        """A step could not be taken; whether to go on at once."""
        do = ending.step.do
        language = self._language(connection, topic)
        if ending.trouble is Trouble.RIGHTS:
            self._hint(connection, topic.chat, "no_rights", staff_text("no_rights", language), now)
            return False
        if ending.trouble is Trouble.SHUT:
            note_topic(connection, case.id, closed=True)
            return True
        if ending.trouble is Trouble.LOST:
            return self._lost(connection, case, topic, ending, language, now)
        self._give_up(connection, case, ending, language, now)
        return not isinstance(do, Make)

    def _lost(self, connection: Connection, case: Case, topic: Topic, ending: Ending, language: str, now: datetime) -> bool:
        if ending.step.thread != topic.thread:
            return True  # it was noticed before
        note_event(connection, case.id, Event.TOPIC_LOST, now)
        note_topic(connection, case.id, thread_id=None, head_id=None, head=None, title=None, titled_at=None, menu="", lost=topic.lost + 1)
        if topic.lost + 1 < LOST_AT_MOST:
            names = {member.id: member.name for member in members(connection)}
            shown = [said for said in last_said(connection, case.id, _RECENT) if said not in unshown(connection, topic, _AT_ONCE)]
            words = "\n".join(words_of(said, names.get(said.staff or 0, "?"), language) for said in shown)
            key = "topic_anew" if words else "topic_anew_empty"
            add_line(connection, case.id, {"text": staff_text(key, language, words=words)[:_ANEW]}, now)
            return True
        self._hint(connection, topic.chat, f"lost {case.id}", staff_text("lost_again", language, number=case.id), now)
        return False

    def _give_up(self, connection: Connection, case: Case, ending: Ending, language: str, now: datetime) -> None:
        """One thing that cannot be shown must not hold up the rest; where it was a file, staff are told so."""
        do = ending.step.do
        if isinstance(do, Hand):
            note_shown(connection, [(said, 0) for said in do.said], ending.step.as_of)
            note_event(connection, case.id, Event.UNDELIVERED, now, detail={"said": list(do.said)})
            lost = "\n".join(staff_text("said_file_lost", language, name=file.name) for file in do.files)
            add_line(connection, case.id, {"text": f"{do.caption}\n{lost}"}, now)
        elif isinstance(do, Draw):
            drop_line(connection, do.line)
        elif isinstance(do, Say) and do.said:
            note_shown(connection, [(said, 0) for said in do.said], ending.step.as_of)
            note_event(connection, case.id, Event.UNDELIVERED, now, detail={"said": list(do.said)})
        elif isinstance(do, Say) and do.line is not None:
            drop_line(connection, do.line)
        elif isinstance(do, Say) and do.head is not None:
            note_topic(connection, case.id, head_id=0, head=do.head)
        elif isinstance(do, Make):
            self._hint(connection, ending.step.chat, "no_rights", staff_text("no_rights", language), now)
        else:
            self._taken(connection, Topic(case.id, ending.step.chat), ending, now)

    def _hint(self, connection: Connection, chat: int, hint: str, text: str, now: datetime) -> None:
        if may_hint(connection, chat, 0, hint, now, _HINT_AGAIN):
            self._store.post(connection, None, chat, [{"text": text, "buttons": []}], now, "hint")

    def _language(self, connection: Connection, topic: Topic) -> str:
        case = case_of(connection, topic.case)
        return group_language(members(connection, case.bank)) if case else "zh"


def _step_of(connection: Connection, case_id: int, now: datetime) -> Step | None:
    view = view_of(connection, case_id, now)
    return None if view is None else next_step(view, now)


def view_of(connection: Connection, case_id: int, now: datetime) -> View | None:
    """A case and what its topic shows; None where either is gone, or the bank has no group."""
    case, topic = case_of(connection, case_id), topic_of(connection, case_id)
    bank = None if case is None else bank_of(connection, case.bank)
    if case is None or topic is None or bank is None or bank.group_chat is None:
        return None
    colleagues = members(connection, bank.id)
    return View(
        case=case,
        bank=bank,
        pack=pack_of(connection, case_id),
        language=group_language(colleagues),
        colleagues=colleagues,
        canned=canned_for(connection, bank.id) if topic.menu == "canned" else (),
        topic=topic,
        waiting=unshown(connection, topic, _AT_ONCE),
        changed=outdated(connection, topic),
        line=next_line(connection, case_id),
        renamed_lately=renamed_since(connection, topic.chat, now - timedelta(seconds=60)),
    )
