"""What stands around a list: whose it is, its period, unit and currency, and the counts and sums that it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nlu.uploads.document import Period
from nlu.uploads.flows.cells import amount, currency, text
from nlu.uploads.flows.dates import dates_in
from nlu.uploads.flows.table import Table
from nlu.uploads.grid import At, Opened

_HOLDER = re.compile(
    r"(?:(?<!用)户名|账户名称|帐户名称|账户名|客户名称|客户姓名|单位名称|企业名称|公司名称|纳税人名称|姓名|存款人"
    r"|account name|customer name|account holder|company name|company)"
    r" ?(?::? ?\||:) ?([^|:]+?)(?: ?\||$| {2,}| (?=[一-鿿]{2,8}:))",
    re.IGNORECASE,
)
#: 单位：福州建安公司, and not 单位：元.
_UNIT_NAMED = re.compile(
    r"(?:^|\| )(?:编制|核算|记账|使用)?单位 ?(?:: ?\||:|\|) ?(?!人民币|[百千万亿]*元|[百千万亿] *(?:\||$))([^|:]{4,}?)(?: ?\||$| {2,})"
)
_PERIOD = re.compile(
    r"期间|起止|起始|开始|区间|日期范围|时间段|所属期|查询日期|账单周期|period|statement from|from|covered|date range", re.IGNORECASE
)
_FIRST = re.compile(r"(?:起始|开始)(?:日期|时间)?|start date|from", re.IGNORECASE)
_LAST = re.compile(r"(?:终止|结束|截止|截至)(?:日期|时间)?|end date|\bto\b", re.IGNORECASE)
_MONTH = re.compile(r"(?:期间|月份|账期|所属期)\D{0,6}(\d{4}) ?年 ?(\d{1,2}) ?月(?! ?\d)")
_UNIT = re.compile(
    r"单位 ?:? ?(?:人民币)?(万元|千元|百万元|元)|\((?:单位:?)?(?:人民币)?(万元|千元|百万元)\)|in (thousands|millions)"
    r"|(?:rmb|cny|¥)'?(000)\b|'(000)s?\b",
    re.IGNORECASE,
)
_UNITS = {"元": 1, "千元": 1000, "万元": 10000, "百万元": 1000000, "thousands": 1000, "millions": 1000000, "000": 1000}
_CURRENCY = re.compile(
    r"币 ?种|币 ?别|货 ?币|currency|单位|金额.{0,6}以|amounts? (?:are )?(?:all )?(?:stated |shown |expressed |reported )?in\b",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"公司|集团|厂$|工厂|商行|商店|商贸|经营部|合作社|事务所|中心|工作室|酒店|餐厅|饭店|超市|个体|门市|服务部|店$|行$|社$|院$|校$"
    r"|\b(?:ltd|limited|llc|inc|corp|corporation|co|company|gmbh|plc|pty|sdn|bhd|trading|store|shop|enterprises?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of text outside of the lists, its cells joined by `|`."""

    text: str
    at: At


@dataclass(frozen=True)
class Preamble:
    """The lines above and below the lists."""

    lines: tuple[Line, ...]

    def all(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.all(), re.IGNORECASE) is not None

    def stated(self, label: str) -> tuple[Decimal, At] | None:
        """The amount that stands behind a label, with its place."""
        pattern = re.compile(rf"(?:^|[|\s(])(?:{label}) ?(?:\([^)]*\))? ?[:|=]? ?\|? ?([^\s|:]*\d[^\s|]*)", re.IGNORECASE)
        for line in self.lines:
            match = pattern.search(line.text)
            value = amount(match[1].strip("[]元笔")) if match else None
            if value is not None:
                return value, line.at
        return None

    def holder(self) -> str | None:
        """The name of the account's holder."""
        for line in self.lines:
            match = _HOLDER.search(line.text) or _UNIT_NAMED.search(line.text)
            if match and match[1].strip(" []") and not match[1].strip(" []").replace("-", "").isdigit():
                return match[1].strip(" []")
        return None

    def period(self) -> Period | None:
        """The period that the list says it covers."""
        starts: list[date] = []
        ends: list[date] = []
        for line in self.lines:
            found = dates_in(line.text)
            if len(found) >= 2 and _PERIOD.search(line.text):
                return Period(min(found[:2]), max(found[:2]))
            if len(found) == 1 and _LAST.search(line.text) and not _FIRST.search(line.text):
                ends += found
            elif len(found) == 1 and _FIRST.search(line.text):
                starts += found
            if not found and (match := _MONTH.search(line.text)) and 1 <= int(match[2]) <= 12 and int(match[1]) >= 1:
                return _month(int(match[1]), int(match[2]))
        return Period(starts[0], ends[0]) if len(starts) == len(ends) == 1 and starts[0] <= ends[0] else None


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    return Period(first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def preamble(opened: Opened, lists: Sequence[Table], without: Sequence[Table] = ()) -> Preamble:
    """The rows that belong to no list. Sheets that repeat another are passed over."""
    passed_over = {id(table.grid) for table in without}
    lines: list[Line] = []
    inside = {(id(table.grid), row.index) for table in lists for row in table.rows}
    headers = {(id(table.grid), table.header) for table in lists}
    for grid in opened.grids:
        for index, row in enumerate(grid.rows):
            if (id(grid), index) in inside or (id(grid), index) in headers or id(grid) in passed_over:
                continue
            words = [(column, text(cell)) for column, cell in enumerate(row)]
            said = [(column, cell) for column, cell in words if cell]
            if said:
                lines.append(Line(" | ".join(cell for _, cell in said), grid.at(index, said[0][0])))
    return Preamble(tuple(lines))


def footers(lists: Iterable[Table], rows: Iterable[tuple[Table, int]]) -> tuple[Line, ...]:
    """Rows within the lists that turned out to be remarks, as lines."""
    wanted = {(id(table.grid), index) for table, index in rows}
    lines: list[Line] = []
    for table in lists:
        for row in table.rows:
            if (id(table.grid), row.index) in wanted:
                said = [(column, text(cell)) for column, cell in enumerate(row.cells) if text(cell)]
                if said:
                    lines.append(Line(" | ".join(cell for _, cell in said), table.grid.at(row.index, said[0][0])))
    return tuple(lines)


def unit_of(around: Preamble, name: str) -> int:
    """What the column's figures are multiplied by to be yuan: by its own name first, then by the unit line."""
    for words in (name, *(line.text for line in around.lines)):
        match = _UNIT.search(text(words))
        if match:
            return _UNITS[next(group for group in match.groups() if group).lower()]
    return 1


def currency_of(around: Preamble, names: Iterable[str], cells: Iterable[str]) -> str | None:
    """The currency of the amounts: by the columns' names, the list's own currency column, or a line that names it."""
    for name in names:
        if found := currency(name):
            return found
    counted: dict[str, int] = {}
    for cell in cells:
        if found := currency(cell):
            counted[found] = counted.get(found, 0) + 1
    if counted:
        return max(counted, key=lambda code: counted[code])
    for line in around.lines:
        if _CURRENCY.search(line.text) and (found := currency(line.text)):
            return found
    return None


def is_firm(name: str | None) -> bool | None:
    """Whether a holder is a firm, or None when there is no name or nothing tells."""
    if not name:
        return None
    if _FIRM.search(name):
        return True
    return False if re.fullmatch(r"[一-鿿*·]{2,4}|[A-Za-z.]+(?: [A-Za-z.]+){1,3}", name) else None
