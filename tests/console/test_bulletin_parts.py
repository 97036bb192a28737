"""The form's fields, the difference from what was approved, and the bars, without a page around them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bulletins.markup import BrokenMarkup, for_page, visible
from bot.bulletins.model import Doubt, Draft, Quiet, Sort
from bot.channels.console.bulletin_difference import changes, runs
from bot.channels.console.bulletin_fields import FIELDS, read, values_of
from bot.channels.console.pages.bulletin_progress import percent
from bot.channels.console.plots import stacked
from tests.console.bulletin_stage import DRAFT

_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=40)
_DRAFTS = st.builds(
    Draft,
    st.fixed_dictionaries({"zh": _TEXT, "en": _TEXT}),
    st.fixed_dictionaries({"zh": _TEXT, "en": _TEXT}),
    st.sampled_from(["sub-fj-zjtx-loan-2026", ""]),
    st.sampled_from(["350000", "100000", ""]),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.builds(Quiet, st.times().map(lambda at: time(at.hour, at.minute)), st.times().map(lambda at: time(at.hour, at.minute))),
    st.sampled_from(Doubt),
    st.just(Sort.NEWS),
    st.none(),
    st.booleans(),
    st.booleans(),
)


@given(_DRAFTS, st.sampled_from([(Sort.NEWS, None), (Sort.CORRECTION, 3), (Sort.WITHDRAWAL, 10**17)]))
def test_a_form_says_what_the_draft_says(draft: Draft, about: tuple[Sort, int | None]) -> None:
    draft = replace(draft, sort=about[0], corrects=about[1])
    filled = read(values_of(draft), "zh")
    assert filled.faults == {}
    assert filled.draft == draft


@settings(deadline=None)  # the first sentence reads the catalogue
@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=12) for name in FIELDS}))
def test_whatever_is_sent_is_read_or_told(form: dict[str, str]) -> None:
    filled = read(form, "en")
    assert (filled.draft is None) == bool(filled.faults)
    if filled.draft is not None:
        assert Draft.of(filled.draft.plain()).digest() == filled.draft.digest()
        assert filled.draft.send_at.astimezone(UTC).year in range(1999, 2102)


@given(_TEXT, _TEXT)
def test_the_difference_holds_both_texts(before: str, after: str) -> None:
    found = runs(before, after)
    assert "".join(run.text for run in found if run.kind != "come") == before
    assert "".join(run.text for run in found if run.kind != "gone") == after


def test_only_what_differs_is_a_change() -> None:
    assert changes(DRAFT, DRAFT) == []
    other = replace(DRAFT, region="350100", expires=date(2026, 12, 24), doubt=Doubt.PARK, ask=True)
    assert [(one.field, one.before, one.after) for one in changes(DRAFT, other)] == [
        ("region", "350000", "350100"),
        ("expires", "2026-12-10", "2026-12-24"),
        ("doubt", "repeat", "park"),
        ("ask", "", "yes"),
    ]


@given(st.text(st.sampled_from(list("<>b/i &;amp\"'=ahref:jsx")), max_size=30) | st.text(max_size=30))
def test_what_is_put_on_a_page_has_only_tags_that_are_known(text: str) -> None:
    try:
        html = for_page(text)
    except BrokenMarkup:
        with pytest.raises(BrokenMarkup):
            visible(text)
        return
    assert {re.split(r"[ >]", tag)[0] for tag in re.findall(r"</?([^>]*>)", html)} <= {"b", "i", "a", "u", "s"}
    assert "<script" not in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
        ("<b>a</b> 'x' \"y\"", "<b>a</b> &#x27;x&#x27; &quot;y&quot;"),
        ("<a href='https://a.example/?q=1&amp;r=\"'>x</a>", None),
        ('<a href="https://a.example/?q=1&amp;r=2">x</a>', '<a href="https://a.example/?q=1&amp;r=2" rel="noreferrer">x</a>'),
        ("<blockquote>a\nb</blockquote>", "<blockquote>a\nb</blockquote>"),
    ],
)
def test_markup_on_the_page(text: str, html: str | None) -> None:
    if html is None:
        assert 'r=&quot;"' in for_page(text), "a quotation mark does not end the address"
    else:
        assert for_page(text) == html


def test_bars_are_as_long_as_what_they_count() -> None:
    plot = stacked([("甲", (30, 10, 0)), ("乙", (0, 0, 20)), ("丙", (0, 0, 0))])
    assert [[(part.value, part.series) for part in line.segments] for line in plot.lines] == [[(30, 0), (10, 1)], [(20, 2)], []]
    assert [line.total for line in plot.lines] == [40, 20, 0]
    first, second = plot.lines[0], plot.lines[1]
    assert first.segments[1].x == first.segments[0].width
    assert second.end == pytest.approx(first.end / 2)
    assert first.end < plot.width


@pytest.mark.parametrize(("share", "told"), [(0.0, "0"), (0.001, "1"), (0.42, "42"), (0.999, "99"), (1.0, "100")])
def test_a_share_in_percent(share: float, told: str) -> None:
    assert percent(share) == told
