"""Changing and deleting what was sent."""

from __future__ import annotations

from bot.simulator import render
from bot.simulator.methods.albums import content_of
from bot.simulator.methods.common import caption, find_message, markup, message_text, reach, reach_to_write
from bot.simulator.refusals import NOT_MODIFIED, bad
from bot.simulator.state import Chat, Json, Message
from bot.simulator.world import World

#: A message can be deleted for so many seconds.
_DELETABLE = 48 * 3600
_MEDIA = {"document", "photo", "voice"}
_WITHOUT_CAPTION = ("caption", "caption_entities")


def _own(world: World, values: Json) -> tuple[Chat, Message]:
    """The bot's message a call means to edit."""
    if "inline_message_id" in values:
        raise bad("MESSAGE_ID_INVALID")
    if "chat_id" not in values:
        raise bad("chat_id is empty")
    if "message_id" not in values:
        raise bad("message identifier is not specified")
    chat = reach_to_write(world, values["chat_id"])
    message = find_message(chat, values["message_id"], "message to edit")
    if message.sender is not world.bot or message.forward_origin is not None:
        raise bad("message can't be edited")
    return chat, message


def _changed(world: World, chat: Chat, message: Message, content: Json, keyboard: Json | None) -> Json:
    if content == message.content and keyboard == message.markup:
        raise bad(NOT_MODIFIED)
    world.change(message, content, keyboard)
    return render.message(chat, message)


def edit_message_text(world: World, values: Json) -> Json:
    chat, message = _own(world, values)
    content, keyboard = message_text(world, values), markup(values, inline_only=True)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    return _changed(world, chat, message, content, keyboard)


def edit_message_caption(world: World, values: Json) -> Json:
    """No caption given takes the caption away."""
    chat, message = _own(world, values)
    told, keyboard = caption(world, values), markup(values, inline_only=True)
    if not message.content.keys() & _MEDIA:
        raise bad("there is no caption in the message to edit")
    rest = {name: value for name, value in message.content.items() if name not in _WITHOUT_CAPTION}
    return _changed(world, chat, message, rest | told, keyboard)


def edit_message_media(world: World, values: Json) -> Json:
    """Another picture or document, also in place of a text; in an album only one of its own kind."""
    chat, message = _own(world, values)
    item: Json = values["media"]
    if item.get("type") not in ("photo", "document"):
        raise bad("can't use the media of the specified type")  # the simulator knows no others
    if message.media_group_id is not None and item["type"] not in message.content:
        raise bad("can't change media type in the album")
    content = content_of(world, item, values.get("attached", {}))
    return _changed(world, chat, message, content, markup(values, inline_only=True))


def edit_message_reply_markup(world: World, values: Json) -> Json:
    chat, message = _own(world, values)
    return _changed(world, chat, message, message.content, markup(values, inline_only=True))


def delete_message(world: World, values: Json) -> bool:
    chat = reach(world, values["chat_id"])
    message = find_message(chat, values["message_id"], "message to delete")
    if not _deletable(world, chat, message):
        raise bad("message can't be deleted")
    world.remove(message)
    return True


def delete_messages(world: World, values: Json) -> bool:
    """Those that are not there are passed over."""
    chat = reach(world, values["chat_id"])
    numbers: list[int] = values["message_ids"]
    if not 1 <= len(numbers) <= 100:
        raise bad("too many message identifiers specified" if numbers else "message identifiers are not specified")
    found = [chat.messages[number] for number in numbers if number in chat.messages and not chat.messages[number].deleted]
    if not all(_deletable(world, chat, message) for message in found):
        raise bad("message can't be deleted")
    for message in found:
        world.remove(message)
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    if chat.is_group and world.bot_in(chat).may("can_delete_messages"):
        return "supergroup_chat_created" not in message.content
    mine = message.sender is world.bot or not chat.is_group
    return mine and world.clock.now() - message.date < _DELETABLE
