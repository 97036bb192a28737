"""Reading a file as far as it can be read today: its kind and its size."""

from __future__ import annotations

import asyncio

from bot.conversation.model import Reading
from bot.uploads.ports import Progress, Upload
from nlu.uploads.kinds import kind_of


class KindReader:
    """Tells what kind of file it is; the figures in it are not read."""

    async def read(self, upload: Upload, progress: Progress) -> Reading:  # noqa: ARG002 - over long before there is anything to tell
        """See Reader. In a thread, so that a large file holds up no other owner."""
        return Reading(await asyncio.to_thread(kind_of, upload.content), len(upload.content))
