"""What policy officers do: write, look at whom it would reach, approve as the second person, stop, correct.

Each function is one transaction. Unfit says in sentences why something cannot be done, Changed that somebody else was first, Lost that
there is no such bulletin for this officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.bulletins.checks import Problem, Unfit, is_place, problems, send_day, texts
from bot.bulletins.groups import told
from bot.bulletins.model import LANGUAGES, Bulletin, Changed, Draft, Ending, Lost, Sort, Status
from bot.bulletins.timing import ends, leaves, rate_of, stars
from bot.desk.model import Member, Role
from bot.desk.rights import Action, may
from bot.storage.bulletins.audience import count_firms, count_readers
from bot.storage.bulletins.delivery import drop_waiting, endings, halt
from bot.storage.bulletins.rows import add, bulletin_of, change, every_bulletin, lock
from bot.storage.portfolio import Audience
from bot.storage.store import Store
from knowledge.pack import Pack
from knowledge.regions import contains

#: Messages a second that a bulletin leaves at while people chat.
RATE = rate_of(paid=False)


@dataclass(frozen=True)
class Office:
    """What every use case works with."""

    store: Store
    pack: Pack
    #: Telegram's Stars that one bulletin may cost; none unless the installation says so
    stars: int = 0


@dataclass(frozen=True)
class Outlook:
    """What would happen to a draft. `firms` are all stored ones, `reached` those of them who want to hear of it; None for corrections.

    `messages` leave from `begins` to `ends`, should nobody change anything.
    """

    firms: Audience | None
    reached: Audience | None
    messages: int
    begins: datetime
    ends: datetime
    problems: tuple[Problem, ...]
    stars: int  #: what it costs at most; nothing unless it is paid for

    def messages_told(self, language: str) -> str:
        """As officers read them before anything leaves: places that differ by a firm look alike."""
        return told(self.messages, language)


@dataclass(frozen=True)
class Preview(Outlook):
    """The same of a bulletin that is kept."""

    bulletin: Bulletin


def write(office: Office, officer: Member, draft: Draft, now: datetime) -> Bulletin:
    """A new draft. It may lack anything; only what is approved has to be right."""
    with office.store.begin() as connection:
        return write_in(connection, officer, draft, now)


def write_in(connection: Connection, officer: Member, draft: Draft, now: datetime) -> Bulletin:
    """As write, in a transaction that somebody else has begun."""
    must_be_officer(officer)
    _must_have_original(connection, officer, draft)
    return add(connection, draft, officer.id, now)


def revise(office: Office, officer: Member, number: int, version: int, draft: Draft, now: datetime) -> Bulletin:
    """Other words, as long as nothing has left. What was approved needs a new approval, of somebody else than who revised it."""
    with office.store.begin() as connection:
        bulletin = _mine(connection, officer, number, version)
        _must_stand(bulletin, Status.DRAFT, Status.APPROVED)
        _must_have_original(connection, officer, draft)
        rest = {"status": Status.DRAFT, "author_id": officer.id, "approver_id": None, "approved_digest": None, "approved_at": None}
        return change(connection, bulletin, "changed", officer.id, now, draft=draft.plain(), corrects_id=draft.corrects, **rest)


def preview(office: Office, officer: Member, number: int, now: datetime) -> Preview:
    """Whom a bulletin would reach, how long that takes, and what keeps it from being approved."""
    with office.store.begin() as connection:
        return _preview(office, connection, officer, look(connection, officer, number), now)


def outlook(office: Office, officer: Member, draft: Draft, now: datetime) -> Outlook:
    """The same of what is not kept yet, so that nobody finds out at the approval that it reaches no one or costs too much."""
    must_be_officer(officer)
    with office.store.begin() as connection:
        return _outlook(office, connection, officer, draft, now)


def approve(office: Office, officer: Member, number: int, version: int, now: datetime) -> Bulletin:
    """The second officer agrees to what stands there in the version that they saw."""
    with office.store.begin() as connection:
        bulletin = _mine(connection, officer, number, version)
        _must_stand(bulletin, Status.DRAFT)
        if bulletin.author in (None, officer.id):
            raise Unfit(Problem("same_person"))
        if found := _preview(office, connection, officer, bulletin, now).problems:
            raise Unfit(*found)
        if bulletin.draft.corrects is not None:
            _withhold(connection, bulletin.draft.corrects)
        approved = {"approver_id": officer.id, "approved_digest": bulletin.draft.digest(), "approved_at": now}
        return change(
            connection, bulletin, "approved", officer.id, now, status=Status.APPROVED, approved_draft=bulletin.draft.plain(), **approved
        )


def stop(office: Office, officer: Member, number: int, now: datetime) -> Bulletin:
    """Halt a bulletin for good, whatever its version: what is under way arrives, nothing more leaves. One officer is enough."""
    with office.store.begin() as connection:
        lock(connection, number)  # first of all: no step of the delivery gets in between
        bulletin = look(connection, officer, number)
        _must_stand(bulletin, Status.DRAFT, Status.APPROVED, Status.SENDING, Status.HELD)
        stopped = change(connection, bulletin, "stopped", officer.id, now, status=Status.STOPPED, ended_at=now)
        halt(connection, number)
        return stopped


def progress(office: Office, officer: Member, number: int) -> tuple[Bulletin, dict[Ending, int]]:
    """Where a bulletin stands, and how many of its rows ended how; they add up to whom it is for."""
    with office.store.begin() as connection:
        return look(connection, officer, number), endings(connection, number)


def listed(office: Office, officer: Member) -> list[Bulletin]:
    """The bulletins of an officer's region, the newest first."""
    must_watch(officer)
    with office.store.begin() as connection:
        return [bulletin for bulletin in every_bulletin(connection) if _within(officer, bulletin)]


