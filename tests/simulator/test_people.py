"""What people see, and what the bot may see of what they do."""

from __future__ import annotations

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.simulator.files import picture, pixels
from bot.simulator.people import NotThere
from bot.simulator.state import Json
from tests.simulator.local import Local


async def heard(local: Local) -> list[Json]:
    """What the bot gets now, confirmed."""
    updates = await local.result("getUpdates")
    if updates:
        await local.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return [update.get("message", update) for update in updates]


async def test_a_conversation_as_the_person_sees_it(local: Local) -> None:
    person = local.world.person("Wang")
    person.start("ref_7")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")], [InlineKeyboardButton("Site", url="https://a.cn/")]])
    sent = await local.bot.send_message(person.id, "Ready?", reply_markup=keys)
    query = person.press("Yes")
    await local.bot.answer_callback_query(query.id, "Good")
    await local.bot.edit_message_text("Fine", person.id, sent.message_id)
    gone = await local.bot.send_message(person.id, "Oops", reply_to_message_id=1)
    await local.bot.delete_message(person.id, gone.message_id)
    await local.bot.pin_chat_message(person.id, sent.message_id)
    start, fine, oops, service = person.sees()
    assert (start.text, start.from_bot) == ("/start ref_7", False)
    assert (fine.text, fine.earlier, fine.edited, fine.pinned, fine.buttons) == ("Fine", ("Ready?",), True, True, ())
    assert (oops.text, oops.deleted, oops.reply_to) == ("Oops", True, 1)
    assert service.kind == "pinned_message"
    assert person.answer_to(query) == {"text": "Good"}
    with pytest.raises(NotThere):
        person.press("Yes")


