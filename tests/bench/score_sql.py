"""A stored portfolio scored inside the database it lies in: PostgreSQL and DuckDB, beside Python and a fitted library object.

Every firm's points, log-odds, probability, grade and coverage are written to a table. A sample is scored by Python too, and
both databases must say the same of each of its firms.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from bot.storage.database import open_database
from knowledge.firm import Firm
from scoring.card import block_points, default_card, score
from scoring.questions import sound
from tests.bench._lines import TODAY, Figure, Missing, Size, at_most, percentile, rounded, timed
from tests.bench._portfolio import invented, store_invented
from tests.bench._scorers import copied_to_duckdb, fitted, kept_in_duckdb, kept_in_postgres, row
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

#: Seconds for a million firms, in one of the databases.
TARGET, MILLION = 5.0, 1_000_000
SAMPLE, ROWS, ROUNDS = 2_000, 50, 3
#: How far points may lie apart.
CLOSE = 1e-9


def run(size: Size) -> Iterator[Figure]:
    """Seconds for all stored firms in each database; what the same would take in Python; and how far they differ."""
    programs = server_programs()
    if programs is None:
        raise Missing(NOT_INSTALLED)
    count, card = size.pick(50_000, MILLION), default_card()
    note = f"{os.cpu_count()} cores" if size.full else "the short size has 50,000 firms; SIZE=full has 1,000,000"
    firms = [Firm.of(raw, TODAY) for raw in islice(invented(SAMPLE), SAMPLE)]
    with (
        postgres_running(programs) as server,
        empty_database(server, "scores") as address,
        tempfile.TemporaryDirectory(prefix="advisor-score-") as folder,
    ):
        engine = open_database(address)
        store_invented(engine, count)
        database = copied_to_duckdb(engine, Path(folder))
        took = {"postgresql": _median(lambda: kept_in_postgres(engine, card)), "duckdb": _median(lambda: kept_in_duckdb(database, card))}
        for name, seconds in took.items():
            yield Figure(f"{name}_{count}_firms", rounded(seconds), "s", versus=note)
        best = min(took, key=lambda name: took[name])
        if count == MILLION:
            yield at_most(f"fastest_{count}_firms", rounded(took[best]), "s", TARGET, best)
        yield from _one_by_one(firms, count, took[best])
        with engine.connect() as connection:
            in_postgres = connection.execute(text("SELECT firm, points, grade FROM scored")).all()
        yield from _differing("postgresql", [tuple(one) for one in in_postgres], firms)
        yield from _differing("duckdb", database.execute("SELECT firm, points, grade FROM scored").fetchall(), firms)
        database.close()
        engine.dispose()


def _median(work: Callable[[], None]) -> float:
    return percentile(timed(lambda _: work(), range(ROUNDS)), 50)


def _one_by_one(firms: list[Firm], count: int, best: float) -> Iterator[Figure]:
    """The same sample in Python and by a fitted library object, a firm at a time."""
    card = default_card()
    start = time.perf_counter()
    for firm in firms:
        score(sound(firm), card)
    each = (time.perf_counter() - start) / len(firms)
    versus = f"{rounded(each * count)} s for {count} firms, {rounded(each * count / best)} times as long as the faster database"
    yield Figure("python_a_firm", rounded(each * 1e6), "us", versus=versus)
    model = fitted(firms, card)
    row_each = percentile(timed(lambda firm: model.predict_proba([row(firm)]), firms[:ROWS]), 50)
    yield Figure("library_object_a_firm", rounded(row_each * 1e6), "us", versus=f"{rounded(row_each * count)} s for {count} firms")


def _differing(name: str, rows: list[tuple[str, float, str]], firms: list[Firm]) -> Iterator[Figure]:
    """How far the database's points lie from Python's at most, and how many firms have another grade."""
    card, said = default_card(), {firm: (points, grade) for firm, points, grade in rows}
    furthest, others = 0.0, 0
    for number, firm in enumerate(firms):
        facts = sound(firm)
        exact = card.base_points + sum(block_points(block, facts) for block in card.blocks)
        points, grade = said[f"tg:{number}"]
        furthest = max(furthest, abs(points - exact))
        others += grade != score(facts, card).grade
    yield at_most(f"{name}_points_apart", furthest, "points", CLOSE, f"{len(firms)} firms")
    yield at_most(f"{name}_other_grades", others, "firms", 0, f"{len(firms)} firms")
