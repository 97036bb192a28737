"""What owners decide about bulletins: how often, of what, and from where; the one question instead; nothing left behind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, preview, progress, stop, write
from bot.bulletins.model import Draft, Ending, Sort, Status
from bot.bulletins.timing import WEEK, free_at, next_morning
from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.desk.model import Member
from bot.service import Advisor
from bot.storage.bulletins.rows import bulletin_of
from bot.storage.bulletins.subscribers import Subscription, keep_subscription
from bot.storage.bulletins.tables import bulletin_rows, subscriptions
from bot.storage.posts import Closing, Lane
from bot.storage.store import Store
from bot.storage.tables import outbox
from knowledge.regions import COUNTRY
from tests.bulletins.written import DRAFT, FITS, FUJIAN, FUZHOU, NO, NOW, OPEN, approved, firm

DAY = timedelta(days=1)


def wants(store: Store, owner: str, wanted: Subscription | None) -> None:
    with store.begin() as connection:
        keep_subscription(connection, owner, wanted, NOW)


def texts(store: Store) -> list[str]:
    """What waits to leave, and then has left."""
    rows = store.waiting(Lane.BULK, 1000)
    found = [post.message["text"] for post in store.posts(rows)]
    store.close_posts([Closing(row, "sent", row) for row in rows], NOW)
    return found


def titled(name: str, **rest: Any) -> Draft:
    return replace(DRAFT, title={"zh": name, "en": name}, **rest)


def headlines(found: Sequence[str]) -> list[str]:
    return [text.splitlines()[0].removeprefix("<b>").removesuffix("</b>") for text in found]


# -- how often -----------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 20 * 24), max_size=12), st.integers(1, 7))
def test_no_seven_days_ever_hold_more_than_was_wished(hours: list[int], weekly: int) -> None:
    told: list[datetime] = []
    for hour in sorted(hours):
        moment = NOW + timedelta(hours=hour)
        later = free_at(told, weekly, moment)
        told.append(moment if later is None else later)
        told.sort()
    for moment in told:
        assert sum(moment <= one < moment + WEEK for one in told) <= weekly


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (datetime(2026, 11, 26, 0, 59, tzinfo=UTC), datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
        (datetime(2026, 11, 26, 1, 0, tzinfo=UTC), datetime(2026, 11, 27, 1, 0, tzinfo=UTC)),
        (datetime(2026, 11, 26, 15, 59, tzinfo=UTC), datetime(2026, 11, 27, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_morning_is_nine_by_the_clock_of_the_firms(now: datetime, morning: datetime) -> None:
    assert next_morning(now) == morning


def test_at_most_so_many_a_week_and_the_rest_together_when_there_is_room(office: Office, two: tuple[Member, Member]) -> None:
    firm(office.store, 1, FITS)
    for name in ("甲", "乙", "丙", "丁", "戊"):
        approved(office, two, titled(name))
    advance(office, NOW)
    assert headlines(texts(office.store)) == ["甲", "乙", "丙"]
    for day in range(7):
        assert advance(office, NOW + day * DAY) == 0
    assert advance(office, NOW + 7 * DAY) == 1
    (together,) = texts(office.store)
    assert together == "有 2 条政策消息，都跟您有关：\n1. 丁\n2. 戊"
    advance(office, NOW + 7 * DAY)
    assert [progress(office, two[0], number)[1][Ending.SENT] for number in range(1, 6)] == [1] * 5


def test_who_wants_all_of_a_day_at_once_gets_one_message_in_the_morning(office: Office, two: tuple[Member, Member]) -> None:
    owner = firm(office.store, 1, FITS, "en")
    wants(office.store, owner, Subscription("en", digest=True))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
    for name in ("Alpha", "Beta"):
        approved(office, two, titled(name))
    assert advance(office, NOW) == 0
    assert advance(office, next_morning(NOW) - timedelta(seconds=1)) == 0
    assert advance(office, next_morning(NOW)) == 1
    with office.store.engine.connect() as connection:
        message = connection.execute(select(outbox.c.message)).scalar_one()
    assert message["text"] == "There are 2 pieces of policy news that concern you:\n1. Alpha\n2. Beta"
    assert [button["id"] for button in message["buttons"]] == ["news:read:1", "news:read:2", "news:set", "news:off"]


def test_what_is_held_back_too_long_expires(office: Office, two: tuple[Member, Member]) -> None:
    owner = firm(office.store, 1, FITS)
    wants(office.store, owner, Subscription("zh", weekly=1))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
    soon = (NOW + 2 * DAY).date()
    first, second = (approved(office, two, titled(name, expires=soon)).id for name in ("甲", "乙"))
    advance(office, NOW)
    texts(office.store)
    advance(office, NOW + 4 * DAY)
    advance(office, NOW + 4 * DAY)
    assert progress(office, two[0], first)[1][Ending.SENT] == 1
    assert progress(office, two[0], second)[1][Ending.EXPIRED] == 1


def test_a_correction_is_never_held_back(office: Office, two: tuple[Member, Member]) -> None:
    owner = firm(office.store, 1, FITS)
    wants(office.store, owner, Subscription("zh", weekly=1))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
    number = approved(office, two).id
    advance(office, NOW)
    texts(office.store)
    advance(office, NOW)
    approved(office, two, titled("更正", sort=Sort.CORRECTION, corrects=number))
    advance(office, NOW)
    assert headlines(texts(office.store)) == ["更正"]


def test_a_stop_of_one_leaves_the_others_of_the_same_message(office: Office, two: tuple[Member, Member]) -> None:
    owner = firm(office.store, 1, FITS)
    wants(office.store, owner, Subscription("zh", digest=True))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
    numbers = [approved(office, two, titled(name)).id for name in ("甲", "乙")]
    advance(office, NOW)
    morning = next_morning(NOW)
    assert advance(office, morning) == 1
    stop(office, two[0], numbers[0], morning)
    assert texts(office.store) == []
    assert advance(office, morning + timedelta(seconds=61)) == 1
    assert headlines(texts(office.store)) == ["乙"]
    advance(office, morning + timedelta(seconds=62))
    ended = [progress(office, two[0], number) for number in numbers]
    assert [(one.status, {ending: count for ending, count in counts.items() if count}) for one, counts in ended] == [
        (Status.STOPPED, {Ending.STOPPED: 1}),
        (Status.SENT, {Ending.SENT: 1}),
    ]


# -- of what, and from where ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "region", "reached"),
    [
        (Subscription("zh"), FUJIAN, 1),
        (Subscription("zh", region=FUJIAN), FUJIAN, 1),
        (Subscription("zh", region=FUJIAN), FUZHOU, 1),
        (Subscription("zh", region=FUJIAN), COUNTRY, 0),
        (Subscription("zh", region=FUZHOU), FUZHOU, 1),
        (Subscription("zh", region=FUZHOU), FUJIAN, 0),
        (Subscription("zh", muted=("subsidy",)), FUJIAN, 0),
        (Subscription("zh", muted=("tax", "product")), FUJIAN, 1),
        (None, FUJIAN, 0),
    ],
)
def test_who_is_reached_follows_what_was_wished(
    office: Office, two: tuple[Member, Member], wanted: Subscription | None, region: str, reached: int
) -> None:
    owner = firm(office.store, 1, FITS)
    wants(office.store, owner, wanted)
    draft = replace(DRAFT, region=region)
    assert preview(office, two[0], write(office, two[0], draft, NOW).id, NOW).messages == reached


def test_silence_begins_at_once(office: Office, two: tuple[Member, Member]) -> None:
    owners = [firm(office.store, number, FITS) for number in range(3)]
    number = approved(office, two).id
    assert advance(office, NOW) == 3
    wants(office.store, owners[1], None)
    assert len(texts(office.store)) == 2
    advance(office, NOW)
    ended = progress(office, two[0], number)[1]
    assert (ended[Ending.SENT], ended[Ending.UNSUBSCRIBED]) == (2, 1)


def test_silence_is_also_of_what_is_held_back_and_of_corrections(office: Office, two: tuple[Member, Member]) -> None:
    owner, other = firm(office.store, 1, FITS), firm(office.store, 2, FITS)
    first = approved(office, two).id
    advance(office, NOW)
    assert len(texts(office.store)) == 2
    advance(office, NOW)
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(digest=True))
    second = approved(office, two, titled("乙")).id
    assert advance(office, NOW) == 0
    wants(office.store, owner, None)
    assert advance(office, next_morning(NOW)) == 1
    assert len(texts(office.store)) == 1
    advance(office, next_morning(NOW))
    ended = progress(office, two[0], second)[1]
    assert (ended[Ending.SENT], ended[Ending.UNSUBSCRIBED]) == (1, 1)
    approved(office, two, titled("更正", sort=Sort.CORRECTION, corrects=first))
    assert advance(office, next_morning(NOW)) == 1
    with office.store.engine.connect() as connection:
        assert connection.execute(select(outbox.c.owner_id).where(outbox.c.closed_at.is_(None))).scalars().all() == [other]


@pytest.mark.parametrize(("press", "left"), [("news:t:subsidy", 1), ("news:t:tax", 2), ("news:off", 1)])
async def test_a_kind_that_is_muted_does_not_come_from_the_outbox_either(
    office: Office, two: tuple[Member, Member], world: World, press: str, left: int
) -> None:
    owner, _ = firm(office.store, 1, FITS), firm(office.store, 2, FITS)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    await advisor.hear(owner, Heard(press="news:on"))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
    number = approved(office, two).id
    assert advance(office, NOW) == 2
    await advisor.hear(owner, Heard(press=press))
    assert len(texts(office.store)) == left
    advance(office, NOW)
    ended = progress(office, two[0], number)[1]
    assert (ended[Ending.SENT], ended[Ending.UNSUBSCRIBED]) == (left, 2 - left)


@pytest.mark.parametrize(
    ("press", "headings", "endings"),
    [
        ("news:t:subsidy", ["丙"], [Ending.UNSUBSCRIBED, Ending.UNSUBSCRIBED, Ending.SENT]),
        ("news:t:tax", ["有 2 条政策消息，都跟您有关："], [Ending.SENT, Ending.SENT, Ending.UNSUBSCRIBED]),
        ("news:p:350100", ["丙"], [Ending.UNSUBSCRIBED, Ending.UNSUBSCRIBED, Ending.SENT]),
        ("news:t:product", ["有 3 条政策消息，都跟您有关："], [Ending.SENT] * 3),
        ("news:off", [], [Ending.UNSUBSCRIBED] * 3),
    ],
)
async def test_a_message_of_several_leaves_without_what_was_muted_since(
    office: Office, two: tuple[Member, Member], world: World, press: str, headings: list[str], endings: list[Ending]
) -> None:
    """Once a day's message is in the outbox, its owner mutes a kind, keeps to one city, or wants nothing more: what is left comes anew."""
    owner, morning = firm(office.store, 1, {**FITS, "vat_taxpayer": "small_scale"}), next_morning(NOW)
    moment = [NOW]
    advisor = Advisor(office.store, world, None, now=lambda: moment[0])
    await advisor.hear(owner, Heard(press="news:on"))
    await advisor.hear(owner, Heard(press="news:d"))
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(chat_id=1))
        assert connection.execute(select(subscriptions.c.digest)).scalar_one()
    city = {"title": {"zh": "丙", "en": "丙"}, "entry": "tax-six-taxes-two-fees", "region": FUZHOU}
    for draft in (titled("甲"), titled("乙"), replace(DRAFT, **city)):
        approved(office, two, draft)
    assert (advance(office, NOW), advance(office, morning)) == (0, 1)
    moment[0] = morning
    await advisor.hear(owner, Heard(press=press))
    advance(office, morning)
    assert headlines(texts(office.store)) == headings
    advance(office, morning)
    ended = [progress(office, two[0], number) for number in (1, 2, 3)]
    assert [next(ending for ending, count in counts.items() if count) for _, counts in ended] == endings
    assert {bulletin.status for bulletin, _ in ended} == {Status.SENT}


