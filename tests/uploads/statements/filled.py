"""Forms filled in, and the checks of a reading that failed."""

from __future__ import annotations

from decimal import Decimal

from nlu.uploads.document import Findings
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements.picking import UNPROVED
from tests.uploads.statements import layouts

BALANCE = (
    ("货币资金", 200), ("应收账款", 300), ("存货", 100), ("流动资产合计", 600), ("固定资产", 400), ("非流动资产合计", 400),
    ("资产总计", 1000),
    ("短期借款", 250), ("应付账款", 150), ("流动负债合计", 400), ("长期借款", 100), ("非流动负债合计", 100), ("负债合计", 500),
    ("实收资本", 300), ("未分配利润", 200), ("所有者权益合计", 500), ("负债和所有者权益总计", 1000),
)  # fmt: skip

INCOME = (
    ("营业收入", 900), ("营业成本", 500), ("管理费用", 100), ("营业利润", 300), ("利润总额", 300), ("所得税费用", 75), ("净利润", 225),
)  # fmt: skip


def table(
    lines: tuple[tuple[str, int], ...], *above: tuple[Cell, ...], head: str = "期末余额", scale: int = 1000, name: str | None = None
) -> Grid:
    rows = [*above, ("项目", head), *((label, Decimal(amount) * scale) for label, amount in lines)]
    return Grid(name, tuple(rows))


def failed(found: Findings) -> list[str]:
    return [name for name in layouts.failed(found) if name != UNPROVED]
