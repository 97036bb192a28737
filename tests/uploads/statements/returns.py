"""Tax returns and trial balances as tables, as the tax offices and bookkeeping programs lay them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nlu.uploads.grid import Cell, Grid

_GENERAL = (
    ("销售额", "（一）按适用税率计税销售额", "1"), (None, "其中：应税货物销售额", "2"), (None, "应税劳务销售额", "3"),
    (None, "纳税检查调整的销售额", "4"),
    (None, "（二）按简易办法计税销售额", "5"), (None, "其中：纳税检查调整的销售额", "6"), (None, "（三）免、抵、退办法出口销售额", "7"),
    (None, "（四）免税销售额", "8"), (None, "其中：免税货物销售额", "9"), (None, "免税劳务销售额", "10"), ("税款计算", "销项税额", "11"),
    (None, "进项税额", "12"), (None, "上期留抵税额", "13"), (None, "进项税额转出", "14"), (None, "免、抵、退应退税额", "15"),
    (None, "按适用税率计算的纳税检查应补缴税额", "16"), (None, "应抵扣税额合计", "17=12+13-14-15+16"),
    (None, "实际抵扣税额", "18（如17<11，则为17，否则为11）"),
    (None, "应纳税额", "19=11-18"), (None, "期末留抵税额", "20=17-18"), (None, "简易计税办法计算的应纳税额", "21"),
    (None, "按简易计税办法计算的纳税检查应补缴税额", "22"), (None, "应纳税额减征额", "23"), (None, "应纳税额合计", "24=19+21-23"),
)  # fmt: skip
_SMALL = (
    ("一、计税依据", "（一）应征增值税不含税销售额（3%征收率）", "1"), (None, "增值税专用发票不含税销售额", "2"),
    (None, "其他增值税发票不含税销售额", "3"),
    (None, "（二）应征增值税不含税销售额（5%征收率）", "4"), (None, "增值税专用发票不含税销售额", "5"),
    (None, "其他增值税发票不含税销售额", "6"),
    (None, "（三）销售使用过的固定资产不含税销售额", "7（7≥8）"), (None, "其中：其他增值税发票不含税销售额", "8"),
    (None, "（四）免税销售额", "9=10+11+12"),
    (None, "其中：小微企业免税销售额", "10"), (None, "未达起征点销售额", "11"), (None, "其他免税销售额", "12"),
    (None, "（五）出口免税销售额", "13（13≥14）"),
    (None, "其中：其他增值税发票不含税销售额", "14"), ("二、税款计算", "本期应纳税额", "15"), (None, "本期应纳税额减征额", "16"),
    (None, "本期免税额", "17"),
    (None, "应纳税额合计", "20=15-16"), (None, "本期预缴税额", "21"), (None, "本期应补（退）税额", "22=20-21"),
)  # fmt: skip
_QUARTERLY = (
    "营业收入", "营业成本", "利润总额", "加：特定业务计算的应纳税所得额", "减：不征税收入", "减：资产加速折旧、摊销（扣除）调减额",
    "减：免税收入、减计收入、加计扣除",
    "减：所得减免", "减：弥补以前年度亏损", "实际利润额（3+4-5-6-7-8-9） \\ 按照上一纳税年度应纳税所得额平均额确定的应纳税所得额",
    "税率(25%)",
    "应纳所得税额（10×11）", "减：减免所得税额", "减：本年实际已缴纳所得税额", "减：特定业务预缴（征）所得税额", "本期应补（退）所得税额",
)  # fmt: skip
_ANNUAL = (
    "一、营业收入(填写A101010\\101020\\103000)", "减：营业成本(填写A102010\\102020\\103000)", "减：税金及附加",
    "减：销售费用(填写A104000)", "减：管理费用(填写A104000)",
    "减：财务费用(填写A104000)", "减：资产减值损失", "加：公允价值变动收益", "加：投资收益", "二、营业利润(1-2-3-4-5-6-7+8+9)",
    "加：营业外收入(填写A101010\\101020\\103000)",
    "减：营业外支出(填写A102010\\102020\\103000)", "三、利润总额（10+11-12）", "减：境外所得（填写A108010）",
    "加：纳税调整增加额（填写A105000）", "减：纳税调整减少额（填写A105000）",
    "减：免税、减计收入及加计扣除（填写A107010）", "加：境外应税所得抵减境内亏损（填写A108000）",
    "四、纳税调整后所得（13-14+15-16-17+18）", "减：所得减免（填写A107020）",
    "减：弥补以前年度亏损（填写A106000）", "减：抵扣应纳税所得额（填写A107030）", "五、应纳税所得额（19-20-21-22）", "税率（25%）",
    "六、应纳所得税额（23×24）",
    "减：减免所得税额（填写A107040）", "减：抵免所得税额（填写A107050）", "七、应纳税额（25-26-27）",
    "加：境外所得应纳所得税额（填写A108000）", "减：境外所得抵免所得税额（填写A108000）",
    "八、实际应纳所得税额（28+29-30）", "减：本年累计实际已缴纳的所得税额", "九、本年应补（退）所得税额（31-32）",
)  # fmt: skip


def general_vat(now: Mapping[int, int], year: Mapping[int, int], period: str = "税款所属时间：自2024年11月1日至2024年11月30日") -> Grid:
    """The return of general taxpayers: 一般项目 and 即征即退项目, each with the month and the year so far. Amounts by line number."""
    rows: list[tuple[Cell, ...]] = [
        ("增值税及附加税费申报表",), ("（一般纳税人适用）",), (period, None, None, None, "金额单位：元（列至角分）"),
        ("纳税人名称：晨光贸易有限公司",),
        (None, "项目", "栏次", "一般项目", None, "即征即退项目", None), (None, None, None, "本月数", "本年累计", "本月数", "本年累计"),
    ]  # fmt: skip
    for side, label, number in _GENERAL:
        line = int(number.split("=")[0].split("（")[0])
        rows.append((side, label, number, Decimal(now.get(line, 0)), Decimal(year.get(line, 0)), None, None))
    return Grid("增值税纳税申报表", tuple(rows))


def small_vat(goods: Mapping[int, int], services: Mapping[int, int], period: str, year: int = 4) -> Grid:
    """The return of small-scale taxpayers: 本期数 and 本年累计, each of goods and of services; the year is a multiple of the period."""
    rows: list[tuple[Cell, ...]] = [
        ("增值税及附加税费申报表（小规模纳税人适用）",), ("纳税人识别号（统一社会信用代码）：", "91350100MA2XXXXX0X"),
        ("纳税人名称：", "晨光小店"),
        (period, None, None, "金额单位：元（列至角分）"), (None, "项目", "栏次", "本期数", None, "本年累计", None),
        (None, None, None, "货物及劳务", "服务、不动产和无形资产", "货物及劳务", "服务、不动产和无形资产"),
    ]  # fmt: skip
    for side, label, number in _SMALL:
        line = int(number.split("=")[0].split("（")[0])
        first, second = Decimal(goods.get(line, 0)), Decimal(services.get(line, 0))
        rows.append((side, label, number, first, second, first * year, second * year))
    return Grid(None, tuple(rows))


def quarterly_profit_tax(amounts: Sequence[int], period: str) -> Grid:
    """The quarterly return of class A, with the averages of the quarter above its lines, which are no figures of the balance sheet."""
    rows: list[tuple[Cell, ...]] = [
        ("A200000", "中华人民共和国企业所得税月（季）度预缴纳税申报表（A类）"), (f"税款所属期间：{period}",),
        ("纳税人名称：晨光贸易有限公司",), ("金额单位：人民币元（列至角分）",),
        ("优惠及附报事项有关信息",), ("项目", "一季度", None, "二季度", None, "季度平均值"), (None, "季初", "季末", "季初", "季末", None),
        ("从业人数", *(Decimal(12),) * 5), ("资产总额（万元）", *(Decimal(880),) * 5), ("行次", "项目", "本年累计"),
        (None, "预缴税款计算", None),
    ]  # fmt: skip
    rows += [(Decimal(place), label, Decimal(amount)) for place, (label, amount) in enumerate(zip(_QUARTERLY, amounts, strict=True), 1)]
    return Grid("A200000", tuple(rows))


def annual_profit_tax(amounts: Mapping[int, int], period: str = "税款所属期间：2024年01月01日至2024年12月31日") -> Grid:
    """The annual main form, with the words of the kind of line beside some lines."""
    rows: list[tuple[Cell, ...]] = [
        ("A100000", None, "中华人民共和国企业所得税年度纳税申报表（A类）"), (period,), ("行次", "类别", "项目", "金额"),
    ]  # fmt: skip
    kinds = {1: "利润总额计算", 14: "应纳税所得额计算", 25: "应纳税额计算"}
    rows += [(Decimal(place), kinds.get(place), label, Decimal(amounts.get(place, 0))) for place, label in enumerate(_ANNUAL, 1)]
    return Grid(None, tuple(rows))


def trial_balance(
    accounts: Sequence[tuple[str, str, int, int, int, int]], heading: str = "2024年12月", deep: bool = True, year: bool = True
) -> Grid:
    """A trial balance of (code, name, opening, debit, credit, year's credit); opening and closing balances are debit when positive."""
    groups = ["期初余额", "本期发生额", *(["本年累计发生额"] if year else []), "期末余额"]
    rows: list[tuple[Cell, ...]] = [("科目余额表",), ("编制单位：晨光贸易有限公司", heading, "单位：元")]
    if deep:
        rows.append(("科目编码", "科目名称", *(cell for group in groups for cell in (group, None))))
        rows.append((None, None, *(side for _ in groups for side in ("借方", "贷方"))))
    else:
        rows.append(
            (
                "科目编码",
                "科目名称",
                *(group.removesuffix("余额").removesuffix("发生额") + side for group in groups for side in ("借方", "贷方")),
            )
        )
    for code, name, opening, debit, credit, to_date in accounts:
        closing = opening + debit - credit
        cells = [
            *_sides(opening),
            Decimal(debit),
            Decimal(credit),
            *([Decimal(to_date), Decimal(to_date)] if year else []),
            *_sides(closing),
        ]
        rows.append((code, name, *cells))
    return Grid("科目余额表", tuple(rows))


def _sides(balance: int) -> list[Cell]:
    return [Decimal(balance), None] if balance > 0 else [None, Decimal(-balance) if balance else None]
