"""What came of a bulletin, and of a measure over time. Counts only, in fives, and none of a group of fewer than five firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, literal

from bot.broadcasting.breakdown import Unmet, Words, label_of, unmet
from bot.broadcasting.office import Office, look
from bot.bulletins.checks import Problem, Unfit
from bot.bulletins.groups import FEWEST, in_fives, told_groups
from bot.bulletins.model import LANGUAGES, Bulletin, Ending
from bot.bulletins.timing import ZONE
from bot.bulletins.words import word
from bot.desk.model import Member, Role
from bot.desk.rights import Action, may
from bot.storage.bulletins.audience import within
from bot.storage.bulletins.delivery import endings
from bot.storage.bulletins.effects import NOBODY, Reach, failures, reach_by, turns_about
from bot.storage.bulletins.groups import By, column_of
from bot.storage.bulletins.rows import every_bulletin
from bot.storage.portfolio import FIRM_COLUMNS
from knowledge.entries import Entry
from knowledge.regions import COUNTRY, contains
from knowledge.sql.compiling import UNKNOWN, compile_entry

#: What owners do about a measure, by intent or by the letter of the button.
_ASKED_BY_WORDS = {
    "ask_documents": "documents",
    "ask_process": "process",
    "ask_terms": "terms",
    "ask_definition": "meaning",
    "ask_subsidy": "meaning",
    "ask_guarantee": "meaning",
    "ask_compare": "compared",
    "ask_why": "why_not",
    "ask_improve": "why_not",
    "ask_repayment": "terms",
    "apply": "applying",
}
_ASKED_BY_TAP = {"d": "documents", "p": "process", "n": "terms", "share": "applying", "t": "when"}


@dataclass(frozen=True)
class ReachSlice:
    """A group by its name, and what came of the bulletin there."""

    label: Words
    reach: Reach


@dataclass(frozen=True)
class Report:
    """How every row ended (they add up), why some failed, and what came of those that arrived.

    What firms are or did is in fives. `reach` is None, and `by` empty, where fewer than five firms were reached. Of a bulletin for fewer
    than five firms it is not told either what became of the messages: `endings` is empty.
    """

    bulletin: Bulletin
    endings: Mapping[Ending, int]
    failures: Mapping[str, int]
    reach: Reach | None
    by: Mapping[By, tuple[ReachSlice, ...]]

    @property
    def firms(self) -> int:
        """Whom it was for; 0 where that is not told."""
        return sum(self.endings.values())


@dataclass(frozen=True)
class Month:
    """The bulletins of a month about a measure, by district."""

    first: date
    slices: tuple[ReachSlice, ...]


@dataclass(frozen=True)
class Asked:
    """What owners asked of a measure, and how many of them, in fives."""

    label: Words
    owners: int


@dataclass(frozen=True)
class View:
    """A measure as its office sees it: reach and effect by district over time, what keeps firms out, and what they ask."""

    entry: Entry
    months: tuple[Month, ...]
    unmet: tuple[Unmet, ...]
    questions: tuple[Asked, ...]


def report(office: Office, officer: Member, number: int, now: datetime) -> Report:
    """What came of a bulletin until now. Raises Unfit and Lost."""
    with office.store.begin() as connection:
        bulletin = look(connection, officer, number)
        ended = endings(connection, number)
        if sum(ended.values()) < FEWEST:
            return Report(bulletin, {}, {}, None, {})
        found = failures(connection, number)
        whole = _reach(connection, office, [bulletin], None, now).get("", NOBODY)
        if whole.told < FEWEST:
            return Report(bulletin, ended, found, None, {})
        by = {kind: _slices(_reach(connection, office, [bulletin], kind, now), kind) for kind in By}
    # How many were told is how many messages left, which is told as it is.
    return Report(bulletin, ended, found, replace(whole.in_fives(), told=whole.told), by)


def view(office: Office, officer: Member, entry_id: str, now: datetime) -> View:
    """A measure in the officer's region; for administrators of the installation in the country.

    Raises Unfit where there is no such entry, or this is nobody who may look.
    """
    entry = office.pack.get(entry_id)
    if not may(officer, Action.WATCH_BULLETINS, None):
        raise Unfit(Problem("not_officer"))
    if officer.region is None and officer.role is not Role.ADMIN:
        raise Unfit(Problem("no_authority"))
    if entry is None:
        raise Unfit(Problem("no_entry", {"entry": entry_id}))
    on, region = now.astimezone(ZONE).date(), officer.region or COUNTRY
    with office.store.begin() as connection:
        mine = [one for one in every_bulletin(connection) if one.draft.entry == entry_id and one.started_at and _speaks(officer, one)]
        here = within(region, on)
        months = _months(connection, office, mine, region, now)
        barriers = unmet(connection, entry, here, on)
        since = min((one.started_at for one in mine if one.started_at), default=None)
        asked = _questions(turns_about(connection, entry_id, here, since)) if since is not None else ()
    return View(entry, months, barriers, asked)


def _speaks(officer: Member, bulletin: Bulletin) -> bool:
    return contains(officer.region or COUNTRY, bulletin.draft.region)


def _reach(
    connection: Connection, office: Office, bulletins: Sequence[Bulletin], by: By | None, now: datetime, region: str | None = None
) -> dict[str, Reach]:
    """What came of bulletins about one entry."""
    draft = bulletins[0].draft
    on, entry = now.astimezone(ZONE).date(), office.pack.get(draft.entry)
    truth = UNKNOWN if entry is None else compile_entry(entry, on, FIRM_COLUMNS)
    column = literal("") if by is None else column_of(by, region or draft.region, on)
    return reach_by(connection, [bulletin.id for bulletin in bulletins], draft.entry, truth, column)


def _slices(found: Mapping[str, Reach], by: By) -> tuple[ReachSlice, ...]:
    return tuple(ReachSlice(label_of(by, key), reach) for key, reach in told_groups(found).items())


def _months(connection: Connection, office: Office, bulletins: Iterable[Bulletin], region: str, now: datetime) -> tuple[Month, ...]:
    """A firm counts once a month, however many bulletins it got: whatever one firm does, no count moves by more than one."""
    found: dict[date, list[Bulletin]] = defaultdict(list)
    for bulletin in bulletins:
        assert bulletin.started_at is not None
        found[bulletin.started_at.astimezone(ZONE).date().replace(day=1)].append(bulletin)
    return tuple(
        Month(first, _slices(_reach(connection, office, some, By.REGION, now, region), By.REGION)) for first, some in sorted(found.items())
    )


def _questions(turns: Iterable[Mapping[str, object]]) -> tuple[Asked, ...]:
    owners: dict[str, set[str]] = defaultdict(set)
    for turn in turns:
        heard = turn["heard"]
        press = str(heard.get("press") or "") if isinstance(heard, dict) else ""
        key = _ASKED_BY_TAP.get(press.partition(":")[0]) if press else _ASKED_BY_WORDS.get(str(turn["intent"]))
        if press.startswith("news:fit:"):
            key = "applies"
        if key is not None:
            owners[key].add(str(turn["owner_id"]))
    told = [(in_fives(len(some)), key) for key, some in owners.items() if len(some) >= FEWEST]
    return tuple(Asked({name: word(f"asked_{key}", name) for name in LANGUAGES}, count) for count, key in sorted(told, reverse=True))
