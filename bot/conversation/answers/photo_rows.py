"""What was read in a photo beside its rows, so that its owner can compare at a glance. Nothing of the photo is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from bot.conversation.answers.paper_words import title_of, value_of
from bot.conversation.model import Reply
from bot.conversation.papers import MEASURES, Item, OwnerPaper
from bot.conversation.row_sheet import RowSheet, SheetRow
from bot.conversation.texts import joined, say
from knowledge.firm import FactType, vocabulary
from knowledge.formats import fact_label
from nlu.uploads.document import Strip
from nlu.uploads.seen import jpeg

#: Rows of one sheet: more would make a picture that phones show too small to read.
_ROWS = 10
_UNITS = (1, 1000, 10000)


def row_sheets(paper: OwnerPaper, strips: Sequence[Strip], language: str) -> Iterator[Reply]:
    """The sheets of a photo, those figures first that its owner has to decide about; none for any other file."""
    rows = sorted(_rows(paper, strips, language), key=lambda row: not row.open)
    parts = ceil(len(rows) / _ROWS)
    size = ceil(len(rows) / max(1, parts))
    for number in range(parts):
        shown = tuple(rows[number * size : (number + 1) * size])
        part = say("sheet_part", language, part=number + 1, parts=parts) if parts > 1 else ""
        name = f"photo-{paper.id}-{number + 1}.png"
        sheet = RowSheet(language, say("sheet_title", language), _capital(title_of(paper, language)), part, shown, name)
        caption = "sheet_caption" if any(row.open for row in shown) else "sheet_caption_sure"
        yield Reply(say(caption, language), card=sheet)


def _rows(paper: OwnerPaper, strips: Sequence[Strip], language: str) -> Iterator[SheetRow]:
    """A row for each figure; those that were read in the same place and are the same stand together."""
    together: dict[tuple[tuple[bytes, ...], str, bool], list[str]] = {}
    for item in paper.items:
        pictures = tuple(jpeg(strip.cutting) for strip in strips if strip.fact == item.fact)
        if pictures:
            key = (pictures, printed(item, language), bool(item.doubts))
            together.setdefault(key, []).append(fact_label(item.fact, language))
    for (pictures, value, is_open), labels in together.items():
        yield SheetRow(_capital(joined(labels, language)), value, is_open, pictures)


def printed(item: Item, language: str) -> str:
    """A figure digit by digit in the unit of its file, as its owner sees it on the paper: 12.30 万元."""
    measured = not {doubt.check for doubt in item.doubts}.isdisjoint(MEASURES)
    is_amount = isinstance(item.value, Decimal) and vocabulary()[item.fact].type is FactType.MONEY
    if measured or not is_amount or item.unit not in _UNITS:
        return value_of(item, language)
    amount = abs(Decimal(str(item.value))) / item.unit
    exponent = amount.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    sign = "-" if Decimal(str(item.value)) < 0 else ""
    return sign + say(f"sheet_unit_{item.unit}", language, amount=f"{amount:,.{places}f}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
