"""Formulas over facts: what they compute, what stays unknown, and what is no formula."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formulas import Constant, FactNode, First, FormulaError, Operation, parse_formula


@pytest.mark.parametrize(
    ("text", "facts", "value", "why"),
    [
        ("employees", {"employees": 3}, 3.0, "a fact is its own value"),
        ("employees", {"employees": 0}, 0.0, "nought is known"),
        ("employees", {}, None, "unknown stays unknown"),
        ("employees", {"employees": None}, None, "None is unknown"),
        ("(a - b) / c", {"a": 5, "b": Decimal(1), "c": 8}, 0.5, "brackets first"),
        ("a - b * 2", {"a": 5, "b": 1}, 3.0, "times before minus"),
        ("a * 365 / b", {"a": 2, "b": 730}, 1.0, "left to right"),
        ("a + b", {"a": 5}, None, "half a sum is not known"),
        ("a / b", {"a": 5, "b": 0}, None, "nothing to divide by"),
        ("a / b", {"a": 5, "b": -1}, None, "a divisor below zero turns the order round"),
        ("first(a, b)", {"a": 1, "b": 2}, 1.0, "the first that is known"),
        ("first(a, b)", {"b": 2}, 2.0, "else the next"),
        ("first(a / c, b)", {"a": 1, "b": 2, "c": 0}, 2.0, "a quotient without a value counts as unknown"),
        ("first(a, b)", {}, None, "none is known"),
        ("first(a, b * 12) / c", {"b": 1, "c": 6}, 2.0, "inside a quotient"),
        ("0.5", {}, 0.5, "a number is itself"),
    ],
)
def test_values(text: str, facts: dict[str, Any], value: float | None, why: str) -> None:
    assert parse_formula(text).value(facts) == value, why


@pytest.mark.parametrize(
    "text",
    ["", "a +", "a ** 2", "-a", "a % 2", "max(a, b)", "first(a)", "first()", "first(a, b=c)", "a if b else c", "a.b", "'a'", "True",
     "a > b", "__import__('os')", "[a]", "first(*a, b)"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match=r"arithmetic|a formula knows"):
        parse_formula(text)


@pytest.mark.parametrize("value", ["3", True, Decimal("NaN"), float("inf"), [1]])
def test_a_fact_that_is_no_number_is_named(value: Any) -> None:
    with pytest.raises(TypeError, match="fact 'b' must be a"):
        parse_formula("a / b").value({"a": 1, "b": value})


def test_the_tree_is_there_to_walk() -> None:
    formula = parse_formula("first(a, b) / (c - 2) + c")
    first = First((FactNode("a"), FactNode("b")))
    assert formula.tree == Operation("+", Operation("/", first, Operation("-", FactNode("c"), Constant(2.0))), FactNode("c"))
    assert formula.facts == ("a", "b", "c")
    assert formula.text == "first(a, b) / (c - 2) + c"


@given(st.dictionaries(st.sampled_from("abc"), st.decimals(-1000, 1000, places=2)))
def test_a_ratio_is_plain_arithmetic_or_unknown(facts: dict[str, Decimal]) -> None:
    found = parse_formula("(a - b) / c").value(facts)
    if len(facts) == 3 and facts["c"] > 0:
        assert found == (float(facts["a"]) - float(facts["b"])) / float(facts["c"])
    else:
        assert found is None
