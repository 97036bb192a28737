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
from bot.broadcasting.reporting import report, view
from bot.bulletins.groups import FEWEST, OTHERS, shown, told_groups
from bot.conversation.model import Heard
from bot.conversation.world import World
from bot.desk.model import Member
from bot.service import Advisor
from bot.storage.bulletins.groups import By
from bot.storage.bulletins.received import note_applied, note_looked
from bot.storage.outbox import Closing, Lane
from bot.storage.portfolio import Audience
from bot.storage.store import Store
from tests.bulletins.written import DRAFT, ENTRY, FUJIAN, FUZHOU, NOW, OPEN, approved, firm, officers

XIAMEN, DISTRICT = "350200", "350102"
GROUPS = st.dictionaries(
    st.sampled_from([FUZHOU, XIAMEN, DISTRICT, "350300", ""]), st.builds(Audience, *(st.integers(0, 9) for _ in range(3)))
)


@given(GROUPS, GROUPS)
def test_sums_and_differences_of_groups_are_never_of_a_few_firms(one: Mapping[str, Audience], other: Mapping[str, Audience]) -> None:
    told = [count for counted in (one, other) for group in told_groups(counted).values() for count in vars(group).values()]
    assert all(abs(first - second) not in range(1, FEWEST) for first, second in combinations(told, 2))
    assert all(one[key].total >= FEWEST for key in told_groups(one) if key != OTHERS)


@given(st.tuples(*(st.integers(0, 30) for _ in range(3))), st.integers(0, 2))
def test_a_whole_of_a_few_firms_looks_the_same_wherever_the_one_firm_is(parts: tuple[int, ...], at: int) -> None:
    """What is shown of three parts never tells which of them a firm is in where a part is small."""
    read = shown(*parts)
    assert not {"1", "2", "3", "4"} & set(read)
    if sum(parts) < FEWEST:
        alone = [0, 0, 0]
        alone[at] = 1
        assert set(read) == {"0"} if sum(parts) == 0 else shown(*alone) == read


def named(where: str, counts: object) -> Iterator[tuple[str, int]]:
    return ((f"{where} {name}", count) for name, count in vars(counts).items() if isinstance(count, int))


def told(office: Office, officer: Member, numbers: list[int]) -> Iterator[tuple[str, int]]:
    """Every count of firms that an officer gets to see, by where it stands; not how many messages left."""
    for number in numbers:
        found, closely = report(office, officer, number, NOW), breakdown(office, officer, number, NOW)
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
        return (found.firms.shown, found.reached.shown, groups, closely.unmet, closely.samples, closely.question)

    fits, opens = seen({**OPEN, "specialised_level": "specialised"}), seen({**OPEN, "specialised_level": "none"})
    assert fits == opens == (("<5", "<5", "<5"), ("<5", "<5", "<5"), [], (), (), None)
