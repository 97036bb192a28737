"""`advisor read`: what is in files, one JSON object a line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.channels.lines import json_line
from knowledge.firm import to_json
from nlu.uploads import sentences
from nlu.uploads.document import Document, Figure, Findings, Sentence, UnreadableError
from nlu.uploads.isolation import read_isolated
from nlu.uploads.opening.limits import LARGEST_FILE

#: Cells that are named of a figure made from many: the first ones, then how many more there are.
_NAMED = 3


async def read_files(files: Iterable[str], language: str, today: date, sink: TextIO) -> None:
    """A line for each file, in the order in which they are named, whether or not it can be read."""
    for file in files:
        print(json_line({"file": file} | await _read(Path(file), language, today)), file=sink, flush=True)


async def _read(path: Path, language: str, today: date) -> dict[str, Any]:
    try:
        content = await asyncio.to_thread(_content, path)
        return _found(await read_isolated(content, path.name, today), language)
    except UnreadableError as error:
        return _found(Findings(Document.UNKNOWN), language) | {"error": error.sentence.say(language)}


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableError where there is none that may be read."""
    try:
        if path.is_dir():
            raise UnreadableError(sentences.FOLDER)
        if not path.exists():
            raise UnreadableError(sentences.MISSING)
        if not path.is_file():
            raise UnreadableError(sentences.NO_FILE)
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableError(sentences.TOO_BIG)
        return path.read_bytes()
    except UnreadableError:
        raise
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadableError(_why(error)) from None


def _why(error: OSError | ValueError) -> Sentence:
    return sentences.NOT_ALLOWED if isinstance(error, PermissionError) else sentences.MISSING


def _found(findings: Findings, language: str) -> dict[str, Any]:
    facts = findings.facts
    return {
        "kind": findings.document.value,
        "facts": {name: to_json(value) for name, value in facts.items()},
        "period": str(findings.period) if findings.period else None,
        "evidence": {figure.fact: _places(figure) for figure in findings.figures if figure.fact in facts},
        "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail.say(language)} for check in findings.checks],
        "error": None,
    }


def _places(figure: Figure) -> str:
    named = ", ".join(str(place) for place in figure.at[:_NAMED])
    more = len(figure.at) - _NAMED
    return f"{named}, +{more}" if more > 0 else named
