"""Bulletins at the console: approval, whom one reaches, stopping, and what becomes of it."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Literal

import pytest
from sqlalchemy import func, select, update

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, preview, write
from bot.bulletins.model import Sort, Status
from bot.channels.console.bulletin_fields import FIELDS
from bot.storage.posts import Closing, Lane
from bot.storage.tables import outbox
from tests.bulletins.written import firm
from tests.console.bulletin_form import at, faults, field, form, newest, now
from tests.console.bulletin_stage import DRAFT
from tests.console.conftest import Desked
from tests.console.staged import NOW


async def test_the_second_officer_sees_what_changed_and_approves_that(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        page = (await browser.get(at(desked, "changed"))).text
        assert re.findall(r"<(del|ins)>(.*?)</\1>", page) == [
            *(("del", "！"), ("ins", "，"), ("del", "Hello"), ("ins", "Good day")),
            *(("del", "2026-12-10"), ("ins", "2026-12-20")),
            *(("del", "再发一次，个别企业可能收到两次"), ("ins", "不再发，个别企业可能收不到")),
        ]
        assert "<del>" not in (await browser.get(at(desked, "draft"))).text
        version = str(now(desked, "changed").version)
        answer = await browser.post(at(desked, "changed", "/approve"), version=version)
        assert answer.headers["location"].endswith("?told=approved")
    assert (now(desked, "changed").status, now(desked, "changed").approver) == (Status.APPROVED, desked.staged.members["officer"].id)


async def test_nobody_approves_their_own_words_or_what_they_have_not_seen(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        answer = await browser.post(at(desked, "draft", "/approve"), version="1")
        assert "需要另一位同事批准" in answer.text
        assert "/approve" not in (await browser.get(at(desked, "draft"))).text
        await browser.post(at(desked, "draft", "/change"), **form(version="1", title_zh="改过"))
    async with desked.browser("officer") as browser:
        for version in ("1", "", "x", "99999999999"):
            answer = await browser.post(at(desked, "draft", "/approve"), version=version)
            assert answer.headers["location"] == at(desked, "draft", "?told=changed_meanwhile")
    assert now(desked, "draft").status is Status.DRAFT


async def test_two_who_change_it_at_once_lose_nothing(desked: Desked) -> None:
    async with desked.browser("policy") as first, desked.browser("officer") as second:
        await first.post(at(desked, "draft", "/change"), **form(version="1", title_zh="先改的"))
        answer = await second.post(at(desked, "draft", "/change"), **form(version="1", title_zh="后改的"))
        assert answer.status_code == 409
        assert field(answer.text, "title_zh") == "后改的"
        assert now(desked, "draft").draft.title["zh"] == "先改的"
        again = await second.post(at(desked, "draft", "/change"), **form(version=field(answer.text, "version"), title_zh="后改的"))
        assert again.headers["location"] == at(desked, "draft", "?told=revised")
    assert now(desked, "draft").draft.title["zh"] == "后改的"


async def test_what_was_approved_needs_it_again_once_it_is_changed(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        assert "改动后要重新批准" in (await browser.get(at(desked, "approved", "/change"))).text
        await browser.post(at(desked, "approved", "/change"), **form(version=str(now(desked, "approved").version), title_zh="新标题"))
        bulletin = now(desked, "approved")
        assert (bulletin.status, bulletin.author) == (Status.DRAFT, desked.staged.members["officer"].id)
        for name in ("sending", "gone", "halted"):
            assert (await browser.get(at(desked, name, "/change"))).status_code == 403, "what has left stays as it is"


async def test_the_page_counts_as_the_commands_do(desked: Desked) -> None:
    officer, number = desked.staged.members["officer"], desked.staged.bulletins["draft"].id
    found = preview(Office(desked.store, desked.console.world.pack), officer, number, NOW)
    assert found.firms is not None
    assert found.reached is not None
    counts = [(one.eligible, one.unknown, one.ineligible) for one in (found.firms, found.reached)]
    assert counts == [(72, 42, 36), (48, 24, 24)]
    async with desked.browser("officer") as browser:
        for headers in ({}, {"hx-request": "true"}):
            page = (await browser.http.get(at(desked, "draft", "/audience"), headers=headers)).text
            cells = [int(cell) for cell in re.findall(r"<td>(?:<b>)?(\d+)", page)[:6]]
            assert cells == [70, 40, 35, 45, 20, 20], "in fives"
            assert ("<html" in page) is not headers


async def test_the_audience_is_shown_in_groups_with_numbers_for_every_reader(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        page = (await browser.get(at(desked, "draft", "/audience"))).text
        asking = (await browser.get(at(desked, "approved", "/audience"))).text
    labels = re.findall(r'<svg class="plot tall"[^>]*aria-label="([^"]*)"', page)
    assert labels[0] == "按地区（订阅的企业） · 福州市 符合 20 还不能判断 10 不符合 10 · 厦门市 符合 20 还不能判断 10 不符合 10"
    assert [label.split(" · ")[0] for label in labels] == ["按地区（订阅的企业）", "按行业（订阅的企业）", "按规模（订阅的企业）"]
    samples = re.findall(r"<li><span>([^<]*)</span> <b>(\d+) 家</b></li>", page)
    assert ("福州市 · 工业制造 · 小型企业", "5") in samples
    assert all(int(firms) >= 5 for _, firms in samples)
    assert "150 家中有 35 家不满足" in page
    assert "看了 20 家，有 20 家差的是“专精特新等级”" in page
    assert "拿到过专精特新这类称号吗？" not in page
    assert "拿到过专精特新这类称号吗？" in asking, "the question that goes instead is shown as it will read"
    assert (tiles(page)["将发送"], tiles(asking)["将发送"]) == ("45", "70")


async def test_the_office_sees_what_its_bulletins_brought_about(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        page = (await browser.get("/bulletins/effect")).text
        shown = (await browser.get(at(desked, "gone"))).text
    assert {name: tiles(page)[name] for name in ("已送达", "点开核对", "现在符合", "已去申请")} == {
        **{"已送达": "40", "点开核对": "20", "现在符合": "40"},
        "已去申请": "不到 5",
    }
    rows = re.findall(r'<tr><td>(.*?)</td><th scope="row">(.*?)</th><td>(\d+)</td><td>(\d+)</td>', page)
    assert rows == [("2026-11", "福州市", "20", "10"), ("2026-11", "厦门市", "20", "10")], "of the one under way too few have got it yet"
    assert "150 家中有 35 家不满足" in page
    told = {name: tiles(shown)[name] for name in ("点开核对", "现在符合", "已去申请")}
    assert told == {"点开核对": "20", "现在符合": "40", "已去申请": "不到 5"}
    assert "失败 3 条：原因没有记录" in shown
    async with desked.browser("far") as browser:
        assert "还没有发出过通知" in (await browser.get("/bulletins/effect")).text


async def test_paying_for_speed_is_a_switch_with_its_cost_beside_it(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        assert 'name="paid"' not in (await browser.get("/bulletins/new")).text, "nobody pays where the installation does not"
        await browser.post("/bulletins", **form(paid="yes"))
        number = newest(desked).id
        assert "没有开通付费发送" in (await browser.get(f"/bulletins/{number}/change")).text
    async with desked.browser("officer") as browser:
        refused = await browser.post(f"/bulletins/{number}/approve", version="1")
        assert (refused.status_code, "没有开通付费发送" in refused.text) == (422, True)
    paying = replace(desked, console=replace(desked.console, stars=500))
    async with paying.browser("officer") as browser:
        page = (await browser.get("/bulletins/new")).text
        assert "每条 0.1 颗 Telegram 星；一条通知最多花 500 颗" in page
        assert "每秒最多 1,000 条，最多花 2 颗 Telegram 星" in (await browser.get(f"/bulletins/{number}/audience")).text
        assert (await browser.post(f"/bulletins/{number}/approve", version="1")).status_code == 303


async def test_a_stop_is_felt_at_once(desked: Desked) -> None:
    """Nothing waits in a lane that the sender looks at once the button has answered, and that takes less than a second."""
    assert desked.store.waiting(Lane.BULK, 100)
    async with desked.browser("admin") as browser:
        begun = time.perf_counter()
        answer = await browser.post(at(desked, "sending", "/stop"))
        took = time.perf_counter() - begun
        assert answer.headers["location"] == at(desked, "sending", "?told=stopped")
        assert desked.store.waiting(Lane.BULK, 100) == []
        assert took < 1
        again = await browser.post(at(desked, "sending", "/stop"))
        assert again.status_code == 422
        assert "已停发" in again.text
    assert now(desked, "sending").status is Status.STOPPED


def tiles(page: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"<dt>(.*?)</dt><dd[^>]*>([^<]*)", page)}


async def test_how_far_it_is_comes_by_itself(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        part = (await browser.http.get(at(desked, "sending", "/live?status=sending"))).text
        assert tiles(part)["已处理"] == "6 / 24 家"
        assert tiles(part)["速度"] == "每秒 0.6 条"
        assert tiles(part)["预计发完"] == "2026-11-26 15:00"
        assert 'hx-trigger="every 2s"' in part
        with desked.store.begin() as connection:
            mine = outbox.c.closed_at.is_(None) & outbox.c.kind.like("bulletin%")
            connection.execute(update(outbox).where(mine).values(closed_at=NOW, outcome="sent", message={}))
        part = (await browser.http.get(at(desked, "sending", "/live?status=sending"))).text
        assert tiles(part)["已处理"] == "24 / 24 家"
        changed = await browser.http.get(at(desked, "sending", "/live?status=approved"))
        assert (changed.status_code, changed.headers["hx-refresh"]) == (204, "true"), "the buttons are others now"


async def test_the_report_adds_up(desked: Desked) -> None:
    async with desked.browser("officer") as browser:
        for name in ("gone", "halted"):
            page = (await browser.get(at(desked, name))).text
            told = dict(re.findall(r"<li><span>(.*?)</span>.*?<b>(\d+)</b></li>", page))
            assert sum(map(int, told.values())) == int(tiles(page)["已处理"].split(" / ")[1].removesuffix(" 家")) == 48
    assert set(told) <= {"停发未送", "等待发送", "已送达"}


@pytest.mark.parametrize(("button", "sort"), [("correction", Sort.CORRECTION), ("withdrawal", Sort.WITHDRAWAL)])
async def test_corrections_and_withdrawals_begin_with_the_words_of_the_first(desked: Desked, button: str, sort: Sort) -> None:
    gone = desked.staged.bulletins["gone"].id
    async with desked.browser("policy") as browser:
        assert f"sort={button}&amp;corrects={gone}" in (await browser.get(at(desked, "gone"))).text
        page = (await browser.get(f"/bulletins/new?sort={button}&corrects={gone}")).text
        filled = {name: field(page, name) for name in FIELDS if name not in ("entry", "region", "doubt", "ask", "paid")}
        assert filled["body_zh"] == DRAFT.body["zh"]
        await browser.post("/bulletins", **form(**filled))
        draft = newest(desked).draft
        assert (draft.sort, draft.corrects) == (sort, gone)
        assert (await browser.get("/bulletins/new?sort=correction&corrects=999")).status_code == 404
        refused = await browser.post("/bulletins", **form(sort="correction", corrects=str(desked.staged.bulletins["draft"].id)))
        assert "还没有发完或停发" in faults(refused.text)["corrects"]


async def test_no_page_tells_of_a_single_firm(desked: Desked) -> None:
    """Neither whose chat it is nor a figure of theirs."""
    with desked.store.begin() as connection:
        owners = connection.execute(select(func.count()).select_from(outbox).where(outbox.c.kind.like("bulletin%"))).scalar_one()
    assert owners
    async with desked.browser("officer") as browser:
        for name in desked.staged.bulletins:
            for rest in ("", "/audience", "/live"):
                page = (await browser.get(at(desked, name, rest))).text
                assert not re.search(r"tg:0\d{4}|80000000|80,000,000", page), (name, rest)


@pytest.mark.parametrize("ending", ["sent", "unsubscribed", "dead"])
async def test_the_page_of_a_bulletin_for_a_few_tells_nothing_of_them(
    desked: Desked, ending: Literal["sent", "unsubscribed", "dead"]
) -> None:
    office, place = Office(desked.store, desked.console.world.pack), "350203"
    for number in (5001, 5002):
        firm(desked.store, number, {"region": place, "industry": "industry", "specialised_level": "specialised"})
    written = write(office, desked.staged.members["policy"], replace(DRAFT, region=place), NOW)
    approve(office, desked.staged.members["officer"], written.id, written.version, NOW)
    advance(office, NOW)
    async with desked.browser("officer") as browser:
        pages = [(await browser.get(f"/bulletins/{written.id}")).text]
        office.store.close_posts([Closing(row, ending, row) for row in office.store.waiting(Lane.BULK, 100)], NOW)
        advance(office, NOW)
        pages.append((await browser.get(f"/bulletins/{written.id}")).text)
    for page in pages:
        progress = page[page.index('id="progress"') : page.index("手机上的样子")]
        assert "收件的不到 5 家，不显示每条的结果。" in progress
        assert not re.search(r">[^<]*\d+ / \d+ 家|<meter|<progress", progress)
