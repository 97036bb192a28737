"""Every fault at once, each where it stands, with what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.authoring.check import check_folder, check_text
from knowledge.pack import DEFAULT_PACK
from tests.knowledge.authoring.sample import FILE, GOOD, faults, spoilt, write
from tests.shipped import shipped


def test_the_sample_and_the_pack_are_right() -> None:
    assert faults(GOOD) == []
    report = check_folder(DEFAULT_PACK)
    assert [found.line("en") for found in report.found] == []
    assert report.files == len(shipped().entries)


CASES = [
    # what is wrong, old text, new text, line:column, code, words the reason holds
    ("unknown key", "confidence: high", "confidence: high\nsummery: x", "5:1", "unknown_key", ["summery", "did you mean summary"]),
    ("unknown key inside", "principal_cap: 500000", "principal_kap: 500000", "19:28", "unknown_key", ["did you mean principal_cap"]),
    ("key missing", "checked: 2026-11-21\n", "", "1:1", "missing", ["checked"]),
    ("language missing", "{zh: 示例贴息, en: Sample subsidy}", "{zh: 示例贴息}", "5:7", "missing", ["en"]),
    ("wrong kind", "kind: subsidy", "kind: gift", "2:7", "not_allowed", ["gift", "product", "subsidy"]),
    ("date reversed", "from: 2026-01-01", "from: 2027-01-01", "8:8", "dates_reversed", ["until"]),
    ("no such date", "checked: 2026-11-21", "checked: 2026-11-31", "9:10", "want_date", ["2026-11-31"]),
    ("date in words", "checked: 2026-11-21", "checked: lately", "9:10", "want_date", ["lately"]),
    ("amount with a unit", "500000", "50万", "19:43", "want_number", ["50万", "500000", "yuan"]),
    ("percent as a number", "points: 0.015", "points: 1.5", "19:21", "not_a_fraction", ["0.015 for 1.5%", "1.5"]),
    ("money owed to the state", "principal_cap: 500000", "principal_cap: -1", "19:43", "too_low", ["-1", "0"]),
    ("percent in a condition", "fact: age_months, at_least: 24", "fact: debt_ratio, at_most: 70", "13:35", "want_rate", ["70"]),
    ("date of a condition", "fact: age_months, at_least: 24", "fact: founded, from: 2024-02-30", "13:29", "want_date", ["2024-02-30"]),
    ("date out of this world", "fact: age_months, at_least: 24", "fact: founded, from: 0202-02-01", "13:29", "want_date", ["0202-02-01"]),
    ("months where a date is asked", "fact: age_months, at_least: 24", "fact: founded, at_least: 24", "13:23", "unsuitable_operator",
     ["between, from, until"]),
    ("keys inside a pair", "[20, 60]", "[on: 20, 60]", "16:39", "want_count", ["{True: 20}"]),
    ("products of none", "confidence: high", "confidence: high\nproducts: [prd-x]", "5:11", "only_lender", ["lender"]),
    ("region by name", "'350000'", "fujian", "10:18", "want_code", ["fujian", "six-digit"]),
    ("unknown fact", "fact: age_months", "fact: age_month", "13:14", "unknown_fact", ["age_month", "did you mean age_months"]),
    ("unknown operator", "at_least: 24", "at_leest: 24", "13:26", "unknown_operator", ["did you mean at_least", "at_most"]),
    ("unsuitable operator", "in: [A, B]", "at_least: A", "14:25", "unsuitable_operator", ["is, is_not, in, not_in"]),
    ("wrong choice", "in: [A, B]", "in: [A, E]", "14:33", "no_choice", ["E", "A, B, M, C, D"]),
    ("months in words", "at_least: 24", "at_least: 2年", "13:36", "want_months", ["2年", "24 for two years"]),
    ("pair reversed", "[20, 60]", "[60, 20]", "16:38", "pair_reversed", ["60"]),
    ("one of a pair", "[20, 60]", "[20]", "16:38", "want_pair", ["from, to"]),
    ("two comparisons", "at_least: 24}", "at_least: 24, at_most: 30}", "13:7", "one_operator", ["exactly one", "2"]),
    ("no comparison", ", at_least: 24}", "}", "13:7", "one_operator", ["0"]),
    ("unknown group", "- any:", "- some:", "15:7", "unknown_key", ["some", "any"]),
    ("empty group", "  all:\n", "  all: []\nx:\n", "12:8", "want_list", ["at least one"]),
    ("half a check", "{zh: 由谁经营, en: who runs it}", "{zh: 由谁经营}", "17:18", "missing", ["en"]),
    ("unknown fact of a case", "<<: *ok, age_months: 23", "<<: *ok, age_month: 23", "23:22", "unknown_fact", ["did you mean age_months"]),
    ("wrong value of a case", "owner_age: 30", "owner_age: old", "21:58", "want_count", ["old"]),
    ("a case that differs", "age_months: 23}", "age_months: 24}", "24:13", "case_differs", ["ineligible", "eligible"]),
    ("bare on", '"on": 2027', "on: 2027", "27:5", "bare_key", ['"on"']),
    ("figure by hand", "每年贴{points}", "每年贴1.5%", "6:15", "figure_by_hand", ["1.5%", "{points}"]),
    ("numeral by hand", "每年贴{points}", "两年内每年贴{points}", "6:15", "figure_by_hand", ["两"]),
    ("figure of a word", "'{points} a year.'", "'{points} a year for two years.'", "6:35", "figure_by_hand", ["two", "{points}"]),
    ("figure in a check", "en: who runs it", "en: who runs it for 5 years", "17:18", "figures_differ", ["5"]),
    ("placeholder in a check", "en: who runs it", "en: 'who runs {cap}'", "17:33", "no_placeholder_here", ["a person checks it"]),
    ("figure in a clause", "at_least: 24}", "at_least: 24, clause: {zh: 满两年, en: two years}}", "13:53", "figure_in_clause", ["两"]),
    ("figure in a document", "cases:\n", "documents: [{zh: 近 6 个月流水, en: statements}]\ncases:\n", "20:18", "figure_by_hand", ["6"]),
    ("unknown placeholder", "'{points} a year.'", "'{point} a year.'", "6:35", "no_placeholder", ["{point}", "did you mean points"]),
    ("empty placeholder", "'{points} a year.'", "'{points} {cap} a year.'", "6:35", "placeholder_empty", ["offer.cap"]),
    ("languages differ", "'{points} a year.'", "'{principal_cap}'", "6:10", "figures_differ", ["points, principal_cap"]),
    ("stray brace", "'{points} a year.'", "'{points} a} year.'", "6:35", "stray_brace", ["brace"]),
    ("key twice", "confidence: high", "confidence: high\nconfidence: medium", "5:1", "key_twice", ["confidence"]),
    ("no YAML", "name: {zh", "name: [{zh", "6:1", "no_yaml", ["cannot be read"]),
    ("id of another file", "id: sub-sample", "id: sub-other", "1:5", "wrong_file", ["sub-sample", "sub-other"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "code", "words"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_fault_is_told_where_it_stands_with_what_is_allowed(old: str, new: str, place: str, code: str, words: list[str]) -> None:
    found = [item for item in faults(spoilt((old, new))) if item.fault.code == code]
    assert found, [item.line("en") for item in faults(spoilt((old, new)))]
    assert f"{found[0].place.line}:{found[0].place.column}" == place
    line = found[0].line("en")
    assert line.startswith(f"{FILE}:{place}: ")
    assert all(word in line for word in words), line


@pytest.mark.parametrize("row", CASES, ids=[row[0] for row in CASES])
def test_every_fault_can_be_told_in_chinese_with_chinese_punctuation(row: tuple[str, str, str, str, str, list[str]]) -> None:
    found = next(item for item in faults(spoilt((row[1], row[2]))) if item.fault.code == row[4])
    reason = found.fault.sentence("zh")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in reason)
    assert found.as_json("zh")["reason"] == reason


def test_faults_of_all_kinds_are_told_at_once_in_the_order_of_the_file() -> None:
    text = spoilt(
        ("kind: subsidy", "kind: gift"), ("fact: age_months", "fact: age"), ("[A, B]", "[A, E]"), ("age_months: 23", "age_months: x")
    )
    found = faults(text + "color: red\n")
    assert [item.fault.code for item in found] == ["not_allowed", "unknown_fact", "no_choice", "want_months", "unknown_key"]
    assert [item.place.line for item in found] == sorted(item.place.line for item in found)


def test_a_date_no_calendar_has_hides_no_other_fault() -> None:
    text = spoilt(("kind: subsidy", "kind: gift"), ("until: 2026-12-31", "until: 2026-02-30"), ("fact: age_months", "fact: age"))
    assert [item.fault.code for item in faults(text)] == ["not_allowed", "want_date", "unknown_fact"]
    assert "valid.until: a date such as 2026-12-31 is expected, not 2026-02-30" in faults(text)[1].line("en")


def test_entries_are_held_against_each_other(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, GOOD.replace("2026-11-21", "2026-11-22"), "cn/sub-sample.yaml")
    write(tmp_path, GOOD.replace("sub-sample", "sub-new") + "replaced_by: sub-sampel\n", "cn/subsidy/sub-new.yaml")
    write(tmp_path, "id: [", "cn/subsidy/sub-broken.yaml")
    report = check_folder(tmp_path)
    assert {(item.file, item.fault.code) for item in report.found} == {
        ("cn/subsidy/sub-sample.yaml", "id_twice"),
        ("cn/subsidy/sub-new.yaml", "no_entry"),
        ("cn/subsidy/sub-broken.yaml", "no_yaml"),
    }
    assert "did you mean sub-sample" in next(item.line("en") for item in report.found if item.fault.code == "no_entry")


def test_a_lender_s_products_are_entries(tmp_path: Path) -> None:
    lender = GOOD.replace("sub-sample", "len-sample").replace("kind: subsidy", "kind: lender") + "products: [sub-sample, sub-sampel]\n"
    write(tmp_path)
    write(tmp_path, lender, "cn/lender/len-sample.yaml")
    (found,) = check_folder(tmp_path).found
    assert found.line("en").startswith("cn/lender/len-sample.yaml:30:24: products[1]: there is no entry sub-sampel")


def test_an_outcome_that_no_case_tries_is_noted_but_no_fault(tmp_path: Path) -> None:
    write(tmp_path, spoilt(("{<<: *ok, age_months: 23}\n    status: ineligible", "{<<: *ok, age_months: 25}\n    status: eligible")))
    report = check_folder(tmp_path)
    assert report.found == ()
    assert [note.fault.values["status"]["en"] for note in report.notes] == ["ineligible"]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "sub-x.yaml").write_bytes(b"\xff\xfe\x00")
    assert [item.fault.code for item in check_folder(tmp_path).found] == ["unreadable"]


PIECES = st.sampled_from(
    ["{", "}", "[", "]", ":", "- ", "*ok", "&x ", "null", "12", "'", '"', "\n", "  ", "true", "all", "fact", "<<: ", "on: ", "é", "!!set "]
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 30), PIECES)
def test_no_slip_of_the_pen_ends_in_a_crash(at: int, length: int, piece: str) -> None:
    text = GOOD[:at] + piece + GOOD[at + length :]
    entry, found = check_text(FILE, text)
    assert (entry is None) == bool(found)
    for item in found:
        assert item.place.line >= 1
        assert item.line("zh")
        assert item.line("en")
