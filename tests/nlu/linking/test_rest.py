"""What the rules read without a figure or words of its own is dropped where the message makes it unlikely, and nothing else is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from nlu.linking.encoder.hear import encoder
from nlu.linking.model import Judge, Trees
from nlu.linking.rest.places import Read, place, unweighed
from nlu.linking.rest.weigh import probable
from nlu.mentions import by_rules, extract_facts

TODAY = date(2026, 11, 21)


def _says(value: float) -> Judge:
    """A judge that says the same of everything, in log-odds."""
    node = np.zeros((1, 1), dtype=np.int32)
    return Judge(Trees(node, np.zeros((1, 1), np.float32), node, node, np.full((1, 1), value, np.float32), base=0.0, depth=1), "")


@pytest.mark.parametrize(
    ("text", "asking", "expected"),
    [
        ("我们在宁波慈溪做模具", None, {"region"}),
        ("员工12个，去年营业额350万", None, set()),
        ("没有逾期，也没有贷款", None, {"overdue_12m", "existing_loans"}),
        ("2021年开的饭馆", None, {"age_months"}),
        ("工行还剩30万，网商15万", None, {"existing_loans"}),
        ("员工12个", "employees", {"employees"}),
        ("开饭馆的", "industry", {"industry"}),
        ("开饭馆的", None, set()),
    ],
)
def test_what_nothing_else_weighs(text: str, asking: str | None, expected: set[str]) -> None:
    extraction, view = by_rules(text, today=TODAY, asking=asking)
    assert {mention.name for mention in unweighed(Read(view, encoder().hear(view), extraction.mentions))} == expected


def test_what_is_unlikely_is_dropped_and_what_others_weigh_stands() -> None:
    text = "我们在宁波慈溪做模具，员工12个"
    extraction, view = by_rules(text, today=TODAY)
    heard = encoder().hear(view)
    assert probable(_says(9), view, heard, extraction.mentions, extraction.mentions) == extraction.mentions
    left = probable(_says(-9), view, heard, extraction.mentions, extraction.mentions)
    assert {mention.name for mention in left} == {"industry", "employees"}


def test_what_is_the_whole_message_stands() -> None:
    extraction, view = by_rules("宁波慈溪", today=TODAY)
    assert probable(_says(-9), view, encoder().hear(view), extraction.mentions, extraction.mentions) == extraction.mentions


def test_every_fact_has_as_many_numbers() -> None:
    lengths = set()
    for text in ("我们在宁波慈溪，没有逾期", "工行还剩30万，网商15万，2021年开的", "Cixi, Ningbo. never late"):
        extraction, view = by_rules(text, today=TODAY)
        read = Read(view, encoder().hear(view), extraction.mentions)
        lengths |= {len(place(read, mention)) for mention in unweighed(read)}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们在宁波慈溪做模具，去年营业额600万", "region"),
        ("没有逾期，想借30万", "overdue_12m"),
        ("we have no loans and 12 staff", "existing_loans"),
    ],
)
def test_what_is_plainly_said_stands(text: str, name: str) -> None:
    assert name in extract_facts(text, today=TODAY).facts
