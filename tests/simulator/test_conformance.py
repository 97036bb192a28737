"""Every method, called raw and through the library: answers have all the Bot API promises, and nothing it does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeChat, InputMediaPhoto, ReplyParameters

from bot.simulator import schema
from bot.simulator.api import IMPLEMENTED
from bot.simulator.files import picture
from bot.simulator.groups import Group
from bot.simulator.people import Person
from bot.simulator.state import Message, Query, Topic
from tests.simulator.local import Local

Json = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """What there is before a call: a person with a message of the bot, a file and a pressed button; a forum with a topic."""

    local: Local
    person: Person
    message: Message
    file: Message
    own_file: Message
    query: Query
    group: Group
    topic: Topic


@pytest.fixture
async def stage(local: Local) -> Stage:
    world = local.world
    person = world.person("李明", last_name="Li", username="liming")
    person.start()
    button = {"inline_keyboard": [[{"text": "是", "callback_data": "yes"}]]}
    chat = world.chats[person.id]
    await local.result("sendMessage", chat_id=person.id, text="Ready?", reply_markup=button)
    file = person.send_document(b"rows", "表.csv")
    await local.result("sendDocument", chat_id=person.id, document=file.content["document"]["file_id"], caption="old")
    group = world.group("Market", person, forum=True)
    group.add_bot()
    topic = group.topic("Loans")
    messages = list(chat.messages.values())
    return Stage(local, person, messages[1], file, messages[3], person.press("是"), group, topic)


KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "url": "https://example.org/"}]]}
Given = Callable[[Stage], Json]

#: The parameters of a raw call, and what the library needs instead where it has objects of its own.
CASES: dict[str, tuple[Given, Given | None]] = {
    "getMe": (lambda s: {}, None),
    "getUpdates": (lambda s: {"limit": 10, "allowed_updates": ["message", "callback_query"]}, None),
    "setWebhook": (lambda s: {"url": "", "secret_token": "abc", "max_connections": 3}, None),
    "deleteWebhook": (lambda s: {"drop_pending_updates": True}, None),
    "getWebhookInfo": (lambda s: {}, None),
    "sendMessage": (
        lambda s: {
            "chat_id": s.person.id, "text": "<b>hi</b> there", "parse_mode": "HTML", "reply_markup": KEYBOARD,
            "reply_parameters": {"message_id": s.message.id, "quote": "Ready"}, "protect_content": True,
        },
        lambda s: {
            "chat_id": s.group.id, "text": "<b>hi</b>", "parse_mode": "HTML", "message_thread_id": s.topic.id,
            "reply_parameters": ReplyParameters(s.topic.id),
        },
    ),
    "sendDocument": (lambda s: {"chat_id": s.person.id, "document": s.file.content["document"]["file_id"], "caption": "*"},
                     lambda s: {"chat_id": s.group.id, "document": b"abc", "filename": "表.txt", "caption": "x"}),
    "sendPhoto": (lambda s: {"chat_id": s.person.id, "photo": s.person.send_photo().content["photo"][-1]["file_id"], "has_spoiler": True},
                  lambda s: {"chat_id": s.person.id, "photo": picture(), "show_caption_above_media": True, "caption": "x"}),
    "sendMediaGroup": (
        lambda s: {"chat_id": s.person.id, "media": [{"type": "document", "media": s.file.content["document"]["file_id"]}] * 2},
        lambda s: {"chat_id": s.person.id, "media": [InputMediaPhoto(picture(), "one"), InputMediaPhoto(picture(40, 30))]},
    ),
    "sendChatAction": (lambda s: {"chat_id": s.person.id, "action": "typing"}, None),
    "copyMessage": (lambda s: {"chat_id": s.group.id, "from_chat_id": s.person.id, "message_id": s.file.id, "caption": "new"}, None),
    "forwardMessage": (lambda s: {"chat_id": s.group.id, "from_chat_id": s.person.id, "message_id": s.file.id}, None),
    "editMessageText": (lambda s: {"chat_id": s.person.id, "message_id": s.message.id, "text": "Go", "reply_markup": KEYBOARD},
                        lambda s: {"chat_id": s.person.id, "message_id": s.message.id, "text": "*Go*", "parse_mode": "MarkdownV2"}),
    "editMessageCaption": (lambda s: {"chat_id": s.person.id, "message_id": s.own_file.id, "caption": "raw"},
                           lambda s: {"chat_id": s.person.id, "message_id": s.own_file.id, "caption": "lib"}),
    "editMessageMedia": (
        lambda s: {"chat_id": s.person.id, "message_id": s.own_file.id,
                   "media": {"type": "document", "media": s.file.content["document"]["file_id"]}},
        lambda s: {"chat_id": s.person.id, "message_id": s.message.id, "media": InputMediaPhoto(picture(), "one")},
    ),
    "editMessageReplyMarkup": (lambda s: {"chat_id": s.person.id, "message_id": s.message.id, "reply_markup": KEYBOARD},
                               lambda s: {"chat_id": s.person.id, "message_id": s.message.id}),
    "deleteMessage": (lambda s: {"chat_id": s.person.id, "message_id": s.message.id},
                      lambda s: {"chat_id": s.person.id, "message_id": s.file.id}),
    "deleteMessages": (lambda s: {"chat_id": s.person.id, "message_ids": [s.message.id, 999]}, None),
    "answerCallbackQuery": (lambda s: {"callback_query_id": s.query.id, "text": "Noted", "show_alert": True},
                            lambda s: {"callback_query_id": s.person.press_stale(s.message, "yes").id}),
    "getFile": (lambda s: {"file_id": s.file.content["document"]["file_id"]}, None),
    "createForumTopic": (lambda s: {"chat_id": s.group.id, "name": "New", "icon_color": 16766590}, None),
    "editForumTopic": (lambda s: {"chat_id": s.group.id, "message_thread_id": s.topic.id, "name": "Raw"},
                       lambda s: {"chat_id": s.group.id, "message_thread_id": s.topic.id, "name": "Library"}),
    "closeForumTopic": (lambda s: {"chat_id": s.group.id, "message_thread_id": s.topic.id},
                        lambda s: {"chat_id": s.group.id, "message_thread_id": s.group.topic("Second").id}),
    "reopenForumTopic": (lambda s: {"chat_id": s.group.id, "message_thread_id": closed(s)},
                         lambda s: {"chat_id": s.group.id, "message_thread_id": closed(s)}),
    "deleteForumTopic": (lambda s: {"chat_id": s.group.id, "message_thread_id": s.topic.id},
                         lambda s: {"chat_id": s.group.id, "message_thread_id": s.group.topic("Second").id}),
    "editGeneralForumTopic": (lambda s: {"chat_id": s.group.id, "name": "Everything"}, None),
    "closeGeneralForumTopic": (lambda s: {"chat_id": s.group.id}, None),
    "reopenGeneralForumTopic": (lambda s: {"chat_id": hidden(s)}, None),
    "hideGeneralForumTopic": (lambda s: {"chat_id": s.group.id}, None),
    "unhideGeneralForumTopic": (lambda s: {"chat_id": hidden(s)}, None),
    "setMyCommands": (
        lambda s: {"commands": [{"command": "start", "description": "Start"}], "scope": {"type": "chat", "chat_id": s.person.id}},
        lambda s: {"commands": [BotCommand("start", "开始")], "language_code": "zh", "scope": BotCommandScopeChat(s.person.id)},
    ),
    "getMyCommands": (lambda s: {"scope": {"type": "all_private_chats"}, "language_code": "zh"}, lambda s: {"language_code": "zh"}),
    "deleteMyCommands": (lambda s: {}, None),
    "setMyDescription": (lambda s: {"description": "Loans", "language_code": "en"}, None),
    "getMyDescription": (lambda s: {}, None),
    "pinChatMessage": (lambda s: {"chat_id": s.person.id, "message_id": s.message.id}, None),
    "unpinChatMessage": (lambda s: {"chat_id": s.person.id, "message_id": pinned(s)}, None),
    "getChat": (lambda s: {"chat_id": s.group.id}, lambda s: {"chat_id": s.person.id}),
    "getChatMember": (lambda s: {"chat_id": s.group.id, "user_id": s.person.id},
                      lambda s: {"chat_id": s.group.id, "user_id": s.local.world.bot.id}),
    "getChatAdministrators": (lambda s: {"chat_id": s.group.id}, None),
    "getChatMemberCount": (lambda s: {"chat_id": s.group.id}, None),
    "leaveChat": (lambda s: {"chat_id": s.group.id}, lambda s: {"chat_id": another(s)}),
}  # fmt: skip


def closed(stage: Stage) -> int:
    topic = stage.group.topic("Closed")
    stage.group.close_topic(topic)
    return topic.id


def hidden(stage: Stage) -> int:
    stage.group.hide_general()
    return stage.group.id


def pinned(stage: Stage) -> int:
    stage.local.world.chats[stage.person.id].pinned.append(stage.message.id)
    return stage.message.id


def another(stage: Stage) -> int:
    group = stage.local.world.group("Small", stage.person, supergroup=False)
    group.add_bot(admin=False)
    return group.id


def test_there_is_a_case_for_every_method_answered_and_each_is_described() -> None:
    assert set(CASES) == set(IMPLEMENTED) == set(schema.methods())
    assert len(IMPLEMENTED) >= 30


@pytest.mark.parametrize("method", CASES)
async def test_a_raw_answer_has_everything_the_bot_api_promises(stage: Stage, method: str) -> None:
    values = CASES[method][0](stage)
    result = await stage.local.result(method, **values)
    assert schema.problems(schema.returns(method), result, strict=True) == []
    assert leftover_free(schema.returns(method).split("|")[0], result)
    assert stage.local.world.ignored == []


@pytest.mark.parametrize("method", CASES)
async def test_the_library_understands_the_answer(stage: Stage, method: str) -> None:
    given = CASES[method][1] or CASES[method][0]
    result = await getattr(stage.local.bot, snake(method))(**given(stage))
    assert result is not None
    assert stage.local.world.calls[-1][0] == method


@pytest.mark.parametrize("method", CASES)
async def test_a_form_says_the_same_as_json(stage: Stage, method: str) -> None:
    values = CASES[method][0](stage)
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    response = await stage.local.http.post(f"{stage.local.base}/{method.lower()}", data=form)
    assert response.json()["ok"], response.text
    name, taken = stage.local.world.calls[-1]
    assert (name, {key: value for key, value in taken.items() if key != "attached"}) == (method, values)


async def test_all_people_do_reaches_the_bot_in_the_shape_of_the_bot_api(stage: Stage) -> None:
    person, world, plain = stage.person, stage.local.world, stage.local.world.group("Plain", stage.person, supergroup=False)
    world.updates.drop()
    plain.add_bot()
    other = world.person("Ann")
    plain.add(other)
    other.write("/hello@loan_advisor_bot #loan https://example.org/a me@example.org", chat=plain.id, reply_to=1)
    plain.migrate()
    person.edit(person.write("one"), "two")
    person.send_photo(caption="look")
    person.send_album([picture(), picture(20, 10)])
    person.send_sticker()
    person.send_voice()
    person.send_location(31.2, 121.5)
    person.press("是")
    world.remove(stage.message)
    person.press_stale(stage.message, "yes")
    person.block()
    person.unblock()
    person.write("in a topic", chat=stage.group.id, thread=stage.topic.id)
    person.write("answered", chat=stage.group.id, reply_to=person.write("first", chat=stage.group.id).id)
    stage.group.rename_topic(stage.topic, "Other loans")
    stage.group.close_topic(stage.topic)
    stage.group.reopen_topic(stage.topic)
    stage.group.hide_general()
    stage.group.unhide_general()
    stage.group.remove_bot()
    updates = await stage.local.result("getUpdates")
    kinds = {kind for update in updates for kind in update if kind != "update_id"}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member"}
    for update in updates:
        assert schema.problems("Update", update, strict=True) == [], update
        assert leftover_free("Update", update)


def snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)


def leftover_free(kind: str, value: Any) -> bool:
    """The library's type takes the value and knows each of its fields."""
    if isinstance(value, list):
        return all(leftover_free(kind.removeprefix("Array of "), item) for item in value)
    made = getattr(telegram, kind, None)
    return made is None or not made.de_json(value, None).api_kwargs


def test_what_the_walk_finds_missing() -> None:
    broken = {"update_id": 1, "message": {"message_id": 1, "date": 2, "chat": {"id": "x", "type": "private"}, "new": 1}}
    assert schema.problems("Update", broken, strict=True) == [
        'Field "message.new" is unknown',
        'Field "message.chat.id" must be of type Integer',
    ]
    assert schema.problems("Update", {}) == ['Can\'t find field "update_id"']
