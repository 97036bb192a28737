"""Facts that the figures of a message state: their period, unit and sign put right, and what is in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nlu.cues import frames
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.adding import added
from nlu.reading.ages import of_a_thing
from nlu.reading.assign import WISHES, Hit, assign
from nlu.reading.beside import each_month, of_the_month
from nlu.reading.crew import crew
from nlu.reading.headcount import Headcount, headcount
from nlu.reading.maturity import matures
from nlu.reading.noughts import noughts
from nlu.reading.past import long_ago
from nlu.reading.patents import patents_together
from nlu.reading.scale import inherited, spoken
from nlu.reading.scope import Scope
from nlu.reading.settle import as_balance, as_goods, as_shop, by_year, without_parts
from nlu.reading.stated import says
from nlu.reading.sums import bare_money, by_period, per_month
from nlu.reading.voided import voided


@dataclass(frozen=True)
class Figures:
    """Facts that figures state, what is in doubt, which quantities (by position) were used for either, which of them have their fact
    from a whole sentence, and which are no fact by a whole sentence.
    """

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    claimed: frozenset[int]
    sentences: frozenset[int] = frozenset()
    nothing: frozenset[int] = frozenset()


_WITHIN = re.compile(r"\b(?:inside|within|under|less than)(?: an?| the| one)? ?$")
_AS_EMPLOYEE = re.compile(r"经验|打工|上班|学徒|厨师(?!店)|\bexperience\b|\bworked (?:for|at|as)\b")

#: Behind a number of people hired: all of them are graduates.
_GRADUATES = re.compile(
    r"(?:个|名|位)?(?:刚毕业的?|应届|大专|本科|高校)*(?:应届|大学|高校|毕业|大专|本科)(?:毕业)?(?:生|的)"
    r"|,? ?(?:all |both )?(?:fresh |new |recent )?(?:college |university )?(?:graduates?|grads)\b"
    r"|,? (?:all |both )?(?:straight|fresh|right|just) (?:out of|from) (?:college|uni\w*|school)"
)
#: Nobody borrows less from a bank; a smaller sum is a price.
_SMALLEST_LOAN = 500
#: Before a figure: a part of the one before it.
_PART = re.compile(
    r"(?:其中|里面|里头|包括|包含|光是|\bof which\b|\bincluding\b|\bof them\b)[^。！？]{0,14}$|\b(?:staff|people|employees|workers|team"
    r"|persons) (?:with (?:about |some )?|\()$"
)


def stated_figures(text: str, scope: Scope, found: tuple[Quantity, ...], *, today: date, asking: str | None) -> Figures:
    """Facts that the figures of a message fill."""
    counted = any(quantity.unit == "day" for quantity in found)
    due = None if counted else matures(text, scope, today, asked=asking == "loan_matures_in_days")
    told = crew(scope, asking) or headcount(scope, found, asked=asking == "employees")
    told = None if told is not None and long_ago(scope, told, "employees", today) else told
    calculation = bool(frames.CALCULATION.search(scope.norm))
    chosen = assign(scope, found, calculation=calculation) if found else {}
    mentions: list[Mention] = []
    ambiguous: list[Ambiguity] = []
    claimed: set[int] = set()
    revenues: list[int] = []
    for index, hit in sorted(chosen.items()):
        quantity, name = found[index], hit.cue.fact
        wished = calculation and name in WISHES and not scope.of_others(quantity.start)
        too_small = name == "amount_sought" and quantity.kind == "money" and quantity.value < _SMALLEST_LOAN
        nothing = not name or too_small or of_the_month(scope, found, index, name) or _within(due, quantity)
        if nothing or not (wished or says(scope, quantity, hit)):
            continue
        result = fill(text, scope, found, quantity, hit, today, asking)
        if result is None:
            continue
        claimed.add(index)
        if isinstance(result, Ambiguity):
            ambiguous.append(result)
        elif not (_stands(mentions, result.name) and _PART.search(scope.norm[: quantity.start])):
            if result.name in ("annual_revenue", "previous_revenue"):
                revenues.append(len(mentions))
            mentions += _with_graduates(scope, result)
    mentions = _with_people(text, told, by_year(scope, mentions, revenues, today))
    claimed.update(index for index, quantity in enumerate(found) if _within(told, quantity))
    names = {mention.name for mention in mentions}
    mentions += [item for item in (due, voided(text, scope), *noughts(text, scope)) if item is not None and item.name not in names]
    mentions = _with_sum(added(text, scope, found, asking), mentions)
    mentions = patents_together(scope, mentions)
    mentions = as_goods(scope, as_balance(scope, without_parts(mentions)))
    sentences = frozenset(index for index, hit in chosen.items() if hit.sentence)
    no_fact = frozenset(index for index in sentences if not chosen[index].cue.fact)
    return Figures(tuple(as_shop(scope, mentions)), tuple(ambiguous), frozenset(claimed), sentences, no_fact)


def _within(span: Mention | Headcount | None, quantity: Quantity) -> bool:
    return span is not None and span.start < quantity.end and quantity.start < span.end


def _with_graduates(scope: Scope, mention: Mention) -> list[Mention]:
    """People hired who are all graduates are both."""
    graduates = mention.name == "new_hires_12m" and _GRADUATES.match(scope.norm, mention.end)
    return [mention, replace(mention, name="graduate_hires_12m")] if graduates else [mention]


def _with_people(text: str, told: Headcount | None, mentions: list[Mention]) -> list[Mention]:
    """A headcount told in parts instead of its parts, unless a figure elsewhere says how many people there are."""
    if told is None:
        return mentions
    employees = [mention for mention in mentions if mention.name == "employees"]
    if not told.instead and any(not told.start <= mention.start < told.end for mention in employees):
        return mentions
    return [*(mention for mention in mentions if mention not in employees), _people(told, text)]


def _people(told: Headcount, text: str) -> Mention:
    return Mention("employees", told.count, told.start, told.end, text[told.start : told.end])


def _with_sum(whole: Mention | None, mentions: list[Mention]) -> list[Mention]:
    """Sums told one by one as the fact that they make up, instead of what each was taken for."""
    if whole is None:
        return mentions
    return [*(mention for mention in mentions if not (whole.start <= mention.start and mention.end <= whole.end)), whole]


def _stands(mentions: list[Mention], name: str) -> bool:
    """Whether the fact is stated already; beside total assets what is owed is the liabilities, and the bank's share another fact."""
    names = {mention.name for mention in mentions}
    return name in names and not (name == "existing_loans" and "total_assets" in names)


