"""Bank statements written in many layouts, with the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Findings
from nlu.uploads.flows import READERS
from nlu.uploads.grid import Box, Cell, Grid, Opened
from nlu.uploads.kinds import Kind

TODAY = date(2026, 6, 15)
FIRM = "福州建安商贸有限公司"


def opened(*grids: Grid, kind: Kind = Kind.CSV) -> Opened:
    return Opened(kind, grids)


def sheet(rows: list[list[Cell]], name: str | None = None) -> Grid:
    return Grid(name, tuple(tuple(row) for row in rows))


def read(*grids: Grid, today: date = TODAY) -> Findings:
    """What the reader that knows these lists makes of them; exactly one knows a list."""
    (found,) = [findings for reader in READERS if (findings := reader(opened(*grids), today)) is not None]
    return found


def failing(findings: Findings) -> set[str]:
    """The names of the checks that a file does not pass."""
    return {check.name for check in findings.checks if not check.ok}


@dataclass(frozen=True)
class Move:
    """A movement of money: in is positive."""

    day: date
    amount: Decimal
    party: str = ""
    words: str = ""


@dataclass(frozen=True)
class Layout:
    """How a bank writes its list. `columns` are pairs of what a column holds and its name."""

    columns: tuple[tuple[str, str], ...]
    dates: str = "%Y-%m-%d"
    amounts: str = "{:,.2f}"
    newest_first: bool = False
    above: tuple[tuple[Cell, ...], ...] = ()
    below: tuple[tuple[Cell, ...], ...] = ()
    blank_columns: int = 0
    #: what stands in a cell of a side without money
    nothing: Cell = None
    flags: tuple[str, str] = ("贷", "借")
    unit: int = 1


@dataclass(frozen=True)
class Written:
    """A statement written: its rows, and where the amount and the balance of each movement stand."""

    grid: Grid
    amounts: tuple[tuple[int, int], ...]
    balances: tuple[tuple[int, int], ...] = field(default=())


def written(moves: list[Move], opening: Decimal, layout: Layout) -> Written:
    """The statement in this layout. Places are in the order of the moves."""
    balance, lines = opening, []
    for move in moves:
        balance += move.amount
        lines.append((move, balance))
    order = list(range(len(lines)))
    if layout.newest_first:
        order.reverse()
    margin: list[Cell] = [None] * layout.blank_columns
    rows: list[list[Cell]] = [[*margin, *line] for line in layout.above]
    rows.append([*margin, *(name for _, name in layout.columns)])
    amounts: dict[int, tuple[int, int]] = {}
    balances: dict[int, tuple[int, int]] = {}
    for index in order:
        move, after = lines[index]
        cells: list[Cell] = list(margin)
        for what, _ in layout.columns:
            if what in ("in", "out", "out-negative", "signed", "size") and _cell(move, after, what, layout) != layout.nothing:
                amounts[index] = (len(rows), len(cells))
            if what == "balance":
                balances[index] = (len(rows), len(cells))
            cells.append(_cell(move, after, what, layout))
        rows.append(cells)
    rows += [[*margin, *line] for line in layout.below]
    places = tuple(amounts.get(index, (0, 0)) for index in range(len(lines)))
    return Written(sheet(rows), places, tuple(balances[index] for index in range(len(lines)) if index in balances))


def _cell(move: Move, after: Decimal, what: str, layout: Layout) -> Cell:
    def said(value: Decimal) -> str:
        return layout.amounts.format(value / layout.unit)

    came = move.amount > 0
    cells: dict[str, Cell] = {
        "day": move.day.strftime(layout.dates),
        "in": said(move.amount) if came else layout.nothing,
        "out": layout.nothing if came else said(-move.amount),
        "out-negative": layout.nothing if came else said(move.amount),
        "signed": said(move.amount),
        "size": said(abs(move.amount)),
        "flag": layout.flags[0] if came else layout.flags[1],
        "balance": said(after),
        "party": move.party,
        "words": move.words,
    }
    return cells.get(what, "x")


def changed(grid: Grid, place: tuple[int, int], cell: Cell) -> Grid:
    """The sheet with another cell at a place."""
    rows = [list(row) for row in grid.rows]
    rows[place[0]][place[1]] = cell
    return replace(grid, rows=tuple(tuple(row) for row in rows))


def paged(grid: Grid, lines_a_page: int = 30, width: float = 90.0) -> tuple[Grid, ...]:
    """The sheet as the text of pages: cells without content are not there, others have a place, the header stands on the first."""
    pages: list[Grid] = []
    for start in range(0, len(grid.rows), lines_a_page):
        rows: list[tuple[Cell, ...]] = []
        boxes: dict[tuple[int, int], Box] = {}
        number = len(pages) + 1
        for line, row in enumerate(grid.rows[start : start + lines_a_page]):
            cells: list[Cell] = []
            for column, cell in enumerate(row):
                if cell not in (None, ""):
                    left, top = column * width, 20.0 + line * 12
                    boxes[line, len(cells)] = Box(number, left, top, left + width * 0.8, top + 9)
                    cells.append(cell)
            rows.append(tuple(cells))
        pages.append(Grid(f"page {number}", tuple(rows), boxes))
    return tuple(pages)


PREAMBLE_ZH: tuple[tuple[Cell, ...], ...] = (("账户交易明细",), (f"户名：{FIRM}", None, "账号：3500***1234"), ("币种：人民币",), ())


def columns(said: str) -> tuple[tuple[str, str], ...]:
    """`day 日期, in 收入`: what columns hold and their names."""
    return tuple((one.split(maxsplit=1)[0], one.split(maxsplit=1)[1]) for one in said.split(", "))


#: Layouts by name: banks and people write a day, an amount in one or two columns, and a balance.
LAYOUTS: dict[str, Layout] = {
    "two columns": Layout(columns("day 交易日期, words 摘要, in 收入, out 支出, balance 余额, party 对方户名")),
    "expense first, newest first": Layout(
        columns("day 记账日, out 支出, in 收入, balance 账户余额, words 摘要, party 对方户名"),
        dates="%Y%m%d",
        newest_first=True,
        above=PREAMBLE_ZH,
        nothing=Decimal(0),
    ),
    "debit and credit": Layout(
        columns("x 序号, day 交易时间, out 借方发生额, in 贷方发生额, balance 余额, party 对方单位, words 用途"),
        dates="%Y/%m/%d",
        above=PREAMBLE_ZH,
        blank_columns=1,
    ),
    "the firm's own book": Layout(columns("day 日期, words 摘要, in 借方, out 贷方, balance 余额, party 对方户名"), dates="%Y年%m月%d日"),
    "signed": Layout(columns("day 记账日期, signed 交易金额, balance 联机余额, words 交易摘要, party 对手信息"), newest_first=True),
    "out with its minus": Layout(columns("day 日期, in 存入, out-negative 支取, balance 余额, words 附言, party 对方户名")),
    "flag": Layout(columns("day 交易日, flag 借贷标志, size 发生额, balance 余额, party 对方名称, words 摘要"), amounts="{:.2f}"),
    "flag in two languages": Layout(
        columns(
            "day Trans Date 交易日期, flag Dc Flg 借贷, size Trans Amt 交易金额, balance Balance 余额, party 对方户名, words Abstract 摘要"
        ),
        flags=("贷 Cr", "借 Dr"),
    ),
    "flag as D and C": Layout(
        columns("day Date, words Description, size Amount, flag DR/CR, balance Balance, party Counterparty"),
        flags=("CR", "DR"),
        newest_first=True,
        dates="%d %b %Y",
    ),
    "coming and going": Layout(
        columns("flag 交易类型, day 交易日期, signed 交易金额[ Trade Amount ], balance 交易后余额, party 对方名称, words 用途[ Purpose ]"),
        flags=("来账", "往账"),
    ),
    "English": Layout(
        columns("day Date, words Details, out Withdrawals (CNY), in Deposits (CNY), balance Balance (CNY), party Payee"),
        dates="%d/%m/%Y",
        above=((f"Account Name: {FIRM}",), ("Currency: CNY",)),
    ),
    "paid in, paid out": Layout(
        columns("day Transaction date, party Counterparty name, words Narrative, in Paid in, out Paid out, balance Running balance"),
        dates="%b %d, %Y",
        newest_first=True,
        nothing="-",
    ),
    "full width": Layout(
        columns("day 交易日期, words 摘　要, in 收入金额（元）, out 支出金额（元）, balance 余　额, party 对方账户名称"),
        amounts="￥{:,.2f}",
        above=PREAMBLE_ZH,
    ),
    "ten thousands": Layout(
        columns("day 交易日期, words 摘要, in 收入, out 支出, balance 余额, party 对方户名"),
        amounts="{:,.6f}",
        unit=10000,
        above=(("单位：万元",), (f"账户名称：{FIRM}",)),
    ),
}


CENTS = Decimal("0.01")

INCOME = {"monthly_inflow", "monthly_inflow_cv", "largest_customer_share"}


def year(*extra: Move, months: int = 12) -> list[Move]:
    """A plain year: 30,000 in and 10,000 out a month, and what is added."""
    moves = []
    for month in range(1, months + 1):
        moves += [
            Move(date(2025, month, 1), Decimal(10000), "宁德海鲜批发有限公司", "货款"),
            Move(date(2025, month, 15), Decimal(20000), "莆田鞋业有限公司", "货款"),
            Move(date(2025, month, 28), Decimal(-10000), "福州包装材料厂", "采购"),
        ]
    return sorted([*moves, *extra], key=lambda move: move.day)
