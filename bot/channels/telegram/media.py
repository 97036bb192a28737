"""Files that Telegram keeps, sent again by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo, Message

#: What Telegram keeps under an id of its own kind and sends with words under it; anything else goes as a document.
KINDS = ("photo", "voice", "video", "audio", "document")
_IN_SETS: Mapping[str, Any] = {"photo": InputMediaPhoto, "video": InputMediaVideo, "audio": InputMediaAudio}


async def send_media(
    bot: Bot,
    chat: int,
    files: Sequence[Mapping[str, Any]],
    caption: str | None,
    thread: int | None = None,
    markup: InlineKeyboardMarkup | None = None,
) -> tuple[Message, ...]:
    """Send files, {"kind", "file_id"}; several go as one set, which has no buttons. Raises TelegramError."""
    if len(files) > 1:
        items = [_IN_SETS.get(file["kind"], InputMediaDocument)(file["file_id"]) for file in files]
        return await bot.send_media_group(chat, items, message_thread_id=thread, caption=caption or None)
    kind, file_id = files[0]["kind"], files[0]["file_id"]
    sends = {"photo": bot.send_photo, "voice": bot.send_voice, "video": bot.send_video, "audio": bot.send_audio}
    send: Any = sends.get(kind, bot.send_document)
    return (await send(chat, file_id, caption=caption or None, message_thread_id=thread, reply_markup=markup),)
