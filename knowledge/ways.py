"""By how much a fact must change for one comparison to hold. Money in whole yuan, people in whole persons, time in months or to a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from knowledge.calendar import add_months, months_between
from knowledge.conditions import OPERATORS, Leaf
from knowledge.derived import KnownValue, known_value
from knowledge.firm import FactType, FactValue, spec_of
from knowledge.levers import Lever, Now, Step, levers

#: A figure may be asked to grow by this share at most, a count by so many, a firm to wait so many months, hiring to double the staff.
_REACH, _FEW, _PATIENCE = Decimal("0.5"), 3, 60
_OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}
_UPWARD = frozenset({"at_least", "more_than"})


def steps_for(leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """The changes by which a comparison that fails would hold (`wanted`), or one that holds would fail; the smallest of each kind."""
    lever = levers().get(leaf.fact)
    if lever is None:
        return []
    return _WAYS[lever.way](lever, leaf, wanted, now)


def _step(lever: Lever, leaf: Leaf, moves: Mapping[str, FactValue], strain: float = 0.0, on: date | None = None) -> list[Step]:
    return [Step(lever, leaf, moves, lever.effort + strain, on)]


def _number(value: KnownValue | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else None


def _target(leaf: Leaf, wanted: bool, known: Decimal) -> int | None:
    """The nearest whole number for which a comparison of numbers comes out as wanted."""
    operator = leaf.operator if wanted else _OPPOSITE.get(leaf.operator, "")
    match operator:
        case "at_least":
            return _ceiling(leaf.needed)
        case "more_than":
            return _floor(leaf.needed) + 1
        case "at_most":
            return _floor(leaf.needed)
        case "less_than":
            return _ceiling(leaf.needed) - 1
        case "between":
            low, high = _ceiling(leaf.needed[0]), _floor(leaf.needed[1])
            return (low if known < low else high) if low <= high else None
    if wanted and leaf.operator in ("is", "in"):
        options = leaf.needed if isinstance(leaf.needed, tuple) else (leaf.needed,)
        return int(min(options, key=lambda option: abs(Decimal(option) - known)))
    return None


def _ceiling(number: Decimal | int) -> int:
    return int(Decimal(number).to_integral_value(ROUND_CEILING))


def _floor(number: Decimal | int) -> int:
    return int(Decimal(number).to_integral_value(ROUND_FLOOR))


def _whole(fact: str, number: int) -> FactValue:
    """A whole number as the fact's own type has it."""
    return Decimal(number) if spec_of(fact).type is FactType.MONEY else number


def _known_and_target(leaf: Leaf, wanted: bool, now: Now) -> tuple[Decimal, int] | None:
    known = _number(known_value(leaf.fact, now.facts, now.today).value)
    target = _target(leaf, wanted, known) if known is not None else None
    return None if known is None or target is None else (known, target)


# -- the ways: a new one is a function here and a line in _WAYS ----------------------------------------------------------------


