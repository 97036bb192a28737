"""Offers beside each other: two that are named, or the loans that fit best by what matters most."""

from __future__ import annotations

from bot.conversation.answers.beside import beside
from bot.conversation.answers.entry import detail_button, with_thread
from bot.conversation.answers.results import what_declines
from bot.conversation.asking import ask_next
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.ordering import lenders_for, order_of
from bot.conversation.pointing import pointed_at
from bot.conversation.render import match_lines
from bot.conversation.sources import source_line
from bot.conversation.terms import limit_text, rate_text
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import OFFERS, Kind
from knowledge.formats import months
from knowledge.search import names_outright

_DOCUMENTS_COMPARED = 3
_LOANS_COMPARED = 3
_WISHES = {
    "cheapest": ("利", "便宜", "成本", "划算", "省", "cheap", "lowest", "interest", "rate", "cost"),
    "fastest": ("快", "急", "手续", "简单", "fast", "quick", "soon", "easy", "simple", "speed", "by time"),
    "most": ("额度", "多", "最高", "most", "highest", "biggest", "largest", "amount", "size"),
}
_ASPECTS = ("aspect_status", "aspect_limit", "aspect_cost", "aspect_term", "aspect_documents")


def compare(scene: Scene) -> Answer:
    """Two entries side by side; without two names, the loans that fit in the order the owner cares about."""
    language = scene.language
    entries = [e for e in (scene.world.pack.get(topic) for topic in scene.understanding.topics) if e and e.kind in OFFERS]
    pointed = len(pointed_at(scene.text, scene.dialogue.listed)) > 1
    named = pointed or all(names_outright(entry, scene.text) for entry in entries[:2])
    if len(entries) < 2 or (_wish_in(scene.text) != "balanced" and not named):
        return best_loans(scene, _wish_in(scene.text))
    first, second = (scene.match(entry) for entry in entries[:2])
    lines = [f"{first.entry.name[language]} ｜ {second.entry.name[language]}"]
    for aspect, one, other in zip(_ASPECTS, _aspects(first, language), _aspects(second, language), strict=True):
        unknown = say("aspect_unknown", language)
        if one or other:
            lines.append(say("compare_row", language, aspect=say(aspect, language), first=one or unknown, second=other or unknown))
    lines.extend(source_line(match.entry, language, scene.today) for match in (first, second))
    buttons = tuple(detail_button(match.entry, language) for match in (first, second))
    return with_thread(scene, Reply("\n".join(lines), buttons), None, tuple(e.id for e in entries[:2]))


def best_loans(scene: Scene, wish: str) -> Answer:
    """The loans that fit, ranked by what is wished for (one of PREFERENCES, balanced for all): cost, speed or amount."""
    language = scene.language
    loans = [match for match in scene.matches if match.entry.kind is Kind.PRODUCT and match.status is Status.ELIGIBLE]
    if not loans and wish == "balanced":
        return with_thread(scene, Reply(say("compare_need", language)), None)
    if not scene.dialogue.firm.facts:
        dialogue, question = ask_next(scene)
        return Answer((Reply(say("results_need", language)), *question), dialogue)
    head = f"ranked_{wish}" if loans else f"ranked_open_{wish}"
    loans = loans or [match for match in scene.matches if match.entry.kind is Kind.PRODUCT and match.status is Status.UNKNOWN]
    if not loans:
        return what_declines(scene) or with_thread(scene, Reply(say("compare_need", language)), None)
    wished = scene if wish == "balanced" else scene.with_dialogue(scene.dialogue.but(wish=wish))  # the results then keep to it
    order = order_of(scene, loans, wish)
    chosen, lenders = order.matches[:_LOANS_COMPARED], lenders_for(scene, loans)
    lines, told = [say(head, language)], set[str]()
    for match in chosen:
        extra, told_now = beside(match, wished, lenders, told)
        told |= told_now
        lines.extend(("", *match_lines(match, language, scene.today, scene.world.pack, beside=extra)))
    buttons = tuple(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in chosen)
    return with_thread(wished, Reply("\n".join(lines), buttons), chosen[0].entry, tuple(m.entry.id for m in chosen))


def _wish_in(text: str) -> str:
    """What a question wants most of a loan: a name of PREFERENCES, balanced where it does not say."""
    return next((name for name, words in _WISHES.items() if any(word in text.lower() for word in words)), "balanced")


def _aspects(match: Match, language: str) -> tuple[str, ...]:
    entry = match.entry
    term = entry.offer.term_months
    return (
        say(f"status_{match.status.value}", language),
        limit_text(match, language),
        rate_text(match, language),
        months(term, language) if term else "",
        joined([item[language] for item in entry.documents[:_DOCUMENTS_COMPARED]], language),
    )
