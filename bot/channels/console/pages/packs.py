"""Packs that owners gave to the bank, to take along: printed, or as JSON for the bank's own systems. Each is a look that the owner sees."""

from __future__ import annotations

import json
from typing import Literal

from starlette.responses import Response

from bot.casework.referring import Opened, open_pack
from bot.channels.console.parts import Asked, NotHere, Page
from bot.channels.console.rendering import trouble
from bot.desk.rights import Action
from bot.desk.sharing import Refused
from bot.pictures.rating import rating_drawn

#: Why nothing can be seen any more, although it was there for this bank once; everything else was never there.
_OVER = frozenset(("revoked", "expired"))


def printed(asked: Asked) -> Response:
    return _taken_along(asked, "pdf")


def plain(asked: Asked) -> Response:
    return _taken_along(asked, "json")


def _taken_along(asked: Asked, form: Literal["pdf", "json"]) -> Response:
    try:
        opened = open_pack(asked.connection, asked.path["receipt"], asked.member, form, asked.now)
    except Refused as refused:
        if refused.reason in _OVER:
            return trouble(f"trouble_pack_{refused.reason}", asked.language, 410)
        raise NotHere from None
    name = f'attachment; filename="{opened.referral.receipt}.{form}"'
    return Response(_content(opened, form, asked.language), media_type=f"application/{form}", headers={"Content-Disposition": name})


def _content(opened: Opened, form: str, language: str) -> bytes:
    if form == "json":
        return json.dumps(opened.file, ensure_ascii=False, indent=2).encode()
    return rating_drawn(opened.sheets[language], "pdf")


PAGES = (
    Page("GET", "/packs/{receipt}.pdf", printed, Action.EXPORT_PACK),
    Page("GET", "/packs/{receipt}.json", plain, Action.EXPORT_PACK),
)
