"""Money tied up in trade: which of receivables, stock and prepayment to finance, receivables by age, goods on a deposit, a lease."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from bot.conversation.answers.asides import figures, rates_of, sums_of, supposed, with_source
from bot.conversation.model import Answer, Button
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.formats import fact_label, money, months, percent, plain, rough_money
from scoring.ageing import Bucket, counted
from scoring.trade import cash_cycle, fitting_route, goods_draft, lease

#: The entry of each of the three.
ROUTES = {"receivables": "prd-abc-ar-pledge", "stock": "prd-bocom-warehouse", "prepayment": "prd-baoduicang"}
_FACTORING = "prd-bocom-factoring"
#: What lenders advance on fresh receivables where their own source says nothing: an estimate (bot.matching.mechanisms).
_ADVANCE = Decimal("0.8")
#: A deposit and a first payment where the message names none: examples, named as such.
_DEPOSIT, _FIRST, _LEASE_RATE, _LEASE_TERM = Decimal("0.3"), Decimal("0.2"), Decimal("0.06"), 36
_WITHIN, _BEYOND = re.compile(r"以?内|不到|不满|within|under|less"), re.compile(r"以上|超过|多|more|over|older")


def which_trade(scene: Scene) -> Answer | None:
    """Receivables, stock or prepayment: by where the firm's money waits longest; asks for what is missing to tell."""
    scene = _without_asked_collateral(scene)
    language, firm, pack = scene.language, scene.dialogue.firm, scene.world.pack
    route, cycle = fitting_route(firm), cash_cycle(firm)
    if route is None:
        missing = [fact_label(name, language) for name in cycle.missing]
        if not missing:
            return with_source(scene, [say("trade_nothing_tied", language)])
        lines = [say("trade_needs", language, missing=joined(missing, language))]
        return with_source(scene, lines, buttons=(Button(f"e:{cycle.missing[0]}", missing[0]),))
    entry = pack.get(ROUTES[route])
    if entry is None:
        return None
    waits = [
        say(key, language, days=plain(days))
        for key, days in (("trade_receivable_days", cycle.receivable_days), ("trade_stock_days", cycle.stock_days))
        if days is not None
    ]
    lines = [say(f"trade_{route}", language, name=entry.name[language]), joined(waits, language) + ("。" if language == "zh" else ".")]
    return with_source(scene, lines, entry)


def _without_asked_collateral(scene: Scene) -> Scene:
    """Which of the two to pledge is asked, not told."""
    asked = next((change for change in scene.taken.changes if change.fact.name == "collateral"), None)
    if asked is None:
        return scene
    firm = scene.dialogue.firm
    firm = firm.having(asked.before) if asked.before is not None else firm.without("collateral")
    return scene.with_dialogue(scene.dialogue.but(firm=firm))


def receivables_by_age(scene: Scene) -> Answer | None:
    """What may be advanced on receivables of the ages a message names; None where it names no ages."""
    buckets = list(_buckets(scene))
    entry = scene.world.pack.get(_FACTORING)
    if not buckets or entry is None:
        return None
    language = scene.language
    worth = counted(buckets)
    lines = [
        say(
            "ageing_sum",
            language,
            counted=rough_money(worth, language),
            amount=rough_money(worth * _ADVANCE, language),
            share=percent(_ADVANCE),
        )
    ]
    lines.append(say("ageing_rule", language))
    return with_source(scene, lines, entry)


def _buckets(scene: Scene) -> Iterator[Bucket]:
    """Sums with the age that follows: 60万三个月内，40万一年以上."""
    found = figures(scene)
    for figure, following in pairwise(found):
        if figure.kind != "money" or following.kind not in ("duration", "count"):
            continue
        days = int(following.value * 30) if following.kind == "duration" else int(following.value)
        behind = scene.text[following.end : following.end + 4]
        beyond = _BEYOND.search(behind) is not None and _WITHIN.search(behind) is None
        yield Bucket(figure.value, None if beyond and days >= 365 else days + 1 if beyond else days)


def goods_on_deposit(scene: Scene) -> Answer | None:
    """Confirmed-warehouse financing of a purchase: the deposit, what may be collected for it, what is still to be paid in."""
    entry, scene = scene.world.pack.get(ROUTES["prepayment"]), supposed(scene)
    sums = sums_of(scene)
    if entry is None or not sums:
        return None
    language = scene.language
    said = next((rate for rate in rates_of(scene) if 0 < rate <= 1), None)
    draft = goods_draft(sums[0], said or _DEPOSIT, sums[1] if len(sums) > 1 else Decimal(0))
    lines = [
        say(
            "goods_draft",
            language,
            goods=money(sums[0], language),
            share=percent(said or _DEPOSIT),
            deposit=money(draft.deposit, language),
            collectable=money(draft.collectable, language),
            open=money(draft.open, language),
        )
    ]
    if said is None:
        lines.append(say("goods_assumed", language, share=percent(_DEPOSIT)))
    return with_source(scene, lines, entry)


def lease_of(scene: Scene) -> Answer | None:
    """A lease of a machine: first payment and monthly rent; what the message leaves out is an example and named."""
    entry, scene = scene.world.pack.get("prd-leasing"), supposed(scene)
    sums = sums_of(scene)
    if entry is None or not sums:
        return None
    language = scene.language
    rates = rates_of(scene)
    first_share = next((rate for rate in rates if Decimal("0.1") <= rate < 1), None)
    rate = next((rate for rate in rates if rate < Decimal("0.1")), None)
    term = next((int(figure.value) for figure in figures(scene) if figure.kind == "duration" and figure.value > 1), None)
    first, rents = lease(sums[0], first_share or _FIRST, rate or _LEASE_RATE, min(term or _LEASE_TERM, 600))
    total = first + sum((rent.payment for rent in rents), Decimal(0))
    lines = [
        say(
            "lease_sum",
            language,
            price=money(sums[0], language),
            first=money(first, language),
            rent=money(rents[0].payment, language),
            term=months(len(rents), language),
            total=money(total, language),
        )
    ]
    named = (("lease_first", first_share), ("assumed_rate", rate), ("assumed_term", term))
    assumed = [say(key, language) for key, value in named if value is None]
    if assumed:
        lines.append(say("repayment_assumed", language, assumed=joined(assumed, language)))
    return with_source(scene, lines, entry)
