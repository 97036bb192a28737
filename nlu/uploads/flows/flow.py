"""Money in and out by month, from a ledger's movements: what counts as income, and the facts that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from nlu.uploads.document import Figure, Period
from nlu.uploads.flows import months
from nlu.uploads.flows.balances import Movement, Read
from nlu.uploads.flows.purposes import Purpose, customer, of_inflow, of_outflow, repays_apps_credit
from nlu.uploads.flows.series import AccountMark, DayFlow, FlowSeries, MonthFlow
from nlu.uploads.grid import At

#: A reversal comes soon after what it takes back.
_REVERSED_WITHIN = timedelta(days=31)
#: The steadiness of income shows over this many months at least.
_MONTHS_FOR_VARIATION = 3
#: So much of the income must come from customers with a name before one of them can be called the largest.
_NAMED_SHARE = Decimal("0.9")
#: A month's repayment beyond this multiple of the usual one is a final payment, not a regular one.
_REGULAR = 3
#: Day by day the last half year is kept: enough for the pattern of a week and of a month, and little to store.
_DAYS = 182
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A movement with its purpose. `income` and `spent` are what it adds to a month's income and spending, in yuan."""

    movement: Movement
    day: date
    purpose: Purpose
    income: Decimal
    spent: Decimal

    @property
    def at(self) -> At:
        return self.movement.raw.place


@dataclass(frozen=True)
class Flow:
    """The items of a ledger, the period that it covers, and the months that it covers fully."""

    items: tuple[Item, ...]
    period: Period
    full: tuple[date, ...]
    unit: int = 1


def items(reads: Sequence[Read], holder: str | None, unit: int) -> list[Item]:
    """Every dated movement with its purpose. What was reversed later is no income either."""
    found = [_item(movement, holder, unit) for read in reads for movement in read.movements if movement.raw.day and movement.amount]
    return _without_reversed(found)


def _item(movement: Movement, holder: str | None, unit: int) -> Item:
    raw, value, back = movement.raw, (movement.amount or _NOTHING) * unit, movement.raw.refunded * unit
    assert raw.day is not None
    name = raw.table.text(raw.row, "own_name") or holder
    if movement.side > 0:
        purpose = Purpose.TRADE if value < 0 else of_inflow(raw.words, raw.party, name)
        return Item(movement, raw.day, purpose, value - back if purpose is Purpose.TRADE else _NOTHING, _NOTHING)
    purpose = Purpose.REVERSAL if value > 0 else of_outflow(raw.words, raw.party, name)
    if raw.table.has("pay_by") and repays_apps_credit(raw.words):
        purpose = Purpose.OWN
    return Item(movement, raw.day, purpose, _NOTHING, -value - back if purpose is not Purpose.OWN else _NOTHING)


def _without_reversed(found: list[Item]) -> list[Item]:
    """Income that a later outgoing reversal of the same amount took back."""
    result = list(found)
    for index, item in enumerate(found):
        if item.purpose is not Purpose.REVERSAL or item.spent <= 0:
            continue
        for before in range(len(found)):
            candidate = result[before]
            close = timedelta(0) <= item.day - candidate.day <= _REVERSED_WITHIN
            if candidate.income == item.spent and close and candidate.purpose is Purpose.TRADE:
                result[before] = replace(candidate, purpose=Purpose.REVERSAL, income=_NOTHING)
                result[index] = replace(item, spent=_NOTHING)
                break
    return result


def flow(found: Sequence[Item], stated: Period | None, today: date, unit: int) -> Flow:
    period, full = months.covered([item.day for item in found], stated, today)
    return Flow(tuple(found), period, full, unit)


def figures(book: Flow) -> list[Figure]:
    """Mean monthly income over the full months, its variation, the largest customer's share, and regular loan repayments."""
    counted = [item for item in book.items if item.income]
    monthly = months.over(book.full, months.by_month((item.day, item.income) for item in counted))
    found: list[Figure] = []
    full = set(book.full)
    within = [item for item in counted if months.month_of(item.day) in full]
    if not within:
        return found
    span = Period(book.full[0], months.next_month(book.full[-1]) - timedelta(days=1))
    at = tuple(item.at for item in within)
    label = within[0].movement.raw.table.name("income" if within[0].movement.raw.income else "amount")
    found.append(Figure("monthly_inflow", months.mean(monthly), label, at, span, book.unit))
    variation = months.variation(monthly) if len(book.full) >= _MONTHS_FOR_VARIATION else None
    if variation is not None:
        found.append(Figure("monthly_inflow_cv", variation, label, at, span))
    largest = _largest(within)
    if largest is not None:
        name, part, cells = largest
        found.append(Figure("largest_customer_share", part, name, cells, span))
    repaid = _repayments(book, span)
    return [*found, repaid] if repaid else found


