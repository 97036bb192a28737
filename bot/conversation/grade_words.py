"""A grade put into words: its points, what counted for how many of them, and what would help."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.render import chance
from bot.conversation.texts import say
from knowledge.formats import percent
from scoring.bands import band_of
from scoring.card import Card, Reason, Score


def grade_lines(score: Score, card: Card, language: str) -> Iterator[str]:
    """The grade with its points beside the average firm's, then each reason; last how sure it is, and what the data bear out."""
    figures = {"grade": score.grade, "points": score.points, "average": round(card.base_points), "double": round(card.double)}
    yield say("why_score", language, **figures)
    yield from (reason_line(reason, language) for reason in score.reasons)
    if score.bound is not None:
        yield say("why_score_held", language, chance=chance(score, language))
    best, worst = grade_span(score, card)
    if best != worst:
        yield say("why_score_span", language, coverage=percent(score.coverage, 0), best=best, worst=worst)


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
