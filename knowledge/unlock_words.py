"""An unlock told in words: what would have to change, by how much, and from which day."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from knowledge.derived import ratio_of
from knowledge.firm import FactType, FactValue, Text, spec_of
from knowledge.formats import day, fact_label, fact_value, money, percent, whole_number
from knowledge.levers import Step
from knowledge.unlock import Unlock

_CHANGE = Text("{label}从{from}到{to}", "{label} from {from} to {to}")
_BEGINS = Text("{on}起施行", "it begins on {on}")
#: A ratio is told with one decimal, and with more where one would make it look as if it were enough already.
_PLACES = (1, 2, 3)


def step_text(step: Step, unlock: Unlock, language: str) -> str:
    """One change, such as 再招1人 / hire 1 more."""
    values = _values(step, unlock, language)
    told = step.lever.say[language].format(**values)
    if step.lever.beside is not None and (sum_ := _out_of_cash(step, unlock.facts)) is not None:
        told += step.lever.beside[language].format(out_of_cash=money(sum_, language))
    return told


def unlock_text(unlock: Unlock, language: str) -> str:
    """Everything that has to change, in one line."""
    parts = [step_text(step, unlock, language) for step in unlock.steps]
    if unlock.begins is not None:
        parts.append(_BEGINS[language].format(on=day(unlock.begins, language)))
    return ("；" if language == "zh" else "; ").join(parts)


def change_text(fact: str, before: FactValue | None, after: FactValue, language: str) -> str:
    """A fact that moves along with a change."""
    values = {"from": _value(fact, before, language), "to": _value(fact, after, language)}
    return _CHANGE[language].format(label=fact_label(fact, language), **values)


def begins_text(unlock: Unlock, language: str) -> str:
    """When an entry that is not in force yet begins; empty when it is."""
    return _BEGINS[language].format(on=day(unlock.begins, language)) if unlock.begins is not None else ""


def _value(fact: str, value: FactValue | None, language: str) -> str:
    return "" if value is None else fact_value(fact, value, language)


def _values(step: Step, unlock: Unlock, language: str) -> dict[str, str]:
    fact, facts = step.fact, unlock.facts
    if fact not in step.moves:  # a day that comes
        return {"on": day(step.on, language)} if step.on is not None else {}
    before, after = facts.get(fact), step.moves[fact]
    values = {"from": _value(fact, before, language), "to": _value(fact, after, language)}
    if isinstance(before, Decimal | int) and isinstance(after, Decimal | int) and not isinstance(after, bool):
        values["more"] = _amount(fact, abs(Decimal(after) - Decimal(before)), language)
    if step.on is not None:
        values["on"] = day(step.on, language)
    if step.lever.way in ("pledge", "ask"):
        values["options"] = _options(step, language)
    if step.fact != step.leaf.fact:
        values |= _ratio(step, facts, language)
    return values


def _amount(fact: str, amount: Decimal, language: str) -> str:
    """How many more: people as a bare number in English, where "more" follows."""
    if spec_of(fact).type is FactType.MONEY:
        return money(amount, language)
    return f"{amount}人" if language == "zh" and spec_of(fact).unit else str(amount)


def _ratio(step: Step, facts: Mapping[str, FactValue], language: str) -> dict[str, str]:
    """The ratio now, as it would be, and as it must be."""
    leaf, after = step.leaf, {**facts, **step.moves}
    now, then, needed = ratio_of(leaf.fact, facts).value, ratio_of(leaf.fact, after).value, leaf.needed
    places = next((n for n in _PLACES if percent(Decimal(str(now)), n) != percent(needed, n)), _PLACES[-1])
    told = {"share": percent(Decimal(str(now)), places), "then": percent(Decimal(str(then)), places), "needed": percent(needed, places)}
    if "employees" in step.moves:
        counts = {"from": facts[step.fact], "to": step.moves[step.fact], "staff": facts["employees"], "staff_then": step.moves["employees"]}
        told |= {key: _people(count, language) for key, count in counts.items()}
    return told


def _people(count: FactValue, language: str) -> str:
    return whole_number(int(str(count)), language) + ("人" if language == "zh" else "")


def _options(step: Step, language: str) -> str:
    """Everything that the rule would take."""
    leaf = step.leaf
    allowed = leaf.needed if isinstance(leaf.needed, tuple) else (leaf.needed,)
    names = [spec_of(leaf.fact).choices[str(item)][language] for item in allowed if str(item) in spec_of(leaf.fact).choices]
    if leaf.operator in ("is_not", "not_in") or not names:
        return _value(leaf.fact, step.moves[leaf.fact], language)
    if language == "en":
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}或{names[-1]}"


def _out_of_cash(step: Step, facts: Mapping[str, FactValue]) -> Decimal | None:
    """What to repay when the money comes out of the assets, so that these go down by as much; None when it cannot be done so."""
    owed, assets, bound = facts.get(step.fact), facts.get("total_assets"), Decimal(step.leaf.needed)
    if not isinstance(owed, Decimal) or not isinstance(assets, Decimal) or owed > assets or bound >= 1:
        return None
    return ((owed - bound * assets) / (1 - bound)).to_integral_value(ROUND_CEILING)
