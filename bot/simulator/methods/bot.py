"""The bot itself: who it is, its menu of commands, its answers to pressed buttons, and files people sent it."""

from __future__ import annotations

import json
import re

from bot.simulator import files, render
from bot.simulator.methods.common import reach
from bot.simulator.refusals import OLD_QUERY, bad
from bot.simulator.state import Json
from bot.simulator.world import QUERY_LIFETIME, World

_MOST_COMMANDS = 100


def get_me(world: World, _: Json) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": not world.privacy, "supports_inline_queries": False}
    return {**render.user(world.bot), **abilities, "can_connect_to_business": False, "has_main_web_app": False}


def _menu(world: World, values: Json) -> tuple[str, str]:
    """Where a menu of commands is kept: by scope and language."""
    scope = values.get("scope") or {"type": "default"}
    language: str = values.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    if "chat_id" in scope:
        scope = {**scope, "chat_id": reach(world, scope["chat_id"]).id}
    return json.dumps(scope, sort_keys=True), language


def set_my_commands(world: World, values: Json) -> bool:
    commands: list[Json] = values["commands"]
    if len(commands) > _MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{"command": one["command"].removeprefix("/"), "description": one["description"].strip()} for one in commands]
    world.commands[_menu(world, values)] = kept
    world.event("commands", scope=values.get("scope"), language_code=values.get("language_code", ""))
    return True


def get_my_commands(world: World, values: Json) -> list[Json]:
    return world.commands.get(_menu(world, values), [])


def delete_my_commands(world: World, values: Json) -> bool:
    world.commands.pop(_menu(world, values), None)
    return True


def set_my_description(world: World, values: Json) -> bool:
    if len(values.get("description", "")) > 512:
        raise bad("BOT_DESCRIPTION_TOO_LONG")
    world.descriptions[values.get("language_code", "")] = values.get("description", "")
    world.event("description")
    return True


def get_my_description(world: World, values: Json) -> Json:
    """In the language asked for, or else in the one for all."""
    told = world.descriptions.get(values.get("language_code", "")) or world.descriptions.get("", "")
    return {"description": told}


def answer_callback_query(world: World, values: Json) -> bool:
    query = world.queries.get(values["callback_query_id"])
    if query is None or query.answered or world.clock.now() - query.asked > QUERY_LIFETIME:
        raise bad(OLD_QUERY)
    if len(values.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    world.answers[query.id] = {name: value for name, value in values.items() if name != "callback_query_id"}
    world.event("answered", chat_id=query.message.chat_id, query_id=query.id, **world.answers[query.id])
    return True


def get_file(world: World, values: Json) -> Json:
    kept = world.files.find(values["file_id"])
    if kept is None:
        raise bad("invalid file_id")
    if kept.gone:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if kept.size > files.DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {**files.reference(kept), "file_path": kept.path}
