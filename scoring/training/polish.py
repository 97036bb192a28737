"""Reading the Polish firms' statements as facts of the vocabulary.

The file gives ratios; every fact is worked back from them in shares of total assets. Two of its columns are not what
their names say, which is why others are read in their place: in 39 % of the rows *sales / total assets* (Attr9) holds
sales over total cost, and *gross profit* (Attr19) is profit before tax, which the vocabulary does not have, while its
gross profit is sales less the cost of what was sold.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scoring.training.records import Records

RECORDS = Records(Path("scoring") / "polish_firms_year5_train.csv.gz", "the Polish firms' ratios")
# Assets stand as the logarithm of thousands of zloty; a zloty was worth about 1.9 yuan in 2012, the year of most rows.
YUAN_PER_UNIT = 1000 * 1.9


@dataclass(frozen=True, slots=True)
class Statement:
    """One firm's statements as facts, and whether it went bankrupt within a year."""

    facts: dict[str, float]
    defaulted: bool


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom else math.nan


def _from_operations(attr: dict[int, float], revenue: float) -> tuple[float, float]:
    """Operating profit and finance cost, NaN where the file does not tell.

    317 rows have zeros for both ratios of operating profit though their other profits differ from zero, and none of those
    firms went bankrupt: a gap in the records that would give the outcome away. Their profit before interest and tax stands in.
    """
    if attr[42] == 0 and attr[27] == 0:
        return attr[7], attr[11] - attr[18]
    return attr[42] * revenue, _over(attr[42] * revenue, attr[27])


def _facts(attr: dict[int, float]) -> dict[str, float]:
    """In shares of total assets first, then in yuan; what is not finite, or cannot be so, is left out."""
    revenue = _over(attr[1], attr[23])  # net profit / assets over net profit / sales
    if not revenue > 0:
        revenue = attr[36] if attr[36] > 0 else math.nan
    owed_soon = attr[51]
    operating_profit, finance_cost = _from_operations(attr, revenue)
    cost = _over(owed_soon * 365, attr[32])
    shares = {
        "total_assets": 1.0,
        "net_profit": attr[1],
        "total_liabilities": attr[2],
        "equity": attr[10],
        "current_liabilities": owed_soon,
        "current_assets": attr[4] * owed_soon,
        "annual_revenue": revenue,
        "previous_revenue": _over(revenue, attr[21]),
        "inventory": attr[20] * revenue / 365,
        "receivables": attr[44] * revenue / 365,
        "operating_cost": cost,
        "gross_profit": revenue - cost,
        "operating_profit": operating_profit,
        "finance_cost": finance_cost,
    }
    assets = 10 ** attr[29] * YUAN_PER_UNIT
    return {name: share * assets for name, share in shares.items() if math.isfinite(share * assets)}


def _statement(row: dict[str, str]) -> Statement:
    attr = {i: float(row[f"Attr{i}"] or "nan") for i in range(1, 65)}
    return Statement(_facts(attr), float(row["bankrupt"]) == 1)


def read_statements(folder: Path) -> Iterator[Statement]:
    """The firms below `folder`. Raises `DataError` when the file is missing or unreadable."""
    return RECORDS.read(folder, _statement)


def fingerprint(folder: Path) -> str:
    """SHA-256 of the data file, in hexadecimal. Raises `DataError` when it is missing."""
    return RECORDS.fingerprint(folder)
