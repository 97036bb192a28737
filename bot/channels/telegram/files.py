"""Files from owners on Telegram: refused when too large, else fetched with signs of life, and handed to the advisor with their turn."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.messages import Incoming, SentFile
from bot.channels.telegram.progress import ProgressPosts, TelegramProgress
from bot.channels.telegram.trouble import Sleep, backoff, seconds_of
from bot.committing import Alongside
from bot.conversation.heard import Heard
from bot.conversation.texts import say
from bot.service import Advisor
from bot.uploads.ports import FILE_LIMIT, Progress, Silent, Upload
from knowledge.formats import file_size

logger = logging.getLogger(__name__)

#: Files held in memory at a time; owners beyond that wait a moment, and see that something happens.
_AT_ONCE = 4
_TRIES = 3
#: Seconds a file gets to arrive in, all tries together, and a single read gets.
_PATIENCE = 180.0
_READ_PATIENCE = 20.0
#: Telegram shows a chat action for five seconds.
_SIGN_EVERY = 4.0
_CHUNK = 256 * 1024


class FileLostError(RuntimeError):
    """The file cannot be had from Telegram: it is gone, or the line is down."""


class FileTooBigError(RuntimeError):
    """The file is over the limit after all."""


class NothingCameError(RuntimeError):
    """No file of a set arrived; its progress ends as what it is."""


class Receiver:
    """Answers what an owner did; of a file, after it was fetched. Without `posts` there is no progress message."""

    def __init__(
        self,
        advisor: Advisor,
        bot: Bot,
        wake_sender: Callable[[], None],
        posts: ProgressPosts | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._advisor = advisor
        self._bot = bot
        self._wake_sender = wake_sender
        self._posts = posts
        self._sleep = sleep
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def hear(self, meant: Incoming, alongside: Alongside, more: Sequence[Incoming] = ()) -> None:
        """One turn; `more` came in one album with it. The files themselves are in nobody's hands afterwards."""
        came = (meant, *more)
        heard = [one.heard for one in came]
        names = [one.sent.name for one in came if one.sent is not None and one.heard.unread is None]
        if names and not (await asyncio.to_thread(self._advisor.dialogue_of, meant.owner)).with_person:  # else staff get it as it is
            async with showing_typing(self._bot, meant.chat_id), self._room:
                language = await self._advisor.language_of(meant.owner, meant.language)
                with contextlib.suppress(NothingCameError):
                    async with self._progress(meant, names, language) as progress:
                        for index, one in enumerate(came):  # one after the other, so that one at a time is in memory
                            heard[index] = await self._received(one, language, progress)
                        if all(one.reading is None for one in heard):
                            raise NothingCameError
        words = next((one.text for one in heard if one.text), heard[0].text)  # an album's words may be with any file of it
        together = replace(heard[0], text=words, more=tuple(replace(one, text=None) for one in heard[1:]))
        await self._advisor.hear(meant.owner, together, language=meant.language, alongside=alongside)

    async def _received(self, one: Incoming, language: str, progress: Progress) -> Heard:
        """What came with what is in its file; where that is not to be had, what is heard says so."""
        if one.sent is None or one.heard.unread is not None:
            return one.heard
        try:
            upload = Upload(one.sent.name, await self._fetch(one.sent, language, progress))
        except (FileLostError, FileTooBigError) as error:
            logger.info("a file could not be received: %s", error)
            return replace(one.heard, unread="too_big" if isinstance(error, FileTooBigError) else "lost")
        return await self._advisor.read(one.owner, one.heard, upload, language=one.language, progress=progress)

    @asynccontextmanager
    async def _progress(self, meant: Incoming, names: Sequence[str], language: str) -> AsyncIterator[Progress]:
        if self._posts is None:
            yield Silent()
            return
        if len(names) > 1:
            last_words = say("files_received", language, count=len(names)), say("files_stopped", language, count=len(names))
        else:
            last_words = say("file_received", language, name=names[0]), say("file_stopped", language, name=names[0])
        async with TelegramProgress(self._posts, meant.owner, meant.chat_id, self._wake_sender, *last_words, self._sleep) as progress:
            yield progress

    async def _fetch(self, sent: SentFile, language: str, progress: Progress) -> bytes:
        """The file's content. Raises FileLostError and FileTooBigError."""
        failures = 0
        try:
            async with asyncio.timeout(_PATIENCE):
                while True:
                    try:
                        return await self._try_to_fetch(sent, language, progress)
                    except (TelegramError, aiohttp.ClientError) as error:
                        failures += 1
                        await self._sleep(_pause(error, failures))
        except TimeoutError:
            raise FileLostError("it took too long") from None

    async def _try_to_fetch(self, sent: SentFile, language: str, progress: Progress) -> bytes:
        address = (await self._bot.get_file(sent.id)).file_path
        if address is None:
            raise FileLostError("Telegram names no address")
        content = bytearray()
        patience = aiohttp.ClientTimeout(total=None, sock_connect=_READ_PATIENCE, sock_read=_READ_PATIENCE)
        client = aiohttp.ClientSession(timeout=patience, trust_env=True, raise_for_status=True)
        async with client, client.get(address) as response:
            total = response.content_length or sent.size or 0
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if max(len(content), total) > FILE_LIMIT:
                    raise FileTooBigError("it is larger than Telegram said")
                await progress.tell(_how_far(sent.name, len(content), total, language))
        return bytes(content)


def _how_far(name: str, done: int, total: int, language: str) -> str:
    return say("file_receiving", language, name=name, done=file_size(done), total=file_size(max(done, total)))


def _pause(error: TelegramError | aiohttp.ClientError, failures: int) -> float:
    """Seconds until the next try. Raises FileTooBigError or FileLostError when there is to be none."""
    if isinstance(error, BadRequest) and "too big" in error.message.lower():
        raise FileTooBigError("Telegram does not hand it over") from None
    hopeless = isinstance(error, BadRequest | Forbidden | InvalidToken)
    if hopeless or failures >= _TRIES:
        raise FileLostError(type(error).__name__) from None
    return seconds_of(error) if isinstance(error, RetryAfter) else backoff(failures)


@asynccontextmanager
async def showing_typing(bot: Bot, chat_id: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> AsyncIterator[None]:
    """Shows from the first moment that somebody is at work, as long as the block runs."""

    async def show() -> None:
        while True:
            try:
                await bot.send_chat_action(chat_id, ChatAction.TYPING)
            except TelegramError as error:
                logger.info("the typing sign could not be shown: %s", type(error).__name__)
            await sleep(_SIGN_EVERY)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
