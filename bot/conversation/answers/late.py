"""A payment that was late longer ago than the last twelve months: what it means, and that it was not counted."""

from __future__ import annotations

import re

from bot.conversation.asking import recall_question, skip_button
from bot.conversation.long_ago import A_YEAR, months_since
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.texts import say
from bot.conversation.world import Scene

_LATE = re.compile(
    r"逾期|(?:晚|迟)(?:还|交|缴)过|(?:晚|迟)(?:还|交|缴)?了?\d*[一二两三四五六七八九十几]*天|还晚了|忘(?:记)?还|\b(?:late|overdue|missed)\b",
    re.IGNORECASE,
)
_ON_LOANS = re.compile(r"征信|逾期|信用卡|贷款|银行|月供|还款|\b(?:credit|loan|bank|repayments?|overdue|payment)\b", re.IGNORECASE)
_TIMES = 2
_COUNT = "overdue_12m"
#: 那两次都是去年夏天的事: of the late payments that were told before.
_THOSE = re.compile(
    r"[那这](?:[一两二三四五几\d]{1,2})?次|(?:都|就)是[^，。]{0,6}年[^，。]{0,4}的?(?:事|了)|\b(?:those|that|both|it) (?:was|were)\b",
    re.IGNORECASE,
)
_TOLD_BY, _CHECKED_BY = "def-overdue", "def-credit-report"


def paid_late(scene: Scene) -> Answer | None:
    """A late payment of which no figure was read: of long ago it is said what it means, else how often in the last year is asked.

    None where none is told, or something was noted.
    """
    if scene.dialogue.firm.get(_COUNT) and _THOSE.search(scene.text) and (months_since(scene.text, scene.today) or 0) > A_YEAR:
        return _long_ago(scene.with_dialogue(scene.dialogue.but(firm=scene.dialogue.firm.without(_COUNT))))
    if scene.taken.changes or not (_LATE.search(scene.text) and _ON_LOANS.search(scene.text)):
        return None
    since = months_since(scene.text, scene.today)
    if since is not None and since > A_YEAR:
        return _long_ago(scene)
    if "overdue_12m" in scene.dialogue.firm:
        return None
    buttons = tuple(Button(f"a:overdue_12m:{count}", say("late_times", scene.language, count=count)) for count in range(_TIMES + 1))
    asked = Reply(say("late_how_often", scene.language), (*buttons, skip_button("overdue_12m", scene.language)))
    return Answer((asked,), scene.dialogue.but(asking="overdue_12m", reminded=None))


def _long_ago(scene: Scene) -> Answer:
    language = scene.language
    entries = [entry for entry in map(scene.world.pack.get, (_TOLD_BY, _CHECKED_BY)) if entry is not None]
    lines = [say("late_long_ago", language)]
    lines.extend(source_line(entry, language, scene.today) for entry in entries)
    none_since = () if "overdue_12m" in scene.dialogue.firm else (Button("a:overdue_12m:0", say("late_none_since", language)),)
    buttons = (*none_since, *(Button(f"n:{entry.id}", entry.name[language]) for entry in entries))
    told = Answer((Reply("\n".join(lines), buttons),), scene.dialogue, tuple(entry.id for entry in entries), aside=True)
    return recall_question(told)
