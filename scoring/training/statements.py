"""The statements block: the features, the directions an expert would sign, and their wording."""

from scoring.training.spec import Spec, wording


def _ratio(
    name: str,
    text: str,
    direction: str,
    lower: tuple[str, str],
    higher: tuple[str, str],
    improve: tuple[str, str] | None = None,
    note: str = "",
    cuts: tuple[float, ...] = (),
) -> Spec:
    """A ratio of statement figures; its absence from an otherwise complete statement may count."""
    return Spec(
        name,
        text,
        direction,
        wording(name, "lower", *lower),
        wording(name, "higher", *higher),
        wording(name, "improve", *improve) if improve else None,
        cuts=cuts,
        max_bins=5,
        absence=True,
        note=note,
    )


STATEMENTS: tuple[Spec, ...] = (
    _ratio(
        "return_on_assets", "net_profit / total_assets", "rising",
        ("和资产比，赚得偏少", "Little profit for what the business owns"),
        ("资产的赚钱能力不错", "Good profit for what the business owns"),
        ("看看哪些项目不赚钱，先停一停", "Find what earns nothing and stop it first"),
        note="Attr1",
    ),
    _ratio(
        "debt_ratio", "total_liabilities / total_assets", "falling",
        ("欠款占资产的比例偏高", "You owe much for what you own"),
        ("欠款不多，底子稳", "You owe little for what you own"),
        ("先还一部分欠款，或者补一些自有资金", "Pay part of it back, or put in money of your own"),
        note="Attr2",
    ),
    _ratio(
        "working_capital_to_assets", "(current_assets - current_liabilities) / total_assets", "rising",
        ("一年内要还的多，能周转的少", "More falls due within a year than you can turn into cash"),
        ("周转资金比较宽裕", "Comfortable working capital"),
        ("把短期借款换成期限长一些的", "Swap short loans for longer ones"),
        note="Attr3",
    ),
    _ratio(
        "current_ratio", "current_assets / current_liabilities", "rising",
        ("手头资产不够覆盖一年内的欠款", "Current assets hardly cover what falls due within a year"),
        ("手头资产足够覆盖一年内的欠款", "Current assets cover what falls due within a year"),
        ("加快收款，少压货", "Collect faster and hold less stock"),
        note="Attr4",
    ),
    _ratio(
        "asset_turnover", "annual_revenue / total_assets", "rising",
        ("按资产算，营业额偏低", "Low sales for what the business owns"),
        ("按资产算，营业额不错", "Good sales for what the business owns"),
        note="in place of Attr9, which holds sales over total cost in 39 % of the rows: sales from Attr1 and Attr23",
    ),
    _ratio(
        "equity_ratio", "equity / total_assets", "rising",
        ("自有资金占比偏低", "Little of the business is paid for by your own money"),
        ("自有资金占比高", "Much of the business is paid for by your own money"),
        ("把今年的利润多留一些在企业里", "Leave more of this year's profit in the business"),
        note="Attr10",
    ),
    _ratio(
        "gross_margin", "gross_profit / annual_revenue", "rising",
        ("毛利率偏低", "Thin gross margin"),
        ("毛利率不错", "Healthy gross margin"),
        ("谈一谈进货价，或者调整卖价", "Negotiate buying prices, or adjust your own"),
        note="in place of Attr19, which is profit before tax: sales less cost of what was sold, from Attr32",
    ),
    _ratio(
        "inventory_days", "inventory * 365 / annual_revenue", "falling",
        ("库存压得偏久", "Stock lies for long"),
        ("库存周转得快", "Stock turns over quickly"),
        note="Attr20",
    ),
    _ratio(
        "sales_growth", "annual_revenue / previous_revenue", "rising",
        ("营业额比上年下降", "Sales fell from the year before"),
        ("营业额比上年增长", "Sales grew from the year before"),
        ("留住老客户，先稳住营业额", "Keep your regular customers and steady sales first"),
        note="Attr21; in the file almost all firms without it went bankrupt, which says how it was collected, not how firms fare: "
        "its absence counts no more than the worst answer",
    ),
    _ratio(
        "interest_cover", "operating_profit / finance_cost", "rising",
        ("经营亏损，没有利润付利息", "An operating loss leaves nothing to pay interest from"),
        ("经营有利润，可以用来付利息", "There is an operating profit to pay interest from"),
        ("先让日常经营不亏，再考虑多借", "Get the daily business out of the red before you borrow more"),
        cuts=(-1.0, 0.0, 1.0, 3.0),
        note="Attr27; round edges and a direction, since in a third of the rows it is only the operating margin times about ten, and "
        "next to none of those firms failed: found edges would praise a firm that earns half of its interest",
    ),
    _ratio(
        "total_assets", "total_assets", "rising",
        ("企业规模偏小", "A small business by what it owns"),
        ("有一定的资产规模", "A business of some size by what it owns"),
        note="Attr29, thousands of zloty at 1.9 yuan",
    ),
    _ratio(
        "payable_days", "current_liabilities * 365 / operating_cost", "falling",
        ("欠供应商和短期借款的时间偏长", "Bills and short debts stay open for long"),
        ("付款及时", "Bills are paid in good time"),
        ("和供应商约好付款日，按时付", "Agree on payment days with suppliers and keep them"),
        note="Attr32",
    ),
    _ratio(
        "cash_ratio", "(current_assets - inventory - receivables) / current_liabilities", "rising",
        ("手头现金偏紧", "Cash is tight"),
        ("手头现金充足", "Plenty of cash at hand"),
        ("留出一个月开支的现金", "Keep a month's spending in cash"),
        note="Attr40",
    ),
    _ratio(
        "receivable_days", "receivables * 365 / annual_revenue", "falling",
        ("客户付款偏慢", "Customers pay late"),
        ("客户付款及时", "Customers pay in good time"),
        note="Attr44",
    ),
    _ratio(
        "quick_ratio", "(current_assets - inventory) / current_liabilities", "rising",
        ("不算存货，短期还款能力偏弱", "Without the stock, little is left for what falls due"),
        ("不算存货，也还得上短期欠款", "Even without the stock, what falls due is covered"),
        ("清一清压着的货", "Sell off old stock"),
        note="Attr46",
    ),
    _ratio(
        "interest_burden", "finance_cost / annual_revenue", "falling",
        ("利息占营业额偏多", "Interest takes much of your sales"),
        ("利息负担不重", "Interest takes little of your sales"),
        note="beside the fifteen: the same facts, without which interest cover cannot be read",
    ),
    _ratio(
        "operating_margin", "operating_profit / annual_revenue", "rising",
        ("经营利润率偏低", "Thin operating margin"),
        ("经营利润率不错", "Healthy operating margin"),
        ("先看房租、人工这些固定开支能不能省", "See whether rent and wages can be trimmed"),
        note="beside the fifteen: Attr42",
    ),
    _ratio(
        "long_term_debt_share", "(total_liabilities - current_liabilities) / total_assets", "falling",
        ("长期欠款偏多", "Much long-term debt"),
        ("长期欠款不多", "Little long-term debt"),
        note="beside the fifteen: Attr2 less Attr51",
    ),
)  # fmt: skip
#: The first fifteen are the ratios of the file that an owner's figures give.
FIFTEEN = STATEMENTS[:15]
