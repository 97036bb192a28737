"""Forms of accounting programs, and plain lists as firms keep them."""

from __future__ import annotations

from tests.uploads.statements.books import Form, rows
from tests.uploads.statements.form_facts import BALANCE_FACTS, INCOME_FACTS

QUICKBOOKS_BALANCE = Form(
    "quickbooks_balance",
    (
        rows("""
ASSETS
  Current Assets
    Checking/Savings
      Checking|c1
      Savings|c2
      Petty Cash|c3
    Total Checking/Savings|cash
    Accounts Receivable
      Accounts Receivable|r1
    Total Accounts Receivable|receivables
    Other Current Assets
      Inventory Asset|inventory
      Prepaid Insurance|a1
    Total Other Current Assets|a2
  Total Current Assets|current_assets
  Fixed Assets
    Vehicles
      Original Cost|a3
      Accumulated Depreciation|a4
    Total Vehicles|a5
    Furniture|a6
  Total Fixed Assets|fixed_assets
  Other Assets
    Security Deposits|a7
  Total Other Assets|a8
TOTAL ASSETS|total_assets
LIABILITIES & EQUITY
  Liabilities
    Current Liabilities
      Accounts Payable
        Accounts Payable|l1
      Total Accounts Payable|l2
      Credit Cards
        Visa Card|l3
      Total Credit Cards|l4
      Other Current Liabilities
        Line of Credit|short
        Payroll Liabilities|l6
      Total Other Current Liabilities|l7
    Total Current Liabilities|current_liabilities
    Long Term Liabilities
      Equipment Loan|long1
      Mortgage Payable|long2
    Total Long Term Liabilities|l8
  Total Liabilities|total_liabilities
  Equity
    Capital Stock|e1
    Retained Earnings|e2
    Net Income|e3
  Total Equity|equity
TOTAL LIABILITIES & EQUITY|claims
"""),
    ),
    {
        "cash": ("c1", "c2", "c3"),
        "receivables": ("r1",),
        "a2": ("inventory", "a1"),
        "current_assets": ("cash", "receivables", "a2"),
        "a5": ("a3", "-a4"),
        "fixed_assets": ("a5", "a6"),
        "a8": ("a7",),
        "total_assets": ("current_assets", "fixed_assets", "a8"),
        "l2": ("l1",),
        "l4": ("l3",),
        "l7": ("short", "l6"),
        "current_liabilities": ("l2", "l4", "l7"),
        "l8": ("long1", "long2"),
        "total_liabilities": ("current_liabilities", "l8"),
        "equity": ("e1", "e2", "e3"),
        "claims": ("total_liabilities", "equity"),
    },
    {**BALANCE_FACTS, "long_term_debt": "long1+long2", "existing_loans": "short+long1+long2"},
    "e2",
    "en",
)

XERO_BALANCE = Form(
    "xero_balance",
    (
        rows("""
Assets
Bank
Business Account|c1
Savings Reserve|c2
Total Bank|cash
Current Assets
Accounts Receivable|receivables
Inventory|inventory
Prepayments|a1
Total Current Assets|a2
Fixed Assets
Computer Equipment|a3
Less Accumulated Depreciation on Computer Equipment|a4
Total Fixed Assets|fixed_assets
Total Assets|total_assets
Liabilities
Current Liabilities
Accounts Payable|l1
GST|l2
Bank Overdraft|short
Total Current Liabilities|current_liabilities
Non-Current Liabilities
Term Loan|long
Total Non-Current Liabilities|l4
Total Liabilities|total_liabilities
Net Assets|net_assets
Equity
Current Year Earnings|e1
Owner A Funds Introduced|e2
Retained Earnings|e3
Total Equity|equity
"""),
    ),
    {
        "cash": ("c1", "c2"),
        "a2": ("receivables", "inventory", "a1"),
        "fixed_assets": ("a3", "-a4"),
        "total_assets": ("cash", "a2", "fixed_assets"),
        "current_liabilities": ("l1", "l2", "short"),
        "l4": ("long",),
        "total_liabilities": ("current_liabilities", "l4"),
        "net_assets": ("total_assets", "-total_liabilities"),
        "equity": ("e1", "e2", "e3"),
        "claims": ("total_liabilities", "equity"),
    },
    {**BALANCE_FACTS, "current_assets": "cash+a2"},
    "e3",
    "en",
)

