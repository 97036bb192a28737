"""A firm's file for its bank's topic: the summary picture and the rating report, drawn from what the owner lets the bank see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.channels.telegram.desk.wording import staff_text
from bot.channels.telegram.messages import outgoing
from bot.conversation.answers.card import card_of
from bot.conversation.answers.rating import paper_of, report_of
from bot.conversation.model import Dialogue, Reply
from bot.conversation.referral.cover import limited_sheet
from bot.conversation.world import Scene, World
from bot.desk.sharing import Part
from knowledge.firm import Firm, fact_from_json


def file_messages(world: World, pack: Mapping[str, Any], language: str, today: date) -> list[dict[str, Any]]:
    """As the outbox keeps them; none where the owner passed no figures on.

    Of a referral without the picture, which has the grade and the matches, unless both were ticked, and the report without the other parts.
    """
    facts = [fact_from_json(plain) for plain in pack.get("facts", ())]
    if not facts:
        return []
    firm = Firm({fact.name: fact for fact in facts})
    scene = Scene.wordless(world, Dialogue(firm=firm, language=language), today)
    report, fields = report_of(scene), pack.get("scope", {}).get("fields")
    paper = paper_of(report, "pdf", language)
    if fields is not None:
        paper = replace(paper, sheet=limited_sheet(report, tuple(fields), language))
    replies = [Reply(staff_text("paper_text", language), paper=paper)]
    if fields is None or {Part.SCORE.value, Part.MATCHES.value} <= set(fields):
        replies.insert(0, Reply(staff_text("card_text", language), card=card_of(scene)))
    return outgoing(replies)
