"""A bulletin written in a chat, a step at a time: about which measure, in both languages, where, when, and for whom it cannot be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bot.bulletins.checks import TOPICS, Problem, Unfit, ended, outside, unsendable
from bot.bulletins.feed_faults import BadValue
from bot.bulletins.feed_values import place_of
from bot.bulletins.model import Draft
from bot.bulletins.timing import MORNING, ZONE
from bot.bulletins.words import word
from bot.desk.model import Member
from knowledge.entries import Entry, Standing
from knowledge.regions import contains, level, region_name, regions

#: Entries and places that are offered at most, and the days that a bulletin may take to leave.
_ENTRIES, _PLACES, DAYS = 6, 24, (7, 14, 30)
#: Days that may be written in place of these, and a moment, by the clock in China.
MOST_DAYS = 90
_MOMENT = re.compile(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*T?(\d{1,2})[:：](\d{2})")


class Step(StrEnum):
    """What is to be told next."""

    ENTRY = "entry"
    ZH = "zh"
    EN = "en"
    REGION = "region"
    WHEN = "when"
    DAYS = "days"
    ASK = "ask"
    DONE = "done"


@dataclass(frozen=True)
class Composition:
    """How far an officer has come; `told` are the parts of the draft so far, as plain JSON."""

    step: Step = Step.ENTRY
    told: Mapping[str, Any] | None = None

    def draft(self) -> Draft:
        """What was written. Raises ValueError while anything lacks."""
        return Draft.of(dict(self.told or {}))


@dataclass(frozen=True)
class Choice:
    """A button: what it means, without its prefix, and its label."""

    id: str
    label: str


@dataclass(frozen=True)
class Prompt:
    """What an officer is asked, with the choices."""

    text: str
    choices: tuple[Choice, ...] = ()


#: The entries that words name, the best first.
Find = Callable[[str], Sequence[Entry]]


def heard(composition: Composition, officer: Member, said: str, now: datetime, find: Find) -> tuple[Composition, Prompt | None]:
    """Take what an officer wrote or chose for the open step, and ask for the next. No prompt once it is done."""
    if composition.step is Step.ENTRY:
        return _entry(composition, officer, said, now.astimezone(ZONE).date(), find)
    asked = prompt(composition, officer)
    if asked is not None and asked.choices and said not in {choice.id for choice in asked.choices}:
        try:
            said = _typed(composition.step, said.strip(), officer, now)
        except Unfit as error:
            (problem,) = error.problems
            return composition, replace(asked, text=f"{problem.words(officer.language)}\n{asked.text}")
    told = dict(composition.told or {})
    if composition.step in (Step.ZH, Step.EN):
        title, _, body = said.strip().partition("\n")
        if not title.strip() or not body.strip():
            return composition, Prompt(word("compose_two_lines", officer.language))
        if (wrong := unsendable(title, body, composition.step)) is not None:
            return composition, Prompt(wrong.words(officer.language))
        told |= {name: {**told.get(name, {}), composition.step: text.strip()} for name, text in (("title", title), ("body", body))}
    else:
        told |= _TAKEN[composition.step](said, told, now)
    steps = list(Step)
    after = Composition(steps[steps.index(composition.step) + 1], told)
    return after, prompt(after, officer)


def prompt(composition: Composition, officer: Member) -> Prompt | None:
    """What the open step asks."""
    language, step = officer.language, composition.step
    choices: tuple[Choice, ...] = ()
    match step:
        case Step.DONE:
            return None
        case Step.REGION:
            choices = _places(officer)
        case Step.WHEN:
            choices = tuple(Choice(name, word(f"compose_{name}", language)) for name in _MOMENTS)
        case Step.DAYS:
            choices = tuple(Choice(str(days), word("compose_days", language).format(days=days)) for days in DAYS)
        case Step.ASK:
            choices = tuple(Choice(name, word(f"compose_ask_{name}", language)) for name in ("yes", "no"))
    return Prompt(word(f"compose_step_{step}", language), choices)


def _entry(composition: Composition, officer: Member, said: str, today: date, find: Find) -> tuple[Composition, Prompt | None]:
    found = [entry for entry in find(said) if entry.kind in TOPICS]
    if len(found) == 1 and found[0].id == said.strip():
        if found[0].standing(today) is Standing.ENDED:
            return composition, Prompt(ended(found[0], today).words(officer.language))
        after = replace(composition, step=Step.ZH, told={"entry": found[0].id})
        return after, prompt(after, officer)
    if not found:
        return composition, Prompt(word("compose_no_entry", officer.language))
    choices = tuple(Choice(entry.id, entry.name[officer.language]) for entry in found[:_ENTRIES])
    return composition, Prompt(word("compose_which", officer.language), choices)


def _typed(step: Step, said: str, officer: Member, now: datetime) -> str:
    """What was written where a button could have been tapped. Raises Unfit for what cannot be read or cannot be."""
    if step is Step.REGION:
        try:
            code = place_of(said)
        except BadValue as error:
            raise Unfit(error.problem) from None
        if officer.region is None or not contains(officer.region, code):
            raise Unfit(outside(code, officer))
        return code
    if step is Step.WHEN and (found := _MOMENT.fullmatch(said)):
        try:
            year, month, day, hour, minute = (int(part) for part in found.groups())
            moment = datetime(year, month, day, hour, minute, tzinfo=ZONE)
        except ValueError:
            raise Unfit(Problem("compose_no_moment")) from None
        if moment < now:
            raise Unfit(Problem("past", {"moment": f"{moment:%Y-%m-%d %H:%M}"}))
        return moment.isoformat()
    if step is Step.DAYS and said.isascii() and said.isdigit() and 0 < int(said[:4]) <= MOST_DAYS:
        return said
    raise Unfit(Problem({Step.WHEN: "compose_no_moment", Step.DAYS: "compose_no_days"}.get(step, "compose_choose"), {"most": MOST_DAYS}))


def _places(officer: Member) -> tuple[Choice, ...]:
    """The office's own region, and the cities of its province."""
    if officer.region is None:
        return ()
    inside = [code for code in regions() if contains(officer.region, code) and code != officer.region]
    below = [code for code in inside if level(code) == ("city" if level(officer.region) == "province" else "county")]
    if level(officer.region) == "country":
        below = [code for code in inside if level(code) == "province"]
    return tuple(Choice(code, region_name(code, officer.language)) for code in (officer.region, *below[:_PLACES]))


def _morning(now: datetime, days: int) -> datetime:
    return datetime.combine(now.astimezone(ZONE).date() + timedelta(days=days), time(MORNING.hour), ZONE)


_MOMENTS: Mapping[str, Callable[[datetime], datetime]] = {
    "now": lambda now: now.astimezone(ZONE),
    "tomorrow": lambda now: _morning(now, 1),
    "monday": lambda now: _morning(now, 7 - now.astimezone(ZONE).weekday()),
}


def _last_day(days: str, told: Mapping[str, Any]) -> str:
    begins = datetime.fromisoformat(told["send_at"]).astimezone(ZONE).date()
    return (begins + timedelta(days=int(days))).isoformat()


#: What a choice says of the draft.
_TAKEN: Mapping[Step, Callable[[str, Mapping[str, Any], datetime], dict[str, Any]]] = {
    Step.REGION: lambda said, _told, _now: {"region": said},
    Step.WHEN: lambda said, _told, now: {"send_at": _MOMENTS[said](now).isoformat() if said in _MOMENTS else said},
    Step.DAYS: lambda said, told, _now: {"expires": _last_day(said, told)},
    Step.ASK: lambda said, _told, _now: {"ask": said == "yes"},
}
