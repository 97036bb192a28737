"""Ways of saying figures and purposes in English: the rules alone, without what was learnt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules

TODAY = date(2026, 11, 21)


def read(text: str, asking: str | None = None) -> dict[str, str]:
    return {name: str(value) for name, value in by_rules(text, today=TODAY, asking=asking)[0].facts.items()}


STATED: list[tuple[str, dict[str, Any]]] = [
    # not even one
    ("Everything regular, not one late instalment.", {"overdue_12m": 0}),
    ("not one late day this year", {"overdue_12m": 0}),
    ("one late instalment in March", {"overdue_12m": 1}),
    ("never missed one payment in my life", {"overdue_12m": 0}),
    ("Call me back after 6pm Beijing time please", {"region": None}),
    ("late twice in the last 12 months, both under a week", {"overdue_12m": 2}),
    ("Debts nil. Overdues nil.", {"existing_loans": 0, "total_liabilities": None}),
    ("Nothing owed to any bank.", {"existing_loans": 0, "tax_arrears": None}),
    # crews
    ("18 engineers + 5 others", {"employees": 23}),
    ("fourteen technicians and 3 in office", {"employees": 17}),
    ("nine mechanics and the office girl", {"employees": 10}),
    ("6 loaders, 10 blokes with me counted in", {"employees": 10}),
    ("8 machines and 8 operators, besides myself and one cutter", {"employees": 10}),
    ("kindergarten for 60 kids, eight teachers and cook", {"employees": None}),
    ("we do the books for 210 small firms, me plus 6", {"employees": 7}),
    ("I repair e-bikes with my sister in Luoyang", {"employees": 2}),
    ("no employee except my cousin", {"employees": 2}),
    ("We pay social insurance for all 34 and fired nobody", {"employees": 34}),
    ("18 of my 40 were hired this year", {"employees": 40}),
    ("128 staff with 37 in R&D", {"employees": 128}),
    ("Just me and my wife and her cousin, three of us", {"employees": 3}),
    ("Kiwi fruit. Twelve year-round labourers.", {"age_months": None}),
    ("Nobody else in Hunan will do it.", {"employees": None}),
    # how long, and since when
    ("We've been a national little giant since 2023", {"age_months": None}),
    ("Supplying brake pads to BYD since 2021", {"age_months": None}),
    ("on Meituan since March 2025, fried chicken", {"age_months": None, "platform_months": 20}),
    ("Amazon seller, 4.5 yrs on the platform", {"platform_months": 54}),
    ("Started in May this year after the plant let me go", {"age_months": 6}),
    ("Twelve years of photocopying for students", {"age_months": 144}),
    ("seven years ago I started with one lathe", {"age_months": 84}),
    ("selling fish at the wet market 26 years", {"age_months": 312}),
    # how old, and of what
    ("My age is 48 year", {"owner_age": 48}),
    ("Legal representative's age: 57", {"owner_age": 57}),
    ("at fifty-two I'm too old for banks, aren't I?", {"owner_age": 52}),
    ("at 40, we have more staff than room", {"owner_age": None}),
    ("The machine is 30 years old", {"owner_age": None, "age_months": None}),
    ("the truck is 8 years old and worth 90k", {"age_months": None}),
    ("Douyin itself is ten years old", {"age_months": None}),
    ("a team of two dozen looks after the orchards", {"employees": 24}),
    ("will the bank take my van as collateral? it's 12 years old", {"age_months": None}),
    ("our shop is 5 years old", {"age_months": 60}),
    ("hardware in Jinjiang since nineteen ninety eight", {"age_months": 340}),
    ("baking since two thousand and twelve", {"age_months": 172}),
    ("we borrowed two thousand and five hundred", {"age_months": None}),
    # loans in a few words
    ("two loans on the trucks, total 640k, monthly 23k", {"existing_loans": 640_000, "monthly_debt_service": 23_000}),
    ("three loans, 640k altogether, 23k a month", {"existing_loans": 640_000, "monthly_debt_service": 23_000}),
    ("loans: 640k in total, instalment 23k", {"existing_loans": 640_000, "monthly_debt_service": 23_000}),
    ("the loan still has 210k open, 14 months left", {"existing_loans": 210_000, "amount_sought": None, "age_months": None}),
    ("we want two loans, total 640k", {"existing_loans": None}),
    ("two clients with loans, total orders 640k", {"existing_loans": None}),
    (
        "Your loan ending 8821: instalment CNY 12,480.55 due 2026-12-05. Balance CNY 386,200.00.",
        {"monthly_debt_service": "12480.55", "existing_loans": 386_200, "loan_matures_in_days": None, "amount_sought": None},
    ),
    ("repayment of RMB 8,333 on your loan is due on 10 Dec", {"loan_matures_in_days": None}),
    (
        "Loan a/c ****4471, amount due RMB 6,120.40 on 2026-12-15. Remaining balance RMB 142,880.15.",
        {"existing_loans": "142880.15", "amount_sought": None, "loan_matures_in_days": None},
    ),
    ("my 400k loan is due on 10 Dec", {"loan_matures_in_days": 19}),
    ("320k, three months overdue", {"existing_loans": 320_000, "amount_sought": None}),
    ("customers owe 320k, three months overdue", {"existing_loans": None}),
    ("bank loans 11m at three banks, total monthly service 480k", {"existing_loans": 11_000_000, "monthly_debt_service": 480_000}),
    ("need 80k for netting", {"amount_sought": 80_000, "net_profit": None}),
    ("1) what's the cheapest 2) what do you need 3) who decides?", {"amount_sought": None}),
    ("six of us with my daughter", {"employees": 6}),
    ("six of us plus my daughter", {"employees": 7}),
    # put right at once
    ("revenue 3 million, no sorry, 2.5 million", {"annual_revenue": 2_500_000}),
    ("we make about eight hundred thousand a year no wait nine hundred", {"annual_revenue": 900_000}),
    ("turnover 2m, sorry 2.4m, and 12 staff", {"annual_revenue": 2_400_000, "employees": 12}),
    ("we have 12 staff, no wait, 14", {"employees": 14}),
    ("yes uh we make about uh eight hundred thousand a year no wait nine hundred", {"annual_revenue": 900_000}),
    ("profit 300k, no debt", {"net_profit": 300_000, "existing_loans": 0}),
    # owed, not wanted
    ("we owe the bank 2.3m, suppliers 400k, two months wages", {"purpose": None}),
    # patents
    ("3 invention patents pending and 5 granted", {"patents": 5}),
    ("3 utility model patents and one invention patent pending", {"patents": 3}),
    # loans that are there, and others' claims
    ("the second loan is due on 31 December, 240k", {"existing_loans": 240000, "amount_sought": None}),
    ("my rice shop. Loan 130 thousand, month 5600.", {"existing_loans": 130000, "amount_sought": None}),
    ("I've 3 loans adding to 2.7m", {"existing_loans": 2700000}),
    ("want to refinance a nasty loan, balance 160,000", {"existing_loans": 160000}),
    ("I'm being sued by an ex employee for 30k", {"amount_sought": None}),
    ("to factories I owe 1.9m", {"existing_loans": None}),
    ("Clients pay after 90 days, 640k outstanding", {"receivables": 640000, "existing_loans": None}),
    ("hospitals buy from us and take 200 days to pay 2.9m", {"receivables": 2900000}),
    # the month's sum and the year's
    ("takings about 46k a month and the account has 31k in it", {"monthly_sales": 46000, "cash": 31000}),
    ("22k in takings a month", {"monthly_sales": 22000}),
    ("month sale 44k", {"monthly_sales": 44000, "annual_revenue": None}),
    ("every month 150,000 sale but profit is 12,000", {"net_profit": None}),
    ("monthly turnover on the account about 310k", {"monthly_inflow": 310000, "cash": None}),
    ("bank rest 56k monthly 2.7k", {"monthly_debt_service": 2700}),
    ("Owe the bank 128k, repay 5.4k.", {"monthly_debt_service": 5400}),
    ("1.6 million in sales in '24, 800 thousand in '25", {"previous_revenue": 1600000, "annual_revenue": 800000}),
    ("Turnover 31, net 1.9. All million yuan.", {"annual_revenue": 31000000, "net_profit": 1900000}),
    ("2.6m in freight last year", {"annual_revenue": 2600000}),
    # who holds what
    ("won a tender, 460k contract, so 600k of orders in hand", {"cash": None}),
    ("cash is down to 38,000 yuan", {"cash": 38000}),
    ("A supplier wants cash for old spruce, 85,000", {"cash": None}),
    ("the top customer is 22%", {"largest_customer_share": "0.22"}),
    ("bought VAT-invoiced inputs of 2.9 million over the past 12 months", {"purchase_amount": 2900000, "invoiced_sales": None}),
    ("Fixed assets: at cost 2,640,000, carrying amount 1,660,000", {"fixed_assets": 1660000}),
    ("85k of this year's leaf unsold", {"inventory": 85000}),
    ("machines could be pledged, they'd fetch about 750k", {"collateral_value": 750000}),
    # what is told in a question
    ("How much could I borrow with tax of 42,000 a year?", {"annual_tax_paid": 42000}),
    ("Is there anything for a restaurant with 18 workers?", {"employees": 18}),
    ("does having 45 small customers help or hurt?", {"customer_count": 45}),
    ("which is cheaper if I need 2 million?", {"amount_sought": 2000000}),
    ("void invoice rate of 6% apparently hurts me - what is the threshold?", {"void_invoice_rate": "0.06"}),
    ("do I need tax of 42,000 a year?", {"annual_tax_paid": None}),
    ("got a text offering me 500k because I pay tax of 20k yearly. is it a fraud?", {"annual_tax_paid": 20000, "amount_sought": None}),
    # what the money is for
    ("I need 400k for salaries on the 10th", {"amount_sought": 400000, "purpose": "wages"}),
    ("150k, plain working capital", {"purpose": "working_capital"}),
    ("to swap out a dying chiller", {"purpose": "equipment"}),
    ("I'd like 300k so I can take the unit next door", {"purpose": "premises"}),
    ("want a new 180k to pay it off", {"purpose": "refinance"}),
    ("I'd borrow to build up stock before the fishing ban", {"purpose": "stock_purchase"}),
    # an accountant's sheet, a customer who is spoken of
    ("会计发我的 balance sheet: total assets 13.5m, fixed assets 2.4m", {"total_assets": 13500000, "fixed_assets": 2400000}),
    ("Our only big customer is an importer. He is 60% of what we sell.", {"largest_customer_share": "0.6"}),
    ("Our customer has a rival. He has 60% of the market.", {"largest_customer_share": None}),
    # lenders are no form of firm
    ("150k from the rural credit co-op", {"legal_form": None}),
    ("a cooperative of 60 households", {"legal_form": "cooperative"}),
    ("got a grade-three disability certificate", {"tax_grade": None}),
    # never late once is no time late; cards are no late payments
    ("Not late once.", {"overdue_12m": 0}),
    ("never once late with the bank", {"overdue_12m": 0}),
    ("late not even once", {"overdue_12m": 0}),
    ("late on the card once", {"overdue_12m": 1}),
    ("No overdue. Two credit cards.", {"overdue_12m": 0}),
    # staff are told without the owner; colleagues with
    ("I have 35 workers sitting home", {"employees": 35}),
    ("I have three colleagues", {"employees": 4}),
    # a gain is a gain, whatever others lose; a clean list is none to be on
    ("They say 80% of firms here are losing. We did +150k net profit.", {"net_profit": 150000}),
    ("Court list: clean. Firm is 6 years old.", {"blacklisted": False}),
    ("We're 17 yrs old. Umbrella fabric dyeing.", {"age_months": 204, "owner_age": None}),
    ("I'm 47 years old", {"owner_age": 47}),
    ("patent no. ZL2021 for the press", {"patents": None}),
    ("firm name Tonglu Qingfeng Pen Parts Co., Ltd. We do springs", {"firm_name": "Tonglu Qingfeng Pen Parts Co., Ltd."}),
    # an old year's revenue is not last year's
    ("2021 we had 3.3m revenue, then I lost count", {"annual_revenue": None}),
    ("Name is Pepper & Pine Trading Ltd, we sit in Yiwu.", {"firm_name": "Pepper & Pine Trading Ltd"}),
    ("Dunhuang Liyuan Apricot Cooperative, code 93620982MA7480BFXK.", {"firm_name": "Dunhuang Liyuan Apricot Cooperative"}),
]


@pytest.mark.parametrize(("text", "facts"), STATED)
def test_english_ways_of_saying(text: str, facts: dict[str, Any]) -> None:
    found = read(text)
    assert {name: found.get(name) for name in facts} == {name: None if value is None else str(value) for name, value in facts.items()}
