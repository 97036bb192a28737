"""Unlock: the smallest changes by which an entry that a firm cannot have would no longer be out of reach.

Only what an owner can honestly change is looked at (data/levers.yaml). What is found is tried: the changed firm is judged again on the
day it would be ready, so an unlock never promises what the rule would refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

from knowledge.calendar import later, months_between
from knowledge.conditions import All, AnyOf, Check, Condition, Leaf, Not, Truth, try_on
from knowledge.eligibility import Status, judge
from knowledge.entries import Entry, Standing
from knowledge.firm import FactValue
from knowledge.levers import Now, Step
from knowledge.ways import steps_for

#: Ways kept at each branch of a rule, the easiest first; rules are small, this only bounds the strange ones.
_KEPT = 12

Plan = tuple[Step, ...]


@dataclass(frozen=True)
class Unlock:
    """What has to change, together, and the day from which it can be (None: as soon as the owner has done it).

    `begins` is the first day of an entry that is not in force yet. `too_late` is the last day of an entry that ends before the firm
    would be ready: then nothing is unlocked, and it is only said why. `settles` is whether the entry would then fit; if not, other
    facts are still to be told.
    """

    entry: Entry
    steps: Plan
    facts: Mapping[str, FactValue]
    on: date | None = None
    begins: date | None = None
    too_late: date | None = None
    settles: bool = False

    @property
    def changed(self) -> dict[str, FactValue]:
        """Every fact that changes, with its new value."""
        return _moves(self.steps, self.facts)

    @property
    def strain(self) -> tuple[bool, int, float]:
        """How hard it is; for sorting."""
        return _strain(self.steps) if self.too_late is None else (True, len(self.steps), 0.0)


def unlock(entry: Entry, facts: Mapping[str, FactValue], today: date, told: Mapping[str, date] | None = None) -> Unlock | None:
    """The smallest change that would open an entry; None when it is open, or when nothing the owner can change would do.

    `told` says of which day the firm's ages are, where that is not today.
    """
    if judge(entry, facts, today).status is not Status.INELIGIBLE or entry.standing(today) is Standing.ENDED:
        return None
    now = Now(facts, today, told or {})
    plans = _plans(entry.rule, True, now) if entry.rule is not None else [()]
    late: Unlock | None = None
    for plan in plans:
        found = _tried(entry, plan, now)
        if found is not None and found.too_late is None:
            return found
        late = late or found
    return late


def _tried(entry: Entry, plan: Plan, now: Now) -> Unlock | None:
    """A plan as an unlock, if it holds on the day it is ready."""
    begins = entry.valid.from_ if entry.standing(now.today) is Standing.NOT_YET else None
    on = max((day for day in (begins, *(step.on for step in plan)) if day is not None), default=None)
    day = on or now.today
    changed = _moves(plan, now.facts)
    until = entry.valid.until
    if until is not None and day > until:
        # Would the rule open on that day, were there time?
        ready = {**_on_the_day(now, day)[0], **changed}
        opens = entry.rule is None or try_on(entry.rule, ready, day).truth is not Truth.FALSE
        return Unlock(entry, plan, now.facts, on, begins, too_late=until) if opens else None
    statuses = {judge(entry, {**ready, **changed}, day).status for ready in _on_the_day(now, day)}
    if Status.INELIGIBLE in statuses:
        return None
    return Unlock(entry, plan, now.facts, on, begins, settles=statuses == {Status.ELIGIBLE})


def _on_the_day(now: Now, day: date) -> list[dict[str, FactValue]]:
    """The firm on a later day; the owner may have had a birthday more or not."""
    facts = later(now.facts, now.told, now.today, day)
    age, months = facts.get("owner_age"), months_between(now.today, day)
    if not isinstance(age, int) or day == now.today:
        return [facts]
    return [{**facts, "owner_age": age + years} for years in {months // 12, months // 12 + 1}]


def _plans(condition: Condition, wanted: bool, now: Now) -> list[Plan]:
    """The ways to keep a condition from deciding against the firm, the smallest first; the empty one where it does not."""
    match condition:
        case Check():
            return [()]
        case Leaf():
            truth = try_on(condition, now.facts, now.today).truth
            if truth is not (Truth.FALSE if wanted else Truth.TRUE):
                return [()]
            return _best((step,) for step in steps_for(condition, wanted, now))
        case Not(part):
            return _plans(part, not wanted, now)
        case All(parts) | AnyOf(parts):
            each = [_plans(part, wanted, now) for part in parts]
            if isinstance(condition, All) is wanted:
                return _together(each)
            return _best(plan for plans in each for plan in plans)


def _together(each: Sequence[list[Plan]]) -> list[Plan]:
    """One plan of every part, put together."""
    plans: list[Plan] = [()]
    for following in each:
        plans = _best(_merged(plan, more) for plan, more in product(plans, following))
    return plans


def _merged(plan: Plan, more: Plan) -> Plan:
    """Two plans as one; a step that another one covers is left out."""
    steps = list(plan)
    for step in more:
        same = next((old for old in steps if old.fact == step.fact), None)
        if same is None or isinstance(step.moves.get(step.fact), tuple):
            steps.append(step)
        elif step.strain > same.strain:
            steps[steps.index(same)] = step
    return tuple(steps)


def _best(plans: Iterable[Plan]) -> list[Plan]:
    return sorted(plans, key=_strain)[:_KEPT]


def _strain(plan: Plan) -> tuple[bool, int, float]:
    """Fewest changes first, then the easiest."""
    return False, len(plan), sum(step.strain for step in plan)


def _moves(steps: Plan, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Every fact the steps move. Where several move the same number, as hires do with the staff, the farthest move covers the others."""
    moved: dict[str, FactValue] = {}
    for step in steps:
        for name, value in step.moves.items():
            moved[name] = _farther(facts.get(name), moved[name], value) if name in moved else value
    return moved


def _farther(start: FactValue | None, one: FactValue, other: FactValue) -> FactValue:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    if isinstance(start, Decimal | int) and isinstance(one, Decimal | int) and isinstance(other, Decimal | int):
        return one if abs(Decimal(one) - Decimal(start)) >= abs(Decimal(other) - Decimal(start)) else other
    return other
