"""The forms that the tests fill in: official Chinese ones, those of accounting programs, and plain lists in both languages."""

from __future__ import annotations

from tests.uploads.statements.official_forms import GENERAL_BALANCE, GENERAL_INCOME, OLD_BALANCE, OLD_INCOME, SMALL_BALANCE, SMALL_INCOME
from tests.uploads.statements.program_forms import QUICKBOOKS_BALANCE, QUICKBOOKS_INCOME, TEMPLATE_BALANCE, TEMPLATE_INCOME, XERO_BALANCE

BALANCES = (SMALL_BALANCE, GENERAL_BALANCE, OLD_BALANCE, QUICKBOOKS_BALANCE, XERO_BALANCE, TEMPLATE_BALANCE)

INCOMES = (SMALL_INCOME, GENERAL_INCOME, OLD_INCOME, QUICKBOOKS_INCOME, TEMPLATE_INCOME)
