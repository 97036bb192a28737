"""Settling what keeps figures of files from being used: doubts, accounts that add up, units that a file does not state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from bot.conversation.answers.paper_steps import INFLOW, go_on, leave, use
from bot.conversation.answers.paper_words import point_reply, taken_line
from bot.conversation.facts import Change
from bot.conversation.model import Answer, Reply
from bot.conversation.papers import UNIT, Held, Item, settled
from bot.conversation.points import OF_ONE_ACCOUNT, Kind, Point, accepted_key, accounts_beside, sort_out
from bot.conversation.world import Scene
from knowledge.firm import Fact, FactType, FactValue, Provenance, vocabulary
from nlu.uploads.document import Sum

#: What amounts may be counted in, by its name.
UNITS = {"元": 1, "千元": 1000, "万元": 10000}


def settle(scene: Scene, how: str, point: Point, item: Item) -> Answer | None:
    """A button under a point; None for one that means nothing there."""
    return _HOW[how](scene, point, item) if how in _HOW else None


def _take(scene: Scene, point: Point, _: Item) -> Answer | None:
    return take(scene, point, point.items)


def take(scene: Scene, point: Point, items: Sequence[Item]) -> Answer:
    """Figures of a point as the file has them. One that was doubted may have more to be settled before it is used."""
    if point.kind is not Kind.DOUBT:
        return use(scene, [(point.paper, item) for item in items])
    paper, dialogue = point.paper, scene.dialogue
    seen = tuple(accepted_key(doubt.check, item.fact) for item in items for doubt in point.doubts)
    paper = replace(paper, accepted=tuple(dict.fromkeys((*paper.accepted, *seen))))
    for item in items:
        paper = paper.having(replace(item, doubts=()))
    papers = tuple(paper if known.id == paper.id else known for known in dialogue.papers)
    names = {item.fact for item in items}
    clear = [(of, item) for of, item in sort_out(papers, dialogue.firm).sound if of.id == paper.id and item.fact in names]
    moved = scene.with_dialogue(dialogue.but(papers=papers))
    return use(moved, clear) if clear else go_on(moved, moved.dialogue)


def _leave_all(scene: Scene, point: Point, _: Item) -> Answer | None:
    return leave(scene, [(point.paper, item) for item in point.items])


def _view(scene: Scene, point: Point, item: Item) -> Answer | None:
    """One figure of several by itself."""
    reply = point_reply(replace(point, items=(item,)), 0, scene.language)
    return Answer((reply,), scene.dialogue.but(checking=point.paper.batch))


def _only(scene: Scene, point: Point, item: Item) -> Answer | None:
    """One account alone: the others say nothing about the firm."""
    papers = scene.dialogue.papers
    for other, _ in tuple(accounts_beside(papers, point.paper, item)):
        papers = settled(papers, other.id, (item.fact, *(OF_ONE_ACCOUNT if item.fact == INFLOW else ())), Held.OUT)
    moved = scene.with_dialogue(scene.dialogue.but(papers=papers))
    return use(moved, [(point.paper, one) for one in (item, *(_of_the_account(point)))])


def _sum(scene: Scene, point: Point, item: Item) -> Answer | None:
    """All accounts together. How uneven one of them is says nothing about all."""
    if point.kind is not Kind.ACCOUNT or point.total is None:
        return None
    dialogue, papers = scene.dialogue, scene.dialogue.papers
    together = [(point.paper, item), *accounts_beside(papers, point.paper, item)]
    firm = dialogue.firm
    if item.fact == INFLOW:
        firm = firm.without(*(name for name in OF_ONE_ACCOUNT if (known := firm.fact(name)) and known.source is Provenance.FILE))
    for paper, one in together:
        papers = settled(papers, paper.id, [one.fact], Held.SUM)
        if one.fact == INFLOW:
            papers = settled(papers, paper.id, OF_ONE_ACCOUNT, Held.OUT)
    total = Fact(item.fact, point.total, Provenance.FILE, max(one.as_of for _, one in together))
    change = Change(total, firm.fact(item.fact))
    line = Reply(taken_line([total], scene.language))
    return go_on(scene, dialogue.but(papers=papers, firm=firm.having(total)), said=(line,), changes=(change,))


def in_unit(scene: Scene, unit: int) -> Answer | None:
    """Amounts whose unit the file does not state, in the unit that the owner names; None where none is asked for."""
    dialogue = scene.dialogue
    asked = (one for one in sort_out(dialogue.papers, dialogue.firm).points if any(doubt.check == UNIT for doubt in one.doubts))
    point = next(asked, None)
    return _counted(scene, point, point.items[0], unit=unit) if point is not None else None


def _counted(scene: Scene, point: Point, _: Item, *, unit: int) -> Answer | None:
    dialogue, paper = scene.dialogue, point.paper
    for item in point.items:
        doubts = tuple(doubt for doubt in item.doubts if doubt.check != UNIT)
        paper = paper.having(replace(item, value=_counted_in(item, unit), unit=unit, doubts=doubts))
    paper = replace(paper, sums=_counted_sums(point, unit))
    papers = tuple(paper if known.id == paper.id else known for known in dialogue.papers)
    return go_on(scene, dialogue.but(papers=papers))


def _counted_sums(point: Point, unit: int) -> tuple[tuple[str, Sum], ...]:
    """The paper's sums, those of the counted figures in the same unit."""
    factors = {item.fact: Decimal(unit) / item.unit for item in point.items}
    return tuple((name, one.scaled(factors[min(one.facts)]) if one.facts <= factors.keys() else one) for name, one in point.paper.sums)


def _counted_in(item: Item, unit: int) -> FactValue:
    if vocabulary()[item.fact].type is not FactType.MONEY or not isinstance(item.value, Decimal):
        return item.value
    return item.value / item.unit * unit


def _of_the_account(point: Point) -> list[Item]:
    """What the file says of how one account is, as far as it can be used."""
    if point.facts != (INFLOW,):
        return []
    return [item for item in point.paper.items if item.fact in OF_ONE_ACCOUNT and item.waits and not item.doubts]


_HOW: Mapping[str, Callable[[Scene, Point, Item], Answer | None]] = {
    "take": _take,
    "out": _leave_all,
    "view": _view,
    "only": _only,
    "sum": _sum,
    **{f"u{unit}": partial(_counted, unit=unit) for unit in UNITS.values()},
}
