"""Clocks of a loan: set by the turn that tells its due date, struck on the day, stopped when it is repaid or unwanted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.answers.after_loan import AHEAD, DUE, HALF_A_YEAR, LOOK_BACK, beside, clocks_set, next_day, on_the_day
from bot.conversation.answers.repair import repair, wants_repair
from bot.conversation.facts import Taken
from bot.conversation.heard import Heard
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import NOTHING, Answer, Dialogue, ReminderChange, Reply
from bot.conversation.turn import turn
from bot.conversation.world import Scene, World
from bot.desk.model import Reason
from knowledge.firm import Firm
from tests.casework.desks import DESK
from tests.shipped import TODAY

LAST_DAY = TODAY + timedelta(80)


def told(days: int | None, **more: object) -> Firm:
    return Firm.of({**({} if days is None else {"loan_matures_in_days": days}), **more}, TODAY)


def set_by(before: Firm, after: Firm, **dialogue: object) -> Answer:
    answer = Answer((Reply("…"),), Dialogue(firm=after).but(**dialogue))
    return clocks_set(answer, Dialogue(firm=before), TODAY)


@pytest.mark.parametrize(
    ("days", "first", "says"),
    [
        (80, LAST_DAY - timedelta(60), "60、30、7 天"),
        (61, TODAY + timedelta(1), "60、30、7 天"),
        (60, TODAY + timedelta(30), "30、7 天"),
        (8, TODAY + timedelta(1), "提前 7 天"),
        (7, TODAY + timedelta(7), "只剩 7 天"),
        (1, TODAY + timedelta(1), "只剩 1 天"),
    ],
)
def test_telling_a_due_date_sets_the_clocks(days: int, first: date, says: str) -> None:
    answer = set_by(Firm(), told(days))
    assert answer.reminders == (ReminderChange(DUE, first), ReminderChange(LOOK_BACK, TODAY + timedelta(HALF_A_YEAR)))
    assert says in answer.replies[-1].text


def test_what_was_known_sets_nothing_and_what_is_gone_stops() -> None:
    assert set_by(told(80), told(80)).reminders == ()
    assert set_by(Firm(), told(0)).reminders == (), "due today: there is nothing to be reminded of"
    gone = set_by(told(80), Firm())
    assert gone.reminders == (ReminderChange(DUE, None),)
    assert len(gone.replies) == 1


def test_who_wants_no_reminders_gets_none() -> None:
    assert set_by(Firm(), told(80), muted=(DUE,)).reminders == ()
    assert [change.entry for change in set_by(Firm(), told(80), muted=(LOOK_BACK,)).reminders] == [DUE]


@given(st.dates(date(2026, 1, 1), date(2036, 1, 1)), st.integers(1, 4000))
def test_the_next_day_lies_ahead_and_never_behind_the_due_date(today: date, days: int) -> None:
    due = today + timedelta(days)
    on = next_day(due, today)
    assert today < on <= due
    assert (due - on).days in (*AHEAD, 0)


@pytest.mark.parametrize(("days", "again"), [(60, 30), (30, 7), (7, 0), (45, 30)])
def test_before_the_due_date_the_renewal_is_judged_anew(world: World, days: int, again: int) -> None:
    dialogue = Dialogue(firm=told(days, existing_loans=300000))
    found = on_the_day(world, dialogue, DUE, TODAY)
    assert found.reply is not None
    assert f"还有 {days} 天" in found.reply.text
    assert "无还本续贷" in found.reply.text
    assert found.sources == ("prg-renewal-2024-13",)
    assert found.again == TODAY + timedelta(days - again)


def test_on_the_due_date_itself_and_when_it_is_settled(world: World) -> None:
    dialogue = Dialogue(firm=told(7))
    found = on_the_day(world, dialogue, DUE, TODAY + timedelta(7))
    assert found.reply is not None
    assert "今天到期" in found.reply.text
    assert found.again is None
    assert on_the_day(world, Dialogue(), DUE, TODAY).reply is None


def test_a_look_back_shows_what_may_have_changed(world: World) -> None:
    firm = told(None, annual_revenue=2_800_000, employees=12, monthly_inflow=200_000, overdue_12m=0)
    found = on_the_day(world, Dialogue(firm=firm), LOOK_BACK, TODAY)
    assert found.reply is not None
    assert [button.id for button in found.reply.buttons] == [
        "e:annual_revenue", "e:monthly_inflow", "e:employees", "b:same", "b:mute:look-back",
    ]  # fmt: skip
    assert found.again == TODAY + timedelta(HALF_A_YEAR)
    empty = on_the_day(world, Dialogue(), LOOK_BACK, TODAY).reply
    assert empty is not None
    assert "b:same" not in [button.id for button in empty.buttons]


def press(world: World, dialogue: Dialogue, button: str, today: date = TODAY) -> Answer:
    return turn(dialogue, Heard(press=button), None, world, today)


def test_all_the_same_dates_the_figures_anew(world: World) -> None:
    later = TODAY + timedelta(HALF_A_YEAR)
    answer = press(world, Dialogue(firm=told(None, annual_revenue=2_800_000)), "b:same", later)
    fact = answer.dialogue.firm.fact("annual_revenue")
    assert fact is not None
    assert fact.as_of == later


def test_paid_and_muted(world: World) -> None:
    dialogue = Dialogue(firm=told(5))
    paid = press(world, dialogue, "b:paid")
    assert "loan_matures_in_days" not in paid.dialogue.firm
    assert ReminderChange(DUE, None) in paid.reminders
    muted = press(world, dialogue, "b:mute:due")
    assert muted.dialogue.muted == (DUE,)
    assert dialogue_from_json(dialogue_to_json(muted.dialogue), muted.dialogue.firm).muted == (DUE,)
    assert press(world, Dialogue(), "b:paid").reminders == (), "a button of long ago"


@pytest.mark.parametrize(
    ("facts", "first", "says"),
    [
        ({"overdue_12m": 2}, TODAY + timedelta(3), "近 12 个月有逾期"),
        ({"overdue_12m": 0, "tax_arrears": True}, TODAY + timedelta(7), "有欠税"),
        ({"overdue_12m": 0, "blacklisted": False, "tax_arrears": False, "in_litigation": False}, None, "没有要修的"),
        ({"overdue_12m": 0}, None, "有日子的计划"),
    ],
)
def test_a_plan_has_dates_that_are_reminded_of(world: World, facts: dict[str, object], first: date | None, says: str) -> None:
    scene = Scene(world, Dialogue(firm=told(None, **facts)), TODAY, NOTHING, Taken(Firm(), (), False), "征信怎么修复")
    answer = repair(scene)
    assert any(says in reply.text for reply in answer.replies)
    days = [date.fromisoformat(on) for _, on in answer.dialogue.plan]
    assert days == sorted(days)
    assert (days[0] if days else None) == first
    if first is not None:
        assert press(world, answer.dialogue, "j:on").reminders[0].on == first


def test_without_a_desk_another_way_to_repay_is_told_of(world: World) -> None:
    answer = press(world, Dialogue(firm=told(20)), "b:change")
    assert answer.sources == ("prg-renewal-2024-13",)
    assert answer.desk is None


@pytest.mark.parametrize(
    ("text", "intent", "wants"),
    [
        ("征信怎么修复", "ask_improve", True),
        ("有逾期怎么办", "report_hardship", True),
        ("how do I rebuild my credit", None, True),
        ("有人说交钱能修复征信，靠谱吗", "ask_scam_check", False),
        ("征信修复是什么意思", "ask_definition", False),
        ("improve my credit line", "ask_improve", False),
        ("怎样才能多贷点", "ask_improve", False),
    ],
)
def test_who_asks_for_a_plan_gets_one(text: str, intent: str | None, wants: bool) -> None:
    assert wants_repair(text, intent) == wants


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("能不能延期还款", True),
        ("月供太高想调低一点", True),
        ("可以先还利息吗", True),
        ("can we reschedule the repayments", True),
        ("I need a payment holiday", True),
        ("还款方式有哪些", False),
        ("how do I repay", False),
        ("我想提前还款", False),
    ],
)
def test_another_way_to_repay_is_a_matter_for_a_person(world: World, text: str, offers: bool) -> None:
    here = World(world.pack, world.index, world.card, banks=(DESK,))
    scene = Scene(here, Dialogue(), TODAY, NOTHING, Taken(Firm(), (), False), text)
    answer = beside(Answer((Reply("…"),), Dialogue()), scene)
    wanted = answer.dialogue.wanted
    assert (wanted.reason if wanted else None) == (Reason.REPAYMENT if offers else None)
