"""A grade put into words: its points, what counted for how many of them, and what would help."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.render import chance
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_figures
from knowledge.firm import Firm
from knowledge.formats import fact_label, percent
from scoring.bands import band_of
from scoring.card import Card, Reason, Score
from scoring.questions import sound
from scoring.uncounted import uncounted


def grade_lines(score: Score, card: Card, language: str) -> Iterator[str]:
    """The grade with its points beside the average firm's, then each reason; last how sure it is, and what the data bear out."""
    figures = {"grade": score.grade, "points": score.points, "average": round(card.base_points), "double": round(card.double)}
    yield say("why_score", language, **figures)
    yield from (reason_line(reason, language) for reason in score.reasons)
    if score.end is not None:
        yield say("why_score_held", language, chance=chance(score, language))
    best, worst = grade_span(score, card)
    if best != worst:
        yield say("why_score_span", language, coverage=percent(score.coverage, 0), best=best, worst=worst)


def seen_first(firm: Firm, language: str) -> Iterator[str]:
    """What banks ask about first whatever the grade."""
    if points := list(weak_figures(firm, language)):
        yield say("grade_first_seen", language, points=joined(points, language))


def not_counted(firm: Firm, card: Card, language: str) -> Iterator[str]:
    """What was told of the figures and is not in the grade yet, and what would bring it in."""
    for one in uncounted(sound(firm), card):
        facts = joined([fact_label(name, language) for name in one.facts], language)
        yield say("grade_not_counted", language, facts=facts, lacking=fact_label(one.lacking, language))


def grade_span(score: Score, card: Card) -> tuple[str, str]:
    """The best and the worst grade that the score's range allows."""
    low, high = score.interval
    return band_of(card, float(low)).name, band_of(card, float(high)).name


def reason_line(reason: Reason, language: str) -> str:
    """One reason with its points, and what the owner can do where there is something."""
    mark = "▲" if reason.points > 0 else "▼"
    line = say("why_score_reason", language, mark=mark, text=reason.text(language), points=signed(reason.points))
    advice = reason.advice(language)
    return say("why_score_advice", language, line=line, advice=advice) if advice else line


def signed(points: float) -> str:
    """Points with their sign, whole ones: +26, −12; less than one keeps a digit, so that it never reads as nothing."""
    size = f"{abs(points):.0f}" if abs(points) >= 1 else f"{abs(points):.1f}"
    return f"{'+' if points > 0 else '−'}{size}"
