"""The invoices and flows block: weights set by judgement, each with its reason, since no such data may be shipped.

A weight is in points: 20 double the odds. Zero is what an ordinary small firm gets, so that a firm nobody knows anything
about stays at the base rate.
"""

from dataclasses import dataclass

import numpy as np

from scoring.card_schema import Block, Wording
from scoring.training.model import feature_of
from scoring.training.spec import Spec, wording

_SALES = "first(invoiced_sales, annual_revenue, monthly_sales * 12, monthly_inflow * 12)"


@dataclass(frozen=True, slots=True)
class Judged:
    """A feature with judged points, one more than the spec has cuts. `spec.note` says why."""

    spec: Spec
    points: tuple[float, ...]

    @property
    def importance(self) -> float:
        """Spread of the points with every bin as likely as the next, for want of data on how firms fall into them."""
        return float(np.std(self.points))


INVOICES: tuple[Judged, ...] = (
    Judged(
        Spec(
            "annual_sales",
            _SALES,
            "rising",
            wording("annual_sales", "lower", "一年的销售额偏小", "Small sales over the year"),
            wording("annual_sales", "higher", "一年的销售额有规模", "Sales of some size over the year"),
            cuts=(50e3, 150e3, 300e3, 600e3, 1e6, 2e6, 4e6, 8e6, 20e6, 50e6, 150e6),
            note="the scale of sales carries most: fixed costs and a single loss weigh less, and lists with next to no sales "
            "belong to firms that are stopping. Even steps on a log scale, none beyond what a list can show",
        ),
        (-38.0, -30.0, -22.0, -14.0, -7.0, 0.0, 5.0, 10.0, 15.0, 20.0, 24.0, 28.0),
    ),
    Judged(
        Spec(
            "customers",
            "customer_count",
            "rising",
            wording("customers", "lower", "客户数量少", "Few customers"),
            wording("customers", "higher", "客户多，不靠一两家", "Many customers, not just one or two"),
            wording("customers", "improve", "多开发几家稳定的客户", "Win a few more regular customers"),
            cuts=(2.0, 4.0, 7.0, 12.0, 25.0, 60.0),
            note="with one or two buyers, the loss of one is the end; many buyers also show that the trade is real",
        ),
        (-20.0, -15.0, -10.0, -5.0, 0.0, 5.0, 10.0),
    ),
    Judged(
        Spec(
            "void_invoices",
            "void_invoice_rate",
            "falling",
            wording("void_invoices", "lower", "作废发票偏多", "Many voided invoices"),
            wording("void_invoices", "higher", "作废发票很少", "Hardly any voided invoices"),
            wording("void_invoices", "improve", "开票前先和客户核对清楚", "Settle the details with the customer before you invoice"),
            cuts=(0.03, 0.06, 0.10, 0.15, 0.22, 0.35),
            note="voids mean sales that fell through, disputes or dressed-up turnover; a few in a hundred are ordinary slips",
        ),
        (6.0, 4.0, 1.0, -4.0, -9.0, -15.0, -22.0),
    ),
    Judged(
        Spec(
            "steadiness",
            "monthly_inflow_cv",
            "falling",
            wording("steadiness", "lower", "每月进账起伏大", "Takings go up and down from month to month"),
            wording("steadiness", "higher", "每月进账平稳", "Steady takings from month to month"),
            wording("steadiness", "improve", "淡季前备好两三个月的开支", "Put two or three months' costs aside before the slow season"),
            cuts=(0.35, 0.6, 0.9, 1.3, 1.8, 2.5),
            note="a loan is repaid every month; months without sales are months without repayment. Seasons alone reach about 0.6",
        ),
        (8.0, 5.0, 1.0, -4.0, -9.0, -14.0, -20.0),
    ),
    Judged(
        Spec(
            "largest_customer",
            "largest_customer_share",
            "falling",
            wording("largest_customer", "lower", "销售集中在一家大客户", "Most sales go to one customer"),
            wording("largest_customer", "higher", "销售分散，不依赖一家", "Sales are spread, not tied to one customer"),
            wording("largest_customer", "improve", "别让一家客户超过一半", "Keep any one customer below half of your sales"),
            cuts=(0.2, 0.4, 0.6, 0.8),
            note="small: many sound suppliers live by one large buyer, and the number of customers already says part of it",
        ),
        (4.0, 2.0, 0.0, -3.0, -7.0),
    ),
    Judged(
        Spec(
            "trade_margin",
            f"({_SALES} - purchase_amount) / {_SALES}",
            "rising",
            wording("trade_margin", "lower", "进货比销售还多，或相差无几", "You buy about as much as you sell, or more"),
            wording("trade_margin", "higher", "销售明显高于进货", "You sell clearly more than you buy"),
            wording(
                "trade_margin", "improve", "对一对进货和销售，清掉压货", "Compare what you buy with what you sell, and clear old stock"
            ),
            cuts=(-1.0, -0.25, 0.0, 0.08),
            note="buying more than is sold means stock nobody takes or sales that have stopped. Above some 8 % it says no more: "
            "services buy little, and missing purchase invoices look like margin",
        ),
        (-14.0, -9.0, -4.0, 0.0, 4.0),
    ),
    Judged(
        Spec(
            "debt_service",
            "monthly_debt_service / first(monthly_inflow, monthly_sales, invoiced_sales / 12, annual_revenue / 12)",
            "falling",
            wording("debt_service", "lower", "每月还款占进账的比例偏高", "Repayments take much of what comes in"),
            wording("debt_service", "higher", "每月还款压力不大", "Repayments take little of what comes in"),
            wording("debt_service", "improve", "和银行谈谈延长期限，降低月供", "Ask the bank for a longer term and smaller instalments"),
            cuts=(0.05, 0.12, 0.25, 0.4),
            note="what is left after repayments is what pays the next loan; turnover is not profit, so a quarter is already much",
        ),
        (6.0, 2.0, -4.0, -12.0, -20.0),
    ),
)
LABEL = Wording("block.invoices", "发票与流水", "invoices and flows")
LIMIT, MODEL_SD = 100.0, 8.0


def judged_block() -> Block:
    """The block as judged; nothing in it is fitted."""
    features = tuple(feature_of(one.spec, one.points, one.spec.cuts, {}, importance=one.importance) for one in INVOICES)
    return Block("invoices", LABEL, features, LIMIT, MODEL_SD)
