"""What turns on a title or a status that the message names: the programmes whose conditions ask for it, and whether the owner has it."""

from __future__ import annotations

import re

from bot.conversation.answers.groups import GROUPS
from bot.conversation.asking import ask_next, question_buttons, question_text
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import match_lines
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.conditions import leaves
from knowledge.eligibility import Status

#: Titles by the words that owners use, and the fact that tells whether a firm holds one.
_TITLES = {
    "tech_sme": re.compile(r"科技型(?:中小)?(?:微)?企业|科小|\btech(?:nology)?[- ]based (?:sme|small|firm|compan)", re.IGNORECASE),
    "high_tech": re.compile(r"高新(?:技术)?(?:企业)?|\bhigh[- ]tech\b", re.IGNORECASE),
    "specialised_level": re.compile(
        r"专精特新|小巨人|创新型中小企业|\blittle giant\b|\bspeciali[sz]ed[- ]and[- ](?:new|sophisticated)\b", re.IGNORECASE
    ),
}
#: What a title opens is asked about, not what it is or how to come by it.
_OPENS = re.compile(
    r"政策|优惠|补贴|扶持|好处|贷款|贷|担保|贴息|奖励|能用|用得?上|享受|有(?:什么|啥|哪些)"
    r"|\b(?:polic\w+|programmes?|programs?|subsid\w+|grants?|loans?|benefits?|support|anything|what (?:is there|can))\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"怎么(?:申请|认定|评|入库|拿)|是什么|啥意思|什么意思|条件是|区别"
    r"|\bhow (?:do|can) (?:i|we) (?:become|get|register)|\bwhat is\b",
    re.IGNORECASE,
)
_KINDS = tuple(kind for group in ("subsidy", "guarantee", "product", "programme") for kind in GROUPS[group])
_SHOWN = 5
_ORDER = (Status.ELIGIBLE, Status.UNKNOWN, Status.INELIGIBLE)


def opened_by(scene: Scene, intent: str | None) -> Answer | None:
    """What the title named opens; None where none is named, or its programmes are not what is asked about."""
    if intent not in ("ask_subsidy", "ask_match", "ask_guarantee", "ask_terms") or scene.taken.changes:
        return None
    fact = next((name for name, words in _TITLES.items() if words.search(scene.text)), None)
    if fact is None or not _OPENS.search(scene.text) or _HOW.search(scene.text):
        return None
    found = [match for match in scene.matches if match.entry.kind in _KINDS and _turns_on(match, fact)]
    here = sorted((match for match in found if not _elsewhere(match)), key=lambda match: _ORDER.index(match.status))[:_SHOWN]
    return _told(here, fact, scene) if here else None


def _turns_on(match: Match, fact: str) -> bool:
    rule = match.entry.rule
    return rule is not None and any(leaf.fact == fact for leaf in leaves(rule))


def _elsewhere(match: Match) -> bool:
    return match.status is Status.INELIGIBLE and any(
        getattr(finding.leaf, "fact", None) == "region" for finding in match.judgement.findings
    )


def _told(here: list[Match], fact: str, scene: Scene) -> Answer:
    language, known = scene.language, fact in scene.dialogue.firm
    lines = [say("opened_by", language)]
    for match in here:
        lines.extend(("", *match_lines(match, language, scene.today, scene.world.pack, scene.unlocks.get(match.entry.id))))
    buttons = tuple(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in here if match.status is not Status.INELIGIBLE)
    told, sources = Reply("\n".join(lines), buttons), tuple(match.entry.id for match in here)
    shown = scene.dialogue.but(focus=here[0].entry.id)
    if known:
        dialogue, question = ask_next(scene.with_dialogue(shown))
        return Answer((told, *question), dialogue, sources)
    asked = Reply(question_text(fact, language), question_buttons(fact, language))
    return Answer((told, asked), shown.but(asking=fact, reminded=None), sources)
