"""What many methods need: the chat they mean, whether the bot may write there, formatted text and keyboards."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.simulator import render
from bot.simulator.entities import Rich, checked, cut, trimmed, units, with_found
from bot.simulator.markup_html import parse_html
from bot.simulator.markup_markdown import parse_markdown
from bot.simulator.refusals import bad, forbidden, migrated
from bot.simulator.state import Account, Chat, Json, Message
from bot.simulator.world import World

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
DATA_LIMIT, MARKUP_LIMIT = 64, 10_000


def find_chat(world: World, chat_id: int | str) -> Chat:
    """A chat by its id or its @name. Raises Refusal "chat not found"."""
    if isinstance(chat_id, int):
        found = world.chats.get(chat_id)
    else:
        named = [chat for chat in world.chats.values() if chat.username and f"@{chat.username}".lower() == chat_id.lower()]
        found = named[0] if named else None
    if found is None:
        raise bad("chat not found")
    return found


def reach(world: World, chat_id: int | str) -> Chat:
    """A chat the bot is in. Raises Refusal if it has moved, or if the bot is not in it any more."""
    chat = find_chat(world, chat_id)
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.is_group and not world.bot_in(chat).inside:
        kicked = world.bot_in(chat).status == "kicked"
        raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the {chat.type} chat")
    return chat


def reach_to_write(world: World, chat_id: int | str) -> Chat:
    """A chat the bot may send to."""
    chat = reach(world, chat_id)
    if chat.person is not None:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def need_right(world: World, chat: Chat, right: str, refused: str) -> None:
    """In a group only an administrator with the right may do some things; in a private chat the bot may."""
    if chat.is_group and not world.bot_in(chat).may(right):
        raise bad(refused)


def find_message(chat: Chat, message_id: int, called: str) -> Message:
    """Raises Refusal "message to edit not found" and the like."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad(f"{called} not found")
    return message


@dataclass(frozen=True)
class Reply:
    """Which message a new one answers, and what it quotes of it."""

    message_id: int | None = None
    quote: Json | None = None


def reply_to(chat: Chat, wanted: Json | None) -> Reply:
    """Raises Refusal if the message is not there and the sender did not say that this does not matter."""
    if not wanted:
        return Reply()
    message = chat.messages.get(wanted["message_id"])
    if message is None or message.deleted:
        if wanted.get("allow_sending_without_reply"):
            return Reply()
        raise bad("message to be replied not found")
    if not wanted.get("quote"):
        return Reply(message.id)
    text = str(message.content.get("text", message.content.get("caption", "")))
    quoted = rich(wanted["quote"], wanted.get("quote_parse_mode"), wanted.get("quote_entities"))
    if quoted.text not in text:
        raise bad("QUOTE_TEXT_INVALID")
    position = units(text[: text.index(quoted.text)])
    return Reply(message.id, {**quoted.json(), "position": position, "is_manual": True})


def rich(text: str, parse_mode: str | None, entities: list[Json] | None) -> Rich:
    """A text with what is marked in it, by a parse mode or by entities. Raises Refusal for faulty markup."""
    mode = (parse_mode or "").lower()
    if mode and mode not in ("html", "markdownv2"):
        raise bad("unsupported parse_mode")
    parsed = parse_html(text) if mode == "html" else parse_markdown(text) if mode == "markdownv2" else checked(text, entities or [])
    return trimmed(parsed)


def message_text(world: World, values: Json) -> Json:
    """Text and entities of a message. Raises Refusal if it is empty or too long."""
    if not values.get("text"):
        raise bad("message text is empty")
    parsed = rich(values["text"], values.get("parse_mode"), values.get("entities"))
    if not parsed.text:
        raise bad("text must be non-empty")
    if units(parsed.text) > TEXT_LIMIT:
        raise bad("message is too long")
    return _with_people(world, with_found(parsed)).json()


def caption(world: World, values: Json) -> Json:
    """Caption and its entities; nothing for an empty one. Raises Refusal if it is too long."""
    parsed = rich(values.get("caption", ""), values.get("parse_mode"), values.get("caption_entities"))
    if units(parsed.text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return _with_people(world, with_found(parsed)).json("caption", "caption_entities") if parsed.text else {}


def _with_people(world: World, text: Rich) -> Rich:
    """Mentions of people by id get the people's names; those of people nobody knows are dropped."""
    kept = []
    for entity in text.entities:
        if entity.type == "text_mention":
            account: Account | None = world.accounts.get(entity.extra["user"]["id"])
            if account is None:
                continue
            entity.extra["user"] = render.user(account)
        kept.append(entity)
    return Rich(text.text, tuple(kept))


def marked(text: Rich, kind: str) -> list[str]:
    """What is marked as one kind, for tests and for people."""
    return [cut(text.text, entity) for entity in text.entities if entity.type == kind]


def markup(values: Json, inline_only: bool = False) -> Json | None:
    """The keyboard of a message. Raises Refusal for one Telegram does not take."""
    wanted: Any = values.get("reply_markup")
    if wanted is None:
        return None
    if len(json.dumps(wanted, ensure_ascii=False).encode()) > MARKUP_LIMIT:
        raise bad("reply markup is too long")
    if inline_only and "inline_keyboard" not in wanted:
        raise bad("inline keyboard expected")
    for row in wanted.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    rows = [row for row in wanted.get("inline_keyboard", []) if row]
    if "inline_keyboard" in wanted:
        return {"inline_keyboard": rows} if rows else None
    return dict(wanted)


_ACTIONS = ("url", "callback_data", "web_app", "login_url", "copy_text", "callback_game", "pay")


def _check_button(button: Json) -> None:
    acts = any(button.get(name) for name in _ACTIONS) or any(name.startswith("switch_inline_query") for name in button)
    if not acts:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode("utf-8", "surrogatepass")) > DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url and not re.match(r"(tg://|(https?://)?[\w-]+(\.[\w-]+)+)", url, re.IGNORECASE):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
