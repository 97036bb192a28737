"""Firms of a bulletin in groups: by place, industry and size, by what a rule says of them, and by which part of it they fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, or_, select, true
from sqlalchemy.types import TypeEngine

from bot.bulletins.groups import FEWEST
from bot.storage.portfolio import FIRM_COLUMNS, Audience
from bot.storage.tables import facts, portfolio
from knowledge.conditions import Condition, Leaf
from knowledge.regions import COUNTRY, level
from knowledge.size import CLASSES
from knowledge.sql.columns import TruthExpression
from knowledge.sql.compiling import compile_condition

_TEXT: TypeEngine[str] = String()
#: Owners whose facts are looked up with one statement.
_AT_ONCE = 500


class By(StrEnum):
    """What firms are put into groups by."""

    REGION = "region"
    INDUSTRY = "industry"
    SIZE = "size"


def column_of(by: By, region: str, on: date) -> ColumnElement[Any]:
    """The group of a firm, NULL where it is not known: the place just below `region`, its industry, or its size class."""
    if by is By.INDUSTRY:
        return portfolio.c.industry
    if by is By.SIZE:
        fits = [(compile_condition(Leaf("size_class", "is", name), FIRM_COLUMNS, on), name) for name in CLASSES]
        return case(*fits)
    code, digits = portfolio.c.region, {"country": 2, "province": 4}.get(level(region), 6)
    below = cast(func.substr(code, 1, digits), _TEXT) + "0" * (6 - digits)
    return case((code == COUNTRY, code), else_=below)


def counts_by(connection: Connection, truth: TruthExpression, by: ColumnElement[Any], among: ColumnElement[bool]) -> dict[str, Audience]:
    """What the rule says of the firms of each group; the key of those whose group is not known is empty."""
    tried = select(by.label("group"), truth.label("truth")).select_from(portfolio).where(among).subquery()
    query = select(tried.c.group, tried.c.truth, func.count()).group_by(tried.c.group, tried.c.truth)
    found: dict[str, Audience] = {}
    for group, verdict, count in connection.execute(query):
        counted = Audience(count if verdict else 0, count if verdict is None else 0, count if verdict is not None and not verdict else 0)
        found[group or ""] = found.get(group or "", Audience(0, 0, 0)) + counted
    return found


def failing(connection: Connection, parts: Sequence[Condition], among: ColumnElement[bool], on: date) -> list[Audience]:
    """For each part of a rule, how many firms meet it, cannot be told yet, and fail it."""
    if not parts:
        return []
    truths = [compile_condition(part, FIRM_COLUMNS, on).label(f"part_{number}") for number, part in enumerate(parts)]
    tried = select(*truths).select_from(portfolio).where(among).subquery()
    sums = [func.sum(case((test, 1), else_=0)) for column in tried.c for test in (column.is_(True), column.is_(None), column.is_(False))]
    row = [int(count or 0) for count in connection.execute(select(*sums)).one()]
    return [Audience(*row[at : at + 3]) for at in range(0, len(row), 3)]


def kinds_of_firm(
    connection: Connection, truth: TruthExpression, among: ColumnElement[bool], region: str, on: date, limit: int
) -> list[tuple[Mapping[By, str], int]]:
    """The commonest eligible firms by place, industry and size, with how many there are; never fewer than five alike."""
    columns = [column_of(by, region, on).label(by.value) for by in By]
    fits = select(*columns).select_from(portfolio).where(and_(true(), truth), among).subquery()
    alike = [fits.c[by.value] for by in By]
    query = select(*alike, func.count().label("firms")).where(*(column.is_not(None) for column in alike)).group_by(*alike)
    query = query.having(func.count() >= FEWEST).order_by(func.count().desc(), *alike).limit(limit)
    return [({by: row[place] for place, by in enumerate(By)}, row.firms) for row in connection.execute(query)]


def some_owners(connection: Connection, truth: TruthExpression, among: ColumnElement[bool], limit: int) -> list[str]:
    """Owners of firms of which the rule cannot tell yet, so many at most."""
    query = select(portfolio.c.owner_id).where(truth.is_(None), among).order_by(portfolio.c.owner_id).limit(limit)
    return list(connection.execute(query).scalars())


def known_of(connection: Connection, owners: Iterable[str], at: datetime | None = None) -> dict[str, list[Mapping[str, Any]]]:
    """The facts of each owner as plain rows, as they are now, or as they were at a moment."""
    found: dict[str, list[Mapping[str, Any]]] = {owner: [] for owner in owners}
    whole = list(found)
    stands: ColumnElement[bool] = facts.c.retired_at.is_(None)
    if at is not None:
        stands = and_(facts.c.recorded_at <= at, or_(stands, facts.c.retired_at > at))
    for start in range(0, len(whole), _AT_ONCE):
        query = select(facts).where(facts.c.owner_id.in_(whole[start : start + _AT_ONCE]), stands).order_by(facts.c.id)
        for row in connection.execute(query).mappings():
            found[row["owner_id"]].append(dict(row))
    return found
