"""Who bears which part of a loss: schemes with fixed shares, compensation pools, joint guarantees, and a guarantor's room."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.answers.asides import sums_of, supposed, with_source
from bot.conversation.model import Answer
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.formats import money, percent
from knowledge.offer import Bearer
from scoring.sharing import borne, compensated, contingent_liability, guarantor_room

_FIXED, _POOL, _RULE, _JOINT = "gua-4321-anhui", "gua-gz-risk-comp", "gua-guobanfa-2019-6", "prd-joint-guarantee"
_GUARANTORS = "gua-measures-2025"
_EXAMPLE = Decimal(1_000_000)
_IS_POOL = re.compile(r"补偿|资金池|风险池|compensat|pool", re.IGNORECASE)
#: The most the Guangzhou scheme pays of a loss, with extras (its article on rates; in the entry's own list to confirm).
_POOL_AT_MOST = Decimal("0.5")
_CEILING = re.compile(r"上限|最多担|封顶|cap|ceiling", re.IGNORECASE)


def shares(scene: Scene) -> Answer | None:
    """A loss divided among bank, guarantors and government; the example of a million where the message names no sum."""
    scene = supposed(scene)
    pack, named = scene.world.pack, scene.topic()
    if (named is not None and named.id == _POOL) or _IS_POOL.search(scene.text):
        return pool(scene)
    entry = named if named is not None and _has_fixed_shares(named.offer.risk) else pack.get(_FIXED)
    if entry is None:
        return None
    language = scene.language
    said = next(iter(sums_of(scene)), None)
    loss = said or _EXAMPLE
    parts = borne(loss, entry.offer.risk)
    head = say("shares_head" if said else "shares_head_example", language, loss=money(loss, language), name=entry.name[language])
    lines = [head]
    lines.extend(
        say("shares_line", language, who=say(f"bearer_{who}", language), share=percent(part / loss), amount=money(part, language))
        for who, part in parts.items()
    )
    lines.append(say("shares_owner", language))
    rule = pack.get(_RULE)
    if rule is not None:
        gap = "" if language == "zh" else " "
        bounds = [f"{say(f'bearer_{one.who}', language)}{gap}{percent(one.share)}" for one in rule.offer.risk]
        lines.append(say("shares_elsewhere", language, bounds=joined(bounds, language)))
    return with_source(scene, lines, entry, *((rule,) if rule else ()))


def _has_fixed_shares(bearers: tuple[Bearer, ...]) -> bool:
    return any(bearer.bound == "exact" and bearer.loan_up_to is None for bearer in bearers)


def pool(scene: Scene) -> Answer | None:
    """What a compensation pool pays the bank for one loan that fails; the example of a million where the message names no sum."""
    entry, scene = scene.world.pack.get(_POOL), supposed(scene)
    if entry is None:
        return None
    language = scene.language
    loan = next(iter(sums_of(scene)), _EXAMPLE)
    paid = compensated(loan, loan, entry.offer.risk, share_cap=_POOL_AT_MOST)
    lines = [
        say(
            "pool_pays" if paid else "pool_pays_nothing",
            language,
            loan=money(loan, language),
            paid=money(paid, language),
            share=percent(paid / loan),
        ),
        say("pool_owner", language),
    ]
    return with_source(scene, lines, entry)


def joint_liability(scene: Scene) -> Answer | None:
    """The most somebody who guarantees for others, alone or as a group, may have to pay for them."""
    entry, scene = scene.world.pack.get(_JOINT), supposed(scene)
    sums = sums_of(scene)
    if entry is None or not sums:
        return None
    language = scene.language
    capped = len(sums) > 1 and _CEILING.search(scene.text) is not None and "合同" in scene.text
    others, cap = (sums[:-1], sums[-1]) if capped else (sums, None)
    owed = contingent_liability(others, cap)
    total = ("＋" if language == "zh" else " + ").join(money(loan, language) for loan in others)
    key = "joint_owed_capped" if cap is not None else "joint_owed" if len(others) > 1 else "joint_owed_all"
    lines = [say(key, language, total=total, owed=money(owed, language))]
    lines.append(say("joint_credit", language))
    return with_source(scene, lines, entry)


def guarantor(scene: Scene) -> Answer | None:
    """The most a guarantee company may stand for one borrower, by its net assets."""
    entry, scene = scene.world.pack.get(_GUARANTORS), supposed(scene)
    assets = next(iter(sums_of(scene)), None)
    if entry is None or assets is None:
        return None
    language = scene.language
    room = guarantor_room(assets)
    return with_source(scene, [say("guarantor_room", language, assets=money(assets, language), room=money(room, language))], entry)
