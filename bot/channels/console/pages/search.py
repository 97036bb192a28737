"""The search over cases: by number, by what was said, by firm."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.channels.console.pages.queue import rows_of
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.desk.queue import FOUND_AT_MOST, search

#: Characters of a search.
_AT_MOST = 80


def find(asked: Asked) -> Response:
    words = asked.query.get("q", "").strip()[:_AT_MOST]
    found = search(asked.connection, asked.banks(Action.SEARCH), words)
    if words.startswith("#") and len(found) == 1:
        return RedirectResponse(f"/cases/{found[0].id}", 303)
    return page(asked, "search.html", words=words, rows=rows_of(asked, found), full=len(found) == FOUND_AT_MOST)


PAGES = (Page("GET", "/search", find, Action.SEARCH),)
