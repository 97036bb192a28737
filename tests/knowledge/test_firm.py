"""The vocabulary is complete, and facts are taken or refused by their type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.firm import Fact, FactError, FactSpec, FactType, FactValue, Firm, Provenance, groups, spec_of, to_json, vocabulary

DAY = date(2026, 11, 21)
SPECS = list(vocabulary().values())
ASKED = [spec for spec in SPECS if spec.ask]
NAN, INFINITE = float("nan"), float("inf")


def each(specs: list[FactSpec]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("spec", specs, ids=[spec.name for spec in specs])


# -- the vocabulary ----------------------------------------------------------------------------------------------------------


@each(SPECS)
def test_a_fact_is_labelled_in_both_languages(spec: FactSpec) -> None:
    assert spec.label.zh.strip()
    assert spec.label.en.strip()
    assert spec.label["zh"] == spec.label.zh
    assert spec.label["en"] == spec.label.en
    assert spec.group in groups()


def test_labels_tell_facts_apart() -> None:
    for language in ("zh", "en"):
        labels = [spec.label[language] for spec in SPECS]
        assert len(set(labels)) == len(labels)


def test_a_group_is_named_in_both_languages_and_has_facts() -> None:
    assert all(label.zh and label.en for label in groups().values())
    assert {spec.group for spec in SPECS} == set(groups())


@each(ASKED)
def test_a_question_asks_in_both_languages(spec: FactSpec) -> None:
    """A question may be followed by one short sentence that makes it easier to answer."""
    assert spec.ask
    assert "？" in spec.ask.zh
    assert "?" in spec.ask.en
    assert spec.ask.zh.endswith(("？", "。"))
    assert spec.ask.en.endswith(("?", "."))
    assert not set("?,.;!") & set(spec.ask.zh), "half-width punctuation in Chinese"
    assert not set("？，。；！") & set(spec.ask.en), "full-width punctuation in English"
    assert 1 <= spec.ease <= 5


@each([spec for spec in SPECS if spec.type in (FactType.CHOICE, FactType.CHOICES)])
def test_a_choice_is_labelled(spec: FactSpec) -> None:
    assert len(spec.choices) >= 2
    assert all(label.zh and label.en for label in spec.choices.values())
    for language in ("zh", "en"):
        assert len({label[language] for label in spec.choices.values()}) == len(spec.choices)


@each([spec for spec in SPECS if spec.type is FactType.FLAG])
def test_a_flag_has_a_phrase_for_yes_and_for_no(spec: FactSpec) -> None:
    assert spec.if_true
    assert spec.if_false
    assert spec.if_true.zh != spec.if_false.zh
    assert spec.if_true.en != spec.if_false.en


@each([spec for spec in SPECS if spec.type not in (FactType.CHOICE, FactType.CHOICES)])
def test_only_choices_have_choices(spec: FactSpec) -> None:
    assert not spec.choices


def test_the_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        vocabulary()["wealth"] = SPECS[0]  # type: ignore[index]


# -- values ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "raw", "value"),
    [
        ("annual_revenue", 500000, Decimal(500000)),
        ("annual_revenue", 0.1, Decimal("0.1")),
        ("annual_revenue", Decimal("1234.56"), Decimal("1234.56")),
        ("annual_revenue", 0, Decimal(0)),
        ("net_profit", -30000, Decimal(-30000)),
        ("max_rate", 0.0435, Decimal("0.0435")),
        ("age_months", 0, 0),
        ("age_months", 24.0, 24),
        ("employees", Decimal("8"), 8),
        ("blacklisted", False, False),
        ("blacklisted", True, True),
        ("legal_form", "sole_trader", "sole_trader"),
        ("tax_grade", "M", "M"),
        ("collateral", ["vehicle", "real_estate"], ("real_estate", "vehicle")),
        ("collateral", ("vehicle", "vehicle"), ("vehicle",)),
        ("collateral", {"none"}, ("none",)),
        ("region", "350100", "350100"),
        ("firm_name", "  榕城面馆 ", "榕城面馆"),
    ],
)
def test_taken(fact: str, raw: Any, value: FactValue) -> None:
    parsed = spec_of(fact).parse(raw)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("fact", "raw", "allowed"),
    [
        *[("annual_revenue", raw, "an amount in yuan") for raw in ("500000", "50万", None, True, NAN, INFINITE, [1], Decimal("NaN"))],
        *[("max_rate", raw, "a fraction such as 0.0435") for raw in ("4.35%", None, False, -INFINITE)],
        *[("age_months", raw, "a whole number of months") for raw in (24.5, -1, "24", None, True, NAN, INFINITE)],
        *[("employees", raw, "a whole number, 0 or more") for raw in (0.5, -1, "8", None, True)],
        *[("blacklisted", raw, "true or false") for raw in (0, 1, "no", "false", None, [])],
        *[("legal_form", raw, "one of company, sole_trader") for raw in ("Company", "公司", "", None, 1, ["company"])],
        *[("collateral", raw, "a list of none, real_estate") for raw in ("real_estate", [], (), None, ["house"], ["vehicle", 1], 3, True)],
        *[("region", raw, "six-digit region code") for raw in (350100, "35010", "3501000", "35010a", "３５０１００", "", None)],
        *[("firm_name", raw, "a text that is not empty") for raw in ("", "  ", None, 5, ["x"])],
    ],
)
def test_refused_with_the_fact_and_what_is_allowed(fact: str, raw: Any, allowed: str) -> None:
    with pytest.raises(FactError) as error:
        spec_of(fact).parse(raw)
    assert str(error.value).startswith(f"{fact}: ")
    assert allowed in str(error.value)
    assert repr(raw) in str(error.value)


def test_a_fact_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(FactError, match="wealth: no such fact"):
        spec_of("wealth")
    with pytest.raises(FactError, match="wealth: no such fact"):
        Firm.of({"wealth": 1}, DAY)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal(500000), 500000),
        (Decimal("5E+5"), 500000),
        (Decimal("1234.50"), 1234.5),
        (Decimal("0.0435"), 0.0435),
        (Decimal("-0.01"), -0.01),
        (24, 24),
        (False, False),
        ("company", "company"),
        (("real_estate", "vehicle"), ["real_estate", "vehicle"]),
    ],
)
def test_as_plain_json(value: FactValue, plain: Any) -> None:
    assert to_json(value) == plain
    assert type(to_json(value)) is type(plain)


#: Sums to the cent up to ten trillion yuan, which is as much as a float carries exactly.
_SUMS = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda cents: Decimal(cents) / 100)
_RATES = st.integers(0, 10**6).map(lambda parts: Decimal(parts) / 10**6)
_CODES = st.integers(110000, 659999).map(str)
_NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def facts(draw: st.DrawFn) -> tuple[FactSpec, FactValue]:
    spec = draw(st.sampled_from(SPECS))
    of_type: dict[FactType, st.SearchStrategy[Any]] = {
        FactType.MONEY: _SUMS,
        FactType.RATE: _RATES,
        FactType.MONTHS: st.integers(0, 1200),
        FactType.COUNT: st.integers(0, 10**6),
        FactType.FLAG: st.booleans(),
        FactType.CODE: _CODES,
        FactType.TEXT: _NAMES,
    }
    if spec.type is FactType.CHOICE:
        return spec, draw(st.sampled_from(list(spec.choices)))
    if spec.type is FactType.CHOICES:
        chosen = draw(st.sets(st.sampled_from(list(spec.choices)), min_size=1))
        return spec, tuple(name for name in spec.choices if name in chosen)
    return spec, draw(of_type[spec.type])


@given(facts())
def test_json_and_back_is_the_same_value(fact: tuple[FactSpec, FactValue]) -> None:
    spec, value = fact
    back = spec.parse(to_json(value))
    assert back == value
    assert type(back) is type(value)


@given(st.sampled_from(SPECS), st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text() | st.integers()))
def test_any_json_is_taken_or_refused_and_never_breaks(spec: FactSpec, raw: Any) -> None:
    try:
        value = spec.parse(raw)
    except FactError:
        return
    assert spec.parse(value) == value


# -- the firm ----------------------------------------------------------------------------------------------------------------


def test_what_is_not_told_is_absent() -> None:
    firm = Firm.of({"overdue_12m": 0, "blacklisted": False}, DAY)
    assert dict(firm) == {"overdue_12m": 0, "blacklisted": False}
    assert "tax_arrears" not in firm
    assert firm.get("tax_arrears") is None
    assert firm.fact("tax_arrears") is None


def test_a_fact_remembers_where_it_came_from() -> None:
    firm = Firm.of({"employees": 8}, DAY, Provenance.FILE)
    assert firm.fact("employees") == Fact("employees", 8, Provenance.FILE, DAY)


def test_a_firm_changes_only_by_making_another() -> None:
    first = Firm.of({"employees": 8, "patents": 1}, DAY)
    later = Fact("employees", 9, Provenance.STAFF, DAY, approximate=True)
    second = first.having(later)
    assert (first["employees"], second["employees"], second["patents"]) == (8, 9, 1)
    assert second.fact("employees") is later
    third = second.without("patents", "no_such_fact")
    assert dict(third) == {"employees": 9}
    assert len(second) == 2
    with pytest.raises(TypeError):
        first.facts["employees"] = later  # type: ignore[index]
