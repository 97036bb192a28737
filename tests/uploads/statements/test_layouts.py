"""Every form in every layout: what it says comes back exactly, and a figure that does not fit is never used unflagged."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Findings
from nlu.uploads.statements.picking import UNPROVED
from nlu.uploads.statements.reading import read_statements
from tests.uploads.statements.books import Amounts, Form, filled
from tests.uploads.statements.forms import BALANCES, INCOMES
from tests.uploads.statements.layouts import STYLES, TODAY, Layout, grid_of, opened

CENT = Decimal("0.01")
#: Facts that stand on more than one line are left out where one of these is blank.
MADE_OF_SEVERAL = {"existing_loans", "gross_profit", "current_assets"}
#: What is asked or said although nothing is wrong.
_SAID = {"loans_due_within_a_year", UNPROVED}
COLUMNS = {
    ("zh", "balance"): (("期末余额", "年初余额"), ("期末数", "期初数"), ("年末余额", "上年年末余额"), ("2024年12月31日", "2023年12月31日")),
    ("zh", "income"): (("本年累计金额", "上年金额"), ("本年累计数", "上年同期数"), ("2024年度", "2023年度"), ("本年金额", "上年金额")),
    ("en", "balance"): (("Dec 31, 24", "Dec 31, 23"), ("31 December 2024", "31 December 2023"), ("2024", "2023")),
    ("en", "income"): (("Jan - Dec 24", "Jan - Dec 23"), ("FY2024", "FY2023"), ("2024", "2023")),
}
UNITS = {1: ("单位：元", "(in yuan)"), 10_000: ("单位：万元", "(in RMB ten thousand)"), 1000: ("金额单位：千元", "(in thousands)")}

settings.register_profile(
    "layouts", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
layouts_settings = settings.get_profile("layouts")


@st.composite
def laid_out(draw: st.DrawFn, form: Form) -> Layout:
    kind = "balance" if form.balancing is not None else "income"
    columns = draw(st.sampled_from(COLUMNS[form.language, kind]))
    zh = form.language == "zh"
    unit = draw(st.sampled_from((1, 10_000, 1000) if zh else (1, 1000)))
    title = {"balance": ("资产负债表", "Balance Sheet"), "income": ("利润表", "Profit and Loss")}[kind][0 if zh else 1]
    when = "2024年12月31日" if kind == "balance" else "2024年度"
    above = draw(
        st.sampled_from(
            [
                ((title,), ("编制单位：晨光贸易有限公司", when, UNITS[unit][0]))
                if zh
                else (("Morning Trading Ltd",), (title,), (UNITS[unit][1],)),
                ((None, None, title), (when, None, UNITS[unit][0]), ())
                if zh
                else ((title,), ("Morning Trading Ltd",), (UNITS[unit][1],), ()),
            ]
        )
    )
    numbers = form.rows[1].number is not None
    return Layout(
        columns=draw(st.permutations(columns).map(tuple)),
        beside=draw(st.booleans()),
        number=draw(st.sampled_from(("behind", "before", "nowhere"))) if numbers else "nowhere",
        indent="columns" if form.name.startswith("quickbooks") else draw(st.sampled_from(("blanks", "not"))),
        style=draw(st.sampled_from(STYLES)),
        unit=unit,
        above=above,
        before=draw(st.integers(0, 2)),
        gap=draw(st.booleans()),
        label_head=("资产", "负债和所有者权益") if zh else ("",),
    )


def read(form: Form, layout: Layout, now: Amounts, before: Amounts, wrong: tuple[str, Decimal] | None = None) -> Findings:
    main = next(column for column in layout.columns if column in {columns[0] for columns in COLUMNS[form.language, _kind(form)]})
    other = next(column for column in layout.columns if column != main)
    found = read_statements(opened(grid_of(form, {main: now, other: before}, layout, wrong)), TODAY)
    assert found is not None
    return found


def _kind(form: Form) -> str:
    return "balance" if form.balancing is not None else "income"


def books(form: Form, layout: Layout) -> st.SearchStrategy[dict[str, Decimal]]:
    return st.integers(0, 2**32).map(lambda seed: filled(form, seed, CENT * layout.unit))


@pytest.mark.parametrize("form", [*BALANCES, *INCOMES], ids=lambda form: form.name)
@given(data=st.data())
@layouts_settings
def test_every_figure_comes_back_from_every_layout(form: Form, data: st.DataObject) -> None:
    layout = data.draw(laid_out(form))
    now, before = data.draw(books(form, layout)), data.draw(books(form, layout))
    found = read(form, layout, now, before)
    expected = form.truth(now)
    if form.balancing is None:
        expected["previous_revenue"] = form.truth(before)["annual_revenue"]
    for fact, value in expected.items():
        if fact == "existing_loans" and now.get("due"):
            assert fact not in found.facts  # loans may be in the part due within a year: the owner is asked
        elif layout.style == "blank" and (value == 0 or fact in MADE_OF_SEVERAL):
            assert found.facts.get(fact, value) == value
        else:
            assert found.facts.get(fact) == value, fact
    assert [check.name for check in found.checks if not check.ok and check.name not in _SAID] == []
    unit = next(figure.unit for figure in found.figures)
    assert unit == layout.unit


@pytest.mark.parametrize("form", [*BALANCES, *INCOMES], ids=lambda form: form.name)
@given(data=st.data())
@layouts_settings
def test_a_figure_with_one_digit_wrong_is_never_used_unflagged(form: Form, data: st.DataObject) -> None:
    layout = data.draw(laid_out(form))
    now, before = data.draw(books(form, layout)), data.draw(books(form, layout))
    key = data.draw(st.sampled_from(form.covered()))
    assume(any(row.key == key for row in form.rows) and key != "net_assets")  # no sum is built on the line of net assets
    above = [total for total, parts in form.sums.items() if key in (total, *(part.lstrip("-") for part in parts))]
    assume(layout.style != "blank" or all(now[total] for total in above))  # a total left blank covers nothing
    step = CENT * layout.unit
    digits = str(int(abs(now[key]) / step))
    place = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    typed = Decimal(int(digits[:place] + digit + digits[place + 1 :])) * step * (-1 if now[key] < 0 else 1)
    assume(abs(typed - now[key]) > 2 * step)  # two units of the last digit may be rounding
    found = read(form, layout, now, before, (key, typed))
    for fact, value in form.truth(now).items():
        assert found.facts.get(fact, value) == value, fact
    assert any(not check.ok and check.name not in _SAID for check in found.checks)


def test_the_evidence_of_a_figure_is_its_own_cell() -> None:
    form = BALANCES[0]
    layout = Layout(("期末余额", "年初余额"), above=(("资产负债表",),))
    amounts = form.completed({key: Decimal(place * 1000 + 7) for place, key in enumerate(form.leaves)})
    grid = grid_of(form, {"期末余额": amounts, "年初余额": amounts}, layout)
    found = read_statements(opened(grid), TODAY)
    assert found is not None
    for figure in found.figures:
        if figure.fact != "existing_loans":
            assert [grid.cell(at.row, at.column) for at in figure.at] == [figure.value]
            assert figure.at[0].sheet == "资产负债表"


@pytest.mark.parametrize("form", [*BALANCES, *INCOMES], ids=lambda form: form.name)
def test_without_headings_and_line_numbers_swapped_digits_are_flagged_or_said_to_be_unproved(form: Form) -> None:
    bare = replace(form.numbered(False), sides=tuple(tuple(row for row in side if row.key is not None) for side in form.sides))
    columns = COLUMNS[form.language, "balance" if form.balancing is not None else "income"][0]
    title = "资产负债表" if form.balancing is not None else "利润表"
    layout = Layout(columns, number="nowhere", above=((title,), ("2024年度", "单位：元")))
    used = {key for keys in form.facts.values() for key in re.split("[+-]", keys)}
    for seed in range(3):
        now, before = filled(form, seed), filled(form, seed + 100)
        truth = form.truth(now)
        for row in (row for row in bare.rows if row.key in used and row.key is not None):
            wrong = _swapped(now[row.key])
            if wrong is None:
                continue
            found = read(bare, layout, now, before, (row.key, wrong))
            said = next((check.detail.zh for check in found.checks if check.name == UNPROVED), "")
            for fact, value in found.facts.items():
                assert fact not in truth or value == truth[fact] or f"“{row.label}”" in said, (seed, row.label, fact)


def _swapped(amount: Decimal) -> Decimal | None:
    """An amount with its second and third digit changed over; None where that makes no difference."""
    digits = str(abs(amount).quantize(CENT))
    changed = digits[0] + digits[2] + digits[1] + digits[3:]
    return None if "." in digits[:3] or changed == digits else Decimal(changed).copy_sign(amount)
