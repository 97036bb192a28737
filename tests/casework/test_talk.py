"""The owner's side of the desk: what opens a case, what staff see, what goes to them, and what is left afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.casework.cases import claim, close, current
from bot.casework.words import Words, answer, note
from bot.channels.commands import chat
from bot.conversation.heard import Heard, Reading
from bot.conversation.world import World
from bot.desk.model import Ended, Reason
from bot.service import Advisor
from bot.storage.desk.cases import cases_of, pack_of
from bot.storage.desk.people import dismiss
from bot.storage.desk.tables import banks
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from nlu.uploads.kinds import Kind
from tests.casework.desks import ICBC, NOW, people
from tests.casework.talks import OWNER, Talk, buttons, talk, talk_at, texts
from tests.conversation.scenarios import ScriptedNlu

SHOP = "我在福州开餐馆三年了，去年营业额280万，想借50万装修"


def asked(talking: Talk, button: str = "o:show:general") -> Talk:
    """The owner has told of the shop, asked for a person and tapped."""
    talking.say(SHOP, "state_facts")
    talking.say("想找人问问利息", "ask_human")
    talking.press(button)
    return talking


# -- what opens a case -----------------------------------------------------------------------------------------------------------

AT_ONCE = [("客户欠钱不还，贷款还不上了", "report_hardship", Reason.HARDSHIP), ("你们太差了，我要投诉", "complain", Reason.COMPLAINT)]
OFFERED = [
    ("对方让我先交两千块保证金才放款，是骗子吗", "ask_scam_check", Reason.SCAM),
    ("银行重复扣了我两个月的利息", "ask_why", Reason.DISPUTE),
    ("they charged me twice for the same fee", "ask_why", Reason.DISPUTE),
]


@pytest.mark.parametrize(("text", "intent", "reason"), AT_ONCE)
def test_what_cannot_wait_goes_to_a_person_at_once(store: Store, world: World, text: str, intent: str, reason: Reason) -> None:
    talking = talk(store, world)
    told = talking.say(text, intent)
    case = talking.case()
    assert (case.reason, case.question, case.bank) == (reason, text, "general")
    assert told.dialogue.with_person is False
    assert buttons(told)[-3:] == ["o:show:general", "o:back", "o:cancel"]
    assert ("opened", case.id, "general") in talking.at.shown.calls


@pytest.mark.parametrize(("text", "intent", "reason"), OFFERED)
def test_what_the_advisor_should_not_answer_alone_is_offered(store: Store, world: World, text: str, intent: str, reason: Reason) -> None:
    talking = talk(store, world)
    assert "o:open" in buttons(talking.say(text, intent))
    talking.press("o:open")
    talking.press("o:words:general")
    assert (talking.case().reason, talking.case().question) == (reason, text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("放款要多久，正规吗", "ask_scam_check"),
        ("今年多收了20万货款", "state_facts"),
        ("为什么说我负债高", "ask_why"),
        ("利息怎么算", "ask_repayment"),
    ],
)
def test_an_ordinary_question_offers_nobody(store: Store, world: World, text: str, intent: str) -> None:
    assert "o:open" not in buttons(talk(store, world).say(text, intent))


def test_not_understood_twice_a_person_is_offered(store: Store, world: World) -> None:
    talking = talk(store, world)
    assert "o:open" not in buttons(talking.say("嗯哼哈", None))
    assert "o:open" in buttons(talking.say("咕噜咕噜", None))
    talking.press("o:open")
    talking.press("o:words:general")
    assert (talking.case().reason, talking.case().question) == (Reason.UNSURE, "咕噜咕噜")


def test_a_lender_with_people_here_is_offered_with_its_product(store: Store, world: World) -> None:
    talking = talk(store, world)
    product = next(entry for entry in world.pack.entries.values() if entry.provider and entry.provider.lender == ICBC.id)
    talking.press(f"n:{product.id}")
    offered = talking.say("就办这个", "apply")
    assert "工商银行" in texts(offered)
    talking.press("o:open")
    talking.press(f"o:words:{ICBC.id}")
    assert (talking.case().bank, talking.case().about) == (ICBC.id, product.id)


@pytest.mark.parametrize(("text", "intent"), [("我想找真人", "ask_human"), *((text, intent) for text, intent, _ in [*AT_ONCE, *OFFERED])])
def test_where_nobody_is_set_up_nobody_waits(world: World, store: Store, text: str, intent: str) -> None:
    talking = talk(store, world)
    with store.begin() as connection:
        connection.execute(update(banks).values(active=False))
    told = talking.say(text, intent)
    assert not any(button.startswith("o:") for button in buttons(told))
    assert told.dialogue.case is None
    if intent == "ask_human":
        assert "还没接上" in texts(told)


# -- what staff see --------------------------------------------------------------------------------------------------------------


def test_with_consent_staff_see_the_file_with_where_it_comes_from(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    with store.begin() as connection:
        pack = pack_of(connection, talking.case().id)
    revenue = next(fact for fact in pack["facts"] if fact["name"] == "annual_revenue")
    assert (revenue["value"], revenue["source"], revenue["as_of"]) == (2800000, "said", "2026-11-26")
    assert revenue["text"] == {"zh": "280万元", "en": "CNY 2.8 million"}
    assert pack["scope"] == {"file": True, "on": "2026-11-26"}
    assert pack["score"]["grade"] in "ABCDE"
    assert {match["status"] for match in pack["matches"]} <= {"eligible", "unknown"}
    assert [turn["owner"] for turn in pack["transcript"]][:2] == [SHOP, "想找人问问利息"]
    assert json.loads(json.dumps(pack)) == pack


def test_without_consent_staff_see_the_words_and_nothing_else(store: Store, world: World) -> None:
    talking = asked(talk(store, world), "o:words:general")
    with store.begin() as connection:
        pack = pack_of(connection, talking.case().id)
        assert pack == {"version": 1, "scope": {"file": False, "on": None}, "language": "zh"}
    shown = talking.press("o:show:general")
    assert "现在能看到" in texts(shown)
    with store.begin() as connection:
        assert pack_of(connection, talking.case().id)["scope"]["file"] is True


def test_where_nothing_was_told_only_the_conversation_is_spoken_of(store: Store, world: World) -> None:
    talking = talk(store, world)
    consent = talking.say("转人工", "ask_human")
    assert "最近的对话" in texts(consent)
    assert "0 条" not in texts(consent)
    talking.press("o:words:general")
    assert "0 条" not in texts(talking.press("o:show:general"))
    with store.begin() as connection:
        assert [turn["owner"] for turn in pack_of(connection, talking.case().id)["transcript"]] == ["转人工", None]


def test_consent_is_asked_once_for_each_bank(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    talking.press("o:cancel")
    again = talking.say("再找一下人", "ask_human")
    assert "编号 2" in texts(again)
    talking.press("o:other")
    moved = talking.press(f"o:move:{ICBC.id}")
    assert f"o:show:{ICBC.id}" in buttons(moved)
    with store.begin() as connection:
        assert pack_of(connection, talking.case().id)["scope"]["file"] is False


def test_what_was_said_to_one_bank_is_not_passed_on_to_another(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    talking.say("只跟综合服务台说的话")
    with store.begin() as connection:
        answer(connection, talking.at.desk, talking.case(), talking.at.clerk, Words("综合服务台答的话"), NOW)
        close(connection, talking.at.desk, current(connection, 1), talking.at.clerk, NOW)
    talking.press("o:again:1")
    talking.press("o:other")
    talking.press(f"o:move:{ICBC.id}")
    talking.press(f"o:show:{ICBC.id}")
    with store.begin() as connection:
        pack = pack_of(connection, talking.case().id)
    assert (talking.case().bank, pack["scope"]["file"]) == (ICBC.id, True)
    told = json.dumps(pack, ensure_ascii=False)
    assert SHOP in told, "the talk with the advisor goes along"
    assert [words in told for words in ("只跟综合服务台说的话", "综合服务台答的话")] == [False, False]


def test_a_tap_for_one_bank_opens_nothing_at_another(store: Store, world: World) -> None:
    talking = talk(store, world)
    talking.say("找个人", "ask_human")
    stale = talking.press(f"o:show:{ICBC.id}")
    assert "过期" in texts(stale)
    assert stale.dialogue.case is None


# -- words and files -------------------------------------------------------------------------------------------------------------


def test_what_is_written_goes_to_the_case_and_the_advisor_keeps_quiet(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    assert talking.say("去年营业额其实是300万", "state_facts").replies == ()
    with store.begin() as connection:
        [said] = said_in(connection, talking.case().id)
    assert (said.author, said.text, said.chat, said.message) == ("owner", "去年营业额其实是300万", 7, 3)
    assert talking.advisor.dialogue_of(OWNER).firm["annual_revenue"] == 2800000


def test_somebody_in_despair_is_met_by_the_advisor_as_well(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    assert "12356" in texts(talking.say("我真的不想活了", "report_hardship"))
    with store.begin() as connection:
        assert [one.text for one in said_in(connection, talking.case().id)] == ["我真的不想活了"]


def test_files_go_by_telegrams_id_and_elsewhere_by_name(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    album = Heard(text="流水", file="a.pdf", origin=talking.origin("F1", "document"))
    second = replace(album, text=None, file="b.pdf", origin=replace(talking.origin("F2", "document"), message=99))
    assert talking.does(replace(album, more=(second,))).replies == ()
    assert talking.does(Heard(unread="voice", origin=replace(talking.origin("F3", "voice"), message=100))).replies == ()
    named = talking.does(Heard(file="c.xlsx", reading=Reading(Kind.XLSX, 9)))
    assert "文件名" in texts(named)
    with store.begin() as connection:
        files = [(one.text, one.file.name, one.file.kind, one.file.file_id) for one in said_in(connection, talking.case().id) if one.file]
    assert files == [
        ("流水", "a.pdf", "document", "F1"),
        (None, "b.pdf", "document", "F2"),
        (None, "voice", "voice", "F3"),
        (None, "c.xlsx", "xlsx", None),
    ]


def test_an_edit_changes_what_staff_see_also_while_the_advisor_is_asked(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    talking.say("要抵压吗")
    origin = talking.origin()
    talking.press("o:aside")
    edited = talking.does(Heard(text="要抵押吗", edited=True, origin=origin))
    assert edited.replies == ()
    with store.begin() as connection:
        [said] = said_in(connection, talking.case().id)
    assert (said.text, said.edited_at) == ("要抵押吗", NOW)
    assert ("amended", talking.case().id, "要抵押吗") in talking.at.shown.calls


def test_commands_and_buttons_are_always_the_advisors(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    assert "6 条" in texts(talking.say("/privacy"))
    assert talking.press("m").replies != ()
    with store.begin() as connection:
        assert said_in(connection, talking.case().id) == []


def test_starting_over_leaves_the_open_case(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    talking.say("/restart")
    dialogue = talking.advisor.dialogue_of(OWNER)
    assert (dialogue.case, dialogue.bank, dialogue.with_person) == (talking.case().id, "general", True)


# -- staff in between ------------------------------------------------------------------------------------------------------------


def test_who_presses_withdraw_on_a_case_that_staff_just_closed_is_told_so(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    with store.begin() as connection:
        close(connection, talking.at.desk, talking.case(), talking.at.clerk, NOW)
    assert "过期" in texts(talking.press("o:cancel"))
    with store.begin() as connection:
        assert [case.outcome for case in cases_of(connection, OWNER)] == [Ended.ANSWERED]


def test_a_claim_between_two_taps_does_not_keep_the_owner_from_withdrawing(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    with store.begin() as connection:
        claim(connection, talking.at.desk, talking.case(), talking.at.clerk, NOW)
    talking.press("o:cancel")
    with store.begin() as connection:
        assert [case.outcome for case in cases_of(connection, OWNER)] == [Ended.CANCELLED]


def test_a_button_of_somebody_elses_case_changes_nothing(store: Store, world: World) -> None:
    mine = asked(talk(store, world))
    with store.begin() as connection:
        ended = close(connection, mine.at.desk, mine.case(), mine.at.clerk, NOW)
    other = talk_at(mine.at, world, "tg:8")
    other.say(SHOP, "state_facts")
    for button in (f"o:rate:{ended.id}:1", f"o:again:{ended.id}"):
        assert "过期" in texts(other.press(button))
    with store.begin() as connection:
        assert current(connection, ended.id) == ended


def test_a_dismissed_members_answer_can_still_be_read(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    with store.begin() as connection:
        answer(connection, talking.at.desk, talking.case(), talking.at.clerk, Words("可以"), NOW)
        dismiss(connection, talking.at.clerk.id)
        assert [one.text for one in said_in(connection, talking.case().id)] == ["可以"]


# -- to take along and to erase --------------------------------------------------------------------------------------------------


def test_the_export_has_the_cases_without_the_staffs_notes(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    talking.say("要抵押吗")
    with store.begin() as connection:
        note(connection, talking.at.desk, talking.case(), talking.at.clerk, Words("内部的话"), NOW)
        answer(connection, talking.at.desk, talking.case(), talking.at.clerk, Words("不用"), NOW + timedelta(minutes=5))
    exported = talking.say("/export")
    [file] = [file for reply in exported.replies for file in reply.files]
    everything = json.loads(file.content)
    [case] = everything["cases"]
    assert [(one["by"], one["text"]) for one in case["said"]] == [("owner", "要抵押吗"), ("staff", "不用")]
    assert (case["bank"], case["reason"], case["question"]) == ("general", "asked", "想找人问问利息")
    assert "内部的话" not in file.content.decode()
    assert (everything["referrals"], everything["looks"]) == ([], [])


def test_erasing_takes_the_cases_and_their_topics(store: Store, world: World) -> None:
    talking = asked(talk(store, world))
    number = talking.case().id
    talking.say("/delete")
    talking.press("x:yes")
    assert talking.at.shown.calls[-1] == ("erased", number, "general")
    with store.begin() as connection:
        assert cases_of(connection, OWNER) == []


# -- where nothing can be brought ------------------------------------------------------------------------------------------------


async def test_over_json_lines_an_answer_comes_with_the_next_line(store: Store, world: World) -> None:
    at = people(store)
    nlu = ScriptedNlu()
    nlu.intent = "complain"
    advisor = Advisor(store, world, nlu, lambda: NOW)
    first = await chat(advisor, {"owner": "1", "text": "我要投诉"})
    assert any("编号 1" in reply["text"] for reply in first["replies"])
    with store.begin() as connection:
        [case] = cases_of(connection, "json:1")
        answer(connection, at.desk, case, at.clerk, Words("对不起，我来处理"), NOW)
    quiet = await chat(advisor, {"owner": "1", "text": "快一点"})
    assert quiet["replies"][0] == {"text": "综合服务台 李经理：\n对不起，我来处理", "buttons": [], "files": []}
    assert (await chat(advisor, {"owner": "1", "text": "在等"}))["replies"] == []
