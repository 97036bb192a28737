"""The desk on Telegram, both ways, with the real bot: topics, answers, notes, files, edits, buttons, and who may answer."""

from __future__ import annotations

from sqlalchemy import select

from bot.channels.telegram.desk.wording import staff_text
from bot.simulator.files import picture
from bot.storage.desk.canned import Canned, keep_canned
from bot.storage.desk.cases import events_of
from bot.storage.desk.tables import looks
from bot.storage.desk.words import said_in
from tests.telegram.desk_room import (
    case_for,
    in_topic,
    room_of,
    stored,
    texts_in,
    thread_of,
    told,
    until,
)
from tests.telegram.desk_scene import Scene, settled, topic


async def test_a_case_gets_a_topic_with_a_clock_in_its_title_and_buttons_under_its_first_message(scene: Scene) -> None:
    case, thread = await topic(scene)
    assert scene.room.group.chat.topics[thread].name.startswith(f"🔵 #{case} 餐饮·深圳市 ")  # the clock: see test_desk_view.py
    first = in_topic(scene.room, thread)[0]
    print(first.text)
    assert "企业：行业 餐饮，所在地 深圳市，从业人员 12人" in first.text
    assert "问题：想找人问问" in first.text
    labels = [label for row in first.buttons for label, _ in row]
    assert labels == ["我来办", "转给同事", "办结", "常用回复", "内部备注", "企业资料"]
    assert texts_in(scene.room, None) == []


