"""What holds for the figures of any text: amounts read back, spans lie in the text, nothing raises."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nlu.figures import only, read

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
