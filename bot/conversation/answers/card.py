"""The summary in one picture: made from what the turn knows, and given on request."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from bot.conversation.answers.rating import rating_button
from bot.conversation.asking import ask_next, question_text, results_button, settles_text
from bot.conversation.card import Card, CardFigure, CardMatch, CardReason, Graded
from bot.conversation.decision import decided_text
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.ordering import order_of
from bot.conversation.render import default_band, unique
from bot.conversation.terms import money_parts
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind
from knowledge.firm import Fact
from knowledge.formats import day, fact_label, fact_value, percent

#: What an owner came for comes first among the best matches.
_GROUPS = ((Kind.PRODUCT,), (Kind.GUARANTEE,), (Kind.SUBSIDY, Kind.TAX))
_MATCHES = 3
_TERMS = 2
_FIGURES = (
    "amount_sought", "annual_revenue", "employees", "age_months", "purpose", "net_profit",
    "term_months", "monthly_inflow", "total_assets", "total_liabilities", "tax_grade", "legal_form",
)  # fmt: skip
_FIGURES_AT_MOST = 4
#: How an English source says that more than its first body issued it.
_OTHERS = re.compile(r",? (?:and|with) (?:\w+ other \w+|others)$")


def show_card(scene: Scene) -> Answer:
    """The summary picture; with nothing known yet there is nothing to sum up, and the next question is asked instead."""
    language = scene.language
    if len(scene.dialogue.firm) == 0:
        dialogue, question = ask_next(scene)
        return Answer((Reply(say("results_need", language)), *question), dialogue)
    card = card_of(scene)
    counts = {"eligible": card.eligible, "unknown": card.unknown, "ineligible": card.ineligible}
    text = f"{say('card_caption', language)}\n{say('preview', language, **counts)}"
    buttons = (results_button(language), Button("i", say("b_improve", language)), rating_button(language))
    sources = tuple(match.entry.id for match in _best(scene))
    return Answer((Reply(text, buttons, card=card),), scene.dialogue, sources, aside=True)


def card_button(language: str) -> Button:
    return Button("c", say("card_button", language))


def card_of(scene: Scene) -> Card:
    """The summary of the firm as it stands in a scene."""
    language, score = scene.language, scene.score
    title, subtitle = _titles(scene)
    question, settles = _question(scene)
    best = _best(scene)
    count = {status: sum(match.status is status for match in scene.matches) for status in Status}
    return Card(
        language=language,
        title=title,
        subtitle=subtitle,
        date=day(scene.today, language),
        grade=_graded(scene) if score.coverage > 0 else None,
        coverage=percent(score.coverage, 0),
        reasons=tuple(CardReason(reason.text(language), reason.points > 0) for reason in score.reasons) if score.coverage > 0 else (),
        figures=tuple(_figures(scene)),
        eligible=count[Status.ELIGIBLE],
        unknown=count[Status.UNKNOWN],
        ineligible=count[Status.INELIGIBLE],
        matches=tuple(_match(match, language) for match in best),
        question=question,
        settles=settles,
        footer=_footer(scene, best),
        file_name=f"summary-{scene.today.isoformat()}.png",
    )


def _titles(scene: Scene) -> tuple[str, str]:
    """The firm's name over its trade and place; without a name these are the title."""
    firm, language = scene.dialogue.firm, scene.language
    known = [_capital(fact_value(name, firm[name], language)) for name in ("industry", "region") if name in firm]
    trade = (" · " if language == "zh" else ", ").join(known)
    name = str(firm["firm_name"]).strip() if "firm_name" in firm else ""
    return (name, trade) if name else (trade or say("card_untitled", language), "")


def _graded(scene: Scene) -> Graded:
    score, grades, language = scene.score, scene.world.card.grades, scene.language

    def grade_at(pd: Decimal) -> str:
        at = bisect_right([below for _, below in grades], float(pd))
        return grades[min(at, len(grades) - 1)][0]

    decided = decided_text(scene.decision, language) if scene.decision else ""
    ends = grade_at(score.interval[0]), grade_at(score.interval[1])
    return Graded(scene.grade, *ends, default_band(score.band, language), decided)


def _figures(scene: Scene) -> Iterator[CardFigure]:
    firm, language = scene.dialogue.firm, scene.language
    known = [fact for fact in (firm.fact(name) for name in _FIGURES) if fact is not None]
    for fact in known[:_FIGURES_AT_MOST]:
        yield CardFigure(_capital(fact_label(fact.name, language)), _value(fact, language))


def _value(fact: Fact, language: str) -> str:
    value = _capital(fact_value(fact.name, fact.value, language))
    return say("noted_about", language, value=value) if fact.approximate else value


def _best(scene: Scene) -> tuple[Match, ...]:
    """What fits, then what may fit; loans before guarantees before subsidies."""
    order: list[Match] = []
    for kinds in _GROUPS:
        order.extend(order_of(scene, [match for match in scene.matches if match.entry.kind in kinds]).matches)
    wanted = [match for status in (Status.ELIGIBLE, Status.UNKNOWN) for match in order if match.status is status]
    return tuple(wanted[:_MATCHES])


def _match(match: Match, language: str) -> CardMatch:
    entry = match.entry
    lender = entry.provider.name[language] if entry.provider else _issuers([entry], language)
    terms = tuple(money_parts(match, language)[:_TERMS])
    return CardMatch(entry.name[language], lender, match.status.value, terms)


def _issuers(entries: list[Entry], language: str) -> str:
    """Who issued these: one or two by name, of more the first of each entry."""
    named = [_bodies(entry.source.issuer[language], language) for entry in entries]
    firsts, every = unique([names[0] for names in named]), unique([name for names in named for name in names])
    if len(every) <= max(len(firsts), 2) and not any(map(_OTHERS.search, every)):
        return joined(every, language)
    return say("card_issuers", language, first=joined(firsts, language))


def _bodies(issuer: str, language: str) -> list[str]:
    """Each of those who issued a document together: 财政部、工信部; Ministry of Finance and three other departments."""
    if language == "zh":
        return issuer.split("、")
    others = _OTHERS.search(issuer)
    return [issuer[: others.start()], others.group()] if others else issuer.split(", ")


def _question(scene: Scene) -> tuple[str, str]:
    question, language = scene.question, scene.language
    if question is None:
        return "", ""
    return question_text(question.fact, language), _capital(settles_text(question, language))


def _footer(scene: Scene, best: tuple[Match, ...]) -> tuple[str, ...]:
    """Who decides, where the terms come from and how long they hold, and how the grade was made."""
    language = scene.language
    lines = [say("card_decides", language)]
    if best:
        issuers = _issuers([match.entry for match in best], language)
        ends = [match.entry.valid.until for match in best if match.entry.valid.until is not None]
        checked = min(match.entry.checked for match in best)
        holds = say("item_valid_until", language, until=min(ends)) if ends else say("card_checked", language, checked=checked)
        lines.append(say("card_sources", language, sources=issuers, holds=holds))
    lines.append(say("card_method", language))
    return tuple(lines)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
