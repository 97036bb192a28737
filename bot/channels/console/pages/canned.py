"""Canned answers: a bank's own, and for administrators of the installation those of every bank."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.channels.console.parts import Asked, NotHere, Page, number_of
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.desk.canned import Canned, canned_for, canned_of, drop_canned, keep_canned

#: Characters of a title, and of a text, which goes out as one message.
_TITLE, _TEXT = 80, 3000


def show(asked: Asked) -> Response:
    return page(asked, "canned.html", answers=canned_for(asked.connection, asked.member.bank))


def add(asked: Asked) -> Response:
    return _keep(asked, Canned(0, asked.member.bank, "", "", ""))


def change(asked: Asked) -> Response:
    return _keep(asked, _own(asked))


def remove(asked: Asked) -> Response:
    drop_canned(asked.connection, _own(asked).id)
    return RedirectResponse("/canned?told=removed", 303)


def _keep(asked: Asked, canned: Canned) -> Response:
    title, zh, en = (asked.form.get(name, "").replace("\r\n", "\n").strip() for name in ("title", "zh", "en"))
    if not (title and zh and en):
        return RedirectResponse("/canned?told=empty", 303)
    keep_canned(asked.connection, Canned(canned.id, canned.bank, title[:_TITLE], zh[:_TEXT], en[:_TEXT]))
    return RedirectResponse("/canned?told=kept", 303)


def _own(asked: Asked) -> Canned:
    """An answer that one may change: that of one's own bank, or every bank's for administrators of them all."""
    number = number_of(asked.path["canned"])
    canned = None if number is None else canned_of(asked.connection, number)
    if canned is None or canned.bank != asked.member.bank:
        raise NotHere
    return canned


PAGES = (
    Page("GET", "/canned", show, Action.CANNED_ANSWERS),
    Page("POST", "/canned", add, Action.CANNED_ANSWERS),
    Page("POST", "/canned/{canned}", change, Action.CANNED_ANSWERS),
    Page("POST", "/canned/{canned}/remove", remove, Action.CANNED_ANSWERS),
)
