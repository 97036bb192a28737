"""Every route, for every role, of the own bank and of another: none too many, none too few."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
import pytest
from starlette.routing import Route

from bot.channels.console.app import PAGES, console_app
from tests.bulletins.written import ENTRY_TEXT
from tests.console.conftest import Desked
from tests.console.staged import RECEIPT

IN, NO, NOTHING, DOOR = "in", "403", "404", "door"

ROLES = ("agent", "colleague", "supervisor", "bank_admin", "admin", "policy", "officer", "far", "other", "other_supervisor", "nobody")
AGENTS, LEADS, OTHERS = ("agent", "colleague"), ("supervisor",), ("other", "other_supervisor")


def allowed(*members: str, otherwise: str) -> dict[str, str]:
    """Those who are let in; everybody else gets the same answer, and nobody is sent to the door."""
    return {role: DOOR if role == "nobody" else IN if role in members else otherwise for role in ROLES}


EVERYBODY = allowed(*ROLES[:-1], otherwise=IN)
DESK = allowed("agent", "colleague", "supervisor", "other", "other_supervisor", otherwise=NO)
QUEUE = {**DESK, "admin": IN, "bank_admin": IN}
MANAGING = allowed("supervisor", "bank_admin", "admin", "other_supervisor", otherwise=NO)
#: Pages of a case of the own bank: for all others it does not exist, whoever they are.
OWN_CASE = allowed("agent", "colleague", "supervisor", otherwise=NOTHING)
#: A pack that the own bank was given.
PACK = {**OWN_CASE, "bank_admin": NO, "admin": NO, "policy": NO, "officer": NO, "far": NO}
#: A case that a colleague has.
HOLDERS = {**OWN_CASE, "agent": NO}

#: Bulletins: the officer who wrote them, a second one, one of another province, and who keeps the installation running.
OFFICERS = allowed("policy", "officer", "far", otherwise=NO)
WATCHING = {**OFFICERS, "admin": IN}
#: A bulletin of Fujian, which is nothing that another province's officer knows of.
BULLETIN = {**WATCHING, "far": NOTHING}
CHANGING = {**OFFICERS, "far": NOTHING}
FORM = {
    **{"title_zh": "贴息", "body_zh": "您可能符合。", "title_en": "Subsidy", "body_en": "You may be eligible."},
    **{"entry": "sub-fj-zjtx-loan-2026", "region": "350000", "doubt": "repeat", "sort": "news", "corrects": "", "version": "1"},
    **{"send_day": "2026-11-27", "send_time": "09:00", "expires": "2026-12-10", "quiet_from": "21:00", "quiet_to": "08:00"},
}

#: (method, route) -> (path, form, who). The colleague has the case named "taken".
MATRIX: Mapping[tuple[str, str], tuple[str, Mapping[str, str], Mapping[str, str]]] = {
    ("GET", "/"): ("/", {}, EVERYBODY),
    ("GET", "/keys"): ("/keys", {}, EVERYBODY),
    ("POST", "/language"): ("/language", {"language": "en", "back": "/keys"}, EVERYBODY),
    ("POST", "/sign-out"): ("/sign-out", {}, EVERYBODY),
    ("GET", "/queue"): ("/queue", {}, QUEUE),
    ("GET", "/queue/live"): ("/queue/live", {}, QUEUE),
    ("GET", "/cases/{case}"): ("/cases/{taken}", {}, OWN_CASE),
    ("GET", "/cases/{case}/live"): ("/cases/{taken}/live", {}, OWN_CASE),
    ("GET", "/cases/{case}/report.png"): ("/cases/{taken}/report.png", {}, OWN_CASE),
    ("GET", "/cases/{case}/report.pdf"): ("/cases/{taken}/report.pdf", {}, OWN_CASE),
    ("POST", "/cases/{case}/answer"): ("/cases/{taken}/answer", {"text": "您好"}, OWN_CASE),
    ("POST", "/cases/{case}/note"): ("/cases/{taken}/note", {"text": "回访"}, OWN_CASE),
    ("POST", "/cases/{case}/claim"): ("/cases/{free}/claim", {}, OWN_CASE),
    ("POST", "/cases/{case}/release"): ("/cases/{taken}/release", {}, HOLDERS),
    ("POST", "/cases/{case}/assign"): ("/cases/{taken}/assign", {"to": "{agent}"}, HOLDERS),
    ("POST", "/cases/{case}/close"): ("/cases/{taken}/close", {}, HOLDERS),
    ("POST", "/cases/{case}/reopen"): ("/cases/{closed}/reopen", {}, OWN_CASE),
    ("POST", "/cases/{case}/move"): ("/cases/{taken}/move", {"to": "len-ccb"}, HOLDERS),
    ("GET", "/cases/{case}/learn"): ("/cases/{taken}/learn", {}, OWN_CASE),
    ("POST", "/cases/{case}/learn"): ("/cases/{mine}/learn", {"kind": "faq"}, OWN_CASE),
    ("GET", "/learning"): ("/learning", {}, DESK),
    ("POST", "/learning/{promotion}"): (
        "/learning/1",
        {"decision": "accept"},
        {**PACK, "agent": NO, "colleague": NO},
    ),
    ("GET", "/quiz"): ("/quiz", {}, DESK),
    ("POST", "/quiz"): ("/quiz", {"seed": "1"}, DESK),
    ("GET", "/packs"): ("/packs", {}, DESK),
    ("GET", "/packs/{receipt}"): (f"/packs/{RECEIPT}", {}, PACK),
    ("POST", "/packs/{receipt}/outcome"): (f"/packs/{RECEIPT}/outcome", {"result": "declined", "why": "other"}, PACK),
    ("GET", "/packs/{receipt}.pdf"): (f"/packs/{RECEIPT}.pdf", {}, PACK),
    ("GET", "/packs/{receipt}.json"): (f"/packs/{RECEIPT}.json", {}, PACK),
    ("GET", "/search"): ("/search?q=利率", {}, DESK),
    ("GET", "/statistics"): ("/statistics", {}, MANAGING),
    ("GET", "/canned"): ("/canned", {}, MANAGING),
    ("POST", "/canned"): ("/canned", {"title": "甲", "zh": "乙", "en": "c"}, MANAGING),
    ("POST", "/canned/{canned}"): (
        "/canned/1",
        {"title": "甲", "zh": "乙", "en": "c"},
        {**allowed("supervisor", "bank_admin", otherwise=NO), "admin": NOTHING, "other_supervisor": NOTHING},
    ),
    ("POST", "/canned/{canned}/remove"): (
        "/canned/1/remove",
        {},
        {**allowed("supervisor", "bank_admin", otherwise=NO), "admin": NOTHING, "other_supervisor": NOTHING},
    ),
    ("GET", "/bulletins"): ("/bulletins", {}, WATCHING),
    ("GET", "/bulletins/effect"): ("/bulletins/effect", {}, WATCHING),
    ("GET", "/bulletins/new"): ("/bulletins/new", {}, OFFICERS),
    ("POST", "/bulletins"): ("/bulletins", FORM, OFFICERS),
    ("POST", "/bulletins/check"): ("/bulletins/check", FORM, OFFICERS),
    ("POST", "/bulletins/reach"): ("/bulletins/reach", FORM, OFFICERS),
    ("GET", "/bulletins/entries"): ("/bulletins/entries?find=贴息", {}, OFFICERS),
    ("GET", "/bulletins/{bulletin}"): ("/bulletins/{draft}", {}, BULLETIN),
    ("GET", "/bulletins/{bulletin}/change"): ("/bulletins/{draft}/change", {}, CHANGING),
    ("POST", "/bulletins/{bulletin}/change"): ("/bulletins/{draft}/change", FORM, CHANGING),
    ("GET", "/bulletins/{bulletin}/audience"): ("/bulletins/{draft}/audience", {}, BULLETIN),
    ("GET", "/bulletins/{bulletin}/live"): ("/bulletins/{sending}/live", {}, BULLETIN),
    # Whoever wrote it is told that it takes a second person.
    ("POST", "/bulletins/{bulletin}/approve"): ("/bulletins/{draft}/approve", {"version": "1"}, {**CHANGING, "policy": "422"}),
    ("POST", "/bulletins/{bulletin}/stop"): ("/bulletins/{sending}/stop", {}, BULLETIN),
    ("GET", "/measures"): ("/measures", {}, WATCHING),
    ("GET", "/measures/sheet"): ("/measures/sheet", {}, OFFICERS),
    # Without a file there is nothing to draft.
    ("POST", "/measures/sheet"): ("/measures/sheet", {}, {who: "422" if may is IN else may for who, may in OFFICERS.items()}),
    ("GET", "/measures/new"): ("/measures/new", {}, OFFICERS),
    ("POST", "/measures"): ("/measures", {"text": ENTRY_TEXT}, OFFICERS),
    ("POST", "/measures/check"): ("/measures/check", {"text": ENTRY_TEXT}, OFFICERS),
    ("GET", "/measures/{measure}"): ("/measures/{measure}", {}, BULLETIN),
    ("GET", "/measures/{measure}/change"): ("/measures/{measure}/change", {}, CHANGING),
    ("POST", "/measures/{measure}/change"): ("/measures/{measure}/change", {"text": ENTRY_TEXT, "version": "1"}, CHANGING),
    ("POST", "/measures/{measure}/approve"): ("/measures/{measure}/approve", {"version": "1"}, {**CHANGING, "policy": "422"}),
    ("POST", "/measures/{measure}/drop"): ("/measures/{measure}/drop", {"version": "1"}, CHANGING),
    ("GET", "/staff"): ("/staff", {}, MANAGING),
    ("POST", "/staff"): (
        "/staff",
        {"name": "新人", "place": "agent@len-icbc"},
        {**allowed("supervisor", "bank_admin", "admin", otherwise=NO)},
    ),
    ("POST", "/staff/{staff}/link"): (
        "/staff/{agent}/link",
        {},
        {**allowed("supervisor", "bank_admin", "admin", otherwise=NO), "other_supervisor": NOTHING},
    ),
    ("POST", "/staff/{staff}/dismiss"): (
        "/staff/{agent}/dismiss",
        {},
        {**allowed("supervisor", "bank_admin", "admin", otherwise=NO), "other_supervisor": NOTHING},
    ),
}

#: What is there for those who are not signed in.
DOORS = {
    ("GET", "/static/{name}"),
    ("GET", "/sign-in"),
    ("GET", "/sign-in/{link}"),
    ("POST", "/sign-in/{link}"),
    ("GET", "/oidc/{bank}/start"),
    ("GET", "/oidc/back"),
}


def test_no_route_is_missing(desked: Desked) -> None:
    routes = console_app(desked.console).routes
    assert all(isinstance(route, Route) for route in routes)
    there = {(method, route.path) for route in routes if isinstance(route, Route) for method in (route.methods or ()) if method != "HEAD"}
    assert there == MATRIX.keys() | DOORS
    assert {(page.method, page.path) for page in PAGES} == MATRIX.keys()


@pytest.mark.parametrize(("method", "route"), MATRIX)
async def test_none_too_many_none_too_few(another: Callable[[], Desked], method: str, route: str) -> None:
    """Each role finds the desk as it was staged: what is posted changes it."""
    path, form, expected = MATRIX[method, route]
    desked = another()
    names = named(desked)
    outcomes = {}
    for who in ROLES:
        desked = another() if method == "POST" else desked
        async with desked.browser(None if who == "nobody" else who) as browser:
            if method == "GET":
                response = await browser.get(path.format(**names))
            else:
                response = await browser.post(path.format(**names), **_filled(form, names))
        outcomes[who] = _outcome(response)
    assert outcomes == expected


def _filled(form: Mapping[str, str], names: Mapping[str, int]) -> dict[str, str]:
    """With the numbers of what was staged; the braces of a text are its own."""
    return {name: value if name == "text" else value.format(**names) for name, value in form.items()}


def named(desked: Desked) -> dict[str, int]:
    """The numbers of everything staged, by its name."""
    staged = desked.staged
    return {name: one.id for group in (staged.bulletins, staged.measures, staged.cases, staged.members) for name, one in group.items()}


def _outcome(response: httpx.Response) -> str:
    """Whoever signs out is sent to the door as well, but takes no cookie along."""
    if response.headers.get("location") == "/sign-in" and "set-cookie" not in response.headers:
        return DOOR
    return IN if response.status_code in (200, 204, 303) else str(response.status_code)


@pytest.mark.parametrize("path", ["/cases/0", "/cases/-1", "/cases/abc", "/cases/9223372036854775808", "/cases/٣", "/cases/1x", "/nowhere"])
async def test_what_does_not_exist_looks_like_what_is_not_ours(desked: Desked, path: str) -> None:
    async with desked.browser("agent") as browser:
        theirs = await browser.get(f"/cases/{desked.staged.cases['other'].id}")
        nothing = await browser.get(path)
    assert (nothing.status_code, nothing.text) == (theirs.status_code, theirs.text) == (404, theirs.text)


@pytest.mark.parametrize(("method", "route"), [key for key in MATRIX if key[0] == "POST"])
@pytest.mark.parametrize("token", ["", "guessed", "of a colleague"])
async def test_a_form_without_its_token_does_nothing(desked: Desked, method: str, route: str, token: str) -> None:
    path, form, _ = MATRIX[method, route]
    names = named(desked)
    async with desked.browser("supervisor") as browser, desked.browser("colleague") as colleague:
        browser.csrf = colleague.csrf if token == "of a colleague" else token
        response = await browser.post(path.format(**names), **form)
        assert response.status_code == 403
        assert (await browser.get("/queue")).status_code == 200


async def test_the_form_of_another_site_does_nothing(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        for origin, status in (("https://evil.test", 403), ("null", 403), ("http://desk.test", 303)):
            form = {"csrf": browser.csrf, "language": "zh"}
            response = await browser.http.post("/language", data=form, headers={"origin": origin})
            assert response.status_code == status, origin
