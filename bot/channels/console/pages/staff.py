"""The staff of a bank: who works here, and for those who are new a link to come in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.bulletins.checks import is_place
from bot.casework.cases import release_all
from bot.channels.console.pages.bulletins import places_in
from bot.channels.console.parts import Asked, NotHere, Page, Refused
from bot.channels.console.rendering import page
from bot.desk.model import Member, Role
from bot.desk.rights import Action, may, may_appoint
from bot.storage.desk.doors import end_visits_of, new_link
from bot.storage.desk.people import add_member, dismiss, member_of, members
from knowledge.regions import COUNTRY

_NAME = 80


def show(asked: Asked, link: str | None = None, of: Member | None = None) -> Response:
    """Those whom one may add and dismiss come with the buttons for it."""
    places = [*asked.every_bank, None]
    roles = [(role, bank) for bank in places for role in Role if may_appoint(asked.member, role, bank)]
    return page(
        asked,
        "staff.html",
        people=[(one, may_appoint(asked.member, one.role, one.bank)) for one in members(asked.connection, asked.member.bank)],
        roles=roles,
        places=places_in(COUNTRY, asked.language) if (Role.POLICY, None) in roles else [],
        bank_names={bank.id: bank.name[asked.language] for bank in asked.every_bank.values()},
        link=link,
        of=of,
    )


def add(asked: Asked) -> Response:
    name = asked.form.get("name", "").strip()[:_NAME]
    if not name:
        return RedirectResponse("/staff?told=empty", 303)
    role, _, bank = asked.form.get("place", "").partition("@")
    if role not in set(Role):
        raise Refused
    place = bank or None
    if place is not None and place not in asked.every_bank:
        raise Refused
    if not may_appoint(asked.member, Role(role), place):
        raise Refused
    region, office = (
        (asked.form.get("region", ""), asked.form.get("office", "").strip()[:_NAME] or None) if role == Role.POLICY else (None, None)
    )
    if region is not None and not is_place(region):
        return RedirectResponse("/staff?told=empty", 303)
    language = "en" if asked.form.get("language") == "en" else "zh"
    add_member(
        asked.connection,
        Member(0, place, name, Role(role), language, region=region, office=office, deputy=asked.form.get("deputy") == "yes"),
    )
    return RedirectResponse("/staff?told=added", 303)


def invite(asked: Asked) -> Response:
    """A one-time link to hand over; it is shown once, on this very page.

    Whoever has Telegram gets theirs from the bot: nobody else then holds a key to what is done in their name.
    """
    colleague = _colleague(asked)
    if colleague.telegram_id is not None:
        raise Refused
    secret = new_link(asked.connection, colleague.id, asked.now)
    return show(asked, f"{asked.console.address}/sign-in/{secret}", colleague)


def let_go(asked: Asked) -> Response:
    colleague = _colleague(asked)
    if colleague.id == asked.member.id:
        raise Refused
    release_all(asked.connection, asked.console.desk, colleague, asked.now)
    dismiss(asked.connection, colleague.id)
    end_visits_of(asked.connection, colleague.id, asked.now)
    return RedirectResponse("/staff?told=dismissed", 303)


def _colleague(asked: Asked) -> Member:
    """Somebody of one's own bank. Raises NotHere for everybody else, and Refused for those above oneself."""
    number = asked.path["staff"]
    colleague = member_of(asked.connection, int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
    if colleague is None or not may(asked.member, Action.STAFF, colleague.bank):
        raise NotHere
    if not may_appoint(asked.member, colleague.role, colleague.bank):
        raise Refused
    return colleague


PAGES = (
    Page("GET", "/staff", show, Action.STAFF),
    Page("POST", "/staff", add, Action.STAFF),
    Page("POST", "/staff/{staff}/link", invite, Action.STAFF),
    Page("POST", "/staff/{staff}/dismiss", let_go, Action.STAFF),
)
