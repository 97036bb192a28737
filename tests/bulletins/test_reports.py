"""What officers see of what came of a bulletin: it adds up, it names why, and it tells of no single firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasting.breakdown import breakdown
from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, preview, write
from bot.broadcasting.plots import audience_plot, months_plot, reach_plot, report_plot, unmet_plot
from bot.broadcasting.reporting import report, view
from bot.bulletins.checks import Unfit
from bot.bulletins.groups import FEWEST, OTHERS, told_apart
from bot.bulletins.model import Ending
from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.desk.model import Bank, Member
from bot.pictures.chart import plot_drawn
from bot.service import Advisor
from bot.storage.bulletins.groups import By
from bot.storage.bulletins.received import note_applied, note_looked
from bot.storage.bulletins.tables import subscriptions
from bot.storage.desk.people import keep_bank
from bot.storage.desk.referrals import give
from bot.storage.portfolio import Audience
from bot.storage.posts import Closing, Lane, Outcome
from bot.storage.store import Store
from tests.bulletins.written import DRAFT, ENTRY, FITS, FUZHOU, NO, NOW, OPEN, approved, firm, officers

XIAMEN = "350200"


COUNTS = st.integers(0, 12).map(lambda count: Audience(count, 0, 0))


@given(st.dictionaries(st.sampled_from(["350100", "350200", "350300", "350400", "350500", ""]), COUNTS))
def test_no_group_of_few_is_told_nor_follows_from_the_rest(counted: Mapping[str, Audience]) -> None:
    shown = told_apart(counted)
    assert all(group.total >= FEWEST for group in shown.values())
    total, left = sum(group.total for group in counted.values()), sum(group.total for group in shown.values())
    assert left in (total, 0)
    assert left == total or total < FEWEST, "what is left out would follow from the total"
    assert all(counted[key] == group for key, group in shown.items() if key != OTHERS)


def close(office: Office, outcomes: Mapping[str, tuple[Outcome, str | None]]) -> None:
    rows = office.store.posts(office.store.waiting(Lane.BULK, 1000))
    ends = [outcomes.get(f"tg:{post.chat_id:05}", ("sent", None)) for post in rows]
    office.store.close_posts([Closing(post.id, outcome, 1, reason=reason) for post, (outcome, reason) in zip(rows, ends, strict=True)], NOW)


def told(office: Office, two: tuple[Member, Member], places: Mapping[int, Mapping[str, Any]], **ends: Any) -> int:
    """A bulletin that has left to these firms."""
    for number, facts in places.items():
        firm(office.store, number, facts)
    bulletin = approved(office, two, replace(DRAFT, ask=True))
    advance(office, NOW)
    close(office, ends)
    advance(office, NOW)
    return bulletin.id


def places(*groups: tuple[int, Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    whole = [facts for count, facts in groups for _ in range(count)]
    return dict(enumerate(whole, 1))


def test_a_report_adds_up_and_says_why(office: Office, two: tuple[Member, Member]) -> None:
    elsewhere = {**FITS, "region": XIAMEN}
    ends = {"tg:00001": ("dead", "gone"), "tg:00002": ("dead", "late"), "tg:00003": ("unsubscribed", None), "tg:00004": ("unknown", None)}
    number = told(office, two, places((9, FITS), (5, elsewhere), (1, OPEN)), **ends)
    with office.store.begin() as connection:
        keep_bank(connection, Bank("len-icbc", {"zh": "工商银行", "en": "ICBC"}, None, {}))
        note_looked(connection, number, "tg:00005", "eligible", NOW)
        note_looked(connection, number, "tg:00005", "ineligible", NOW)
        note_applied(connection, number, "tg:00005", NOW)
        rest: dict[str, Any] = {"fields": ["region"], "pack": {}, "now": NOW}
        give(connection, receipt="RF-1", owner="tg:00006", bank="len-icbc", product=ENTRY, **rest)
        give(connection, receipt="RF-2", owner="tg:00007", bank="len-icbc", product="prd-other", **rest)
    found = report(office, two[1], number, NOW)
    assert found.firms == sum(found.endings.values()) == 15
    assert {ending: count for ending, count in found.endings.items() if count} == {
        Ending.SENT: 11,
        Ending.FAILED: 2,
        Ending.UNSUBSCRIBED: 1,
        Ending.UNKNOWN: 1,
    }
    assert found.failures == {"gone": 1, "late": 1}
    assert found.reach is not None
    assert vars(found.reach) == {"told": 12, "asked": 0, "looked": 0, "eligible": 10, "applied": 0}, "in fives, but for the messages"
    assert [(one.label["en"], one.reach.told, one.reach.eligible) for one in found.by[By.REGION]] == [("Fuzhou", 5, 5), ("Xiamen", 5, 5)]
    for kind in By:
        assert sum(one.reach.told for one in found.by[kind]) == 10


@pytest.mark.parametrize(
    ("firms", "endings", "finding"),
    [
        (6, {Ending.SENT: 4, Ending.UNSUBSCRIBED: 2}, "发给6家企业，送到4家。送到的不到5家，不显示它们做了什么。"),
        (4, {}, "这条通知发给不到5家企业，不显示结果。"),
    ],
)
def test_of_fewer_than_five_firms_it_is_not_told_what_they_did(
    office: Office, two: tuple[Member, Member], firms: int, endings: dict[Ending, int], finding: str
) -> None:
    number = told(office, two, places((firms, FITS)), **{f"tg:{one:05}": ("unsubscribed", None) for one in (5, 6)})
    found = report(office, two[0], number, NOW)
    assert {ending: count for ending, count in found.endings.items() if count} == endings
    assert (found.reach, found.by) == (None, {})
    assert report_plot(found, "zh").finding == finding
    assert view(office, two[0], ENTRY, NOW).months[0].slices == ()


def test_one_firm_that_got_five_bulletins_is_no_group_of_five(office: Office, two: tuple[Member, Member]) -> None:
    firm(office.store, 1, FITS)
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(weekly=7))
    for _ in range(5):
        approved(office, two)
    advance(office, NOW)
    close(office, {})
    advance(office, NOW)
    seen = view(office, two[0], ENTRY, NOW)
    assert [month.slices for month in seen.months] == [()]


def test_the_breakdown_is_of_the_firms_that_are_counted(office: Office, two: tuple[Member, Member]) -> None:
    firms = places((6, FITS), (3, {**FITS, "region": XIAMEN}), (7, {**OPEN, "industry": "software_it"}), (2, NO))
    for number, facts in firms.items():
        firm(office.store, number, facts)
    firm(office.store, 99, FITS, None)
    number = write(office, two[0], DRAFT, NOW).id
    found, counts = breakdown(office, two[1], number, NOW), preview(office, two[0], number, NOW).reached
    assert counts is not None
    for kind in By:
        whole = sum((one.counts for one in found.by[kind]), Audience(0, 0, 0))
        assert 0 <= counts.eligible - whole.eligible < FEWEST * len(found.by[kind])
        assert 0 <= counts.unknown - whole.unknown < FEWEST * len(found.by[kind])
    assert [one.label["en"] for one in found.by[By.REGION]] == ["Others"], "the three of Xiamen would follow from the others"
    assert found.question is not None
    assert (found.question.fact, found.question.firms, found.question.of) == ("specialised_level", 5, 5)
    assert all(sample.firms >= FEWEST for sample in found.samples)


def test_what_keeps_firms_out_is_told_in_shares(office: Office, two: tuple[Member, Member]) -> None:
    for number in range(10):
        firm(office.store, number, {**OPEN, "specialised_level": "none" if number < 5 else "specialised"})
    found = view(office, two[0], ENTRY, NOW)
    (one,) = found.unmet
    assert (one.share, one.of) == (0.5, 10)
    assert "specialised" in one.label["en"]
    firm(office.store, 10, {**OPEN, "specialised_level": "none", "industry": "real_estate"})
    assert [(one.failing, one.of) for one in view(office, two[0], ENTRY, NOW).unmet] == [(5, 10)], "one firm alone fails on its industry"


async def test_what_is_asked_of_a_measure_is_grouped(office: Office, two: tuple[Member, Member], world: World) -> None:
    told(office, two, places((6, FITS)))
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    for number in range(1, 7):
        for press in (f"d:{ENTRY}", f"d:{ENTRY}", *([f"p:{ENTRY}"] if number < 5 else [])):
            await advisor.hear(f"tg:{number:05}", Heard(press=press))
    found = view(office, two[0], ENTRY, NOW)
    assert [(asked.label["en"], asked.owners) for asked in found.questions] == [("which papers", 5)], "four asking how are too few"
    assert [month.first.isoformat() for month in found.months] == ["2026-11-01"]


def test_only_officers_of_the_region_see_it(office: Office, two: tuple[Member, Member]) -> None:
    for outsider, code in ((replace(two[0], region=None), "no_authority"), (replace(two[0], role=type(two[0].role).AGENT), "not_officer")):
        with pytest.raises(Unfit) as error:
            view(office, outsider, ENTRY, NOW)
        assert [problem.code for problem in error.value.problems] == [code]
    number = told(office, two, places((6, FITS)))
    assert view(office, replace(two[0], region=FUZHOU), ENTRY, NOW).months == (), "the bulletin was of the whole province"
    assert report(office, two[0], number, NOW).reach is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_plot_can_be_drawn(tmp_path: Path, world: World, language: str, store: Store) -> None:
    office = Office(store, world.pack)
    two = officers(store)
    number = told(office, two, places((6, FITS), (5, {**FITS, "region": XIAMEN}), (7, OPEN)))
    seen, found, closely = view(office, two[0], ENTRY, NOW), report(office, two[0], number, NOW), breakdown(office, two[0], number, NOW)
    plots = [report_plot(found, language), months_plot(seen, language), unmet_plot(seen, language)]
    plots += [plot for by in By for plot in (reach_plot(found, by, language), audience_plot(closely, by, language))]
    for plot in plots:
        assert plot_drawn(plot, "svg").startswith(b"<svg")
