"""From the button to the day: what is said then, to whom, how often, and what becomes of it when things have changed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.reminders import say_due
from bot.storage.posts import KINDS, Lane
from tests.conversation.players import TimedAdvisor, advisor_at
from tests.conversation.scenarios import ScriptedNlu

ENTRY, DAY = "prd-webank-weiye", date(2027, 2, 21)
FIRM = "我在福州开餐馆，一年零九个月了，去年营业额300万，想借50万周转"
REST = "一年开票200万，我今年40岁，持股100%"


@pytest.fixture
def advisor(world: World, tmp_path: Path) -> Iterator[TimedAdvisor]:
    nlu = ScriptedNlu()
    nlu.intent = "state_facts"
    with advisor_at(f"sqlite:///{tmp_path / 'advisor.db'}", world, nlu) as made:
        yield made


async def asked(advisor: TimedAdvisor, *more: str, owner: str = "tg:1") -> None:
    """An owner tells of a firm and asks to be reminded."""
    for words in (FIRM, *more):
        await advisor.hear(owner, Heard(text=words))
    answer = await advisor.hear(owner, Heard(press=f"t:{ENTRY}"))
    assert answer.replies[0].buttons[0].id == f"z:{ENTRY}"


async def test_it_is_said_on_the_day_once_and_is_in_the_transcript(advisor: TimedAdvisor) -> None:
    await asked(advisor, REST)
    advisor.clock.wait_for(date(2027, 2, 20))
    assert say_due(advisor, "tg:1") == ()
    advisor.clock.wait_for(DAY)
    (reply,) = say_due(advisor, "tg:1")
    assert reply.text.startswith("到日子了：您让我提醒的“微众银行 微业贷”，现在符合条件了。")
    assert say_due(advisor, "tg:1") == ()
    last = advisor.store.transcript("tg:1")[-1]
    assert (last["heard"], last["sources"]) == ({"reminder": ENTRY}, [ENTRY])
    assert last["said"][0]["text"] == reply.text


async def test_the_firm_is_judged_anew_on_the_day(advisor: TimedAdvisor) -> None:
    await asked(advisor)
    await advisor.hear("tg:1", Heard(text="其实我开了14个月"))
    advisor.clock.wait_for(DAY)
    (reply,) = say_due(advisor, "tg:1")
    assert "按您说过的情况是这样" in reply.text
    assert "不符合：经营年限不少于2年（您这边：1年零5个月）" in reply.text
    assert f"t:{ENTRY}" in {button.id for button in reply.buttons}  # with the day as it is now


async def test_an_entry_that_is_gone_is_not_talked_of(advisor: TimedAdvisor) -> None:
    await asked(advisor)
    pack = advisor.world.pack
    advisor.world = replace(advisor.world, pack=replace(pack, entries={k: v for k, v in pack.entries.items() if k != ENTRY}))
    advisor.clock.wait_for(DAY)
    (reply,) = say_due(advisor, "tg:1")
    assert "已经不在名录里了" in reply.text
    assert [button.id for button in reply.buttons] == ["m"]


async def test_what_need_not_be_waited_for_is_not_noted(advisor: TimedAdvisor) -> None:
    await asked(advisor, owner="tg:2")
    await advisor.hear("tg:1", Heard(text="我在福州开了五年餐馆"))
    answer = await advisor.hear("tg:1", Heard(press=f"t:{ENTRY}"))
    assert "还不能确定" in answer.replies[0].text
    assert advisor.store.reminders_of("tg:1") == []
    assert len(advisor.store.reminders_of("tg:2")) == 1


async def test_it_is_exported_and_a_cancelled_one_is_not(advisor: TimedAdvisor) -> None:
    async def exported() -> object:
        answer = await advisor.hear("tg:1", Heard(text="/export"))
        return json.loads(answer.replies[0].files[0].content)["reminders"]

    await asked(advisor)
    assert await exported() == [{"entry": ENTRY, "due_on": "2027-02-21", "said_at": None}]
    await advisor.hear("tg:1", Heard(press=f"z:{ENTRY}"))
    assert await exported() == []


async def test_nobody_is_woken_and_one_broken_reminder_does_not_keep_the_others(
    advisor: TimedAdvisor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        await asked(advisor, owner=f"tg:{number}")
        with advisor.store.begin() as connection:
            advisor.store.address_reminders(connection, f"tg:{number}", number)
    local = datetime.now().astimezone().tzinfo
    advisor.clock.now = datetime(2027, 2, 21, 8, 59, tzinfo=local).astimezone(UTC)
    assert say_due(advisor) == ()
    advisor.clock.now = datetime(2027, 2, 21, 9, 0, tzinfo=local).astimezone(UTC)
    whole = advisor.dialogue_of

    def broken(owner: str) -> object:
        if owner == "tg:1":
            raise KeyError("secret words")
        return whole(owner)

    monkeypatch.setattr(advisor, "dialogue_of", broken)
    with caplog.at_level(logging.ERROR):
        assert len(say_due(advisor)) == 1
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.undo()
    assert len(say_due(advisor)) == 1


def test_reminders_leave_room_for_who_waits_and_come_although_nothing_was_heard_of_them() -> None:
    kind = KINDS["reminder"]
    assert (kind.lane, kind.parks) == (Lane.BULK, False)
