"""Packs drawn and read back, for the tests of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pypdfium2

from bot.conversation.model import Dialogue
from bot.conversation.rating.sheet import sheet_to_json
from bot.conversation.referral.cover import pack_sheet
from bot.conversation.referral.pack import cut_scene, pack_file, terms_of
from bot.conversation.sharing import Sharing
from bot.conversation.world import World
from bot.pictures.rating import rating_drawn
from tests.pictures.rated import TODAY

UNTIL = TODAY + timedelta(days=30)


def pack_for(
    world: World,
    dialogue: Dialogue,
    fields: Sequence[str],
    *,
    lender: str = "len-boc",
    product: str | None = "prd-boc-yinshui",
    receipt: str | None = "RF-GG9D-6QC2Z",
    preview: bool = False,
) -> dict[str, Any]:
    """All that a lender may ever see of a firm: the JSON, and the sheet in each language."""
    terms = terms_of(world, Sharing(lender, product, tuple(fields)), TODAY, UNTIL, receipt, preview=preview)
    scene = cut_scene(world, dialogue, fields, TODAY)
    sheets = {language: sheet_to_json(pack_sheet(scene, terms, language)) for language in ("zh", "en")}
    return {"file": pack_file(scene, terms), "sheets": sheets}


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page, without blanks and joiners, for lines may break anywhere."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [bare(_text(document[number])) for number in range(len(document))]


def drawn(sheet: dict[str, Any]) -> list[str]:
    return pages_of(rating_drawn(sheet, "pdf"))


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\ufffe\u0002\xad-]", "", text)


def _text(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()