# -- the one question ----------------------------------------------------------------------------------------------------------


def test_who_cannot_be_told_yet_is_asked_one_question_where_the_office_wants_that(office: Office, two: tuple[Member, Member]) -> None:
    told, asked = firm(office.store, 1, FITS), firm(office.store, 2, OPEN, "en")
    firm(office.store, 3, NO)
    draft = replace(DRAFT, ask=True)
    written = write(office, two[0], draft, NOW)
    assert preview(office, two[0], written.id, NOW).messages == 2
    number = approved(office, two, draft).id
    assert advance(office, NOW) == 2
    first, second = texts(office.store)
    assert first.startswith("<b>专精特新贷款贴息</b>")
    assert second.startswith("There is a new measure: Interest subsidy for specialised firms. Whether it is for you depends on one thing.")
    with office.store.engine.connect() as connection:
        rows = connection.execute(select(bulletin_rows).where(bulletin_rows.c.bulletin_id == number)).all()
        bulletin = bulletin_of(connection, number)
    assert {row.owner_id: (row.fits, row.asked) for row in rows} == {told: (True, None), asked: (None, "specialised_level")}
    assert bulletin is not None
    assert bulletin.draft.ask


@pytest.mark.parametrize(("press", "found"), [("a:specialised_level:specialised", "eligible"), ("a:specialised_level:none", "ineligible")])
async def test_one_tap_answers_and_the_report_knows(
    office: Office, two: tuple[Member, Member], world: World, press: str, found: str
) -> None:
    owner = firm(office.store, 1, OPEN)
    approved(office, two, replace(DRAFT, ask=True))
    advance(office, NOW)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    assert advisor.dialogue_of(owner).settling is not None
    said = (await advisor.hear(owner, Heard(press=press))).replies
    verdict = {"eligible": "就您说过的情况看，符合。", "ineligible": "就您说过的情况看，暂时不符合。"}[found]
    assert any(reply.text.startswith(verdict) for reply in said)
    assert advisor.dialogue_of(owner).settling is None
    with office.store.engine.connect() as connection:
        row = connection.execute(select(bulletin_rows)).one()
    assert (row.found, row.opened_at is not None) == (found, True)


