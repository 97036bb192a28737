"""The first one, the last two, 前两个: what is pointed at in the list shown last."""

from __future__ import annotations

import pytest

from bot.conversation.model import Button, Reply
from bot.conversation.pointing import listed_in, pointed_at

LIST = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("第一个", "a"), ("就第一个吧，怎么申请", "a"), ("第二款要什么材料", "b"), ("第3家利率多少", "c"), ("第一个和第三个有啥区别", "ac"),
        ("第二和第三比呢", "bc"), ("前两个比一下", "ab"), ("这两个哪个便宜", "ab"), ("前3个里哪个快", "abc"), ("最后那个呢", "d"),
        ("compare the first two", "ab"), ("the first one please", "a"), ("which papers for the second one", "b"), ("the third", "c"),
        ("the first and the third", "ac"), ("what about the last one", "d"), ("the top two", "ab"), ("option 2", "b"), ("both", "ab"),
        ("how do I apply for the second loan?", "b"), ("First one", "a"),
        ("第一年没赚钱", ""), ("第一次贷款", ""), ("第二天就要", ""), ("前两年亏了", ""), ("前两个月没流水", ""), ("第一产业", ""),
        ("my first loan", ""), ("the first time I borrow", ""), ("the last year was bad", ""), ("last month", ""),
        ("the first two years were hard", ""), ("our second shop", ""), ("both of us work here", ""), ("第九个", ""),
    ],
)  # fmt: skip
def test_words_point_into_the_list(text: str, pointed: str) -> None:
    assert pointed_at(text, LIST) == tuple(pointed)


def test_without_a_list_nothing_is_pointed_at() -> None:
    assert pointed_at("the first one", ()) == ()


def test_the_first_list_among_the_replies_counts_and_one_entry_is_no_list() -> None:
    one = Reply("", (Button("n:x", ""), Button("d:x", "")))
    loans = Reply("", (Button("n:a", ""), Button("m:product", ""), Button("n:b", ""), Button("n:a", "")))
    subsidies = Reply("", (Button("n:c", ""), Button("n:d", "")))
    assert listed_in((one, loans, subsidies)) == ("a", "b")
    assert listed_in((one,)) == ()
