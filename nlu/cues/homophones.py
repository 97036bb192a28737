"""Slips of the input method: 代款 for 贷款, 例润 for 利润, read as the word meant; and how the south says 没: 冒打过官司."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues.load import table


def _slips() -> Iterator[tuple[str, str]]:
    """Pairs of a pattern and the word meant; the pattern takes every mixture of right and mistyped characters."""
    for word, typed in table("homophones").items():
        yield "".join(f"[{right}{wrong}]" for right, wrong in zip(word, [*typed, *[""] * len(word)], strict=False)), word


_WORDS = tuple(word for _, word in _slips())
_SLIP = re.compile("|".join(f"({pattern})" for pattern, _ in _slips()))
#: Slips that are words of their own elsewhere: 货款 beside what only a loan has, 单保 before who guarantees, 抵呀 after a wish.
_BESIDE = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (
            r"货款(?=利[息率]|额度|期限|条件|产品|政策|顾问|申请|怎么[办弄搞申贷]|好[办批]|能批|要(?:啥|什么|哪些)(?:手续|材料|条件|资料))|(?<=申请)货款|(?<=想办)货款|(?<=办理)货款|(?<=[没不能]批)货款",
            "贷款",
        ),
        (r"(?<![简订下])单保(?=公司|人|费|机构|贷)", "担保"),
        (r"(?<=[想能要可拿以])(?:抵[呀压]|[低底]压)|抵[呀](?=[房车设地贷])|抵压", "抵押"),
        (r"(?<!象)征性(?=不|有|怎|好|差|花|报|咋|查)", "征信"),
        (r"(?<![固稳给锁确一指特限])定单(?!价|位|人|次|身|量)", "订单"),
        (r"(?<![来下])不贴(?=政策|怎么|能)", "补贴"),
        (
            r"冒(?=得|有(?!险)|打过|欠过|借过|贷过|拖过|逾期|办过)|莫(?=欠过|借过|贷过|拖过|逾期过|打过)",
            "没",
        ),
    )
)


#: A way to begin that asks nothing by itself: 老师我想问一下，我做小程序的.
_MAY_I_ASK = re.compile(r"(?:[我俺咱]们?)?(?:就是?)?想(?:请|咨)?[问询](?:一下|下|问|[你您]们?)*(?=[，,：:])")


def mended(norm: str) -> str:
    """The text with slips put right, and without what only leads up to it. Same length as the input."""
    norm = _MAY_I_ASK.sub(lambda match: "，" * len(match[0]), norm)
    norm = _SLIP.sub(lambda match: _WORDS[(match.lastindex or 1) - 1], norm)
    for pattern, word in _BESIDE:
        norm = pattern.sub(word, norm)
    return norm
