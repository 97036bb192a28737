"""The moment it is at the console, until a test moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.console.staged import NOW


@dataclass
class Clock:
    """A clock that stands still."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now
