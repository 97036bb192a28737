"""What a topic shows and in which order: titles with their clock, the first message, words put together, and the budget of a group."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.cases import claim
from bot.channels.telegram.desk.plan import RENAME_EVERY, RENAMES_A_MINUTE, Hand, Make, Rename, Reword, Say, Shut, View, next_step
from bot.channels.telegram.desk.ticking import want_titles
from bot.channels.telegram.desk.wording import (
    canned_text,
    catalogue,
    clock_of,
    group_language,
    tells_otherwise,
    title_of,
    together,
    words_of,
)
from bot.conversation.pieces import PIECE
from bot.desk.model import Bank, Case, Ended, Member, Reason, Role, Said, SharedFile
from bot.service import Advisor
from bot.simulator import World
from bot.storage.desk.topics import Line, Topic
from bot.storage.store import Store
from tests.telegram.desk_room import FACTS, case_for, desk_of, in_topic, owner_of, room_of, says, stored, thread_of
from tests.telegram.in_process import Carrier

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
BANK = Bank("len-icbc", {"zh": "工商银行", "en": "ICBC"}, -100, {})
MANAGER = Member(7, "len-icbc", "李经理", Role.AGENT)
CASE = Case(
    12, "tg:1", "len-icbc", Reason.ASKED, None, "想找人问问", "zh", "claimed", 7, "staff", 3,
    NOW, NOW, None, NOW + timedelta(hours=1), NOW + timedelta(days=5),
)  # fmt: skip
PACK = {"facts": FACTS}


def view(**more: Any) -> View:
    shown = View(CASE, BANK, PACK, "zh", [MANAGER], (), Topic(12, -100), (), None, None, 0)
    return replace(shown, **more)


def up_to_date() -> View:
    """A topic that shows everything."""
    topic = Topic(12, -100, 5, 6, title=title_of(CASE, BANK, PACK, "zh", NOW), titled_at=NOW - RENAME_EVERY)
    before = view(topic=topic)
    step = next_step(before, NOW)
    assert step is not None
    assert isinstance(step.do, Reword)
    return view(topic=replace(topic, head=step.do.head))


def said(number: int, text: str | None, author: str = "owner", file: SharedFile | None = None) -> Said:
    return Said(number, 12, NOW, author, 7 if author in ("staff", "note") else None, text, file)  # type: ignore[arg-type]


def test_a_title_shows_status_number_firm_and_clock() -> None:
    assert title_of(CASE, BANK, PACK, "zh", NOW) == "🟡 #12 餐饮·深圳市 还剩1小时"
    assert title_of(CASE, BANK, PACK, "en", NOW) == "🟡 #12 catering·Shenzhen 1 h left"
    assert title_of(CASE, BANK, {}, "zh", NOW) == "🟡 #12 想找人问 还剩1小时"


@pytest.mark.parametrize(
    ("changes", "icon", "clock"),
    [
        ({"status": "open", "assignee": None}, "🔵", "还剩1小时"),
        ({"respond_by": NOW + timedelta(hours=3, seconds=1)}, "🟡", "13:00前回复"),
        ({"respond_by": NOW + timedelta(days=1)}, "🟡", "11-27 10:00前回复"),
        ({"respond_by": NOW + timedelta(hours=3)}, "🟡", "还剩3小时"),
        ({"respond_by": NOW + timedelta(hours=2)}, "🟡", "还剩2小时"),
        ({"respond_by": NOW + timedelta(minutes=61)}, "🟡", "还剩2小时"),
        ({"respond_by": NOW + timedelta(minutes=60)}, "🟡", "还剩1小时"),
        ({"respond_by": NOW + timedelta(minutes=30)}, "🟡", "还剩30分钟"),
        ({"respond_by": NOW + timedelta(minutes=10)}, "🟡", "还剩10分钟"),
        ({"respond_by": NOW + timedelta(seconds=1)}, "🟡", "还剩10分钟"),
        ({"respond_by": NOW}, "🔴", "已超时"),
        ({"respond_by": None, "turn": "owner"}, "🟢", "等客户"),
        ({"status": "closed", "closed_at": NOW, "outcome": Ended.ANSWERED, "respond_by": None}, "✅", "已办结"),
    ],
)
def test_icon_and_clock(changes: dict[str, Any], icon: str, clock: str) -> None:
    case = replace(CASE, **changes)
    title = title_of(case, BANK, PACK, "zh", NOW)
    assert (title.split()[0], clock_of(case, BANK, "zh", NOW)) == (icon, clock)
    assert title.endswith(clock)
    assert not tells_otherwise(title, case, BANK, "zh", NOW)


def test_a_clock_steps_down_a_handful_of_times() -> None:
    case = replace(CASE, respond_by=NOW + timedelta(hours=8))
    seen = {clock_of(case, BANK, "zh", NOW + timedelta(minutes=minute)) for minute in range(8 * 60 + 5)}
    assert len(seen) == 7


def test_most_members_make_the_language_of_a_group() -> None:
    english = replace(MANAGER, language="en")
    assert [group_language(list(some)) for some in ([], [MANAGER], [english], [MANAGER, english], [english, english, MANAGER])] == [
        "zh", "zh", "en", "zh", "en",
    ]  # fmt: skip


def test_first_the_topic_then_its_first_message_then_lines_words_edits_frame() -> None:
    complete = up_to_date()
    waiting, line, changed = [said(1, "在吗")], Line(3, {"text": "⚠️"}), (9, [said(2, "改了")])
    thread = replace(complete.topic, head_id=None)
    orders = [
        (view(), Make),
        (replace(complete, topic=thread, waiting=waiting), Say),
        (replace(complete, line=line, waiting=waiting), Say),
        (replace(complete, waiting=waiting, changed=changed), Say),
        (replace(complete, changed=changed), Reword),
        (replace(complete, topic=replace(complete.topic, head="old")), Reword),
        (replace(complete, topic=replace(complete.topic, title="old")), Rename),
        (replace(complete, topic=replace(complete.topic, closed=True)), Shut),
    ]
    for shown, kind in orders:
        step = next_step(shown, NOW)
        assert step is not None
        assert isinstance(step.do, kind)
    assert next_step(complete, NOW) is None


def test_a_title_waits_for_its_minute_and_for_the_groups_budget() -> None:
    complete = up_to_date()
    old = replace(complete, topic=replace(complete.topic, title="old"))
    early = replace(old, topic=replace(old.topic, titled_at=NOW - RENAME_EVERY + timedelta(seconds=1)))
    assert next_step(early, NOW) is None
    assert next_step(replace(old, renamed_lately=RENAMES_A_MINUTE), NOW) is None
    assert next_step(replace(old, renamed_lately=RENAMES_A_MINUTE - 1), NOW) is not None


def test_files_of_one_kind_go_as_a_set_and_words_end_it() -> None:
    photo, paper = SharedFile("photo.jpg", "photo", 1, "p"), SharedFile("a.pdf", "document", 1, "d")
    waiting = [said(1, "执照", file=photo), said(2, None, file=photo), said(3, None, file=paper), said(4, "够吗")]
    step = next_step(replace(up_to_date(), waiting=waiting), NOW)
    assert step is not None
    assert step.do == Hand((photo, photo), "💬 客户：执照", (1, 2))


def test_files_that_only_wait_together_stay_apart() -> None:
    photo = SharedFile("photo.jpg", "photo", 1, "p")
    later = replace(said(2, None, file=photo), at=NOW + timedelta(seconds=2))
    step = next_step(replace(up_to_date(), waiting=[said(1, "执照", file=photo), later]), NOW)
    assert step is not None
    assert step.do == Hand((photo,), "💬 客户：执照", (1,))


def test_a_file_that_has_no_words_under_it_is_shown_by_name() -> None:
    sticker = SharedFile("sticker", "sticker", 1, "s")
    assert words_of(said(1, None, file=sticker), "", "zh") == "💬 客户：📎 sticker"
    step = next_step(replace(up_to_date(), waiting=[said(1, None, file=sticker), said(2, "好")]), NOW)
    assert step is not None
    assert step.do == Say("💬 客户：📎 sticker\n\n💬 客户：好", said=(1, 2))


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=3000).map(lambda text: f"x{text}x"), min_size=1, max_size=6))
def test_words_that_come_together_fit_into_a_message_and_lose_nothing(texts: list[str]) -> None:
    text, held, rest = together(texts)
    assert 1 <= held <= len(texts)
    assert len(text.encode("utf-16-le")) // 2 <= PIECE
    if held > 1:
        assert rest == ""
        assert text == "\n\n".join(texts[:held])
    else:
        assert "".join((text + rest).split()) == "".join(texts[0].split())


def test_a_canned_answer_fills_what_it_knows() -> None:
    assert canned_text("{name}@{bank} #{number} {x}", CASE, BANK, MANAGER) == "李经理@工商银行 #12 {x}"


async def test_thirty_words_that_waited_are_one_message_and_a_very_long_one_loses_nothing(store: Store, advisor: Advisor) -> None:
    telegram = World()
    room, owner = room_of(telegram, store), owner_of(telegram, store)
    case, carrier = case_for(store, owner, room), Carrier(advisor, telegram)
    async with carrier.answering.at_work():
        await carrier.carry_all()
        calls = len(telegram.calls)
        for number in range(30):
            says(store, owner, f"第{number}句")
        await carrier.carry_all()
        assert [name for name, _ in telegram.calls[calls:]] == ["sendMessage"]
        long = "很长。" * 1365
        says(store, owner, long)
        await carrier.carry_all()
    texts = [one.text for one in in_topic(room, thread_of(store, case))]
    assert texts[1] == "\n\n".join(f"💬 客户：第{number}句" for number in range(30))
    assert "".join(texts[2:]).replace("💬 客户：", "").replace("（接上条）", "") == long


async def test_words_of_one_case_go_before_the_buttons_of_others(store: Store, advisor: Advisor) -> None:
    telegram = World()
    room = room_of(telegram, store)
    owners = [owner_of(telegram, store, name) for name in "甲乙丙丁"]
    cases = [case_for(store, owner, room) for owner in owners]
    carrier, desk = Carrier(advisor, telegram), desk_of(store)
    async with carrier.answering.at_work():
        await carrier.carry_all()
        with store.begin() as connection:
            for case in cases:
                claim(connection, desk, case, room.staff[0][1], datetime.now(UTC))
        says(store, owners[-1], "急")
        calls = len(telegram.calls)
        await carrier.carry_all()
    names = [(name, values.get("text", "")) for name, values in telegram.calls[calls:]]
    assert names[0] == ("sendMessage", "💬 客户：急")
    assert [name for name, _ in names[1:]] == ["editMessageText"] * 4


async def test_the_most_urgent_titles_of_a_group_follow_the_clock_first_and_only_some_at_once(store: Store, advisor: Advisor) -> None:
    telegram, clock = World(), [datetime.now(UTC)]
    room = room_of(telegram, store)
    cases = [case_for(store, owner_of(telegram, store, str(number)), room) for number in range(RENAMES_A_MINUTE + 2)]
    carrier = Carrier(advisor, telegram, lambda: clock[0])
    await carrier.carry_all()
    due = [stored(store, case).respond_by for case in cases]
    clock[0] = max(moment for moment in due if moment is not None) + timedelta(minutes=1)
    for left in (2, 0, 0):
        with store.begin() as connection:
            want_titles(connection, store, clock[0])
        await carrier.carry_all()
        names = [topic.name for topic in room.group.chat.topics.values()]
        assert sum(not name.startswith("🔴") for name in names) == left
        assert [name.endswith("已超时") for name in names] == [number < len(cases) - left for number in range(len(cases))]
        clock[0] += timedelta(seconds=61)


# -- texts -----------------------------------------------------------------------------------------------------------------------


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", list(catalogue()))
def test_every_sentence_is_there_in_both_languages_with_the_same_placeholders(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == {"zh", "en"}
    assert placeholders(texts["zh"]) == placeholders(texts["en"])
    assert not re.search(r"[a-z][,.?!][\u4e00-\u9fff]|[\u4e00-\u9fff][,.?!]", texts["zh"]), "half-width punctuation in Chinese"


def test_every_sentence_is_used_and_families_are_whole(project: Path) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (project / "bot/channels/telegram").rglob("*.py"))
    quoted = set(re.findall(r"\"([a-z_]+)\"", code))
    families = {
        "reason_": set(Reason),
        "outcome_": set(Ended),
        "language_": {"zh", "en"},
        "said_": {"owner", "staff", "note", "advisor", "file", "file_lost", "rest"},
        "button_": {"claim", "release", "assign", "close", "reopen", "canned", "note", "file", "back"},
    }
    for family, names in families.items():
        assert {key.removeprefix(family) for key in catalogue() if key.startswith(family)} == names
    assert {key for key in catalogue() if key not in quoted and not key.startswith(tuple(families))} == set()
