"""Bulletins at the console: what the pages show, what the form refuses, and what the buttons do."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Literal

import httpx
import pytest
from sqlalchemy import func, select, update

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, preview, write
from bot.bulletins.model import Bulletin, Draft, Sort, Status
from bot.channels.console.bulletin_fields import FIELDS, values_of
from bot.storage.bulletins.rows import bulletin_of, every_bulletin
from bot.storage.desk.people import members
from bot.storage.desk.tables import staff
from bot.storage.posts import Closing, Lane
from bot.storage.tables import outbox
from tests.bulletins.written import firm
from tests.console.bulletin_stage import DRAFT
from tests.console.conftest import Browser, Desked
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


# -- the list ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "query", "shown"),
    [
        ("officer", "", {"gone", "halted", "sending", "changed", "approved", "draft", "broken", "correction"}),
        ("officer", "?view=drafts", {"changed", "draft", "broken", "correction"}),
        ("officer", "?view=running", {"approved", "sending"}),
        ("officer", "?view=over", {"gone", "halted"}),
        ("officer", "?view=nonsense", {"gone", "halted", "sending", "changed", "approved", "draft", "broken", "correction"}),
        ("admin", "?view=over", {"gone", "halted"}),
        ("far", "", set()),
    ],
)
async def test_the_list_shows_what_is_asked_for(desked: Desked, who: str, query: str, shown: set[str]) -> None:
    async with desked.browser(who) as browser:
        page = (await browser.get(f"/bulletins{query}")).text
    assert {name for name in desked.staged.bulletins if f'href="{at(desked, name)}"' in page} == shown


async def test_what_can_be_approved_waits_for_the_second_officer(desked: Desked) -> None:
    waiting = {}
    for who in ("policy", "officer", "admin"):
        async with desked.browser(who) as browser:
            page = (await browser.get("/bulletins")).text
        waiting[who] = page.count("<b>等您批准</b>")
    assert waiting == {"policy": 0, "officer": 3, "admin": 0}, "the broken one waits for its writer first"


# -- writing -------------------------------------------------------------------------------------------------------------------


async def test_what_is_written_is_kept_as_it_was_typed(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        answer = await browser.post("/bulletins", **form())
        kept = newest(desked)
        assert answer.headers["location"] == f"/bulletins/{kept.id}?told=drafted"
        assert values_of(kept.draft) == values_of(LATER)
        page = (await browser.get(f"/bulletins/{kept.id}/change")).text
    assert {name: field(page, name) for name in ("title_zh", "body_zh", "body_en")} == {
        "title_zh": LATER.title["zh"],
        "body_zh": LATER.body["zh"],
        "body_en": LATER.body["en"],
    }


#: What is typed into which field -> beside which field which sentence stands.
REFUSED = [
    ({"body_zh": "写不完" * 1500}, "body_zh", "中文正文连标题共4513个字符，一条消息最多4096个，请缩短。"),
    ({"body_zh": "<b>没关上"}, "body_zh", "中文正文的格式标记有误，问题在 <b>。"),
    ({"body_zh": "每年贴息 7 个百分点"}, "body_zh", "中文正文里的7在政策条目 sub-fj-zjtx-loan-2026 中找不到，请核对。"),
    ({"body_en": "See <script>"}, "body_en", "英文正文的格式标记有误，问题在 <script>。"),
    ({"body_en": "Up to 12 months."}, "body_en", "中文和英文里的数字不一致：1。"),
    ({"title_en": ""}, "title_en", "英文的标题和正文都要写。"),
    ({"body_en": " "}, "body_en", "英文的标题和正文都要写。"),
    ({"entry": ""}, "entry", "请选一项政策，系统按它的条件找企业。"),
    ({"entry": "sub-none"}, "entry", "知识库里没有条目 sub-none。"),
    ({"entry": "sub-startup-loan-old"}, "entry", None),
    ({"region": "440300"}, "region", "深圳市不在您负责的福建省范围内。"),
    ({"region": "nowhere"}, "region", "没有代码为nowhere的地区。"),
    ({"send_day": "2026-11-20"}, "send_day", "发送时间2026-11-20 15:00已经过去。"),
    ({"expires": "2026-11-26"}, "expires", "这条通知2026-11-26就过期了，而最早2026-11-27才能发出。"),
]
#: What makes no draft at all.
UNREADABLE = [
    ({"send_day": ""}, "send_day", "请填写日期。"),
    ({"send_day": "9999-12-31"}, "send_day", "请填写日期。"),
    ({"expires": "soon"}, "expires", "请填写日期。"),
    ({"send_time": "25:00"}, "send_time", "请填写时间。"),
    ({"quiet_to": ""}, "quiet_to", "请填写时间。"),
]


@pytest.mark.parametrize(("typed", "beside", "sentence"), REFUSED)
async def test_each_refusal_is_a_sentence_beside_its_field(
    desked: Desked, typed: dict[str, str], beside: str, sentence: str | None
) -> None:
    async with desked.browser("policy") as browser:
        answer = await browser.post("/bulletins", **form(**typed))
        kept = newest(desked)
        assert answer.headers["location"] == f"/bulletins/{kept.id}/change?told=drafted", "it is kept, and led back to what is open"
        page = (await browser.get(answer.headers["location"])).text
        shown = (await browser.get(f"/bulletins/{kept.id}")).text
    if sentence is not None:
        assert sentence in faults(page)[beside]
        assert sentence in unescape(shown) or beside == "entry"
    assert beside in faults(page)
    for name in typed.keys() & {"title_zh", "body_zh", "title_en", "body_en"}:
        assert field(page, name) == typed[name]
    async with desked.browser("officer") as browser:
        # A place that the second officer does not speak for is nothing that they know of.
        refused = 404 if beside == "region" else 422
        assert (await browser.post(f"/bulletins/{kept.id}/approve", version="1")).status_code == refused
    with desked.store.begin() as connection:
        assert (bulletin_of(connection, kept.id) or kept).status is Status.DRAFT


@pytest.mark.parametrize(("typed", "beside", "sentence"), UNREADABLE)
async def test_what_makes_no_draft_stays_in_the_form(desked: Desked, typed: dict[str, str], beside: str, sentence: str) -> None:
    before = newest(desked).id
    async with desked.browser("policy") as browser:
        for path in ("/bulletins", at(desked, "draft", "/change")):
            answer = await browser.post(path, **form(version="1", **typed))
            assert answer.status_code == 422
            assert faults(answer.text) == {beside: sentence}
            assert field(answer.text, "body_zh") == LATER.body["zh"]
            assert field(answer.text, beside) == typed[beside]
    assert newest(desked).id == before
    assert now(desked, "draft").version == 1


async def test_an_audience_of_nobody_is_refused_on_approval(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        await browser.post("/bulletins", **form(region="350500"))
    number = newest(desked).id
    async with desked.browser("officer") as browser:
        answer = await browser.post(f"/bulletins/{number}/approve", version="1")
    assert answer.status_code == 422
    assert "现在没有一家企业符合条件并订阅了通知" in answer.text


async def test_what_is_being_typed_is_shown_as_a_phone_shows_it(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        typed = form(title_en="", body_en="", body_zh='<i>斜</i> 1 < 2 <a href="https://a.example/?b=1&amp;c=2">链</a>')
        page = (await browser.post("/bulletins/check", **typed)).text
        assert "格式标记有误" in page
        assert "body_zh" in faults(page)
        page = (await browser.post("/bulletins/check", **{**typed, "body_zh": typed["body_zh"].replace("< 2", "&lt; 2")})).text
    assert '<i>斜</i> 1 &lt; 2 <a href="https://a.example/?b=1&amp;c=2" rel="noreferrer">链</a>' in page
    assert "title_en" not in faults(page), "what is not written yet is no mistake"
    assert "专精特新等级须为专精特新中小企业或专精特新“小巨人”" in page
    assert newest(desked).id == max(one.id for one in desked.staged.bulletins.values()), "looking keeps nothing"


EVIL = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<b onclick=x>y</b>")


@pytest.mark.parametrize("evil", EVIL)
async def test_no_markup_of_a_bulletin_becomes_one_of_the_page(desked: Desked, evil: str) -> None:
    async with desked.browser("policy") as browser:
        await browser.post("/bulletins", **form(title_zh=evil, body_zh=evil, title_en=evil))
        for path in ("/bulletins", f"/bulletins/{newest(desked).id}", f"/bulletins/{newest(desked).id}/change"):
            page = (await browser.get(path)).text
            assert evil not in page, path


@pytest.mark.parametrize("words", ["专精特新贷款", "sub-fj-zjtx-loan-2026", "special loans for specialised firms"])
async def test_measures_are_found_by_name_number_and_topic(desked: Desked, words: str) -> None:
    async with desked.browser("policy") as browser:
        page = (await browser.get(f"/bulletins/entries?find={words}")).text
        again = await browser.post("/bulletins", **form(find=words, do="find", body_zh="半句"))
    assert re.findall(r'value="([^"]+)"', page)[0] == "sub-fj-zjtx-loan-2026"
    assert again.status_code == 200
    assert field(again.text, "body_zh") == "半句", "a search without scripts loses nothing"


async def test_only_measures_of_the_own_region_are_offered(desked: Desked) -> None:
    found = {}
    for who in ("policy", "far"):
        async with desked.browser(who) as browser:
            pages = [(await browser.get(f"/bulletins/entries?find={words}")).text for words in ("", "创业担保贷款")]
        found[who] = set(re.findall(r'value="([^"]+)"', "".join(pages)))
    assert "sub-fj-startup-loan" in found["policy"] - found["far"]
    assert "sub-sz-startup-loan" in found["far"] - found["policy"]


# -- approval ------------------------------------------------------------------------------------------------------------------


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


# -- whom it reaches, and what becomes of it -----------------------------------------------------------------------------------


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


async def test_an_officer_without_a_region_is_told_so(desked: Desked) -> None:
    member = desked.staged.members["policy"]
    with desked.store.begin() as connection:
        connection.execute(update(staff).where(staff.c.id == member.id).values(region=None))
    async with desked.browser(replace(member, region=None)) as browser:
        page = await browser.get("/bulletins/new")
        assert page.status_code == 200
        assert "还没有登记负责的地区" in faults((await _typed(browser)).text)["region"]


async def _typed(browser: Browser) -> httpx.Response:
    return await browser.post("/bulletins/check", **form())


async def test_a_new_officer_has_a_region_and_an_office(desked: Desked) -> None:
    async with desked.browser("admin") as browser:
        for region in ("", "999999", "nowhere"):
            answer = await browser.post("/staff", name="新专员", place="policy@", region=region, office="市工信局")
            assert answer.headers["location"] == "/staff?told=empty"
        assert '<option value="350200">厦门市</option>' in (await browser.get("/staff")).text
        await browser.post("/staff", name="新专员", place="policy@", region="350200", office="市工信局")
        await browser.post("/staff", name="新主管", place="supervisor@len-icbc", region="350200", office="市工信局")
    with desked.store.begin() as connection:
        added = {one.name: (one.region, one.office) for one in members(connection)}
    assert (added["新专员"], added["新主管"]) == (("350200", "市工信局"), (None, None))
    async with desked.browser("supervisor") as browser:
        assert 'name="region"' not in (await browser.get("/staff")).text


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
