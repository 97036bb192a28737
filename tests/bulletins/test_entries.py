"""Entries that officers write: what is refused, how one is approved, and that from then on all are tested by the same rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.entries import (
    approve_entry,
    caught_up,
    drop_entry,
    judged,
    listed_entries,
    look_at_entry,
    revise_entry,
    write_entry,
)
from bot.broadcasting.office import Office, outlook
from bot.bulletins.checks import Unfit
from bot.bulletins.entries import LONGEST_ENTRY, EntryStatus
from bot.bulletins.model import Changed, Draft, Lost
from bot.commands.audience import audience
from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.desk.model import Member, Role
from bot.service import Advisor
from bot.storage.desk.people import add_member, dismiss
from bot.storage.packs import Packs
from bot.storage.portfolio import count_audience
from bot.storage.posts import Lane
from knowledge.pack import Later, Pack, laid_over, text_digest
from knowledge.regions import COUNTRY
from tests.bulletins.written import DRAFT, ENTRY, ENTRY_TEXT, FUZHOU, NEW_ENTRY, NOW, OFFICER, SHENZHEN, approved, firm

Two = tuple[Member, Member]
NEWS = replace(
    DRAFT,
    title={"zh": "新招员工有补贴", "en": "Subsidy for new staff"},
    body={"zh": "每次 3000 元。", "en": "CNY 3,000 each time."},
    entry=NEW_ENTRY,
)


def codes(error: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def taken(office: Office, two: Two, text: str = ENTRY_TEXT) -> Office:
    """The office once an entry was written by the first and approved by the second."""
    written = write_entry(office, two[0], text, NOW)
    approve_entry(office, two[1], written.id, written.version, NOW)
    return replace(office, pack=caught_up(office.store, office.pack, 0)[0])


# -- what is refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("", ""), []),
        (("kind: subsidy", "kind: subsidi"), ["entry_faults"]),
        (("at_least: 5", "at_least: 6"), ["entry_faults"]),  # its own worked example says otherwise
        (("within: '350000'", "within: '110000'"), ["entry_faults"]),  # so do the places of the examples
        (("kind: subsidy", "kind: definition"), ["no_measure"]),
        (("id: sub-fj-new-hires-2026", "id: tax-cit-small-low-profit"), ["entry_of_others"]),
        (("id: sub-fj-new-hires-2026", f"id: {ENTRY}"), []),
        (("checked: 2026-11-20", "checked: 2026-11-20\nreplaced_by: sub-nowhere"), ["entry_faults"]),
        (("id: sub-fj", "id: [sub-fj"), ["entry_faults"]),
    ],
)
def test_what_keeps_an_entry_from_being_approved(pack: Pack, change: tuple[str, str], found: list[str]) -> None:
    assert "tax-cit-small-low-profit" in pack.entries
    assert [problem.code for problem in judged(ENTRY_TEXT.replace(*change), OFFICER, pack, NOW)[1]] == found


def test_an_office_speaks_for_its_own_region_only(pack: Pack) -> None:
    whole_country = ENTRY_TEXT.replace("region: {within: '350000'}\n", "")
    for region, text, found in (
        (FUZHOU, ENTRY_TEXT, ["entry_outside"]),
        ("350000", whole_country, ["entry_outside"]),
        (COUNTRY, whole_country, []),
        (None, ENTRY_TEXT, ["no_authority"]),
    ):
        problems = judged(text, replace(OFFICER, region=region), pack, NOW)[1]
        assert [problem.code for problem in problems] == found
        assert all(problem.words(language) for problem in problems for language in ("zh", "en"))


def test_each_fault_has_its_line(pack: Pack) -> None:
    read = judged(ENTRY_TEXT.replace("title: {zh", "titel: {zh").replace("at_least", "at_last"), OFFICER, pack, NOW)[0]
    assert [(one.place.line, one.fault.values["found"]) for one in read.found] == [(9, "titel"), (12, "at_last")]


def test_it_takes_a_second_officer_who_saw_this_version(office: Office, two: Two) -> None:
    written = write_entry(office, two[0], ENTRY_TEXT, NOW)
    with pytest.raises(Unfit) as error:
        approve_entry(office, two[0], written.id, written.version, NOW)
    assert codes(error) == ["entry_same_person"]
    revised = revise_entry(office, two[1], written.id, written.version, ENTRY_TEXT.replace("3000", "4000"))
    with pytest.raises(Changed):
        approve_entry(office, two[0], written.id, written.version, NOW)
    with pytest.raises(Unfit):
        approve_entry(office, two[1], revised.id, revised.version, NOW)
    done = approve_entry(office, two[0], revised.id, revised.version, NOW)
    assert (done.status, done.approver) == (EntryStatus.APPROVED, two[0].id)
    for again in (
        lambda: revise_entry(office, two[1], done.id, done.version, ENTRY_TEXT),
        lambda: drop_entry(office, two[1], done.id, done.version, NOW),
        lambda: approve_entry(office, two[1], done.id, done.version, NOW),
    ):
        with pytest.raises(Unfit) as error:
            again()
        assert codes(error) == ["entry_is_approved"]


def test_what_is_dropped_is_never_taken(office: Office, two: Two) -> None:
    written = write_entry(office, two[0], ENTRY_TEXT, NOW)
    dropped = drop_entry(office, two[1], written.id, written.version, NOW)
    with pytest.raises(Unfit) as error:
        approve_entry(office, two[1], dropped.id, dropped.version, NOW)
    assert codes(error) == ["entry_is_dropped"]
    assert caught_up(office.store, office.pack, 0) == (office.pack, 0)


def test_other_offices_and_others_see_none_of_it(office: Office, two: Two) -> None:
    written = write_entry(office, two[0], ENTRY_TEXT, NOW)
    with office.store.begin() as connection:
        far = add_member(connection, replace(OFFICER, name="深圳", region=SHENZHEN))
        below = add_member(connection, replace(OFFICER, name="福州", region=FUZHOU))
        agent = add_member(connection, Member(0, None, "李经理", Role.AGENT))
        admin = add_member(connection, Member(0, None, "管理员", Role.ADMIN))
    for who in (far, below):
        assert listed_entries(office, who) == []
        with pytest.raises(Lost):
            look_at_entry(office, who, written.id)
    for who in (two[1], admin):
        assert listed_entries(office, who) == [written]
    with office.store.begin() as connection:
        dismiss(connection, two[0].id)
    assert listed_entries(office, two[1]) == [written], "it stays when its writer leaves"
    for do in (lambda who: listed_entries(office, who), lambda who: write_entry(office, who, ENTRY_TEXT, NOW)):
        with pytest.raises(Unfit) as error:
            do(agent)
        assert codes(error) == ["not_officer"]
    with pytest.raises(Unfit) as error:
        write_entry(office, two[0], "#" * (LONGEST_ENTRY + 1), NOW)
    assert codes(error) == ["entry_too_long"]


# -- what it does --------------------------------------------------------------------------------------------------------------


async def test_the_bulletin_the_command_and_the_owner_go_by_the_same_rule(office: Office, two: Two, world: World) -> None:
    for number, hires in enumerate((5, 9, 4, None), start=1):
        firm(office.store, number, {"region": FUZHOU, "industry": "retail"} | ({} if hires is None else {"new_hires_12m": hires}))
    assert [problem.code for problem in outlook(office, two[0], NEWS, NOW).problems] == ["no_entry"]
    advisor = Advisor(office.store, world, None, now=lambda: NOW)
    after = taken(office, two)
    found = outlook(after, two[0], NEWS, NOW)
    assert found.problems == ()
    assert found.firms is not None
    assert (found.firms.eligible, found.firms.unknown, found.firms.ineligible) == (2, 1, 1)
    line = await audience(after.pack, partial(count_audience, office.store.engine), NOW.date())({"id": "1", "entry": NEW_ENTRY})
    assert (line["eligible"], line["unknown"], line["ineligible"]) == (2, 1, 1)
    number = approved(after, two, NEWS).id
    assert advance(after, NOW) == 2
    assert len(office.store.waiting(Lane.BULK, 10)) == 2
    press = Heard(press=f"news:fit:{number}:{NEW_ENTRY}")
    advisor.keep_up()
    told = await advisor.hear("tg:00001", press)
    assert "新招员工补贴" in told.replies[0].text
    assert "符合" in told.replies[0].text
    assert NEW_ENTRY in told.sources
    last = Packs(office.store.engine).last()
    assert last is not None
    assert last.digest == advisor.world.pack.digest == after.pack.digest
    assert Packs(office.store.engine).pack(last.digest)[NEW_ENTRY].name["en"] == "Subsidy for new staff"


def test_who_wrote_and_who_approved_stand_with_the_version(office: Office, two: Two) -> None:
    taken(office, two)
    (written,) = [version for version, _ in Packs(office.store.engine).versions() if version.event == "written"]
    assert (written.author, written.note) == ("陈处, 林科", f"+ {NEW_ENTRY}")


def test_a_change_changes_whom_a_bulletin_reaches(office: Office, two: Two) -> None:
    firm(office.store, 1, {"region": FUZHOU, "new_hires_12m": 4})
    first = taken(office, two)
    looser = ENTRY_TEXT.replace("at_least: 5", "at_least: 4").replace("new_hires_12m: 4", "new_hires_12m: 3")
    second = taken(first, two, looser)
    assert [outlook(one, two[0], NEWS, NOW).messages for one in (first, second)] == [0, 1]
    assert [problem.code for problem in outlook(first, two[0], NEWS, NOW).problems] == ["nobody"]
    assert caught_up(office.store, second.pack, 2) == (second.pack, 2)
    assert caught_up(office.store, office.pack, 0)[0].digest == laid_over(office.pack, _rows(looser)).digest


def test_cost_and_nobody_are_told_of_what_is_not_kept(office: Office, two: Two) -> None:
    firm(office.store, 1, {"region": FUZHOU, "new_hires_12m": 7})
    after = taken(office, two)

    def found(draft: Draft, stars: int = 0) -> list[str]:
        return [problem.code for problem in outlook(replace(after, stars=stars), two[0], draft, NOW).problems]

    assert found(NEWS) == []
    assert found(replace(NEWS, region="350200")) == ["nobody"]
    assert found(replace(NEWS, paid=True)) == ["paid_off"]
    assert found(replace(NEWS, paid=True), 5) == []


# -- laid over the files -------------------------------------------------------------------------------------------------------


def _rows(*texts: str) -> list[Later]:
    """Approved one after the other, the first as a new entry."""
    before = [None, *map(text_digest, texts)]
    return [Later(NEW_ENTRY, text, digest) for text, digest in zip(texts, before, strict=False)]


def test_the_files_win_where_they_were_changed(pack: Pack) -> None:
    one, two, three = (ENTRY_TEXT.replace("3000", str(amount)) for amount in (3000, 4000, 5000))
    first, both = laid_over(pack, _rows(one)), laid_over(pack, _rows(one, two))
    assert (NEW_ENTRY in pack.entries, first.kept[NEW_ENTRY].text, both.kept[NEW_ENTRY].text) == (False, one, two)
    assert first.kept[NEW_ENTRY].file == f"cn/subsidy/{NEW_ENTRY}.yaml"
    assert len({pack.digest, first.digest, both.digest}) == 3
    assert laid_over(pack, []) is pack
    assert laid_over(first, _rows(one)) is first
    assert laid_over(first, _rows(one, two)).kept[NEW_ENTRY].text == two
    # The files caught up with the first: the second still stands in for it. They went on by themselves: nothing does.
    assert laid_over(laid_over(pack, _rows(one)), _rows(one, two)).kept[NEW_ENTRY].text == two
    own = laid_over(pack, _rows(three))
    assert laid_over(own, _rows(one, two)) is own


def test_what_cannot_be_read_any_more_is_a_problem_and_changes_nothing(pack: Pack) -> None:
    after = laid_over(pack, _rows(ENTRY_TEXT.replace("kind: subsidy", "kind: gone")))
    assert (after.entries, after.digest) == (pack.entries, pack.digest)
    assert len(after.problems) == len(pack.problems) + 1


def test_a_day_later_it_is_there_for_a_process_that_begins_then(office: Office, two: Two) -> None:
    after = taken(office, two)
    assert after.pack[NEW_ENTRY].checked == date(2026, 11, 20)
    assert outlook(after, two[1], replace(NEWS, send_at=NOW + timedelta(days=1)), NOW + timedelta(days=1)).begins > NOW
