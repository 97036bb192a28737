"""Why a limit is no higher: what each loan's amount is worked out from, and what would lift it."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.answers.entry import with_thread
from bot.conversation.answers.groups import loans_in_order
from bot.conversation.asking import results_button
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.sources import source_line
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.formats import fact_label, money, rough_money

_ASKED = re.compile(
    r"额度[^。？?]{0,12}(?:少|低|小|不够|只有|才|没到|达不到|上不去)|(?:为什么|为啥|咋|怎么|凭什么)[^。？?]{0,10}(?:只|才|就)(?:能|给|有)?[^。？?]{0,4}(?:贷|借|批|给|这(?:么)?点|\d)"
    r"|(?:少|低)于?我要的|贷不到我要的|不够我(?:要|用)的"
    r"|\b(?:limit|amount|offer|sum)\b[^.?!]{0,30}\b(?:lower|less|low|small|smaller|only|under|below|short)\b"
    r"|\b(?:lower|less|smaller) than (?:what )?(?:i|we) (?:asked|wanted|need|requested)\b"
    r"|\bwhy (?:only|just|not more|so little|can'?t i get more)\b",
    re.IGNORECASE,
)
_SHOWN = 3


def asks_for_limit(text: str) -> bool:
    """Whether the words ask why no more is to be had."""
    return _ASKED.search(text) is not None


def why_limit(scene: Scene) -> Answer | None:
    """The loans that come to less than is wanted, what binds each, and what would lift it; None where no amount is known to fall short."""
    language = scene.language
    fact = scene.dialogue.firm.get("amount_sought")
    wanted = fact if isinstance(fact, Decimal) else None
    short = [match for match in loans_in_order(scene) if match.status is not Status.INELIGIBLE and _falls_short(match)][:_SHOWN]
    if not short:
        return None
    head = say("limit_why", language, wanted=money(wanted, language)) if wanted is not None else say("limit_why_open", language)
    lines = [head]
    for match in short:
        lines.append(say("limit_why_line", language, name=match.entry.name[language], reason=_reason(match, language)))
    bound = dict.fromkeys(match.limit.binding for match in short if match.limit is not None and match.limit.binding)
    lines.extend(f"· {say(f'lift_{binding}', language)}" for binding in bound)
    if missing := dict.fromkeys(name for match in short if match.limit is not None for name in match.limit.missing):
        names = [fact_label(name, language) for name in list(missing)[:_SHOWN]]
        lines.append(f"· {say('lift_missing', language, names=('、' if language == 'zh' else ', ').join(names))}")
    lines.extend(source_line(match.entry, language, scene.today) for match in short)
    buttons = (*(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in short), results_button(language))
    return with_thread(scene, Reply("\n".join(lines), buttons), None, tuple(match.entry.id for match in short))


def _falls_short(match: Match) -> bool:
    limit = match.limit
    return limit is not None and limit.amount is not None and not limit.covers and limit.binding is not None


def _reason(match: Match, language: str) -> str:
    assert match.limit is not None
    assert match.limit.amount is not None
    if match.limit.binding in ("cap", "guarantee_cap"):
        return say("limit_by_cap", language, amount=money(match.limit.amount, language))
    basis = say(f"basis_{match.limit.binding}", language)
    return say("item_limit", language, amount=rough_money(match.limit.amount, language), basis=basis)
