"""The sums of an income statement: from revenue down to the profit, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from nlu.uploads.statements.equations import Equation, tolerance
from nlu.uploads.statements.outline import Node, asides, close, heading_of, rank_of
from nlu.uploads.statements.statement import Entry
from nlu.uploads.statements.taxonomy import taxonomy

#: So many lines whose sign nobody states are tried both ways.
_UNSTATED = 5
#: So many lines from the revenue on make a statement that leaves nothing out.
_WHOLE = 4
_OTHERS = frozenset({"net_other"})
_COST_BEGINS = frozenset({"revenue", "operating_cost", "gross", "main_profit"})


@dataclass
class _Climb:
    """How far the statement is: what no profit has added up yet, the sign that holds, and the sums found."""

    nodes: list[Node]
    found: list[Equation]
    sign: int = 1
    unstated: frozenset[int] = frozenset()


def ladder(entries: Sequence[Entry], values: Mapping[int, Decimal], step: Decimal) -> list[Equation]:
    """Every profit with what it is made of, and every total of costs or income with its parts. Ends at the net profit."""
    climb = _Climb([], [])
    held = _inside_total_cost(entries, values)
    aside = asides(entries)
    for index, entry in enumerate(entries):
        name = entry.item.name if entry.item is not None else ""
        if index in aside or index in held:
            continue
        if index not in values:
            _heading(climb, index, entry)
            continue
        value = values[index]
        if entry.item is not None and entry.item.profit:
            _profit(climb, index, entry, value, step)
            if name == "net":
                break
        elif name in _OTHERS:
            _others(climb, index, entry, value, step)
        elif rank_of(entry) is not None and index not in held:
            _total(climb, index, entry, value, step)
        else:
            _line(climb, index, entry, value)
        if name in _COST_BEGINS:
            climb.sign = -1
    return [*climb.found, *_total_cost(entries, values, held, step)]


def _heading(climb: _Climb, index: int, entry: Entry) -> None:
    section = taxonomy().section(entry.line.label)
    if section in ("revenue", "cost"):
        climb.sign = 1 if section == "revenue" else -1
    elif entry.line.label.sign:
        climb.sign = entry.line.label.sign
    climb.nodes.append(Node(index, entry.line.label, None, sign=climb.sign))


def _line(climb: _Climb, index: int, entry: Entry, value: Decimal) -> None:
    label = entry.line.label
    if label.sign:
        climb.sign = label.sign
    sign = entry.item.sign if entry.item is not None and entry.item.sign else climb.sign
    if entry.item is not None and entry.item.sign == 0 and label.signed:
        sign = 1
    if entry.item is None or entry.item.sign == 0:
        climb.unstated |= {index}
    climb.nodes.append(Node(index, label, value, sign=sign))


def _total(climb: _Climb, index: int, entry: Entry, value: Decimal, step: Decimal) -> None:
    """A total of costs or of income. Its parts stand as plain figures, whatever the total's own sign is."""
    start = heading_of(climb.nodes, entry.line.label)
    certain = start is not None
    if start is None:
        sections = [at for at, node in enumerate(climb.nodes) if node.value is None and taxonomy().section(node.label)]
        totals = [at + 1 for at, node in enumerate(climb.nodes) if node.rank is not None]
        start = max([0, *sections[-1:], *totals[-1:]])
        certain = start in sections and entry.item is not None
    sign = entry.item.sign if entry.item is not None and entry.item.sign else _sign_of_group(climb, start)
    plain = [replace(node, sign=-1 if node.label.sign < 0 and (node.value or 0) > 0 else 1) for node in climb.nodes]
    rank = entry.item.rank if entry.item is not None and entry.item.rank is not None else 0
    kept, equation = close(plain, start, certain, Node(index, entry.line.label, value, rank, sign), step)
    signs = {node.line: node.sign for node in climb.nodes}
    climb.nodes = [replace(node, sign=signs.get(node.line, node.sign)) for node in kept]
    if equation is not None:
        climb.found.append(replace(equation, name=entry.item.name if entry.item is not None else "sum_of_lines"))


def _sign_of_group(climb: _Climb, start: int) -> int:
    inside = [node.sign for node in climb.nodes[start:]]
    return inside[0] if inside else climb.sign


