"""A firm's file for its bank's topic: the summary picture and the rating report, drawn from what the owner lets the bank see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.channels.telegram.desk.wording import staff_text
from bot.channels.telegram.messages import outgoing
from bot.conversation.answers.card import card_of
from bot.conversation.answers.rating import paper_of, report_of
from bot.conversation.facts import Taken
from bot.conversation.model import NOTHING, Dialogue, Reply, fact_from_json
from bot.conversation.world import Scene, World
from knowledge.firm import Firm


def file_messages(world: World, pack: Mapping[str, Any], language: str, today: date) -> list[dict[str, Any]]:
    """As the outbox keeps them; none where the owner passed no figures on."""
    facts = [fact_from_json(plain) for plain in pack.get("facts", ())]
    if not facts:
        return []
    firm = Firm({fact.name: fact for fact in facts})
    scene = Scene(world, Dialogue(firm=firm, language=language), today, NOTHING, Taken(firm, (), False))
    card = Reply(staff_text("card_text", language), card=card_of(scene))
    paper = Reply(staff_text("paper_text", language), paper=paper_of(report_of(scene), "pdf", language))
    return outgoing([card, paper])
