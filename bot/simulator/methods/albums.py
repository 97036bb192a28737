"""Albums: two to ten pictures or documents that arrive as one."""

from __future__ import annotations

from bot.simulator import files
from bot.simulator.methods.common import caption, reach_to_write
from bot.simulator.methods.sends import document, photo, send, shown
from bot.simulator.refusals import bad
from bot.simulator.state import Json
from bot.simulator.wire import Upload
from bot.simulator.world import World


def send_media_group(world: World, values: Json) -> list[Json]:
    chat = reach_to_write(world, values["chat_id"])
    items: list[Json] = values["media"]
    if not items:
        raise bad("there are no messages to send")
    if len(items) > files.ALBUM_LIMIT:
        raise bad("too many messages to send as an album")
    kinds = {item.get("type") for item in items}
    if not kinds <= {"photo", "document"}:
        raise bad("can't use the media of the specified type in the album")
    if len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    # Everything is looked at before anything is sent, so that an album never arrives in part.
    contents = [content_of(world, item, values.get("attached", {})) for item in items]
    group = {"media_group_id": str(13_000_000_000 + world.number())} if len(items) > 1 else {}
    return [send(world, chat, values, content, **group) for content in contents]


def content_of(world: World, item: Json, attached: dict[str, Upload]) -> Json:
    """What an InputMedia stands for. Raises Refusal for other kinds than pictures and documents."""
    given: Upload | str = item["media"]
    if isinstance(given, str) and given.startswith("attach://"):
        name = given.removeprefix("attach://")
        if name not in attached:
            raise bad("can't parse InputMedia: Media not found")
        given = attached[name]
    told = caption(world, item)
    made = photo(world, given) if item["type"] == "photo" else document(world, given)
    return {**made, **told, **(shown(item) if item["type"] == "photo" else {})}
