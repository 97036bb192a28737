"""Everything that is kept about an owner, as the file that the owner may ask for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.casework.owned import everything_at_desks
from bot.conversation.decision import decision_to_json
from bot.conversation.model import Attachment, Dialogue
from bot.conversation.news import news_to_json
from bot.conversation.paper_json import owner_paper_to_json
from bot.storage.bulletins.received import everything_received
from bot.storage.bulletins.subscribers import subscription_of
from bot.storage.store import Store
from knowledge.firm import fact_to_json


def everything_about(store: Store, owner: str, dialogue: Dialogue, now: datetime) -> Attachment:
    """One JSON file: facts and how they changed, settings, figures of files, reminders, the conversation, cases, referrals, bulletins."""
    everything = {
        "owner": owner,
        "exported_at": now.isoformat(),
        "facts": [fact_to_json(fact) for fact in dialogue.firm.facts.values()],
        "fact_history": store.fact_history(owner),
        "settings": {"language": dialogue.language, "policy_news": news_to_json(dialogue.news)},
        "files": [owner_paper_to_json(paper) for paper in dialogue.papers],
        "reminders": store.reminders_of(owner),
        "grade_set_by_a_person": decision_to_json(dialogue.decision) if dialogue.decision else None,
        "conversation": store.transcript(owner),
        **_bulletins(store, owner),
        **everything_at_desks(store, owner),
    }
    content = json.dumps(everything, ensure_ascii=False, indent=2).encode()
    return Attachment(f"loan-advisor-{now.date().isoformat()}.json", content)


def _bulletins(store: Store, owner: str) -> dict[str, Any]:
    """What the owner wants to hear of, and every bulletin that was meant for them."""
    with store.engine.connect() as connection:
        return {"subscription": subscription_of(connection, owner), "bulletins": everything_received(connection, owner)}
