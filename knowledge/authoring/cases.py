"""Worked examples as they are written: facts and values of the vocabulary, and whether each comes out as it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.authoring.faults import Fault
from knowledge.authoring.positions import KeyPath
from knowledge.authoring.rules import value_fault
from knowledge.authoring.wording import tell
from knowledge.conditions import All, Check, Condition, leaves
from knowledge.derived import sources_of
from knowledge.eligibility import Judgement, judge
from knowledge.entries import Case, Entry, Standing
from knowledge.firm import FactValue, spec_of, vocabulary
from knowledge.wording import reason

LANGUAGES = ("zh", "en")


def written_case_faults(raw: Any) -> Iterator[Fault]:
    """Facts the vocabulary lacks and values it does not admit, in every case."""
    for index, case in enumerate(raw if isinstance(raw, list) else ()):
        facts = case.get("facts") if isinstance(case, Mapping) else None
        for name, value in facts.items() if isinstance(facts, Mapping) else ():
            path: KeyPath = ("cases", index, "facts", str(name))
            if name not in vocabulary():
                yield Fault(path, "unknown_fact", {"found": name}, tuple(vocabulary()), key=True)
            elif spec_of(name).choices and isinstance(value, list):
                found = [fault for n, item in enumerate(value) if (fault := value_fault(name, item, (*path, n)))]
                yield from found
            elif fault := value_fault(name, value, path):
                yield fault


def outcome_faults(entry: Entry) -> Iterator[Fault]:
    """Cases that do not come out as they say, with what decided."""
    for index, case in enumerate(entry.cases):
        came = try_case(entry, case)
        if came.status.value != case.status:
            values = {
                "stated": both(f"status_{case.status}"),
                "found_status": both(f"status_{came.status.value}"),
                "why": {language: _why(came, language) for language in LANGUAGES},
            }
            yield Fault(("cases", index, "status"), "case_differs", values)


def both(key: str) -> dict[str, str]:
    """A text of the catalogue in both languages."""
    return {language: tell(key, language) for language in LANGUAGES}


def missing_outcomes(entry: Entry) -> tuple[str, ...]:
    """Outcomes that a rule in force can have and no case tries."""
    if entry.rule is None or entry.audience != "owner" or entry.standing(entry.checked) is not Standing.IN_FORCE:
        return ()
    tried = {case.status for case in entry.cases if case.on is None}
    possible = ["eligible", "ineligible", "unknown"]
    by_hand = [isinstance(part, Check) for part in _needed(entry.rule)]
    if any(by_hand):
        possible.remove("eligible")
    if all(by_hand):
        possible.remove("ineligible")
    return tuple(status for status in possible if status not in tried)


def try_case(entry: Entry, case: Case) -> Judgement:
    """A case tried on its date, else on the day the entry was checked."""
    return judge(entry, typed(case.facts), case.on or entry.checked)


def typed(facts: Mapping[str, Any]) -> dict[str, FactValue]:
    """Facts as values of the vocabulary. Raises FactError."""
    return {name: spec_of(name).parse(raw) for name, raw in facts.items()}


def facts_behind(rule: Condition) -> tuple[str, ...]:
    """The facts of the vocabulary that a rule looks at, those that worked-out facts come from included."""
    named = (name for leaf in leaves(rule) for name in ((leaf.fact,) if leaf.fact in vocabulary() else sources_of(leaf.fact)))
    return tuple(dict.fromkeys(named))


def _why(judgement: Judgement, language: str) -> str:
    if judgement.standing is not Standing.IN_FORCE:
        return tell(f"standing_{judgement.standing.value}", language)
    return ("；" if language == "zh" else "; ").join(reason(finding, language) for finding in judgement.findings[:3]) or tell(
        "no_rule", language
    )


def _needed(condition: Condition) -> list[Condition]:
    if isinstance(condition, All):
        return [inner for part in condition.parts for inner in _needed(part)]
    return [condition]
