"""Sums of a file tried again once its owner has put one of their figures right. Pure.

A sum that now holds doubts nothing any more; one that does not hold doubts what it doubted before, and the figure that was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.conversation.papers import Doubt, Held, Item, OwnerPaper
from bot.conversation.points import accepted_key
from bot.conversation.texts import say
from knowledge.firm import Fact
from nlu.uploads.confirming import NOT_CONFIRMED
from nlu.uploads.document import Sentence, Sum
from nlu.uploads.statements.sentences import money

#: People round what they type, to the last digit that is not nought; but no further than this part of the figure.
_ROUNDED = Decimal("0.005")
#: A figure that was said to be about right is right within this part of it.
_ABOUT = Decimal("0.05")


#: Where a figure stands that its owner typed.
_TYPED = Sentence(*(say("paper_typed", language) for language in ("zh", "en")))


def with_typed(paper: OwnerPaper, fact: Fact) -> OwnerPaper:
    """The paper with an owner's figure in the place of its own: settled, unless the sums that it stands in do not hold with it."""
    item = paper.item(fact.name)
    if item is None:
        return paper
    doubts = tuple(doubt for doubt in item.doubts if doubt.sum is not None and fact.name in paper.sums[doubt.sum][1].facts)
    typed = replace(item, value=fact.value, where=_TYPED, as_of=fact.as_of, doubts=doubts, read=item.read or item)
    after = tried_again(paper.having(typed), fact.approximate)
    now = after.item(fact.name)
    return after if now is None or now.doubts else after.holding([fact.name], Held.OUT)


def as_read(paper: OwnerPaper) -> OwnerPaper:
    """The paper as the file has it, without what was typed; sums that do not hold so doubt all their figures."""
    typed = frozenset(item.fact for item in paper.items if item.typed)
    paper = replace(paper, items=tuple(replace(item.read or item, held=None) for item in paper.items))
    for place, (check, tried) in enumerate(paper.sums):
        values = _values(paper)
        if typed & tried.facts and tried.facts <= values.keys() and abs(gap := tried.gap(values)) > tried.tolerance:
            doubt = Doubt(check, _said("sum_out", tried, abs(gap)), place)
            doubted = (replace(item, doubts=(*_but(item, place), doubt)) if item.fact in tried.facts else item for item in paper.items)
            paper = replace(paper, items=tuple(doubted))
    return paper


def tried_again(paper: OwnerPaper, about: bool = False) -> OwnerPaper:
    """The paper with the doubts of its waiting figures as the sums say that have a typed figure in them.

    `about` says that the figure typed last is only about right.
    """
    for place, (check, tried) in enumerate(paper.sums):
        values = _values(paper)
        if not tried.facts <= values.keys() or not any(item.typed and item.fact in tried.facts for item in paper.items):
            continue
        gap = tried.gap(values)
        if abs(gap) <= tried.tolerance + _room(paper, tried, about):
            proved = tried.facts if abs(gap) <= tried.tolerance else frozenset()
            items = tuple(replace(item, doubts=_but(item, place, item.fact in proved)) if item.waits else item for item in paper.items)
        else:
            held = abs(tried.gap(_as_stated(paper))) <= tried.tolerance
            doubt = Doubt(check, _said("sum_breaks" if held else "sum_still_out", tried, abs(gap)), place)
            items = tuple(_doubted(item, doubt, tried, paper) if item.waits else item for item in paper.items)
        paper = replace(paper, items=items)
    return paper


def settled_sums(before: OwnerPaper, after: OwnerPaper) -> Iterator[str]:
    """What the file calls the sums that doubted figures before and do not after."""
    was, now = ({doubt.sum for item in paper.items for doubt in item.doubts} - {None} for paper in (before, after))
    for place, (_, tried) in enumerate(after.sums):
        if place in was - now and tried.total:
            yield tried.total


def _values(paper: OwnerPaper) -> dict[str, Decimal]:
    return {item.fact: item.value for item in paper.items if isinstance(item.value, Decimal)}


def _as_stated(paper: OwnerPaper) -> dict[str, Decimal]:
    """The figures as the file has them."""
    return {item.fact: read.value for item in paper.items if isinstance((read := item.read or item).value, Decimal)}


def _room(paper: OwnerPaper, tried: Sum, about: bool) -> Decimal:
    """By how much a sum may be out because its typed figures are rounded."""
    typed = [item.value for item in paper.items if item.typed and item.fact in tried.facts and isinstance(item.value, Decimal)]
    return sum((abs(value) * _ABOUT if about else _rounding(value) for value in typed), Decimal(0))


def _rounding(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and value else Decimal(0)
    return min(step / 2, abs(value) * _ROUNDED)


def _but(item: Item, place: int, proved: bool = False) -> tuple[Doubt, ...]:
    """The doubts of a figure without those of a sum; one that a sum proves to the cent was not misread in its picture either."""
    return tuple(doubt for doubt in item.doubts if doubt.sum != place and not (proved and doubt.check == NOT_CONFIRMED))


def _doubted(item: Item, doubt: Doubt, tried: Sum, paper: OwnerPaper) -> Item:
    """What was in doubt stays so, for the reason of today; the typed figure joins it unless its owner has insisted."""
    was = any(one.sum == doubt.sum for one in item.doubts)
    insisted = accepted_key(doubt.check, item.fact) in paper.accepted
    joins = item.typed and item.fact in tried.facts and not insisted
    return replace(item, doubts=(*_but(item, doubt.sum or 0), doubt)) if was or joins else item


def _said(key: str, tried: Sum, gap: Decimal) -> Sentence:
    values = {"total": tried.total, "gap": money(gap)}
    return Sentence(*(say(key, language, **values) for language in ("zh", "en")))
