"""How a mechanism usually arrives at its limit, for products whose own source does not say.

The unsecured share of revenue is the one figure a source states (邮储 小微易贷: 10 % of yearly sales); the others are our estimates of
common practice, and every figure worked out from them is shown as an estimate. A lender's own entry overrides them with `offer.limit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from scoring.limits import Basis

_SHARE = Decimal("0.10")
_UNSECURED = (Basis("revenue_share", _SHARE), Basis("invoiced_share", _SHARE), Basis("inflow_multiple", _SHARE * 12))
_SECURED = (Basis("collateral_ltv", Decimal("0.7")),)

USUAL_BASES: Mapping[str, tuple[Basis, ...]] = {
    "unsecured": _UNSECURED,
    "invoice": _UNSECURED,
    "bank_tax": (Basis("tax_multiple", Decimal(6)), *_UNSECURED),
    "mortgage": _SECURED,
    "revolving_secured": _SECURED,
    "fast_secured": _SECURED,
    "order": (Basis("order_advance", Decimal("0.7")),),
    "government_order": (Basis("order_advance", Decimal("0.7")),),
    "receivables": (Basis("receivable_advance", Decimal("0.8")),),
    "factoring": (Basis("receivable_advance", Decimal("0.8")),),
    "warehouse_receipt": (Basis("inventory_haircut", Decimal("0.6")),),
    "platform": (Basis("platform_share", _SHARE),),
    "payment_flow": (Basis("inflow_multiple", _SHARE * 12),),
    "cross_border": (Basis("export_share", _SHARE), Basis("platform_share", _SHARE)),
    # Valuations of rights are less certain than those of houses, so less than half of what property brings.
    "ip_pledge": (Basis("collateral_ltv", Decimal("0.3")),),
    # A renewal is of the loan there is: no more than that is owed.
    "renewal": (Basis("loan_renewed", Decimal(1)),),
}
