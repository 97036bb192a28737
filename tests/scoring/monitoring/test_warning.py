"""Early warning: what new figures do to a firm's score, what they give away besides, and the plan that follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from knowledge.firm import FactValue, Firm
from scoring.card import default_card, score
from scoring.card_schema import Card
from scoring.monitoring.plan import AGAIN_AFTER, Step, plan
from scoring.monitoring.signs import Kind, signs
from scoring.monitoring.warning import Alert, Why, rescore
from scoring.monitoring.warning_text import warning_text
from scoring.questions import sound
from tests.knowledge.rules import FIRMS
from tests.scoring.monitoring.made import card

CARD = card()
DAY = date(2026, 11, 26)
Facts = dict[str, FactValue]


def firm(**raw: Any) -> Firm:
    return Firm.of(raw, DAY)


@pytest.mark.parametrize(
    ("before", "now", "alert", "why"),
    [
        ({"employees": 30}, {"employees": 30}, Alert.CALM, "nothing new"),
        ({"employees": 30}, {"employees": 25}, Alert.CALM, "within the same bin"),
        ({"employees": 30}, {"employees": 10}, Alert.ACT, "25 points: the odds of default more than doubled"),
        ({"industry": "catering"}, {"industry": "retail"}, Alert.WATCH, "ten points"),
        ({"employees": 10}, {"employees": 30}, Alert.BETTER, "more staff"),
        ({}, {"employees": 3}, Alert.ACT, "what comes to light counts like what changed"),
        ({"overdue_12m": 1}, {"overdue_12m": 1}, Alert.CALM, "known already"),
        ({"overdue_12m": 1}, {"overdue_12m": 2}, Alert.ACT, "another late payment"),
        ({}, {"overdue_12m": 1}, Alert.ACT, "a first late payment"),
        ({}, {"overdue_12m": 0}, Alert.CALM, "none"),
        ({}, {"blacklisted": True}, Alert.ACT, "a judgment debtor"),
        ({"in_litigation": False}, {"in_litigation": True}, Alert.WATCH, "a lawsuit"),
        ({"tax_grade": "A"}, {"tax_grade": "B"}, Alert.WATCH, "a lower tax grade"),
        ({"tax_grade": "B"}, {"tax_grade": "A"}, Alert.CALM, "a higher tax grade"),
        ({"monthly_inflow": 100}, {"monthly_inflow": 70}, Alert.CALM, "three tenths less, exactly"),
        ({"monthly_inflow": 100}, {"monthly_inflow": 69}, Alert.WATCH, "more than three tenths less"),
        ({"monthly_inflow": 100}, {}, Alert.CALM, "not known is not nothing"),
        ({"largest_customer_share": 0.3}, {"largest_customer_share": 0.51}, Alert.WATCH, "one customer more important"),
    ],
)
def test_what_new_figures_call_for(before: dict[str, Any], now: dict[str, Any], alert: Alert, why: str) -> None:
    assert rescore(firm(**before), firm(**now), CARD).alert is alert, why


def test_every_move_names_its_figures_its_cause_and_its_points() -> None:
    before = firm(employees=30, industry="catering", annual_revenue=6_000_000)
    now = firm(employees=10, annual_revenue=6_000_000)
    moves = [(move.feature.name, move.why, move.points, move.facts) for move in rescore(before, now, CARD).moves]
    assert moves == [("employees", Why.CHANGED, -25.0, ("employees",)), ("industry", Why.GONE, -5.0, ("industry",))]
    assert [move.why for move in rescore(now, before, CARD).moves] == [Why.CHANGED, Why.NEW]


def test_a_figure_that_falls_and_still_speaks_for_the_firm_is_not_called_weak() -> None:
    (move,) = rescore(firm(employees=30), firm(employees=10), CARD).moves
    assert move.wording is None
    (move,) = rescore(firm(employees=10), firm(employees=3), CARD).moves
    assert move.wording is not None
    assert move.wording.zh == "人手偏少"


def test_a_plan_repairs_first_strengthens_then_and_looks_again() -> None:
    rescored = rescore(firm(employees=30), firm(employees=3, overdue_12m=1), CARD)
    steps = plan(rescored, DAY)
    assert [(step.due - DAY).days for step in steps] == [3, 10, 15, 45, 45]
    assert [step.kind for step in steps] == [Kind.CREDIT_REPAIR] * 3 + [Kind.SELF_STRENGTHENING, Kind.REVIEW]
    assert steps[3].wording.en == "Hire a few more"
    assert steps[0].as_json("en") == {
        "on": "2026-11-29",
        "kind": "credit_repair",
        "fact": "overdue_12m",
        "text": "Pay what is late with interest first, and get a receipt",
    }


def test_when_all_is_calm_there_is_only_the_next_look() -> None:
    (step,) = plan(rescore(firm(employees=30), firm(employees=30), CARD), DAY)
    assert (step.kind, step.due) == (Kind.REVIEW, DAY + timedelta(days=AGAIN_AFTER[Alert.CALM]))


def test_what_is_only_not_given_needs_no_repair() -> None:
    steps = plan(rescore(firm(employees=30), firm(), CARD), DAY)
    assert [step.kind for step in steps] == [Kind.REVIEW]


def test_the_warning_in_words() -> None:
    rescored = rescore(firm(employees=10, industry="catering"), firm(employees=3, overdue_12m=2), CARD)
    before, now = rescored.before, rescored.now
    assert warning_text(rescored, plan(rescored, DAY)[:1] + plan(rescored, DAY)[-1:], "zh") == (
        f"新数字里有事要尽快处理，别慌，一步一步来。\n评分：{before.grade} → {now.grade}（{before.points} → {now.points} 分）\n"
        "要紧的：\n· 近 12 个月有逾期\n"
        "拉低评分的：\n· 从业人员变了，人手偏少（-25 分）\n· 行业这次没有能用的数（-5 分）\n"
        "接下来：\n· 11 月 29 日前：先把逾期的本息还上，拿一张结清或还款证明\n· 1 月 10 日：把新的流水和报表发过来，再评一次"
    )
    told = warning_text(rescored, plan(rescored, DAY), "en")
    assert "· staff changed; few staff (-25 points)" in told
    assert "· by 29 November: Pay what is late" in told


def test_both_languages_say_everything() -> None:
    for sign in signs():
        for wording in (sign.wording, *(act.wording for act in sign.acts)):
            assert wording.zh
            assert wording.en
            assert not set(",.?!;:") & set(wording.zh)
    keys = [act.wording.key for sign in signs() for act in sign.acts]
    assert len(keys) == len(set(keys))


def lasting(steps: tuple[Step, ...]) -> list[date]:
    return [step.due for step in steps]


@given(before=FIRMS, now=FIRMS)
def test_any_two_states_of_any_firm(before: dict[str, Any], now: dict[str, Any]) -> None:
    shipped: Card = default_card()
    rescored = rescore(firm(**before), firm(**now), shipped)
    steps = plan(rescored, DAY)
    assert lasting(steps) == sorted(lasting(steps))
    assert steps[-1].kind is Kind.REVIEW
    assert all(step.due > DAY for step in steps)
    for language in ("zh", "en"):
        assert warning_text(rescored, steps, language).count("\n") >= 2
    same = rescore(firm(**now), firm(**now), shipped)
    assert (same.alert, same.moves, same.signs, same.points) == (Alert.CALM, (), (), 0)
    assert rescored.now == score(sound(firm(**now)), shipped)
