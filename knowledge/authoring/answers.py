"""Reading the answers of the interview: an id, a text, the fact that is meant, a value. Raises CellError or ValueError."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from knowledge.authoring.cases import typed
from knowledge.authoring.prose import text_faults
from knowledge.authoring.rules import choices_of, kind_of
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.sheet.rows import fact_labels
from knowledge.authoring.wording import listed, tell
from knowledge.conditions import Condition
from knowledge.firm import FactType
from knowledge.reading import read_condition


def new_id(prefix: str, taken: Collection[str]) -> Callable[[str], str]:
    """An id of a kind that no entry has yet."""

    def read(line: str) -> str:
        if line in taken:
            raise CellError("id_taken", id=line)
        rest = line.removeprefix(f"{prefix}-")
        if rest == line or not rest or not all(part.isascii() and part.isalnum() and part == part.lower() for part in rest.split("-")):
            raise CellError("id_shape", prefix=prefix)
        return line

    return read


def prose(raw: Mapping[str, Any], name: str, language: str) -> Callable[[str, str], str]:
    """A text of the entry as it is so far, with its figures in placeholders; what is wrong is told in a language."""

    def read(line: str, of: str) -> str:
        fault = next(text_faults({**raw, name: {of: line}}), None)
        if fault is not None:
            raise ValueError(fault.sentence(language))
        return line

    return read


def condition_start(line: str, language: str) -> str:
    """`check`, or the fact meant: by its key, its label or a part of it."""
    if line.lower() in ("check", "人工", "核实"):
        return "check"
    known = fact_labels()
    if line in known:
        return line
    found = [name for name, label in known.items() if line.lower() in (label.zh.lower(), label.en.lower())]
    found = found or [name for name, label in known.items() if line in label.zh or line.lower() in label.en.lower() or line in name]
    if len(found) != 1:
        choices = listed((known[name][language] for name in found[:12]), language)
        raise CellError("which_fact" if found else "no_such_fact", found=line, choices=choices)
    return found[0]


def case_value(name: str) -> Callable[[str], Any]:
    """The value of a fact in a worked example."""

    def read(line: str) -> Any:
        value = cells.fact_values(name, line) if kind_of(name) is FactType.CHOICES else cells.fact_value(name, line)
        typed({name: value})
        return value

    return read


def shape_of(fact: str, language: str) -> str:
    """What a value of a fact looks like: its choices, or its unit."""
    choices = choices_of(fact)
    if choices:
        return listed((str(cells.fact_cell(fact, choice, language)) for choice in choices), language)
    kind = kind_of(fact) or FactType.TEXT
    shape = {FactType.CODE: "region", FactType.COUNT: "count"}.get(kind, kind.value)
    return tell(f"shape_{shape}", language)


def rule_of(parts: list[dict[str, Any]]) -> Condition:
    """The rule of all conditions told so far."""
    return read_condition(parts[0] if len(parts) == 1 else {"all": parts})


def words(line: str) -> list[str]:
    """Several words with commas between them."""
    return [word.strip() for word in line.replace("，", ",").replace("、", ",").split(",") if word.strip()]