async def test_the_reply_keyboard_stays_until_it_is_removed(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    await local.bot.send_message(person.id, "?", reply_markup=ReplyKeyboardMarkup([["贷款", "利率"], ["帮助"]]))
    await local.bot.send_message(person.id, "more")
    assert person.keyboard() == [["贷款", "利率"], ["帮助"]]
    await local.bot.send_message(person.id, "!", reply_markup=ReplyKeyboardRemove())
    assert person.keyboard() == []


async def test_a_file_goes_both_ways_and_can_be_sent_again(local: Local) -> None:
    person = local.world.person("Wang")
    person.send_document("流水".encode(), "流水.csv", "bank", "text/csv")
    (message,) = await heard(local)
    file = await local.bot.get_file(message["document"]["file_id"])
    assert (await file.download_as_bytearray()).decode() == "流水"
    assert (message["document"]["file_name"], message["document"]["mime_type"], message["caption"]) == ("流水.csv", "text/csv", "bank")
    again = await local.bot.send_document(person.id, message["document"]["file_id"])
    assert again.document is not None
    assert again.document.file_id == message["document"]["file_id"]
    back = await local.bot.send_document(person.id, b"\x00\r\n--x\xff", filename="表 1.bin")
    assert back.document is not None
    assert back.document.file_name == "表 1.bin"
    assert bytes(await (await back.document.get_file()).download_as_bytearray()) == b"\x00\r\n--x\xff"


@pytest.mark.parametrize(("width", "height", "sizes"), [(10, 20, [(10, 20)]), (640, 480, [(320, 240), (640, 480)])])
async def test_a_picture_has_its_sizes(local: Local, width: int, height: int, sizes: list[tuple[int, int]]) -> None:
    person = local.world.person("Wang")
    person.start()
    sent = await local.bot.send_photo(person.id, picture(width, height))
    assert [(size.width, size.height) for size in sent.photo] == sizes
    again = await local.bot.send_photo(person.id, sent.photo[-1].file_id)
    assert again.photo == sent.photo


def test_the_size_of_a_jpeg_and_of_no_picture() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x20\x00\x10\x01\x01\x11\x00"
    assert (pixels(jpeg), pixels(b"GIF89a\x03\x00\x04\x00"), pixels(b"\xff\xd8\xff"), pixels(b"%PDF")) == ((16, 32), (3, 4), (0, 0), (0, 0))


async def test_blocking_is_told_once_and_start_unblocks(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    person.block()
    person.block()
    person.start()
    kinds = [next(kind for kind in update if kind != "update_id") for update in await local.result("getUpdates")]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [("hello", False), ("/help", True), ("/help@loan_advisor_bot", True), ("/help@other_bot", False), ("@loan_advisor_bot hi", False)],
)
@pytest.mark.parametrize("admin", [False, True])
async def test_a_plain_member_bot_hears_only_commands(local: Local, text: str, seen: bool, admin: bool) -> None:
    person = local.world.person("Wang")
    group = local.world.group("Market", person)
    group.add_bot(admin=admin)
    await heard(local)
    person.write(text, chat=group.id)
    assert len(await heard(local)) == (seen or admin)


async def test_answers_to_the_bot_are_heard_and_strangers_cannot_write(local: Local) -> None:
    person, stranger = local.world.person("Wang"), local.world.person("Li")
    group = local.world.group("Market", person)
    group.add_bot(admin=False)
    asked = await local.result("sendMessage", chat_id=group.id, text="Who?")
    await heard(local)
    person.write("me", chat=group.id, reply_to=asked["message_id"])
    (answer,) = await heard(local)
    assert answer["reply_to_message"]["text"] == "Who?"
    with pytest.raises(NotThere):
        stranger.write("hi", chat=group.id)


async def test_a_topic_keeps_its_messages_together_and_takes_them_with_it(local: Local) -> None:
    person = local.world.person("Wang")
    forum = local.world.group("Forum", person, forum=True)
    forum.add_bot()
    made = await local.result("createForumTopic", chat_id=forum.id, name="Case 1")
    thread = made["message_thread_id"]
    await heard(local)
    person.write("in", chat=forum.id, thread=thread)
    person.write("out", chat=forum.id)
    inside, outside = await heard(local)
    assert inside["is_topic_message"] is True
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Case 1"
    assert "message_thread_id" not in outside
    sent = await local.result("sendMessage", chat_id=forum.id, text="re", reply_parameters={"message_id": inside["message_id"]})
    assert sent["message_thread_id"] == thread, "an answer is in the topic of what it answers"
    await local.result("deleteForumTopic", chat_id=forum.id, message_thread_id=thread)
    assert [seen.deleted for seen in person.sees(forum.id, thread)] == [True, True, True]
    with pytest.raises(NotThere):
        person.write("gone", chat=forum.id, thread=thread)


async def test_an_album_arrives_whole_or_not_at_all(local: Local) -> None:
    person = local.world.person("Wang")
    person.send_album([picture(), picture()], "two")
    first, second = await heard(local)
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("two", False)
    person.send_documents([(b"a", "a.csv", "text/csv"), (b"b", "b.csv", "text/csv"), (b"c", "c.pdf", "application/pdf")], "books")
    books = await heard(local)
    assert [one["document"]["file_name"] for one in books] == ["a.csv", "b.csv", "c.pdf"]
    assert len({first["media_group_id"], *(one["media_group_id"] for one in books)}) == 2
    for count in (0, 1, 11):
        with pytest.raises(NotThere):
            person.send_album([picture(2, 2)] * count)
    before = len(person.sees())
    media = [{"type": "photo", "media": first["photo"][0]["file_id"]}, {"type": "photo", "media": "nothing!"}]
    await local.refusal("sendMediaGroup", chat_id=person.id, media=media)
    assert len(person.sees()) == before


async def test_a_menu_belongs_to_its_scope_and_language(local: Local) -> None:
    await local.bot.set_my_commands([("start", "Start")])
    await local.bot.set_my_commands([("start", "开始")], language_code="zh")
    assert [one.description for one in await local.bot.get_my_commands()] == ["Start"]
    assert [one.description for one in await local.bot.get_my_commands(language_code="zh")] == ["开始"]
    await local.bot.delete_my_commands(language_code="zh")
    assert list(await local.bot.get_my_commands(language_code="zh")) == []
