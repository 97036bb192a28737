"""Topics of a forum: where a message lands, and what people and the bot can do with topics."""

from __future__ import annotations

import pytest

from bot.simulator.groups import Group
from bot.simulator.people import NotThere, Person
from bot.simulator.refusals import Refusal
from bot.simulator.state import Json, Topic
from tests.simulator.local import Local


@pytest.fixture
def person(local: Local) -> Person:
    return local.world.person("Wang")


@pytest.fixture
def forum(local: Local, person: Person) -> Group:
    made = local.world.group("Staff", person, forum=True)
    made.add_bot()
    return made


@pytest.fixture
def topic(forum: Group) -> Topic:
    return forum.topic("Case 1")


async def sent(local: Local, chat: int, **values: object) -> Json:
    made: Json = await local.result("sendMessage", chat_id=chat, text="x", **values)
    return made


def in_general(message: Json) -> bool:
    return "message_thread_id" not in message and "is_topic_message" not in message


async def test_a_message_lands_in_its_topic_and_without_a_number_in_general(local: Local, forum: Group, topic: Topic) -> None:
    message = await sent(local, forum.id, message_thread_id=topic.id)
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
    assert in_general(await sent(local, forum.id))


async def test_an_answer_to_a_message_of_a_deleted_topic_lands_in_general_if_that_is_wanted(
    local: Local, person: Person, forum: Group, topic: Topic
) -> None:
    asked = person.write("?", chat=forum.id, thread=topic.id)
    forum.delete_topic(topic)
    answer: Json = {"message_id": asked.id}
    with pytest.raises(AssertionError, match="message to be replied not found"):
        await sent(local, forum.id, reply_parameters=answer)
    assert in_general(await sent(local, forum.id, reply_parameters={**answer, "allow_sending_without_reply": True}))
    with pytest.raises(AssertionError, match="message thread not found"):
        await sent(local, forum.id, message_thread_id=topic.id, reply_parameters={**answer, "allow_sending_without_reply": True})


async def test_in_a_group_without_topics_the_number_of_a_topic_means_nothing(local: Local, forum: Group, topic: Topic) -> None:
    forum.chat.is_forum = False
    assert in_general(await sent(local, forum.id, message_thread_id=topic.id))


async def test_typing_into_a_deleted_topic_is_taken_without_a_word(local: Local, forum: Group, topic: Topic) -> None:
    forum.delete_topic(topic)
    assert await local.result("sendChatAction", chat_id=forum.id, action="typing", message_thread_id=topic.id)


async def test_a_message_for_a_deleted_topic_goes_astray_if_that_is_ordered(local: Local, forum: Group, topic: Topic) -> None:
    forum.delete_topic(topic)
    local.world.faults.astray(method="sendMessage")
    assert in_general(await sent(local, forum.id, message_thread_id=topic.id))
    assert await local.refusal("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic.id) == (
        400,
        "Bad Request: message thread not found",
    )


async def test_answers_outside_of_topics_carry_the_first_message_as_their_thread(local: Local, person: Person, forum: Group) -> None:
    first = person.write("1", chat=forum.id)
    second = person.write("2", chat=forum.id, reply_to=first.id)
    person.write("3", chat=forum.id, reply_to=second.id)
    chain = [update["message"] for update in await local.result("getUpdates", offset=-2)]
    assert [message["message_thread_id"] for message in chain] == [first.id, first.id]
    assert all("is_topic_message" not in message for message in chain)


async def test_people_change_topics_and_the_bot_hears_of_it(local: Local, forum: Group, topic: Topic) -> None:
    await local.result("getUpdates", offset=-1)
    local.world.updates.drop()
    forum.rename_topic(topic, "Case 2")
    forum.close_topic(topic)
    with pytest.raises(Refusal, match="TOPIC_NOT_MODIFIED"):
        forum.close_topic(topic)
    forum.reopen_topic(topic)
    messages = [update["message"] for update in await local.result("getUpdates")]
    assert [message["message_thread_id"] for message in messages] == [topic.id] * 3
    assert messages[0]["forum_topic_edited"] == {"name": "Case 2"}
    assert ["forum_topic_closed" in messages[1], "forum_topic_reopened" in messages[2]] == [True, True]


async def test_general_is_hidden_closed_and_opened_again(local: Local, person: Person, forum: Group) -> None:
    member = local.world.person("Li")
    forum.add(member)
    await local.result("hideGeneralForumTopic", chat_id=forum.id)
    assert (forum.chat.general.hidden, forum.chat.general.closed) == (True, True)
    with pytest.raises(NotThere, match="closed"):
        member.write("x", chat=forum.id)
    person.write("the creator may", chat=forum.id)
    await local.result("unhideGeneralForumTopic", chat_id=forum.id)
    assert (forum.chat.general.hidden, forum.chat.general.closed) == (False, True), "it stays closed"
    await local.result("hideGeneralForumTopic", chat_id=forum.id)
    await local.result("reopenGeneralForumTopic", chat_id=forum.id)
    assert (forum.chat.general.hidden, forum.chat.general.closed) == (False, False)
    member.write("x", chat=forum.id)
    await local.result("editGeneralForumTopic", chat_id=forum.id, name="Everything")
    told = [seen.kind for seen in person.sees(forum.id) if seen.from_bot]
    hidden, shown = "general_forum_topic_hidden", "general_forum_topic_unhidden"
    assert told == [hidden, shown, hidden, "forum_topic_reopened", "forum_topic_edited"]
    with pytest.raises(Refusal, match="TOPIC_ID_INVALID"):
        forum.delete_topic(forum.chat.general)
