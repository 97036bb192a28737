"""Moments as they come out of a row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload


@overload
def utc(moment: datetime) -> datetime: ...
@overload
def utc(moment: None) -> None: ...
@overload
def utc(moment: datetime | None) -> datetime | None: ...


def utc(moment: datetime | None) -> datetime | None:
    """A stored moment with its zone: SQLite forgets that all of them are in UTC."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
