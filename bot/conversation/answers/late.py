"""A payment that was late longer ago than the last twelve months: what it means, and that it was not counted."""

from __future__ import annotations

import re
from datetime import date

from bot.conversation.asking import recall_question
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.formats import months

_LATE = re.compile(
    r"逾期|(?:晚|迟)(?:还|交|缴)?了?\d*[一二两三四五六七八九十几]*天|还晚了|忘(?:记)?还|\b(?:late|overdue|missed)\b", re.IGNORECASE
)
_ON_LOANS = re.compile(r"征信|逾期|信用卡|贷款|银行|月供|还款|\b(?:credit|loan|bank|repayments?|overdue|payment)\b", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATED = re.compile(
    r"(?P<last>去年)(?P<half>上半年)?(?:(?P<m1>1[0-2]|[1-9])月)?|(?P<before>前年|大前年)|(?P<year>20[0-4]\d)年(?:(?P<m2>1[0-2]|[1-9])月)?"
    r"|(?P<ago>[两二三四五六七八九十]|\d+)年(?:多|半)?(?:以)?前"
    r"|\b(?P<en>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:of )?(?P<when>last year|20[0-4]\d)"
    r"|\b(?P<ago_en>two|three|four|five|\d+) years? ago",
    re.IGNORECASE,
)
_COUNTS = {word: count for count, words in enumerate(("两二", "三", "四", "五", "六", "七", "八", "九", "十"), 2) for word in words}
_WORDS = {**_COUNTS, "two": 2, "three": 3, "four": 4, "five": 5}
_A_YEAR = 12
_TOLD_BY, _CHECKED_BY = "def-overdue", "def-credit-report"


def long_ago(scene: Scene) -> Answer | None:
    """What a late payment of more than a year ago means; None where none is told, or a fact was read of the message."""
    if scene.taken.changes or not (_LATE.search(scene.text) and _ON_LOANS.search(scene.text)):
        return None
    since = _months_since(scene.text, scene.today)
    if since is None or since <= _A_YEAR:
        return None
    language = scene.language
    entries = [entry for entry in map(scene.world.pack.get, (_TOLD_BY, _CHECKED_BY)) if entry is not None]
    lines = [say("late_long_ago", language, ago=months(since, language))]
    lines.extend(source_line(entry, language, scene.today) for entry in entries)
    none_since = () if "overdue_12m" in scene.dialogue.firm else (Button("a:overdue_12m:0", say("late_none_since", language)),)
    buttons = (*none_since, *(Button(f"n:{entry.id}", entry.name[language]) for entry in entries))
    told = Answer((Reply("\n".join(lines), buttons),), scene.dialogue, tuple(entry.id for entry in entries), aside=True)
    return recall_question(told)


def _months_since(text: str, today: date) -> int | None:
    """Months since the day that is told; the latest that it may be, where only a year is."""
    found = _DATED.search(text)
    if found is None:
        return None
    if ago := found["ago"] or found["ago_en"]:
        return _A_YEAR * (int(ago) if ago.isdigit() else _WORDS[ago.lower()])
    if found["before"]:
        year, month = today.year - (2 if found["before"] == "前年" else 3), 12
    elif found["last"]:
        year, month = today.year - 1, int(found["m1"] or (6 if found["half"] else 12))
    elif found["year"]:
        year, month = int(found["year"]), int(found["m2"] or 12)
    else:
        last = found["when"].lower() == "last year"
        year, month = today.year - 1 if last else int(found["when"]), _MONTHS[found["en"].lower()[:3]]
    return (today.year - year) * _A_YEAR + today.month - month
