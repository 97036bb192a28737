"""What an officer writes in the chat where a button could have been tapped: taken as it is meant, or one sentence on why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.bulletins.composing import Composition, Step, heard
from knowledge.pack import Pack
from tests.bulletins.written import NOW, OFFICER

TOLD: Mapping[str, Any] = {"send_at": "2026-11-27T09:00:00+08:00"}


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        (Step.REGION, "350100", {"region": "350100"}),
        (Step.REGION, "福州市", {"region": "350100"}),
        (Step.REGION, "福建省福州市鼓楼区", {"region": "350102"}),
        (Step.WHEN, "tomorrow", {"send_at": "2026-11-27T09:00:00+08:00"}),
        (Step.WHEN, "2026-12-01 09:30", {"send_at": "2026-12-01T09:30:00+08:00"}),
        (Step.WHEN, "2026年12月1日 9：30", {"send_at": "2026-12-01T09:30:00+08:00"}),
        (Step.DAYS, "10", {"expires": "2026-12-07"}),
        (Step.ASK, "no", {"ask": False}),
    ],
)
def test_what_is_written_in_place_of_a_tap(step: Step, said: str, told: Mapping[str, Any]) -> None:
    after, _ = heard(Composition(step, TOLD), OFFICER, said, NOW, lambda _: ())
    assert after.told is not None
    assert {name: after.told[name] for name in told} == told
    assert after.step is list(Step)[list(Step).index(step) + 1]


@pytest.mark.parametrize(
    ("step", "said", "why"),
    [
        (Step.ZH, "贴息\n<b>没关上", "中文正文的格式标记有误，问题在 <b>。"),
        (Step.EN, "Subsidy\n" + "long " * 900, "英文正文连标题共4508个字符，一条消息最多4096个，请缩短。"),
        (Step.ZH, "只有标题", "标题和正文都要有：第一行标题，换行后是正文。"),
        (Step.ENTRY, "sub-startup-loan-old", "政策条目 sub-startup-loan-old 已于2023-12-31到期。"),
    ],
)
def test_what_cannot_be_sent_is_said_at_once(pack: Pack, step: Step, said: str, why: str) -> None:
    before = Composition(step, TOLD)
    after, asked = heard(before, OFFICER, said, NOW, lambda text: [entry] if (entry := pack.get(text)) else [])
    assert asked is not None
    assert (after, asked.text) == (before, why)


@pytest.mark.parametrize(
    ("step", "said", "why"),
    [
        (Step.REGION, "深圳市", "深圳市不在您负责的福建省范围内。"),
        (Step.REGION, "440300", "深圳市不在您负责的福建省范围内。"),
        (Step.REGION, "榕城", "没有叫“榕城”的地区，请写一个名称（如福州市）或六位代码。"),
        (Step.REGION, "999999", "没有代码为999999的地区。"),
        (Step.WHEN, "2026-11-20 09:00", "发送时间2026-11-20 09:00已经过去。"),
        (Step.WHEN, "2026-02-30 09:00", "没看懂这个时间。"),
        (Step.WHEN, "昨天", "没看懂这个时间。"),
        (Step.DAYS, "0", "请写 1 到 90 之间的天数。"),
        (Step.DAYS, "²", "请写 1 到 90 之间的天数。"),
        (Step.ASK, "也许", "请点下面的一个按钮。"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_the_question_again(step: Step, said: str, why: str) -> None:
    before = Composition(step, TOLD)
    after, asked = heard(before, OFFICER, said, NOW, lambda _: ())
    assert asked is not None
    assert (after, asked.text.splitlines()[0], bool(asked.choices)) == (before, why, True)
