"""Templates filled and sent. Whatever comes from owners or staff is shown as text, never read as markup."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.channels.console.moments import Moments
from bot.channels.console.parts import Asked
from bot.channels.console.texts import say
from bot.desk.model import GENERAL
from bot.desk.rights import Action

#: The pages of the navigation, in order: route, key of its name, what it takes to see it.
_NAVIGATION = (
    ("/queue", "nav_queue", Action.QUEUE),
    ("/search", "nav_search", Action.SEARCH),
    ("/packs", "nav_packs", Action.EXPORT_PACK),
    ("/learning", "nav_learning", Action.LEARN),
    ("/statistics", "nav_statistics", Action.STATISTICS),
    ("/canned", "nav_canned", Action.CANNED_ANSWERS),
    ("/bulletins", "nav_bulletins", Action.WATCH_BULLETINS),
    ("/staff", "nav_staff", Action.STAFF),
)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.channels.console"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page(asked: Asked, template: str, status: int = 200, **values: Any) -> Response:
    """A page, or a part of one, for somebody who is signed in."""
    bank = asked.every_bank.get(asked.member.bank or "")
    values |= {
        "member": asked.member,
        "csrf": asked.visit.csrf,
        "desk_name": _place(asked),
        "navigation": [(path, say(key, asked.language)) for path, key, action in _NAVIGATION if asked.may(action)],
        "told_key": told if (told := asked.query.get("told", "")) in _NOTICES else "",
        "told": say(f"told_{told}", asked.language) if told in _NOTICES else "",
        "moments": values.get("moments") or Moments(asked.language, asked.now, bank),
    }
    return HTMLResponse(_filled(template, asked.language, values), status)


def door(template: str, language: str, status: int = 200, **values: Any) -> Response:
    """A page for somebody who is not signed in."""
    return HTMLResponse(_filled(template, language, values), status)


def trouble(key: str, language: str, status: int) -> Response:
    """One sentence about what went wrong, and the way back."""
    return door("trouble.html", _known(language), status, key=key)


def _place(asked: Asked) -> str:
    """Where the one who asks works: a bank, a policy office, or the whole installation."""
    bank = asked.every_bank.get(asked.member.bank or "")
    return bank.name[asked.language] if bank is not None else asked.member.office or say("whole_desk", asked.language)


def _filled(template: str, language: str, values: dict[str, Any]) -> str:
    return _templates().get_template(template).render(language=language, t=partial(_say, language), GENERAL=GENERAL, **values)


def _say(language: str, key: str, **values: Any) -> str:
    return say(key, language, **values)


def _known(language: str) -> str:
    return "en" if language == "en" else "zh"


#: What a page may be told to say about what just happened.
_NOTICES = frozenset(
    (
        "claimed released assigned closed reopened moved answered noted empty taken kept removed added dismissed connected "
        "drafted revised approved stopped changed_meanwhile entry_approved entry_dropped "
        "large unreachable decided decided_before proposed accepted refused not_reviewable"
    ).split()
)
