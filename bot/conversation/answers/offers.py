"""Several offers that an owner was made, side by side by what they really cost: a rate, a way of repaying and fees each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.conversation.answers.asides import supposed
from bot.conversation.answers.instalments import methods_in
from bot.conversation.answers.terms_said import Said, said_in
from bot.conversation.model import Answer, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.formats import money, months, percent
from nlu.mentions import extract_facts
from scoring.price import annual_cost
from scoring.schedule import Method

#: Where one offer ends and the next begins.
_PARTS = re.compile(
    r"[；;\n]+|[，,。 ]+(?=(?:[A-Ca-c甲乙丙](?:家|方案)?(?:是|[:：]|家|方案)|第?[一二三四]家|另一家"
    r"|offer \w\b|the (?:second|third|other) (?:one|bank|offer)))"
)
#: What an offer is called.
_NAME = re.compile(
    r"^\W*((?:[A-Ca-c甲乙丙](?:家|方案)?|第?[一二三四]家|另一家|[一-龥]{1,4}(?:银行|[工农中建交]行|贷|家)))\W*(?:是|的|:|：)?"
    r"|^\W*(offer \w|(?:the )?(?:first|second|third|other)(?: one| bank| offer)?|[a-c])\b\W*(?:is|:)?",
    re.IGNORECASE,
)
_OF_THE_REVENUE = re.compile(r"[%％] ?of (?:(?:the|our|my|its|that|it) ?)*(?:turnover|revenue|sales|takings)\b", re.IGNORECASE)
#: Figures for who did not say how much, or for how long.
_EXAMPLE, _A_YEAR, _FEWEST = Decimal(100_000), 12, 2


@dataclass(frozen=True)
class _Offer:
    name: str
    real: Decimal
    term: int
    assumed: bool


def compared(scene: Scene) -> Answer | None:
    """The offers of one message by their real cost a year, the cheapest first; None where it does not tell of several."""
    parts = [part for part in _PARTS.split(scene.text) if part and part.strip()]
    if len(parts) < _FEWEST:
        return None
    wanted = scene.dialogue.firm.fact("amount_sought")
    scene = supposed(scene)  # rates and terms of others are no wishes of the owner's
    scene = scene if wanted is None else scene.with_dialogue(scene.dialogue.but(firm=scene.dialogue.firm.having(wanted)))
    wish = scene.dialogue.firm.get("amount_sought")
    principal = wish if isinstance(wish, Decimal) and wish > 0 else _EXAMPLE
    offers = sorted(_offers(parts, principal, scene), key=lambda offer: offer.real)
    if len(offers) < _FEWEST:
        return None
    language = scene.language
    lines = [say("offers_head" if wish else "offers_head_example", language, principal=money(principal, language))]
    for offer in offers:
        key = "offers_line_assumed" if offer.assumed else "offers_line"
        lines.append(say(key, language, name=offer.name, real=percent(offer.real), term=months(offer.term, language)))
    lines.append(say("offers_beware", language))
    return Answer((Reply("\n".join(lines)),), scene.dialogue, aside=True)


def _offers(parts: list[str], principal: Decimal, scene: Scene) -> Iterator[_Offer]:
    for part in parts:
        alone = replace(scene.understanding, extraction=extract_facts(part, today=scene.today), parts=())
        said = said_in(replace(scene, understanding=alone, text=part))
        if _OF_THE_REVENUE.search(part):  # profit 3% of turnover is no offer
            continue
        found = _NAME.match(part)
        if said.rate is not None and (real := _real_cost(said, principal, part)) is not None:
            name = (found[1] or found[2]).strip() if found else part.strip()[:6]
            yield _Offer(name, real, said.months or _A_YEAR, said.months is None)


def _real_cost(said: Said, principal: Decimal, words: str) -> Decimal | None:
    method = next(iter(methods_in(words)), Method.INTEREST_FIRST if said.by_day else Method.EQUAL_INSTALMENT)
    try:
        return annual_cost(principal, said.rate or Decimal(0), said.months or _A_YEAR, method, fees=said.fees).nominal
    except ValueError:
        return None
