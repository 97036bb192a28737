"""What the commands of `advisor bulletin` do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.broadcasting.breakdown import breakdown
from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, Preview, approve, listed, preview, progress, revise, stop, write
from bot.broadcasting.reporting import report, view
from bot.bulletins.checks import Unfit
from bot.bulletins.groups import FEWEST, told
from bot.bulletins.model import LANGUAGES, Bulletin, Changed, Draft, Ending, Lost, Status
from bot.bulletins.timing import ALLOWED, ZONE, ends, rate_of
from bot.commands.bulletin_report import draw_audience, draw_report, draw_view, print_breakdown, print_report, print_view
from bot.commands.unusable import Unusable
from bot.desk.model import Member
from bot.storage.bulletins.groups import By
from bot.storage.desk.people import member_of
from bot.storage.portfolio import Audience


def add(office: Office, file: Path, by: int) -> None:
    """A new draft. Raises Unusable."""
    officer, draft = _officer(office, by), _read(file)
    with _told(officer):
        _print_draft(office, officer, write(office, officer, draft, _now()))


def change(office: Office, file: Path, number: int, version: int, by: int) -> None:
    """Other words. Raises Unusable."""
    officer, draft = _officer(office, by), _read(file)
    with _told(officer):
        _print_draft(office, officer, revise(office, officer, number, version, draft, _now()))


def show(office: Office, number: int, by: int, picture: Path | None, group: By) -> None:
    """A bulletin with its preview. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        found = preview(office, officer, number, _now())
        closely = breakdown(office, officer, number, _now())
    print(_line(found.bulletin))
    for language in LANGUAGES:
        print(f"\n[{language}]\n{found.bulletin.draft.text(language)}")
    print()
    _print_audience(found)
    print_breakdown(closely, officer.language)
    _print_problems(found, officer)
    if picture is not None:
        draw_audience(closely, group, officer.language, picture)


def print_what_came(office: Office, number: int, by: int, picture: Path | None, group: By | None) -> None:
    """What came of a bulletin. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        found = report(office, officer, number, _now())
    print(_line(found.bulletin))
    print_report(found, officer.language)
    if picture is not None:
        draw_report(found, group, officer.language, picture)


def print_measure(office: Office, entry: str, by: int, picture: Path | None, what: Literal["months", "unmet"]) -> None:
    """A measure over time. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        found = view(office, officer, entry, _now())
    print_view(found, officer.language)
    if picture is not None:
        draw_view(found, what, officer.language, picture)


def approve_it(office: Office, number: int, version: int, by: int) -> None:
    """Approve. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        print(_line(approve(office, officer, number, version, _now())))


def stop_it(office: Office, number: int, by: int) -> None:
    """Stop. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        print(_line(stop(office, officer, number, _now())))


def status(office: Office, number: int, by: int) -> None:
    """How the rows ended. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        bulletin, counted = progress(office, officer, number)
    print(_line(bulletin))
    few = sum(counted.values()) < FEWEST
    endings = "".join(f"  {ending} {count}" for ending, count in counted.items())
    print(f"firms {told(0, 'en')}: what became of their messages is not told" if few else f"firms {sum(counted.values())}{endings}")
    if bulletin.started_at and not bulletin.ended_at and not bulletin.complete:
        print("more firms are still being looked up")
    elif bulletin.status is Status.SENDING:
        done = ends(bulletin.draft.quiet, _now(), counted[Ending.WAITING], rate_of(bulletin.draft.paid))
        print(f"done by about {done.astimezone(ZONE):%Y-%m-%d %H:%M}")
    elif bulletin.status is Status.HELD:
        held = "some" if few else counted[Ending.WAITING]
        print(f"{held} held back until their owners' week has room, {bulletin.draft.expires} at the latest")


def print_list(office: Office, by: int) -> None:
    """One line a bulletin. Raises Unusable."""
    officer = _officer(office, by)
    with _told(officer):
        found = listed(office, officer)
    for bulletin in found:
        print(_line(bulletin))
    if not found:
        print("no bulletin yet: see advisor bulletin add --help")


def deliver(office: Office) -> None:
    """One step of everything that is due."""
    print(f"put into the outbox: {advance(office, _now())}")


def _line(bulletin: Bulletin) -> str:
    draft = bulletin.draft
    at = f"{draft.send_at.astimezone(ZONE):%Y-%m-%d %H:%M}"
    return f"#{bulletin.id}  {bulletin.status}  version {bulletin.version}  {draft.entry}  {draft.region}  {at}  {draft.title['zh']}"


def _print_draft(office: Office, officer: Member, bulletin: Bulletin) -> None:
    print(_line(bulletin))
    _print_problems(preview(office, officer, bulletin.id, _now()), officer)


def _print_audience(found: Preview) -> None:
    for name, counted in (("stored firms", found.firms), ("of these listening", found.reached)):
        if counted is not None:
            print(f"{name}: {_counts(counted)}")
    begins, until = (f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}" for moment in (found.begins, found.ends))
    print(f"messages {found.messages_told('en')}, from {begins} to about {until}")
    if found.bulletin.draft.paid:
        print(f"paid for: {found.stars:,} Telegram Stars at most (0.1 for each message beyond {ALLOWED} a second)")


def _counts(counted: Audience) -> str:
    eligible, unknown, ineligible = counted.told("en")
    return f"eligible {eligible}, cannot tell yet {unknown}, not eligible {ineligible}"


def _print_problems(found: Preview, officer: Member) -> None:
    for problem in found.problems:
        print(f"! {problem.words(officer.language)}")


def _read(file: Path) -> Draft:
    """A draft from a file. Raises Unusable."""
    try:
        raw: Any = yaml.safe_load(file.read_text("utf-8"))
        return Draft.of({name: _plain(value) for name, value in raw.items()})
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"{file} is no bulletin: {' '.join(str(error).split())}") from None


def _plain(value: Any) -> Any:
    """YAML reads days and moments by itself, region codes as numbers, and 21:00 as so many minutes."""
    if isinstance(value, list):
        return [f"{item // 60:02}:{item % 60:02}" if isinstance(item, int) else item for item in value]
    return value if value is None or isinstance(value, dict | int) else str(value)


def _officer(office: Office, number: int) -> Member:
    with office.store.begin() as connection:
        officer = member_of(connection, number)
    if officer is None:
        raise Unusable(f"nobody of the staff has the number {number}: see advisor desk staff list")
    return officer


@contextmanager
def _told(officer: Member) -> Iterator[None]:
    """What an officer cannot do, in their language. Raises Unusable."""
    try:
        yield
    except Unfit as error:
        raise Unusable(" ".join(problem.words(officer.language) for problem in error.problems)) from None
    except Changed as error:
        raise Unusable(f"bulletin {error} was changed meanwhile: look at it again with advisor bulletin show {error}") from None
    except Lost as error:
        raise Unusable(f"there is no bulletin {error} for {officer.name}") from None


def _now() -> datetime:
    return datetime.now(UTC)
