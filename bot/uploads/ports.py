"""The ports around a received file: what is handed over, who reads it, and how an owner is told that it takes a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation.heard import Reading
from nlu.uploads.opening.limits import LARGEST_FILE

#: Bytes. Telegram hands a bot no larger file, and every channel keeps to the same limit.
FILE_LIMIT = LARGEST_FILE


@dataclass(frozen=True)
class Upload:
    """A file as it came in, and the language in which its owner is told how far it is.

    Its content never appears in a log or in the upload's own text form.
    """

    name: str
    content: bytes = field(repr=False)
    language: str = "zh"


class Progress(Protocol):
    """Where long work says how far it is, in short texts in the owner's language; the newest counts."""

    async def tell(self, text: str) -> None:
        """Never fails: work goes on whether or not its progress can be shown."""
        ...


class Silent:
    """A progress nobody sees."""

    async def tell(self, text: str) -> None:
        """Says nothing."""


class Reader(Protocol):
    """What finds out what is in a file."""

    async def read(self, upload: Upload, progress: Progress) -> Reading:
        """What was found; a file that cannot be read is a finding, not an error."""
        ...
