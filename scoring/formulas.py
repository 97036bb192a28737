"""Plain arithmetic over the firm's facts, written as text: ``(current_assets - current_liabilities) / total_assets``.

The card stores its formulas as such texts, so the card alone says what it computes. `parse_formula` turns a text into a
small tree of four kinds of node, and whatever reads a card (plain Python here, SQL elsewhere) walks that tree.

Unknown stays unknown: a formula has a value only if every fact it needs is known, and a quotient only if its divisor is
above zero. ``first(a, b)`` is the first of its parts that has a value.
"""

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Values = Mapping[str, float]
Evaluate = Callable[[Values], float | None]


class FormulaError(ValueError):
    """A text that is no formula; the message says what is not understood."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the formula."""

    value: float


@dataclass(frozen=True, slots=True)
class FactNode:
    """A numeric fact of the vocabulary."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`sign` is one of ``+ - * /``; a quotient has no value unless its divisor is above zero."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class First:
    """The first of the options that has a value (SQL's COALESCE)."""

    options: tuple["Node", ...]


Node = Constant | FactNode | Operation | First

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: its text, its tree, and the facts it reads in the order in which it names them."""

    text: str
    tree: Node
    facts: tuple[str, ...]
    evaluate: Evaluate = field(compare=False, repr=False)

    def value(self, facts: Mapping[str, object]) -> float | None:
        """The value for a firm, or None when not enough is known. Raises `TypeError` naming a fact that is not a number.

        Who has many formulas to work out converts the facts once, with `numbers_of`, and calls `evaluate`.
        """
        return self.evaluate(numbers_of(facts, self.facts))


def parse_formula(text: str) -> Formula:
    """The formula written as `text`. Raises `FormulaError`."""
    try:
        tree = _node(ast.parse(text, mode="eval").body)
    except SyntaxError as error:
        raise FormulaError(f"{text!r} is not arithmetic: {error.msg}") from None
    return Formula(text, tree, tuple(dict.fromkeys(_facts(tree))), _compiled(tree))


def numbers_of(facts: Mapping[str, object], names: Iterable[str]) -> dict[str, float]:
    """Those of the named facts that are known, as floats. Raises `TypeError` naming one that is not a finite number."""
    found = {}
    for name in names:
        if name not in facts:
            continue
        value = facts[name]
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise TypeError(f"fact {name!r} must be a number, not {type(value).__name__}")
        number = float(value)
        if not math.isfinite(number):
            raise TypeError(f"fact {name!r} must be a finite number")
        found[name] = number
    return found


def _node(raw: ast.expr) -> Node:
    match raw:
        case ast.Name(id=name):
            return FactNode(name)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Constant(float(value))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            return Operation(_SIGNS[type(op)], _node(left), _node(right))
        case ast.Call(func=ast.Name(id="first"), args=[_, _, *_] as options, keywords=[]):
            return First(tuple(_node(option) for option in options))
    raise FormulaError(f"{ast.unparse(raw)!r}: a formula knows facts, numbers, + - * / and first(a, b, ...)")


def _facts(node: Node) -> list[str]:
    match node:
        case FactNode(name):
            return [name]
        case Operation(_, left, right):
            return _facts(left) + _facts(right)
        case First(options):
            return [name for option in options for name in _facts(option)]
    return []


def _compiled(node: Node) -> Evaluate:
    """The tree as nested closures: a card is evaluated for every firm, and walking the tree each time costs more."""
    match node:
        case Constant(value):
            return lambda _facts: value
        case FactNode(name):
            return lambda facts: facts.get(name)
        case First(options):
            return _first(tuple(_compiled(option) for option in options))
        case Operation(sign, left, right):
            return _operation(sign, _compiled(left), _compiled(right))


def _first(options: tuple[Evaluate, ...]) -> Evaluate:
    def evaluate(facts: Values) -> float | None:
        for option in options:
            value = option(facts)
            if value is not None:
                return value
        return None

    return evaluate


def _operation(sign: str, left: Evaluate, right: Evaluate) -> Evaluate:
    work = _quotient if sign == "/" else _WORK[sign]

    def evaluate(facts: Values) -> float | None:
        a = left(facts)
        if a is None:
            return None
        b = right(facts)
        return None if b is None else work(a, b)

    return evaluate


def _quotient(a: float, b: float) -> float | None:
    return a / b if b > 0 else None


_WORK: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
