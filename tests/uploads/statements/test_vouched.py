"""What sums vouch for: never a figure in which a digit is wrong, and nearly every one in a statement that was read well."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nlu.uploads.statements.equations import Equation, held_by, vouched
from nlu.uploads.statements.picks import ACCOUNTS, LOANS, is_nearly
from nlu.uploads.statements.reading import read_statements
from tests.uploads.statements.books import Form, filled
from tests.uploads.statements.forms import BALANCES, INCOMES
from tests.uploads.statements.layouts import Layout, grid_of, opened
from tests.uploads.statements.test_layouts import CENT, TODAY, layouts_settings


def sum_of(total: int, *parts: int, tolerance: str = "0.01") -> Equation:
    return Equation(f"line_{total}", total, tuple((1, part) for part in parts), Decimal(tolerance))


@pytest.mark.parametrize(
    ("equations", "values", "lines"),
    [
        ((sum_of(3, 1, 2),), (0, 5, 7, 12), {1, 2, 3}),
        # a sum that fails, by however little
        ((sum_of(3, 1, 2),), (0, 5, 7, 13), set()),
        ((sum_of(3, 1, 2),), (0, 5, 7, "12.01"), set()),
        # the same figure twice may be misread twice, whatever blanks stand beside it
        ((sum_of(3, 1),), (0, 5, 0, 5), set()),
        ((sum_of(3, 1, 2),), (0, 5, 0, 5), set()),
        # unless another sum knows one of them
        ((sum_of(3, 1, 2), sum_of(5, 3, 4)), (0, 5, 0, 5, 2, 7), {1, 2, 3, 4, 5}),
        ((sum_of(3, 1), sum_of(5, 3, 4)), (0, 0, 9, 0, 2, 2), set()),
        # what a failing sum touches is open, although another sum holds
        ((sum_of(3, 1, 2), sum_of(5, 3, 4)), (0, 5, 7, 12, 2, 99), {1, 2}),
        # rounded figures may be out by their last digit
        ((sum_of(3, 1, 2, tolerance="100"),), (0, 5000, 7000, 12100), {1, 2, 3}),
    ],
)
def test_lines_are_vouched_for_by_sums_that_a_misread_digit_would_break(
    equations: tuple[Equation, ...], values: tuple[int | str, ...], lines: set[int]
) -> None:
    assert vouched(equations, {line: Decimal(value) for line, value in enumerate(values)}) == lines


def test_a_total_holds_the_lines_of_its_subtotals() -> None:
    equations = (sum_of(3, 1, 2), sum_of(5, 3, 4), sum_of(9, 8), sum_of(3, 5))
    assert held_by(equations, 5) == {1, 2, 3, 4, 5}
    assert held_by(equations, 7) == frozenset()


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("loan", False),
        ("loans", False),
        ("1oan", True),
        ("lo", False),
        ("mortgqge", True),
        ("crdit", True),
        ("credit", False),
        ("payroll", False),
        ("wages", False),
    ],
)
def test_a_word_that_is_nearly_a_loan_s_is_told(word: str, near: bool) -> None:
    assert is_nearly(word, LOANS) is near


def test_words_themselves_are_not_nearly_words() -> None:
    for words in (LOANS, ACCOUNTS):
        assert not any(is_nearly(word, words) for word in words)


def _layout(form: Form) -> Layout:
    balance = form.balancing is not None
    if form.language == "zh":
        title, when = ("资产负债表", "2024年12月31日") if balance else ("利润表", "2024年度")
        columns = ("期末余额", "年初余额") if balance else ("本年累计金额", "上年金额")
        return Layout(columns, above=((title,), (when, "单位：元")), number="behind" if form.rows[1].number is not None else "nowhere")
    columns = ("Dec 31, 24", "Dec 31, 23") if balance else ("Jan - Dec 24", "Jan - Dec 23")
    return Layout(columns, above=(("Balance Sheet" if balance else "Profit and Loss",),), number="nowhere", label_head=("",))


@pytest.mark.parametrize("form", [*BALANCES, *INCOMES], ids=lambda form: form.name)
@given(data=st.data())
@layouts_settings
def test_a_misread_figure_is_never_vouched_for(form: Form, data: st.DataObject) -> None:
    """One figure misread, or a figure and the next one that says the same, as the same letters are misread alike."""
    layout = _layout(form)
    now, before = (filled(form, data.draw(st.integers(0, 2**32))) for _ in range(2))
    key = data.draw(st.sampled_from([row.key for row in form.rows if row.key is not None]))
    digits = f"{abs(now[key]):f}"
    places = [place for place, letter in enumerate(digits) if letter.isdigit()]
    place, digit = data.draw(st.sampled_from(places)), data.draw(st.sampled_from("0123456789"))
    misread = Decimal(digits[:place] + digit + digits[place + 1 :]) * (-1 if now[key] < 0 else 1)
    assume(misread != now[key])
    alike = data.draw(st.booleans())
    shown = {other: misread if other == key or (alike and amount == now[key] != 0) else amount for other, amount in now.items()}
    found = read_statements(opened(grid_of(form, dict(zip(layout.columns, (shown, before), strict=True)), layout)), TODAY)
    assert found is not None
    for fact, value in form.truth(now).items():
        stated = found.facts.get(fact, value)
        assert stated == value or fact not in found.vouched, fact


@pytest.mark.parametrize("form", [*BALANCES, *INCOMES], ids=lambda form: form.name)
def test_what_was_read_well_is_vouched_for(form: Form) -> None:
    layout = _layout(form)
    amounts = form.completed({key: CENT * (place * 12_345 + 7) for place, key in enumerate(form.leaves)})
    found = read_statements(opened(grid_of(form, dict.fromkeys(layout.columns, amounts), layout)), TODAY)
    assert found is not None
    held = {fact for fact, keys in form.facts.items() if all(key in form.covered() for key in keys.replace("-", "+").split("+"))}
    assert held - set(found.vouched) <= {"existing_loans"}