async def test_words_go_both_ways_and_notes_only_one(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.owner.write("利率多少？")
    await settled(scene)
    assert texts_in(scene.room, thread)[-1] == "💬 客户：利率多少？"
    noted = scene.room.manager.write("//老客户，优先", chat=scene.room.group.id, thread=thread)
    scene.room.colleague.write("那我看看", chat=scene.room.group.id, thread=thread, reply_to=noted.id)
    scene.room.manager.write("三年期 3.85%", chat=scene.room.group.id, thread=thread)
    await settled(scene)
    assert [text for text in told(scene.owner) if "经理" in text or "小王" in text] == ["工商银行 李经理：\n三年期 3.85%"]
    with scene.store.begin() as connection:
        assert [(said.author, said.text) for said in said_in(connection, case)] == [
            ("owner", "利率多少？"),
            ("note", "老客户，优先"),
            ("note", "那我看看"),
            ("staff", "三年期 3.85%"),
        ]


async def test_an_owner_who_talks_with_the_advisor_again_answers_staff_by_replying_to_them(scene: Scene) -> None:
    case, thread = await topic(scene)
    scene.room.manager.write("请发执照", chat=scene.room.group.id, thread=thread)
    await settled(scene)
    scene.owner.press_stale(scene.owner.message(scene.owner.sees()[-1].message_id), "o:aside")
    asked = next(seen for seen in scene.owner.sees() if "请发执照" in seen.text)
    scene.owner.write("什么是LPR")
    scene.owner.write("执照明天给", reply_to=asked.message_id)
    await settled(scene)
    with scene.store.begin() as connection:
        said = [one.text for one in said_in(connection, case) if one.author == "owner"]
    assert said == ["执照明天给"]


async def test_whoever_answers_first_has_the_case(scene: Scene) -> None:
    case = case_for(scene.store, scene.owner, scene.room)
    await until(lambda: thread_of(scene.store, case) is not None)
    scene.room.colleague.write("您好", chat=scene.room.group.id, thread=thread_of(scene.store, case))
    await settled(scene)
    now_is = stored(scene.store, case)
    assert (now_is.status, now_is.assignee, now_is.turn) == ("claimed", scene.room.staff[1][1].id, "owner")
    first = next(seen for seen in in_topic(scene.room, thread_of(scene.store, case)) if seen.from_bot)
    assert "小王在办" in first.text


async def test_edits_follow_to_the_other_side(scene: Scene) -> None:
    _, thread = await topic(scene)
    written = scene.room.manager.write("3.58%", chat=scene.room.group.id, thread=thread)
    await settled(scene)
    scene.room.manager.edit(written, "3.85%")
    await settled(scene)
    assert told(scene.owner) == ["工商银行 李经理：\n3.85%"]
    said = scene.owner.write("好的，谢谢")
    await settled(scene)
    scene.owner.edit(said, "好的，多谢")
    await settled(scene)
    last = in_topic(scene.room, thread)[-1]
    assert (last.text, last.earlier) == ("💬 客户：好的，多谢", ("💬 客户：好的，谢谢",))


async def test_files_go_both_ways_and_a_set_stays_a_set(scene: Scene) -> None:
    _, thread = await topic(scene)
    group = scene.room.group.id
    scene.room.manager.send_document(b"%PDF", "合同.pdf", "合同样本", chat=group, thread=thread)
    scene.room.manager.send_album([picture(), picture()], "两张样表", chat=group, thread=thread)
    await settled(scene)
    sent = [seen for seen in scene.owner.sees() if seen.from_bot]
    assert [(seen.kind, seen.text) for seen in sent] == [
        ("document", "工商银行 李经理：\n合同样本"),
        ("photo", "工商银行 李经理：\n两张样表"),
        ("photo", ""),
    ]
    scene.owner.send_photo(picture(), "执照")
    scene.owner.send_album([picture(), picture()])
    scene.owner.write("够吗")
    await settled(scene)
    shown = [(seen.kind, seen.text) for seen in in_topic(scene.room, thread)[-4:]]
    assert shown == [("photo", "💬 客户：执照"), ("photo", "💬 客户"), ("photo", ""), ("text", "💬 客户：够吗")]


async def test_of_two_who_tap_one_has_it_and_the_other_is_told_who(scene: Scene) -> None:
    case, thread = await topic(scene)
    first = in_topic(scene.room, thread)[0]
    taps = [person.press("我来办", first.message_id, scene.room.group.id) for person in (scene.room.colleague, scene.room.manager)]
    await settled(scene)
    await until(lambda: all(scene.owner.answer_to(tap) for tap in taps))
    assert [scene.owner.answer_to(tap)["text"] for tap in taps] == [f"好，#{case} 归您了", "小王先接手了"]  # type: ignore[index]
    assert "小王在办" in in_topic(scene.room, thread)[0].text


async def test_a_case_is_given_to_a_colleague_closed_and_reopened_by_buttons(scene: Scene) -> None:
    case, thread = await topic(scene)
    group = scene.room.group.id
    for button in ("转给同事", "小王"):
        scene.room.manager.press(button, None, group)
        await settled(scene)
    assert "小王在办" in in_topic(scene.room, thread)[0].text
    refused = scene.room.manager.press("办结", None, group)  # it is the colleague's now
    await settled(scene)
    await until(lambda: scene.owner.answer_to(refused))
    assert scene.owner.answer_to(refused)["text"] == staff_text("pop_may_not", "zh")  # type: ignore[index]
    scene.room.colleague.press("办结", None, group)
    await settled(scene)
    assert scene.room.group.chat.topics[thread].closed
    assert "已办结" in told(scene.owner)[-1]
    scene.room.manager.write("还有一句", chat=group, thread=thread)
    await settled(scene)
    assert texts_in(scene.room, thread)[-1] == staff_text("not_sent_closed", "zh")
    assert "还有一句" not in "".join(told(scene.owner))
    scene.room.manager.press("重新打开", None, group)
    await settled(scene)
    assert not scene.room.group.chat.topics[thread].closed
    with scene.store.begin() as connection:
        assert [event["event"] for event in events_of(connection, case)] == ["opened", "assigned", "closed", "reopened"]


async def test_a_canned_answer_is_filled_from_the_case_and_shown_in_the_topic(scene: Scene) -> None:
    case, thread = await topic(scene)
    with scene.store.begin() as connection:
        keep_canned(connection, Canned(0, "len-icbc", "收到", "您的问题（{number}）{bank}{name}收到了，{其他}", "Got it"))
    for button in ("常用回复", "收到"):
        scene.room.manager.press(button, None, scene.room.group.id)
        await settled(scene)
    text = f"您的问题（{case}）工商银行李经理收到了，{{其他}}"
    assert told(scene.owner) == [f"工商银行 李经理：\n{text}"]
    assert texts_in(scene.room, thread)[-1] == f"↗️ 李经理答客户：{text}"


async def test_the_firms_file_comes_as_picture_and_report_and_its_owner_can_see_who_looked(scene: Scene) -> None:
    _, thread = await topic(scene)
    scene.room.manager.press("企业资料", None, scene.room.group.id)
    await settled(scene)
    assert [seen.kind for seen in in_topic(scene.room, thread)[-2:]] == ["photo", "document"]
    with scene.store.begin() as connection:
        seen = connection.execute(select(looks.c.owner_id, looks.c.staff_id, looks.c.what)).all()
    assert [tuple(row) for row in seen] == [(f"tg:{scene.owner.id}", scene.room.staff[0][1].id, "pdf")]


async def test_without_consent_there_is_no_file_to_show(scene: Scene) -> None:
    case = case_for(scene.store, scene.owner, scene.room, pack={"scope": {"file": False, "on": None}})
    await until(lambda: thread_of(scene.store, case) is not None)
    await settled(scene)
    tap = scene.room.manager.press("企业资料", None, scene.room.group.id)
    await settled(scene)
    await until(lambda: scene.owner.answer_to(tap))
    assert scene.owner.answer_to(tap)["text"] == staff_text("file_none", "zh")  # type: ignore[index]
    assert "没有同意" in in_topic(scene.room, thread_of(scene.store, case))[0].text


async def test_strangers_are_told_once_how_they_are_added_and_nothing_of_theirs_goes_to_an_owner(scene: Scene) -> None:
    _, thread = await topic(scene)
    stranger = scene.world.person("路人")
    scene.room.group.add(stranger)
    for text in ("我来答", "再答"):
        stranger.write(text, chat=scene.room.group.id, thread=thread)
    tap = stranger.press("我来办", None, scene.room.group.id)
    await settled(scene)
    await until(lambda: stranger.answer_to(tap))
    assert told(scene.owner) == []
    told_them = [text for text in texts_in(scene.room, thread) if "路人您好" in text]
    assert len(told_them) == 1
    assert str(stranger.id) in told_them[0]
    assert stranger.answer_to(tap)["text"] == staff_text("pop_stranger", "zh")  # type: ignore[index]


async def test_staff_of_another_bank_answer_nobody_here(scene: Scene) -> None:
    case, thread = await topic(scene)
    other = room_of(scene.world, scene.store, "len-abc", "农业银行")
    scene.room.group.add(other.manager)
    other.manager.write("我来答", chat=scene.room.group.id, thread=thread)
    tap = other.manager.press("我来办", None, scene.room.group.id)
    forged = other.manager.press_stale(scene.room.group.chat.messages[in_topic(scene.room, thread)[0].message_id], f"d:{case}:close")
    await settled(scene)
    await until(lambda: other.manager.answer_to(tap) and other.manager.answer_to(forged))
    assert told(scene.owner) == []
    assert {other.manager.answer_to(one)["text"] for one in (tap, forged)} == {staff_text("pop_may_not", "zh")}  # type: ignore[index]


async def test_in_general_and_in_other_topics_staff_are_told_where_answers_belong(scene: Scene) -> None:
    await topic(scene)
    group, duty = scene.room.group.id, scene.room.group.topic("值班安排")
    for text in ("利率是 3.85%", "真的"):
        scene.room.manager.write(text, chat=group)
        scene.room.manager.write(text, chat=group, thread=duty.id)
    await settled(scene)
    said = [seen.text for seen in in_topic(scene.room, None) if seen.from_bot]
    assert said == [staff_text("in_general", "zh", name="李经理")]
    assert [seen.text for seen in in_topic(scene.room, duty.id) if seen.from_bot] == [staff_text("no_case", "zh")]
    assert told(scene.owner) == []


async def test_a_group_that_is_nobodys_is_told_its_number_once(scene: Scene) -> None:
    group = scene.world.group("新群", scene.room.manager, forum=True)
    group.add_bot()
    scene.room.manager.write("在吗", chat=group.id)
    group.add_bot()
    await settled(scene)
    texts = [seen.text for seen in scene.room.manager.sees(group.id) if seen.from_bot]
    assert len(texts) == 1
    assert texts[0].startswith(f"这个群的编号是 {group.id}。")


async def test_what_cannot_be_passed_on_is_said_so(scene: Scene) -> None:
    _, thread = await topic(scene)
    scene.room.manager.send_sticker(chat=scene.room.group.id, thread=thread)
    await settled(scene)
    assert told(scene.owner) == []
    assert texts_in(scene.room, thread)[-1] == staff_text("not_sent_kind", "zh")
