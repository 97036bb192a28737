"""Asking a person: one question after the other, each until its answer can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.wording import tell
from knowledge.firm import FactError, Text

T = TypeVar("T")
Ask = Callable[[str], str | None]
Say = Callable[[str], None]


class Stopped(Exception):
    """There are no more answers; nothing is to be written."""


class Questions:
    """Questions in one language. `ask` shows a prompt and gives the line typed, None at the end; `say` shows a line."""

    def __init__(self, ask: Ask, say: Say, language: str) -> None:
        self._ask, self.say, self.language = ask, say, language

    def heading(self, step: str) -> None:
        """The name of the next step."""
        self.say(f"\n{tell(f'step_{step}', self.language)}")

    def answer(self, prompt: str, read: Callable[[str], T], optional: bool) -> T | None:
        """What is typed, asked for again until it can be read; None where it is left out. Raises Stopped."""
        while True:
            line = self._ask(f"{prompt} ")
            if line is None:
                raise Stopped
            if not line.strip():
                if optional:
                    return None
                self.say(tell("cell_empty", self.language))
                continue
            try:
                return read(line.strip())
            except CellError as error:
                self.say(error.sentence(self.language))
            except (FactError, ValueError) as error:
                self.say(str(error))

    def until(self, key: str, read: Callable[[str], Any], *, optional: bool = False, **values: Any) -> Any:
        """Like `answer`, with the question by its key."""
        prompt = tell(f"ask_{key}", self.language, **values)
        return self.answer(f"{prompt}{tell('or_empty', self.language)}" if optional else prompt, read, optional)

    def pick(self, key: str, options: Mapping[str, Text], **values: Any) -> str:
        """One of several, by its number, its key or its label."""
        names = list(options)
        for number, name in enumerate(names, 1):
            self.say(f"  {number} {options[name][self.language]}")

        def read(line: str) -> str:
            return names[int(line) - 1] if line.isdecimal() and 1 <= int(line) <= len(names) else cells.named(line, options)

        return str(self.until(key, read, **values))

    def both(self, key: str, *, optional: bool = False, read: Callable[[str, str], str] = lambda line, _: line) -> dict[str, str]:
        """A text in both languages; `read` gets what was typed and its language. Empty where it is left out."""
        texts: dict[str, str] = {}
        for language in ("zh", "en"):
            in_language = tell(f"in_{language}", self.language)
            value = self.until(key, partial(_in_language, read, language), optional=optional and language == "zh", language=in_language)
            if value is None:
                return {}
            texts[language] = value
        return texts

    def several(self, key: str, read: Callable[[str], T]) -> list[T]:
        """Answers until one is left out."""
        items: list[T] = []
        while (item := self.until(key, read, optional=True)) is not None:
            items.append(item)
        return items

    def yes(self, key: str, **values: Any) -> bool:
        """Whether a person says yes."""
        return bool(self.until(key, lambda line: cells.yes({"y": "yes", "n": "no"}.get(line.lower(), line)), **values))


def _in_language(read: Callable[[str, str], str], language: str, line: str) -> str:
    return read(line, language)
