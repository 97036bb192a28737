"""Taking one step towards what a topic should show: the call, and what Telegram's answer means for the topic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot.channels.telegram.desk.plan import Do, Draw, Drop, Hand, Make, Rename, Reword, Say, Shut, Step
from bot.channels.telegram.drawing import send_drawn
from bot.channels.telegram.media import send_media
from bot.channels.telegram.messages import keyboard


class Trouble(StrEnum):
    """Why a step could not be taken."""

    LOST = "lost"  # the topic is not there any more
    SHUT = "shut"  # it is closed, and not by the desk
    RIGHTS = "rights"  # the group has no topics, or the bot may not make any
    REFUSED = "refused"  # this one message cannot be sent; the topic is as it was


@dataclass(frozen=True)
class Ending:
    """What became of a step: Telegram's numbers of what it made, or the trouble."""

    step: Step
    numbers: tuple[int, ...] = ()
    trouble: Trouble | None = None


class StrayedError(RuntimeError):
    """A message landed outside of its topic. It was taken back."""


async def take(bot: Bot, step: Step) -> tuple[int, ...]:
    """Take a step; gives Telegram's numbers of what it made. Raises TelegramError, and StrayedError."""
    do, chat, thread = step.do, step.chat, step.thread
    if isinstance(do, Make):
        return ((await bot.create_forum_topic(chat, do.title)).message_thread_id,)
    if isinstance(do, Reword):
        return await _reword(bot, chat, do)
    assert thread is not None
    if isinstance(do, Rename | Shut | Drop):
        await _change(bot, chat, thread, do)
        return ()
    return await _send(bot, chat, thread, do)


async def _send(bot: Bot, chat: int, thread: int, do: Say | Hand | Draw) -> tuple[int, ...]:
    """Send something into the topic, and nowhere else."""
    if isinstance(do, Say):
        sent: tuple[Message, ...] = (await bot.send_message(chat, do.text, message_thread_id=thread, reply_markup=_markup(do.buttons)),)
    elif isinstance(do, Draw):
        sent = (await send_drawn(bot, chat, do.message, thread),)
    else:
        sent = await send_media(bot, chat, [vars(file) for file in do.files], do.caption, thread)
    if any(message.message_thread_id != thread for message in sent):
        for message in sent:
            await _take_back(bot, message)
        raise StrayedError
    return tuple(message.message_id for message in sent)


async def _take_back(bot: Bot, message: Message) -> None:
    """What landed in General is not for everybody there. Raises TelegramError: then the step is taken again, and this too."""
    await bot.delete_message(message.chat_id, message.message_id)


async def _reword(bot: Bot, chat: int, do: Reword) -> tuple[int, ...]:
    if do.caption:
        await bot.edit_message_caption(chat, do.number, caption=do.text)
    else:
        await bot.edit_message_text(do.text, chat, do.number, reply_markup=_markup(do.buttons))
    return (do.number,)


async def _change(bot: Bot, chat: int, thread: int, do: Rename | Shut | Drop) -> None:
    if isinstance(do, Rename):
        await bot.edit_forum_topic(chat, thread, name=do.title)
    elif isinstance(do, Drop):
        await bot.delete_forum_topic(chat, thread)
    elif do.closed:
        await bot.close_forum_topic(chat, thread)
    else:
        await bot.reopen_forum_topic(chat, thread)


def _markup(buttons: Any) -> InlineKeyboardMarkup | None:
    return keyboard(buttons)


#: What Telegram says, in lower case, and what it means. An edit of what staff deleted has nothing to do any more.
_DONE = ("not_modified", "not modified", "message to edit not found", "message can't be edited")
_LOST = ("message thread not found", "topic_deleted", "topic_id_invalid", "topic deleted")
_RIGHTS = ("not enough rights", "not a forum", "chat_admin_required", "have no rights", "chat_write_forbidden")


def trouble_of(do: Do, error: TelegramError) -> Trouble | None:
    """What a refusal means for the topic; None where there was nothing to do after all."""
    said = error.message.lower()
    if any(words in said for words in _DONE):
        return None
    if any(words in said for words in _LOST):
        return None if isinstance(do, Drop) else Trouble.LOST
    if "topic_closed" in said:
        return Trouble.SHUT
    return Trouble.RIGHTS if any(words in said for words in _RIGHTS) else Trouble.REFUSED
