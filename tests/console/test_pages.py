"""What the pages show and do: the queue, a case, the search, statistics, saved answers, staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.casework.cases import claim
from bot.casework.referring import take_back
from bot.channels.console.headers import POLICY
from bot.desk.model import Case
from bot.storage.desk.cases import case_of
from bot.storage.desk.looks import note_look
from bot.storage.desk.people import member_of, members
from bot.storage.desk.tables import looks
from bot.storage.desk.words import said_in
from bot.storage.tables import outbox
from tests.console.conftest import Desked
from tests.console.staged import NOW, OTHER, OWN, RECEIPT


def case_now(desked: Desked, name: str) -> Case:
    with desked.store.begin() as connection:
        case = case_of(connection, desked.staged.cases[name].id)
    assert case is not None
    return case


def looked_at(desked: Desked, owner: str) -> list[tuple[str, int]]:
    with desked.store.begin() as connection:
        rows = connection.execute(select(looks.c.what, looks.c.staff_id).where(looks.c.owner_id == owner).order_by(looks.c.id))
        return [(row.what, row.staff_id) for row in rows]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"free", "late", "mine", "taken"}),
        ("?view=mine", {"mine"}),
        ("?view=free", {"free", "late"}),
        ("?view=late", {"late"}),
        ("?view=closed", {"closed"}),
        ("?reason=hardship", {"late"}),
        ("?language=en", {"mine"}),
        ("?reason=complaint&language=en", set()),
        (f"?bank={OTHER}", {"free", "late", "mine", "taken"}),
        ("?view=nonsense&reason=nonsense&page=nonsense", {"free", "late", "mine", "taken"}),
        ("?page=2", set()),
    ],
)
async def test_the_queue_shows_what_is_asked_for(desked: Desked, query: str, shown: set[str]) -> None:
    async with desked.browser("agent") as browser:
        page = (await browser.get(f"/queue{query}")).text
    assert {name for name, case in desked.staged.cases.items() if f'href="/cases/{case.id}"' in page} == shown


async def test_the_next_due_comes_first(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        page = (await browser.get("/queue")).text
    numbers = [desked.staged.cases[name].id for name in ("late", "taken", "free", "mine")]
    places = [page.index(f'href="/cases/{number}"') for number in numbers]
    assert places == sorted(places)


async def test_the_list_is_sent_again_only_when_it_changed(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        page = (await browser.get("/queue")).text
        seen = page.split("seen=")[1].split('"')[0]
        assert (await browser.get(f"/queue/live?view=live&page=1&seen={seen}")).status_code == 204
        await browser.post(f"/cases/{desked.staged.cases['free'].id}/claim")
        assert "李经理" in (await browser.get(f"/queue/live?view=live&page=1&seen={seen}")).text


async def test_an_administrator_sees_clocks_and_no_words(desked: Desked) -> None:
    async with desked.browser("admin") as browser:
        everything, one_bank = (await browser.get("/queue")).text, (await browser.get(f"/queue?bank={OTHER}")).text
    for case in desked.staged.cases.values():
        assert case.question not in everything
    assert "#1<" in everything
    assert "#6<" in everything
    assert "#1<" not in one_bank
    assert "#6<" in one_bank


async def test_the_page_of_a_case_has_the_conversation_beside_the_file(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        page = (await browser.get(f"/cases/{desked.staged.cases['mine'].id}")).text
    for shown in (
        "What papers do you need?",
        "Is &lt;b&gt;that&lt;/b&gt; all?",
        "Long-standing customer.",
        "老陈面馆",
        "纳税申报表.pdf",
        "差 3 元",
        "想贷50万",
    ):
        assert shown in page
    assert "<b>that</b>" not in page


async def test_without_consent_there_is_only_the_question(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        number = desked.staged.cases["closed"].id
        page = (await browser.get(f"/cases/{number}")).text
        assert "想问一下续贷" in page
        assert "老陈面馆" not in page
        assert (await browser.get(f"/cases/{number}/report.png")).status_code == 404
        assert (await browser.get(f"/cases/{number}/report.pdf")).status_code == 404


async def test_every_look_is_noted_and_what_a_page_asks_by_itself_is_none(desked: Desked) -> None:
    case, agent = desked.staged.cases["free"], desked.staged.members["agent"].id
    async with desked.browser("agent") as browser:
        await browser.get(f"/cases/{case.id}")
        await browser.get(f"/cases/{case.id}/live")
        picture = await browser.get(f"/cases/{case.id}/report.png")
        assert picture.content.startswith(b"\x89PNG")
        assert looked_at(desked, case.owner) == [("case", agent)]
        printed = await browser.get(f"/cases/{case.id}/report.pdf")
        assert printed.content.startswith(b"%PDF")
        assert "attachment" in printed.headers["content-disposition"]
    async with desked.browser("other") as browser:
        await browser.get(f"/cases/{case.id}")
    assert looked_at(desked, case.owner) == [("case", agent), ("pdf", agent)]


@pytest.mark.parametrize("part", ["live", "report.png"])
async def test_nobody_reads_a_case_unseen_by_its_parts(desked: Desked, part: str) -> None:
    case, agent = desked.staged.cases["free"], desked.staged.members["agent"].id
    async with desked.browser("agent") as browser:
        for _ in range(3):
            await browser.get(f"/cases/{case.id}/{part}")
        assert looked_at(desked, case.owner) == [("case", agent)]
        desked.clock.now += timedelta(minutes=29)
        await browser.get("/queue")
        desked.clock.now += timedelta(minutes=2)
        await browser.get(f"/cases/{case.id}/{part}")
    assert looked_at(desked, case.owner) == [("case", agent)] * 2, "whoever stays is still looking"


async def test_a_pack_is_taken_along_until_its_owner_takes_it_back(desked: Desked) -> None:
    agent = desked.staged.members["agent"].id
    async with desked.browser("agent") as browser:
        assert f"/packs/{RECEIPT}.pdf" in (await browser.get(f"/cases/{desked.staged.cases['taken'].id}")).text
        assert "/packs/" not in (await browser.get(f"/cases/{desked.staged.cases['free'].id}")).text
        printed, plain = await browser.get(f"/packs/{RECEIPT}.pdf"), await browser.get(f"/packs/{RECEIPT}.json")
        assert printed.content.startswith(b"%PDF")
        assert plain.json()["receipt"] == RECEIPT
        assert looked_at(desked, "tg:4") == [("case", agent), ("pdf", agent), ("json", agent)]
        with desked.store.begin() as connection:
            take_back(connection, desked.staged.desk, "tg:4", RECEIPT, NOW)
        gone = await browser.get(f"/packs/{RECEIPT}.pdf")
        assert (gone.status_code, "客户已经收回这份资料。" in gone.text) == (410, True)
        assert (await browser.get("/packs/RF-2222-22222.json")).status_code == 404


async def test_a_reply_reaches_the_owner_and_a_note_does_not(desked: Desked) -> None:
    case = desked.staged.cases["mine"]
    async with desked.browser("agent") as browser:
        page = await browser.http.post(
            f"/cases/{case.id}/answer", data={"csrf": browser.csrf, "text": "That is all, thank you."}, headers={"hx-request": "true"}
        )
        assert 'data-told="answered"' in page.text
        assert "That is all, thank you." in page.text
        await browser.post(f"/cases/{case.id}/note", text="Sounds nervous.")
        await browser.post(f"/cases/{case.id}/answer", text="  \n ")
    with desked.store.begin() as connection:
        said = [(one.author, one.text) for one in said_in(connection, case.id)]
        sent = [str(row) for row in connection.execute(select(outbox.c.message).where(outbox.c.owner_id == case.owner)).scalars()]
    assert said[-2:] == [("staff", "That is all, thank you."), ("note", "Sounds nervous.")]
    assert any("That is all, thank you." in message for message in sent)
    assert not any("Sounds nervous." in message or "Long-standing" in message for message in sent)
    assert case_now(desked, "mine").turn == "owner"


async def test_whoever_is_second_learns_who_was_first_and_keeps_their_page(desked: Desked) -> None:
    case, colleague = desked.staged.cases["free"], desked.staged.members["colleague"]
    async with desked.browser("agent") as browser:
        with desked.store.begin() as connection:
            claim(connection, desked.staged.desk, case, colleague, NOW)
        second = await browser.post(f"/cases/{case.id}/claim")
        assert second.headers["location"] == f"/cases/{case.id}?told=taken"
        part = await browser.http.post(
            f"/cases/{case.id}/claim", data={"csrf": browser.csrf}, headers={"hx-request": "true"}, follow_redirects=True
        )
        assert "周经理 先了一步" in part.text
        assert 'data-told="taken"' in part.text
    assert case_now(desked, "free").assignee == colleague.id


async def test_a_case_goes_its_way(desked: Desked) -> None:
    case, people = desked.staged.cases["free"], desked.staged.members
    steps = [
        ("claim", {}, "claimed", "agent"),
        ("assign", {"to": str(people["supervisor"].id)}, "claimed", "supervisor"),
        ("release", {}, "open", None),
        ("close", {}, "closed", None),
        ("reopen", {}, "open", None),
    ]
    for action, form, status, holder in steps:
        async with desked.browser("agent" if action in ("claim", "assign") else "supervisor") as browser:
            assert (await browser.post(f"/cases/{case.id}/{action}", **form)).headers["location"].startswith(f"/cases/{case.id}?told=")
        now = case_now(desked, "free")
        assert (now.status, now.assignee) == (status, people[holder].id if holder else None), action


@pytest.mark.parametrize("to", ["other", "admin", "bank_admin", "policy"])
async def test_nobody_gets_a_case_who_may_not_answer_it(desked: Desked, to: str) -> None:
    async with desked.browser("supervisor") as browser:
        response = await browser.post(f"/cases/{desked.staged.cases['free'].id}/assign", to=str(desked.staged.members[to].id))
    assert response.status_code == 403
    assert case_now(desked, "free").assignee is None


async def test_a_moved_case_takes_the_question_along_and_nothing_else(desked: Desked) -> None:
    case = desked.staged.cases["mine"]
    async with desked.browser("agent") as browser:
        part = await browser.http.post(f"/cases/{case.id}/move", data={"csrf": browser.csrf, "to": OTHER}, headers={"hx-request": "true"})
        assert part.status_code == 200
    async with desked.browser("other") as browser:
        found = (await browser.get("/search?q=What papers")).text
        number = found.split('href="/cases/')[1].split('"')[0]
        page = (await browser.get(f"/cases/{number}")).text
        assert "What papers do you need?" in page
        for kept in ("Long-standing", "Hello, your licence", "老陈面馆", "Here is the licence"):
            assert kept not in page
        assert (await browser.get(f"/cases/{case.id}")).status_code == 404


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("流水贷", {"free"}),
        ("tax return", {"mine"}),
        ("TAX RETURN", {"mine"}),
        ("long-standing", {"mine"}),
        ("面馆", {"free", "late", "mine", "taken"}),
        ("91440300ma5examp3x", {"free", "late", "mine", "taken"}),
        ("续贷", {"closed"}),
        ("建行的问题", set()),
        ("%", set()),
        ("_", set()),
        ("facts", set()),
        ("annual_revenue", set()),
        ("#6", set()),
        ("6", set()),
        ("1", {"free"}),
        ("  ", set()),
        ("99999999999999999999999", set()),
    ],
)
async def test_a_search_finds_the_banks_own_cases_alone(desked: Desked, words: str, found: set[str]) -> None:
    async with desked.browser("agent") as browser:
        page = (await browser.http.get("/search", params={"q": words})).text
    assert {name for name, case in desked.staged.cases.items() if f'href="/cases/{case.id}"' in page} == found


async def test_a_number_leads_straight_to_its_case(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        assert (await browser.http.get("/search", params={"q": "#1"})).headers["location"] == "/cases/1"


async def test_statistics_are_of_the_own_bank(desked: Desked) -> None:
    async with desked.browser("other_supervisor") as browser:
        own, asked = (await browser.get("/statistics")).text, (await browser.get(f"/statistics?bank={OWN}&days=9999")).text
    for page in (own, asked):
        assert "<dt>新提出</dt><dd>1</dd>" in page
    async with desked.browser("admin") as browser:
        everything, one = (await browser.get("/statistics")).text, (await browser.get(f"/statistics?bank={OWN}&days=7")).text
    assert "<dt>新提出</dt><dd>6</dd>" in everything
    assert "建设银行" in everything
    assert "<dt>新提出</dt><dd>5</dd>" in one


async def test_a_saved_answer_is_filled_from_the_case(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        chinese = (await browser.get(f"/cases/{desked.staged.cases['free'].id}")).text
        english = (await browser.get(f"/cases/{desked.staged.cases['mine'].id}")).text
    assert "请准备营业执照。工商银行 李经理，编号 1" in chinese
    assert "Please bring your licence. 李经理, ICBC, case 3" in english
    assert "已收到，稍后回复您。" in chinese


async def test_saved_answers_are_kept_by_their_bank(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        assert (
            (await browser.post("/canned", title="营业时间", zh="九点到五点半", en="Nine to half past five"))
            .headers["location"]
            .endswith("told=kept")
        )
        assert (await browser.post("/canned", title="", zh="x", en="x")).headers["location"].endswith("told=empty")
        assert (await browser.post("/canned/2", title="x", zh="x", en="x")).status_code == 404, "every bank's is the administrator's"
        page = (await browser.get("/canned")).text
        assert "九点到五点半" in page
        assert "稍后回复" in page
        await browser.post("/canned/1/remove")
        assert "需要的材料" not in (await browser.get("/canned")).text
    async with desked.browser("other_supervisor") as browser:
        assert "九点到五点半" not in (await browser.get("/canned")).text


async def test_a_supervisor_brings_somebody_in_and_lets_them_go(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        await browser.post("/staff", name="新同事", place=f"agent@{OWN}", language="en", deputy="yes")
        with desked.store.begin() as connection:
            newcomer = next(one for one in members(connection, OWN) if one.name == "新同事")
        assert (newcomer.language, newcomer.deputy, newcomer.bank) == ("en", True, OWN)
        page = (await browser.post(f"/staff/{newcomer.id}/link")).text
        link = page.split('<code class="link">')[1].split("</code>")[0]
        async with desked.browser() as fresh:
            assert (await fresh.http.post(link)).headers["location"] == "/"
            assert "Queue" in (await fresh.get("/queue")).text
            await browser.post(f"/staff/{newcomer.id}/dismiss")
            assert (await fresh.get("/queue")).headers["location"] == "/sign-in"
    with desked.store.begin() as connection:
        assert member_of(connection, newcomer.id) is None


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("supervisor", f"admin@{OWN}", 403),
        ("supervisor", f"agent@{OTHER}", 403),
        ("supervisor", "policy@", 403),
        ("bank_admin", f"admin@{OWN}", 303),
        ("bank_admin", "admin@", 403),
        ("admin", "policy@", 303),
        ("admin", "agent@", 403),
        ("admin", "agent@nowhere", 403),
        ("admin", "king@", 403),
    ],
)
async def test_nobody_appoints_above_themselves(desked: Desked, who: str, place: str, status: int) -> None:
    async with desked.browser(who) as browser:
        assert (await browser.post("/staff", name="某人", place=place)).status_code == status


async def test_the_cases_of_whoever_leaves_are_for_everybody_again(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        assert (await browser.post(f"/staff/{desked.staged.members['colleague'].id}/dismiss")).headers[
            "location"
        ] == "/staff?told=dismissed"
    taken = case_now(desked, "taken")
    assert (taken.status, taken.assignee) == ("open", None)


async def test_whoever_has_telegram_gets_a_link_from_the_bot_alone(desked: Desked) -> None:
    people = desked.staged.members
    async with desked.browser("supervisor") as browser:
        assert (await browser.post(f"/staff/{people['colleague'].id}/link")).status_code == 403
        assert (await browser.post(f"/staff/{people['supervisor'].id}/dismiss")).status_code == 403, "nobody removes themselves"
        assert (await browser.post(f"/staff/{people['bank_admin'].id}/link")).status_code == 403


async def test_the_language_is_kept_and_leads_nowhere_else(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        back = await browser.post("/language", language="en", back="/search")
        assert back.headers["location"] == "/search"
        page = (await browser.get("/queue")).text
        assert '<html lang="en">' in page
        assert "Unclaimed" in page
        for evil in ("https://evil.test", "//evil.test", "/\\evil.test", "javascript:1", ""):
            assert (await browser.post("/language", language="zh", back=evil)).headers["location"] == "/", evil


async def test_headers_of_every_answer(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        for path in ("/queue", "/cases/1", "/cases/6", "/sign-in", "/static/console.css", "/static/nothing", "/nowhere"):
            headers = (await browser.get(path)).headers
            assert headers["content-security-policy"] == POLICY, path
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cache-control"] == ("no-cache" if path == "/static/console.css" else "no-store")
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


async def test_no_page_has_script_or_style_of_its_own(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        for path in ("/queue", "/cases/1", "/statistics", "/staff", "/canned", "/keys", "/search?q=1"):
            page = (await browser.get(path)).text
            assert [sign for sign in ("style=", "<style", " onclick", "<script>", "javascript:") if sign in page] == [], path


def test_looks_of_an_erased_owner_go_with_them(desked: Desked) -> None:
    case = desked.staged.cases["free"]
    with desked.store.begin() as connection:
        note_look(connection, case, desked.staged.members["agent"], "case", NOW + timedelta(minutes=1))
        desked.store.erase(connection, case.owner)
    assert looked_at(desked, case.owner) == []
