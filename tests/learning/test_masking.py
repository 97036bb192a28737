"""Personal data is masked; what a message asks, and the form of its figures, stays."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.learning.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("", ""),
        ("想贷50万，年化4.35%", "想贷88万，年化8.88%"),
        ("2019年开的店", "2019年开的店"),
        ("五十来万", "五十来万"),
        ("我的电话13812345678", "我的电话88888888888"),
        ("call +86 138-1234-5678 please", "call +88 888-8888-8888 please"),
        ("身份证35010219900307123X", "身份证888888888888888888"),
        ("卡号6222 0212 3456 7890 123", "卡号8888 8888 8888 8888 888"),
        ("信用代码91350100MA2XABCD1X", "信用代码888888888888888888"),
        ("邮箱a@b.cn", "邮箱name@example.com"),
        ("mail lin.wei@shop.com.cn now", "mail name@example.com now"),
        ("看 https://shop.cn/a?id=7 这里", "看 www.example.com 这里"),
        ("加我微信 linwei88", "加我微信 someone"),
        ("ask @linwei99", "ask @someone"),
        ("我叫林小伟，想贷款", "我叫某某，想贷款"),
        ("我是王芳，开餐馆的", "我是某某，开餐馆的"),
        ("王总说可以续贷", "某总说可以续贷"),
        ("张建国先生在吗", "某先生在吗"),
        ("老陈在的时候", "老某在的时候"),
        ("My name is Lin Wei, I need a loan", "My name is Someone, I need a loan"),
        ("Mr. Chen said no", "Mr. Someone said no"),
        ("我在福州鼎鑫餐饮有限公司", "我在某某有限公司"),
        ("我们公司能贷多少", "我们公司能贷多少"),
        ("we are Golden Dragon Trading Co., Ltd. in Fuzhou", "we are Some Company in Fuzhou"),
        ("店名“阿香米线”，贷10万", "店名某某，贷88万"),
        ("my shop is called 'Lucky Bite'", "my shop is called Something"),
        ("营业额 1,200,000 元", "营业额 8,888,888 元"),
    ],
)
def test_what_is_masked_and_what_stays(text: str, masked: str) -> None:
    assert mask(text) == masked


@example(".@00公.0")
@given(st.text(alphabet="我叫王芳老陈公司店有限0123456789 -+@.,，aMr:'“”名字是", max_size=40))
def test_masking_twice_is_masking_once_and_no_digit_is_left_but_of_years(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    assert not re.search(r"[0-79]", re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", "", once))


@given(st.integers(10**6, 10**18))
def test_no_long_number_survives(number: int) -> None:
    assert str(number) not in mask(f"号码是{number}。") or set(str(number)) == {"8"}
