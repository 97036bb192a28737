"""English sentences that say by their shape which fact a figure fills: the rules alone, without what was learnt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlu.mentions import by_rules, extract_facts

TODAY = date(2026, 11, 21)


def read(text: str, asking: str | None = None) -> dict[str, str]:
    return {name: str(value) for name, value in by_rules(text, today=TODAY, asking=asking)[0].facts.items()}


#: What each sentence states; None: the fact must not be taken.
STATED: list[tuple[str, dict[str, Any]]] = [
    # of others, of years gone by, hoped for, asked in general
    ("The shop next door takes 200k a month, God knows how", {"monthly_sales": None}),
    ("The factory next to us has orders worth 10 million", {"order_value": None, "industry": None}),
    ("A girl from our village sells 3 million on Pinduoduo", {"annual_revenue": None, "platform": None}),
    ("My daughter has sold on Taobao for six years, on her own account", {"platform_months": None}),
    ("The shop across the road sold 2m last year, but we sold 900k", {"annual_revenue": 900000}),
    ("His credit report shows ten inquiries in half a year", {"credit_inquiries_6m": None}),
    ("In 2013 we sold 6 million, different times", {"annual_revenue": None}),
    ("We opened in 2013 and sell 6 million a year", {"annual_revenue": 6000000}),
    ("We were late twice back in 2016", {"overdue_12m": None}),
    ("Before the road was closed in 2019 we'd sell 50k a month", {"monthly_sales": None}),
    ("In 2019 we opened the shop, now we take 50k a month", {"monthly_sales": 50000}),
    ("I'd be happy with 100k of sales a month one day", {"monthly_sales": None}),
    ("We might take two graduates next summer", {"graduate_hires_12m": None}),
    ("How much flow per month does the bank want to see, 50k?", {"monthly_inflow": None, "amount_sought": None}),
    ("Is a void rate over 5% a problem?", {"void_invoice_rate": None}),
    ("Is my void rate of 5% a problem?", {"void_invoice_rate": "0.05"}),
    ("We ordered a new oven for 80k", {"order_value": None}),
    ("How much interest would 200k cost me a year?", {"amount_sought": 200000, "term_months": None}),
    # wanted, and for how long
    ("I'd like a short-term loan of 200k", {"amount_sought": 200000, "short_term_debt": None}),
    ("I already carry a loan of half a million from the co-op", {"existing_loans": 500000, "amount_sought": None}),
    ("The target for this round of bank borrowing is set at 8,000,000 yuan", {"amount_sought": 8000000}),
    ("What would I pay a month if you gave me 450,000?", {"amount_sought": 450000}),
    ("We'd clear it by instalments in four years", {"term_months": 48}),
    ("Wild garlic cleared the shelves in four years of trade", {"term_months": None}),
    # short and long, what is owned and owed
    ("Loans due within the year: 800k", {"short_term_debt": 800000, "existing_loans": None}),
    ("of our borrowings 550k are long-dated", {"long_term_debt": 550000, "existing_loans": None}),
    ("cash, stock and receivables together make 740k", {"current_assets": 740000, "receivables": None}),
    ("Liabilities falling due inside a year: two million", {"current_liabilities": 2000000, "total_liabilities": None}),
    ("negative equity, minus 120k, I'm afraid", {"equity": -120000, "net_profit": None}),
    ("negative equity of 120k", {"equity": None}),
    # what goes out, what is left, what comes in
    ("the digger's hire-purchase loan swallows 14,500 a month", {"monthly_debt_service": 14500}),
    ("Can we get more if 40 thousand a month already goes to the bank?", {"monthly_debt_service": 40000}),
    ("before rent and wages we're left with 400 grand a year", {"net_profit": None}),
    ("What's left at the end of the year is about 150k", {"net_profit": 150000}),
    ("Before interest and tax the firm makes seven hundred grand", {"operating_profit": 700000, "annual_tax_paid": None}),
    ("There's 130k sitting in the company account, opened it with 500 yuan", {"cash": 130000}),
    ("The school hasn't settled its bill, 38 thousand for 400 chairs", {"receivables": 38000}),
    ("month's turnover 240,000", {"monthly_sales": 240000, "annual_revenue": None}),
    ("a single payment of 400k came in", {"amount_sought": None, "monthly_inflow": None}),
    ("Our costs run to 2.8 million a year", {"operating_cost": 2800000}),
    ("our costs run to 40k a month", {"operating_cost": None}),
    # shares and rates
    ("a fifth of the company belongs to the staff, four fifths to me", {"owner_share": "0.8"}),
    ("My wife has 10, the other ninety percent is me", {"owner_share": "0.9"}),
    ("ideally under 3.6%, 4 at a pinch", {"max_rate": "0.04"}),
    ("if it costs over 3.8% p.a. forget it", {"max_rate": "0.038"}),
    ("They guarantee 70% of my colleague's loan, not mine", {"guaranteed_share": None}),
    ("Our largest supplier gives us 10% off", {"largest_customer_share": None}),
    ("our liabilities amount to 900k", {"total_liabilities": 900000, "amount_sought": None}),
    ("we can't buy the truck without borrowing 180k", {"amount_sought": 180000, "existing_loans": None}),
    ("commissions fell to 5.1 million, the year before it was 7.9.", {"annual_revenue": 5100000, "previous_revenue": 7900000}),
    ("sales fell from 6m the year before to 4m", {"annual_revenue": 4000000, "previous_revenue": 6000000}),
    ("In 2024 we turned over 2m", {"previous_revenue": 2000000, "annual_revenue": None}),
    ("the loan of 500k was paid off in 2021", {"existing_loans": None, "amount_sought": None}),
    ("we once had 80 workers, back in 2015", {"employees": None}),
    ("My father had 30 staff in the nineties", {"employees": None}),
    ("The bakery opposite us made 900k last year", {"annual_revenue": None, "industry": None}),
    ("we were three people when we started in 2009", {"employees": None}),
    ("when we started we had three people, now we are 12", {"employees": 12}),
    ("four people joined us this year", {"new_hires_12m": 4, "employees": None}),
    ("300k of our turnover comes from abroad", {"export_revenue": 300000, "annual_revenue": None}),
    ("we sell 400k a year to Japan", {"export_revenue": 400000}),
    ("we sell 400k a year to schools", {"export_revenue": None}),
    ("60k worth of invoices haven't been paid", {"receivables": 60000, "invoiced_sales": None}),
    ("they'd want to see a profit of 200k", {"net_profit": None}),
    ("our loans set us back 30k a month", {"monthly_debt_service": 30000}),
    # wishes without a verb of wishing
    ("Is 600k realistic for a crane hire firm with 3.3m in turnover and two cranes?", {"amount_sought": 600000, "annual_revenue": 3300000}),
    ("could you do me 80k till the cherry harvest", {"amount_sought": 80000}),
    ("can 150k be done w/o collateral?", {"amount_sought": 150000}),
    ("price 1.9m, we have 700k so need 1.2m over ten years", {"amount_sought": 1200000}),
    ("quote for the press is 198,000, I'd like to finance 150 of it", {"amount_sought": 150000}),
    ("we need 286k for wages, let's say 290", {"amount_sought": 290000}),
    ("Three hundred grand, and I'd like two years to pay it off", {"amount_sought": 300000}),
    ("For the fifth truck: 310k", {"amount_sought": 310000}),
    ("350k would do", {"amount_sought": 350000}),
    ("salary day is Friday, 170k short", {"amount_sought": 170000}),
    ("what would a loan of 400k cost me a month", {"amount_sought": 400000}),
    ("the loan of 200k I applied for is still not out", {"amount_sought": 200000, "existing_loans": None}),
    ("want to pay back 5k a month", {"monthly_debt_service": None}),
    # the year's sales and the one's before
    ("mine in Nanhai only 900 thousand a year, curtains", {"annual_revenue": 900000}),
    ("brick kiln, 33 men, 7.7m a year", {"annual_revenue": 7700000}),
    ("low season is nothing, whole 2025 gave 265,000", {"annual_revenue": 265000}),
    ("The 12 last months we cashed 780 thousand, the twelve before it was 640", {"annual_revenue": 780000, "previous_revenue": 640000}),
    ("fees were 4.9m two years back, 2.2m last year", {"annual_revenue": 2200000}),
    ("310k in, 140k left for me", {"annual_revenue": 310000}),
    ("3.5 mil, that's sales 2025", {"annual_revenue": 3500000}),
    ("We make around 7% net on 12m", {"annual_revenue": 12000000, "net_profit": None}),
    ("Gross profit was 930k on sales of 3.05m", {"gross_profit": 930000, "annual_revenue": 3050000}),
    ("revenue isn't 7.2, it's 2.7 million", {"annual_revenue": 2700000}),
    ("after a bad 2024 we did 1.9m in 2025", {"annual_revenue": 1900000}),
    ("three shops doing 70k each per month", {"annual_revenue": None}),
    ("I make 15k a month for myself", {"monthly_sales": None}),
    # who owes us
    ("Owners owe us fees of 2.7m", {"receivables": 2700000}),
    ("another 410k owed by two pump makers", {"receivables": 410000, "existing_loans": None}),
    ("residents behind with fees to the tune of 280k", {"receivables": 280000}),
    ("debt for me from shops 210.000", {"receivables": 210000}),
    ("the wholesaler pays us after 90 days and that's 480 thousand waiting", {"amount_sought": None}),
    ("1.4m out on invoices, mostly the council", {"receivables": 1400000}),
    # loans and what goes out for them
    ("still 137000 left on the loan and every month i pay 5800", {"existing_loans": 137000, "monthly_debt_service": 5800}),
    ("Loan 1: 480k, loan 2: 220k", {"existing_loans": 700000}),
    ("business loan 1m, house loan 600k", {"existing_loans": 1600000}),
    ("the bank cut our line from 2m to 1.2m, fully drawn", {"existing_loans": 1200000}),
    ("My limit at WeBank is 300k and I've used 210k", {"existing_loans": 210000}),
    ("I borrowed 200k from WeBank, 120k left", {"existing_loans": 120000}),
    ("bank debt 2.45m: 1.45 short-term, the remaining 1m long-term", {"existing_loans": 2450000, "long_term_debt": 1000000}),
    ("equipment loan, 36 months left, 12.4k each", {"monthly_debt_service": 12400, "existing_loans": None}),
    ("My ICBC loan, 650,000, falls due in 25 days and I can scrape together maybe 200k", {"existing_loans": 650000}),
    ("an existing facility of 850,000, fourteen months to go", {"existing_loans": 850000, "term_months": None}),
    # what is owed in all, and what is left of the assets
    ("Assets 2.6m, stock 1.1m. We owe 1.4m in all.", {"total_liabilities": 1400000}),
    ("Total assets 7.3 million, net assets (equity) 4.1, so debt is 3.2", {"equity": 4100000, "total_liabilities": 3200000}),
    # shares and rates
    ("one customer pays us 35 percent of the revenue", {"largest_customer_share": "0.35"}),
    ("what if it matters that one buyer = 74% of sales", {"largest_customer_share": None}),
    ("Half our sales go to a single hospital group", {"largest_customer_share": "0.5"}),
    ("Two buyers make up 80% of what we sell", {"largest_customer_share": None}),
    ("refinancing wanted: 900k at 7.2%, would like below 5", {"max_rate": "0.05"}),
    ("if the rate is under 4.5% I'd take 400k", {"max_rate": "0.045", "amount_sought": 400000}),
    ("Standard deviation over mean of our monthly inflows is 0.27", {"monthly_inflow_cv": "0.27", "monthly_inflow": None}),
    ("40% of the loan would be covered by the guarantee fund", {"guaranteed_share": "0.4"}),
    # orders, pledges, goods
    ("contracts signed with two hospitals, 3.9m together", {"order_value": 3900000}),
    ("or pledge my house (1.4m valuation)", {"collateral_value": 1400000}),
    ("520 grand of fruit in the drying sheds", {"inventory": 520000}),
    ("Stock on hand 560k", {"inventory": 560000, "cash": None}),
    # invoices, taxes, research
    ("fapiao issued over the past year: 5.9m, received: 4.3m", {"invoiced_sales": 5900000, "purchase_amount": 4300000}),
    ("VAT 61k and CIT 22k in 2025", {"annual_tax_paid": 83000}),
    ("rd cost 1.36m last yr", {"rd_spend": 1360000}),
    ("what do you offer a leather firm paying 410k tax a year with zero overdue", {"annual_tax_paid": 410000}),
    ("eleven utility patents and two inventions", {"patents": 13}),
    # how many buy
    ("We sell to 70-odd restaurants", {"customer_count": 70}),
    ("36 property firms are our customers", {"customer_count": 36}),
    ("we sell to roughly a hundred and twenty noodle shops", {"customer_count": 120}),
    # spans that are no term
    ("school closed our canteen, money in the bank for one month", {"term_months": None}),
    ("3-year loan runs out 10 December", {"term_months": None}),
    # crews
    ("now me my dad and nine ladies from the village", {"employees": 11}),
    ("Eight local staff.", {"employees": 8}),
    ("sewing shoe uppers, 16 sewing ladys", {"employees": 16}),
    ("we do recycling, 27 labour", {"employees": 27}),
    ("Wife does the flowers, me the driving.", {"employees": 2}),
    ("I'm coach, plus 3 coaches.", {"employees": 4}),
    ("there's me, Xiao Chen who bakes, two at the counter and a part timer", {"employees": 5}),
    ("Twelve on the roofs, four in office.", {"employees": 16}),
    ("Me + 2 photographers + 1 makeup + 1 for retouch.", {"employees": 5}),
    ("wife and brother with me", {"employees": 3}),
    ("one girl help me", {"employees": 2}),
    ("I run it with my sister and two part-timers", {"employees": 4}),
    ("staff of 15 plus two apprentices", {"employees": 17}),
    ("we were 30 people, hired 8 and lost 3, so 35", {"employees": 35}),
    ("profit 40w. ppl 18. rent paid", {"employees": 18}),
    ("12 employees (3 part time)", {"employees": 12}),
    ("sold on Tmall and in 26 vet clinics", {"employees": None}),
    ("fifteen buyers", {"employees": None}),
    ("eight of us, five deaf craftsmen among them", {"employees": 8}),
    ("25 more days", {"employees": None}),
    ("one person business, 3 years old, phone cases", {"age_months": 36, "owner_age": None}),
    # owed, drawn, bought, owned
    ("Owed 1.9m by two furniture malls.", {"receivables": 1900000, "existing_loans": None}),
    ("bought 3.3m of steel on invoice", {"purchase_amount": 3300000, "invoiced_sales": None}),
    ("what we own is worth 3m, what we owe 1.2m", {"total_assets": 3000000, "total_liabilities": 1200000}),
    ("Left on the mortgage is 380,000, nothing else", {"existing_loans": 380000}),
    ("my revenue 2023 3m 2024 3.4m 2025 3.1m", {"previous_revenue": 3400000, "annual_revenue": 3100000}),
    ("shareholding: me 45, Lao Wang 30, Chen 25", {"owner_age": None}),
    # other words for a wish
    ("thirsty for 600k to buy fermenters", {"amount_sought": 600000}),
    ("feed money 80,000 need before winter", {"amount_sought": 80000}),
    ("need 20 grand... sorry, two hundred thousand, to redo bathrooms", {"amount_sought": 200000}),
    ("the 1.2m one for 12 months is ok for us", {"amount_sought": 1200000, "term_months": 12}),
    ("wages behind one month so 500K to pay the people", {"amount_sought": 500000}),
    ("my boss asks me to write, he wants 300k for a CNC", {"amount_sought": 300000}),
    ("my friend has a bakery, he wants 300k for an oven", {"amount_sought": None}),
    ("interest above 4.5 is no go for us", {"max_rate": "0.045", "finance_cost": None}),
    # years as columns, the books in short
    ("turnover 2025 was 31.2M, 2024 was 36.8M", {"annual_revenue": 31200000, "previous_revenue": 36800000}),
    ("2024 revenue 2.2, 2025 3.6 (million)", {"annual_revenue": 3600000, "previous_revenue": 2200000}),
    ("Last year sale 17 million. Year before 21.", {"annual_revenue": 17000000, "previous_revenue": 21000000}),
    ("2025 sales 4.9m. The inventory grew from 600k to 890k.", {"annual_revenue": 4900000}),
    ("current liab 7.1m / ST loans 2.9m", {"current_liabilities": 7100000, "short_term_debt": 2900000}),
    ("assets 15.2 mn; short-term borrowings 2.2, long term 1.5, interest 210k", {"short_term_debt": 2200000, "long_term_debt": 1500000}),
    ("invoices in 27.4M, invoices issued 30.1M", {"purchase_amount": 27400000, "invoiced_sales": 30100000}),
    # loans that are there, and who is late
    ("must repay all 700k first then re-lend", {"existing_loans": 700000, "amount_sought": None}),
    ("my client must pay the supplier 700k first", {"existing_loans": None}),
    ("Loans 12 million, I pay 330k/month", {"existing_loans": 12000000}),
    ("our importer is 4 months late with 2.3 million", {"receivables": 2300000, "term_months": None}),
    ("3 lates on the loan since spring", {"overdue_12m": 3}),
    ("the instalment was ten days late", {"overdue_12m": None}),
    ("14 inquiries last half year, 2 late payments", {"credit_inquiries_6m": 14, "overdue_12m": 2}),
    ("sales FY24 3.3m, FY25 2.9m", {"previous_revenue": 3300000, "annual_revenue": 2900000}),
    ("sales in 2023 3m, in 2024 4m, in 2025 5m", {"previous_revenue": 4000000, "annual_revenue": 5000000}),
    ("staff 14, 4 of them new this year", {"employees": 14, "new_hires_12m": 4}),
    # shares told beside each other
    ("me 55% my brother 45", {"owner_share": "0.55"}),
    ("holding 70/30 with my cousin (I'm the 70)", {"owner_share": "0.7", "employees": None}),
    ("i'm 29, my husband 31", {"owner_share": None}),
    ("The parent company holds 100 percent.", {"owner_share": None}),
    # staff put right, people new, copyrights that are no patents
    ("the total staff is uh thirty one no wait thirty three with the two apprentices", {"employees": 33}),
    ("half the staff (14 of 28) joined this year", {"new_hires_12m": 14, "employees": 28}),
    ("6 software copyrights but 0 patents", {"patents": 0}),
    ("taxable income 2025 was 1.12m", {"taxable_income": 1120000, "annual_revenue": None}),
    # through a platform
    ("our alibaba.com shop is 6 years old", {"platform_months": 72, "age_months": None}),
    ("I do pet food on Taobao, 3 yrs now", {"platform_months": 36}),
    ("JD flagship store, kitchen knives, 6.35 million through it in the past year", {"platform_sales": 6350000}),
    ("my shop on Douyin did 3.6m in the past 12 months", {"platform_sales": 3600000}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), STATED, ids=[text for text, _ in STATED])
def test_sentences_say_which_fact_a_figure_fills(text: str, facts: dict[str, Any]) -> None:
    found = read(text)
    assert {name: found.get(name) for name in facts} == {name: None if value is None else str(value) for name, value in facts.items()}


ANSWERED: list[tuple[str, str, str]] = [
    ("employees", "four full time n two students on weekends", "6"),
    ("employees", "Five staff... hang on, Li left, so four.", "4"),
    ("employees", "my wife says 16 but I count 15. put 16.", "16"),
    ("owner_share", "60% me, 25% Klaus, the rest my cousin", "0.6"),
    ("previous_revenue", "2024 was our record, 8.3 million, before the mall shut", "8300000"),
]


@pytest.mark.parametrize(("asking", "text", "value"), ANSWERED)
def test_answers_in_the_shape_of_a_sentence(asking: str, text: str, value: str) -> None:
    assert read(text, asking).get(asking) == value


def test_what_a_sentence_says_stands_before_the_second_look() -> None:
    facts = extract_facts("JD flagship store, kitchen knives, 6.35 million through it in the past year", today=TODAY).facts
    assert str(facts.get("platform_sales")) == "6350000"
