"""Facts that the figures of a message state: their period, unit and sign put right, and what is in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nlu.cues import frames
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.assign import WISHES, Hit, assign
from nlu.reading.headcount import Headcount, headcount
from nlu.reading.maturity import matures
from nlu.reading.noughts import noughts
from nlu.reading.scale import inherited
from nlu.reading.scope import Scope
from nlu.reading.settle import as_balance, as_shop, by_year, without_parts
from nlu.reading.stated import says


@dataclass(frozen=True)
class Figures:
    """Facts that figures state, what is in doubt, and which quantities (by position) were used for either."""

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    claimed: frozenset[int]


_PARTIAL_YEAR = re.compile(
    r"前[一二三四两123]个?季度|[上下]半年|前[\d一二三四五六七八九十]+个?月|到现在|目前为止|至今|截[至止]|季度|so far|这批|这一?单|每单"
    r"|first (?:half|quarter)|year to date|h1|q[1-4]"
)

_WITHIN = re.compile(r"\b(?:inside|within|under|less than)(?: an?| the| one)? ?$")
_CEILING = re.compile(r"以内|以下|不超过|别超过|控制|压到|压在|能接受|承受|at most|no more than|under|below|afford")

_AS_EMPLOYEE = re.compile(r"经验|打工|上班|学徒|厨师(?!店)|\bexperience\b|\bworked (?:for|at|as)\b")

#: Behind a number of people hired: all of them are graduates.
_GRADUATES = re.compile(
    r"(?:个|名|位)?(?:刚毕业的?|应届|大专|本科|高校)*(?:应届|大学|高校|毕业|大专|本科)(?:毕业)?(?:生|的)"
    r"|,? ?(?:all |both )?(?:fresh |new |recent )?(?:college |university )?(?:graduates?|grads)\b"
    r"|,? (?:all |both )?(?:straight|fresh|right|just) (?:out of|from) (?:college|uni\w*|school)"
)
#: Before a figure: a part of the one before it.
_PART = re.compile(r"(?:其中|里面|里头|包括|包含|光是|\bof which\b|\bincluding\b|\bof them\b)[^。！？]{0,14}$")


def stated_figures(text: str, scope: Scope, found: tuple[Quantity, ...], *, today: date, asking: str | None) -> Figures:
    """Facts that the figures of a message fill."""
    told = headcount(scope, found, asked=asking == "employees")
    counted = any(quantity.unit == "day" for quantity in found)
    due = None if counted else matures(text, scope, today, asked=asking == "loan_matures_in_days")
    unfigured = [*([] if told is None else [_people(told, text)]), *([] if due is None else [due])]
    if not found:
        return Figures((*unfigured, *noughts(text, scope)), (), frozenset())
    calculation = bool(frames.CALCULATION.search(scope.norm))
    chosen = assign(scope, found, calculation=calculation)
    mentions: list[Mention] = []
    ambiguous: list[Ambiguity] = []
    claimed: set[int] = set()
    revenues: list[int] = []
    for index, hit in sorted(chosen.items()):
        quantity, name = found[index], hit.cue.fact
        if due is not None and due.start < quantity.end and quantity.start < due.end:
            continue
        wished = calculation and name in WISHES
        if not name or not (wished or says(scope, quantity, hit)):
            continue
        result = _fill(text, scope, found, quantity, hit, today, asking)
        if isinstance(result, Mention):
            if _stands(mentions, result.name) and _PART.search(scope.norm[: quantity.start]):
                claimed.add(index)
                continue
            if result.name in ("annual_revenue", "previous_revenue"):
                revenues.append(len(mentions))
            mentions.append(result)
            if result.name == "new_hires_12m" and _GRADUATES.match(scope.norm, quantity.end):
                mentions.append(replace(result, name="graduate_hires_12m"))
            claimed.add(index)
        elif result is not None:
            ambiguous.append(result)
            claimed.add(index)
    if told is not None:
        inside = [mention for mention in mentions if mention.name == "employees" and told.start <= mention.start < told.end]
        if not any(mention.name == "employees" and mention not in inside for mention in mentions):
            mentions = [*(mention for mention in mentions if mention not in inside), _people(told, text)]
            claimed.update(index for index, quantity in enumerate(found) if told.start <= quantity.start < told.end)
    if due is not None and not any(mention.name == due.name for mention in mentions):
        mentions.append(due)
    stated = {mention.name for mention in mentions}
    mentions += [nought for nought in noughts(text, scope) if nought.name not in stated]
    mentions = as_balance(scope, without_parts(mentions))
    mentions = as_shop(scope, by_year(scope, mentions, revenues, today))
    return Figures(tuple(mentions), tuple(ambiguous), frozenset(claimed))


def _people(told: Headcount, text: str) -> Mention:
    return Mention("employees", told.count, told.start, told.end, text[told.start : told.end])


def _stands(mentions: list[Mention], name: str) -> bool:
    """Whether the fact is stated already; beside total assets what is owed is the liabilities, and the bank's share another fact."""
    names = {mention.name for mention in mentions}
    return name in names and not (name == "existing_loans" and "total_assets" in names)


