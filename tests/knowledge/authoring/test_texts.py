"""The sentences of the tools: in both languages, with the same placeholders, every one used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from knowledge.authoring.wording import catalogue
from knowledge.conditions import OPERATORS
from knowledge.entries import Kind

#: Keys that code puts together from a name.
FAMILIES = (
    "help_", "ask_", "step_", "status_", "standing_", "due_", "event_", "column_", "note_", "shape_", "choice_", "node_", "operator_",
    "rule_column_", "rule_note_", "case_column_", "case_note_", "want_", "sheet_", "in_",
)  # fmt: skip


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", list(catalogue()))
def test_a_sentence_is_there_in_both_languages_with_the_same_placeholders(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == {"zh", "en"}
    assert placeholders(texts["zh"]) == placeholders(texts["en"])
    assert not re.search(r"[\u4e00-\u9fff][,?!;]", texts["zh"]), "half-width punctuation in Chinese"


def test_every_sentence_is_used(project: Path) -> None:
    files = [*(project / "knowledge/authoring").rglob("*.py"), *(project / "bot/commands/knowledge").rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in files)
    unused = {key for key in catalogue() if not re.search(f"['\"]{key}['\"]", code) and not key.startswith(FAMILIES)}
    assert unused == set()


def test_every_operator_and_every_kind_has_a_label() -> None:
    assert {f"operator_{name}" for name in OPERATORS} <= set(catalogue())
    assert {f"choice_kind_{kind.value}" for kind in Kind} <= set(catalogue())
