"""What a file says of a firm that cannot be: fewer than no staff, a founding day to come. It is asked about, whatever else the file is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from nlu.uploads.document import Check, Sentence
from nlu.uploads.grid import At, Cell, Grid, Opened

#: The names of the checks.
STAFF, FOUNDED = "staff_below_nought", "founded_in_the_future"
_STAFF = re.compile(
    r"(?:现有|在职|全部|公司)?(?:员工|职工|雇员|从业人员|从业|人员|在职)(?:总)?(?:人数|总数|数量?)?(?:[(（][^()（）]{0,12}[)）])?"
    r"|(?:(?:total )?number of |no\. of |total )?(?:full[- ]time )?"
    r"(?:employees?|staff|workers|headcount)(?: (?:members|count|number|total))?",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"(?:公司|企业)?(?:成立|注册|设立|创立|创办|开业|开张)(?:日期|时间|年份|年月|于)?"
    r"|(?:date|year) (?:of )?"
    r"(?:foundation|founding|founded|establish(?:ment|ed)|incorporat(?:ion|ed)|registration|registered|opening|opened)"
    r"|(?:company |business )?(?:founded|established|incorporated|registered|opened|(?:founding|registration|opening|incorporation) date"
    r"|in business since)(?: (?:on|in|since))?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*([^:：]{2,40})[:：]\s*(\S.*)", re.DOTALL)
_BELOW = re.compile(r"\s*(?:-|−|－|负|minus )\s*(\d{1,7})(?:\.0+)?\s*(?:人|名|位|个|people|persons|staff|employees)?\s*", re.IGNORECASE)
_DAY = re.compile(
    r"\s*((?:19|20)\d{2})(?:\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})\s*日?|\s*月)?|\s*年)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
#: Cells to the right of a label in which its value is looked for: forms leave blanks, and some have it for two days.
_ASIDE = 4


def slips(opened: Opened, today: date) -> tuple[Check, ...]:
    """What to ask about a file: at most one question of each kind, with the cell and what stands in it."""
    found: dict[str, Check] = {}
    for grid in opened.grids:
        for label, values in _labelled(grid):
            for kind, pattern, ask in ((STAFF, _STAFF, _staff), (FOUNDED, _FOUND, _founded)):
                if kind not in found and pattern.fullmatch(label):
                    check = next((one for at, cell in values if (one := ask(cell, at, today)) is not None), None)
                    if check is not None:
                        found[kind] = check
    return tuple(found[kind] for kind in (STAFF, FOUNDED) if kind in found)


def _labelled(grid: Grid) -> Iterator[tuple[str, list[tuple[At, Cell]]]]:
    """Every label with what stands in its own cell, to its right as far as the next label, or else below it."""
    for row, column, text in grid.texts():
        pair = _PAIR.fullmatch(text)
        if pair is not None:
            yield pair[1].strip(), [(grid.at(row, column), pair[2])]
            continue
        label = text.strip(" :：*＊")
        if not (_STAFF.fullmatch(label) or _FOUND.fullmatch(label)):
            continue
        aside = [(grid.at(row, at), grid.cell(row, at)) for at in range(column + 1, column + 1 + _ASIDE)]
        values = []
        for at, cell in aside:
            if cell is not None and not _is_value(cell):
                break
            values.append((at, cell))
        if not any(cell is not None for _, cell in values):
            values = [(grid.at(row + 1, column), grid.cell(row + 1, column))]
        yield label, values


def _is_value(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(_BELOW.fullmatch(cell) or _DAY.fullmatch(cell) or cell.strip()[:1].isdigit())


def _staff(cell: Cell, at: At, _today: date) -> Check | None:
    if isinstance(cell, Decimal):
        count = -cell if cell < 0 and cell == cell.to_integral_value() else None
    else:
        match = _BELOW.fullmatch(cell) if isinstance(cell, str) else None
        count = Decimal(match[1]) if match else None
    if not count:
        return None
    zh = f"{_place(at)} 写着员工 -{count:.0f} 人，人数不会是负数，正确的是多少？"
    en = f"{_place(at)} gives -{count:.0f} staff, which cannot be below zero: what is the right number?"
    return Check(STAFF, False, Sentence(zh, en), ("employees",))


def _founded(cell: Cell, at: At, today: date) -> Check | None:
    shown, late = _late(cell, today)
    if not late:
        return None
    zh = f"{_place(at)} 写着 {shown} 成立，这一天还没到，正确的是哪一天？"
    en = f"{_place(at)} gives {shown} as the founding date, which has not come yet: what is the right one?"
    return Check(FOUNDED, False, Sentence(zh, en), ("age_months",))


def _place(at: At) -> str:
    """As owners find it again: 基本情况 B3."""
    return str(at).replace("!", " ")


def _late(cell: Cell, today: date) -> tuple[str, bool]:
    """A day or year as it is shown, and whether it has not come yet; what is no day never is late."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat(), cell > today
    match = _DAY.fullmatch(str(cell)) if cell is not None else None
    if match is None:
        return "", False
    parts = [int(part) for part in match.groups() if part]
    now = (today.year, today.month, today.day)[: len(parts)]
    return "-".join(f"{part:02d}" for part in parts), tuple(parts) > now
