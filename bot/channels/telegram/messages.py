"""Between Telegram's objects and the advisor's: what an update means, and how a reply looks on a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType, MessageLimit

from bot.conversation.model import Heard

#: Wider labels than this get a row of their own; a phone shows about two of these side by side.
_HALF_ROW = 14


@dataclass(frozen=True)
class Incoming:
    """An update the advisor answers: who, in which chat, what they did, and the language of their Telegram."""

    owner: str
    chat_id: int
    heard: Heard
    language: str | None
    callback_id: str | None = None


def incoming(update: Update) -> Incoming | None:
    """What an update means to the advisor; None for kinds it does not answer (groups, edits, service messages)."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != ChatType.PRIVATE:
        return None
    language = _language(user.language_code)
    if update.callback_query is not None:
        query = update.callback_query
        return Incoming(f"tg:{user.id}", chat.id, Heard(press=query.data or ""), language, query.id)
    heard = _heard(update.message) if update.message is not None else None
    return Incoming(f"tg:{user.id}", chat.id, heard, language) if heard else None


def _heard(message: Message) -> Heard | None:
    if message.text is not None:
        return Heard(text=message.text)
    if message.document is not None:
        return Heard(file=message.document.file_name or "file")
    if message.photo:
        return Heard(file="photo.jpg")
    if message.sticker or message.voice or message.video or message.video_note or message.audio or message.location or message.contact:
        return Heard(text=message.caption or "")
    return None


def _language(code: str | None) -> str | None:
    if not code:
        return None
    return "zh" if code.lower().startswith("zh") else "en"


def chat_of(raw: dict[str, Any]) -> int | None:
    """The chat an update belongs to, from its raw form; order is kept within it."""
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        body = raw.get(kind)
        if isinstance(body, dict):
            holder = body.get("message") if kind == "callback_query" else body
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None


def keyboard(buttons: Sequence[dict[str, str]]) -> InlineKeyboardMarkup | None:
    """Short labels side by side, long ones on a row of their own."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        made = InlineKeyboardButton(button["label"], callback_data=button["id"])
        narrow = _width(button["label"]) <= _HALF_ROW
        if narrow and rows and len(rows[-1]) == 1 and _width(rows[-1][0].text) <= _HALF_ROW:
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows) if rows else None


def split(text: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> Iterator[str]:
    """A long text in pieces that Telegram takes, cut between paragraphs where that is possible, then lines, then anywhere."""
    rest = text
    while _length(rest) > limit:
        cut = _fits(rest, limit)
        for mark in ("\n\n", "\n"):
            at = rest.rfind(mark, 0, cut)
            if at > 0:
                cut = at
                break
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip("\n")
    if rest.strip():
        yield rest


def _length(text: str) -> int:
    """Telegram counts in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _fits(text: str, limit: int) -> int:
    """How many characters of a text fit into the limit."""
    used = 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return index
    return len(text)


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
