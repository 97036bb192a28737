"""Small loans told beside a loan that is noted: whether they are part of it or come on top is asked, never guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.firm import to_json
from knowledge.formats import money
from nlu.mentions import Extraction

_OWED = "existing_loans"
_SMALL = re.compile(
    r"网贷|网上借|信用卡|花呗|借呗|微粒贷|小贷|白条|车贷|房贷|亲戚|朋友(?:那|处)?借|\b(?:online|app|payday|card|car|family|friends?)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"所有|全部|(?:银行|贷款)[^，。]{0,8}(?:和|加上|连)|\ball (?:my |our )?(?:debts?|loans?)\b|\bincluding\b", re.IGNORECASE)


def left_open(extraction: Extraction, text: str, dialogue: Dialogue) -> tuple[Extraction, Decimal | None]:
    """The extraction without a sum of small loans that would take the place of what is owed, and that sum."""
    known, told = dialogue.firm.get(_OWED), extraction.facts.get(_OWED)
    if not isinstance(known, Decimal) or not isinstance(told, Decimal) or not known or not told or known == told or extraction.correction:
        return extraction, None
    if not _SMALL.search(text) or _ALL.search(text):
        return extraction, None
    return replace(extraction, mentions=tuple(one for one in extraction.mentions if one.name != _OWED)), told


def asked(told: Decimal, scene: Scene) -> Answer:
    """Whether the sum comes on top of what is noted; one tap says it."""
    language = scene.language
    known = Decimal(str(scene.dialogue.firm.get(_OWED)))
    ways = (("more_debts_on_top", known + told), ("more_debts_within", known), ("more_debts_all", told))
    buttons = tuple(Button(f"a:{_OWED}:{to_json(sum_)}", say(key, language, all=money(sum_, language))) for key, sum_ in ways)
    text = say("more_debts", language, known=money(known, language), told=money(told, language))
    return Answer((Reply(text, buttons),), scene.dialogue, aside=False)
