"""Reading SBA 7(a) loan outcomes as applications in the firm's vocabulary.

Only what was known at application is read into facts. Term, state and every rating stay out; the term is kept beside
the facts for one constant, the median loan life behind the base rate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scoring.training.records import Records

RECORDS = Records(Path("scoring") / "sba_loans_to_fy2005.csv.gz", "the SBA 7(a) loan records")
# Yuan for a US dollar in the years of the records: the rate was held near 8.28 from 1995 to July 2005.
YUAN_PER_DOLLAR = 8.28
NEW_MONTHS, EXISTING_MONTHS = 0, 24
# A revolving line is for working capital; what other loans are for is not said, only that they are drawn once.
PURPOSES = {"Y": "working_capital", "N": "equipment"}
OUTCOMES = {"P I F": False, "CHGOFF": True}

# NAICS prefix -> industry of the 2011 SME size standard; the longest prefix counts.
INDUSTRY_BY_NAICS = {
    "11": "agriculture",
    "21": "industry",  # mining
    "22": "industry",  # utilities
    "23": "construction",
    "31": "industry",
    "32": "industry",
    "33": "industry",
    "42": "wholesale",
    "44": "retail",
    "45": "retail",
    "48": "transport",
    "49": "postal",  # postal service and couriers
    "493": "warehousing",
    "51": "information_transmission",
    "5112": "software_it",
    "518": "software_it",
    "519": "software_it",
    "52": "other",  # finance
    "53": "real_estate",
    "53131": "property_management",
    "532": "leasing_business_services",
    "533": "leasing_business_services",
    "54": "leasing_business_services",
    "5415": "software_it",
    "55": "leasing_business_services",
    "56": "leasing_business_services",
    "61": "other",
    "62": "other",
    "71": "other",
    "72": "catering",
    "721": "accommodation",
    "81": "other",
    "92": "other",
}


@dataclass(frozen=True, slots=True)
class Loan:
    """One closed loan: facts of the firm, fiscal year of approval, whether charged off, and the term (never an input)."""

    facts: dict[str, float | str]
    year: int
    defaulted: bool
    term: int


def industry_of(naics: str) -> str | None:
    """The industry of a NAICS code, or None when unknown (code 0 or not in the table)."""
    for length in range(min(len(naics), 5), 1, -1):
        found = INDUSTRY_BY_NAICS.get(naics[:length])
        if found is not None:
            return found
    return None


def _facts(row: dict[str, str]) -> dict[str, float | str]:
    facts: dict[str, float | str] = {}
    industry = industry_of(row["NAICS"])
    if industry is not None:
        facts["industry"] = industry
    if row["NewExist"] in {"1", "2"}:
        facts["age_months"] = EXISTING_MONTHS if row["NewExist"] == "1" else NEW_MONTHS
    if int(row["NoEmp"]) > 0:  # the records use 0 for not stated
        facts["employees"] = int(row["NoEmp"])
    if row["RevLineCr"] in PURPOSES:  # other codes, T above all, are documented nowhere
        facts["purpose"] = PURPOSES[row["RevLineCr"]]
    facts["franchise"] = row["FranchiseCode"] not in {"0", "1"}  # 0 and 1 both stand for no franchise
    amount = float(row["GrAppv"])
    if amount > 0:
        facts["amount_sought"] = round(amount * YUAN_PER_DOLLAR, 2)
        facts["guaranteed_share"] = round(float(row["SBA_Appv"]) / amount, 4)
    return facts


def _loan(row: dict[str, str]) -> Loan | None:
    """The loan of a row; None for one that is not closed."""
    outcome = OUTCOMES.get(row["MIS_Status"])
    return None if outcome is None else Loan(_facts(row), int(row["ApprovalFY"]), outcome, int(row["Term"]))


def read_loans(folder: Path) -> Iterator[Loan]:
    """The closed loans below `folder`; loans without an outcome are left out. Raises `DataError` when missing or unreadable."""
    return RECORDS.read(folder, _loan)


def fingerprint(folder: Path) -> str:
    """SHA-256 of the data file, in hexadecimal. Raises `DataError` when it is missing."""
    return RECORDS.fingerprint(folder)