def _fill(
    text: str, scope: Scope, found: tuple[Quantity, ...], quantity: Quantity, hit: Hit, today: date, asking: str | None
) -> Mention | Ambiguity | None:
    """The fact that a figure states, what is in doubt about it, or None when it states nothing after all."""
    name = hit.cue.fact
    if quantity.currency not in (None, "cny"):
        return _doubt(name, (), quantity, text)
    if quantity.kind == "year":
        if name == "owner_age":
            return _mention(name, Decimal(today.year - int(quantity.value)), quantity, text, True)
        months = months_since(quantity, today)
        return _mention(name, months, quantity, text, quantity.month is None) if months is not None else None
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
        value = inherited(scope.norm, found, quantity, hit)
        quantity = quantity if value is None else replace(quantity, kind="money", value=value, low=None, high=None)
    return _money(text, scope, quantity, hit, asking)


def _money(text: str, scope: Scope, quantity: Quantity, hit: Hit, asking: str | None) -> Mention | Ambiguity | None:
    clause = scope.clause_text(quantity.start)
    placed = _by_period(hit.cue.fact, quantity, clause)
    if hit.cue.fact in WISHES and frames.CALCULATION.search(scope.norm):
        placed = hit.cue.fact, 1
    if placed is None:
        return None
    name, divisor = placed
    if name == "monthly_inflow" and name != asking and quantity.period is None and not re.search("月|month", hit.text + clause):
        return _doubt(name, (quantity.value, _per_month(quantity.value)[0]), quantity, text)
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
    value, exact = _per_month(quantity.value)
    low, high = (_per_month(bound)[0] if bound is not None else None for bound in (quantity.low, quantity.high))
    return _mention(name, value, replace(quantity, low=low, high=high), text, quantity.approximate or not exact)


def _doubt(name: str, readings: tuple[Decimal, ...], quantity: Quantity, text: str) -> Ambiguity:
    return Ambiguity((name,), readings, quantity.start, quantity.end, text[quantity.start : quantity.end])


def _span_or_count(text: str, scope: Scope, quantity: Quantity, hit: Hit) -> Mention | None:
    name, value = hit.cue.fact, quantity.value
    if name == "loan_matures_in_days" and quantity.kind == "duration" and scope.norm.startswith(("内", "以内"), quantity.end):
        return None
    if name == "loan_matures_in_days" and _WITHIN.search(scope.norm[: quantity.start]):
        return None
    if name == "loan_matures_in_days" and quantity.kind == "duration":
        return _mention(name, value * 30, replace(quantity, low=None, high=None), text, True)
    if name == "term_months" and quantity.unit == "day":
        return _mention(name, value / 30, replace(quantity, low=None, high=None), text, quantity.approximate)
    if name == "age_months" and _AS_EMPLOYEE.search(scope.clause_text(quantity.start)):
        return None
    if name == "age_months" and re.match(r" ?(?:内|以内|后|later)", scope.norm[quantity.end :]):
        return None
    return _mention(name, value, quantity, text, quantity.approximate or value != value.to_integral_value())


def _by_period(name: str, quantity: Quantity, clause: str) -> tuple[str, int] | None:
    """The fact a figure of this period belongs to, and what to divide it by."""
    period = quantity.period
    if (name == "annual_revenue" and _PARTIAL_YEAR.search(clause)) or (name == "monthly_debt_service" and _CEILING.search(clause)):
        return None
    if name == "annual_revenue":
        if period == "month":
            return "monthly_sales", 1
        return (name, 1) if period in (None, "year") else None
    if name == "monthly_inflow":
        return (name, 12 if period == "year" else 1) if period in (None, "year", "month") else None
    if name == "amount_sought":
        return (name, 1) if period is None or period == "year" else None
    if name == "existing_loans" and period == "month":
        return ("monthly_debt_service", 1) if re.search(r"还|供|[房车]贷|pay|mortgage", clause) else None
    if period in ("day", "quarter"):
        return None
    return (name, 1) if period != "month" or name == "monthly_debt_service" or name == "monthly_sales" or name not in _FLOWS else None


#: Facts that speak of a year: a month's figure must not fill them.
_FLOWS = frozenset(
    [
        "net_profit",
        "gross_profit",
        "operating_profit",
        "operating_cost",
        "finance_cost",
        "export_revenue",
        "taxable_income",
        "annual_tax_paid",
        "invoiced_sales",
        "purchase_amount",
        "rd_spend",
        "platform_sales",
        "previous_revenue",
    ]
)


def bare_money(name: str, value: Decimal, norm: str) -> tuple[Decimal, ...]:
    """What a number without a unit may mean for a money fact, likeliest first. 3500 a month is yuan; 50 may be 万."""
    if value <= 0:
        return ()
    if value >= 10000 or (name == "monthly_debt_service" and value >= 100):
        return (value,)
    han = any("一" <= char <= "鿿" for char in norm)
    latin = any("a" <= char <= "z" for char in norm)
    return (value * (1000 if latin and not han else 10000), value)


def _per_month(value: Decimal) -> tuple[Decimal, bool]:
    exact = value / 12
    fen = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (fen, True) if fen * 12 == value else (exact.quantize(Decimal(1), ROUND_HALF_UP), False)


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
