"""The form of a bulletin filled in, and what a page says of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

from bot.bulletins.model import Bulletin, Draft
from bot.channels.console.bulletin_fields import values_of
from bot.storage.bulletins.rows import bulletin_of, every_bulletin
from tests.console.bulletin_stage import DRAFT
from tests.console.conftest import Desked
from tests.console.staged import NOW

LATER = replace(DRAFT, send_at=NOW + timedelta(days=1))


def form(draft: Draft = LATER, **changed: str) -> dict[str, str]:
    return {**values_of(draft), "version": "0", **changed}


def now(desked: Desked, name: str) -> Bulletin:
    with desked.store.begin() as connection:
        bulletin = bulletin_of(connection, desked.staged.bulletins[name].id)
    assert bulletin is not None
    return bulletin


def newest(desked: Desked) -> Bulletin:
    with desked.store.begin() as connection:
        return every_bulletin(connection)[0]


def at(desked: Desked, name: str, rest: str = "") -> str:
    return f"/bulletins/{desked.staged.bulletins[name].id}{rest}"


def faults(page: str) -> dict[str, str]:
    """The sentences beside the fields."""
    found = re.findall(r'id="fault-(\w+)"[^>]*>(.*?)</p>', page)
    return {name: unescape(re.sub("<[^>]+>", "", text)) for name, text in found if text}


def field(page: str, name: str) -> str:
    """What stands in a field of the form."""
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n(.*?)</textarea>|<input[^>]*name="{name}"[^>]*value="([^"]*)"', page, re.DOTALL)
    assert found, name
    return unescape(found[1] if found[1] is not None else found[2])
