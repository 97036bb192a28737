"""What is stored about an owner as the conversation knows it, and back."""

from __future__ import annotations

from datetime import date

from bot.conversation.decision import Decision
from bot.conversation.kept import dialogue_from_json
from bot.conversation.model import Dialogue
from bot.storage.overrides import StoredOverride
from bot.storage.store import Remembered, StoredFact
from knowledge.firm import Fact, Firm, fact_from_json, fact_to_json, vocabulary


def dialogue_of(remembered: Remembered, language: str | None = None) -> Dialogue:
    """Where the conversation of what is stored stands; `language` is the channel's hint for an owner who has not written yet."""
    known = [item for item in remembered.facts if item.name in vocabulary()]
    firm = Firm({item.name: _fact(item) for item in known})
    if remembered.state is None:
        return Dialogue(firm=firm, language=language or "zh")
    return dialogue_from_json(remembered.state, firm).but(decision=decision_of(remembered.override))


def decision_of(override: StoredOverride | None) -> Decision | None:
    """An override as the conversation knows it, on its day here."""
    if override is None:
        return None
    return Decision(override.to_grade, override.from_grade, override.by, override.at.astimezone().date(), override.facts)


def _fact(item: StoredFact) -> Fact:
    return fact_from_json({**vars(item), "as_of": item.as_of.isoformat()})


def stored_facts(firm: Firm) -> list[StoredFact]:
    rows = [fact_to_json(fact) for fact in firm.facts.values()]
    return [StoredFact(r["name"], r["value"], r["source"], date.fromisoformat(r["as_of"]), r["approximate"]) for r in rows]
