"""What the control interface can let people do, from JSON to the Python interface."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from bot.simulator.groups import Group
from bot.simulator.people import NotThere, Person
from bot.simulator.state import Json, Message, Query

#: What a person can do; files come as base64 under "content", an album's under "pictures", documents as {content, name, mime}.
ACTIONS: dict[str, Callable[..., Any]] = {
    "start": Person.start,
    "write": Person.write,
    "document": Person.send_document,
    "photo": Person.send_photo,
    "album": Person.send_album,
    "documents": Person.send_documents,
    "sticker": Person.send_sticker,
    "voice": Person.send_voice,
    "location": Person.send_location,
    "press": Person.press,
    "edit": Person.edit,
    "delete": Person.delete,
    "block": Person.block,
    "unblock": Person.unblock,
}
_WITH_TOPIC = ("rename_topic", "close_topic", "reopen_topic", "delete_topic")
GROUP_ACTIONS = ("add", "add_bot", "remove", "remove_bot", "topic", *_WITH_TOPIC, "hide_general", "unhide_general", "migrate")


def act(person: Person, do: str, wanted: Json) -> Json:
    """Let a person act; answers the ids of what came of it. Raises KeyError for an unknown action, NotThere, TypeError."""
    action = ACTIONS[do]
    if "content" in wanted:
        wanted["content"] = base64.b64decode(wanted["content"])
    if "pictures" in wanted:
        wanted["pictures"] = [base64.b64decode(picture) for picture in wanted["pictures"]]
    if "documents" in wanted:
        wanted["documents"] = [(base64.b64decode(one["content"]), one["name"], one["mime"]) for one in wanted["documents"]]
    if do in ("edit", "delete"):
        wanted["message"] = person.message(wanted.pop("message_id"), wanted.pop("chat", None))
    made = action(person, **wanted)
    if isinstance(made, Message):
        return {"message_id": made.id}
    if isinstance(made, list):
        return {"message_ids": [message.id for message in made]}
    return {"query_id": made.id} if isinstance(made, Query) else {}


def act_in_group(group: Group, do: str, wanted: Json) -> Json:
    """Change a group; topics are named by their id, General's is 1."""
    if do not in GROUP_ACTIONS:
        raise KeyError(do)
    if do in _WITH_TOPIC:
        wanted["topic"] = group.chat.topic(wanted.pop("thread"))
        if wanted["topic"] is None:
            raise NotThere("no such topic")
    made = getattr(group, do)(**wanted)
    return {"id": made.id} if made is not None else {}
