"""What a loan would cost this firm: the rates of the loans that fit, with fees and subsidies, and what nobody publishes from costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.conversation.answers.asides import rates_of, sums_of
from bot.conversation.answers.beside import guaranteed_text
from bot.conversation.answers.groups import group_of
from bot.conversation.answers.pricing import published
from bot.conversation.answers.revolving import is_revolving
from bot.conversation.answers.terms_said import said_in
from bot.conversation.asking import ask_next, results_button
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.terms import rate_text, rates
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.cost import RealCost, real_cost
from bot.matching.match import Match
from bot.matching.next_way import marred
from knowledge.entries import Kind
from knowledge.formats import percent, rough_money
from knowledge.search import names_outright
from scoring.quote import quoted_range

_SHOWN = 3
#: Whom banks refuse rather than ask more.
_WEAK = frozenset({"D", "E"})
#: A sum for which a year's cost is said, so that loans of any size compare: 10,000 yuan.
_UNIT = 10_000
_A_YEAR = 12
#: How much there is to be had is asked, too: the offers tell both.
_HOW_MUCH = re.compile(r"能[贷借]到?多少|\bhow much (?:can|could)\b", re.IGNORECASE)
_THAT_ONE = re.compile(r"[那这][个项款笔]|它|\b(?:that|this) (?:one|loan)\b", re.IGNORECASE)
_GUARANTEE = re.compile(r"担保|guarant", re.IGNORECASE)


def what_it_costs(scene: Scene) -> Answer | None:
    """The yearly cost of what fits or may fit, best first; None where a loan is named or figures of a sum are given."""
    said = said_in(scene)
    figures = sums_of(scene) or rates_of(scene) or said.months not in (None, _A_YEAR) or is_revolving(scene, said)
    if figures or _HOW_MUCH.search(scene.text) or _of_one_loan(scene):
        return None
    language = scene.language
    priced = [match for match in group_of(scene, "product").matches if match.rate is not None]
    fitting = [match for match in priced if match.status.value == "eligible"][:_SHOWN]
    chosen = fitting or [match for match in priced if match.status.value == "unknown"][:_SHOWN]
    lines: list[str] = []
    if chosen and scene.dialogue.firm.facts:
        lines.append(say("costs_head" if fitting else "costs_head_open", language))
        lines.extend(cost_line(match, scene) for match in chosen)
    else:
        lines.extend(_published_text(scene))
    if _GUARANTEE.search(scene.text):
        lines.extend(_guaranteed(scene))
    if scene.score.coverage > 0:
        built = quoted_range(None, None, scene.score.pd, interval=scene.score.interval, open_ends=scene.score.open_ends)
        lines.append(say("costs_built", language, grade=scene.grade, rate=rates(built.low, built.high, language, built.open_ends)))
    if scene.grade in _WEAK or marred(scene.dialogue.firm):
        lines.append(say("costs_weak", language))
    lines.append(say("costs_decides", language))
    lines.extend(dict.fromkeys(source_line(match.entry, language, scene.today) for match in chosen))
    sources = tuple(match.entry.id for match in chosen)
    buttons = (*(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in chosen), results_button(language))
    reply = Reply("\n".join(lines), buttons)
    if scene.dialogue.firm.facts:
        dialogue = scene.dialogue.but(focus=chosen[0].entry.id) if chosen else scene.dialogue
        return Answer((reply,), dialogue, sources, aside=True)
    dialogue, question = ask_next(scene)
    return Answer((reply, *question), dialogue, sources)


def cost_line(match: Match, scene: Scene) -> str:
    """A loan's rate, what fees and a subsidy make of it, and what ten thousand yuan cost a year."""
    language = scene.language
    cost = real_cost(match, scene.dialogue.firm, scene.grade, scene.matches)
    name = match.entry.name[language]
    parts = [say("costs_line", language, name=name, rate=rate_text(match, language)), *(_real(cost, scene) if cost else ())]
    return ("，" if language == "zh" else ", ").join(parts)


def _real(cost: RealCost, scene: Scene) -> Iterator[str]:
    language = scene.language
    if cost.fees_tell:
        yield say("costs_fees", language, real=percent(cost.gross))
    if cost.subsidy_tells and cost.helped_by:
        yield say("costs_net", language, name=scene.world.pack[cost.helped_by].name[language], net=percent(cost.net))
    yield say("costs_each", language, yuan=rough_money(cost.gross * _UNIT, language))


def _guaranteed(scene: Scene) -> list[str]:
    """What a loan costs with a guarantor's fee, for the first guarantee that tells."""
    told = (guaranteed_text(match, scene) for match in group_of(scene, "guarantee").matches)
    return [text for text in told if text][:1]


def _published_text(scene: Scene) -> list[str]:
    ends = published(scene)
    return [say("costs_published", scene.language, low=percent(ends[0]), high=percent(ends[1]))] if ends else []


def _of_one_loan(scene: Scene) -> bool:
    """Whether the message names a loan, or asks on about the one that was last spoken of."""
    pack = scene.world.pack
    if any(names_outright(entry, scene.text) for entry in pack if entry.kind is Kind.PRODUCT):
        return True
    focus = pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
    return focus is not None and focus.kind is Kind.PRODUCT and _THAT_ONE.search(scene.text) is not None
