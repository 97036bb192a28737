"""Serving Telegram by long polling or a webhook: updates are taken in and answered, and one task sends what was answered."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import Callable
from functools import partial

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.broadcasting.office import Office
from bot.channels.telegram.bulletins import bring_out
from bot.channels.telegram.clocks import watch_clocks
from bot.channels.telegram.desk.mirror import telegram_desk
from bot.channels.telegram.desk.ticking import keep_titles
from bot.channels.telegram.menu import offer_commands
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.polling import POLL_SECONDS, Poller, remove_webhook
from bot.channels.telegram.reception import Reception, Timing
from bot.channels.telegram.reminding import LOOK_EVERY, remind
from bot.channels.telegram.request import Request
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, keep_libraries_quiet, seconds_of
from bot.channels.telegram.webhook import Webhook, listening, secret_of, set_webhook, webhook_app
from bot.service import Advisor

__all__ = ["TelegramUnusable", "serve"]

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_CONNECTIONS = 64


async def serve(
    advisor: Advisor,
    token: str,
    api: str,
    tell: Callable[[str], None],
    pace: Pace | None = None,
    sleep: Sleep = asyncio.sleep,
    webhook: Webhook | None = None,
    look_every: float = LOOK_EVERY,
    console: str | None = None,
    stars: int = 0,
) -> None:
    """Serve until cancelled, polling unless there is a webhook; `tell` gets progress as lines.

    `console` is the address of the console, to which staff are shown the way; `stars` what one bulletin may cost in Telegram's Stars.

    Reminders that are due and the desk's clocks are looked at every so many seconds (`look_every`).

    Raises TelegramUnusable when Telegram does not let this bot work, or the webhook's port cannot be had.
    """
    if not _TOKEN.fullmatch(token):
        raise TelegramUnusable("TELEGRAM_BOT_TOKEN is not a token; copy it from @BotFather, it looks like 123456:ABC-def")
    keep_libraries_quiet()
    bot = bot_at(api, token)
    try:
        await _introduce(bot, tell, sleep)
        await offer_commands(bot)
        # What is loaded by now stays: looking through it again and again for what can go would hold everything up for a fifth of a second.
        gc.collect()
        gc.freeze()
        tell(f"serving Telegram as @{bot.username}; Ctrl-C stops")
        sender = Sender(bot, advisor.store, pace, sleep=sleep)
        timing = Timing() if webhook else Timing(patience=0)  # what is polled comes in order
        reception = Reception(advisor, bot, sender.wake, sleep, timing, console, stars)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(sender.run())
            tasks.create_task(remind(advisor, sender.wake, look_every))
            tasks.create_task(bring_out(partial(_office_now, advisor, stars), advisor.now, sender.wake))
            tasks.create_task(keep_titles(advisor.store, sender.wake))
            tasks.create_task(watch_clocks(telegram_desk(advisor.store), advisor.now, sender.wake, look_every))
            async with reception.at_work():
                if webhook is None:
                    await _poll(bot, reception, tell, sleep)
                else:
                    await _take_in(bot, reception, webhook, tell, sleep)
    except BaseExceptionGroup as group:
        unusable = _one_of(group)
        if unusable is None:
            raise
        raise unusable from None
    finally:
        await bot.shutdown()


def _office_now(advisor: Advisor, stars: int) -> Office:
    """With the entries that were approved by now, so that no bulletin leaves before its measure can be asked about."""
    advisor.keep_up()
    return Office(advisor.store, advisor.world.pack, stars)


async def _poll(bot: Bot, reception: Reception, tell: Callable[[str], None], sleep: Sleep) -> None:
    await remove_webhook(bot, tell)
    await Poller(bot, reception.accept, sleep).run()


async def _take_in(bot: Bot, reception: Reception, webhook: Webhook, tell: Callable[[str], None], sleep: Sleep) -> None:
    """Listen first, then have Telegram call."""
    secret = secret_of(bot.token)
    async with listening(webhook_app(secret, reception.accept), webhook.host, webhook.port) as address:
        await set_webhook(bot, webhook.url, secret, sleep)
        tell(f"listening on {address} for Telegram's updates")
        await asyncio.Event().wait()


def bot_at(api: str, token: str) -> Bot:
    """The library's bot on a Bot API server."""
    polling = Request(connections=1, read_timeout=POLL_SECONDS + 10)
    request = Request(_CONNECTIONS, read_timeout=20)
    return Bot(token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=polling)


async def _introduce(bot: Bot, tell: Callable[[str], None], sleep: Sleep) -> None:
    """Ask Telegram who this bot is, until it answers. Raises TelegramUnusable when it does not know the token."""
    failures = 0
    while True:
        try:
            await bot.initialize()
            return
        except InvalidToken:  # its text quotes the token
            raise TelegramUnusable("Telegram does not know this TELEGRAM_BOT_TOKEN; check it with @BotFather") from None
        except TelegramError as error:
            failures += 1
            pause = seconds_of(error) if isinstance(error, RetryAfter) else backoff(failures)
            tell(f"Telegram does not answer ({type(error).__name__}); trying again in {pause:.0f} s")
            await sleep(pause)


def _one_of(group: BaseExceptionGroup[BaseException]) -> TelegramUnusable | None:
    """The TelegramUnusable within a task group's errors."""
    for error in group.exceptions:
        found = _one_of(error) if isinstance(error, BaseExceptionGroup) else error
        if isinstance(found, TelegramUnusable):
            return found
    return None
