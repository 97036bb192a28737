"""The figures of one text on the tests' day."""

from __future__ import annotations

from datetime import date

from nlu.quantities import Quantity, quantities

TODAY = date(2026, 11, 21)


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(text, today=TODAY)


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, [(item.kind, item.text) for item in found]
    return found[0]
