"""Which figure of a labelled message states which fact."""

from __future__ import annotations

import json
from datetime import date

import pytest

from nlu.linking.labels import UNSURE, aligned, messages, read
from nlu.quantities import quantities

TODAY = date(2026, 11, 21)

CASES = [
    ("员工十二个，想借五十万", {"employees": 12, "amount_sought": 500000}, {}, ("employees", "amount_sought")),
    ("房租八千，想借五十万", {"amount_sought": 500000}, {}, ("", "amount_sought")),
    ("去年亏了八万", {"net_profit": -80000}, {}, ("net_profit",)),
    ("一年流水一百二十万", {"monthly_inflow": 100000}, {}, ("monthly_inflow",)),
    ("2021年3月成立", {"age_months": 68}, {}, ("",)),
    ("a sum of 300k or so", {}, {"amount_sought": 300000}, (UNSURE,)),
]


@pytest.mark.parametrize(("text", "facts", "optional", "expected"), CASES, ids=[case[0] for case in CASES])
def test_aligned(text: str, facts: dict[str, object], optional: dict[str, object], expected: tuple[str, ...]) -> None:
    line = {"id": "x", "language": "zh", "intent": "state_facts", "text": text, "facts": facts, "asking": None, "optional": optional}
    (message,) = read(json.dumps(line))
    figures = quantities(text, today=TODAY)
    assert aligned(message, figures) == expected


def test_every_labelled_message_is_readable() -> None:
    """`read` refuses facts and values that the vocabulary does not have."""
    found = messages()
    assert len({message.id for message in found}) == len(found)
