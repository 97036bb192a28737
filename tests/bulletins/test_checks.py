"""What keeps a bulletin from being approved, its markup, and its hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bulletins.checks import problems, texts
from bot.bulletins.markup import BrokenMarkup, units, visible
from bot.bulletins.model import Doubt, Draft, Quiet, Sort
from bot.bulletins.timing import ends, is_quiet, leaves, until_quiet
from knowledge.entries import Entry
from knowledge.pack import Pack
from tests.bulletins.written import DRAFT, ENTRY, NOW, OFFICER, SHENZHEN

#: In force until the end of 2026.
ENDING = "sub-equipment-renewal-2026"


def codes(pack: Pack, draft: Draft, audience: int | None = 5, **officer: Any) -> list[str]:
    found = problems(draft, replace(OFFICER, **officer), pack.get(draft.entry), NOW, audience)
    for problem in found:
        for language in ("zh", "en"):
            words = problem.words(language)
            assert words.endswith(("。", ".")), words
            assert "{" not in words
            assert len(words.splitlines()) == 1
    return [problem.code for problem in found]


def body(zh: str, en: str = "Write to see.") -> Draft:
    return replace(DRAFT, body={"zh": zh, "en": en})


def test_a_bulletin_that_is_right_has_no_problem(pack: Pack) -> None:
    assert codes(pack, DRAFT) == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (body("字" * 4096), ["too_long"]),
        (body("字" * (4096 - len("专精特新贷款贴息\n\n"))), []),
        (body("<b>字</b>" * (4096 - len("专精特新贷款贴息\n\n"))), []),
        (body("😀" * 2048), ["too_long"]),
        (body(" "), ["empty"]),
        (body("您<b>可能符合条件"), ["markup"]),
        (body("5 < 6，很好", "5 < 6, fine"), ["markup", "markup"]),
        (body("贷款最高7777万元"), ["figures_differ", "unfounded"]),
        (body("贴息99.5%", "99.5% of the interest"), ["unfounded", "unfounded"]),
        (body("截至2026年12月10日", "until 10 December 2026"), []),
        (replace(DRAFT, entry="sub-no-such-thing"), ["no_entry"]),
        (replace(DRAFT, entry="def-lpr"), ["no_measure"]),
        (replace(DRAFT, send_at=NOW - timedelta(hours=1)), ["past"]),
        (replace(DRAFT, send_at=NOW - timedelta(minutes=5)), []),
        (replace(DRAFT, expires=date(2026, 11, 25)), ["expires_first"]),
        (replace(DRAFT, expires=date(2026, 11, 26)), []),
        # Said at ten in the evening, it leaves on the morning after.
        (replace(DRAFT, send_at=datetime(2026, 11, 26, 14, tzinfo=UTC), expires=date(2026, 11, 26)), ["expires_first"]),
        (replace(DRAFT, region=SHENZHEN), ["outside"]),
        (replace(DRAFT, region="100000"), ["outside"]),
        (replace(DRAFT, region="350100"), []),
        (replace(DRAFT, region="999999"), ["no_place"]),
        (replace(DRAFT, region="Fujian"), ["no_place"]),
        (replace(DRAFT, entry=ENDING, send_at=NOW + timedelta(days=60), expires=date(2030, 1, 1)), ["ended_on"]),
    ],
)
def test_each_thing_that_is_wrong_is_one_sentence(pack: Pack, draft: Draft, expected: list[str]) -> None:
    assert codes(pack, draft) == expected


def test_an_ended_entry_can_still_be_taken_back(pack: Pack) -> None:
    late = replace(DRAFT, entry=ENDING, send_at=NOW + timedelta(days=60), expires=date(2030, 1, 1), sort=Sort.WITHDRAWAL, corrects=1)
    assert codes(pack, late) == []


def test_nobody_is_told_only_where_nothing_else_is_wrong(pack: Pack) -> None:
    assert codes(pack, DRAFT, 0) == ["nobody"]
    assert codes(pack, replace(DRAFT, region=SHENZHEN), 0) == ["outside"]
    assert codes(pack, DRAFT, None) == []


def test_an_office_without_a_region_speaks_for_none(pack: Pack) -> None:
    assert codes(pack, DRAFT, region=None) == ["no_authority"]


def test_what_the_entry_states_may_be_said(pack: Pack) -> None:
    entry = pack.get(ENTRY)
    assert isinstance(entry, Entry)
    assert entry.offer.subsidy is not None
    points = entry.offer.subsidy.points
    assert points is not None
    said = f"{points * 100:f}".rstrip("0").rstrip(".")
    assert codes(pack, body(f"贴息{said}%", f"{said}% of interest")) == []


def test_every_sentence_is_there_in_both_languages() -> None:
    assert all(set(words) == {"zh", "en"} for words in texts().values())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("<b>a <i>b</i></b>", "a b"),
        ('<a href="https://gov.cn/1">去看</a>', "去看"),
        ("&#8364;", "€"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "<h1>x</h1>",
        "a & b",
        "a < b",
        "a > b",
        "<a>x</a>",
        '<a href="javascript:x">x</a>',
        '<b class="x">a</b>',
    ],
)
def test_what_telegram_would_refuse(text: str) -> None:
    with pytest.raises(BrokenMarkup):
        visible(text)


@given(st.text(st.characters(exclude_characters="<>&", exclude_categories=["Cs"])))
def test_text_without_marks_is_seen_as_it_is(text: str) -> None:
    assert visible(text) == text
    assert units(text) == len(text) + sum(ord(char) > 0xFFFF for char in text)


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    """A moment by the clock in China."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("moment", "left"),
    [(at(20, 59), at(20, 59)), (at(21), at(8, day=27)), (at(23), at(8, day=27)), (at(7, 59), at(8)), (at(8), at(8))],
)
def test_nothing_leaves_in_quiet_hours(moment: datetime, left: datetime) -> None:
    assert leaves(Quiet(), moment) == left


