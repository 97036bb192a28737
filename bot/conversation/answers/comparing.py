"""Offers beside each other: two that are named, or the loans that fit best by what matters most."""

from __future__ import annotations

import re

from bot.conversation.answers import costs, two_banks
from bot.conversation.answers.beside import beside
from bot.conversation.answers.both import one_after_other
from bot.conversation.answers.entry import detail_button, in_short, terms, with_thread
from bot.conversation.answers.groups import loans_in_order
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
from knowledge.entries import OFFERS, Entry, Kind
from knowledge.formats import months
from knowledge.search import names_outright

_DOCUMENTS_COMPARED = 3
_LOANS_COMPARED = 3
_WISHES = {
    "cheapest": ("利", "便宜", "成本", "划算", "省", "cheap", "lowest", "interest", "rate", "cost"),
    "fastest": ("快", "急", "手续", "简单", "fast", "quick", "soon", "easy", "simple", "speed", "by time"),
    "most": ("额度", "多", "最高", "most", "highest", "biggest", "largest", "amount", "size"),
}
_DIFFERENCE = re.compile(r"区别|差别|不同|不一样|\b(?:differences?|differ|different|versus|vs)\b", re.IGNORECASE)
#: Nothing but what it costs.
_RATES = re.compile(
    r"\W*(?:那|那么)?(?:利[率息]|年化)(?:呢|多少|是多少|怎么样|几个点)?\W*"
    r"|\W*(?:and |so |ok,? )?(?:what about |how about )?(?:the |your |interest )?(?:rates?|interest)\W*",
    re.IGNORECASE,
)
#: Beside one offer that is named, any loan of a bank stands for the other.
_ANY_LOAN = re.compile(r"银行贷款|(?:普通|一般)(?:的)?贷款|\b(?:bank|normal|ordinary|regular|usual) (?:loan|credit)s?\b", re.IGNORECASE)
_ASPECTS = ("aspect_status", "aspect_limit", "aspect_cost", "aspect_term", "aspect_documents")


def compare(scene: Scene) -> Answer:
    """Two entries side by side; without two names, the loans that fit in the order the owner cares about."""
    entries = [e for e in (scene.world.pack.get(topic) for topic in scene.understanding.topics) if e and e.kind in OFFERS]
    wish = _wish_in(scene.text)
    if not any(names_outright(entry, scene.text) for entry in entries):
        if (loans := two_banks.loans_of_two(scene, wish)) is not None:
            return _beside_each_other(loans[0].entry, loans[1].entry, scene, cheaper=wish == "cheapest")
        if (told := two_banks.beside_local_bank(scene, wish)) is not None:
            return told
    if len(entries) == 1 and _ANY_LOAN.search(scene.text) and (others := _other_loans(scene, entries[0])):
        return _beside_each_other(entries[0], others[0].entry, scene)
    if len(entries) < 2 and _DIFFERENCE.search(scene.text) and (told := _each_meaning(scene)) is not None:
        return told
    pointed = len(pointed_at(scene.text, scene.dialogue.listed)) > 1
    named = pointed or all(names_outright(entry, scene.text) for entry in entries[:2])
    if len(entries) < 2 or (wish != "balanced" and not named):
        return best_loans(scene, wish)
    return _beside_each_other(entries[0], entries[1], scene)


def terms_or_rates(scene: Scene) -> Answer:
    """The terms of what was asked or spoken of; a bare question for rates after something that has none gets those of the loans."""
    spoken_of = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
    about_rates = _RATES.fullmatch(scene.text) is not None
    if about_rates and spoken_of is not None and scene.match(spoken_of).rate is None:
        return best_loans(scene, "cheapest")
    return terms(scene)


def _each_meaning(scene: Scene) -> Answer | None:
    """What two words mean, one after the other; None where the message is about fewer. Those that stand there by name go first."""
    about = (scene.world.pack.get(topic) for topic in scene.understanding.topics)
    words = [word for word in about if word is not None and word.kind is Kind.DEFINITION]
    if not words or words[0].id != scene.understanding.topics[0]:
        return None
    said = scene.text.lower()
    words.sort(key=lambda word: not any(name.lower() in said for name in (word.name.zh, word.name.en)))
    told = in_short(words[0], scene)
    return one_after_other(told, in_short(words[1], scene.with_dialogue(told.dialogue))) if len(words) > 1 else told


def _other_loans(scene: Scene, entry: Entry) -> list[Match]:
    """Plain loans that may be open to the firm, best first: what "a bank loan" stands for beside one that was named."""
    loans = [match for match in loans_in_order(scene) if match.status is not Status.INELIGIBLE and match.entry.id != entry.id]
    return [match for match in loans if match.rate is not None]


def _beside_each_other(one: Entry, other: Entry, scene: Scene, *, cheaper: bool = False) -> Answer:
    language = scene.language
    first, second = scene.match(one), scene.match(other)
    lines = [f"{first.entry.name[language]} ｜ {second.entry.name[language]}"]
    for aspect, of_one, of_other in zip(_ASPECTS, _aspects(first, language), _aspects(second, language), strict=True):
        unknown = say("aspect_unknown", language)
        if of_one or of_other:
            row = say("compare_row", language, aspect=say(aspect, language), first=of_one or unknown, second=of_other or unknown)
            lines.append(row)
    if cheaper:
        lines.append(two_banks.cheaper_of(first, second, language))
    lines.extend(source_line(match.entry, language, scene.today) for match in (first, second))
    buttons = tuple(detail_button(match.entry, language) for match in (first, second))
    return with_thread(scene, Reply("\n".join(lines), buttons), None, (one.id, other.id))


def best_loans(scene: Scene, wish: str) -> Answer:
    """The loans that fit, ranked by what is wished for (one of PREFERENCES, balanced for all): cost, speed or amount."""
    language = scene.language
    loans = [match for match in scene.matches if match.entry.kind is Kind.PRODUCT and match.status is Status.ELIGIBLE]
    if not loans and wish == "balanced":
        return with_thread(scene, Reply(say("compare_need", language)), None)
    if not scene.dialogue.firm.facts and wish == "cheapest" and (published := costs.what_it_costs(scene)) is not None:
        return published
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