#: Behind a number: it counts things, two more trucks.
_THINGS = re.compile(
    r" (?:(?:more|new|other|extra|used|second-?hand|big|bigger|small|old|good) )+[a-z]"
    r"|[- ](?:trucks?|vans?|cars?|lorr(?:y|ies)|machines?|ovens?|tables?|rooms?|shops?|stores?|branches|lines?|sheds?)\b"
)


def fill(
    text: str, scope: Scope, found: tuple[Quantity, ...], quantity: Quantity, hit: Hit, today: date, asking: str | None
) -> Mention | Ambiguity | None:
    """The fact that a figure states, what is in doubt about it, or None when it states nothing after all."""
    name = hit.cue.fact
    quantity = _per_year(name, quantity)
    if long_ago(scope, quantity, name, today):
        return None
    if quantity.currency not in (None, "cny"):
        return _doubt(name, (), quantity, text)
    if quantity.kind == "year":
        return _since(name, quantity, text, today)
    if quantity.kind in ("duration", "count") or name == "owner_age":
        return _span_or_count(text, scope, quantity, hit)
    if quantity.kind == "number" and name == "monthly_inflow_cv":
        return _mention(name, quantity.value, quantity, text, quantity.approximate)
    if quantity.kind == "number" and "rate" in hit.cue.kinds:
        return _mention(name, quantity.value / 100, quantity, text, quantity.approximate)
    if len(quantity.readings) > 1:
        return _doubt(name, quantity.readings, quantity, text)
    if quantity.kind == "rate" or "count" in hit.cue.kinds:
        return _mention(name, quantity.value, quantity, text, quantity.approximate)
    if quantity.kind == "number" and len(bare_money(name, quantity.value, scope.norm)) > 1:
        value = inherited(scope.norm, found, quantity, hit) or spoken(scope.norm, name, found, quantity)
        quantity = quantity if value is None else replace(quantity, kind="money", value=value, low=None, high=None)
    return _money(text, scope, quantity, hit, asking)


def _since(name: str, quantity: Quantity, text: str, today: date) -> Mention | None:
    """The owner's age, or the months, since a year."""
    if name == "owner_age":
        return _mention(name, Decimal(today.year - int(quantity.value)), quantity, text, True)
    months = months_since(quantity, today)
    return _mention(name, months, quantity, text, quantity.month is None) if months is not None else None


