"""From the bytes of a file to the figures in it. Pure; what comes from strangers is read through `isolation`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nlu.uploads.confirming import confirmed
from nlu.uploads.document import Check, Document, Findings, Sentence, TableReader, UnreadableError
from nlu.uploads.grid import Opened
from nlu.uploads.impossible import slips
from nlu.uploads.opening import opened
from nlu.uploads.readers import READERS
from nlu.uploads.seen import seen

#: Words of an unknown file that are said back to its owner, and characters of each.
_WORDS, _LONGEST = 3, 20
_LONGEST_NAME = 60


def read(content: bytes, name: str, today: date, readers: Sequence[TableReader] = READERS, pictures: bool = False) -> Findings:
    """What a file states. Of a document that no reader knows it says what was seen in it.

    The name is only said back, never believed. `pictures`: photos and scans are read too, which takes seconds. Raises UnreadableError.
    """
    found = opened(content, pictures)
    for reader in readers:
        findings = reader(found, today)
        if findings is not None:
            return seen(confirmed(replace(findings, checks=(*slips(found, today), *findings.checks)), found), found)
    if found.poor is not None:
        raise UnreadableError(found.poor)
    return Findings(Document.UNKNOWN, checks=(Check("recognised", False, _described(found, name)), *slips(found, today)))


def _described(found: Opened, name: str) -> Sentence:
    """What an unknown file holds, so that its owner can tell whether it is the one that was meant."""
    rows = sum(any(cell is not None for cell in row) for grid in found.grids for row in grid.rows)
    texts = (text for grid in found.grids for _, _, text in grid.texts() if not text[0].isdigit())
    words = list(dict.fromkeys(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in texts))[:_WORDS]
    name = "".join(letter for letter in name if letter.isprintable())[-_LONGEST_NAME:]
    zh = f"，有{'、'.join(f'“{word}”' for word in words)}等字样" if words else ""
    en = f" with words such as {', '.join(f'{word!r}' for word in words)}" if words else ""
    return Sentence(
        f"“{name}”里有 {rows} 行内容{zh}，但我没认出是哪种报表或账单，所以没有采用里面的数字。",
        f'"{name}" has {rows} row{"s" if rows != 1 else ""}{en}, but I could not tell which statement or bill it is, '
        "so I used none of its figures.",
    )
