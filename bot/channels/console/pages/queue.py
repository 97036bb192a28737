"""The queue: who waits, for what, and how long still."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.desk.model import Case, Reason
from bot.desk.rights import Action
from bot.storage.desk.people import members
from bot.storage.desk.queue import PAGE, Filters, counts, how_many, queue

_VIEWS = ("live", "mine", "free", "late", "closed")


@dataclass(frozen=True)
class Row:
    """A case in a list: what it is about, and who has it, by name. `words` are the owner's, for those who may see them."""

    case: Case
    bank: str
    about: str
    holder: str
    words: str


def rows_of(asked: Asked, cases: list[Case]) -> list[Row]:
    """Cases as a list shows them."""
    names = {member.id: member.name for member in members(asked.connection)}
    return [
        Row(
            case=case,
            bank=asked.every_bank[case.bank].name[asked.language] if case.bank in asked.every_bank else case.bank,
            about=topic(asked, case.about),
            holder=names.get(case.assignee or 0, ""),
            words=case.question if asked.may(Action.LOOK, case) else "",
        )
        for case in cases
    ]


def topic(asked: Asked, about: str | None) -> str:
    """The name of the entry that a case is about; nothing where it is about none."""
    entry = asked.console.world.pack.get(about) if about else None
    return "" if entry is None else str(getattr(entry.name, asked.language))


def show(asked: Asked) -> Response:
    return page(asked, "queue.html", **_values(asked))


def live(asked: Asked) -> Response:
    """The list again, if it changed since the page has it."""
    values = _values(asked)
    return Response(status_code=204) if asked.query.get("seen") == values["seen"] else page(asked, "queue_rows.html", **values)


def _values(asked: Asked) -> dict[str, Any]:
    view = asked.query.get("view", "live")
    view = view if view in _VIEWS else "live"
    banks = asked.banks(Action.QUEUE)
    wanted = asked.query.get("bank", "")
    chosen = [wanted] if wanted in banks else banks
    number = _page_number(asked.query.get("page", "1"))
    filters = _filters(asked, view)
    total = how_many(asked.connection, chosen, filters, asked.now)
    rows = rows_of(asked, queue(asked.connection, chosen, filters, asked.now, PAGE * (number - 1)))
    kept = {"view": view, **{name: asked.query[name] for name in ("reason", "language", "bank") if asked.query.get(name)}}
    values = {
        "view": view,
        "views": _VIEWS,
        "looks": bool(asked.banks(Action.LOOK)),
        "counts": counts(asked.connection, chosen, asked.member, asked.now),
        "rows": rows,
        "total": total,
        "number": number,
        "last": max(1, -(-total // PAGE)),
        "reasons": list(Reason),
        "chosen": {"reason": asked.query.get("reason", ""), "language": asked.query.get("language", ""), "bank": wanted},
        "banks": [asked.every_bank[bank] for bank in banks] if len(banks) > 1 else [],
        "link": urlencode(kept),
    }
    return {**values, "seen": _digest(values, asked)}


def _filters(asked: Asked, view: str) -> Filters:
    filters = Filters(language=asked.query.get("language") or None)
    reason = asked.query.get("reason", "")
    if reason in set(Reason):
        filters = replace(filters, reason=Reason(reason))
    if view == "mine":
        return replace(filters, mine=asked.member.id)
    if view == "late":
        return replace(filters, late=True)
    return replace(filters, state="closed" if view == "closed" else "free" if view == "free" else "live")


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 10_000 and len(text) < 6 else 1


def _digest(values: dict[str, Any], asked: Asked) -> str:
    """Changes when the list would read otherwise, also by the minute."""
    told = [(row.case.id, row.case.version, row.case.turn, row.case.respond_by, row.holder) for row in values["rows"]]
    seen = repr((told, values["counts"], values["total"], asked.now.replace(second=0, microsecond=0)))
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


PAGES = (
    Page("GET", "/queue", show, Action.QUEUE),
    Page("GET", "/queue/live", live, Action.QUEUE, quiet=True),
)
