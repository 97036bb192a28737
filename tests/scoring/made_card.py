"""A small card made by hand, and the shipped one."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import scoring.card
from scoring.card import default_card, parse_card

SHIPPED = Path(scoring.card.__file__).with_name("card.json")

#: A reach that holds nothing here.
FAR = {"up": 500.0, "down": 500.0}

INDUSTRIES = sorted(default_card().blocks[0].features[0].values)


def _wording(key: str) -> dict[str, str]:
    return {"key": key, "zh": f"{key}（中文）", "en": f"{key} in English"}


def made_number(name: str, inputs: list[str], points: list[float], cuts: list[float], **more: Any) -> dict[str, Any]:
    bins = [{"from": start, "below": end, "points": value} for start, end, value in zip([None, *cuts], [*cuts, None], points, strict=True)]
    feature = {
        "name": name,
        "formula": " / ".join(inputs),
        "kind": "number",
        "direction": "rising",
        "importance": 10.0,
        "missing_points": 0.0,
        "bins": bins,
        "lower": _wording(f"{name}.lower"),
        "higher": _wording(f"{name}.higher"),
    }
    return feature | more


def made_block(name: str, features: list[dict[str, Any]], limit: float = 60.0) -> dict[str, Any]:
    return {"name": name, "label": _wording(name), "limit": limit, "reach": FAR, "model_sd": 3.0, "absence_from": 1, "features": features}


def made_card() -> dict[str, Any]:
    return {
        "format": "points-card/3",
        "version": "test",
        "scaling": {"points": 600.0, "odds": 50.0, "double": 20.0},
        "base_rate": 0.05,
        "intercept": -2.944439,
        "base_rate_note": "a test",
        "grades": [{"grade": "A", "pd_below": 0.03}, {"grade": "B", "pd_below": 0.06}, {"grade": "C", "pd_below": 1}],
        "interval": {"z": 1.28, "overlap": 0.5, "missing": 1.0},
        "blocks": [
            {
                "name": "application",
                "label": _wording("application"),
                "limit": 60.0,
                "reach": {"up": 500.0, "down": 500.0},
                "model_sd": 3.0,
                "absence_from": 1,
                "features": [
                    made_number("age", ["age_months"], [-20.0, 10.0], [24.0], improve=_wording("age.improve")),
                    made_number(
                        "load",
                        ["amount_sought", "employees"],
                        [15.0, -5.0],
                        [1000.0],
                        direction="falling",
                        importance=30.0,
                    ),
                ],
            }
        ],
    }


CARD = parse_card(made_card())

FACTS = st.fixed_dictionaries(
    {},
    optional={
        "industry": st.sampled_from([*INDUSTRIES, "never heard of"]),
        "age_months": st.integers(0, 600),
        "employees": st.integers(0, 5000),
        "amount_sought": st.decimals(0, 10**9, places=2),
        "guaranteed_share": st.decimals(0, 1, places=4),
        "franchise": st.booleans(),
        "net_profit": st.decimals(-(10**9), 10**9, places=2),
        "total_assets": st.decimals(0, 10**9, places=2),
        "annual_revenue": st.decimals(0, 10**9, places=2),
        "purpose": st.sampled_from(["working_capital", "equipment", "wages"]),
        "customer_count": st.integers(0, 10**5),
        "void_invoice_rate": st.decimals(0, 1, places=4),
    },
)
