"""Each refusal in Telegram's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.simulator.files import DOWNLOAD_LIMIT
from bot.simulator.groups import Group
from bot.simulator.people import Person
from bot.simulator.refusals import NOT_MODIFIED, OLD_QUERY
from bot.simulator.state import RIGHTS, Message, Topic
from tests.simulator.local import Local


@dataclass(frozen=True)
class Scene:
    """A person who wrote, a message of the bot, and a forum in which the bot is a plain member."""

    local: Local
    person: Person
    sent: Message
    forum: Group
    topic: Topic

    def without(self, right: str) -> int:
        """The forum, in which the bot is now an administrator without this right."""
        self.forum.add_bot(rights=RIGHTS - {right})
        return self.forum.id


@pytest.fixture
async def scene(local: Local) -> Scene:
    person = local.world.person("Wang")
    person.start()
    await local.result("sendMessage", chat_id=person.id, text="same")
    forum = local.world.group("Forum", person, forum=True)
    forum.add_bot(admin=False)
    return Scene(local, person, local.world.chats[person.id].messages[2], forum, forum.topic("T"))


def blocked(s: Scene) -> int:
    s.person.block()
    return s.person.id


def kicked(s: Scene) -> int:
    s.forum.remove_bot()
    return s.forum.id


def plain_group(s: Scene, kick: bool) -> int:
    group = s.local.world.group("Plain", s.person, supergroup=False)
    if kick:
        group.add_bot()
        group.remove_bot()
    return group.id


def deactivated(s: Scene) -> int:
    s.person.account.deactivated = True
    return s.person.id


def closed_topic(s: Scene) -> int:
    s.forum.close_topic(s.topic)
    return s.topic.id


def deleted_topic(s: Scene) -> int:
    s.forum.delete_topic(s.topic)
    return s.topic.id


def hidden_general(s: Scene) -> int:
    s.forum.hide_general()
    return s.forum.id


def administered(s: Scene, change: Callable[[Scene], int]) -> int:
    """The forum after a change, with the bot as an administrator."""
    change(s)
    return s.without("none")


def chain_of_answers(s: Scene) -> int:
    """The number messages carry in General that answer each other."""
    first = s.person.write("/first", chat=s.forum.id)
    answer = s.person.write("/second", chat=s.forum.id, reply_to=first.id)
    assert answer.root == first.id
    return first.id


def document(s: Scene) -> str:
    return str(s.person.send_document(b"x").content["document"]["file_id"])


def late_query(s: Scene) -> str:
    query = s.person.press_stale(s.sent, "x")
    s.local.clock.advance(61)
    return query.id


def big_file(s: Scene) -> str:
    return str(s.person.send_document(b"x" * (DOWNLOAD_LIMIT + 1)).content["document"]["file_id"])


def gone_file(s: Scene) -> str:
    file_id = str(s.person.send_document(b"x").content["document"]["file_id"])
    stored = s.local.world.files.find(file_id)
    assert stored is not None
    stored.gone = True
    return file_id


def old_message(s: Scene) -> int:
    s.local.clock.advance(48 * 3600)
    return s.sent.id


def service_message(s: Scene) -> int:
    return s.topic.id


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[fields]]}


def to(s: Scene, **more: Any) -> dict[str, Any]:
    return {"chat_id": s.person.id, "text": "x", **more}


def edit(s: Scene, **more: Any) -> dict[str, Any]:
    return {"chat_id": s.person.id, "message_id": s.sent.id, **more}


def own_topic(s: Scene, **more: Any) -> dict[str, Any]:
    return {"chat_id": s.forum.id, "message_thread_id": s.topic.id, **more}


BAD = "Bad Request: "
CASES: list[tuple[str, Callable[[Scene], dict[str, Any]], int, str]] = [
    ("sendMessage", lambda s: {"text": "x"}, 400, BAD + "chat_id is empty"),
    ("sendMessage", lambda s: {"chat_id": 5, "text": "x"}, 400, BAD + "chat not found"),
    ("sendMessage", lambda s: {"chat_id": "@nobody", "text": "x"}, 400, BAD + "chat not found"),
    ("sendMessage", lambda s: {"chat_id": s.person.id}, 400, BAD + "message text is empty"),
    ("sendMessage", lambda s: to(s, text=""), 400, BAD + "message text is empty"),
    ("sendMessage", lambda s: to(s, text=" \n "), 400, BAD + "text must be non-empty"),
    ("sendMessage", lambda s: to(s, text="<b></b>", parse_mode="HTML"), 400, BAD + "text must be non-empty"),
    ("sendMessage", lambda s: to(s, text="x" * 4097), 400, BAD + "message is too long"),
    ("sendMessage", lambda s: to(s, text="😀" * 2049), 400, BAD + "message is too long"),
    ("sendMessage", lambda s: to(s, parse_mode="Textile"), 400, BAD + "unsupported parse_mode"),
    ("sendMessage", lambda s: to(s, text="<b>x", parse_mode="HTML"), 400,
     BAD + 'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
    ("sendMessage", lambda s: to(s, text="贷<q>", parse_mode="html"), 400,
     BAD + 'can\'t parse entities: Unsupported start tag "q" at byte offset 3'),
    ("sendMessage", lambda s: to(s, entities=[{"type": "bold"}]), 400, BAD + 'can\'t parse MessageEntity: Can\'t find field "[0].offset"'),
    ("sendMessage", lambda s: to(s, entities="{"), 400, BAD + "can't parse entities JSON object"),
    ("sendMessage", lambda s: to(s, reply_markup="{"), 400, BAD + "can't parse reply keyboard markup JSON object"),
    ("sendMessage", lambda s: to(s, reply_markup="[]"), 400, BAD + "object expected as reply markup"),
    ("sendMessage", lambda s: to(s, reply_markup=button(text="x", callback_data="贷" * 22)), 400, BAD + "BUTTON_DATA_INVALID"),
    ("sendMessage", lambda s: to(s, reply_markup=button(text="x")), 400,
     BAD + "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", lambda s: to(s, reply_markup=button(text="x", url="nowhere")), 400,
     BAD + "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ("sendMessage", lambda s: to(s, reply_markup={"keyboard": [["x" * 200]] * 60}), 400, BAD + "reply markup is too long"),
    ("sendMessage", lambda s: to(s, reply_parameters={"message_id": 99}), 400, BAD + "message to be replied not found"),
    ("sendMessage", lambda s: to(s, message_thread_id=1), 400, BAD + "message thread not found"),
    ("sendMessage", lambda s: to(s, chat_id=s.forum.id, message_thread_id=deleted_topic(s)), 400, BAD + "message thread not found"),
    ("sendMessage", lambda s: to(s, chat_id=s.forum.id, message_thread_id=1), 400, BAD + "message thread not found"),
    ("sendMessage", lambda s: to(s, chat_id=s.forum.id, message_thread_id=chain_of_answers(s)), 400, BAD + "message thread not found"),
    ("sendDocument", lambda s: {"chat_id": s.forum.id, "document": document(s), "message_thread_id": deleted_topic(s)}, 400,
     BAD + "message thread not found"),
    ("copyMessage", lambda s: edit(s, from_chat_id=s.person.id, chat_id=s.forum.id, message_thread_id=deleted_topic(s)), 400,
     BAD + "message thread not found"),
    ("sendMessage", lambda s: to(s, chat_id=s.forum.id, message_thread_id=closed_topic(s)), 400, BAD + "TOPIC_CLOSED"),
    ("sendMessage", lambda s: to(s, chat_id=hidden_general(s)), 400, BAD + "TOPIC_CLOSED"),
    ("sendMessage", lambda s: to(s, chat_id=blocked(s)), 403, "Forbidden: bot was blocked by the user"),
    ("sendMessage", lambda s: to(s, chat_id=deactivated(s)), 403, "Forbidden: user is deactivated"),
    ("sendMessage", lambda s: to(s, chat_id=s.local.world.person("New").id), 403, "Forbidden: bot can't initiate conversation with a user"),
    ("sendMessage", lambda s: to(s, chat_id=kicked(s)), 403, "Forbidden: bot was kicked from the supergroup chat"),
    ("sendMessage", lambda s: to(s, chat_id=plain_group(s, kick=True)), 403, "Forbidden: bot was kicked from the group chat"),
    ("sendMessage", lambda s: to(s, chat_id=plain_group(s, kick=False)), 403, "Forbidden: bot is not a member of the group chat"),
    ("editMessageText", lambda s: edit(s, text="same"), 400, BAD + NOT_MODIFIED),
    ("editMessageText", lambda s: edit(s, text=" same "), 400, BAD + NOT_MODIFIED),
    ("editMessageText", lambda s: edit(s, message_id=99, text="x"), 400, BAD + "message to edit not found"),
    ("editMessageText", lambda s: edit(s, message_id=1, text="x"), 400, BAD + "message can't be edited"),
    ("editMessageText", lambda s: {"chat_id": s.person.id, "text": "x"}, 400, BAD + "message identifier is not specified"),
    ("editMessageCaption", lambda s: edit(s, caption="x"), 400, BAD + "there is no caption in the message to edit"),
    ("editMessageReplyMarkup", lambda s: edit(s), 400, BAD + NOT_MODIFIED),
    ("deleteMessage", lambda s: edit(s, message_id=99), 400, BAD + "message to delete not found"),
    ("deleteMessage", lambda s: edit(s, message_id=old_message(s)), 400, BAD + "message can't be deleted"),
    ("answerCallbackQuery", lambda s: {"callback_query_id": "1"}, 400, BAD + OLD_QUERY),
    ("answerCallbackQuery", lambda s: {"callback_query_id": late_query(s)}, 400, BAD + OLD_QUERY),
    ("sendDocument", lambda s: {"chat_id": s.person.id}, 400, BAD + "there is no document in the request"),
    ("sendDocument", lambda s: {"chat_id": s.person.id, "document": "??"}, 400, BAD + "wrong file identifier/HTTP URL specified"),
    ("sendDocument", lambda s: {"chat_id": s.person.id, "document": "BQAC"}, 400,
     BAD + "wrong remote file identifier specified: Wrong string length"),
    ("sendDocument", lambda s: {"chat_id": s.person.id, "document": "https://example.org/a.pdf"}, 400,
     BAD + "failed to get HTTP URL content"),
    ("sendDocument", lambda s: {"chat_id": s.person.id, "document": big_file(s), "caption": "x" * 1025}, 400,
     BAD + "message caption is too long"),
    ("sendPhoto", lambda s: {"chat_id": s.person.id, "photo": gone_file(s)}, 400,
     BAD + "wrong file_id or the file is temporarily unavailable"),
    ("sendPhoto", lambda s: {"chat_id": s.person.id, "photo": big_file(s)}, 400, BAD + "can't use file of type Document as Photo"),
    ("sendMediaGroup", lambda s: {"chat_id": s.person.id, "media": []}, 400, BAD + "there are no messages to send"),
    ("sendMediaGroup", lambda s: {"chat_id": s.person.id, "media": [{"type": "photo", "media": "attach://a"}]}, 400,
     BAD + "can't parse InputMedia: Media not found"),
    ("sendMediaGroup", lambda s: {"chat_id": s.person.id, "media": [{"type": kind, "media": "x"} for kind in ("photo", "document")]}, 400,
     BAD + "document can't be mixed with other media types"),
    ("getFile", lambda s: {"file_id": big_file(s)}, 400, BAD + "file is too big"),
    ("getFile", lambda s: {"file_id": "nothing"}, 400, BAD + "invalid file_id"),
    ("getFile", lambda s: {"file_id": gone_file(s)}, 400, BAD + "wrong file_id or the file is temporarily unavailable"),
    ("copyMessage", lambda s: edit(s, from_chat_id=s.person.id, message_id=99), 400, BAD + "message to copy not found"),
    ("copyMessage", lambda s: edit(s, from_chat_id=s.forum.id, message_id=service_message(s)), 400, BAD + "message can't be copied"),
    ("forwardMessage", lambda s: edit(s, from_chat_id=s.person.id, message_id=99), 400, BAD + "message to forward not found"),
    ("createForumTopic", lambda s: {"chat_id": s.forum.id, "name": "x"}, 400, BAD + "not enough rights to create a topic"),
    ("createForumTopic", lambda s: {"chat_id": s.person.id, "name": "x"}, 400, BAD + "chat is not a forum"),
    ("editForumTopic", lambda s: own_topic(s, name="x"), 400, BAD + "not enough rights to edit the topic"),
    ("closeForumTopic", lambda s: own_topic(s, chat_id=s.without("can_manage_topics")), 400,
     BAD + "not enough rights to close or open the topic"),
    ("reopenForumTopic", lambda s: own_topic(s, chat_id=s.without("none")), 400, BAD + "TOPIC_NOT_MODIFIED"),
    ("deleteForumTopic", lambda s: own_topic(s, message_thread_id=deleted_topic(s)), 400, BAD + "message thread not found"),
    ("deleteForumTopic", lambda s: own_topic(s), 400, BAD + "not enough rights to delete the topic"),
    ("closeGeneralForumTopic", lambda s: {"chat_id": s.forum.id}, 400, BAD + "not enough rights to manage the General topic"),
    ("closeGeneralForumTopic", lambda s: {"chat_id": s.person.id}, 400, BAD + "chat is not a forum"),
    ("closeGeneralForumTopic", lambda s: {"chat_id": administered(s, hidden_general)}, 400, BAD + "TOPIC_NOT_MODIFIED"),
    ("hideGeneralForumTopic", lambda s: {"chat_id": administered(s, hidden_general)}, 400, BAD + "TOPIC_NOT_MODIFIED"),
    ("unhideGeneralForumTopic", lambda s: {"chat_id": s.without("none")}, 400, BAD + "TOPIC_NOT_MODIFIED"),
    ("editGeneralForumTopic", lambda s: {"chat_id": s.without("none"), "name": "General"}, 400, BAD + "TOPIC_NOT_MODIFIED"),
    ("pinChatMessage", lambda s: {"chat_id": s.forum.id, "message_id": s.topic.id}, 400,
     BAD + "not enough rights to manage pinned messages in the chat"),
    ("pinChatMessage", lambda s: edit(s, message_id=99), 400, BAD + "message to pin not found"),
    ("unpinChatMessage", lambda s: edit(s), 400, BAD + "message to unpin not found"),
    ("setMyCommands", lambda s: {"commands": [{"command": "No!", "description": "x"}]}, 400, BAD + "BOT_COMMAND_INVALID"),
    ("setMyCommands", lambda s: {"commands": [{"command": "no", "description": ""}]}, 400, BAD + "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", lambda s: {"commands": "no"}, 400, BAD + "can't parse commands JSON object"),
    ("sendChatAction", lambda s: {"chat_id": s.person.id, "action": "sleeping"}, 400, BAD + "wrong parameter action in request"),
    ("getChatAdministrators", lambda s: {"chat_id": s.person.id}, 400, BAD + "there are no administrators in the private chat"),
    ("setWebhook", lambda s: {"url": "ftp://x"}, 400, BAD + "invalid webhook URL specified"),
    ("setWebhook", lambda s: {"url": "https://x.cn", "secret_token": "a b"}, 400, BAD + "secret token contains unallowed characters"),
    ("sendMessages", lambda s: {}, 404, "Not Found"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "given", "code", "words"), CASES, ids=[f"{method}: {words}" for method, _, _, words in CASES])
async def test_a_refusal_has_telegrams_words(
    scene: Scene, method: str, given: Callable[[Scene], dict[str, Any]], code: int, words: str
) -> None:
    values = given(scene)
    before = len(scene.person.sees())
    assert await scene.local.refusal(method, **values) == (code, words)
    assert len(scene.person.sees()) == before, "what is refused is not done"


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "  " + "x" * 4096 + "\n", "<b>" + "x" * 4096 + "</b>"])
async def test_what_just_fits_is_sent(scene: Scene, text: str) -> None:
    await scene.local.result(
        "sendMessage", **to(scene, text=text, parse_mode="HTML", reply_markup=button(text="x", callback_data="x" * 64))
    )


async def test_only_administrators_write_in_a_closed_topic(scene: Scene) -> None:
    thread = closed_topic(scene)
    scene.forum.add_bot(admin=True)
    await scene.local.result("sendMessage", chat_id=scene.forum.id, text="x", message_thread_id=thread)


async def test_a_group_that_became_a_supergroup_names_it(scene: Scene) -> None:
    group = scene.local.world.group("Plain", scene.person, supergroup=False)
    group.add_bot()
    new = group.migrate()
    body = await scene.local.call("sendMessage", chat_id=group.id, text="x")
    assert body["description"] == BAD + "group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new.id}
    await scene.local.result("sendMessage", chat_id=new.id, text="x")


@pytest.mark.parametrize(("token", "code", "words"), [("4711:AAwrong_0123456789abc", 401, "Unauthorized"), ("nonsense", 404, "Not Found")])
async def test_a_wrong_token(local: Local, token: str, code: int, words: str) -> None:
    for path in (f"/bot{token}/getMe", f"/file/bot{token}/documents/file_0"):
        response = await local.http.get(local.url + path)
        assert (response.status_code, response.json()) == (code, {"ok": False, "error_code": code, "description": words})


async def test_a_query_is_answered_only_once(scene: Scene) -> None:
    query = scene.person.press_stale(scene.sent, "x")
    await scene.local.result("answerCallbackQuery", callback_query_id=query.id, text="ok")
    assert scene.person.answer_to(query) == {"text": "ok"}
    assert await scene.local.refusal("answerCallbackQuery", callback_query_id=query.id) == (400, BAD + OLD_QUERY)
