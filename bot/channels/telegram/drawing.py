"""What is drawn right before it is sent: the summary picture, and the rating report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.messages import keyboard
from bot.conversation.picture import picture_from_json
from bot.pictures.chart import picture_png
from bot.pictures.rating import rating_drawn

logger = logging.getLogger(__name__)


async def send_drawn(bot: Bot, chat: int, message: Mapping[str, Any], thread: int | None = None) -> Message:
    """Draw and send {"card"} or {"paper"} with its text and buttons. Raises TelegramError."""
    markup = keyboard(message.get("buttons", ()))
    if "card" in message:
        picture, name = await asyncio.to_thread(_drawn, message["card"]), message["card"]["file_name"]
        return await bot.send_photo(
            chat, picture, caption=message.get("text"), filename=name, reply_markup=markup, message_thread_id=thread
        )
    paper = message["paper"]
    await _show_uploading(bot, chat, thread)
    drawn = await asyncio.to_thread(rating_drawn, paper["sheet"], paper["form"])
    return await bot.send_document(
        chat, drawn, filename=paper["file_name"], caption=message.get("text"), reply_markup=markup, message_thread_id=thread
    )


async def _show_uploading(bot: Bot, chat_id: int, thread: int | None) -> None:
    """A sign that a file is on its way, for as long as it takes to draw; the file does not depend on it."""
    try:
        await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT, message_thread_id=thread)
    except TelegramError as error:
        logger.info("the uploading sign could not be shown: %s", type(error).__name__)


def _drawn(card: Mapping[str, Any]) -> bytes:
    return picture_png(picture_from_json(card))
