"""What an entry says in words is tied to its fields, or stands where a person checks it, and says the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from knowledge.authoring.diff import raw_of
from knowledge.authoring.figures import figures, stray
from knowledge.authoring.positions import KeyPath
from knowledge.authoring.prose import text_faults
from knowledge.conditions import All, AnyOf, Check, Condition, Leaf, Not, leaves
from knowledge.derived import DERIVED
from knowledge.entries import Entry, Kind
from knowledge.firm import FactType, Text, spec_of
from knowledge.pack import Pack
from tests.shipped import shipped

PACK: Pack = shipped()
LANGUAGES = ("zh", "en")
#: Figures that are part of what a thing is called.
CALLED = {"tax-six-taxes-two-fees": {"six", "two"}, "def-one-plus-n": {"1"}}


def each(entries: Iterable[Entry]) -> pytest.MarkDecorator:
    """One test an entry, named by its id."""
    return pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in entries])


def checks(condition: Condition | None) -> Iterator[Text]:
    match condition:
        case Check(text):
            yield text
        case Not(part):
            yield from checks(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from checks(part)


def clauses(entry: Entry) -> Iterator[Leaf]:
    if entry.rule is not None:
        yield from leaves(entry.rule)
    for terms in entry.offer.terms:
        yield from leaves(terms.when)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "最高 300 万元，两年内 3.5%—6%", {3_000_000, 2, "3.5", 6}),
        ("zh", "500—1500 万元，半年，1.2 亿元", {5_000_000, 15_000_000, "0.5", 120_000_000}),
        ("zh", "一笔贷款，几家银行，第一次", set()),
        ("zh", "两成首付，减一半，三年", {"2", "3", "0.5"}),
        ("en", "up to CNY 3 million, 3.5-6 % over two years", {3_000_000, "3.5", 6, 2}),
        ("en", "from 16 March to 31 December 2025, CNY 50,000", {16, 3, 31, 12, 2025, 50_000}),
        ("en", "half a year; one of them", {"0.5"}),
        ("en", "in May you may", set()),
    ],
)
def test_figures_are_read(language: str, text: str, expected: set[object]) -> None:
    assert figures(text, language) == {Decimal(str(value)) for value in expected}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "两年，百分之五，一半", ["两", "分之", "一半"]),
        ("zh", "一家，几笔，三农", []),
        ("en", "Double it, in ten years", ["Double", "ten"]),
        ("en", "one of 3", ["3"]),
    ],
)
def test_figures_written_as_words_are_noticed(language: str, text: str, expected: list[str]) -> None:
    assert stray(text, language) == expected


def test_what_the_authors_check_looks_at_is_every_text() -> None:
    """A figure put by hand into each text of an entry in turn is found, wherever it stands."""
    for entry_id in ("prg-renewal-2024-13", "sub-fj-tizhizengchan-2023-3", "sub-startup-loan-sme"):
        raw = raw_of(PACK, entry_id)
        assert list(text_faults(raw)) == []
        places = list(_texts(raw, ()))
        assert len(places) > 5
        for path in places:
            spoilt = deepcopy(dict(raw))
            _at(spoilt, path)["en"] += " within 77 days"
            found = [fault for fault in text_faults(spoilt) if fault.path[: len(path)] == path]
            assert found, f"{entry_id}: {path}"


#: Texts without a rule behind them: names, and who or what a source is.
_NAMES = {"name", "also", "provider", "source", "response"}


def _texts(raw: Any, path: KeyPath) -> Iterator[KeyPath]:
    if isinstance(raw, Mapping) and set(raw) == {"zh", "en"}:
        yield path
    elif isinstance(raw, Mapping | list):
        for name, value in raw.items() if isinstance(raw, Mapping) else enumerate(raw):
            if path or name not in _NAMES:
                yield from _texts(value, (*path, name))


def _at(raw: Any, path: KeyPath) -> Any:
    for part in path:
        raw = raw[part]
    return raw


@each(PACK)
def test_texts_take_their_figures_from_the_fields_and_say_the_same_in_both_languages(entry: Entry) -> None:
    assert [fault.sentence("en") for fault in text_faults(raw_of(PACK, entry.id))] == []


@each(PACK)
def test_a_name_has_only_the_figures_of_its_document(entry: Entry) -> None:
    source = entry.source
    document = " ".join(filter(None, (entry.id, source.number, source.date, *((source.issuer.zh, source.issuer.en)))))
    stated = {"Half": entry.offer.relief == Decimal("0.5"), "eight": "八部门" in source.issuer.zh, "八": "八部门" in source.issuer.zh}
    for language in LANGUAGES:
        for figure in stray(entry.name[language], language):
            known = figure in document or stated.get(figure, False) or figure in CALLED.get(entry.id, ())
            assert known, f"{figure!r} in {entry.name[language]}"


@each(entry for entry in PACK if entry.rule)
def test_every_condition_says_which_clause_of_which_document_asks_for_it(entry: Entry) -> None:
    for leaf in clauses(entry):
        assert leaf.clause is not None, f"{leaf.fact} {leaf.operator} has no clause"
    assert entry.source.number or entry.source.title, "which document it stands in"


# -- terms on which sources disagree, and terms that have ended -----------------------------------------------------------------


@each(entry for entry in PACK if entry.offer.quoted)
def test_disputed_figures_are_told_with_their_dates(entry: Entry) -> None:
    """The careful end is what is counted with; a person sees every figure and the year of its source."""
    told = {language: frozenset().union(*(figures(text[language], language) for text in entry.confirm)) for language in LANGUAGES}
    for quote in entry.offer.quoted:
        for language in LANGUAGES:
            assert any(value in told[language] for value in _as_written(quote.of, quote.value)), f"{quote} is not told in {language}"
    dates = {quote.date[:4] for quote in entry.offer.quoted if quote.date}
    if len(dates) > 1:
        assert {Decimal(year) for year in dates} <= told["zh"] & told["en"]
    cap, term = entry.offer.range_of("cap"), entry.offer.range_of("term_months")
    assert cap is None or entry.offer.cap in {quote.value for quote in entry.offer.quoted if quote.of == "cap"}
    assert term is None or entry.offer.term_months == term[0]


def _as_written(of: str, value: Decimal) -> set[Decimal]:
    if of == "rate":
        return {value * 100}
    return {value, value / 12} if of == "term_months" else {value}


@each(entry for entry in PACK if entry.replaced_by and entry.kind is not Kind.PRODUCT)
def test_terms_that_have_ended_say_what_holds_now(entry: Entry) -> None:
    """Every figure of then and now stands in this entry or in its successor."""
    successor = PACK[entry.replaced_by or ""]
    assert entry.changed
    known = _stated(entry) | _stated(successor)
    for text in entry.changed:
        for language in LANGUAGES:
            missing = {figure for figure in figures(text[language], language) if figure not in known}
            assert not missing, f"{sorted(missing)} in {text[language]}"


def _stated(entry: Entry) -> frozenset[Decimal]:
    found: set[Decimal] = set()
    for leaf in clauses(entry):
        kind = DERIVED.get(leaf.fact) or spec_of(leaf.fact).type
        if kind in (FactType.MONEY, FactType.COUNT, FactType.MONTHS, FactType.RATE):
            needed = leaf.needed if isinstance(leaf.needed, tuple) else (leaf.needed,)
            found |= {Decimal(value) * (100 if kind is FactType.RATE else 1) for value in needed}
    offer = entry.offer
    for subsidy in (offer.subsidy, *(terms.subsidy for terms in offer.terms)):
        if subsidy is not None:
            found |= {value for value in (subsidy.principal_cap, subsidy.amount_cap) if value is not None}
            found |= {value * 100 for value in (subsidy.points, subsidy.share) if value is not None}
            found |= {Decimal(subsidy.months)} if subsidy.months else set()
    found |= {value for value in (offer.cap, *(terms.cap for terms in offer.terms)) if value is not None}
    for text in (*entry.confirm, *checks(entry.when)):
        found |= figures(text.zh, "zh")
    for day in (entry.valid.from_, entry.valid.until):
        found |= {Decimal(day.year)} if day else set()
    return frozenset(
        found | {Decimal(number) for number in re.findall(r"\d{4}|(?<=第)\d+|\d+(?=号)", f"{entry.source.number} {entry.source.date}")}
    )
