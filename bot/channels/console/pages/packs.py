"""Packs that owners gave to the bank: found by their receipts, read, taken along as PDF or JSON, and what became of each.

Each time a pack is opened or taken along is a look that its owner sees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from starlette.responses import RedirectResponse, Response

from bot.casework.outcomes import OutcomeRefused, record_outcome
from bot.casework.referring import Opened, open_pack
from bot.channels.console.pages.queue import topic
from bot.channels.console.parts import Asked, NotHere, Page
from bot.channels.console.rendering import page, trouble
from bot.desk.outcomes import Result, Why
from bot.desk.receipts import read_receipt
from bot.desk.rights import Action
from bot.desk.sharing import Referral, Refused
from bot.pictures.rating import rating_drawn
from bot.storage.desk.referrals import given_to, referral_of

#: Why nothing can be seen any more, although it was there for this bank once; everything else was never there.
_OVER = frozenset(("revoked", "expired"))
#: So many of the latest are listed; older ones are found by their receipts.
_LISTED = 100


@dataclass(frozen=True)
class Row:
    """A pack in the list; `state` is readable, revoked or expired."""

    referral: Referral
    product: str
    state: str


def index(asked: Asked) -> Response:
    """The latest packs; a receipt that was typed leads to its own."""
    typed = asked.query.get("receipt", "").strip()[:40]
    receipt = read_receipt(typed)
    known = None if receipt is None else referral_of(asked.connection, receipt)
    if known is not None and asked.may(Action.EXPORT_PACK, known.bank):
        return RedirectResponse(f"/packs/{known.receipt}", 303)
    rows = [_row(asked, one) for bank in asked.banks(Action.EXPORT_PACK) for one in given_to(asked.connection, bank, _LISTED)]
    return page(asked, "packs.html", rows=rows, typed=typed)


def _row(asked: Asked, referral: Referral) -> Row:
    state = "revoked" if referral.revoked_at is not None else "readable" if referral.readable(asked.now) else "expired"
    return Row(referral, topic(asked, referral.product), state)


def read(asked: Asked) -> Response:
    """What the owner let the bank see. Once it is over there is only what became of it left to say."""
    try:
        opened = open_pack(asked.connection, asked.path["receipt"], asked.member, "referral", asked.now)
    except Refused as refused:
        if refused.reason not in _OVER:
            raise NotHere from None
        return _read(asked, None, refused.reason)
    return _read(asked, opened.file, "readable")


def _read(asked: Asked, file: Any, state: str) -> Response:
    referral = referral_of(asked.connection, read_receipt(asked.path["receipt"]) or "")
    assert referral is not None
    given = {"referral": referral, "product": topic(asked, referral.product), "file": file, "state": state}
    outcome = referral.outcome or {}
    percent = None if outcome.get("rate") is None else f"{Decimal(outcome['rate']) * 100:f}".rstrip("0").rstrip(".")
    return page(asked, "pack.html", **given, whys=list(Why), outcome=referral.outcome, percent=percent)


def printed(asked: Asked) -> Response:
    return _taken_along(asked, "pdf")


def plain(asked: Asked) -> Response:
    return _taken_along(asked, "json")


def decided(asked: Asked) -> Response:
    """What became of it; the owner hears it with the next way on. The receipt is looked up as one of the bank's, also where it is over."""
    receipt = read_receipt(asked.path["receipt"])
    referral = None if receipt is None else referral_of(asked.connection, receipt)
    if referral is None or not asked.may(Action.OUTCOME, referral.bank):
        raise NotHere
    result = _result(asked)
    if result is None:
        return RedirectResponse(f"/packs/{referral.receipt}?told=empty", 303)
    try:
        record_outcome(asked.connection, asked.console.desk, referral.receipt, asked.member, result, asked.now)
    except OutcomeRefused:
        return RedirectResponse(f"/packs/{referral.receipt}?told=decided_before", 303)
    return RedirectResponse(f"/packs/{referral.receipt}?told=decided", 303)


def _result(asked: Asked) -> Result | None:
    """What the form says, None where it says nothing that could be: yuan, and percent a year."""
    try:
        if asked.form.get("result") == "approved":
            rate = _number(asked.form.get("rate", "").rstrip("%％ "))
            return Result(True, _number(asked.form.get("amount", "")), None if rate is None else rate / 100)
        return Result(False, why=Why(asked.form.get("why", "")))
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    """Raises ValueError for what is no number of money or percent."""
    digits = text.replace(",", "").replace("，", "").strip()
    if not digits:
        return None
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or number > 10**12:
        raise ValueError(text)
    return number


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
    Page("GET", "/packs", index, Action.EXPORT_PACK),
    Page("GET", "/packs/{receipt}.pdf", printed, Action.EXPORT_PACK),
    Page("GET", "/packs/{receipt}.json", plain, Action.EXPORT_PACK),
    Page("GET", "/packs/{receipt}", read, Action.EXPORT_PACK),
    Page("POST", "/packs/{receipt}/outcome", decided, Action.OUTCOME),
)
