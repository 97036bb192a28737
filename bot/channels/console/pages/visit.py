"""What concerns one's own visit: where to begin, the language, the keys, and the way out."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.channels.console.guard import cookie_name
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.desk.doors import end_visit, speak


def begin(asked: Asked) -> Response:
    first = "/queue" if asked.may(Action.QUEUE) else "/bulletins" if asked.may(Action.WATCH_BULLETINS) else "/keys"
    return RedirectResponse(first, 303)


def keys(asked: Asked) -> Response:
    """The keys, and who one is here."""
    connects = asked.member.bank if asked.member.bank in asked.console.providers else None
    return page(asked, "keys.html", connects=connects, keys=_keys_of(asked))


def _keys_of(asked: Asked) -> list[tuple[tuple[str, ...], str]]:
    """The keys that do something on the pages that one may see."""
    lists = asked.may(Action.QUEUE) or asked.may(Action.WATCH_BULLETINS)
    return [
        (keys, what)
        for keys, what, works in (
            (("j", "k"), "key_next" if asked.may(Action.QUEUE) else "key_next_row", lists),
            (("Enter",), "key_open" if asked.may(Action.QUEUE) else "key_open_row", lists),
            (("r",), "key_reply", bool(asked.banks(Action.ANSWER))),
            (("n",), "key_note", bool(asked.banks(Action.NOTE))),
            (("Ctrl+Enter",), "key_send", bool(asked.banks(Action.ANSWER))),
            (("/",), "key_search", asked.may(Action.SEARCH)),
            (("g",), "key_queue" if asked.may(Action.QUEUE) else "key_bulletins", lists),
            (("?",), "key_keys", True),
        )
        if works
    ]


def language(asked: Asked) -> Response:
    """Read on in the other language, on the page where it was asked for."""
    speak(asked.connection, asked.member.id, "en" if asked.form.get("language") == "en" else "zh")
    where = asked.form.get("back", "")
    # A path of our own, never another site's address.
    response = RedirectResponse(where if where.startswith("/") and not where.startswith(("//", "/\\")) else "/", 303)
    response.delete_cookie("language")
    return response


def leave(asked: Asked) -> Response:
    end_visit(asked.connection, asked.visit, asked.now)
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(cookie_name(asked.console), httponly=True, secure=asked.console.secure, samesite="lax")
    return response


PAGES = (
    Page("GET", "/", begin),
    Page("GET", "/keys", keys),
    Page("POST", "/language", language),
    Page("POST", "/sign-out", leave),
)
