"""One new entry against every stored firm in PostgreSQL: the three counts, as a policy office previews an audience.

The same rule is tried by Python's evaluator on a sample of the same firms in the same run, and both must say the same of each of them.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice

from sqlalchemy import Engine, select

from bot.storage.database import open_database
from bot.storage.portfolio import FIRM_COLUMNS, count_audience
from bot.storage.tables import portfolio
from knowledge.eligibility import Status, judge
from knowledge.entries import Entry
from knowledge.firm import Firm
from knowledge.pack import load_pack
from knowledge.sql.compiling import compile_entry
from tests.bench._lines import TODAY, Figure, Missing, Size, at_most, percentile, rounded, timed
from tests.bench._portfolio import invented, store_invented
from tests.made_entries import made_entry
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

#: Seconds for the three counts over a million stored firms.
TARGET, MILLION = 2.0, 1_000_000
SAMPLE, ROUNDS = 10_000, 5
_STATUS = {True: Status.ELIGIBLE, False: Status.INELIGIBLE, None: Status.UNKNOWN}

#: A national measure with every costly kind of comparison in its rule, so that hardly a firm is settled by the first of them.
NEW_ENTRY = made_entry(
    "sub-new-measure",
    zh="新贴息",
    en="New subsidy",
    region={"within": "100000", "without": ["350200"]},
    when={
        "all": [
            {"fact": "size_class", "in": ["micro", "small", "medium"]},
            {"fact": "debt_ratio", "at_most": 0.7},
            {"fact": "blacklisted", "is": False},
            {"fact": "tax_grade", "in": ["A", "B", "M"]},
            {"fact": "age_months", "between": [12, 240]},
            {
                "any": [
                    {"fact": "new_hire_share", "at_least": 0.1},
                    {"fact": "collateral", "includes": ["real_estate", "ip", "orders"]},
                    {"all": [{"fact": "high_tech", "is": True}, {"check": {"zh": "证书在有效期内", "en": "certificate valid"}}]},
                ]
            },
            {"not": {"fact": "amount_sought", "more_than": 5_000_000}},
        ]
    },
)


def run(size: Size) -> Iterator[Figure]:
    """Seconds for three numbers of firms, and whether Python's evaluator says the same."""
    programs = server_programs()
    if programs is None:
        raise Missing(NOT_INSTALLED)
    counts = (10_000, 100_000, MILLION) if size.full else (10_000, 100_000)
    with postgres_running(programs) as server:
        for count in counts:
            with empty_database(server, f"firms{count}") as address:
                engine = open_database(address)
                store_invented(engine, count)
                if count == counts[0]:
                    yield from _beside_python(engine)
                yield _counting(engine, count, None if size.full else "the short size ends at 100,000 firms; SIZE=full has 1,000,000")
                if count == counts[-1]:
                    yield _slowest(engine, count)
                engine.dispose()


def _counting(engine: Engine, count: int, note: str | None) -> Figure:
    median = rounded(percentile(timed(lambda _: _count(engine, NEW_ENTRY), range(ROUNDS)), 50))
    name = f"new_entry_{count}_firms"
    return at_most(name, median, "s", TARGET) if count == MILLION else Figure(name, median, "s", versus=note)


def _count(engine: Engine, entry: Entry) -> object:
    return count_audience(engine, compile_entry(entry, TODAY, FIRM_COLUMNS))


def _slowest(engine: Engine, count: int) -> Figure:
    """The shipped entry whose rule takes longest."""
    entries = [entry for entry in load_pack() if entry.rule is not None]
    took = dict(zip([entry.id for entry in entries], timed(partial(_count, engine), entries), strict=True))
    slowest = max(took, key=lambda name: took[name])
    name, value = f"slowest_shipped_entry_{count}_firms", rounded(took[slowest])
    return at_most(name, value, "s", TARGET, slowest) if count == MILLION else Figure(name, value, "s", versus=slowest)


def _beside_python(engine: Engine) -> Iterator[Figure]:
    """The stored firms of the smallest size, each tried by both evaluators, on the new entry and on the shipped ones."""
    firms = [Firm.of(raw, TODAY) for raw in islice(invented(SAMPLE), SAMPLE)]
    start = time.perf_counter()
    tried = [judge(NEW_ENTRY, firm, TODAY).status for firm in firms]
    took = time.perf_counter() - start
    by_sql = percentile(timed(lambda _: _count(engine, NEW_ENTRY), range(ROUNDS)), 50)
    versus = f"Python's evaluator on the same firms: {rounded(took)} s"
    yield Figure(f"sample_of_{SAMPLE}_firms", rounded(by_sql), "s", versus=versus)
    yield at_most("firms_differing_new_entry", _differing(engine, NEW_ENTRY, tried), "firms", 0, _told(tried))
    shipped = [entry for entry in load_pack() if entry.rule is not None]
    differing = sum(_differing(engine, entry, [judge(entry, firm, TODAY).status for firm in firms[:1000]]) for entry in shipped)
    yield at_most("firms_differing_shipped", differing, "firms", 0, f"{len(shipped)} entries x 1000 firms")


def _differing(engine: Engine, entry: Entry, tried: list[Status]) -> int:
    truth = compile_entry(entry, TODAY, FIRM_COLUMNS).label("truth")
    with engine.connect() as connection:
        said = {owner: _STATUS[verdict] for owner, verdict in connection.execute(select(portfolio.c.owner_id, truth))}
    return sum(said[f"tg:{number}"] is not status for number, status in enumerate(tried))


def _told(tried: list[Status]) -> str:
    counted = Counter(tried)
    return ", ".join(f"{counted[status]} {status.value}" for status in Status)
