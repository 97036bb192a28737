"""`advisor bulletin draft`: measures of a sheet or a feed as files that a person finishes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.bulletins.feed_faults import BadFeed
from bot.bulletins.feed_files import measures_in
from bot.bulletins.feeds import Drafted, drafted
from bot.bulletins.words import word
from bot.commands.unusable import Unusable
from knowledge.authoring.check import check_text
from knowledge.authoring.writing import entry_text

#: Faults that are told at once.
_FAULTS = 20


def draft(file: Path, folder: Path, language: str) -> None:
    """Write an entry and a bulletin for each measure, and say what is still to be done. Raises Unusable."""
    try:
        found = drafted(measures_in(_content(file, language), file.name), datetime.now(UTC))
    except BadFeed as error:
        raise Unusable("\n".join(f"{file.name}: {line}" for line in _lines(error, language))) from None
    targets = [(one, folder / "entries" / "cn" / one.kind / f"{one.id}.yaml", folder / "bulletins" / f"{one.id}.yaml") for one in found]
    if there := [path for _, *paths in targets for path in paths if path.exists()]:
        raise Unusable(word("feed_file_there", language).format(file=there[0]))
    for one, entry, bulletin in targets:
        _write(entry, entry_text(one.entry))
        _write(bulletin, yaml.safe_dump(dict(one.bulletin), allow_unicode=True, sort_keys=False))
        print(f"{one.id}\n  {entry}\n  {bulletin}")
        _print_open(one, language)
    print(word("feed_done", language).format(count=len(found)))


def _lines(error: BadFeed, language: str) -> list[str]:
    """What is wrong, and how much more where that would be too long to read."""
    lines = [fault.words(language) for fault in error.faults[:_FAULTS]]
    more = len(error.faults) - len(lines)
    return [*lines, word("feed_more", language).format(count=more)] if more else lines


def _print_open(one: Drafted, language: str) -> None:
    for problem in one.open:
        print(f"  ! {problem.words(language)}")
    _, faults = check_text(f"cn/{one.kind}/{one.id}.yaml", entry_text(one.entry))
    for fault in faults:
        print(f"  ! {fault.line(language)}")


def _content(file: Path, language: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unusable(word("feed_file_unread", language).format(file=file, why=error.strerror)) from None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
