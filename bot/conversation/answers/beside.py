"""What stands beside an offer: its real cost, whether its bank takes such a firm, whom to ask, and what is left when nobody lends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.conversation.model import Button
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.matching.cost import RealCost, guaranteed_cost, real_cost
from bot.matching.lenders import Lender
from bot.matching.match import Match
from bot.matching.next_way import Way, declined_by_all, marred, needs_way, next_ways
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.formats import months, percent, rough_money
from knowledge.wording import reason

#: Wishes an owner can order the loans by, as buttons.
WISHES = ("cheapest", "fastest", "most")
_LENDERS_NAMED = 3
#: What `beside` tells of when it counts fees.
FEES = "fees"
#: What it tells of when it adds a guarantor's fee to the interest.
GUARANTEED = "guaranteed"


def beside(match: Match, scene: Scene, lenders: Mapping[str, Lender], told: Collection[str] = ()) -> tuple[list[str], set[str]]:
    """Lines under an offer that fits or may fit, and what they tell of; none for what does not fit.

    `told` are subsidies that were taken off an offer above: once is enough.
    """
    if match.status is Status.INELIGIBLE:
        return [], set()
    language, lines, now = scene.language, [], set()
    cost = real_cost(match, scene.dialogue.firm, scene.grade, scene.matches)
    if cost is not None and cost.fees_tell:
        lines.append(say("cost_with_fees", language, real=percent(cost.gross), costs=costs_text(cost, language)))
        now.add(FEES)
    if cost is not None and cost.subsidy_tells and cost.helped_by not in (None, *told) and match.status is Status.ELIGIBLE:
        scheme = scene.world.pack[str(cost.helped_by)].name[language]
        lines.append(say("cost_net", language, name=scheme, net=percent(cost.net), saved=rough_money(cost.relief, language)))
        now.add(str(cost.helped_by))
    if match.entry.kind is Kind.GUARANTEE and GUARANTEED not in told and (backed := guaranteed_text(match, scene)):
        lines.append(backed)
        now.add(GUARANTEED)
    if was_declined(match, scene, lenders):
        lines.append(say("lender_declined_lately", language))
    lender = lenders.get(match.entry.id)
    if scene.dialogue.wish == "fastest" and match.entry.kind is Kind.PRODUCT:
        lines.append(wait_text(lender, language))
    if scene.dialogue.wish == "cheapest" and match.entry.kind is Kind.PRODUCT and match.rate is None:
        lines.append(say("price_unknown", language))
    if lender is not None and lender.against:
        lines.append(against_text(lender, language))
    return lines, now


def wait_text(lender: Lender | None, language: str) -> str:
    """How long an answer takes: by the bank's own word, as is asked of every bank, or not known where no bank is named."""
    if lender is None:
        return say("wait_unknown", language)
    return say("wait_stated" if lender.entry.response else "wait_rule", language, days=lender.days)


def was_declined(match: Match, scene: Scene, lenders: Mapping[str, Lender]) -> bool:
    """Whether the owner applied for just this lately and was declined."""
    lender, declined = lenders.get(match.entry.id), scene.world.declined
    return match.entry.id in declined or (lender is not None and lender.entry.id in declined)


def guaranteed_text(match: Match, scene: Scene) -> str:
    """What a loan costs with the guarantee, by the first bank loan that fits and publishes its rate; empty where there is none."""
    stated = (one for one in scene.matches if one.status is Status.ELIGIBLE and one.rate is not None and one.rate.basis == "stated")
    loan = next(stated, None)
    cost = guaranteed_cost(match, loan, scene.dialogue.firm, scene.grade) if loan is not None else None
    if cost is None or loan is None or not cost.fees_tell:
        return ""
    language = scene.language
    name = loan.entry.name[language]
    return say("cost_guaranteed", language, name=name, quoted=percent(cost.quoted), real=percent(cost.gross))


def costs_text(cost: RealCost, language: str) -> str:
    """Costs beside interest by name: 评估5,000元、登记550元."""
    gap = "" if language == "zh" else " "
    return joined([f"{say(f'fee_{name}', language)}{gap}{rough_money(amount, language)}" for name, amount in cost.costs.items()], language)


def against_text(lender: Lender, language: str) -> str:
    """The bank's own conditions that the firm does not meet, of several on one fact the first."""
    by_fact = {getattr(finding.leaf, "fact", finding): finding for finding in reversed(lender.against)}
    if set(by_fact) > {"region"}:  # a rule for another place is no reason beside one that holds everywhere
        by_fact.pop("region", None)
    reasons = [reason(finding, language) for finding in reversed(by_fact.values())]
    return say("lender_against", language, lender=lender.entry.name[language], reasons=joined(list(dict.fromkeys(reasons))[:2], language))


def ask_first(scene: Scene, matches: Sequence[Match], lenders: Mapping[str, Lender]) -> tuple[str, tuple[Button, ...]]:
    """Whom to ask first for the best loans that fit: the banks in the order of their products, each with a button."""
    language = scene.language
    open_ = [match for match in matches if match.status is Status.ELIGIBLE and not was_declined(match, scene, lenders)]
    fitting = [lenders[match.entry.id] for match in open_ if match.entry.id in lenders]
    banks = {lender.entry.id: lender for lender in fitting if not lender.against}
    chosen = list(banks.values())[:_LENDERS_NAMED]
    if not chosen:
        return "", ()
    names = [lender.entry.name[language] for lender in chosen]
    within = months(max(1, max(lender.days for lender in chosen) // 30), language)
    text = say("ask_first", language, lenders=joined(names, language), within=within)
    return text, tuple(Button(f"n:{lender.entry.id}", lender.entry.name[language]) for lender in chosen)


def wish_buttons(matches: Sequence[Match], language: str, current: str) -> tuple[Button, ...]:
    """Other orders of the loans; none where there is nothing to order."""
    if sum(match.status is Status.ELIGIBLE for match in matches) < 2:
        return ()
    return tuple(Button(f"k:{wish}", say(f"b_wish_{wish}", language)) for wish in WISHES if wish != current)


def ways_on(scene: Scene) -> tuple[str, tuple[Button, ...]]:
    """What a firm can do that lenders decline, all of them or most; empty for all others."""
    if not needs_way(scene.matches, scene.dialogue.firm, scene.grade):
        return "", ()
    language, pack = scene.language, scene.world.pack
    lines, buttons = [say("ways_head" if declined_by_all(scene.matches) else "ways_head_open", language)], []
    for number, way in enumerate(next_ways(scene.matches, scene.dialogue.firm, scene.grade), 1):
        entry = pack.get(way.entry) if way.entry else None
        name = entry.name[language] if entry else ""
        key = "firmer_way" if way.way is Way.REPAIR and not marred(scene.dialogue.firm) else f"way_{way.way}"
        lines.append(f"{number}. {say(key, language, name=name)}")
        if entry is not None:
            buttons.append(Button(f"n:{entry.id}", name))
        elif way.way is Way.REPAIR:
            buttons.append(Button("i", say("b_improve", language)))
        else:
            buttons.append(Button("h", say("b_person", language)))
    return "\n".join(lines), tuple(buttons)
