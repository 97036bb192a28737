"""Copying and forwarding what is in one chat to another."""

from __future__ import annotations

from bot.simulator import render
from bot.simulator.methods.common import caption, find_message, reach, reach_to_write
from bot.simulator.methods.sends import send
from bot.simulator.refusals import bad
from bot.simulator.state import Json, Message
from bot.simulator.world import World

_CONTENT = {"text", "document", "photo", "sticker", "voice", "location"}


def _found(world: World, values: Json, verb: str) -> Message:
    message = find_message(reach(world, values["from_chat_id"]), values["message_id"], f"message to {verb}")
    if message.protected or not message.content.keys() & _CONTENT:
        raise bad("message can't be copied" if verb == "copy" else "message can't be forwarded")
    return message


def copy_message(world: World, values: Json) -> Json:
    """A new caption, even an empty one, takes the place of the old."""
    chat = reach_to_write(world, values["chat_id"])
    content = dict(_found(world, values, "copy").content)
    if "caption" in values and "text" not in content:
        content = {name: value for name, value in content.items() if name not in ("caption", "caption_entities")} | caption(world, values)
    return {"message_id": send(world, chat, values, content)["message_id"]}


def forward_message(world: World, values: Json) -> Json:
    chat = reach_to_write(world, values["chat_id"])
    message = _found(world, values, "forward")
    origin = {"type": "user", "date": message.date, "sender_user": render.user(message.sender)}
    return send(world, chat, values, dict(message.content), forward_origin=message.forward_origin or origin)
