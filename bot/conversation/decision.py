"""A person's decision against the card's grade: whose it is, how long it stands, and how an owner is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation.texts import say
from knowledge.calendar import AGES, COUNTDOWN
from knowledge.firm import Firm, to_json
from knowledge.formats import day
from scoring.card import Card


@dataclass(frozen=True)
class Decision:
    """The `grade` that a person set in place of the `card_grade`; `facts` are the firm's, as plain JSON, when that was decided."""

    grade: str
    card_grade: str
    by: str
    on: date
    facts: Mapping[str, Any]

    def stands(self, firm: Firm, card: Card) -> bool:
        """Whether it still holds: until a figure that the card reads is not what it was. That time passes alone ends nothing."""
        names = [name for name in card.facts if name not in (*AGES, COUNTDOWN)]
        return self.grade != self.card_grade and all(_plain(firm, name) == self.facts.get(name) for name in names)


def _plain(firm: Firm, name: str) -> Any:
    return to_json(firm[name]) if name in firm else None


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """What an owner's export says of it."""
    return {"grade": decision.grade, "card_grade": decision.card_grade, "by": decision.by, "on": decision.on.isoformat()}


def decided_text(decision: Decision, language: str) -> str:
    """Who set the grade, when, what the card says, and what ends it."""
    return say("decided", language, by=decision.by, on=day(decision.on, language), grade=decision.grade, card=decision.card_grade)


def ended_text(decision: Decision, language: str) -> str:
    """That it holds no more because figures changed."""
    return say("decided_ended", language, by=decision.by, on=day(decision.on, language), grade=decision.grade)
