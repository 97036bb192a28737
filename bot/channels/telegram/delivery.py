"""One message to Telegram: the call that sends it, and what Telegram's answer, or its silence, means for the message."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass

from telegram import Bot, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.desk.plan import Step
from bot.channels.telegram.desk.steps import Ending, StrayedError, Trouble, take, trouble_of
from bot.channels.telegram.drawing import send_drawn
from bot.channels.telegram.media import send_media
from bot.channels.telegram.messages import keyboard
from bot.channels.telegram.request import may_have_arrived
from bot.channels.telegram.trouble import TelegramUnusable, place_of, seconds_of
from bot.storage.posts import Lane, Outcome, Post

logger = logging.getLogger(__name__)

#: What Telegram answers to an edit that changes nothing: the message stands as it should.
_NOTHING_TO_CHANGE = "message is not modified"
#: What it answers where there is nobody any more to write to.
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


@dataclass(frozen=True)
class Done:
    """The message came to its end; `message_id` is Telegram's number of it, `ending` what became of a topic's step.

    `reason` says of a dead one why: its chat is gone, Telegram refused it, or the row cannot be read (broken).
    """

    outcome: Outcome
    message_id: int | None = None
    ending: Ending | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Flood:
    """Telegram wants to be left alone for so many seconds; the message was not taken."""

    seconds: float


@dataclass(frozen=True)
class Moved:
    """The group has another number now; the message was not taken."""

    chat_id: int


@dataclass(frozen=True)
class Failed:
    """Telegram could not be reached, or could not do it now. `doubtful`: it may have taken the message all the same."""

    doubtful: bool


Result = Done | Flood | Moved | Failed


async def deliver(bot: Bot, post: Post, step: Step | None = None) -> Result:
    """Send one message, or take a topic's step. Raises TelegramUnusable when Telegram no longer takes the token."""
    if post.is_edit and post.edits is None:
        return Done("dead")  # what it would change never arrived
    try:
        if step is not None:
            numbers = await take(bot, step)
            return Done("sent", numbers[0] if numbers else None, Ending(step, numbers))
        sent = await _send(bot, post)
    except StrayedError:
        assert step is not None
        return Done("dead", ending=Ending(step, trouble=Trouble.LOST))
    except TelegramError as error:
        return _meaning(post, error, step)
    except Exception as error:  # a row that cannot be read must not stop the others; what the error says may quote an owner
        logger.error("message %s cannot be sent: %s", post.id, place_of(error))
        return Done("dead", ending=None if step is None else Ending(step, trouble=Trouble.REFUSED), reason="broken")
    return Done("sent", sent.message_id if isinstance(sent, Message) else post.edits)


async def _send(bot: Bot, post: Post) -> Message | bool:
    chat, message = post.chat_id, post.message
    markup = keyboard(message.get("buttons", ()))
    if post.edits is not None and message.get("caption"):
        return await bot.edit_message_caption(chat, post.edits, caption=message["text"], reply_markup=markup)
    if post.edits is not None:
        return await bot.edit_message_text(message["text"], chat, post.edits, reply_markup=markup)
    if message.get("files"):
        return (await send_media(bot, chat, message["files"], message["text"], markup=markup))[0]
    if "document" in message:
        item = message["document"]
        content = base64.b64decode(item["content"], validate=True)
        return await bot.send_document(chat, content, filename=item["name"], caption=message.get("text"), reply_markup=markup)
    if "card" in message or "paper" in message:
        return await send_drawn(bot, chat, message)
    if not str(message["text"]).strip():
        raise ValueError("a message without words")
    how = {"parse_mode": message.get("markup"), "message_thread_id": message.get("thread")}
    paid = True if post.how.lane is Lane.PAID else None
    return await bot.send_message(chat, message["text"], reply_markup=markup, allow_paid_broadcast=paid, **how)


def _meaning(post: Post, error: TelegramError, step: Step | None) -> Result:
    """What an error says about a message. Raises TelegramUnusable."""
    if isinstance(error, RetryAfter):
        return Flood(seconds_of(error))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, InvalidToken):
        raise TelegramUnusable("Telegram no longer takes this TELEGRAM_BOT_TOKEN; get a new one from @BotFather") from None
    if isinstance(error, Forbidden):
        return Done("unsubscribed")
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return Failed(doubtful=may_have_arrived(error))
    if type(error) is TelegramError:  # a success whose body cannot be read
        return Failed(doubtful=True)
    if step is not None:
        trouble = trouble_of(step.do, error)
        return Done("dead" if trouble else "sent", ending=Ending(step, trouble=trouble))
    if post.edits is not None and _NOTHING_TO_CHANGE in error.message.lower():
        return Done("sent", post.edits)
    logger.error("Telegram refused message %s: %s", post.id, type(error).__name__)
    return Done("dead", reason="gone" if any(words in error.message.lower() for words in _GONE) else "refused")
