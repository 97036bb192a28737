"""The sums of a balance sheet: which lines each total adds up, by the form's numbers or by how lines, headings and totals follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.statements.equations import Equation, tolerance
from nlu.uploads.statements.labels import Label
from nlu.uploads.statements.statement import Entry
from nlu.uploads.statements.taxonomy import Form, taxonomy

#: A section without a heading is held complete when it has so many lines; a shorter one may be an extract.
_COMPLETE = 6
#: So many lines above a total are tried; no section of a statement is longer.
_NEAR = 80
#: The rank of the total of liabilities and equity, of which the assets above are no part.
_BOTH_SIDES = 3
#: What total adds up to which, wherever the lines stand.
_IDENTITIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("assets_equal_claims", "claims", ("total_assets",)),
    ("assets_equal_claims", "total_assets", ("total_liabilities", "equity")),
    ("claims", "claims", ("total_liabilities", "equity")),
    ("total_assets", "total_assets", ("current_assets", "noncurrent_assets")),
    ("total_liabilities", "total_liabilities", ("current_liabilities", "noncurrent_liabilities")),
)
#: Of two sections one may be missing in a list; the other sections, unknown here, then make up the rest.
_SECTIONS = frozenset({"total_assets", "total_liabilities"})


@dataclass(frozen=True)
class Node:
    """A heading (without a value) or an amount that no total has added up yet."""

    line: int
    label: Label
    value: Decimal | None
    rank: int | None = None
    sign: int = 1
    level: int = 0
    assets: bool = False  # whether it is the total of the assets


def form_sums(entries: Sequence[Entry], form: Form, values: Mapping[int, Decimal], step: Decimal) -> list[Equation]:
    """The sums of an official form; lines left blank count as nothing."""
    at = {entry.number: index for index, entry in enumerate(entries) if entry.number is not None and index in values and not entry.clash}
    found = []
    for total, numbers in form.sums.items():
        parts = tuple((1 if number > 0 else -1, at[abs(number)]) for number in numbers if abs(number) in at)
        if total in at and parts:
            found.append(Equation(_name(entries[at[total]], f"line_{total}"), at[total], parts, tolerance(step, len(parts))))
    return found


def identities(entries: Sequence[Entry], values: Mapping[int, Decimal], step: Decimal, known: Sequence[Equation]) -> list[Equation]:
    """Assets = liabilities + equity and its like, and that a line that stands twice says the same twice."""
    at: dict[str, int] = {}
    found: list[Equation] = []
    for index, entry in enumerate(entries):
        if index not in values or entry.item is None or entry.item.rank is None or entry.item.rank == 0:
            continue
        if entry.item.name in at and entry.tier == entries[at[entry.item.name]].tier:
            found.append(Equation(f"{entry.item.name}_twice", at[entry.item.name], ((1, index),), step))
        elif entry.item.name not in at or entry.tier < entries[at[entry.item.name]].tier:
            at[entry.item.name] = index
    totals = {equation.total for equation in known}
    for name, total, parts in _IDENTITIES:
        if (
            total in at
            and all(part in at for part in parts)
            and not (total in _SECTIONS and at[total] in totals and parts[0] != "total_liabilities")
        ):
            equation = Equation(name, at[total], tuple((1, at[part]) for part in parts), tolerance(step, len(parts)))
            if all(equation.lines != other.lines for other in (*known, *found)):
                found.append(equation)
    return found


def totals_come_first(entries: Sequence[Entry], values: Mapping[int, Decimal]) -> bool:
    """Whether totals stand above their parts, as lists of data services have them."""
    at = {entry.item.name: index for index, entry in reversed(list(enumerate(entries))) if entry.item is not None and index in values}
    return "total_assets" in at and at["total_assets"] < at.get("current_assets", -1)


def outline(entries: Sequence[Entry], values: Mapping[int, Decimal], step: Decimal) -> list[Equation]:
    """Totals with the lines above them that they add up, found by headings, by rank, and by what adds up."""
    stack: list[Node] = []
    found: list[Equation] = []
    aside = asides(entries)
    for index, entry in enumerate(entries):
        if index in aside:
            continue
        if index not in values:
            stack.append(Node(index, entry.line.label, None))
            continue
        rank = rank_of(entry)
        stack = _inner_added(stack, entry, values[index], step, found, index)
        if rank is not None:
            start, certain = _start(stack, entry, rank)
            stack, equation = close(
                stack,
                start,
                certain,
                Node(index, entry.line.label, values[index], rank, 1, entry.line.level, _name(entry, "") == "total_assets"),
                step,
            )
            if equation is not None:
                found.append(Equation(_name(entry, "sum_of_lines"), equation.total, equation.parts, equation.tolerance))
        else:
            stack.append(Node(index, entry.line.label, values[index], None, sign_of(entry, values[index]), entry.line.level))
    return found


def asides(entries: Sequence[Entry]) -> frozenset[int]:
    """The lines that are parts of a line above them and no summands: those of 其中, and what follows them deeper or by its name."""
    found: set[int] = set()
    indent: int | None = None
    for index, entry in enumerate(entries):
        label = entry.line.label
        if label.within:
            indent = entry.line.indent
        elif indent is not None:
            deeper = entry.item is None and entry.line.indent >= max(indent, 1) and bool(entry.line.amounts)
            if not deeper and not any(name in taxonomy().continued for name in label.names):
                indent = None
        if entry.within or indent is not None:
            found.add(index)
    return frozenset(found)


def rank_of(entry: Entry) -> int | None:
    """The rank of a total, None for a line that is no total."""
    if entry.item is not None and entry.item.rank is not None:
        return entry.item.rank
    return 0 if entry.line.label.total else None


def sign_of(entry: Entry, value: Decimal) -> int:
    """-1 for what is taken off and stands as a positive figure."""
    minus = entry.line.label.sign < 0 or (entry.item is not None and entry.item.sign == -1)
    return -1 if minus and value > 0 else 1


def _start(stack: Sequence[Node], entry: Entry, rank: int) -> tuple[int, bool]:
    """Where the lines of a total begin, and whether that is certain: behind its heading, else behind the last total of its rank."""
    place = heading_of(stack, entry.line.label)
    if place is not None:
        return place, True
    section = entry.item.name if entry.item is not None else None
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].value is None and section is not None and taxonomy().section(stack[at].label) == section:
            return at, True
    if entry.item is not None and entry.item.name == "fixed_assets":
        gross = [
            at
            for at, node in enumerate(stack)
            if node.value is not None and node.label.names and node.label.names[0] in ("固定资产原价", "固定资产原值")
        ]
        if gross:
            return gross[-1], True
    if rank == 0:
        return len(stack), False
    behind = [
        at + 1 for at, node in enumerate(stack) if node.rank is not None and (node.rank >= rank or (rank == _BOTH_SIDES and node.assets))
    ]
    start = behind[-1] if behind else 0
    members = [node for node in stack[start:] if node.value is not None]
    totals = sum(node.rank is not None for node in members)
    headed = any(node.value is None and taxonomy().section(node.label) for node in stack[start:])
    certain = len(members) >= _COMPLETE or headed or (totals > 0 and totals == len(members)) or (totals > 1 and len(members) > 2)
    return start, certain


def heading_of(stack: Sequence[Node], label: Label) -> int | None:
    """The heading that a total names: "Fixed Assets" for "Total Fixed Assets". A line with an amount of its own may be one."""
    names = {bare for name in label.names if (bare := _untotalled(name)) and bare != name}
    for with_value in (False, True):
        for at in range(len(stack) - 1, -1, -1):
            if (stack[at].value is not None) == with_value and names & set(stack[at].label.names):
                return at
    return None


def _untotalled(name: str) -> str:
    for word in ("合计", "总计", "小计", "总额"):
        name = name.removesuffix(word)
    for word in ("total", "net"):
        name = name.removeprefix(f"{word} ").removesuffix(f" {word}")
    return name


def close(stack: list[Node], start: int, certain: bool, total: Node, step: Decimal) -> tuple[list[Node], Equation | None]:
    """The stack with a total in place of what it adds up, and its sum. What does not fit is a sum only where its extent is certain."""
    assert total.value is not None
    members = _with_subtotals_added(_valued(stack[start:]), total.value, step)
    if certain or _fits(members, total.value, step):
        return [*stack[:start], total], _equation(members, total, step) if members else None
    for at in (*range(start + 1, len(stack)), *range(start)):
        if at >= len(stack) - _NEAR and stack[at].value is not None and _fits(stack[at:], total.value, step):
            return [*stack[:at], total], _equation(_valued(stack[at:]), total, step)
    return [*(stack[:start] if total.rank else stack), total], None


def _valued(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.value is not None]


def _with_subtotals_added(members: list[Node], total: Decimal, step: Decimal) -> list[Node]:
    """Where lines do not add up, without those that a line below them adds up under whatever name; unchanged where that does not help."""
    if len(members) > _NEAR or _fits(members, total, step):
        return members
    kept: list[Node] = []
    for node in members:
        inner = next((at for at in range(len(kept) - 1) if node.value and _fits(kept[at:], node.value, step)), None)
        kept = [*(kept if inner is None else kept[:inner]), node]
    return kept if _fits(kept, total, step) else members


def _fits(nodes: Sequence[Node], total: Decimal, step: Decimal) -> bool:
    members = [node for node in nodes if node.value is not None]
    added = sum((node.sign * node.value for node in members if node.value is not None), Decimal(0))
    return bool(members) and abs(added - total) <= tolerance(step, len(members))


def _equation(members: Sequence[Node], total: Node, step: Decimal) -> Equation:
    return Equation("", total.line, tuple((node.sign, node.line) for node in members), tolerance(step, len(members)))


def _inner_added(stack: list[Node], entry: Entry, value: Decimal, step: Decimal, found: list[Equation], index: int) -> list[Node]:
    """Amounts set in an inner column that the next outer one adds up: they are parts of it, whatever it is called."""
    inner = len(stack)
    while inner and stack[inner - 1].value is not None and stack[inner - 1].level < entry.line.level:
        inner -= 1
    if inner == len(stack) or rank_of(entry) is not None:
        return stack
    found.append(_equation(stack[inner:], Node(index, entry.line.label, value), step))
    found[-1] = Equation("sum_of_lines", found[-1].total, found[-1].parts, found[-1].tolerance)
    return stack[:inner]


def _name(entry: Entry, other: str) -> str:
    return entry.item.name if entry.item is not None else other
