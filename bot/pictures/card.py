"""The summary card as a picture that a phone shows without zooming."""

from __future__ import annotations

from typing import Any

from bot.conversation.card import Card, card_to_json
from bot.conversation.texts import say
from bot.pictures.draw import draw

#: Pixels; three for each of the 360 points of a small phone's width.
WIDTH = 1080
#: Grades, best first, and the key of what each is called.
_GRADES = {"A": "card_grade_a", "B": "card_grade_b", "C": "card_grade_c", "D": "card_grade_d", "E": "card_grade_e"}


def card_png(card: Card) -> bytes:
    """The card as a PNG, WIDTH pixels wide and as high as it needs. Takes a few hundredths of a second of processor time."""
    return draw("card", card_data(card), "png")


def card_data(card: Card) -> dict[str, Any]:
    """What the template shows: the card, and the words around it in its language."""
    language, grade = card.language, card.grade
    fits = any(match.status == "eligible" for match in card.matches)
    words = {
        "heading": say("card_heading", language),
        "grade": say("card_grade", language),
        "coverage": say("card_coverage", language, coverage=card.coverage),
        "best_end": say("card_best_end", language),
        "worst_end": say("card_worst_end", language),
        "eligible": say("status_eligible", language),
        "unknown": say("status_unknown", language),
        "ineligible": say("status_ineligible", language),
        "matches": say("card_matches" if fits else "card_maybe", language),
        "no_matches": say("card_no_matches", language),
        "next": say("card_next", language),
        "grade_none": say("card_grade_none", language),
        "grade_none_why": say("card_grade_none_why", language),
    }
    if grade is not None:
        words["grade_words"] = say(_GRADES[grade.grade], language)
        words["default_band"] = say("card_default_band", language, band=grade.default_band)
        words["range"] = say("card_range", language, best=grade.best, worst=grade.worst) if grade.best != grade.worst else ""
    return {"card": card_to_json(card), "words": words, "grades": list(_GRADES)}
