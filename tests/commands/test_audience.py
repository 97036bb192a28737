"""`advisor audience`: counts over the stored firms, on SQLite and PostgreSQL, and what it says of lines it cannot answer."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import true
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from bot.channels.lines import answer_lines
from bot.cli import app
from bot.commands.audience import COMPARISONS_AT_MOST, DEPTH_AT_MOST, VALUES_AT_MOST, audience
from bot.storage.database import DatabaseError, open_database
from bot.storage.portfolio import Audience, count_audience
from bot.storage.store import Store, StoredFact, TurnRecord
from knowledge.pack import Pack
from tests.shipped import shipped

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RECORD = TurnRecord({"text": "hello"}, "greet", [{"text": "hi"}], [], "0" * 64)
STAFF = {"fact": "employees", "at_least": 10}
Ask = Callable[..., Any]

FIRMS: list[dict[str, Any]] = [
    {"region": "350100", "specialised_level": "specialised", "industry": "industry", "employees": 9},
    {"region": "350000", "specialised_level": "little_giant", "industry": "software_it", "employees": 10},
    {"region": "350100", "specialised_level": "specialised", "industry": "transport"},
    {"region": "440100", "specialised_level": "specialised", "industry": "industry"},
    {},
]


def keep(store: Store, firms: list[dict[str, Any]]) -> None:
    for number, firm in enumerate(firms):
        owner = f"tg:{number}"
        known = [StoredFact(name, value, "said", TODAY, False) for name, value in firm.items()]
        with store.begin() as connection:
            store.commit_turn(connection, owner, store.recall(owner), {}, known, RECORD, NOW)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped()


@pytest.fixture
def ask(store: Store, pack: Pack) -> Ask:
    keep(store, FIRMS)

    async def answers(*lines: Any) -> list[Any]:
        async def source() -> AsyncIterator[str]:
            for line in lines:
                yield line if isinstance(line, str) else json.dumps(line)

        sink = io.StringIO()
        await answer_lines(audience(pack, partial(count_audience, store.engine), TODAY), source(), sink)
        return [json.loads(line) for line in sink.getvalue().splitlines()]

    return answers


def counts(name: Any, eligible: int, unknown: int, ineligible: int) -> dict[str, Any]:
    return {"id": name, "eligible": eligible, "unknown": unknown, "ineligible": ineligible}


async def test_counts_for_conditions_and_entries(ask: Ask) -> None:
    answers = await ask(
        {"id": "staff", "condition": STAFF},
        {"id": 2, "condition": {"not": STAFF}, "on": "2026-12-31"},
        {"id": 3, "condition": {"all": [{"fact": "region", "within": "350100"}, {"check": {"zh": "查", "en": "look"}}]}},
        {"id": 4, "entry": "sub-fj-zjtx-loan-2026"},
    )
    assert answers == [counts("staff", 1, 3, 1), counts(2, 1, 3, 1), counts(3, 0, 4, 1), counts(4, 2, 2, 1)]


async def test_an_entry_is_judged_as_of_the_date(ask: Ask, pack: Pack) -> None:
    ending = next(entry for entry in pack if entry.status == "in_force" and entry.rule and entry.valid.until and entry.valid.until > TODAY)
    last = ending.valid.until
    assert last is not None
    first, after = await ask(
        {"id": 1, "entry": ending.id, "on": last.isoformat()},
        {"id": 2, "entry": ending.id, "on": date.fromordinal(last.toordinal() + 1).isoformat()},
    )
    assert first["ineligible"] < len(FIRMS)
    assert after == counts(2, 0, 0, len(FIRMS))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"id": 1}, ['exactly one of "condition" and "entry"']),
        ({"id": 1, "condition": STAFF, "entry": "gua-tech-2024"}, ['exactly one of "condition" and "entry"']),
        ({"id": 1, "conditon": STAFF}, ["unknown key 'conditon'", "id, condition, entry, on"]),
        ({"id": 1, "entry": "sub-fj-zjtx-loan-2025"}, ["no entry 'sub-fj-zjtx-loan-2025'", "similar are sub-fj-zjtx-loan-2026"]),
        ({"id": 1, "entry": "高新贷"}, ["no entry", "there are def-apr, ", "tax-vat-threshold-10wan"]),
        ({"id": 1, "entry": ["gua-tech-2024"]}, ["no entry", "gua-tech-2024"]),
        ({"id": 1, "entry": "gua-tech-2024", "on": "tomorrow"}, ['"on" must be a date such as']),
        ({"id": 1, "condition": None}, ["condition: expected a mapping"]),
        ({"id": 1, "condition": {"fact": "employes", "at_least": 1}}, ["condition.fact", "'employes'", "similar are employees"]),
        ({"id": 1, "condition": {"fact": "employees", "atleast": 1}}, ["condition: employees takes exactly one of at_least, at_most"]),
        ({"id": 1, "condition": {"all": [{"fact": "tax_grade", "is": "E"}]}}, ["condition.all[0].is: tax_grade: one of A, B, M, C, D"]),
        ({"id": 1, "condition": {"al": []}}, ["`all`, `any`, `not`, `check`"]),
        ("{", ["not JSON"]),
        ([1], ["expected a JSON object"]),
        ({"entry": "gua-tech-2024"}, ['"id" is missing']),
    ],
)
async def test_a_bad_line_says_what_is_allowed_and_the_next_is_answered(ask: Ask, line: Any, words: list[str]) -> None:
    bad, good = await ask(line, {"id": 2, "condition": STAFF})
    assert set(bad) == {"id", "error"}
    assert bad["id"] == (line.get("id") if isinstance(line, dict) else None)
    assert bad["error"].startswith("line 1: ")
    assert all(word in bad["error"] for word in words), bad["error"]
    assert good == counts(2, 1, 3, 1)


async def test_half_a_character_comes_back_as_it_came(pack: Pack) -> None:
    async def source() -> AsyncIterator[str]:
        yield '{"id": "\\ud800", "\\udfff": 1}'

    output = io.TextIOWrapper(io.BytesIO(), "utf-8")
    await answer_lines(audience(pack, lambda _: Audience(0, 0, 0), TODAY), source(), output)
    output.seek(0)
    assert json.loads(output.read())["id"] == "\ud800"


def nested(levels: int, leaf: Any) -> Any:
    for level in range(levels):
        leaf = {("all", "any")[level % 2]: [leaf]}
    return leaf


def turned(levels: int) -> Any:
    """Comparisons nested so that nothing of it can be simplified."""
    leaf: Any = STAFF
    for level in range(levels):
        leaf = {"not": {("all", "any")[level % 2]: [leaf, STAFF]}}
    return leaf


@pytest.mark.parametrize(
    "condition",
    [
        nested(DEPTH_AT_MOST // 2 - 1, STAFF),
        turned(DEPTH_AT_MOST // 3 - 1),
        {"any": [{"fact": "size_class", "in": ["micro", "medium"]}] * COMPARISONS_AT_MOST},
        {"fact": "employees", "in": list(range(VALUES_AT_MOST - 10))},
    ],
    ids=["deep", "deep and turned", "many", "many values"],
)
async def test_the_largest_conditions_are_answered(ask: Ask, condition: Any) -> None:
    (answer,) = await ask({"id": 1, "condition": condition})
    assert sum(answer.get(name, 0) for name in ("eligible", "unknown", "ineligible")) == len(FIRMS), answer


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (nested(DEPTH_AT_MOST, STAFF), "nested too deeply"),
        (nested(400, STAFF), "nested too deeply"),
        ({"any": [STAFF] * (COMPARISONS_AT_MOST + 1)}, "200 comparisons"),
        ({"fact": "employees", "in": list(range(VALUES_AT_MOST + 1))}, "2000 values"),
    ],
    ids=["deep", "deeper", "many", "many values"],
)
async def test_a_condition_that_no_database_takes_is_refused(ask: Ask, condition: Any, says: str) -> None:
    (answer,) = await ask({"id": 1, "condition": condition})
    assert says in answer["error"]


def test_a_database_that_breaks_off_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(store.engine, "connect", broken)
    with pytest.raises(DatabaseError, match="broke off"):
        count_audience(store.engine, true())


def test_the_command_counts_what_was_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'advisor.db'}"
    engine = open_database(url)
    keep(Store(engine), FIRMS)
    engine.dispose()
    lines = tmp_path / "lines"
    lines.write_text(json.dumps({"id": 1, "condition": STAFF}) + "\n", "utf-8")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("ADVISOR_HOME", str(tmp_path))
    monkeypatch.setattr("bot.channels.stdin.lines_of", lambda _: _lines(lines))
    result = CliRunner().invoke(app, ["audience"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, counts(1, 1, 3, 1))
    result = CliRunner().invoke(app, ["audience", "--fives"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, counts(1, 0, 0, 0)), "as officers are told"


async def _lines(path: Path) -> AsyncIterator[str]:
    for line in path.read_text("utf-8").splitlines():
        yield line


def test_help_says_what_a_line_holds() -> None:
    told = " ".join(CliRunner().invoke(app, ["audience", "--help"]).output.split())
    for word in ("condition", "entry", "on", "eligible, unknown, ineligible"):
        assert word in told
