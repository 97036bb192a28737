"""The language model card on facts: each split read as the advisor reads it, beside the rules alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.firm import FactValue
from nlu.linking.labels import APART, Labelled, messages, read
from nlu.linking.measure import Count
from nlu.mentions import by_rules, extract_facts
from tests.bench._lines import TODAY
from tests.bench._nlu_pictures import bars

Found = Mapping[str, FactValue]


@dataclass(frozen=True)
class Noted:
    """One labelled message, the facts noted of it, and those that the rules alone read."""

    message: Labelled
    facts: Found
    by_rules: Found


def note(rows: Sequence[Mapping[str, Any]]) -> list[Noted]:
    """The facts noted of each message, given as the JSON objects of a labelled file."""
    return [
        Noted(
            message,
            extract_facts(message.text, today=TODAY, asking=message.asking).facts,
            by_rules(message.text, today=TODAY, asking=message.asking)[0].facts,
        )
        for message in read("\n".join(map(json.dumps, rows)))
    ]


def count(noted: Sequence[Noted], facts: Callable[[Noted], Found] = lambda one: one.facts) -> Count:
    """Facts right, wrong and stated over all messages."""
    return sum((Count.of(one.message, facts(one)) for one in noted), Count())


def labelled() -> str:
    """How many messages the reading of facts is developed on and learns from."""
    held = messages()
    stated = sum(len(message.facts) for message in held)
    apart = sum(message.source in APART for message in held)
    return (
        f"{len(held)} messages labelled with {stated} facts teach what to believe; {apart} of them weigh the rules against what was learnt."
    )


def results(splits: Mapping[str, Sequence[Noted]], about: Mapping[str, str], languages: Sequence[str]) -> Iterator[str]:
    """A row for each split and each language in it."""
    yield "| split | language | messages | facts | F1 | precision | recall | wrong | F1 and precision of the rules alone |"
    yield "|---" * 9 + "|"
    for name, noted in splits.items():
        for language in ("all", *languages):
            own = [one for one in noted if language in ("all", one.message.language)]
            if own:
                yield _row(name, language, own)
    yield ""
    yield " ".join(f"{name}: {about[name]}." for name in splits)


def _row(name: str, language: str, noted: Sequence[Noted]) -> str:
    found, rules = count(noted), count(noted, lambda one: one.by_rules)
    figures = f"{found.stated} | {found.f1:.4f} | {found.precision:.4f} | {found.recall:.4f} | {found.wrong}"
    return f"| {name} | {language} | {len(noted)} | {figures} | {rules.f1:.4f}, {rules.precision:.4f} |"


def picture(noted: Sequence[Noted]) -> str:
    """A bar for each fact: how often it was noted right, missed, and noted wrong."""
    right, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    for one in noted:
        stated = one.message.facts
        missed.update(stated.keys() - one.facts.keys())
        right.update(name for name, value in one.facts.items() if stated.get(name) == value)
        wrong.update(name for name, value in one.facts.items() if stated.get(name) != value and name not in one.message.tolerated)
    names = sorted(right | missed | wrong, key=lambda name: (-right[name] - missed[name], name))
    return bars([(name, right[name], missed[name], wrong[name]) for name in names], ("right", "missed", "wrong"))
