"""What bulletins brought about, for the office that sent them: of one bulletin, and of all of them by place and month.

Never a single firm: groups of fewer than five are put together or left out, and so are counts that would tell of so few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement

from bot.broadcasting.breakdown import Unmet, Words, label_of, unmet
from bot.broadcasting.office import Office, listed, look
from bot.bulletins.groups import FEWEST, OTHERS, told_apart
from bot.bulletins.model import Bulletin, Sort
from bot.bulletins.timing import ZONE
from bot.desk.model import Member
from bot.storage.bulletins.audience import within
from bot.storage.bulletins.effect import Told, asked_about, told
from bot.storage.bulletins.groups import By, column_of
from knowledge.entries import Entry
from knowledge.regions import COUNTRY

Key = TypeVar("Key")
#: What words about one measure can be about; other intents draw on many entries at once.
QUESTIONS = ("ask_terms", "ask_documents", "ask_process", "ask_definition", "ask_compare", "apply")
#: How far back an office looks, and how far back questions are counted.
_PERIOD, _LATELY = timedelta(days=365), timedelta(days=90)


@dataclass(frozen=True)
class Reach:
    """Messages that arrived in a group of so many firms at least, and what came of them."""

    firms: int = 0
    told: int = 0
    opened: int = 0
    eligible: int = 0
    applied: int = 0

    @property
    def total(self) -> int:
        """What decides whether the group is large enough to be shown."""
        return self.firms

    def __add__(self, other: Reach) -> Reach:
        """Of firms of both groups, none of which is in both."""
        return Reach(self.firms + other.firms, *self._sums(other))

    def later(self, other: Reach) -> Reach:
        """With another bulletin to the same group: no more than the larger number of firms is sure."""
        return Reach(max(self.firms, other.firms), *self._sums(other))

    def few(self, count: int) -> bool:
        """Whether one of its counts tells of so few firms that it is not shown."""
        return 0 < count < FEWEST

    def _sums(self, other: Reach) -> tuple[int, int, int, int]:
        return (self.told + other.told, self.opened + other.opened, self.eligible + other.eligible, self.applied + other.applied)


@dataclass(frozen=True)
class Group:
    """A group by its name, and what came of its messages."""

    label: Words
    reach: Reach


@dataclass(frozen=True)
class Outcome:
    """What came of one bulletin, in all and by place, industry and size."""

    reach: Reach
    by: Mapping[By, tuple[Group, ...]]


@dataclass(frozen=True)
class Effect:
    """What came of an office's news in a year: in all, by place, by month (2026-11), and how many were told where in which month.

    In `months` each place has as many numbers as there are months; None where they would tell of a few firms.
    """

    bulletins: int
    reach: Reach
    places: tuple[Group, ...]
    by_month: Mapping[str, Reach]
    months: tuple[tuple[Words, tuple[int | None, ...]], ...]


@dataclass(frozen=True)
class Asked:
    """A kind of question about a measure, and how many firms asked it."""

    intent: str
    firms: int


def outcome(office: Office, officer: Member, number: int, now: datetime) -> Outcome:
    """What came of one bulletin. Raises Lost."""
    with office.store.begin() as connection:
        bulletin = look(connection, officer, number)
        on, region = now.astimezone(ZONE).date(), bulletin.draft.region
        counted = {by: told(connection, [number], column_of(by, region, on)) for by in By}
    reach = {by: {one.group: _reach(one) for one in found} for by, found in counted.items()}
    whole = sum(reach[By.REGION].values(), Reach())
    return Outcome(whole, {by: _groups(found, by) for by, found in reach.items()})


def effect(office: Office, officer: Member, now: datetime) -> Effect:
    """What came of all the news that left in the last year for the officer's region."""
    sent = {
        one.id: _month(one.started_at)
        for one in listed(office, officer)
        if _is_news(one) and one.started_at and now - one.started_at < _PERIOD
    }
    on = now.astimezone(ZONE).date()
    with office.store.begin() as connection:
        found = told(connection, list(sent), column_of(By.REGION, officer.region or COUNTRY, on)) if sent else []
    places = _over_time((one.group, one) for one in found)
    shown = told_apart(places)
    order = sorted(shown, key=lambda key: (key == OTHERS, -shown[key].told, key))
    cells = _over_time(((sent[one.bulletin], one.group if one.group in shown else OTHERS), one) for one in found)
    months = sorted(set(sent.values()))
    return Effect(
        len(sent),
        sum(places.values(), Reach()),
        tuple(Group(label_of(By.REGION, key), shown[key]) for key in order),
        {month: sum((reach for (when, _), reach in cells.items() if when == month), Reach()) for month in months},
        tuple((label_of(By.REGION, key), tuple(_count(cells.get((month, key))) for month in months)) for key in order),
    )


def shut_out(office: Office, officer: Member, entry: Entry, now: datetime) -> tuple[Unmet, ...]:
    """The conditions of a measure by how many stored firms of the officer's region they exclude, the hardest first."""
    on = now.astimezone(ZONE).date()
    with office.store.begin() as connection:
        return unmet(connection, entry, _here(officer, now), on)


def asked(office: Office, officer: Member, entry: Entry, now: datetime) -> tuple[Asked, ...]:
    """What firms of the officer's region asked about a measure of late, the commonest first; what fewer than five asked is left out."""
    with office.store.begin() as connection:
        counted = asked_about(connection, entry.id, QUESTIONS, _here(officer, now), now - _LATELY)
    return tuple(Asked(intent, firms) for intent, firms in Counter(counted).most_common() if firms >= FEWEST)


def _here(officer: Member, now: datetime) -> ColumnElement[bool]:
    return within(officer.region or COUNTRY, now.astimezone(ZONE).date())


def _is_news(bulletin: Bulletin) -> bool:
    return bulletin.draft.sort is Sort.NEWS


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m}"


def _reach(one: Told) -> Reach:
    return Reach(one.told, one.told, one.opened, one.eligible, one.applied)


def _over_time(found: Iterable[tuple[Key, Told]]) -> dict[Key, Reach]:
    reach: dict[Key, Reach] = {}
    for key, one in found:
        reach[key] = reach.get(key, Reach()).later(_reach(one))
    return reach


def _groups(found: Mapping[str, Reach], by: By) -> tuple[Group, ...]:
    return tuple(Group(label_of(by, key), reach) for key, reach in told_apart(found).items())


def _count(reach: Reach | None) -> int | None:
    """How many were told; None where they are too few to be shown."""
    return 0 if reach is None else reach.told if reach.firms >= FEWEST else None
