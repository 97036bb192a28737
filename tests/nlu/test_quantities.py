"""Figures in owners' messages: money, ranges and rates with their exact values, their period, currency and sign."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.nlu.figures import only

MONEY = [
    # Chinese, large units
    ("五十万", "500000"),
    ("五十来万", "500000"),
    ("三百五十万左右", "3500000"),
    ("1,200万元", "12000000"),
    ("1.2亿", "120000000"),
    ("50w", "500000"),
    ("50W", "500000"),
    ("50万", "500000"),
    ("50 万", "500000"),
    ("５０万", "500000"),
    ("50萬", "500000"),
    ("二百八十万", "2800000"),
    ("两百八十多万", "2800000"),
    ("一个亿", "100000000"),
    ("1.5个亿", "150000000"),
    ("半个亿", "50000000"),
    ("三万五", "35000"),
    ("1万2", "12000"),
    ("1万2千", "12000"),
    ("3万5千块", "35000"),
    ("12万5", "125000"),
    ("两万三千五", "23500"),
    ("1亿2000万", "120000000"),
    ("一亿二", "120000000"),
    ("三百二十万", "3200000"),
    ("3百万", "3000000"),
    ("二十万块钱", "200000"),
    ("10来万", "100000"),
    ("10多万", "100000"),
    ("三百多万", "3000000"),
    ("十五万", "150000"),
    ("十万", "100000"),
    ("一百零五万", "1050000"),
    ("一千零五十万", "10500000"),
    ("一千两百万", "12000000"),
    ("0.8万", "8000"),
    ("三点五万", "35000"),
    ("百来万", "1000000"),
    ("贰拾万元", "200000"),
    ("叁佰伍拾万元整", "3500000"),
    ("两千万", "20000000"),
    ("6万多", "60000"),
    ("8万一个月", "80000"),
    ("五十个w", "500000"),
    ("四五十万", "450000"),
    ("一百二三十万", "1250000"),
    ("三五万", "40000"),
    # Chinese, yuan
    ("500元", "500"),
    ("3000块", "3000"),
    ("三千来块", "3000"),
    ("三千块钱", "3000"),
    ("两千八百块", "2800"),
    ("一百五十元", "150"),
    ("3500.50元", "3500.5"),
    ("八千元", "8000"),
    ("一万二千三百四十五元", "12345"),
    ("三块五", "3.5"),
    ("500,000元", "500000"),
    ("1,234,567.89元", "1234567.89"),
    ("¥500,000", "500000"),
    ("￥8000", "8000"),
    ("人民币50万", "500000"),
    ("50万人民币", "500000"),
    ("5000块大洋", "5000"),
    ("12万元整", "120000"),
    # English
    ("200k", "200000"),
    ("50k", "50000"),
    ("2 million", "2000000"),
    ("300 grand", "300000"),
    ("half a mil", "500000"),
    ("half a million", "500000"),
    ("1.5m RMB", "1500000"),
    ("RMB 1.5m", "1500000"),
    ("RMB 500,000", "500000"),
    ("500,000 yuan", "500000"),
    ("500000 RMB", "500000"),
    ("CNY 80,000", "80000"),
    ("1.2 million yuan", "1200000"),
    ("38,5 Mio", "38500000"),
    ("3.6 (million)", "3600000"),
    ("1,200 k", "1200000"),
    ("two hundred thousand", "200000"),
    ("two million", "2000000"),
    ("a million and a half", "1500000"),
    ("one and a half million", "1500000"),
    ("a hundred thousand", "100000"),
    ("three hundred and fifty thousand", "350000"),
    ("a quarter million", "250000"),
    ("1.5mn", "1500000"),
    ("2 mil", "2000000"),
    ("80 thousand", "80000"),
    ("a couple hundred thousand", "200000"),
    ("2.5m", "2500000"),
    ("30 wan", "300000"),
    ("five hundred thousand yuan", "500000"),
    ("twenty-five thousand", "25000"),
    ("¥1.5m", "1500000"),
    ("RMB200k", "200000"),
    ("1 million two hundred thousand", "1200000"),
    ("二拾三万五", "235000"),
    ("8 万 6", "86000"),
    ("¥２００，０００", "200000"),
    (".9m", "900000"),
]


@pytest.mark.parametrize(("text", "yuan"), MONEY)
def test_money(text: str, yuan: str) -> None:
    found = only(text)
    assert (found.kind, found.value, found.currency) == ("money", Decimal(yuan), "cny")


RANGES = [
    ("10-20万", "100000", "200000"),
    ("10到20万", "100000", "200000"),
    ("10万到20万", "100000", "200000"),
    ("50万-80万", "500000", "800000"),
    ("50~80万", "500000", "800000"),
    ("五十到八十万", "500000", "800000"),
    ("三五万", "30000", "50000"),
    ("七八十万", "700000", "800000"),
    ("一百二三十万", "1200000", "1300000"),
    ("between 300 and 500 thousand", "300000", "500000"),
    ("300 to 500 thousand", "300000", "500000"),
    ("200-300k", "200000", "300000"),
    ("200k-300k", "200000", "300000"),
    ("1-2 million", "1000000", "2000000"),
    ("三百多万", "3000000", "4000000"),
    ("五十来万", "500000", "600000"),
    ("8000到10000元", "8000", "10000"),
    ("1.5-2亿", "150000000", "200000000"),
]


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_money_ranges_are_approximate(text: str, low: str, high: str) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high, found.approximate) == ("money", Decimal(low), Decimal(high), True)
    assert Decimal(low) <= found.value <= Decimal(high)


RATES = [
    ("12个点", "0.12"),
    ("年化4.35%", "0.0435"),
    ("百分之五", "0.05"),
    ("百分之4.5", "0.045"),
    ("3.45%", "0.0345"),
    ("６％", "0.06"),
    ("两个点", "0.02"),
    ("4个点半", "0.045"),
    ("三成", "0.3"),
    ("占60%", "0.6"),
    ("三分之一", "0.3333"),
    ("5 percent", "0.05"),
    ("4.35 per cent", "0.0435"),
    ("6pct", "0.06"),
    ("千分之三", "0.003"),
    ("月息0.8%", "0.096"),
    ("月息一分", "0.12"),
    ("月息一分二", "0.144"),
    ("月息四厘五", "0.054"),
    ("年息四厘五", "0.045"),
    ("1% a month", "0.12"),
    ("0.5% per month", "0.06"),
    ("5% per year", "0.05"),
    ("50 basis points", "0.005"),
    ("日息万五", "0.1825"),
    ("百分之三点六", "0.036"),
]


@pytest.mark.parametrize(("text", "fraction"), RATES)
def test_rates_are_fractions_a_year(text: str, fraction: str) -> None:
    found = only(text)
    assert (found.kind, found.value, len(found.readings) > 1) == ("rate", Decimal(fraction), False)


@pytest.mark.parametrize(
    ("text", "likely", "other"),
    [
        ("四厘五", "0.054", "0.045"),
        ("5厘", "0.06", "0.05"),
        ("一分二", "0.144", "0.12"),
        ("利息两分", "0.24", "0.2"),
        ("1分5", "0.18", "0.15"),
    ],
)
def test_street_rates_have_two_readings_unless_said(text: str, likely: str, other: str) -> None:
    assert only(text).readings == (Decimal(likely), Decimal(other))


PERIODS = [
    ("一个月流水8万", "80000", "month"),
    ("每个月流水8万", "80000", "month"),
    ("8万一个月", "80000", "month"),
    ("月均8万", "80000", "month"),
    ("80k a month", "80000", "month"),
    ("一年做100万", "1000000", "year"),
    ("一年营业额两百来万", "2000000", "year"),
    ("about 2 million a year", "2000000", "year"),
    ("去年卖了300万", "3000000", "year"),
    ("每天卖3000块", "3000", "day"),
    ("一天三千块", "3000", "day"),
    ("5万/月", "50000", "month"),
    ("monthly sales of 200k", "200000", "month"),
    ("100万每年", "1000000", "year"),
    ("一个季度50万", "500000", "quarter"),
    ("想借50万", "500000", None),
    ("50万", "500000", None),
]


@pytest.mark.parametrize(("text", "value", "period"), PERIODS)
def test_money_has_the_period_said(text: str, value: str, period: str | None) -> None:
    found = only(text)
    assert (found.value, found.period) == (Decimal(value), period)


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("$50k", "usd", "50000"),
        ("5万美元", "usd", "50000"),
        ("USD 20,000", "usd", "20000"),
        ("30 thousand dollars", "usd", "30000"),
        ("10万港币", "hkd", "100000"),
        ("€5000", "eur", "5000"),
        ("3万欧元", "eur", "30000"),
        ("100万日元", "jpy", "1000000"),
    ],
)
def test_other_currencies_are_marked(text: str, currency: str, value: str) -> None:
    found = only(text)
    assert (found.kind, found.currency, found.value) == ("money", currency, Decimal(value))


@pytest.mark.parametrize(("text", "sign"), [("-50万", -1), ("负50万", -1), ("50万", 1), ("10-20万", 1), ("亏了20万", 1)])
def test_only_a_written_minus_is_a_sign(text: str, sign: int) -> None:
    assert only(text).sign == sign


@pytest.mark.parametrize(
    "text", ["大概50万", "约50万", "50万左右", "差不多五十万", "快50万了", "about 500k", "roughly 500k", "500k or so", "50多万", "将近50万"]
)
def test_hedges_make_a_figure_approximate(text: str) -> None:
    assert only(text).approximate


@pytest.mark.parametrize("text", ["50万", "不超过50万", "想借50万", "500k"])
def test_no_hedge_no_approximation(text: str) -> None:
    assert not only(text).approximate
