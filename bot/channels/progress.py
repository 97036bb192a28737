"""What the channels' ways of showing progress share: short work shows nothing, and the newest text counts."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

#: Seconds before anything is shown.
SHOWN_AFTER = 1.0


class DelayedProgress(ABC):
    """A progress for one piece of work, as a context manager; what is told in the first second is shown only if work goes on after it."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._newest: str | None = None
        self._late = False
        self._clock: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self.shown = False

    async def __aenter__(self) -> Self:
        self._clock = asyncio.create_task(self._wait())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._clock is not None:
            self._clock.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._clock
        if self.shown:
            await self._end(failed=error is not None)

    async def tell(self, text: str) -> None:
        """See Progress."""
        self._newest = text
        if self._late:
            await self._write()

    async def _wait(self) -> None:
        await self._sleep(SHOWN_AFTER)
        self._late = True
        await self._write()

    async def _write(self) -> None:
        """Show the newest text, once."""
        async with self._writing:
            text, self._newest = self._newest, None
            if text is not None:
                self.shown = True
                await self._show(text)

    @abstractmethod
    async def _show(self, text: str) -> None:
        """Put a text where the owner sees it. Never fails."""

    @abstractmethod
    async def _end(self, failed: bool) -> None:
        """Leave nothing half-finished on the screen; called only after something was shown."""