def _per_year(name: str, quantity: Quantity) -> Quantity:
    """每月波动15% is no rate for a month."""
    monthly = name == "monthly_inflow_cv" and quantity.kind == "rate" and quantity.period == "month"
    return replace(quantity, value=quantity.value / 12) if monthly else quantity


def _money(text: str, scope: Scope, quantity: Quantity, hit: Hit, asking: str | None) -> Mention | Ambiguity | None:
    clause = scope.clause_text(quantity.start)
    placed = by_period(hit.cue.fact, quantity, clause)
    if hit.cue.fact in WISHES and frames.CALCULATION.search(scope.norm):
        placed = hit.cue.fact, 1
    if placed is None:
        return None
    name, divisor = placed
    if name == "monthly_inflow" and name != asking and quantity.period is None and not each_month(scope, quantity, hit.text + clause):
        return _doubt(name, (quantity.value, per_month(quantity.value)[0]), quantity, text)
    if quantity.kind == "number" and _THINGS.match(scope.norm, quantity.end):
        return None
    if quantity.kind == "number":
        readings = (quantity.value,) if "千" in quantity.text else bare_money(name, quantity.value, scope.norm)
        if len(readings) != 1:
            return _doubt(name, readings, quantity, text) if readings else None
    if divisor == 12:
        return _monthly(name, quantity, text)
    if hit.cue.sign < 0 or quantity.sign < 0:
        low, high = (-bound if bound is not None else None for bound in (quantity.high, quantity.low))
        return _mention(name, -quantity.value, replace(quantity, low=low, high=high), text, quantity.approximate)
    return _mention(name, quantity.value, quantity, text, quantity.approximate)


def _monthly(name: str, quantity: Quantity, text: str) -> Mention | None:
    """A year's figure as the month's average, approximate unless it divides to the fen."""
    value, exact = per_month(quantity.value)
    low, high = (per_month(bound)[0] if bound is not None else None for bound in (quantity.low, quantity.high))
    return _mention(name, value, replace(quantity, low=low, high=high), text, quantity.approximate or not exact)


def _doubt(name: str, readings: tuple[Decimal, ...], quantity: Quantity, text: str) -> Ambiguity:
    return Ambiguity((name,), readings, quantity.start, quantity.end, text[quantity.start : quantity.end])


def _span_or_count(text: str, scope: Scope, quantity: Quantity, hit: Hit) -> Mention | None:
    name, value = hit.cue.fact, quantity.value
    if of_a_thing(scope.norm, quantity):
        return None
    if name == "loan_matures_in_days" and quantity.kind == "duration" and scope.norm.startswith(("内", "以内"), quantity.end):
        return None
    if name == "loan_matures_in_days" and _WITHIN.search(scope.norm[: quantity.start]):
        return None
    if name == "loan_matures_in_days" and quantity.kind == "duration":
        return _mention(name, value * 30, replace(quantity, low=None, high=None), text, True)
    if name == "term_months" and quantity.unit == "day":
        return _mention(name, value / 30, replace(quantity, low=None, high=None), text, quantity.approximate)
    if name == "age_months" and quantity.unit == "age":  # 2 yrs old
        return _mention(name, value * 12, replace(quantity, low=None, high=None), text, quantity.approximate)
    if name == "age_months" and _AS_EMPLOYEE.search(scope.clause_text(quantity.start)):
        return None
    if name == "age_months" and re.match(r" ?(?:内|以内|后|later)", scope.norm[quantity.end :]):
        return None
    return _mention(name, value, quantity, text, quantity.approximate or value != value.to_integral_value())


def months_since(quantity: Quantity, today: date) -> Decimal | None:
    """Whole months since the year (from its middle) or the month named; None for the future."""
    months = (today.year - int(quantity.value)) * 12 + today.month - (quantity.month or 7)
    if months < 0 and quantity.month is None and int(quantity.value) == today.year:
        months = 0
    return Decimal(months) if 0 <= months <= 1200 else None


def _mention(name: str, value: Decimal, quantity: Quantity, text: str, approximate: bool) -> Mention | None:
    parsed = fact_value(name, value)
    if parsed is None:
        return None
    return Mention(
        name, parsed, quantity.start, quantity.end, text[quantity.start : quantity.end], approximate, quantity.low, quantity.high
    )
