"""Whom a bulletin would reach, looked at more closely: by place, industry and size, what keeps most firms out, and what would settle most.

Nothing of a single firm: counts are in fives, and groups of fewer than five are put together or left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_

from bot.broadcasting.office import Office, look
from bot.bulletins.checks import is_place, send_day
from bot.bulletins.groups import FEWEST, OTHERS, in_fives, told_groups
from bot.bulletins.model import LANGUAGES
from bot.bulletins.words import word
from bot.desk.model import Member
from bot.matching.question import next_question
from bot.storage.bulletins.audience import wanting, within
from bot.storage.bulletins.groups import By, column_of, counts_by, failing, kinds_of_firm, known_of, some_owners
from bot.storage.portfolio import FIRM_COLUMNS, Audience
from knowledge.conditions import All, AnyOf, Check, Condition, Finding, Leaf, Not, Truth
from knowledge.derived import Known
from knowledge.eligibility import judge
from knowledge.entries import Entry
from knowledge.firm import FactValue, spec_of, vocabulary
from knowledge.formats import fact_label, fact_value
from knowledge.sql.compiling import compile_entry
from knowledge.wording import requirement

Words = Mapping[str, str]
#: Firms that are looked at to find the question, and kinds of firm that are shown.
_TRIED, _SHOWN = 200, 3


@dataclass(frozen=True)
class Slice:
    """A group by its name in both languages, and what the rule says of its firms."""

    label: Words
    counts: Audience


@dataclass(frozen=True)
class Unmet:
    """A condition, and how many of the firms (`of`) are known to fail it, both in fives and never none."""

    label: Words
    failing: int
    of: int

    @property
    def share(self) -> float:
        """Of those firms, more than 0 and up to 1."""
        return self.failing / self.of


@dataclass(frozen=True)
class Sample:
    """Firms that are alike, at least five of them, in fives: the place, the industry and the size."""

    label: Words
    firms: int


@dataclass(frozen=True)
class Settling:
    """The question that settles most firms of which the rule cannot tell yet: of so many looked at, so many have it as theirs, in fives."""

    fact: str
    label: Words
    firms: int
    of: int


@dataclass(frozen=True)
class Breakdown:
    """What stands beside the three counts of a preview. `by` is over firms that listen; `unmet` over every stored firm of the region."""

    by: Mapping[By, tuple[Slice, ...]]
    unmet: tuple[Unmet, ...]
    samples: tuple[Sample, ...]
    question: Settling | None


def breakdown(office: Office, officer: Member, number: int, now: datetime) -> Breakdown:
    """Of the firms that a bulletin would be tried on. Empty where it names no entry or no place. Raises Unfit and Lost."""
    with office.store.begin() as connection:
        draft = look(connection, officer, number).draft
        entry = office.pack.get(draft.entry)
        if entry is None or not is_place(draft.region):
            return Breakdown({}, (), (), None)
        on = send_day(draft, now)
        truth = compile_entry(entry, on, FIRM_COLUMNS)
        here = within(draft.region, on)
        among = and_(here, wanting(entry.kind, draft.region))
        by = {kind: slices(counts_by(connection, truth, column_of(kind, draft.region, on), among), kind) for kind in By}
        kinds = kinds_of_firm(connection, truth, among, draft.region, on, _SHOWN)
        samples = tuple(Sample(_joined([label_of(kind, key) for kind, key in alike.items()]), in_fives(firms)) for alike, firms in kinds)
        tried = known_of(connection, some_owners(connection, truth, among, _TRIED))
    facts = [_typed({row["name"]: row["value"] for row in rows}) for rows in tried.values()]
    with office.store.begin() as connection:
        return Breakdown(by, unmet(connection, entry, here, on), samples, _settling(entry, facts, on))


def slices(counted: Mapping[str, Audience], by: By) -> tuple[Slice, ...]:
    """Groups with their names, the largest first, in fives."""
    return tuple(Slice(label_of(by, key), counts) for key, counts in told_groups(counted).items())


def unmet(connection: Connection, entry: Entry, among: ColumnElement[bool], on: date) -> tuple[Unmet, ...]:
    """The conditions of an entry by how many firms are known to fail them, the hardest first; not those that fewer than five fail."""
    parts = [part for part in parts_of(entry.rule) if not isinstance(part, Check)]
    found = []
    for part, counts in zip(parts, failing(connection, parts, among, on), strict=True):
        label = {language: condition_words(part, language) for language in LANGUAGES}
        if counts.ineligible >= FEWEST:
            found.append((counts.ineligible, Unmet(label, in_fives(counts.ineligible), in_fives(counts.total))))
    return tuple(one for _, one in sorted(found, key=lambda item: -item[0]))


def parts_of(rule: Condition | None) -> Iterator[Condition]:
    """What all has to hold, one by one."""
    if isinstance(rule, All):
        for part in rule.parts:
            yield from parts_of(part)
    elif rule is not None:
        yield rule


def condition_words(condition: Condition, language: str, negated: bool = False) -> str:
    """What a condition asks for."""
    match condition:
        case Check():
            return word("by_hand", language).format(text=condition.text[language])
        case Leaf():
            return requirement(Finding(condition, Truth.UNKNOWN, Known(()), (), negated), language)
        case Not(part):
            return condition_words(part, language, not negated)
        case All(parts) | AnyOf(parts):
            every = isinstance(condition, All) is not negated
            return word("and" if every else "or", language).join(condition_words(part, language, negated) for part in parts)


def label_of(by: By, key: str) -> Words:
    """The name of a group in both languages."""
    if key in (OTHERS, ""):
        return {language: word("others" if key else "not_told", language) for language in LANGUAGES}
    fact = {By.REGION: "region", By.INDUSTRY: "industry", By.SIZE: "size_class"}[by]
    return {language: fact_value(fact, key, language) for language in LANGUAGES}


def _joined(labels: list[Words]) -> Words:
    return {language: " · ".join(label[language] for label in labels) for language in LANGUAGES}


def _settling(entry: Entry, firms: list[Mapping[str, FactValue]], on: date) -> Settling | None:
    asked = [next_question([judge(entry, facts, on)], facts, on) for facts in firms]
    counted = Counter(question.fact for question in asked if question is not None and question.bears_on)
    if not counted:
        return None
    (fact, count), *_ = counted.most_common(1)
    if count < FEWEST:
        return None
    return Settling(fact, {language: fact_label(fact, language) for language in LANGUAGES}, in_fives(count), in_fives(len(firms)))


def _typed(raw: Mapping[str, object]) -> Mapping[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items() if name in vocabulary()}
