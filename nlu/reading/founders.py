"""Who founded the firm: a graduate, a veteran, a woman; from the words that say it of the owner."""

from __future__ import annotations

import re

from knowledge.firm import vocabulary
from nlu.cues import words
from nlu.reading.flags import HOLDS_DENIAL, first_stated
from nlu.reading.polarity import denied
from nlu.reading.scope import Scope

#: Directly before a group's words: they are people hired or counted, not the founder.
_HIRED = re.compile(
    r"\b(?:joined|joining)(?: us)?(?: straight| right)? (?:after |from |out of )?$"
    r"|(?:招|雇|请|聘|(?<![是一])个|(?<![是一])名|(?<![是一])位|hire[ds]?|hiring|employ(?:s|ing)?|\d ) ?(?:了|过)?[^，。,;；我是]{0,4}$"
    r"|(?:招|雇|请|聘|带着?|用|收|来)(?:的|来的|进来的)[^，。,;；我]{0,3}是[^，。,;；我]{0,4}$"
    r"|(?:大部分|大多数?|多半|一半|多数|少数|有几[个位]|其中|里头|里面|员工|工人|职工|工友|阿姨们?|她们|他们|客户|顾客|学员)[^，。,;；我]{0,6}$"
)
#: Directly behind a group's words: people who are employed or counted.
_EMPLOYED = re.compile(r"[^，。,;；]{0,2}(?:员工|职工|工人|师傅|店员)|(?:[有是]?(?:[\d二两三四五六七八九十]+|好?几)[个名位])")
_TAKEN_ON = re.compile(r"招了|雇了|聘了|新招|\b(?:hired|took on|employ)\b")
#: Directly before a group's words: somebody of the family is meant.
_KIN = re.compile(r"(?:老婆|老公|爱人|媳妇|儿子|女儿|弟弟?|妹妹?)(?:也|现在|又)?$")
#: Graduates that are counted or hired are staff, not the founder.
_STAFF = re.compile(r"招|雇|聘|其中|[\d一二两三四五六七八九十]+[个名位]|\b(?:hire|hired|took on|of them|staff)\b")


def owner_group(scope: Scope) -> tuple[tuple[str, ...], re.Match[str]] | None:
    """The groups the founder belongs to and the words that say the first; people hired, counted or of the family are not meant."""
    chosen: dict[str, re.Match[str]] = {}
    for value, pattern in words.CHOICES["owner_group"]:
        match = first_stated(scope, pattern)
        if match and value == "graduate" and _STAFF.search(scope.clause_text(match.start())):
            continue
        if any(denied(scope, each) and not HOLDS_DENIAL.search(each[0]) for each in pattern.finditer(scope.norm)):
            continue
        if match and value == "registered_unemployed" and (_TAKEN_ON.search(scope.norm) or _KIN.search(scope.norm[: match.start()])):
            continue
        employed = match and value != "rural" and _EMPLOYED.match(scope.norm, match.end())
        if match and not employed and not _HIRED.search(scope.norm[max(0, match.start() - 12) : match.start()]):
            chosen[value] = match
    groups = tuple(value for value in vocabulary()["owner_group"].choices if value in chosen)
    return (groups, min(chosen.values(), key=lambda match: match.start())) if groups else None
