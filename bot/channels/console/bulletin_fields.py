"""A bulletin as the fields of a form: filled from a draft, read back into one, and every sentence about it beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.bulletins.checks import Problem, texts
from bot.bulletins.model import LANGUAGES, Doubt, Draft, Quiet, Sort
from bot.bulletins.timing import ZONE
from bot.channels.console.texts import say

#: The fields in their order on the page.
FIELDS = (
    *("title_zh", "body_zh", "title_en", "body_en", "entry", "region", "send_day", "send_time", "expires"),
    *("quiet_from", "quiet_to", "ask", "doubt", "paid", "sort", "corrects"),
)
#: Where a sentence stands. Those about a text stand beside that text, all others on top.
_BESIDE = {
    **dict.fromkeys(("no_place", "no_authority", "outside"), "region"),
    **dict.fromkeys(("no_entry", "no_measure", "ended", "ended_on", "not_yet", "nobody"), "entry"),
    "figures_differ": "body_en",
    "unchanged": "body_zh",
    "past": "send_day",
    "expires_first": "expires",
    **dict.fromkeys(("no_original", "no_readers"), "corrects"),
    **dict.fromkeys(("paid_off", "too_dear"), "paid"),
}
#: How long a bulletin may be on its way unless its officer says otherwise.
_USUALLY_LASTS = timedelta(days=14)
#: Rows are numbered in 64 bits.
_DIGITS = 19
#: A year outside of these is a slip of the finger, and beyond what moments can be reckoned with.
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Filled:
    """A form as it was sent: what stands in its fields, the draft where it makes one, and what is wrong, by field."""

    values: Mapping[str, str]
    draft: Draft | None
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def first_values(region: str | None, now: datetime) -> dict[str, str]:
    """Of a new bulletin: tomorrow at nine, in the office's own region."""
    day = now.astimezone(ZONE).date() + timedelta(days=1)
    quiet = Quiet()
    return {
        **dict.fromkeys(FIELDS, ""),
        "region": region or "",
        "send_day": day.isoformat(),
        "send_time": "09:00",
        "expires": (day + _USUALLY_LASTS).isoformat(),
        "quiet_from": f"{quiet.start:%H:%M}",
        "quiet_to": f"{quiet.end:%H:%M}",
        "doubt": Doubt.REPEAT.value,
        "sort": Sort.NEWS.value,
    }


def values_of(draft: Draft) -> dict[str, str]:
    """A draft in the fields of its form."""
    at = draft.send_at.astimezone(ZONE)
    return {
        **{f"title_{language}": draft.title[language] for language in LANGUAGES},
        **{f"body_{language}": draft.body[language] for language in LANGUAGES},
        "entry": draft.entry,
        "region": draft.region,
        "send_day": at.date().isoformat(),
        "send_time": f"{at:%H:%M}",
        "expires": draft.expires.isoformat(),
        "quiet_from": f"{draft.quiet.start:%H:%M}",
        "quiet_to": f"{draft.quiet.end:%H:%M}",
        "doubt": draft.doubt.value,
        "sort": draft.sort.value,
        "corrects": str(draft.corrects or ""),
        "ask": "yes" if draft.ask else "",
        "paid": "yes" if draft.paid else "",
    }


def read(form: Mapping[str, str], language: str) -> Filled:
    """What was sent. Whatever makes no draft is told beside its field; nothing that was typed is changed."""
    values = {name: form.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    faults: dict[str, tuple[str, ...]] = {}
    day, expires = (_day(values, name, faults, language) for name in ("send_day", "expires"))
    at, start, end = (_time(values, name, faults, language) for name in ("send_time", "quiet_from", "quiet_to"))
    draft = None
    if day is not None and expires is not None and at is not None and start is not None and end is not None:
        sort, corrects = _about(values)
        draft = Draft(
            {one: values[f"title_{one}"] for one in LANGUAGES},
            {one: values[f"body_{one}"] for one in LANGUAGES},
            values["entry"],
            values["region"],
            datetime.combine(day, at, ZONE),
            expires,
            Quiet(start, end),
            Doubt(values["doubt"]) if values["doubt"] in set(Doubt) else Doubt.REPEAT,
            sort,
            corrects,
            values["ask"] == "yes",
            values["paid"] == "yes",
        )
    return Filled(values, draft, faults)


def beside(problems: Iterable[Problem], values: Mapping[str, str], language: str, hasty: bool = False) -> dict[str, tuple[str, ...]]:
    """The sentences by field. `hasty` leaves out what is merely not written yet: an officer who is still typing knows that."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.code == "no_entry" and not values["entry"]:
            if not hasty:
                found.setdefault("entry", []).append(say("bulletin_choose_entry", language))
        elif not (hasty and problem.code == "empty"):
            found.setdefault(_field_of(problem, values), []).append(problem.words(language))
    return {name: tuple(sentences) for name, sentences in found.items()}


def _field_of(problem: Problem, values: Mapping[str, str]) -> str:
    if "language" not in problem.values:
        return _BESIDE.get(problem.code, "")
    language = next(one for one in LANGUAGES if problem.values["language"] == texts()[f"language_{one}"])
    return f"title_{language}" if problem.code == "empty" and not values[f"title_{language}"].strip() else f"body_{language}"


def _about(values: Mapping[str, str]) -> tuple[Sort, int | None]:
    """The sort, and the bulletin that it is about: one is nothing without the other."""
    number = values["corrects"]
    if values["sort"] in (Sort.CORRECTION, Sort.WITHDRAWAL) and number.isascii() and number.isdigit() and len(number) < _DIGITS:
        return Sort(values["sort"]), int(number)
    return Sort.NEWS, None


def _day(values: Mapping[str, str], name: str, faults: dict[str, tuple[str, ...]], language: str) -> date | None:
    try:
        day = date.fromisoformat(values[name])
    except ValueError:
        day = date.min
    if day.year in _YEARS:
        return day
    faults[name] = (say("bulletin_no_day", language),)
    return None


def _time(values: Mapping[str, str], name: str, faults: dict[str, tuple[str, ...]], language: str) -> time | None:
    try:
        return time.fromisoformat(values[name]).replace(tzinfo=None)
    except ValueError:
        faults[name] = (say("bulletin_no_time", language),)
        return None