@given(
    st.times().map(lambda it: it.replace(second=0, microsecond=0)),
    st.times().map(lambda it: it.replace(second=0, microsecond=0)),
    st.integers(0, 200_000),
)
def test_the_end_is_never_in_quiet_hours_and_the_sending_takes_its_time(start: time, end: time, messages: int) -> None:
    quiet = Quiet(start, end)
    if timedelta(hours=end.hour - start.hour, minutes=end.minute - start.minute) % timedelta(days=1) > timedelta(hours=20):
        return  # hardly any time is left
    done = ends(quiet, NOW, messages, 26)
    assert done - NOW >= timedelta(seconds=messages / 26)
    assert not is_quiet(quiet, leaves(quiet, NOW))
    assert until_quiet(quiet, leaves(quiet, NOW)) > timedelta(0)
    assert not is_quiet(quiet, done - timedelta(seconds=1)) or messages == 0


def test_a_hundred_thousand_take_about_an_hour() -> None:
    assert ends(Quiet(), at(9), 100_000, 26) == at(9) + timedelta(seconds=3847)
    assert ends(Quiet(), at(20), 187_200, 26) == at(9, day=27)


@given(
    st.sampled_from(list(Doubt)),
    st.sampled_from(list(Sort)),
    st.times().map(lambda it: it.replace(second=0, microsecond=0)),
    st.dictionaries(st.sampled_from(["zh", "en"]), st.text(max_size=20), min_size=2),
)
def test_a_draft_survives_being_stored(doubt: Doubt, sort: Sort, start: time, title: dict[str, str]) -> None:
    draft = replace(DRAFT, doubt=doubt, sort=sort, corrects=None if sort is Sort.NEWS else 3, quiet=Quiet(start), title=title)
    again = Draft.of(draft.plain())
    assert (again, again.digest()) == (draft, draft.digest())
    assert replace(draft, region="350100").digest() != draft.digest()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"send_at": "2026-12-01T09:00"}, "offset from UTC"),
        ({"colour": "red"}, "knows no colour"),
        ({"sort": "correction"}, "names the bulletin"),
        ({"corrects": 3}, "names the bulletin"),
        ({"expires": "soon"}, "soon"),
        ({"doubt": "maybe"}, "maybe"),
    ],
)
def test_a_draft_that_cannot_be_read_says_why(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Draft.of({**DRAFT.plain(), **change})


def test_a_draft_needs_its_parts() -> None:
    with pytest.raises(ValueError, match="needs title, body, entry, region, send_at, expires"):
        Draft.of({})
