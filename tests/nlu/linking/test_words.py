"""What the second look at words may do with the rules' reading, whatever the model says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.firm import vocabulary
from nlu.facts import Mention
from nlu.linking.encoder.hear import encoder
from nlu.linking.labels import trades
from nlu.linking.model import LinkModel, Trees, word_model
from nlu.linking.words.hits import hits_in
from nlu.linking.words.statements import IN_WORDS, is_list, statements, value_of
from nlu.linking.words.weigh import decided, weigh
from nlu.mentions import by_rules, extract_facts
from nlu.text import normalise

TODAY = date(2026, 11, 21)
#: Where the linear model's own score of the statement stands among the numbers of a pair.
OWN_SCORE = 0


def _sure(*said: str) -> LinkModel:
    """A model that is sure of these statements and of no other."""
    model = word_model()
    nodes = {
        "feature": np.array([[OWN_SCORE, 0, 0]], dtype=np.int32),
        "threshold": np.zeros((1, 3), dtype=np.float32),
        "left": np.array([[1, 1, 2]], dtype=np.int32),
        "right": np.array([[2, 1, 2]], dtype=np.int32),
        "value": np.array([[0, -20, 20]], dtype=np.float32),
    }
    bias = np.full(len(model.linear.facts), -9, dtype=np.float32)
    for item in said:
        bias[model.linear.facts.index(item)] = 9
    return replace(model, linear=replace(model.linear, rows={}, bias=bias), trees=Trees(**nodes, base=0.0, depth=1))


def _weighed(text: str, model: LinkModel, asking: str | None = None) -> dict[str, Mention]:
    extraction, view = by_rules(text, today=TODAY, asking=asking)
    return {mention.name: mention for mention in weigh(model, view, encoder().hear(view), extraction.mentions, extraction.mentions, text)}


def test_a_model_that_believes_nothing_drops_words_and_keeps_figures_and_places() -> None:
    assert {name: mention.value for name, mention in _weighed("在福州开饭馆的，员工十二个", _sure()).items()} == {
        "region": "350100",
        "employees": 12,
    }


def test_a_sure_statement_is_added_with_the_words_that_say_it() -> None:
    found = _weighed("手上有辆面包车", _sure("collateral=vehicle"))["collateral"]
    assert (found.value, found.text) == (("vehicle",), "面包车")


@pytest.mark.parametrize(
    ("text", "sure", "value"),
    [
        ("房产抵押，没有逾期", "collateral=none", ("real_estate",)),
        ("房产抵押，没有逾期", "collateral=vehicle", ("real_estate", "vehicle")),
    ],
)
def test_what_is_plainly_offered_stands_and_never_beside_nothing(text: str, sure: str, value: tuple[str, ...]) -> None:
    assert _weighed(text, _sure(sure))["collateral"].value == value


def test_the_answer_to_the_question_asked_stands() -> None:
    assert _weighed("饭馆", _sure(), asking="industry")["industry"].value == "catering"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"industry=retail": 0.9, "industry=catering": 0.8}, {"industry": {"industry=retail"}}),
        ({"industry=retail": 0.3}, {}),
        ({"purpose=equipment": 0.7}, {}),
        ({"platform=jd": 0.85}, {}),
        ({"platform=jd": 0.95}, {"platform": {"platform=jd"}}),
        ({"collateral=vehicle": 0.8, "collateral=ip": 0.9}, {"collateral": {"collateral=vehicle", "collateral=ip"}}),
        ({"collateral=vehicle": 0.9, "collateral=ip": 0.7}, {"collateral": {"collateral=vehicle"}}),
        ({"collateral=none": 0.9, "collateral=ip": 0.8}, {"collateral": {"collateral=none"}}),
        ({"collateral=none": 0.8, "collateral=ip": 0.9}, {"collateral": {"collateral=ip"}}),
    ],
)
def test_of_one_fact_the_likeliest_holds_and_of_a_list_every_likely_item(found: dict[str, float], expected: dict[str, set[str]]) -> None:
    assert decided(found) == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [("学钢琴多大开始好", "industry"), ("track my parcel", "industry"), ("保理和质押应收，哪个手续少", "collateral")],
)
def test_questions_about_something_else_state_nothing(text: str, fact: str) -> None:
    assert fact not in extract_facts(text, today=TODAY).facts


@pytest.mark.parametrize("fact", IN_WORDS)
def test_statements_hold_the_whole_value(fact: str) -> None:
    spec = vocabulary()[fact]
    values = [True, False] if not spec.choices else [[choice] for choice in spec.choices] if is_list(fact) else list(spec.choices)
    for value in map(spec.parse, values):
        assert value_of(fact, statements({fact: value})) == value


def test_the_lexicon_is_found_wherever_it_stands() -> None:
    assert {"industry=catering", "platform=douyin"} <= hits_in(normalise("不是开饭馆的，抖音也没做")).keys()


def test_every_trade_belongs_to_an_industry_and_stands_there_once() -> None:
    found = trades()
    assert {industry for industry, _ in found} == set(vocabulary()["industry"].choices)
    assert len({phrase for _, phrase in found}) == len(found)


@given(
    st.text(alphabet="我们开店做厂卖修没有房抵押担保人个体户有限公司a shop we run no loan，。?"),
    st.sampled_from([None, "industry", "collateral"]),
)
def test_no_text_breaks_it_and_every_fact_is_stated_once(text: str, asking: str | None) -> None:
    extraction = extract_facts(text, today=TODAY, asking=asking)
    names = [mention.name for mention in extraction.mentions]
    assert len(set(names)) == len(names)
    assert all(0 <= mention.start <= mention.end <= len(text) for mention in extraction.mentions)
