"""Money from many people or from investors: what a platform keeps of a presale, which target to set, and at which stage a firm stands."""

from __future__ import annotations

import re

from bot.conversation.answers.asides import rates_of, sums_of, supposed, with_source
from bot.conversation.model import Answer, Button
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.formats import fact_label, money, percent
from scoring.raising import presale_fee, presale_target, stage

_PRESALE, _EQUITY = "prg-crowdfunding-presale", "prg-equity-funding"
#: The sum is what has to be left, or what it costs to deliver, rather than what is raised.
_NEEDED = re.compile(r"到手|净(?:得|拿|收)|要(?:拿|留|剩)|目标(?:定|设|要)|定多少|需要|net|left|need|target|goal", re.IGNORECASE)
_DELIVERY = re.compile(r"成本|做货|发货|生产|cost|make|deliver", re.IGNORECASE)
_STAGE_FACTS = ("annual_revenue", "net_profit", "previous_revenue")


def presale(scene: Scene) -> Answer | None:
    """The fee on a sum raised, or the target that leaves a sum; with the platform's own fee where the message names it."""
    entry, scene = scene.world.pack.get(_PRESALE), supposed(scene)
    sums = sums_of(scene)
    if entry is None or entry.offer.fee is None or not sums:
        return None
    language = scene.language
    own = next((rate for rate in rates_of(scene) if 0 <= rate < 1), None)
    fee = entry.offer.fee.of_raised if own is None else own
    cost = sums[1] if len(sums) > 1 and _DELIVERY.search(scene.text) else sums[0] * 0
    target = presale_target(sums[0], fee, cost)
    values = {
        "sum": money(sums[0], language),
        "fee": percent(fee),
        "kept": money(presale_fee(sums[0], fee), language),
        "left": money(sums[0] - presale_fee(sums[0], fee), language),
        "target": money(target, language),
        "cost": money(cost, language),
    }
    if cost:
        lines = [say("presale_with_cost", language, **values)]
    elif _NEEDED.search(scene.text):
        lines = [say("presale_target", language, **values)]
    else:
        lines = [say("presale_fee", language, **values), say("presale_then_target", language, **values)]
    if own is None:
        lines.append(say("presale_reference", language, fee=percent(fee)))
    return with_source(scene, lines, entry)


def equity_stage(scene: Scene) -> Answer | None:
    """At which stage the firm stands for investors, or which figures are missing to tell."""
    entry = scene.world.pack.get(_EQUITY)
    if entry is None:
        return None
    language, firm = scene.language, scene.dialogue.firm
    found = stage(firm)
    if found is not None:
        return with_source(scene, [say(f"stage_{found}", language)], entry)
    missing = [name for name in _STAGE_FACTS if name not in firm]
    lines = [say("stage_needs", language, missing=("、" if language == "zh" else ", ").join(fact_label(n, language) for n in missing))]
    return with_source(scene, lines, entry, buttons=(Button(f"e:{missing[0]}", fact_label(missing[0], language)),))
