"""Files that Telegram keeps, sent again by their ids."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardMarkup, Message


async def send_media(
    bot: Bot, chat: int, kind: str, file_id: str, caption: str | None, thread: int | None = None, markup: InlineKeyboardMarkup | None = None
) -> Message:
    """Send a file as what it is; of a kind that Telegram does not know by itself, as a document. Raises TelegramError."""
    if kind == "photo":
        return await bot.send_photo(chat, file_id, caption=caption, message_thread_id=thread, reply_markup=markup)
    if kind == "voice":
        return await bot.send_voice(chat, file_id, caption=caption, message_thread_id=thread, reply_markup=markup)
    if kind == "video":
        return await bot.send_video(chat, file_id, caption=caption, message_thread_id=thread, reply_markup=markup)
    if kind == "audio":
        return await bot.send_audio(chat, file_id, caption=caption, message_thread_id=thread, reply_markup=markup)
    return await bot.send_document(chat, file_id, caption=caption, message_thread_id=thread, reply_markup=markup)
