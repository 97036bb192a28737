"""What updates mean, and how replies are cut and laid out for a phone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update
from telegram.constants import MessageLimit

from bot.channels.telegram.menu import COMMANDS
from bot.channels.telegram.messages import SentFile, album_of, blocked, chat_of, incoming, keyboard
from bot.conversation.heard import Heard, Origin
from bot.conversation.pieces import split
from bot.conversation.slash import slash_intent
from bot.conversation.world import World
from bot.uploads.ports import FILE_LIMIT

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
OWNER = {"id": 7, "is_bot": False, "first_name": "Li", "language_code": "zh-hans"}
CHAT = {"id": 7, "type": "private"}
FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = {**FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
PLACE = {"latitude": 26.1, "longitude": 119.3}


def update(kind: str = "message", chat: dict[str, Any] = CHAT, owner: dict[str, Any] = OWNER, **content: Any) -> dict[str, Any]:
    return {"update_id": 1, kind: {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": owner, **content}}


def units(text: str) -> int:
    return sum(2 if ord(char) > 0xFFFF else 1 for char in text)


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"text": "想借50万"}, Heard(text="想借50万")),
        ({"document": {**FILE, "file_name": "报表.xlsx"}}, Heard(file="报表.xlsx")),
        ({"document": FILE}, Heard(file="file")),
        ({"photo": [{**FILE, "width": 9, "height": 9}]}, Heard(file="photo.jpg")),
        ({"document": {**FILE, "file_name": "报表.xlsx"}, "caption": "营业额280万"}, Heard(text="营业额280万", file="报表.xlsx")),
        ({"photo": [{**FILE, "width": 9, "height": 9}], "caption": "执照"}, Heard(text="执照", file="photo.jpg")),
        ({"document": {**FILE, "file_name": "a.pdf", "file_size": FILE_LIMIT}}, Heard(file="a.pdf")),
        ({"document": {**FILE, "file_name": "a.pdf", "file_size": FILE_LIMIT + 1}}, Heard(file="a.pdf", unread="too_big")),
        ({"voice": {**FILE, "duration": 3}}, Heard(unread="voice")),
        ({"voice": {**FILE, "duration": 3}, "caption": "想贷款"}, Heard(text="想贷款", unread="voice")),
        ({"audio": {**FILE, "duration": 3}}, Heard(unread="voice")),
        ({"video": {**FILE, "width": 9, "height": 9, "duration": 3}}, Heard(unread="video")),
        ({"video_note": {**FILE, "length": 9, "duration": 3}}, Heard(unread="video")),
        ({"sticker": STICKER}, Heard(unread="sticker")),
        # Telegram repeats an animation as a document for old clients.
        ({"animation": {**FILE, "width": 9, "height": 9, "duration": 1}, "document": FILE}, Heard(unread="sticker")),
        ({"location": PLACE}, Heard(unread="location")),
        ({"location": PLACE, "venue": {"location": PLACE, "title": "市场", "address": "福州"}}, Heard(unread="location")),
        ({"contact": {"phone_number": "1", "first_name": "Li"}}, Heard(text="")),
        ({"dice": {"emoji": "🎲", "value": 3}}, Heard(text="")),
        ({"pinned_message": {"message_id": 1, "date": 1, "chat": CHAT, "text": "old"}}, None),
        ({"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}, None),
        ({}, None),
    ],
)
def test_what_a_private_message_means(content: dict[str, Any], heard: Heard | None) -> None:
    meant = incoming(Update.de_json(update(**content), None))
    assert (replace(meant.heard, origin=None) if meant else None) == heard


@pytest.mark.parametrize(
    ("content", "origin"),
    [
        ({"text": "在吗"}, Origin(7, 1)),
        ({"photo": [{**FILE, "width": 9, "height": 9}, {**FILE, "file_id": "g", "width": 90, "height": 90}]}, Origin(7, 1, "g", "photo")),
        ({"document": {**FILE, "file_name": "a.pdf"}}, Origin(7, 1, "f", "document")),
        ({"voice": {**FILE, "duration": 3}}, Origin(7, 1, "f", "voice")),
        ({"sticker": STICKER}, Origin(7, 1, "f", "sticker")),
        ({"location": PLACE}, Origin(7, 1, None, "location")),
    ],
)
def test_where_it_was_written_and_what_gives_its_file_again(content: dict[str, Any], origin: Origin) -> None:
    meant = incoming(Update.de_json(update(**content), None))
    assert meant is not None
    assert meant.heard.origin == origin
    if meant:
        assert (meant.owner, meant.chat_id, meant.language, meant.callback_id) == ("tg:7", 7, "zh", None)


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ({"document": {**FILE, "file_name": "报表.xlsx", "file_size": 7}}, SentFile("f", "报表.xlsx", 7)),
        ({"document": FILE}, SentFile("f", "file", None)),
        # Telegram offers a photo in several sizes, the smallest first.
        (
            {"photo": [{**FILE, "width": 9, "height": 9}, {"file_id": "large", "file_unique_id": "v", "width": 99, "height": 99}]},
            SentFile("large", "photo.jpg", None),
        ),
        ({"animation": {**FILE, "width": 9, "height": 9, "duration": 1}, "document": FILE}, None),
        ({"voice": {**FILE, "duration": 3}}, None),
        ({"text": "好"}, None),
    ],
)
@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_which_file_a_message_brings(content: dict[str, Any], sent: SentFile | None, kind: str) -> None:
    meant = incoming(Update.de_json(update(kind=kind, **content, **({} if "text" in content else {"caption": "去年的"})), None))
    assert meant is not None
    assert meant.sent == sent


@pytest.mark.parametrize(
    "raw",
    [
        update(chat={"id": -5, "type": "group", "title": "g"}, text="hello"),
        update(chat={"id": -100, "type": "supergroup", "title": "g"}, text="/match"),
        update(kind="edited_message", chat={"id": -5, "type": "group", "title": "g"}, text="想借50万"),
        update(kind="edited_message", location={"latitude": 26.1, "longitude": 119.3}),
        update(kind="edited_message", photo=[{**FILE, "width": 9, "height": 9}]),
        update(kind="channel_post", chat={"id": -9, "type": "channel", "title": "c"}, text="news"),
        {"update_id": 1, "poll_answer": {"poll_id": "1", "user": OWNER, "option_ids": [0], "option_persistent_ids": ["0"]}},
        {"update_id": 1, "some_kind_of_the_future": {"chat": CHAT}},
    ],
)
def test_updates_that_get_no_answer(raw: dict[str, Any]) -> None:
    assert incoming(Update.de_json(raw, None)) is None


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"text": "想借80万"}, Heard(text="想借80万", edited=True)),
        ({"document": {**FILE, "file_name": "a.pdf"}, "caption": "去年的"}, Heard(text="去年的", file="a.pdf", edited=True)),
    ],
)
def test_edited_words_are_heard_as_edited(content: dict[str, Any], heard: Heard) -> None:
    meant = incoming(Update.de_json(update(kind="edited_message", **content), None))
    assert meant is not None
    assert replace(meant.heard, origin=None) == heard


def member(status: str) -> dict[str, Any]:
    return {"user": {"id": 4711, "is_bot": True, "first_name": "A"}, "status": status} | ({"until_date": 0} if status == "kicked" else {})


@pytest.mark.parametrize(
    ("chat", "status", "is_blocked"),
    [(CHAT, "kicked", True), (CHAT, "member", False), ({"id": -5, "type": "group", "title": "g"}, "kicked", False)],
)
def test_only_an_owner_who_blocks_the_bot_blocks_it(chat: dict[str, Any], status: str, is_blocked: bool) -> None:
    change = {"chat": chat, "from": OWNER, "date": 1, "old_chat_member": member("member"), "new_chat_member": member(status)}
    told = Update.de_json({"update_id": 1, "my_chat_member": change}, None)
    assert blocked(told) is is_blocked
    assert incoming(told) is None


def test_a_message_blocks_nothing() -> None:
    assert not blocked(Update.de_json(update(text="kicked"), None))


def test_a_pressed_button_carries_its_id_and_its_query() -> None:
    query = {"id": "q9", "from": {**OWNER, "language_code": "en"}, "chat_instance": "1", "data": "m:subsidy"}
    meant = incoming(Update.de_json({"update_id": 1, "callback_query": {**query, **{"message": update()["message"]}}}, None))
    assert meant is not None
    assert (meant.heard, meant.callback_id, meant.language) == (Heard(press="m:subsidy"), "q9", "en")


@pytest.mark.parametrize(("code", "language"), [("zh-hans", "zh"), ("ZH-TW", "zh"), ("en", "en"), ("fr", "en"), (None, None)])
def test_the_language_of_their_telegram_is_a_hint(code: str | None, language: str | None) -> None:
    owner = {**OWNER, "language_code": code} if code else {key: value for key, value in OWNER.items() if key != "language_code"}
    meant = incoming(Update.de_json(update(owner=owner, text="50"), None))
    assert meant is not None
    assert meant.language == language


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (update(text="x"), 7),
        (update(kind="edited_message", text="x"), 7),
        ({"update_id": 1, "callback_query": {"id": "1", "from": OWNER, "message": {"chat": CHAT, "date": 0}}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -3}, "from": OWNER}}, -3),
        ({"update_id": 1, "callback_query": {"id": "1", "from": OWNER, "inline_message_id": "i"}}, None),
        ({"update_id": 1, "poll": {"id": "1"}}, None),
        ({"update_id": 1}, None),
    ],
)
def test_the_chat_of_any_kind_of_update(raw: dict[str, Any], chat: int | None) -> None:
    assert chat_of(raw) == chat


# -- cutting -----------------------------------------------------------------------------------------------------------------------

ODD = ["\n", "\n\n", " ", "。", ". ", "a", "word", "贷款", "😀", "👨\u200d👩\u200d👧", "\ud83d", "é", "\t"]
TEXTS = st.lists(st.sampled_from(ODD) | st.text(max_size=4), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("raw", "album"),
    [
        ({"message": {"media_group_id": "12", "photo": []}}, "12"),
        ({"message": {"text": "a"}}, None),
        ({"message": {"text": '"media_group_id"'}}, None),
        ({"edited_message": {"media_group_id": "12"}}, None),
        ({"message": {"media_group_id": 12}}, None),
        ({"message": ["media_group_id"]}, None),
    ],
)
def test_which_album_an_update_belongs_to(raw: dict[str, Any], album: str | None) -> None:
    assert album_of(json.dumps(raw)) == album


@given(TEXTS, st.integers(2, 40))
def test_pieces_fit_and_lose_nothing_visible(text: str, limit: int) -> None:
    pieces = list(split(text, limit))
    sound = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert "".join("".join(pieces).split()) == "".join(sound.split())
    for piece in pieces:
        assert 0 < units(piece) <= limit
        assert piece == piece.strip()
        piece.encode()  # a cut inside a surrogate pair could not be encoded


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50).map(str.strip).filter(bool))
def test_a_text_that_fits_stays_in_one_piece(text: str) -> None:
    assert list(split(text, 100)) == [text]


def test_cut_between_paragraphs_then_lines_then_sentences_then_words() -> None:
    assert list(split("one two\nthree\n\nfour", 16)) == ["one two\nthree", "four"]
    assert list(split("one two\nthree four", 16)) == ["one two", "three four"]
    assert list(split("先交材料。再等审批。", 8)) == ["先交材料。", "再等审批。"]
    assert list(split("one two three four", 16)) == ["one two three", "four"]
    assert list(split("x" * 20, 16)) == ["x" * 16, "x" * 4]


def test_the_limit_counts_as_telegram_does() -> None:
    assert [len(piece) for piece in split("😀" * (LIMIT // 2))] == [LIMIT // 2]
    assert [units(piece) for piece in split("a" + "😀" * (LIMIT // 2))] == [LIMIT - 1, 2]


# -- buttons -----------------------------------------------------------------------------------------------------------------------


def rows(*buttons: tuple[str, str]) -> list[list[str]]:
    made = keyboard([{"id": ident, "label": label} for ident, label in buttons])
    return [[str(button.text) for button in row] for row in made.inline_keyboard] if made else []


def test_short_labels_share_a_row() -> None:
    assert rows() == []
    assert rows(("a", "有"), ("b", "没有"), ("c", "不清楚")) == [["有", "没有"], ["不清楚"]]
    long = "看看所有能申请的补贴"
    assert rows(("a", "有"), ("b", long), ("c", "无"), ("d", "Skip")) == [["有"], [long], ["无", "Skip"]]


@pytest.mark.parametrize(
    ("ident", "kept"),
    [("n:" + "x" * 62, True), ("n:" + "x" * 63, False), ("贷" * 21, True), ("贷" * 22, False), ("", False)],
)
def test_a_button_whose_id_telegram_would_refuse_is_left_out(ident: str, kept: bool) -> None:
    assert rows((ident, "A"), ("b", "B")) == ([["A", "B"]] if kept else [["B"]])


def test_the_ids_of_all_entries_fit_into_buttons(world: World) -> None:
    assert [entry.id for entry in world.pack if len(f"n:{entry.id}".encode()) > 64] == []


def test_every_command_of_the_menu_is_understood() -> None:
    assert [command for command, _, _ in COMMANDS if slash_intent(f"/{command}") is None] == []
