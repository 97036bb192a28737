"""What an entry says in words is tied to its fields, or stands where a person checks it, and says the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

import pytest

from knowledge.conditions import All, AnyOf, Check, Condition, Leaf, Not, leaves
from knowledge.derived import DERIVED
from knowledge.entries import Entry, Kind, Offer
from knowledge.firm import FactType, Text, spec_of
from knowledge.formats import fact_label
from knowledge.offer import Bilingual
from knowledge.pack import Pack, load_pack
from tests.knowledge.figures import figures, stray

PACK: Pack = load_pack()
LANGUAGES = ("zh", "en")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

#: What each placeholder of a text is filled from; None when the entry lacks the field.
FIELDS: Mapping[str, Callable[[Offer], object]] = {
    "cap": lambda offer: offer.cap,
    "term": lambda offer: offer.term_months,
    "rate": lambda offer: offer.rate and (offer.rate.low or offer.rate.high),
    "fee": lambda offer: offer.guarantee_fee,
    "points": lambda offer: offer.subsidy and offer.subsidy.points,
    "share": lambda offer: offer.subsidy and offer.subsidy.share,
    "months": lambda offer: offer.subsidy and offer.subsidy.months,
    "principal_cap": lambda offer: offer.subsidy and offer.subsidy.principal_cap,
    "amount_cap": lambda offer: offer.subsidy and offer.subsidy.amount_cap,
    "grant": lambda offer: offer.grant and offer.grant.amount,
    "per_head": lambda offer: offer.grant and offer.grant.per_head,
    "platform_fee": lambda offer: offer.fee and offer.fee.of_raised,
    "tax_rate": lambda offer: offer.tax_rate,
    "relief": lambda offer: offer.relief,
}
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


def plain(entry: Entry) -> Iterator[tuple[str, Bilingual]]:
    """Texts that state no figure of their own."""
    yield "summary", entry.summary
    if entry.apply is not None:
        yield "apply", entry.apply
    yield from ((f"documents[{n}]", text) for n, text in enumerate(entry.documents))


def checked_by_a_person(entry: Entry) -> Iterator[tuple[str, Bilingual | Text]]:
    """Texts that are shown as what the owner, or somebody at the bank, has to confirm, or as history."""
    yield from ((f"confirm[{n}]", text) for n, text in enumerate(entry.confirm))
    yield from ((f"changed[{n}]", text) for n, text in enumerate(entry.changed))
    yield from ((f"check {text.zh}", text) for text in checks(entry.when))


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


@each(PACK)
def test_texts_take_their_figures_from_the_fields(entry: Entry) -> None:
    for where, text in plain(entry):
        for language in LANGUAGES:
            assert not stray(PLACEHOLDER.sub("", text[language]), language), f"{where}.{language} writes a figure by hand: {text[language]}"


@each(PACK)
def test_every_placeholder_has_its_field(entry: Entry) -> None:
    for where, text in plain(entry):
        for language in LANGUAGES:
            written = text[language]
            assert not set("{}") & set(PLACEHOLDER.sub("", written)), f"{where}: stray brace"
            for name in PLACEHOLDER.findall(written):
                assert name in FIELDS, f"{where}: no placeholder is called {name!r}"
                assert FIELDS[name](entry.offer) is not None, f"{where} uses {{{name}}}, but the offer has no such figure"
        assert set(PLACEHOLDER.findall(text.zh)) == set(PLACEHOLDER.findall(text.en)), f"{where}: the languages give different figures"


@each(PACK)
def test_what_a_person_checks_is_the_same_in_both_languages(entry: Entry) -> None:
    for where, text in checked_by_a_person(entry):
        assert "{" not in text.zh + text.en, f"{where}: placeholders are not filled here"
        assert figures(text.zh, "zh") == figures(text.en, "en"), f"{where}: {text.zh} / {text.en}"


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
def test_every_condition_says_which_clause_asks_for_it(entry: Entry) -> None:
    for leaf in clauses(entry):
        assert leaf.clause is not None, f"{leaf.fact} {leaf.operator} has no clause"
        for language in LANGUAGES:
            label = fact_label(leaf.fact, language)
            figure = [word for word in stray(leaf.clause[language], language) if word not in label]
            assert not figure, f"the clause of {leaf.fact} writes {figure} by hand"
            assert leaf.clause[language] in entry.basis(leaf, language)
            named = entry.source.number or (entry.source.title or entry.source.issuer)[language]
            assert named in entry.basis(leaf, language)


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
