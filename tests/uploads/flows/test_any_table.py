"""No table, however odd, makes a reader fail."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.flows import READERS
from nlu.uploads.grid import Box, Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from tests.uploads.flows.made import TODAY

_WORDS = """
交易日期 收入 支出 余额 借方 贷方 金额 摘要 对方户名 收/支 币种 合计 发票号码 开票日期 购方名称 销方名称 税额 价税合计 发票状态 作废
已红冲-全额 订单编号 订单状态 实付金额 退款金额 付款时间 客户名称 到期日 未收金额 0-30天 31-60天 90天以上 商品名称 库存数量 成本单价
库存金额 Date Amount Balance Debit Credit Customer Invoice Total Current 1-30 >90 Due_Date Open_Balance Status Paid 户名：某某公司
期初余额 单位：万元 共3笔 收入：2笔30.00元 不计收支 借 贷 冲正 退款 2025-01-31 2025/2/30 01/02/2025 20251231 9999-12-31 0001-01-01
13月 1,234.56 -5 (3.00) xx,yyy.zz 1e999 ￥0 NaN -- / 本月合计 00000000
""".split()

cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(_WORDS),
    st.text(max_size=8),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.integers(-(10**20), 10**20).map(Decimal),
    st.dates(),
)
_HEADERS = [
    ["交易日期", "摘要", "收入", "支出", "余额", "对方户名"],
    ["Date", "Description", "Amount", "DR/CR", "Balance", "Currency"],
    ["交易时间", "交易类型", "收/支", "金额(元)", "当前状态", "交易单号"],
    ["发票号码", "开票日期", "购方名称", "销方名称", "金额", "价税合计", "发票状态"],
    ["订单编号", "付款时间", "实付金额", "退款金额", "订单状态"],
    ["Customer", "Current", "1-30", "31-60", "90+", "Total"],
    ["客户名称", "发票号码", "到期日", "未收金额", "逾期天数", "状态"],
    ["商品名称", "库存数量", "成本单价", "库存金额"],
]


@st.composite
def tables(draw: st.DrawFn) -> Opened:
    grids = []
    for _ in range(draw(st.integers(1, 2))):
        header: list[Cell] = list(draw(st.sampled_from(_HEADERS)))
        rows = draw(st.lists(st.lists(cells, max_size=8), max_size=12))
        rows.insert(draw(st.integers(0, min(2, len(rows)))), header)
        boxes = {}
        if draw(st.booleans()):
            boxes = {(r, c): Box(1, c * 50.0, r * 12.0, c * 50.0 + 40, r * 12.0 + 9) for r, row in enumerate(rows) for c in range(len(row))}
        grids.append(Grid(draw(st.sampled_from([None, "Sheet1"])), tuple(tuple(row) for row in rows), boxes))
    return Opened(Kind.CSV, tuple(grids))


@given(tables(), st.sampled_from([TODAY, date(1999, 1, 1)]))
@settings(max_examples=300, deadline=None)
def test_never_raises_and_never_claims_without_a_place(opened: Opened, today: date) -> None:
    for reader in READERS:
        findings = reader(opened, today)
        if findings is not None:
            assert len({figure.fact for figure in findings.figures}) == len(findings.figures)
            assert all(figure.at for figure in findings.figures)
            assert all(check.detail.zh and check.detail.en for check in findings.checks)
