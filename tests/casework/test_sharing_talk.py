"""Applying through the service: what a yes is taken for, and what is said where something came in between."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.conversation.world import World
from bot.desk.sharing import LASTS, Referral
from bot.storage.desk.referrals import given_by
from bot.storage.desk.tables import banks
from bot.storage.store import Store
from tests.casework.desks import ICBC, NOW
from tests.casework.talks import OWNER, Talk, buttons, talk, texts

FIGURES = "我在福州开餐馆三年了，8个人，去年营业额280万，净利润20万，想借50万装修"
PRODUCT = "j:to:prd-icbc-jingying"


def choosing(store: Store, world: World) -> Talk:
    """An owner in front of the first screen."""
    told = talk(store, world)
    told.say(FIGURES, "state_facts")
    told.press(PRODUCT)
    return told


def yes(told: Talk) -> str:
    sharing = told.advisor.dialogue_of(OWNER).sharing
    assert sharing is not None
    return f"j:go:{sharing.digest(told.advisor.now().date())}"


def given(told: Talk) -> list[Referral]:
    with told.advisor.store.begin() as connection:
        return given_by(connection, OWNER)


def test_a_yes_gives_what_its_screen_showed(store: Store, world: World) -> None:
    told = choosing(store, world)
    said = told.press(yes(told))
    (referral,) = given(told)
    assert referral.fields == ("region", "industry", "age_months", "employees", "amount_sought", "annual_revenue")
    assert referral.receipt in texts(said)
    assert (referral.case, told.case().bank) == (told.case().id, ICBC.id)
    assert referral.expires_at == NOW + LASTS


def test_a_second_yes_gives_nothing_more(store: Store, world: World) -> None:
    told = choosing(store, world)
    pressed = yes(told)
    told.press(pressed)
    assert "j:go" not in "".join(buttons(told.press(pressed)))
    assert len(given(told)) == 1


def test_a_yes_under_an_older_screen_is_not_taken(store: Store, world: World) -> None:
    told = choosing(store, world)
    older = yes(told)
    told.press("j:p:score")
    said = told.press(older)
    assert "后来改过" in texts(said)
    assert yes(told) in buttons(said)
    assert given(told) == []


def test_a_yes_days_later_would_be_for_other_days_and_is_not_taken(store: Store, world: World) -> None:
    moment = [NOW]
    told = talk(store, world, now=lambda: moment[0])
    told.say(FIGURES, "state_facts")
    told.press(PRODUCT)
    older = yes(told)
    moment[0] = NOW + timedelta(days=3)
    assert "后来改过" in texts(told.press(older))
    assert given(told) == []


def test_with_nothing_ticked_nothing_is_given(store: Store, world: World) -> None:
    told = choosing(store, world)
    for part in ("firm", "wishes", "figures"):
        told.press(f"j:p:{part}")
    for pressed in (yes(told), "j:see"):
        assert "至少勾一项" in texts(told.press(pressed))
    assert given(told) == []


def test_a_desk_that_closed_meanwhile_gets_nothing(store: Store, world: World) -> None:
    told = choosing(store, world)
    pressed = yes(told)
    with store.begin() as connection:
        connection.execute(update(banks).where(banks.c.id == ICBC.id).values(active=False))
    said = told.press(pressed)
    assert given(told) == []
    assert said.dialogue.case is None


def test_another_banks_open_case_is_named_before_anything_is_chosen(store: Store, world: World) -> None:
    told = talk(store, world)
    told.say(FIGURES, "state_facts")
    told.say("我想找个真人", "ask_human")
    told.press("o:show:general")
    assert told.case().bank == "general"
    said = told.press(PRODUCT)
    assert "还有一件事没办完" in texts(said)
    assert not [one for one in buttons(said) if one.startswith("j:go")]


def test_who_is_talking_with_the_bank_already_adds_the_pack_to_it(store: Store, world: World) -> None:
    told = choosing(store, world)
    told.press(yes(told))
    told.press(PRODUCT)
    told.press("j:p:score")
    assert f"编号 {told.case().id} 里" in texts(told.press(yes(told)))
    assert [one.case for one in given(told)] == [told.case().id] * 2


def test_buttons_of_somebody_elses_pack_or_of_nothing_do_no_harm(store: Store, world: World) -> None:
    told = choosing(store, world)
    told.press(yes(told))
    (referral,) = given(told)
    other = Talk(told.advisor, told.nlu, told.at, "tg:8")
    assert "没有找到" in texts(other.press(f"j:back:{referral.receipt}"))
    stale = "j:go:0000000000 j:p:figures j:f:net_profit j:to:prd-nothing j:at:len-nothing:prd-order-loan j:one:files j:zz"
    for pressed in stale.split():
        assert texts(other.press(pressed))
    assert given(told) == [referral]


def test_what_was_said_is_in_the_export_and_gone_after_erasing(store: Store, world: World) -> None:
    told = choosing(store, world)
    told.press(yes(told))
    (referral,) = given(told)
    export = told.say("导出我的数据", "export_data").replies[0].files[0].content.decode()
    assert referral.receipt in export
    told.say("删除我的数据", "delete_data")
    told.press("x:yes")
    assert given(told) == []
