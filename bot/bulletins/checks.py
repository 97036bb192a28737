"""What keeps a bulletin from being approved, each thing in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from bot.bulletins.figures import day_figures, unfounded
from bot.bulletins.markup import BrokenMarkup, units, visible
from bot.bulletins.model import LANGUAGES, Draft, Sort, text_of
from bot.bulletins.timing import ZONE, leaves
from bot.desk.model import Member
from knowledge.authoring.figures import figures
from knowledge.entries import OFFERS, Entry, Standing
from knowledge.formats import plain
from knowledge.regions import COUNTRY, contains, parent, region_name, regions

#: UTF-16 units that a message of Telegram holds.
LONGEST = 4096
#: The kinds of entry that firms can hear of, and mute.
TOPICS = OFFERS
#: A moment that has just passed means now: an officer needs a while from writing to sending.
_JUST = timedelta(minutes=10)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `values` fill its sentence."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """The sentence."""
        values = {name: value.get(language) if isinstance(value, dict) else value for name, value in self.values.items()}
        return texts()[self.code][language].format(**values)


class Unfit(ValueError):
    """The bulletin cannot be approved, or this member cannot do this to it; for each reason there is a sentence."""

    def __init__(self, *found: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in found))
        self.problems = found


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """The sentences by their code."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(resources.files("bot.bulletins").joinpath("texts.yaml").read_text("utf-8"))
    return loaded


def problems(draft: Draft, officer: Member, entry: Entry | None, now: datetime, audience: int | None) -> list[Problem]:
    """Everything that is wrong. `audience` is how many firms it would reach; None where that is not known yet, and not checked."""
    found = [*_text_problems(draft), *_place_problems(draft, officer), *_time_problems(draft, now), *_entry_problems(draft, entry, now)]
    if audience == 0 and not found:  # anything else that is wrong may be why
        found.append(Problem("nobody" if draft.corrects is None else "no_readers"))
    return found


def send_day(draft: Draft, now: datetime) -> date:
    """The day on which firms are tried: the one on which it leaves."""
    return leaves(draft.quiet, max(draft.send_at, now)).astimezone(ZONE).date()


def is_place(code: str) -> bool:
    """Whether a region's code names a place."""
    return code == COUNTRY or code in regions() or (len(code) == 6 and code.isdigit() and parent(code) is not None)


def ended(entry: Entry, day: date) -> Problem:
    """That an entry is over by a day."""
    until = entry.valid.until.isoformat() if entry.valid.until and entry.valid.until < day else None
    return Problem("ended_on" if until else "ended", {"entry": entry.id, "until": until})


def unsendable(title: str, body: str, language: str) -> Problem | None:
    """Why Telegram would not take a text; None where it would."""
    try:
        visible(title)
        length = units(visible(text_of(title, body)))
    except BrokenMarkup as error:
        return Problem("markup", {"language": _both(language), "found": str(error)})
    return Problem("too_long", {"language": _both(language), "length": length, "limit": LONGEST}) if length > LONGEST else None


def outside(place: str, officer: Member) -> Problem:
    """That an officer does not speak for a place."""
    if officer.region is None:
        return Problem("no_authority")
    names, office = ({language: region_name(code, language) for language in LANGUAGES} for code in (place, officer.region))
    return Problem("outside", {"region": names, "office": office})


def _text_problems(draft: Draft) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for language in LANGUAGES:
        if not draft.title[language].strip() or not draft.body[language].strip():
            yield Problem("empty", {"language": _both(language)})
            continue
        if (found := unsendable(draft.title[language], draft.body[language], language)) is not None:
            yield found
        if found is None or found.code != "markup":
            seen[language] = visible(draft.text(language))
    if len(seen) == 2 and (differing := figures(seen["zh"], "zh") ^ figures(seen["en"], "en")):
        yield Problem("figures_differ", {"figures": _listed(sorted(differing))})


def _place_problems(draft: Draft, officer: Member) -> Iterator[Problem]:
    if not is_place(draft.region):
        yield Problem("no_place", {"code": draft.region})
    elif officer.region is None:
        yield Problem("no_authority")
    elif not contains(officer.region, draft.region):
        yield outside(draft.region, officer)


def _time_problems(draft: Draft, now: datetime) -> Iterator[Problem]:
    if draft.send_at < now - _JUST:
        yield Problem("past", {"moment": f"{draft.send_at.astimezone(ZONE):%Y-%m-%d %H:%M}"})
    if draft.expires < send_day(draft, now):
        yield Problem("expires_first", {"expires": draft.expires.isoformat(), "day": send_day(draft, now).isoformat()})


def _entry_problems(draft: Draft, entry: Entry | None, now: datetime) -> Iterator[Problem]:
    if entry is None:
        yield Problem("no_entry", {"entry": draft.entry})
        return
    if entry.kind not in TOPICS:
        yield Problem("no_measure", {"entry": draft.entry})
    day = send_day(draft, now)
    # What takes a bulletin back, or puts it right, may well be about a measure that has ended.
    standing = entry.standing(day) if draft.sort is Sort.NEWS else Standing.IN_FORCE
    if standing is Standing.ENDED:
        yield ended(entry, day)
    elif standing is Standing.NOT_YET:
        yield Problem("not_yet", {"entry": draft.entry, "from_": str(entry.valid.from_), "day": day.isoformat()})
    for language in LANGUAGES:
        try:
            text = visible(draft.text(language))
        except BrokenMarkup:
            continue
        if strange := unfounded(text, language, entry, day_figures(draft.expires) | day_figures(day)):
            yield Problem("unfounded", {"language": _both(language), "figures": _listed(strange), "entry": draft.entry})


def _both(language: str) -> dict[str, str]:
    """The name of a language, in both."""
    return dict(texts()[f"language_{language}"])


def _listed(numbers: list[Decimal]) -> str:
    return ", ".join(map(plain, numbers))