def _largest(counted: Sequence[Item]) -> tuple[str, Decimal, tuple[At, ...]] | None:
    """The largest customer, its share of the income and the cells; None when too much came from no one in particular."""
    total = sum((item.income for item in counted), _NOTHING)
    by_name: dict[str, list[Item]] = {}
    for item in counted:
        if name := customer(item.movement.raw.party):
            by_name.setdefault(name, []).append(item)
    sums = {name: sum((item.income for item in of_name), _NOTHING) for name, of_name in by_name.items()}
    if not sums or total <= 0 or sum(sums.values(), _NOTHING) < total * _NAMED_SHARE:
        return None
    name = max(sums, key=lambda one: sums[one])
    return by_name[name][0].movement.raw.party, months.share(sums[name], total), tuple(item.at for item in by_name[name])


def _repayments(book: Flow, span: Period) -> Figure | None:
    """The mean of what clearly repays loans, when it comes every full month in amounts that are alike."""
    paid = [item for item in book.items if item.purpose is Purpose.REPAYMENT and months.month_of(item.day) in set(book.full)]
    monthly = months.over(book.full, months.by_month((item.day, item.spent) for item in paid))
    if len(monthly) < _MONTHS_FOR_VARIATION or min(monthly) <= 0 or max(monthly) > _REGULAR * median(monthly):
        return None
    return Figure(
        "monthly_debt_service", months.mean(monthly), paid[0].movement.raw.words, tuple(item.at for item in paid), span, book.unit
    )


def series(book: Flow, last_balance: Decimal | None, opening: Decimal | None, account: AccountMark) -> FlowSeries:
    """Months and days of a ledger; `opening` and `last_balance` in yuan where all of it is one account, else None."""
    income = months.by_month((item.day, item.income) for item in book.items)
    spent = months.by_month((item.day, item.spent) for item in book.items)
    full = set(book.full)
    every = months.months_between(book.period.first, book.period.last)
    flows = tuple(MonthFlow(month, income.get(month, _NOTHING), spent.get(month, _NOTHING), month in full) for month in every)
    since = max(book.period.first, book.period.last - timedelta(days=_DAYS - 1))
    days = _days(book, since, opening is not None)
    return FlowSeries(flows, left_out(book), last_balance, days, since, book.period.last, opening, account)


def _days(book: Flow, since: date, balanced: bool) -> tuple[DayFlow, ...]:
    """Money in and out by day, from a day on. `balanced` says that the balances are those of one account."""
    found: dict[date, list[Item]] = {}
    for item in book.items:
        if since <= item.day <= book.period.last:
            found.setdefault(item.day, []).append(item)
    return tuple(
        DayFlow(
            day,
            sum((item.income for item in of_day), _NOTHING),
            sum((item.spent for item in of_day), _NOTHING),
            sum((item.spent for item in of_day if item.purpose is Purpose.REPAYMENT), _NOTHING),
            _left_at_end(of_day, book.unit) if balanced else None,
        )
        for day, of_day in sorted(found.items())
    )


def _left_at_end(of_day: Sequence[Item], unit: int) -> Decimal | None:
    balances = [item.movement.raw.balance for item in of_day if item.movement.raw.balance is not None]
    return balances[-1] * unit if balances else None


def left_out(book: Flow) -> dict[str, Decimal]:
    """What came in and was not counted as income, by purpose."""
    found: dict[str, Decimal] = {}
    for item in book.items:
        came = max((item.movement.amount or _NOTHING) * book.unit, _NOTHING) if item.purpose is not Purpose.TRADE else _NOTHING
        if came:
            found[str(item.purpose)] = found.get(str(item.purpose), _NOTHING) + came
    return found
