"""The reader behind the port: it reads the figures in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from bot.conversation.heard import Reading
from bot.conversation.texts import say
from bot.uploads.ports import Progress, Upload
from nlu.uploads.document import UnreadableError
from nlu.uploads.isolation import read_isolated
from nlu.uploads.kinds import kind_of
from nlu.uploads.photos import PHOTOS, is_installed


class FileReader:
    """Reads the figures in a file, in a process of its own, a few files at a time so that many owners at once fit into the memory.

    Photos wait for one another, and no other file waits for them.
    """

    def __init__(self, today: Callable[[], date], at_once: int = 2) -> None:
        self._today = today
        self._turn, self._photo = asyncio.Semaphore(at_once), asyncio.Semaphore(1)

    async def read(self, upload: Upload, progress: Progress) -> Reading:
        """See Reader."""
        kind, size = await asyncio.to_thread(kind_of, upload.content), len(upload.content)
        is_photo = kind in PHOTOS and is_installed()
        await progress.tell(say("photo_reading" if is_photo else "file_reading", upload.language, name=upload.name))
        async with self._photo if is_photo else self._turn:
            try:
                return Reading(kind, size, findings=await read_isolated(upload.content, upload.name, self._today()))
            except UnreadableError as error:
                return Reading(kind, size, trouble=error.sentence)
