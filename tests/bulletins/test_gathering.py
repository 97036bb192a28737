"""Rows for whom a bulletin is for, some at a time: each fitting firm gets one, however many in between do not fit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.broadcasting.office import Office
from bot.storage.bulletins.audience import eligible
from bot.storage.bulletins.delivery import gather
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.store import Store
from knowledge.pack import Pack, load_pack
from tests.bulletins.written import ENTRY, FITS, FUJIAN, NO, NOW, OPEN, approved, firm, officers

#: Fits, cannot be told, does not fit, does not listen; long runs of one kind are longer than a step.
FIRMS = "f" + "n" * 5 + "fuus" + "s" * 3 + "nf" + "f" * 6 + "n" * 4


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.mark.parametrize(("some", "ask"), [(1, True), (3, False), (100, True)])
def test_everybody_it_is_for_gets_one_row_in_order(store: Store, pack: Pack, some: int, ask: bool) -> None:
    facts = {"f": (FITS, "zh"), "u": (OPEN, "zh"), "n": (NO, "zh"), "s": (FITS, None)}
    owners = [(kind, firm(store, number, *facts[kind])) for number, kind in enumerate(FIRMS, start=1)]
    entry = pack.get(ENTRY)
    assert entry is not None
    number = approved(Office(store, pack), officers(store)).id
    steps: list[int] = []
    done = False
    while not done:
        with store.begin() as connection:
            done = gather(connection, number, eligible(entry, FUJIAN, NOW.date(), ask=ask), some, NOW)
            steps.append(len(connection.execute(select(bulletin_rows)).all()))
    with store.begin() as connection:
        rows = connection.execute(select(bulletin_rows.c.owner_id, bulletin_rows.c.fits).order_by(bulletin_rows.c.owner_id)).all()
    wanted = "fu" if ask else "f"
    assert [tuple(row) for row in rows] == [(owner, True if kind == "f" else None) for kind, owner in owners if kind in wanted]
    assert all(later - earlier < 2 * some for earlier, later in zip([0, *steps], steps, strict=False))
