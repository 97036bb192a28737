"""Bulletins at the console: what the list and the form show, and what the form refuses."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import httpx
import pytest
from sqlalchemy import update

from bot.bulletins.model import Status
from bot.channels.console.bulletin_fields import values_of
from bot.storage.bulletins.rows import bulletin_of
from bot.storage.desk.people import members
from bot.storage.desk.tables import staff
from tests.console.bulletin_form import LATER, at, faults, field, form, newest, now
from tests.console.conftest import Browser, Desked


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
