"""Invented firms by the thousand, stored as turns store them: some hardly known, some nearly fully, with values in usual proportions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection as Psycopg
from sqlalchemy import Engine

from bot.storage.tables import portfolio
from knowledge.firm import FactType, vocabulary
from knowledge.regions import regions
from knowledge.sql.columns import stored_values

_STARTED = datetime(2026, 1, 1, tzinfo=UTC)


def invented(count: int, seed: int = 20261121) -> Iterator[dict[str, Any]]:
    """Firms as plain JSON facts, the same for the same seed. How much is known of one is even from little to nearly everything."""
    chance = random.Random(seed)
    places = [code for code in regions() if not code.endswith("0000")]
    provinces = [code for code in regions() if code.endswith("0000")]
    for _ in range(count):
        whole = _whole_firm(chance)
        whole["region"] = chance.choice(provinces if chance.random() < 0.15 else places)
        known = chance.uniform(0.05, 0.95)
        yield {name: value for name, value in whole.items() if chance.random() < known}


def _whole_firm(chance: random.Random) -> dict[str, Any]:
    """Every fact but the place: revenue decides the magnitude of money, a few people a million."""
    revenue = round(10 ** chance.gauss(6.4, 0.7), 2)
    firm: dict[str, Any] = {}
    for name, spec in vocabulary().items():
        match spec.type:
            case FactType.MONEY:
                firm[name] = round(revenue * chance.uniform(0.02, 1.2), 2)
            case FactType.RATE:
                firm[name] = round(chance.uniform(0, 1), 4)
            case FactType.MONTHS:
                firm[name] = int(chance.expovariate(1 / 50))
            case FactType.COUNT:
                firm[name] = int(chance.expovariate(1 / 4))
            case FactType.FLAG:
                firm[name] = chance.random() < 0.2
            case FactType.CHOICE:
                firm[name] = chance.choice(tuple(spec.choices))
            case FactType.CHOICES:
                firm[name] = chance.sample(tuple(spec.choices), chance.randint(1, 3))
            case FactType.TEXT:
                firm[name] = f"{chance.randrange(10**9):09d}"
    employees = 1 + int(revenue / 300_000 * chance.uniform(0.3, 2))
    return firm | {"annual_revenue": revenue, "employees": employees, "new_hires_12m": chance.randint(0, employees // 3)}


def store_invented(engine: Engine, count: int) -> None:
    """Fill an empty PostgreSQL database with `count` owners, numbered from 0, and what is known of their firms."""
    names = list(portfolio.c.keys())
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, Psycopg)
        with driver.cursor() as cursor:
            with cursor.copy("COPY owners (id, created_at) FROM STDIN") as copy:
                for number in range(count):
                    copy.write_row((f"tg:{number}", _STARTED))
            with cursor.copy(f"COPY portfolio ({', '.join(names)}) FROM STDIN") as copy:
                for number, firm in enumerate(invented(count)):
                    values = {"owner_id": f"tg:{number}", **stored_values(firm)}
                    copy.write_row([values[name] for name in names])
        driver.commit()
        driver.autocommit = True
        driver.execute("VACUUM ANALYZE portfolio")