def _others(climb: _Climb, index: int, entry: Entry, value: Decimal, step: Decimal) -> None:
    """Other income net of other expense: what stands below the last profit, without that profit."""
    last = max((at + 1 for at, node in enumerate(climb.nodes) if node.rank == _PROFIT), default=0)
    parts = tuple((node.sign, node.line) for node in climb.nodes[last:] if node.value is not None)
    if parts:
        climb.found.append(Equation("net_other", index, parts, tolerance(step, len(parts))))
    climb.nodes = [*climb.nodes[:last], Node(index, entry.line.label, value, 1, 1)]


#: The rank of a profit among the nodes: above that of every total.
_PROFIT = 9


def _profit(climb: _Climb, index: int, entry: Entry, value: Decimal, step: Decimal) -> None:
    members = [node for node in climb.nodes if node.value is not None]
    if members:
        assert entry.item is not None
        slack = tolerance(step, len(members))
        readings = list(_readings(members, climb.unstated))
        fitting = next((signs for signs in readings if abs(_sum(members, signs) - value) <= slack), None)
        if fitting is not None or _is_complete(entry, climb.nodes):
            parts = tuple((sign, node.line) for sign, node in zip(fitting or readings[0], members, strict=True))
            climb.found.append(Equation(entry.item.name, index, parts, slack))
    climb.nodes = [Node(index, entry.line.label, value, _PROFIT, 1)]
    climb.sign = 1
    climb.unstated = frozenset()


def _is_complete(entry: Entry, nodes: Sequence[Node]) -> bool:
    """Whether all that a profit is made of seems to be there; lines left blank are there too.

    An extract that names revenue and profit alone has no sum to hold.
    """
    after_another = any(node.rank == _PROFIT for node in nodes)
    if after_another or (entry.item is not None and entry.item.name in _COST_BEGINS):
        return len(nodes) > 1
    return len(nodes) >= _WHOLE or any(node.rank is not None and node.sign < 0 for node in nodes)


def _sum(members: Sequence[Node], signs: Sequence[int]) -> Decimal:
    return sum((sign * (node.value or Decimal(0)) for sign, node in zip(signs, members, strict=True)), Decimal(0))


def _readings(members: Sequence[Node], unstated: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """The signs as stated; costs that stand as negative figures already; and lines of unstated sign either way."""
    stated = tuple(node.sign for node in members)
    yield stated
    negative = tuple(1 if node.sign < 0 and (node.value or 0) < 0 else node.sign for node in members)
    if negative != stated:
        yield negative
        # Among costs that are written as negative figures a positive one is an income: 财务费用 2.40 of interest received.
        yield tuple(1 for _ in members)
    loose = [place for place, node in enumerate(members) if node.line in unstated and node.value]
    if 0 < len(loose) <= _UNSTATED:
        for flips in product((1, -1), repeat=len(loose)):
            signs = list(stated)
            for place, flip in zip(loose, flips, strict=True):
                signs[place] *= flip
            yield tuple(signs)


def _inside_total_cost(entries: Sequence[Entry], values: Mapping[int, Decimal]) -> frozenset[int]:
    """The lines that 营业总成本 adds up, which follow it; the profit takes off the total only."""
    start = next(
        (index for index, entry in enumerate(entries) if entry.item is not None and entry.item.name == "total_cost" and index in values),
        None,
    )
    if start is None:
        return frozenset()
    inside = set()
    for index in range(start + 1, len(entries)):
        entry = entries[index]
        if entry.line.label.sign > 0 or (entry.item is not None and (entry.item.profit or entry.item.sign == 1)):
            break
        inside.add(index)
    return frozenset(inside)


def _total_cost(entries: Sequence[Entry], values: Mapping[int, Decimal], held: frozenset[int], step: Decimal) -> list[Equation]:
    parts = tuple((1, index) for index in sorted(held) if index in values and not _is_detail(entries[index]))
    total = [index for index, entry in enumerate(entries) if entry.item is not None and entry.item.name == "total_cost" and index in values]
    known = [part for _, part in parts if entries[part].item is not None]
    return [Equation("total_cost", total[0], parts, tolerance(step, len(parts)))] if total and len(known) >= 3 else []


def _is_detail(entry: Entry) -> bool:
    """Whether a line is a part of another one by its name; under 营业总成本 the word 其中 begins the parts themselves."""
    return entry.item is not None and entry.item.within
