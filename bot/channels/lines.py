"""JSON lines in, JSON lines out: the shell around the commands that other programs use."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, TextIO

Answer = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
#: Half of a character, which an id may hold and no output can carry unless it stays escaped.
_HALF = re.compile("[\ud800-\udfff]")


class BadLine(ValueError):
    """A line that cannot be answered; the message says in one sentence what is wrong with it."""


async def answer_lines(answer: Answer, source: AsyncIterator[str], sink: TextIO, key: str = "id") -> None:
    """Answer every line that is not blank. A line that cannot be answered gets an error object, and the next goes on."""
    number = 0
    async for line in source:
        number += 1
        if not line.strip():
            continue
        try:
            written = await _answer(answer, line, key)
        except BadLine as error:
            written = {key: _id_of(line, key), "error": f"line {number}: {error}"}
        print(json_line(written), file=sink, flush=True)


def json_line(written: Mapping[str, Any]) -> str:
    """One JSON object as a line that any output can carry."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(written, ensure_ascii=False))


async def _answer(answer: Answer, line: str, key: str) -> Mapping[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("not JSON") from error
    if not isinstance(asked, dict):
        raise BadLine(f"expected a JSON object, not {type(asked).__name__}")
    if key not in asked:
        raise BadLine(f'"{key}" is missing')
    return await answer(asked)


def _id_of(line: str, key: str) -> Any:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return asked.get(key) if isinstance(asked, dict) else None
