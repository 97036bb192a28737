"""The topics of a forum."""

from __future__ import annotations

from bot.simulator import forum
from bot.simulator.methods.common import need_right, reach
from bot.simulator.refusals import bad
from bot.simulator.state import Chat, Json, Topic
from bot.simulator.world import World

_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_LONGEST_NAME = 128


def _forum(world: World, values: Json) -> Chat:
    chat = reach(world, values["chat_id"])
    if not chat.is_forum:
        raise bad("chat is not a forum")
    return chat


def _topic(world: World, values: Json, refused: str) -> tuple[Chat, Topic]:
    """Somebody may always care for the topics they opened; for others a right is needed."""
    chat = _forum(world, values)
    topic = chat.topics.get(values["message_thread_id"])
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    if topic.creator_id != world.bot.id or refused.endswith("delete the topic"):
        need_right(world, chat, "can_delete_messages" if refused.endswith("delete the topic") else "can_manage_topics", refused)
    return chat, topic


def _name(values: Json) -> str:
    name: str = values["name"].strip()
    if not name:
        raise bad("name must be non-empty")
    return name[:_LONGEST_NAME]


def create_forum_topic(world: World, values: Json) -> Json:
    chat = _forum(world, values)
    need_right(world, chat, "can_manage_topics", "not enough rights to create a topic")
    color = values.get("icon_color", _COLORS[0])
    if color not in _COLORS:
        raise bad("invalid icon color specified")
    topic = forum.open_topic(world, chat, world.bot, _name(values), color, values.get("icon_custom_emoji_id"))
    made: Json = {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}
    return made | ({"icon_custom_emoji_id": topic.icon_custom_emoji_id} if topic.icon_custom_emoji_id else {})


def edit_forum_topic(world: World, values: Json) -> bool:
    chat, topic = _topic(world, values, "not enough rights to edit the topic")
    name = _name(values) if values.get("name") else topic.name
    emoji = values.get("icon_custom_emoji_id", topic.icon_custom_emoji_id) or None
    forum.change_topic(world, chat, world.bot, topic, name, emoji)
    return True


def close_forum_topic(world: World, values: Json) -> bool:
    return _set_closed(world, values, True)


def reopen_forum_topic(world: World, values: Json) -> bool:
    return _set_closed(world, values, False)


def _set_closed(world: World, values: Json, closed: bool) -> bool:
    chat, topic = _topic(world, values, "not enough rights to close or open the topic")
    forum.close_topic(world, chat, world.bot, topic, closed)
    return True


def delete_forum_topic(world: World, values: Json) -> bool:
    chat, topic = _topic(world, values, "not enough rights to delete the topic")
    forum.drop_topic(world, chat, topic)
    return True


def _general(world: World, values: Json) -> Chat:
    chat = _forum(world, values)
    need_right(world, chat, "can_manage_topics", "not enough rights to manage the General topic")
    return chat


def edit_general_forum_topic(world: World, values: Json) -> bool:
    chat = _general(world, values)
    forum.change_topic(world, chat, world.bot, chat.general, _name(values))
    return True


def close_general_forum_topic(world: World, values: Json) -> bool:
    chat = _general(world, values)
    forum.close_topic(world, chat, world.bot, chat.general)
    return True


def reopen_general_forum_topic(world: World, values: Json) -> bool:
    """It comes into sight again, too."""
    chat = _general(world, values)
    forum.close_topic(world, chat, world.bot, chat.general, closed=False)
    return True


def hide_general_forum_topic(world: World, values: Json) -> bool:
    """It is closed with that."""
    forum.hide_general(world, _general(world, values), world.bot)
    return True


def unhide_general_forum_topic(world: World, values: Json) -> bool:
    forum.hide_general(world, _general(world, values), world.bot, hidden=False)
    return True
