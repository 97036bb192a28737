"""Files that are named by their path: what a line in a terminal may name, and taking a file from a disk."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.conversation.heard import Heard
from bot.uploads.ports import FILE_LIMIT, Upload


def dropped(line: str) -> tuple[Path, ...]:
    """The existing files a line names and nothing else, as terminals write what is dragged into them: in quotes, with blanks escaped,
    or as file:// addresses. A bare word is never a file, though there may be one of that name here."""
    words = line.strip()
    if not any(mark in words for mark in ("/", "\\", ".")):
        return ()
    whole = _existing(words)
    if whole is not None:
        return (whole,)
    try:
        parts = shlex.split(words)
    except ValueError:  # a quotation mark that is not closed
        return ()
    found = [_existing(part) for part in parts]
    return tuple(path for path in found if path) if parts and all(found) else ()


def named(words: str) -> Path:
    """The path that was typed after a command, whether there is such a file or not."""
    found = dropped(f"./{words.strip()}") or dropped(words)
    return found[0] if found else Path(words.strip().strip("'\""))


def take(path: Path) -> tuple[Heard, Upload | None]:
    """A file to send. One over the limit or that may not be read is not taken, and what is heard says so.

    Raises FileNotFoundError when there is no such file; a folder or a device is none.
    """
    if not _is_file(path):
        raise FileNotFoundError(path.name)
    if path.stat().st_size > FILE_LIMIT:
        return Heard(file=path.name, unread="too_big"), None
    try:
        return Heard(file=path.name), Upload(path.name, path.read_bytes())
    except OSError:
        return Heard(file=path.name, unread="lost"), None


def _existing(words: str) -> Path | None:
    if words.startswith("file://"):
        address = urlsplit(words)
        words = unquote(address.path) if address.netloc in ("", "localhost") else ""
    try:
        path = Path(words).expanduser()
    except RuntimeError:  # ~ of somebody who is not here
        return None
    return path if words and _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long to be a path, or with a character no path has
        return False
