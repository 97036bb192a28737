"""A bulletin written, approved and stopped by officers in their chats, through the whole of a Telegram that runs here."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path

from bot.broadcasting.entries import approve_entry, write_entry
from bot.broadcasting.office import Office
from bot.conversation.world import World
from bot.simulator import Person, Seen
from bot.storage.bulletins.rows import every_bulletin
from bot.storage.desk.people import add_member
from tests.bulletins.written import ENTRY, ENTRY_TEXT, FITS, NEW_ENTRY, NOW, OFFICER, firm
from tests.conversation.players import advisor_at
from tests.conversation.scenarios import ScriptedNlu
from tests.conversation.telegram_player import local_telegram


async def until_seen(person: Person, pattern: str, since: int = 0) -> Seen:
    async with asyncio.timeout(30):
        while True:
            for seen in person.sees()[since:]:
                if seen.from_bot and re.search(pattern, seen.text):
                    return seen
            await asyncio.sleep(0.01)


def buttons(seen: Seen) -> dict[str, str]:
    return {label: data for row in seen.buttons for label, data in row}


async def test_from_the_first_word_to_the_firms(world: World, tmp_path: Path) -> None:
    with advisor_at(f"sqlite:///{tmp_path / 'advisor.db'}", world, ScriptedNlu()) as advisor:
        store = advisor.store
        async with local_telegram(advisor) as telegram:
            chen, lin, owner = (telegram.person(name, "zh-hans") for name in ("Chen", "Lin", "Owner"))
            for person in (chen, lin, owner):
                person.start()
            with store.begin() as connection:
                add_member(connection, replace(OFFICER, name="陈处", telegram_id=chen.id))
                add_member(connection, replace(OFFICER, name="Lin", language="en", telegram_id=lin.id))
                add_member(connection, replace(OFFICER, name="外省", region="440000", telegram_id=None))
            firm(store, 1, FITS)
            owner.write("/bulletin")
            await until_seen(owner, ".", 1)
            assert not any("政策通知。关于" in seen.text for seen in owner.sees()), "nobody else can begin one"
            chen.write("/bulletin")
            await until_seen(chen, "关于哪条政策")
            chen.write("福建 专精特新 贷款贴息")
            which = await until_seen(chen, "是哪一条")
            chen.press(next(data for data in buttons(which).values() if data == f"bul:is:{ENTRY}"))
            await until_seen(chen, "用中文写")
            chen.write("只有标题")
            await until_seen(chen, "标题和正文都要有")
            chen.write("贴息开始申报\n您可能符合条件，点下面看看。")
            await until_seen(chen, "再写英文")
            chen.write("Interest subsidy opens\nYou may be eligible; tap below.")
            place = await until_seen(chen, "哪里的企业")
            assert {"福建省", "福州市", "厦门市"} <= set(buttons(place))
            chen.press("bul:is:350000")
            await until_seen(chen, "什么时候发")
            chen.press("bul:is:tomorrow")
            await until_seen(chen, "几天内发完")
            chen.press("bul:is:14")
            await until_seen(chen, "先问一句")
            chen.press("bul:is:no")
            saved = await until_seen(chen, "第 1 号通知已存成草稿")
            assert "会发给不到5家企业" in saved.text
            assert set(buttons(saved)) == {"停发"}, "who wrote it does not approve it"
            assert any(seen.text.startswith("贴息开始申报\n\n您可能") and "跟我有关吗？" in buttons(seen) for seen in chen.sees())
            asked = await until_seen(lin, "陈处 wrote bulletin 1")
            lin.press(buttons(asked)["Approve"])
            await until_seen(lin, "Bulletin 1 is approved")
            with store.begin() as connection:
                (bulletin,) = every_bulletin(connection)
            assert (bulletin.status, bulletin.draft.entry, bulletin.draft.region) == ("approved", ENTRY, "350000")
            chen.write("/bulletin 1")
            again = await until_seen(chen, "^会发给不到5家企业")
            chen.press(buttons(again)["停发"])
            await until_seen(chen, "已停发")
            chen.write("/bulletin 9")
            await until_seen(chen, "没有第 9 号通知")
            chen.write("/bulletin")
            chen.write("/cancel")
            await until_seen(chen, "没有存下任何东西")


async def test_a_measure_approved_meanwhile_can_be_told_of_at_once(world: World, tmp_path: Path) -> None:
    """Approved in another process while this one serves: it is found as soon as it is approved."""
    with advisor_at(f"sqlite:///{tmp_path / 'advisor.db'}", world, ScriptedNlu()) as advisor:
        store = advisor.store
        async with local_telegram(advisor) as telegram:
            chen = telegram.person("Chen", "zh-hans")
            chen.start()
            with store.begin() as connection:
                first = add_member(connection, replace(OFFICER, name="陈处", telegram_id=chen.id))
                second = add_member(connection, replace(OFFICER, name="林科"))
            chen.write("/bulletin")
            await until_seen(chen, "关于哪条政策")
            office = Office(store, world.pack)
            written = write_entry(office, first, ENTRY_TEXT, NOW)
            await asyncio.to_thread(approve_entry, office, second, written.id, written.version, NOW)
            async with asyncio.timeout(30):
                while NEW_ENTRY not in advisor.world.pack.entries:
                    await asyncio.sleep(0.01)
            chen.write("新招员工补贴")
            which = await until_seen(chen, "是哪一条|用中文写")
            assert which.text.startswith("用中文写") or f"bul:is:{NEW_ENTRY}" in buttons(which).values()