TEMPLATE_BALANCE = Form(
    "template_balance",
    (
        rows("""
ASSETS
Current assets:
Cash and cash equivalents|cash
Accounts receivable, net|receivables
Inventories|inventory
Prepaid expenses|a1
Total current assets|current_assets
Property, plant and equipment:
Land|a2
Buildings|a3
Less: Accumulated depreciation|a4
Property, plant and equipment, net|fixed_assets
Intangible assets|a5
Other non-current assets|a6
Total assets|total_assets
"""),
        rows("""
LIABILITIES AND SHAREHOLDERS' EQUITY
Current liabilities:
Accounts payable|l1
Short-term loans|short
Accrued expenses|l2
Taxes payable|l3
Total current liabilities|current_liabilities
Long-term liabilities:
Long-term loans|long
Deferred tax|l4
Total long-term liabilities|l5
Total liabilities|total_liabilities
Shareholders' equity:
Share capital|e1
Retained earnings|e2
Total shareholders' equity|equity
Total liabilities and shareholders' equity|claims
"""),
    ),
    {
        "current_assets": ("cash", "receivables", "inventory", "a1"),
        "fixed_assets": ("a2", "a3", "-a4"),
        "total_assets": ("current_assets", "fixed_assets", "a5", "a6"),
        "current_liabilities": ("l1", "short", "l2", "l3"),
        "l5": ("long", "l4"),
        "total_liabilities": ("current_liabilities", "l5"),
        "equity": ("e1", "e2"),
        "claims": ("total_liabilities", "equity"),
    },
    BALANCE_FACTS,
    "e2",
    "en",
)

QUICKBOOKS_INCOME = Form(
    "quickbooks_income",
    (
        rows("""
Ordinary Income/Expense
  Income
    Design Services|r1
    Installation
      Labor|r2
      Materials|r3
    Total Installation|r4
  Total Income|revenue
  Cost of Goods Sold
    Materials Used|c1
    Subcontractors|c2
  Total COGS|cost
  Gross Profit|gross
  Expense
    Advertising|i1
    Insurance
      Liability|i2
      Workers|i3
    Total Insurance|i4
    Interest Expense|finance
    Rent|i5
  Total Expense|i6
Net Ordinary Income|operating
Other Income/Expense
  Other Income
    Interest Income|i7
  Total Other Income|i8
  Other Expense
    Fines|i9
  Total Other Expense|i10
Net Other Income|i11
Net Income|net
"""),
    ),
    {
        "r4": ("r2", "r3"),
        "revenue": ("r1", "r4"),
        "cost": ("c1", "c2"),
        "gross": ("revenue", "-cost"),
        "i4": ("i2", "i3"),
        "i6": ("i1", "i4", "finance", "i5"),
        "operating": ("gross", "-i6"),
        "i8": ("i7",),
        "i10": ("i9",),
        "i11": ("i8", "-i10"),
        "net": ("operating", "i11"),
    },
    INCOME_FACTS,
    language="en",
)

TEMPLATE_INCOME = Form(
    "template_income",
    (
        rows("""
Net sales|revenue
Cost of goods sold|cost
Gross profit|gross
Operating expenses:
Salaries and wages|i1
Rent|i2
Depreciation|i3
Research and development|rd
Total operating expenses|i4
Operating income|operating
Interest expense|finance
Income before income taxes|pretax
Income tax expense|tax
Net income|net
"""),
    ),
    {
        "gross": ("revenue", "-cost"),
        "i4": ("i1", "i2", "i3", "rd"),
        "operating": ("gross", "-i4"),
        "pretax": ("operating", "-finance"),
        "net": ("pretax", "-tax"),
    },
    {**INCOME_FACTS, "rd_spend": "rd"},
    language="en",
)
