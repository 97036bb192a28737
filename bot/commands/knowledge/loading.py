"""Packs from folders and from stored versions, and keeping the one that answers come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from bot.storage.packs import NoVersion, Packs
from knowledge.authoring.diff import dropped
from knowledge.authoring.wording import tell
from knowledge.pack import Kept, Pack, load_pack


class WouldDrop(RuntimeError):
    """A pack that lacks entries in force; the message names them and says what to do."""


def keep_loaded(engine: Engine, pack: Pack, today: date, allow_drop: bool, language: str = "en") -> bool:
    """Keep the pack as the version that answers come from; False when it is the same as before. Raises WouldDrop and keeps nothing."""

    def guard(before: Mapping[str, Kept]) -> None:
        refuse_drops(before, pack, today, allow_drop, language)

    return Packs(engine).keep(pack, datetime.now(UTC), guard=guard)


def refuse_drops(before: Mapping[str, Kept], pack: Pack, today: date, allow_drop: bool, language: str) -> None:
    """Raises WouldDrop when entries in force would be lost unseen, unless that is allowed."""
    lost = [] if allow_drop else dropped(before, pack, today)
    if lost:
        raise WouldDrop(tell("would_drop", language, count=len(lost), ids=", ".join(lost[:8]) + (", …" if len(lost) > 8 else "")))


def pack_named(name: str, packs: Packs, served: Path) -> Pack:
    """A folder, the digest of a stored version or its beginning, `last` for the last stored one, or `files` for the folder in use.

    Raises NoVersion.
    """
    if name == "files":
        return load_pack(served)
    if name == "last":
        last = packs.last()
        if last is None:
            raise NoVersion(name)
        return packs.pack(last.digest)
    if Path(name).is_dir():
        return load_pack(Path(name))
    if len(name) < 6 or set(name.lower()) - set("0123456789abcdef"):
        raise NoVersion(name)
    return packs.pack(packs.find(name))