def _hire(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """So many people more; they join the staff and the new hires, too, where these are known."""
    staff = _number(now.facts.get("employees"))
    if leaf.fact == "new_hire_share":
        more = _hires_for_share(leaf, now) if wanted else None
    else:
        found = _known_and_target(leaf, wanted, now)
        more = found[1] - int(found[0]) if found else None
    if more is None or more <= 0 or more > max(int(staff or 0), _FEW):
        return []
    first = "new_hires_12m" if leaf.fact == "new_hire_share" else leaf.fact
    names = dict.fromkeys((first, "new_hires_12m", "employees"))
    moves = {name: _whole(name, int(value) + more) for name in names if (value := _number(now.facts.get(name))) is not None}
    return _step(lever, leaf, moves, more / float(staff or _FEW))


def _hires_for_share(leaf: Leaf, now: Now) -> int | None:
    """The fewest hires that bring the share of new hires up to what is needed: each raises both sides of the fraction."""
    hired, staff = _number(now.facts.get("new_hires_12m")), _number(now.facts.get("employees"))
    if hired is None or staff is None or staff <= 0 or leaf.operator not in _UPWARD or leaf.needed >= 1 or hired > staff:
        return None
    more = max(_floor((leaf.needed * staff - hired) / (1 - leaf.needed)), 0)
    while not OPERATORS[leaf.operator].test((hired + more) / (staff + more), leaf.needed):
        more += 1
    return more


def _repay(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """What is owed goes down. To have no loan at all is not offered: a first loan is not made by paying one back."""
    fact = lever.moves or leaf.fact
    owed = _number(now.facts.get(fact))
    target = _owed_for_ratio(leaf, wanted, now) if lever.moves else (_known_and_target(leaf, wanted, now) or (None, None))[1]
    lowest = 1 if fact == "existing_loans" else 0
    if owed is None or target is None or not lowest <= target < owed:
        return []
    return _step(lever, leaf, {fact: _whole(fact, target)}, float((owed - target) / owed) * 4)


def _owed_for_ratio(leaf: Leaf, wanted: bool, now: Now) -> int | None:
    """The most that may be owed at the assets there are, in whole yuan."""
    assets = _number(now.facts.get("total_assets"))
    operator = leaf.operator if wanted else _OPPOSITE.get(leaf.operator)
    if assets is None or operator not in ("at_most", "less_than") or leaf.needed >= 1:
        return None
    bound = leaf.needed * assets
    return _floor(bound) if operator == "at_most" else _ceiling(bound) - 1


def _wait(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    found = _known_and_target(leaf, wanted, now)
    if found is None or not 0 < found[1] - found[0] <= _PATIENCE:
        return []
    months = found[1] - int(found[0])
    day = add_months(now.told.get(leaf.fact, now.today), months)
    return _step(lever, leaf, {leaf.fact: found[1]}, months / 6, max(day, now.today))


def _come(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """A day that is still to come; no fact moves, only time passes."""
    match leaf.operator, wanted:
        case "from", True:
            day = leaf.needed
        case "between", True:
            day = leaf.needed[0]
        case "until", False:
            day = leaf.needed + timedelta(days=1)
        case _:
            return []
    months = months_between(now.today, day)
    return _step(lever, leaf, {}, months / 6, day) if now.today < day and months <= _PATIENCE else []


def _fade(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    found = _known_and_target(leaf, wanted, now)
    if found is None or not 0 <= found[1] < found[0]:
        return []
    return _step(lever, leaf, {leaf.fact: found[1]}, lever.months / 6, add_months(now.today, lever.months))


def _do(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    assert lever.to is not None
    holds = OPERATORS[leaf.operator].test(lever.to, leaf.needed)
    return _step(lever, leaf, {leaf.fact: lever.to}) if holds is wanted and now.facts.get(leaf.fact) is not lever.to else []


def _climb(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """The lowest rung above the one the firm stands on that will do."""
    at = lever.ladder.index(str(now.facts[leaf.fact])) if str(now.facts.get(leaf.fact)) in lever.ladder else len(lever.ladder)
    for height, rung in enumerate(lever.ladder[at + 1 :]):
        if rung not in lever.never and OPERATORS[leaf.operator].test(rung, leaf.needed) is wanted:
            return _step(lever, leaf, {leaf.fact: rung}, float(height))
    return []


def _ask(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """Another amount, term or purpose."""
    spec = spec_of(leaf.fact)
    if spec.type is FactType.CHOICE:
        fitting = [choice for choice in spec.choices if choice != "other" and OPERATORS[leaf.operator].test(choice, leaf.needed) is wanted]
        return _step(lever, leaf, {leaf.fact: fitting[0]}) if fitting else []
    found = _known_and_target(leaf, wanted, now)
    if found is None or found[1] <= 0 or found[0] <= 0 or found[1] == found[0]:
        return []
    return _step(lever, leaf, {leaf.fact: _whole(leaf.fact, found[1])}, min(abs(float(found[1] / found[0]) - 1), 5.0))


def _pledge(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    """One thing more on offer; what the firm is known to hold comes first."""
    if not wanted:
        return []
    held = now.facts.get("collateral")
    options = [option for option in leaf.needed if option != "none"]
    if not options or not isinstance(held, tuple):
        return []
    there = [option for option in options if (_number(now.facts.get(option)) or 0) > 0]
    offered = spec_of(leaf.fact).parse([*(item for item in held if item != "none"), (there or options)[0]])
    return _step(lever, leaf, {leaf.fact: offered}, 0.0 if there else 1.0)


def _earn(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    found = _known_and_target(leaf, wanted, now)
    if found is None or found[0] <= 0 or not found[0] < found[1] <= found[0] * (1 + _REACH):
        return []
    return _step(lever, leaf, {leaf.fact: _whole(leaf.fact, found[1])}, float(found[1] / found[0] - 1) * 4)


def _gain(lever: Lever, leaf: Leaf, wanted: bool, now: Now) -> list[Step]:
    found = _known_and_target(leaf, wanted, now)
    if found is None or not 0 < found[1] - found[0] <= _FEW:
        return []
    return _step(lever, leaf, {leaf.fact: found[1]}, float(found[1] - found[0]))


_WAYS: Mapping[str, Callable[[Lever, Leaf, bool, Now], list[Step]]] = {
    "hire": _hire,
    "repay": _repay,
    "wait": _wait,
    "come": _come,
    "fade": _fade,
    "do": _do,
    "climb": _climb,
    "become": _climb,
    "ask": _ask,
    "pledge": _pledge,
    "earn": _earn,
    "gain": _gain,
}