def look(connection: Connection, officer: Member, number: int) -> Bulletin:
    """A bulletin that this officer may look at: one of their own, or for a place that they speak for. Raises Lost.

    Administrators of the installation, who write and approve none, look at all of them.
    """
    must_watch(officer)
    bulletin = bulletin_of(connection, number)
    if bulletin is None or not _within(officer, bulletin):
        raise Lost(number)
    return bulletin


def _within(officer: Member, bulletin: Bulletin) -> bool:
    if officer.role is Role.ADMIN:
        return True
    speaks = officer.region is not None and is_place(bulletin.draft.region) and contains(officer.region, bulletin.draft.region)
    return speaks or bulletin.author == officer.id


def _mine(connection: Connection, officer: Member, number: int, version: int) -> Bulletin:
    must_be_officer(officer)
    bulletin = look(connection, officer, number)
    if bulletin.version != version:
        raise Changed(number)
    return bulletin


def must_be_officer(officer: Member) -> None:
    """Raises Unfit for who may write and approve nothing."""
    if not may(officer, Action.BULLETINS, None):
        raise Unfit(Problem("not_officer"))


def must_watch(officer: Member) -> None:
    """Raises Unfit for who may not even look."""
    if not may(officer, Action.WATCH_BULLETINS, None):
        raise Unfit(Problem("not_officer"))


def _must_stand(bulletin: Bulletin, *among: Status) -> None:
    if bulletin.status not in among:
        raise Unfit(Problem("not_draft", {"status": dict(texts()[f"status_{bulletin.status}"])}))


def _must_have_original(connection: Connection, officer: Member, draft: Draft) -> None:
    """What is corrected has left, but for what is held back, and it is of a place that the officer speaks for."""
    if draft.corrects is None:
        return
    original = bulletin_of(connection, draft.corrects)
    if original is None or not original.started_at or not _is_out(original) or not _within(officer, original):
        raise Unfit(Problem("no_original", {"number": draft.corrects}))


def _is_out(bulletin: Bulletin) -> bool:
    return bulletin.ended_at is not None or bulletin.status is Status.HELD


def _withhold(connection: Connection, number: int) -> None:
    """What two officers have found to be wrong goes to nobody any more, also where it was only held back."""
    if lock(connection, number, Status.HELD) is not None:
        drop_waiting(connection, number, Ending.STOPPED)


def _preview(office: Office, connection: Connection, officer: Member, bulletin: Bulletin, now: datetime) -> Preview:
    return Preview(**vars(_outlook(office, connection, officer, bulletin.draft, now)), bulletin=bulletin)


def _outlook(office: Office, connection: Connection, officer: Member, draft: Draft, now: datetime) -> Outlook:
    entry = office.pack.get(draft.entry)
    firms = reached = None
    messages: int | None = None
    if draft.sort is not Sort.NEWS and draft.corrects is not None:
        messages = count_readers(connection, draft.corrects)
    elif entry is not None and is_place(draft.region):
        firms, reached = count_firms(office.store.engine, entry, draft.region, send_day(draft, now))
        messages = reached.eligible + (reached.unknown if draft.ask else 0)
    cost = stars(messages or 0) if draft.paid else 0
    found = (*problems(draft, officer, entry, now, messages), *_cost_problems(office, draft, cost), *_unchanged(connection, draft))
    begins = leaves(draft.quiet, max(draft.send_at, now))
    until = ends(draft.quiet, begins, messages or 0, rate_of(draft.paid))
    return Outlook(firms, reached, messages or 0, begins, until, found, cost)


def _unchanged(connection: Connection, draft: Draft) -> Iterator[Problem]:
    """A correction or withdrawal that reads as the first one did would tell firms the same again."""
    original = bulletin_of(connection, draft.corrects) if draft.corrects is not None else None
    if original is not None and any(draft.text(language) == original.draft.text(language) for language in LANGUAGES):
        yield Problem("unchanged", {"number": original.id})


def _cost_problems(office: Office, draft: Draft, cost: int) -> Iterator[Problem]:
    if draft.paid and office.stars <= 0:
        yield Problem("paid_off", {"cost": f"{cost:,}"})
    elif cost > office.stars:
        yield Problem("too_dear", {"cost": f"{cost:,}", "stars": f"{office.stars:,}"})
