"""The summary card: what is known, how the firm scores and what fits, in the reader's words, ready to be drawn as one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.lists import in_lists


@dataclass(frozen=True)
class Graded:
    """A grade from A to E, the grades it may still turn out to be, and the band of 12-month default probability it stands for.

    `decided` says who set it, where a person did.
    """

    grade: str
    best: str
    worst: str
    default_band: str
    decided: str = ""


@dataclass(frozen=True)
class CardReason:
    """What raises (`helps`) or lowers the grade."""

    text: str
    helps: bool


@dataclass(frozen=True)
class CardMatch:
    """An entry that fits (`status` eligible) or may fit (unknown): who offers it, and its amount and cost as far as known."""

    name: str
    lender: str
    status: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class CardFigure:
    """A fact of the firm with its label."""

    label: str
    value: str


@dataclass(frozen=True)
class Card:
    """The summary of a firm on one day. Figures are written for the reader of `language`; an empty text or None is not known.

    `coverage` is the share of the score's questions that is answered; `question` what to answer next, with what it settles.
    """

    language: str
    title: str
    subtitle: str
    date: str
    grade: Graded | None
    coverage: str
    reasons: tuple[CardReason, ...]
    figures: tuple[CardFigure, ...]
    eligible: int
    unknown: int
    ineligible: int
    matches: tuple[CardMatch, ...]
    question: str
    settles: str
    footer: tuple[str, ...]
    file_name: str


def card_to_json(card: Card) -> dict[str, Any]:
    """The card as plain JSON, lists for tuples."""
    return in_lists(card)


def card_from_json(plain: Mapping[str, Any]) -> Card:
    """The inverse of card_to_json. Raises KeyError or TypeError for what is not such a card."""
    grade = plain["grade"]
    parts = {
        "grade": Graded(**grade) if grade is not None else None,
        "reasons": tuple(CardReason(**reason) for reason in plain["reasons"]),
        "figures": tuple(CardFigure(**figure) for figure in plain["figures"]),
        "matches": tuple(CardMatch(**{**match, "terms": tuple(match["terms"])}) for match in plain["matches"]),
        "footer": tuple(plain["footer"]),
    }
    return Card(**{**plain, **parts})
