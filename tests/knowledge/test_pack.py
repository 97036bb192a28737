"""Reading a pack: what is wrong is named by file and key, and everything else loads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.pack import load_pack, read_entry

GOOD = """
id: sub-example
kind: subsidy
status: in_force
confidence: high
name: {zh: 示例贴息, en: Example subsidy}
summary: {zh: 示例。, en: An example.}
source: {issuer: {zh: 财政部, en: Ministry of Finance}}
checked: 2026-11-21
valid: {from: 2026-01-01, until: 2026-12-31}
region: {within: '350000', without: ['350200']}
when:
  all:
    - {fact: age_months, at_least: 24}
    - {fact: tax_grade, in: [A, B]}
offer:
  cap: 500000
  subsidy: {points: 0.015}
cases:
  - {facts: {age_months: 24, tax_grade: A, region: '350100'}, status: eligible}
  - {facts: {age_months: 24, tax_grade: A, region: '350100'}, "on": 2027-01-01, status: ineligible}
"""
FINE = GOOD.replace("sub-example", "sub-fine")


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cn" / "subsidy").mkdir(parents=True)
    (tmp_path / "cn" / "subsidy" / "sub-fine.yaml").write_text(FINE, "utf-8")
    return tmp_path


def test_a_good_entry_is_read_with_its_exact_figures() -> None:
    entry, problems = read_entry("sub-example.yaml", GOOD)
    assert problems == []
    assert entry is not None
    assert entry.offer.cap == Decimal(500_000)
    assert entry.offer.subsidy is not None
    assert entry.offer.subsidy.points == Decimal("0.015")
    assert (entry.valid.from_, entry.valid.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [case.on for case in entry.cases] == [None, date(2027, 1, 1)]


BROKEN = [
    # what is wrong, text, key of the problem, words its reason holds
    ("no YAML", "id: [", "", ["line"]),
    ("a tab", "id:\n\tsub-example", "", ["line"]),
    ("a date no calendar has", changed("checked: 2026-11-21", "checked: 2026-02-30"), "checked", ["date"]),
    ("an object of Python", "!!python/object/apply:os.getcwd []", "", ["tag"]),
    ("empty", "", "", ["dictionary"]),
    ("a list", "- id: sub-example", "", ["dictionary"]),
    ("unknown key", GOOD + "color: red\n", "color", ["no such key", "there are id, kind"]),
    ("unknown key inside", changed("cap: 500000", "cap: 500000\n  ceiling: 1"), "offer.ceiling", ["no such key", "cap, term_months"]),
    ("a key missing", changed("checked: 2026-11-21\n", ""), "checked", ["required"]),
    ("a language missing", changed("{zh: 示例。, en: An example.}", "{zh: 示例。}"), "summary.en", ["required"]),
    ("an empty text", changed("{zh: 示例。, en: An example.}", "{zh: '', en: An example.}"), "summary.zh", ["at least 1"]),
    ("wrong kind", changed("kind: subsidy", "kind: gift"), "kind", ["product", "subsidy"]),
    ("wrong status", changed("status: in_force", "status: active"), "status", ["in_force", "superseded"]),
    ("wrong id", changed("id: sub-example", "id: Example"), "id", ["pattern"]),
    ("id of another file", FINE, "id", ["sub-example", "sub-fine"]),
    ("unknown fact", changed("fact: age_months", "fact: age"), "when", ["when.all[0].fact", "age"]),
    ("a fact that is a list", changed("fact: age_months", "fact: [age_months]"), "when", ["when.all[0].fact"]),
    ("wrong operator", changed("at_least: 24", "within: '350100'"), "when", ["when.all[0]", "at_least", "within"]),
    ("wrong choice", changed("in: [A, B]", "in: [A, E]"), "when", ["when.all[1].in", "A, B, M, C, D"]),
    ("rule of a wrong shape", changed("  all:", "  every:"), "when", ["`all`", "every"]),
    ("dates reversed", changed("until: 2026-12-31", "until: 2025-12-31"), "", ["`from` is after `until`"]),
    ("a product of nobody", changed("kind: subsidy", "kind: product"), "", ["provider"]),
    ("an amount in words", changed("cap: 500000", "cap: 50万"), "offer.cap", ["decimal"]),
    ("an amount without end", changed("cap: 500000", "cap: .inf"), "offer.cap", ["finite"]),
    ("no region code", changed("within: '350000'", "within: fujian"), "region.within", ["six-digit", "fujian"]),
    ("a short region code", changed("without: ['350200']", "without: ['3502']"), "region.without", ["six-digit", "3502"]),
    ("a region code as a number", changed("within: '350000'", "within: 350000"), "region.within", ["string"]),
    ("unknown fact in a case", changed("{age_months: 24, tax_grade: A, region: '350100'}, status", "{age: 24}, status"), "cases", ["age"]),
    ("wrong value in a case", changed("{age_months: 24, tax_grade: A, region: '350100'}, status", "{age_months: x}, status"), "cases",
     ["age_months", "whole number of months"]),
    ("a bare on", changed('"on": 2027', "on: 2027"), "cases.1", ["Keys should be strings"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "words"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_entry_is_named_and_the_others_load(folder: Path, text: str, key: str, words: list[str]) -> None:
    (folder / "cn" / "subsidy" / "sub-example.yaml").write_text(text, "utf-8")
    pack = load_pack(folder)
    assert list(pack.entries) == ["sub-fine"]
    assert {problem.file for problem in pack.problems} == {"sub-example.yaml"}
    told = [problem for problem in pack.problems if problem.key == key or problem.key.startswith(f"{key}.")]
    assert told, [str(problem) for problem in pack.problems]
    assert all(word in told[0].reason for word in words), told[0].reason
    assert str(told[0]).startswith("sub-example.yaml: ")


def test_several_faults_of_one_file_are_all_told() -> None:
    text = changed("kind: subsidy", "kind: gift").replace("age_months, at_least", "age, at_least") + "color: red\n"
    entry, problems = read_entry("sub-example.yaml", text)
    assert entry is None
    assert {problem.key for problem in problems} == {"kind", "when", "color"}


def test_two_files_of_one_id_are_told(folder: Path) -> None:
    (folder / "us").mkdir()
    (folder / "us" / "sub-fine.yaml").write_text(FINE.replace("示例", "另一个"), "utf-8")
    pack = load_pack(folder)
    assert [(problem.file, problem.key) for problem in pack.problems] == [("us/sub-fine.yaml", "id")]
    assert pack["sub-fine"].name.zh == "示例贴息"


def test_entries_come_in_the_order_of_their_ids(folder: Path) -> None:
    (folder / "sub-a.yaml").write_text(GOOD.replace("sub-example", "sub-a"), "utf-8")
    (folder / "cn" / "sub-z.yaml").write_text(GOOD.replace("sub-example", "sub-z"), "utf-8")
    pack = load_pack(folder)
    assert [entry.id for entry in pack] == ["sub-a", "sub-fine", "sub-z"]
    assert pack["sub-z"] is pack.get("sub-z")
    assert pack.get("sub-none") is None


def _edit(folder: Path) -> None:
    path = folder / "cn" / "subsidy" / "sub-fine.yaml"
    path.write_text(FINE.replace("500000", "500001"), "utf-8")


def _comment(folder: Path) -> None:
    path = folder / "cn" / "subsidy" / "sub-fine.yaml"
    path.write_text(FINE + "# seen\n", "utf-8")


def _add(folder: Path) -> None:
    (folder / "sub-example.yaml").write_text(GOOD, "utf-8")


def _add_broken(folder: Path) -> None:
    (folder / "sub-example.yaml").write_text("id: [", "utf-8")


def _move(folder: Path) -> None:
    (folder / "cn" / "subsidy" / "sub-fine.yaml").rename(folder / "cn" / "sub-fine.yaml")


def _remove(folder: Path) -> None:
    (folder / "cn" / "subsidy" / "sub-fine.yaml").unlink()


@pytest.mark.parametrize("change", [_edit, _comment, _add, _add_broken, _move, _remove])
def test_the_digest_changes_with_the_files(folder: Path, change: Callable[[Path], None]) -> None:
    before = load_pack(folder).digest
    change(folder)
    assert load_pack(folder).digest != before


def test_the_digest_is_of_the_entries_alone(folder: Path) -> None:
    before = load_pack(folder).digest
    (folder / "README.md").write_text("notes", "utf-8")
    assert load_pack(folder).digest == before
