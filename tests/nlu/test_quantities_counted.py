"""Spans of time, things counted, years, bare numbers, and what must not be read as a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlu.quantities import quantities
from tests.nlu.figures import TODAY, only, read

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


def test_a_span_of_a_year_is_a_duration_where_it_is_no_period() -> None:
    assert [(item.kind, item.value) for item in read("借50万用一年")] == [("money", Decimal(500000)), ("duration", Decimal(12))]
    assert [(item.kind, item.value) for item in read("开了一年")] == [("duration", Decimal(12))]


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
