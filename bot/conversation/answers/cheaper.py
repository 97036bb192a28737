"""What could make the interest lower for this owner: the cheapest loans, the subsidies on interest, and what would raise the grade."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.answers.costs import cost_line
from bot.conversation.answers.groups import group_of
from bot.conversation.answers.results import knows_enough
from bot.conversation.asking import ask_next, question_text
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.terms import money_parts
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status

_LOANS, _SUBSIDIES = 2, 2


def cheaper(scene: Scene) -> Answer:
    """Ways to pay less interest that are open to the firm, the surest first; each with its source."""
    language = scene.language
    if not knows_enough(scene):
        dialogue, question = ask_next(scene)
        return Answer((Reply(say("cheaper_need", language)), *question), dialogue)
    loans = _cheapest(_open(group_of(scene, "product").matches))[:_LOANS]
    helps = _open([match for match in group_of(scene, "subsidy").matches if match.offer.subsidy is not None])[:_SUBSIDIES]
    lines = [say("cheaper_head", language)]
    if loans:
        lines.append(say("cheaper_loans", language))
        lines.extend(cost_line(match, scene) for match in loans)
    if helps:
        lines.append(say("cheaper_subsidies", language))
        lines.extend(_subsidy_line(match, language) for match in helps)
    lines.append(say("cheaper_grade", language))
    if scene.question is not None:
        lines.append(say("cheaper_missing", language, question=question_text(scene.question.fact, language)))
    lines.append(say("costs_decides", language))
    shown = (*loans, *helps)
    lines.extend(dict.fromkeys(source_line(match.entry, language, scene.today) for match in shown))
    buttons = (*(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in shown), Button("i", say("b_improve", language)))
    dialogue = scene.dialogue.but(focus=loans[0].entry.id) if loans else scene.dialogue
    return Answer((Reply("\n".join(lines), buttons),), dialogue, tuple(match.entry.id for match in shown), aside=True)


def _open(matches: Sequence[Match]) -> list[Match]:
    """What fits, before what may."""
    return [match for status in (Status.ELIGIBLE, Status.UNKNOWN) for match in matches if match.status is status]


def _cheapest(loans: list[Match]) -> list[Match]:
    """Loans whose lowest rate is known, what fits first, the lowest rate in front."""
    priced = [(match.rate.low, match) for match in loans if match.rate is not None and match.rate.low is not None]
    return [match for _, match in sorted(priced, key=lambda one: (one[1].status is not Status.ELIGIBLE, one[0]))]


def _subsidy_line(match: Match, language: str) -> str:
    told = ("，" if language == "zh" else ", ").join(money_parts(match, language))
    key = "cheaper_subsidy" if match.status is Status.ELIGIBLE else "cheaper_subsidy_open"
    return say(key, language, name=match.entry.name[language], parts=told)
