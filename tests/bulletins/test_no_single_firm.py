"""Trying to find a single firm in what policy offices are told: by small groups, by differences between days, places and bulletins."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasting.breakdown import breakdown
from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, Preview, preview, write
from bot.broadcasting.pace import pace
from bot.broadcasting.plots import report_plot
from bot.broadcasting.reporting import report, view
from bot.bulletins.groups import FEWEST, OTHERS, UNDER, told_groups
from bot.bulletins.groups import told as told_of
from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.desk.model import Member
from bot.service import Advisor
from bot.storage.bulletins.groups import By
from bot.storage.bulletins.received import note_applied, note_looked
from bot.storage.bulletins.tables import subscriptions
from bot.storage.portfolio import Audience
from bot.storage.posts import Closing, Lane
from bot.storage.store import Store
from tests.bulletins.written import DRAFT, ENTRY, FITS, FUJIAN, FUZHOU, NOW, OPEN, approved, firm, officers

XIAMEN, DISTRICT = "350200", "350102"
GROUPS = st.dictionaries(
    st.sampled_from([FUZHOU, XIAMEN, DISTRICT, "350300", ""]), st.builds(Audience, *(st.integers(0, 9) for _ in range(3)))
)


@given(GROUPS, GROUPS)
def test_sums_and_differences_of_groups_are_never_of_a_few_firms(one: Mapping[str, Audience], other: Mapping[str, Audience]) -> None:
    told = [count for counted in (one, other) for group in told_groups(counted).values() for count in vars(group).values()]
    assert all(abs(first - second) not in range(1, FEWEST) for first, second in combinations(told, 2))
    assert all(one[key].total >= FEWEST for key in told_groups(one) if key != OTHERS)


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=2), st.sampled_from(["zh", "en"]))
def test_two_counts_look_alike_or_are_five_apart(counts: list[int], language: str) -> None:
    """Neighbouring places, two days, nobody and a few: whatever differs by fewer than five firms cannot be told to differ by so few."""
    read = [told_of(count, language) for count in counts]
    one, other = (0 if text == UNDER[language] else int(text.replace(",", "")) for text in read)
    assert one % FEWEST == other % FEWEST == 0
    assert (one == other) == (read[0] == read[1])
    assert all(0 <= count - number < FEWEST for count, number in zip(counts, (one, other), strict=True))


def named(where: str, counts: object) -> Iterator[tuple[str, int]]:
    return ((f"{where} {name}", count) for name, count in vars(counts).items() if isinstance(count, int))


def read(text: str) -> int:
    return 0 if text == UNDER["en"] else int(text.replace(",", ""))


def told(office: Office, officer: Member, numbers: list[int]) -> Iterator[tuple[str, int]]:
    """Every count of firms that an officer gets to see, by where it stands; not how many messages left."""
    for number in numbers:
        found, closely = report(office, officer, number, NOW), breakdown(office, officer, number, NOW)
        before = preview(office, officer, number, NOW)
        for counts in (before.firms, before.reached):
            assert counts is not None
            yield from ((f"{number} preview {at}", read(text)) for at, text in enumerate(counts.told("en")))
        yield f"{number} messages", read(before.messages_told("en"))
        if found.reach is not None:
            yield from named(f"{number}", replace(found.reach, told=0))
        for by in By:
            yield from chain(*(named(f"{number} {by} {one.label['en']}", one.reach) for one in found.by.get(by, ())))
            yield from chain(*(named(f"{number} preview {by} {one.label['en']}", one.counts) for one in closely.by[by]))
        yield from chain(*(named(f"{number} like {one.label['en']}", one) for one in closely.samples))
        yield from chain(*(named(f"{number} fails {one.label['en']}", one) for one in closely.unmet))
        yield from named(f"{number} question", closely.question) if closely.question else ()
    seen = view(office, officer, ENTRY, NOW)
    yield from chain(*(named(f"{month.first} {one.label['en']}", one.reach) for month in seen.months for one in month.slices))
    yield from chain(*(named(f"view {one.label['en']}", one) for one in (*seen.unmet, *seen.questions)))


def some_facts(chance: random.Random) -> Mapping[str, Any]:
    facts = {"region": chance.choice([FUZHOU, FUZHOU, XIAMEN, DISTRICT]), "industry": chance.choice(["industry", "software_it", "retail"])}
    level = chance.choice(["specialised", "specialised", "none", None])
    return {**facts, "specialised_level": level} if level else facts


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_told_on_two_days_of_three_bulletins_is_of_a_few_firms(
    office: Office, two: tuple[Member, Member], world: World, seed: int
) -> None:
    chance = random.Random(seed)
    owners = [firm(office.store, number, some_facts(chance)) for number in range(1, 31)]
    regions = [FUJIAN, FUZHOU, chance.choice([XIAMEN, FUZHOU])]
    numbers = [approved(office, two, replace(DRAFT, region=region, ask=chance.random() < 0.5)).id for region in regions]
    advance(office, NOW)
    office.store.close_posts([Closing(row, "sent", row) for row in office.store.waiting(Lane.BULK, 1000)], NOW)
    advance(office, NOW)
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    yesterday = dict(told(office, two[0], numbers))
    for _ in range(4):  # a day on which one firm looks, applies, asks, and says something else about itself
        owner = chance.choice(owners)
        with office.store.begin() as connection:
            for number in numbers:
                note_looked(connection, number, owner, "eligible", NOW)
                note_applied(connection, number, owner, NOW)
        await advisor.hear(owner, Heard(press=f"d:{ENTRY}"))
        firm(office.store, int(owner.removeprefix("tg:")), some_facts(chance))
        today = dict(told(office, two[0], numbers))
        found = [*yesterday.values(), *today.values()]
        assert any(found), "there is something to see"
        assert [where for where, count in [*yesterday.items(), *today.items()] if count % FEWEST] == []
        differ = {abs(first - second) for first, second in combinations(set(found), 2)}
        assert not differ & set(range(1, FEWEST))
        yesterday = today


def test_a_place_with_one_firm_shows_nothing_of_it(store: Store, world: World) -> None:
    """Whatever rule is tried on it, the counts that an officer sees before a bulletin leaves are the same for every answer."""
    office = Office(store, world.pack)
    two = officers(store)

    def seen(facts: Mapping[str, Any]) -> tuple[object, ...]:
        firm(store, 1, {**facts, "region": DISTRICT})
        found: Preview = preview(office, two[0], write(office, two[0], replace(DRAFT, region=DISTRICT, ask=True), NOW).id, NOW)
        assert found.firms is not None
        assert found.reached is not None
        closely = breakdown(office, two[0], found.bulletin.id, NOW)
        groups = [group for slices in closely.by.values() for group in slices]
        counts = (found.firms.told("en"), found.reached.told("en"), found.messages_told("en"))
        return (counts, groups, closely.unmet, closely.samples, closely.question)

    fits, opens = seen({**OPEN, "specialised_level": "specialised"}), seen({**OPEN, "specialised_level": "none"})
    assert fits == opens == ((("fewer than 5",) * 3, ("fewer than 5",) * 3, "fewer than 5"), [], (), (), None)


@pytest.mark.parametrize("ending", ["sent", "unsubscribed", "dead", "unknown"])
def test_what_became_of_a_few_messages_is_not_told(office: Office, two: tuple[Member, Member], ending: str) -> None:
    """However the messages of a bulletin for fewer than five firms end, its report and its progress read the same."""
    for number in range(1, FEWEST):
        firm(office.store, number, FITS)
    number = approved(office, two).id
    advance(office, NOW)
    office.store.close_posts([Closing(row, ending, row) for row in office.store.waiting(Lane.BULK, 9)], NOW)
    advance(office, NOW)
    found = report(office, two[0], number, NOW)
    assert (found.firms, found.endings, found.failures, found.reach, found.by) == (0, {}, {}, None, {})
    assert pace(office, two[0], number, NOW).few
    assert report_plot(found, "en").finding == "The bulletin was for fewer than 5 firms: what became of it is not shown."


def test_one_firm_that_got_many_bulletins_of_a_month_is_one_firm(office: Office, two: tuple[Member, Member]) -> None:
    owners = [firm(office.store, number, FITS) for number in range(10)]
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(weekly=FEWEST + 1))
    numbers = [approved(office, two, replace(DRAFT, title={"zh": name, "en": name})).id for name in "abcdef"]
    advance(office, NOW)
    office.store.close_posts([Closing(row, "sent", row) for row in office.store.waiting(Lane.BULK, 100)], NOW)
    with office.store.begin() as connection:
        for number in numbers:
            note_looked(connection, number, owners[0], "eligible", NOW)
            note_applied(connection, number, owners[0], NOW)
    (month,) = view(office, two[0], ENTRY, NOW).months
    (place,) = month.slices
    assert vars(place.reach) == {"told": 10, "asked": 0, "looked": 0, "eligible": 10, "applied": 0}
