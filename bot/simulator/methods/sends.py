"""Sending: text, documents, pictures, and the line that says the bot is typing."""

from __future__ import annotations

from typing import Any

from bot.simulator import files, render
from bot.simulator.forum import landing
from bot.simulator.methods.common import caption, markup, message_text, reach_to_write, reply_to
from bot.simulator.refusals import bad
from bot.simulator.state import Chat, Json, StoredFile
from bot.simulator.wire import Upload
from bot.simulator.world import World

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker",
    "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send_message(world: World, values: Json) -> Json:
    chat = reach_to_write(world, values["chat_id"])
    return send(world, chat, values, message_text(world, values))


def send_document(world: World, values: Json) -> Json:
    chat = reach_to_write(world, values["chat_id"])
    told = caption(world, values)
    return send(world, chat, values, {**document(world, values["document"]), **told})


def send_photo(world: World, values: Json) -> Json:
    chat = reach_to_write(world, values["chat_id"])
    told = caption(world, values)
    return send(world, chat, values, {**photo(world, values["photo"]), **told, **shown(values)})


def send_chat_action(world: World, values: Json) -> bool:
    chat = reach_to_write(world, values["chat_id"])
    if values["action"].lower() not in _ACTIONS:
        raise bad("wrong parameter action in request")
    world.event("action", chat_id=chat.id, action=values["action"], thread_id=values.get("message_thread_id"))
    return True


def send(world: World, chat: Chat, values: Json, content: Json, **fields: Any) -> Json:
    """Post what a method made, with what all of them share: topic, reply, keyboard, protection."""
    answered = reply_to(chat, values.get("reply_parameters"))
    keyboard = markup(values)
    thread = values.get("message_thread_id")
    if thread is None and answered.message_id is not None and chat.is_forum:
        thread = chat.messages[answered.message_id].thread_id
    placed: Json = {"thread_id": landing(world, chat, thread), "reply_to": answered.message_id, "quote": answered.quote, "markup": keyboard}
    message = world.post(chat, world.bot, content, **placed, protected=values.get("protect_content", False), **fields)
    return render.message(chat, message)


def shown(values: Json) -> Json:
    """How a picture is shown."""
    flags = {"show_caption_above_media": values.get("show_caption_above_media"), "has_media_spoiler": values.get("has_spoiler")}
    return {name: True for name, value in flags.items() if value}


def document(world: World, given: Upload | str) -> Json:
    if isinstance(given, Upload):
        kept = world.files.keep("document", given.content, given.name, given.mime)
    else:
        kept = known(world, given, "document")
    return {"document": files.document(kept)}


def photo(world: World, given: Upload | str) -> Json:
    if isinstance(given, Upload):
        return {"photo": files.photo(world.files, given.content, given.name)}
    return {"photo": world.files.sizes(known(world, given, "photo"))}


def known(world: World, given: str, kind: str) -> StoredFile:
    """A file by its id. Raises Refusal for an address too: the simulator reaches nothing outside of itself."""
    if given.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    kept = world.files.find(given)
    if kept is None:
        raise bad(
            "wrong remote file identifier specified: Wrong string length" if given.isalnum() else "wrong file identifier/HTTP URL specified"
        )
    if kept.gone:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if kept.kind != kind:
        raise bad(f"can't use file of type {kept.kind.capitalize()} as {kind.capitalize()}")
    return kept
