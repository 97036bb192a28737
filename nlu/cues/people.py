"""Words for the people who work in a firm, from lexicon/people.yaml."""

from __future__ import annotations

import re

from nlu.cues.load import goods, plural, table

_PEOPLE = table("people")


def _words(name: str) -> re.Pattern[str]:
    entry = _PEOPLE[name]
    return re.compile("|".join([*entry.get("zh", ()), *entry.get("en", ())]), re.ASCII)


SELF = _words("self")
PAIR = _words("pair")
ONE = _words("one")
JOIN = _words("join")
ROLES = re.compile(f"{goods('staff_zh')}|{_words('roles').pattern}", re.ASCII)
#: In the clause: the people are hired, owners or family, not the whole of the staff.
NOT_STAFF = _words("not_staff")
WORKS = _words("works")


def _nouns(name: str) -> str:
    """A word list of the crew as alternatives, longer words first."""
    words = sorted(set(_PEOPLE["crew"][name].split()), key=lambda word: (-len(word), word))
    return "|".join(word.replace("_", " ").replace("-", "[- ]") for word in words)


def _several(name: str) -> str:
    """The same words, one or several of them: ladies, foremen."""
    words = sorted(set(_PEOPLE["crew"][name].split()), key=lambda word: (-len(word), word))
    return "|".join(plural(word.replace("_", " ").replace("-", "[- ]")) for word in words)


CREW_ROLE = _several("role")
CREW_KIN = _nouns("kin")
CREW_KINS = _several("kin")
CREW_BEFORE = _nouns("before")
CREW_PLACE = _nouns("place")
CREW_JOB = _nouns("job")
CREW_WORKS = _nouns("works")