async def test_a_question_that_is_skipped_is_left(office: Office, two: tuple[Member, Member], world: World) -> None:
    owner = firm(office.store, 1, OPEN)
    approved(office, two, replace(DRAFT, ask=True))
    advance(office, NOW)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    await advisor.hear(owner, Heard(press="s:specialised_level"))
    assert advisor.dialogue_of(owner).settling is None


async def test_buttons_of_another_owners_bulletin_tell_nothing(office: Office, two: tuple[Member, Member], world: World) -> None:
    firm(office.store, 1, FITS)
    stranger = firm(office.store, 2, NO)
    number = approved(office, two).id
    advance(office, NOW)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    for what in ("why", "read"):
        said = (await advisor.hear(stranger, Heard(press=f"news:{what}:{number}"))).replies
        assert said[0].text == "这条消息找不到了。"
    for junk in ("why:x", "fit:1", "done:1:nothing", "t:everything", "w:100", "p:440000", "", "why:²"):
        assert (await advisor.hear(stranger, Heard(press=f"news:{junk}"))).replies


async def test_everything_can_be_taken_along_and_is_erased(office: Office, two: tuple[Member, Member], world: World) -> None:
    owner = firm(office.store, 1, FITS)
    approved(office, two)
    advance(office, NOW)
    texts(office.store)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    (reply,) = (await advisor.hear(owner, Heard(text="/export"))).replies
    taken = json.loads(reply.files[0].content)
    assert taken["subscription"]["weekly"] == 3
    assert [(row["entry"], row["title"], row["outcome"]) for row in taken["bulletins"]] == [(DRAFT.entry, DRAFT.title["zh"], "sent")]
    await advisor.hear(owner, Heard(text="/delete"))
    await advisor.hear(owner, Heard(press="x:yes"))
    with office.store.engine.connect() as connection:
        assert connection.execute(select(bulletin_rows)).all() == connection.execute(select(subscriptions)).all() == []
