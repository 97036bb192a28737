"""What counts as news about a firm, when its owner is told, and a person's decision on the grade from the log to the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.decision import Decision
from bot.conversation.early import Watched, watched
from bot.conversation.heard import Heard
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import Dialogue
from bot.conversation.rating.sheet import Line
from bot.conversation.world import World
from bot.reminders import say_due
from bot.storage.overrides import keep_override
from knowledge.firm import Fact, Firm, Provenance, spec_of
from scoring.card import default_card
from scoring.monitoring.overriding import Override
from tests.conversation.players import TimedAdvisor, advisor_at
from tests.conversation.scenarios import ScriptedNlu

THEN, NOW = date(2026, 5, 1), date(2026, 11, 21)
CARD = default_card()
SOUND: dict[str, Any] = {"annual_revenue": 6_000_000, "customer_count": 40, "monthly_inflow": 500_000, "employees": 20}


def facts(on: date, **raw: Any) -> tuple[Fact, ...]:
    return tuple(Fact(name, spec_of(name).parse(value), Provenance.SAID, on) for name, value in raw.items())


def told(**raw: Any) -> Dialogue:
    """An owner who has seen a grade in May."""
    firm = Firm().having(*facts(THEN, **raw))
    return watched(Dialogue(firm=firm), Dialogue(firm=firm, shown=True), CARD, correcting=False).dialogue


def after(before: Dialogue, on: date = NOW, correcting: bool = False, **raw: Any) -> Watched:
    return watched(before, before.but(firm=before.firm.having(*facts(on, **raw))), CARD, correcting)


@pytest.mark.parametrize(
    ("news", "on", "correcting", "tells", "why"),
    [
        ({"annual_revenue": 900_000}, NOW, False, True, "sales fell"),
        ({"annual_revenue": 900_000}, THEN, False, False, "of the same day: it puts a slip right"),
        ({"annual_revenue": 900_000}, date(2026, 1, 1), False, False, "an older figure, found out later"),
        ({"annual_revenue": 900_000}, NOW, True, False, "the owner says that it was never so"),
        ({"annual_revenue": 9_000_000}, NOW, False, False, "sales rose"),
        ({"customer_count": 3}, NOW, False, True, "customers left"),
        ({"employees": 20}, NOW, False, False, "the same once more"),
        ({"largest_customer_share": 0.9}, NOW, False, False, "an answer to what was not known"),
        ({"amount_sought": 50_000}, NOW, False, False, "what is wanted says nothing of the firm"),
        ({"overdue_12m": 1}, NOW, False, True, "bad news counts on the first telling"),
        ({"overdue_12m": 0}, NOW, False, False, "none"),
        ({"in_litigation": True}, NOW, False, True, "a lawsuit"),
        ({"in_litigation": False}, NOW, False, False, "no lawsuit"),
        ({"industry": "retail"}, NOW, False, False, "another trade is no fall"),
    ],
)
def test_what_is_news(news: dict[str, Any], on: date, correcting: bool, tells: bool, why: str) -> None:
    assert (after(told(**SOUND), on, correcting, **news).fall is not None) is tells, why


def test_nothing_is_told_before_a_grade_was() -> None:
    before = Dialogue(firm=Firm().having(*facts(THEN, **SOUND)))
    assert after(before, annual_revenue=900_000, overdue_12m=3).fall is None


def test_the_same_cause_is_told_once() -> None:
    first = after(told(**SOUND), annual_revenue=900_000, overdue_12m=1)
    assert first.fall is not None
    assert after(first.dialogue, overdue_12m=1).fall is None
    back = after(first.dialogue, date(2026, 11, 25), annual_revenue=6_000_000)
    assert back.fall is None
    again = after(back.dialogue, date(2026, 11, 28), annual_revenue=900_000)
    assert again.fall is None, "down, up and down to the same figure"
    assert after(again.dialogue, date(2026, 12, 1), overdue_12m=2).fall is not None, "one more late payment is a new cause"


def test_small_falls_add_up() -> None:
    quiet = after(told(**SOUND), date(2026, 8, 1), annual_revenue=4_500_000)
    assert quiet.fall is None, "a quarter less"
    fall = after(quiet.dialogue, annual_revenue=3_900_000).fall
    assert fall is not None
    assert [sign.fact for sign in fall.signs] == ["annual_revenue"]


def test_what_it_keeps_survives_being_stored() -> None:
    dialogue = after(told(**SOUND), annual_revenue=900_000).dialogue.but(plan=(("plan.again", "2027-01-20"),))
    assert dialogue.warned == ("annual_revenue=900000",)
    assert dialogue_from_json(dialogue_to_json(dialogue), dialogue.firm) == dialogue


# -- a person's decision -----------------------------------------------------------------------------------------------------


DECISION = Decision("B", "D", "王芳，某银行", NOW, {"annual_revenue": 3_000_000, "age_months": 30})


@pytest.mark.parametrize(
    ("firm", "stands"),
    [
        ({"annual_revenue": 3_000_000, "age_months": 30}, True),
        ({"annual_revenue": 3_000_000, "age_months": 34}, True),
        ({"annual_revenue": 3_000_000, "age_months": 30, "region": "350100"}, True),
        ({"annual_revenue": 2_999_999, "age_months": 30}, False),
        ({"annual_revenue": 3_000_000, "age_months": 30, "employees": 5}, False),
        ({"age_months": 30}, False),
    ],
)
def test_a_decision_stands_until_a_figure_changes(firm: dict[str, Any], stands: bool) -> None:
    assert DECISION.stands(Firm().having(*facts(NOW, **firm)), CARD) is stands


def test_going_back_to_the_cards_grade_ends_it() -> None:
    firm = Firm().having(*facts(NOW, annual_revenue=3_000_000, age_months=30))
    assert not replace(DECISION, grade="D").stands(firm, CARD)


FIRM = "我在福州开餐馆，一年零九个月了，去年营业额300万，想借50万周转"


@pytest.fixture
def advisor(world: World, tmp_path: Path) -> Iterator[TimedAdvisor]:
    nlu = ScriptedNlu()
    nlu.intent = "state_facts"
    with advisor_at(f"sqlite:///{tmp_path / 'advisor.db'}", world, nlu) as made:
        yield made


def _said(outcome: Any) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


async def test_an_override_is_shown_and_said_until_figures_change(advisor: TimedAdvisor) -> None:
    await advisor.hear("tg:1", Heard(text=FIRM))
    first = await advisor.hear("tg:1", Heard(press="m"))
    grade = first.replies[0].card.grade.grade  # type: ignore[union-attr]
    to = "D" if grade != "D" else "B"
    keep_override(advisor.store.engine, Override(advisor.now(), "tg:1", "王芳，某银行", grade, to, "订单已确认", CARD.version))
    shown = await advisor.hear("tg:1", Heard(press="m"))
    told = f"{to} 级是人工定的：王芳，某银行，2026年11月21日；评分卡算出来是 {grade} 级"
    assert f"预审等级 {to}" in _said(shown)
    assert told in _said(shown)
    summary = (await advisor.hear("tg:1", Heard(press="c"))).replies[0].card
    assert (summary.grade.grade, told in summary.grade.decided) == (to, True)  # type: ignore[union-attr]
    report = (await advisor.hear("tg:1", Heard(press="g"))).replies[0].paper
    assert report is not None
    assert report.sheet.grade is not None
    assert report.sheet.grade.grade == to
    assert report.sheet.grade.lines[0] == Line("人工定级", f"王芳，某银行，2026年11月21日；评分卡算出来是 {grade} 级")
    advisor.clock.wait_for(date(2027, 1, 21))
    assert told in _said(await advisor.hear("tg:1", Heard(press="m"))), "two months alone end nothing"
    changed = await advisor.hear("tg:1", Heard(text="今年营业额只有200万"))
    assert "不再算数" in _said(changed)
    later = await advisor.hear("tg:1", Heard(press="m"))
    assert "人工定的" not in _said(later)
    assert "不再算数" not in _said(later), "told once"


async def test_a_step_that_is_settled_by_its_day_is_said_to_be(advisor: TimedAdvisor) -> None:
    await advisor.hear("tg:1", Heard(text=FIRM))
    await advisor.hear("tg:1", Heard(press="m"))
    await advisor.hear("tg:1", Heard(text="还欠着税没交"))
    set_ = await advisor.hear("tg:1", Heard(press="j:on"))
    assert set_.reminds
    advisor.clock.wait_for(date(2026, 11, 25))
    await advisor.hear("tg:1", Heard(text="没有欠税"))
    advisor.clock.wait_for(date(2026, 11, 28))
    (reply,) = say_due(advisor, "tg:1")
    assert reply.text.startswith("到日子了。计划里有一步是“把欠的税补上")
    assert reply.text.endswith("已经不用做了。")


async def test_without_a_plan_its_button_is_out_of_date(advisor: TimedAdvisor) -> None:
    await advisor.hear("tg:1", Heard(text=FIRM))
    pressed = await advisor.hear("tg:1", Heard(press="j:on"))
    assert not pressed.reminds
    assert "过期" in _said(pressed)
