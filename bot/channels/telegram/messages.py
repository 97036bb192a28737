"""Between Telegram's objects and the advisor's: what an update means, and how a reply looks on a phone."""

from __future__ import annotations

import base64
import json
import logging
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, InlineKeyboardButtonLimit
from telegram.helpers import effective_message_type as message_type

from bot.conversation.heard import Heard, Origin
from bot.conversation.model import Reply
from bot.conversation.picture import picture_to_json
from bot.conversation.pieces import split
from bot.conversation.rating.sheet import paper_to_json
from bot.uploads.ports import FILE_LIMIT

logger = logging.getLogger(__name__)

#: The kinds of update this bot asks Telegram for.
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
#: Wider labels than this get a row of their own; a phone shows about two of these side by side.
_HALF_ROW = 16


@dataclass(frozen=True)
class SentFile:
    """A file that waits at Telegram: by which id it is fetched, its name, and its size in bytes if Telegram says."""

    id: str
    name: str
    size: int | None


@dataclass(frozen=True)
class Incoming:
    """An update the advisor answers: who, in which chat, what they did, the file that goes with it, and the language of their Telegram."""

    owner: str
    chat_id: int
    heard: Heard
    language: str | None
    callback_id: str | None = None
    sent: SentFile | None = None


def incoming(update: Update) -> Incoming | None:
    """What an update means to the advisor; None for kinds it does not answer (groups, service messages)."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != ChatType.PRIVATE:
        return None
    language = _language(user.language_code)
    if update.callback_query is not None:
        query = update.callback_query
        return Incoming(f"tg:{user.id}", chat.id, Heard(press=query.data or ""), language, query.id)
    message = update.edited_message or update.message
    heard = _edited(update.edited_message) if update.edited_message is not None else _heard(update.message)
    return Incoming(f"tg:{user.id}", chat.id, heard, language, sent=_sent(message)) if heard else None


def blocked(update: Update) -> bool:
    """Whether the update says that an owner blocked the bot in their private chat."""
    change = update.my_chat_member
    return change is not None and change.chat.type == ChatType.PRIVATE and change.new_chat_member.status == ChatMemberStatus.BANNED


def _edited(message: Message) -> Heard | None:
    """The new words. Edits without any, such as a moving live location, are no news."""
    heard = _heard(message)
    return replace(heard, edited=True) if heard and heard.text else None


def _heard(message: Message | None) -> Heard | None:
    """What a message brings, and where it was written."""
    heard = _content(message)
    return replace(heard, origin=_origin(message)) if heard is not None and message is not None else None


def _origin(message: Message) -> Origin:
    """The place of a message, and by what Telegram gives its file again, whether it is one to read or not."""
    attached = message.effective_attachment
    newest = attached[-1] if isinstance(attached, Sequence) and attached else attached
    kind = message_type(message) if newest is not None else None
    answers = message.reply_to_message.message_id if message.reply_to_message is not None else None
    return Origin(message.chat_id, message.message_id, getattr(newest, "file_id", None), str(kind or ""), answers)


def _content(message: Message | None) -> Heard | None:
    """Words, or something else with or without a caption; None for service messages."""
    if message is None:
        return None
    words = message.text if message.text is not None else message.caption
    sent = _sent(message)
    if sent is not None:
        return Heard(text=words, file=sent.name, unread="too_big" if (sent.size or 0) > FILE_LIMIT else None)
    unread = _unread(message)
    if unread is not None:
        return Heard(text=words, unread=unread)
    return Heard(text=words or "") if words is not None or message.effective_attachment is not None else None


def _sent(message: Message | None) -> SentFile | None:
    """The file of a message; of a photo the largest size. Telegram repeats an animation as a document, which is no file to read."""
    if message is None or message.animation is not None:
        return None
    if message.document is not None:
        return SentFile(message.document.file_id, message.document.file_name or "file", message.document.file_size)
    if message.photo:
        return SentFile(message.photo[-1].file_id, "photo.jpg", message.photo[-1].file_size)
    return None


def _unread(message: Message) -> str | None:
    """The kind of a message that is neither words nor a file, by the sentence it gets."""
    kinds = {
        "voice": (message.voice, message.audio),
        "video": (message.video, message.video_note),
        "sticker": (message.sticker, message.animation),
        "location": (message.location, message.venue),
    }
    return next((kind for kind, contents in kinds.items() if any(content is not None for content in contents)), None)


def _language(code: str | None) -> str | None:
    if not code:
        return None
    return "zh" if code.lower().startswith("zh") else "en"


def chat_of(raw: dict[str, Any]) -> int | None:
    """The chat an update of whatever kind belongs to, from its raw form; order is kept within it."""
    for body in raw.values():
        if not isinstance(body, dict):
            continue
        for holder in (body, body.get("message")):
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None


def album_of(body: str) -> str | None:
    """The set of files that a stored update belongs to, by the id that Telegram gives it; None where it came alone."""
    if '"media_group_id"' not in body:  # the usual case costs no more than this
        return None
    message = json.loads(body).get("message")
    album = message.get("media_group_id") if isinstance(message, dict) else None
    return album if isinstance(album, str) else None


def keyboard(buttons: Sequence[dict[str, str]]) -> InlineKeyboardMarkup | None:
    """Short labels side by side, long ones on a row of their own. A button Telegram would refuse is left out: the text matters more."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if not 1 <= len(button["id"].encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            logger.error("a button was left out, its id does not fit into %s bytes", int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA))
            continue
        made = InlineKeyboardButton(button["label"], callback_data=button["id"])
        narrow = _width(button["label"]) <= _HALF_ROW
        if narrow and rows and len(rows[-1]) == 1 and _width(rows[-1][0].text) <= _HALF_ROW:
            rows[-1].append(made)
        else:
            rows.append([made])
    return InlineKeyboardMarkup(rows) if rows else None


def outgoing(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """Replies as the outbox keeps them, one message each: texts in pieces, the keyboard under the last; then files; a card with its text.

    {"text", "buttons"}, or {"document": {"name", "content" in base64}}, or {"card" or "paper", "text", "buttons"}.
    """
    return [message for reply in replies for message in _messages(reply)]


def _messages(reply: Reply) -> Iterator[dict[str, Any]]:
    buttons = [{"id": button.id, "label": button.label} for button in reply.buttons]
    if reply.card is not None:
        yield {"card": picture_to_json(reply.card), "text": reply.text, "buttons": buttons}
        return
    if reply.paper is not None:
        yield {"paper": paper_to_json(reply.paper), "text": reply.text, "buttons": buttons}
        return
    pieces = list(split(reply.text))
    for number, piece in enumerate(pieces, start=1):
        yield {"text": piece, "buttons": buttons if number == len(pieces) else []}
    for item in reply.files:
        yield {"document": {"name": item.name, "content": base64.b64encode(item.content).decode()}}


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in label)
