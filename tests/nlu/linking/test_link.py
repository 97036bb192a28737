"""What the second look may do with the rules' reading, whatever the model says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.linking.encoder.hear import encoder
from nlu.linking.figures.link import link, picks, probabilities
from nlu.linking.model import LinkModel, Trees, figure_model
from nlu.mentions import by_rules, extract_facts

TODAY = date(2026, 11, 21)


#: Where the linear model's own score of the fact stands among the numbers of a pair.
OWN_SCORE = 37


def _sure(fact: str) -> LinkModel:
    """A model that is sure of one thing: every figure fills this fact and no other."""
    model = figure_model()
    nodes = {
        "feature": np.array([[OWN_SCORE, 0, 0]], dtype=np.int32),
        "threshold": np.zeros((1, 3), dtype=np.float32),
        "left": np.array([[1, 1, 2]], dtype=np.int32),
        "right": np.array([[2, 1, 2]], dtype=np.int32),
        "value": np.array([[0, -20, 20]], dtype=np.float32),
    }
    bias = np.full(len(model.linear.facts), -9, dtype=np.float32)
    if fact:
        bias[model.linear.facts.index(fact)] = 9
    return replace(model, linear=replace(model.linear, rows={}, bias=bias), trees=Trees(**nodes, base=0.0, depth=1))


def _linked(text: str, model: LinkModel) -> dict[str, object]:
    extraction, view = by_rules(text, today=TODAY)
    return {
        m.name: m.value
        for m in link(model, view, encoder().hear(view), extraction.mentions, extraction.ambiguous, text, today=TODAY).mentions
    }


def test_a_model_that_believes_nothing_drops_the_rules_figures_and_keeps_their_words() -> None:
    assert _linked("开饭馆的，员工十二个", _sure("")) == {"industry": "catering"}


def test_a_sure_link_is_added_with_the_value_that_the_fact_takes() -> None:
    assert _linked("那边躺着十八万", _sure("cash")) == {"cash": Decimal(180000)}


def test_a_part_of_a_crew_is_not_the_crew() -> None:
    assert _linked("4 designers, 6 in the print room, a driver and yours truly", _sure("employees")) == {"employees": 12}


def test_a_link_that_does_not_go_with_the_period_is_not_made() -> None:
    """A month's figure never fills a year's fact."""
    assert "net_profit" not in _linked("每个月十八万", _sure("net_profit"))


def test_each_fact_and_each_figure_is_taken_once_by_the_likeliest() -> None:
    found = [{"cash": 0.9, "inventory": 0.7}, {"cash": 0.8, "inventory": 0.65}, {"receivables": 0.3}]
    assert picks(found, 0.6) == {0: "cash", 1: "inventory"}


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("货在仓里压着，少说也有四十万，账上就剩六万块", "inventory", 400000),
        ("the developer still owes me 2.3 million for the scaffolding", "receivables", 2300000),
        ("我这小厂一年到头开出去的发票六百二十万", "invoiced_sales", 6200000),
    ],
)
def test_reads(text: str, fact: str, value: int) -> None:
    assert extract_facts(text, today=TODAY).facts.get(fact) == value


@given(
    st.text(alphabet="一二三十百千万亿元个人年月0123456789.,%k 欠想借员工利润去年loan owe me staff，。?"),
    st.sampled_from([None, "cash", "employees"]),
)
def test_no_text_breaks_it_and_every_figure_is_used_once(text: str, asking: str | None) -> None:
    extraction = extract_facts(text, today=TODAY, asking=asking)
    names = [mention.name for mention in extraction.mentions]
    assert len(set(names)) == len(names)
    _, view = by_rules(text, today=TODAY, asking=asking)
    assert len(probabilities(figure_model(), view, encoder().hear(view))) == len(view.quantities)
