"""A bulletin written, looked at, approved and stopped in an officer's chat: what comes back for each thing that they do there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.broadcasting.messages import Letter, plain_of
from bot.broadcasting.office import Office, Preview, approve, preview, stop, write_in
from bot.bulletins.checks import Unfit
from bot.bulletins.composing import Composition, Prompt, Step, heard, prompt
from bot.bulletins.model import LANGUAGES, Bulletin, Changed, Lost, Status
from bot.bulletins.timing import ZONE
from bot.bulletins.words import word
from bot.conversation.model import Button, Reply
from bot.desk.model import Member, Role
from bot.storage.bulletins.compositions import composition_of, keep_composition
from bot.storage.desk.people import members
from knowledge.entries import Entry
from knowledge.regions import contains
from knowledge.search import SearchIndex

#: What the buttons of this begin with.
PREFIX = "bul:"
Message = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """Messages for the officer, and for others by their Telegram chat."""

    messages: tuple[Message, ...]
    others: tuple[tuple[int, tuple[Message, ...]], ...] = ()


def is_composing(connection: Connection, officer: Member) -> bool:
    """Whether what the officer writes next belongs to a bulletin."""
    return composition_of(connection, officer.id) is not None


def begin(connection: Connection, officer: Member) -> Answered:
    """A new bulletin, from its first question."""
    keep_composition(connection, officer.id, Composition())
    return Answered(_asked(prompt(Composition(), officer)))


def give_up(connection: Connection, officer: Member) -> Answered:
    """Nothing of it is kept."""
    keep_composition(connection, officer.id, None)
    return Answered((_line(word("compose_cancelled", officer.language)),))


def go_on(
    connection: Connection, office: Office, index: SearchIndex, officer: Member, said: str, now: datetime
) -> tuple[Answered, int | None]:
    """What was written or chosen; once nothing lacks, it is a draft, and its number comes back."""
    composition = composition_of(connection, officer.id) or Composition()

    def find(text: str) -> Sequence[Entry]:
        exact = office.pack.get(text.strip())
        hits = [] if exact is not None else [office.pack.get(hit.entry) for hit in index.search(text)]
        return [exact] if exact is not None else [entry for entry in hits if entry is not None]

    after, asked = heard(composition, officer, said, now, find)
    if after.step is not Step.DONE:
        keep_composition(connection, officer.id, after)
        return Answered(_asked(asked)), None
    keep_composition(connection, officer.id, None)
    try:
        return Answered(()), write_in(connection, officer, after.draft(), now).id
    except Unfit as error:
        return Answered((_line(_sentences(error, officer)),)), None


def shown(office: Office, officer: Member, number: int, now: datetime, *, fresh: bool = False) -> Answered:
    """A bulletin as firms will see it, whom it would reach, and what can be done; a fresh one is shown to the colleagues, too."""
    try:
        found = preview(office, officer, number, now)
    except (Unfit, Lost) as error:
        return Answered((_line(_refused(error, officer, number)),))
    front = _as_firms_see_it(office, found.bulletin)
    head = word("compose_saved", officer.language).format(number=number)
    mine = (*front, _summary(found, officer, head if fresh else ""))
    if not fresh or found.problems:
        return Answered(mine)
    with office.store.begin() as connection:
        colleagues = [one for one in members(connection) if one.id != officer.id and _may_approve(one, found.bulletin)]
    asked = []
    for one in colleagues:
        head = word("compose_asks", one.language).format(name=officer.name, number=number)
        asked.append((one.telegram_id or 0, (*front, _summary(found, one, head))))
    return Answered(mine, tuple(asked))


def decided(office: Office, officer: Member, what: str, now: datetime) -> Answered:
    """ok:<number>:<version> approves, stop:<number> stops; anything else means nothing any more."""
    verb, *numbers = what.split(":")
    if not numbers or not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
        return Answered(())
    number, *rest = (int(one) for one in numbers)
    try:
        if verb == "ok" and rest:
            approve(office, officer, number, rest[0], now)
            begins = preview(office, officer, number, now).begins
            text = word("compose_approved", officer.language).format(number=number, begins=_moment(begins))
            return Answered((_line(text, Button(f"{PREFIX}stop:{number}", word("compose_stop", officer.language))),))
        if verb == "stop":
            stop(office, officer, number, now)
            return Answered((_line(word("compose_stopped", officer.language).format(number=number)),))
    except (Unfit, Lost, Changed) as error:
        return Answered((_line(_refused(error, officer, number)),))
    return Answered(())


def _as_firms_see_it(office: Office, bulletin: Bulletin) -> tuple[Message, ...]:
    letter = Letter(bulletin, office.pack.get(bulletin.draft.entry))
    return tuple(letter.message(language) for language in LANGUAGES)


def _summary(found: Preview, officer: Member, head: str) -> Message:
    language, bulletin = officer.language, found.bulletin
    counts = word("compose_counts", language).format(
        messages=found.messages_told(language), begins=_moment(found.begins), ends=_moment(found.ends)
    )
    lines = [head, counts] if head else [counts]
    if found.problems:
        lines += [word("compose_wrong", language), *(f"· {problem.words(language)}" for problem in found.problems)]
    buttons = []
    if bulletin.status is Status.DRAFT and bulletin.author != officer.id and not found.problems:
        buttons.append(Button(f"{PREFIX}ok:{bulletin.id}:{bulletin.version}", word("compose_approve", language)))
    elif bulletin.status is Status.DRAFT and not found.problems:
        lines.append(word("compose_wait", language))
    if bulletin.status in (Status.DRAFT, Status.APPROVED, Status.SENDING):
        buttons.append(Button(f"{PREFIX}stop:{bulletin.id}", word("compose_stop", language)))
    return _line("\n".join(lines), *buttons)


def _may_approve(member: Member, bulletin: Bulletin) -> bool:
    speaks = member.region is not None and contains(member.region, bulletin.draft.region)
    return member.role is Role.POLICY and member.telegram_id is not None and speaks


def _asked(asked: Prompt | None) -> tuple[Message, ...]:
    if asked is None:
        return ()
    return (_line(asked.text, *(Button(f"{PREFIX}is:{choice.id}", choice.label) for choice in asked.choices)),)


def _line(text: str, *buttons: Button) -> Message:
    return plain_of(Reply(text, buttons))


def _refused(error: Exception, officer: Member, number: int) -> str:
    if isinstance(error, Unfit):
        return _sentences(error, officer)
    return word("compose_lost" if isinstance(error, Lost) else "compose_changed", officer.language).format(number=number)


def _sentences(error: Unfit, officer: Member) -> str:
    return "\n".join(problem.words(officer.language) for problem in error.problems)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%m-%d %H:%M}"
