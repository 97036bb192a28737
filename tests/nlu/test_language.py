"""The language a message is answered in."""

from __future__ import annotations

import pytest

from nlu.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what is 保理?", "en"),
        ("how do I get 专精特新 status for my company?", "en"),
        ("I run a shop in 福州", "en"),
        ("hello", "en"),
        ("Need 500k", "en"),
        ("what does 国内保理 (柜内保理) mean?", "en"),
        ("我要借50万", "zh"),
        ("我用POS机收款", "zh"),
        ("做app开发的", "zh"),
        ("利率LPR加多少", "zh"),
        ("有什么 working capital loan 推荐？我做 restaurant 的", "zh"),
        ("你好", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text, "zh") == language
    assert language_of(text, "en") == language


@pytest.mark.parametrize("text", ["", "123", "50w", "😀", "?!", "50%"])
def test_no_words_keep_the_default(text: str) -> None:
    assert language_of(text, "zh") == "zh"
    assert language_of(text, "en") == "en"
