"""Figures in owners' messages: exact values, ranges, what must not be read as a figure, and properties that hold for any text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.quantities import Quantity, quantities

TODAY = date(2026, 11, 21)


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(text, today=TODAY)


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, [(item.kind, item.text) for item in found]
    return found[0]


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


DURATIONS = [
    ("半年", "6"),
    ("三年", "36"),
    ("三年半", "42"),
    ("三年零俩月", "38"),
    ("一年零三个月", "15"),
    ("一年", "12"),
    ("两年", "24"),
    ("36期", "36"),
    ("十八个月", "18"),
    ("18个月", "18"),
    ("2 yrs", "24"),
    ("a year and a half", "18"),
    ("two and a half years", "30"),
    ("half a year", "6"),
    ("18 months", "18"),
    ("1.5 years", "18"),
    ("3-year", "36"),
    ("2 years and 3 months", "27"),
    ("1 yr 6 months", "18"),
    ("1年半", "18"),
    ("十年", "120"),
    ("二十年", "240"),
    ("三个月", "3"),
    ("两个季度", "6"),
    ("一个半月", "1.5"),
    ("five years", "60"),
    ("二十四期", "24"),
    ("12 instalments", "12"),
    ("2年6个月", "30"),
]


@pytest.mark.parametrize(("text", "months"), DURATIONS)
def test_durations_are_months(text: str, months: str) -> None:
    found = only(text)
    assert (found.kind, found.value, found.approximate) == ("duration", Decimal(months), False)


@pytest.mark.parametrize(
    ("text", "months", "low", "high"),
    [
        ("一年多", "12", "12", "24"),
        ("半年多", "6", "6", "12"),
        ("两三年", "30", "24", "36"),
        ("3-5年", "48", "36", "60"),
        ("十几年", "120", "120", "240"),
        ("2 to 3 years", "30", "24", "36"),
    ],
)
def test_vague_durations_have_bounds(text: str, months: str, low: str, high: str) -> None:
    found = only(text)
    assert (found.value, found.low, found.high, found.approximate) == (Decimal(months), Decimal(low), Decimal(high), True)


COUNTS = [
    ("十来个人", "10", "person", True),
    ("二十几个人", "20", "person", True),
    ("20个人", "20", "person", False),
    ("22名员工", "22", "person", False),
    ("12 staff", "12", "person", False),
    ("twenty-five employees", "25", "person", False),
    ("5 people", "5", "person", False),
    ("七八个", "7.5", "each", True),
    ("两次", "2", "time", False),
    ("3 times", "3", "time", False),
    ("35岁", "35", "age", False),
    ("三十五岁", "35", "age", False),
    ("35 years old", "35", "age", False),
    ("45天", "45", "day", False),
    ("两个星期", "14", "day", False),
    ("30 days", "30", "day", False),
    ("6项专利", "6", "patent", False),
    ("3 patents", "3", "patent", False),
    ("200多个客户", "200", "customer", True),
    ("15 clients", "15", "customer", False),
    ("20多个工人", "20", "person", True),
    ("十五六个人", "15.5", "person", True),
    ("百来号人", "100", "person", True),
    ("late once or so", "1", "time", False),
    ("paid late twice last year", "2", "time", False),
    ("needed in a fortnight", "14", "day", False),
]


@pytest.mark.parametrize(("text", "value", "unit", "approximate"), COUNTS)
def test_counts(text: str, value: str, unit: str, approximate: bool) -> None:
    found = only(text)
    assert (found.kind, found.value, found.unit, found.approximate) == ("count", Decimal(value), unit, approximate)


YEARS = [
    ("2021年开的", 2021, None),
    ("2021年3月", 2021, 3),
    ("since 2019", 2019, None),
    ("08年", 2008, None),
    ("08年开的", 2008, None),
    ("二零一九年", 2019, None),
    ("founded in 2015", 2015, None),
    ("2023-05-01", 2023, 5),
    ("March 2021", 2021, 3),
    ("2022/7", 2022, 7),
    ("21年开的", 2021, None),
    ("98年成立", 1998, None),
    ("一九年开业", 2019, None),
    ("二〇二〇年六月", 2020, 6),
]


@pytest.mark.parametrize(("text", "year", "month"), YEARS)
def test_years(text: str, year: int, month: int | None) -> None:
    found = only(text)
    assert (found.kind, found.value, found.month) == ("year", Decimal(year), month)


BARE = [
    ("两千八", "2800"),
    ("两百八", "280"),
    ("一百五", "150"),
    ("50", "50"),
    ("3500", "3500"),
    ("二十", "20"),
    ("三", "3"),
    ("五六十", "55"),
    ("十五吧", "15"),
    ("大概20", "20"),
    ("twenty", "20"),
]


@pytest.mark.parametrize(("text", "value"), BARE)
def test_numbers_without_a_unit_stay_numbers(text: str, value: str) -> None:
    found = only(text)
    assert (found.kind, found.value) == ("number", Decimal(value))


@pytest.mark.parametrize(
    ("text", "readings"),
    [("百八十万", ("1000000", "1800000")), ("千八百块", ("1000", "1800")), ("万八千块", ("10000", "18000"))],
)
def test_loose_talk_keeps_both_readings(text: str, readings: tuple[str, str]) -> None:
    assert only(text).readings == tuple(map(Decimal, readings))


NOTHING = [
    "好几十万",
    "几十万",
    "几百万",
    "好几万",
    "几千块",
    "上百万",
    "上千万",
    "电话13812345678",
    "我的手机是138 1234 5678",
    "身份证350102199001011234",
    "91350100M000100Y43",
    "下午3点",
    "3:30",
    "10点半",
    "5月1号",
    "三月",
    "A4纸",
    "万一",
    "千万别骗我",
    "一般纳税人",
    "十分感谢",
    "第3次",
    "一点也没有",
    "百货",
    "五金店",
    "三明",
    "四川",
    "九江",
    "一起",
    "一些",
    "账号6222021234567890123",
    "0591-87654321",
    "400-800-1234",
    "微信号abc12345",
    "https://example.com/50000",
    "10am",
    "一下",
    "一直",
    "千里马",
    "百度",
    "",
    "   ",
    "没有",
    "hello",
    "!!!",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_figure(text: str) -> None:
    assert [item for item in read(text) if item.kind in ("money", "rate", "duration", "number")] == []


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


def test_a_span_of_a_year_is_a_duration_where_it_is_no_period() -> None:
    assert [(item.kind, item.value) for item in read("借50万用一年")] == [("money", Decimal(500000)), ("duration", Decimal(12))]
    assert [(item.kind, item.value) for item in read("开了一年")] == [("duration", Decimal(12))]


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


_HAN = "零一二三四五六七八九"


def _in_han(value: int) -> str:
    """A number below 100,000,000 in Chinese characters, written out in full."""
    if value >= 10000:
        rest = value % 10000
        return _in_han(value // 10000) + "万" + ("" if rest == 0 else ("零" if rest < 1000 else "") + _in_han(rest))
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if pending and text else "") + _HAN[digit] + name
            pending = False
        else:
            pending = True
    return text


@given(st.integers(1, 99_999_999))
def test_any_amount_in_characters_reads_back(value: int) -> None:
    assert only(_in_han(value) + "元").value == value


@given(st.integers(1, 999_999_999))
def test_any_amount_in_digits_reads_back(value: int) -> None:
    for text in (f"{value}元", f"{value:,}元", f"¥{value:,}", f"RMB {value:,}", f"{value:,} yuan"):
        found = only(text)
        assert (found.value, found.currency) == (value, "cny")


@given(st.decimals("0.01", "9999", places=2))
def test_any_amount_in_wan_reads_back(value: Decimal) -> None:
    for text in (f"{value}万", f"{value}万元", f"{value}w", f"{value} 万"):
        assert only(text).value == value * 10000


@given(st.decimals("0.01", "999", places=2))
def test_any_english_scale_reads_back(value: Decimal) -> None:
    for text, scale in ((f"{value}k", 1000), (f"{value} thousand", 1000), (f"{value} million", 10**6), (f"{value}m yuan", 10**6)):
        assert only(text).value == value * scale


@given(st.decimals("0.01", "99.99", places=2))
def test_any_rate_reads_back(value: Decimal) -> None:
    for text in (f"{value}%", f"{value}个点", f"百分之{value}", f"{value} percent"):
        found = only(text)
        assert (found.kind, found.value) == ("rate", value / 100)


@given(st.integers(1, 50), st.integers(1, 11))
def test_any_span_reads_back(years: int, months: int) -> None:
    for text in (f"{years}年零{months}个月", f"{years}年{months}个月", f"{years} years and {months} months"):
        found = only(text)
        assert (found.kind, found.value) == ("duration", years * 12 + months)


_OWNER_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("零一二两三四五六七八九十百千万亿几多来半点个年月分厘成元块%-~到,.。，0123456789wkm a")
    ),
    max_size=200,
)


@settings(max_examples=150, deadline=None)
@given(_OWNER_TEXT)
def test_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    last = 0
    for item in read(text):
        assert 0 <= item.start < item.end <= len(text)
        assert item.text == text[item.start : item.end]
        assert item.start >= last
        assert item.low is None or item.high is None or item.low <= item.high
        last = item.start


@settings(max_examples=5, deadline=None)
@given(st.text(alphabet="一二十百千万亿年月个分厘点半多来0123456789.,-% 百aandhlf", min_size=4000, max_size=4096))
def test_long_messages_do_not_raise(text: str) -> None:
    assert all(item.end <= len(text) for item in read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贷40万3年", [("money", 400000), ("duration", 36)]),
        ("借50万36期", [("money", 500000), ("duration", 36)]),
        ("营业额300万12个人", [("money", 3000000), ("count", 12)]),
        ("一年120万5口人", [("money", 1200000), ("count", 5)]),
        ("利润50万3个点", [("money", 500000), ("rate", Decimal("0.03"))]),
        ("40万3", [("money", 403000)]),
        ("1亿2千万", [("money", 120000000)]),
        ("sales five million two staff", [("money", 5000000), ("count", 2)]),
        ("five million twenty people", [("money", 5000000), ("count", 20)]),
        ("five million two hundred thousand", [("money", 5200000)]),
    ],
)
def test_a_count_behind_a_sum_is_none_of_its_digits(text: str, expected: list[tuple[str, Decimal]]) -> None:
    assert [(item.kind, item.value) for item in quantities(text, today=TODAY)] == expected
