"""What the commands share: settings, language, dates, and the few ways of reading and writing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings
from bot.storage.moments import utc
from knowledge.authoring.wording import tell
from knowledge.firm import FactError, FactValue, spec_of, vocabulary

if TYPE_CHECKING:
    from bot.storage.packs import Packs
    from knowledge.entries import Entry
    from knowledge.pack import Pack


class Unusable(RuntimeError):
    """The command cannot run; the message says in one line what to do."""


@dataclass(frozen=True)
class Shell:
    """One run of a command. `out` writes what is not the answer itself."""

    settings: Settings
    language: str
    out: Callable[[str], None]

    def tell(self, key: str, **values: Any) -> str:
        return tell(key, self.language, **values)

    def day(self, on: datetime | None) -> date:
        """The day asked for, else today."""
        return on.date() if on is not None else datetime.now().astimezone().date()

    def folder(self, path: Path) -> Path:
        """A folder that is there. Raises Unusable."""
        if not path.is_dir():
            raise Unusable(self.tell("no_folder", folder=path))
        return path

    @contextmanager
    def packs(self) -> Iterator[Packs]:
        """The stored versions."""
        from bot.storage.database import open_database
        from bot.storage.packs import Packs

        self.settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = open_database(self.settings.database_url)
        try:
            yield Packs(engine)
        finally:
            engine.dispose()

    def ask(self, prompt: str) -> str | None:
        """A line typed by a person; None when there are no more."""
        print(prompt, end="", flush=True)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            print()
        return line.rstrip("\r\n") if line else None

    def agreed(self, prompt: str) -> bool:
        """Whether a person says yes."""
        answer = self.ask(f"{prompt} [y/N] ")
        return answer is not None and answer.strip().lower() in ("y", "yes", "是", "好", "对")


def print_json(value: Any) -> None:
    """One JSON object on a line of its own."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def known_facts(raw: Mapping[str, Any]) -> dict[str, FactValue]:
    """Stored facts as values of the vocabulary; what it does not admit any more is not known."""
    facts: dict[str, FactValue] = {}
    for name, value in raw.items():
        try:
            facts[name] = spec_of(name).parse(value)
        except FactError:
            continue
    return facts


def read_firms(shell: Shell, path: Path) -> list[dict[str, FactValue]]:
    """Firms from a file of JSON lines {"facts": …}. Raises Unusable naming the line."""
    firms = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(shell.tell("no_file", file=path, reason=_reason(error))) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            facts = raw.get("facts", raw) if isinstance(raw, dict) else {}
            firms.append({name: spec_of(name).parse(value) for name, value in facts.items() if name in vocabulary() or "facts" in raw})
        except (ValueError, RecursionError) as error:  # FactError is one, too
            raise Unusable(shell.tell("bad_firm", file=path, line=number, reason=error)) from None
    return firms


def entry_text(entry: Entry, pack: Pack, on: date, language: str) -> str:
    """An entry as owners see it, before anything is known of the firm."""
    from bot.conversation.render import detail
    from bot.matching.match import match_one

    return detail(match_one(pack, entry, {}, on, None), language, on, pack)


def when_text(moment: datetime) -> str:
    """A stored moment in the zone of this machine."""
    return f"{utc(moment).astimezone():%Y-%m-%d %H:%M}"


def _reason(error: Exception) -> str:
    return error.strerror or "" if isinstance(error, OSError) else "UTF-8"
