"""Everything that is wrong with the files of a pack, at once, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge.authoring.cases import both, missing_outcomes, outcome_faults, written_case_faults
from knowledge.authoring.faults import Fault, Found
from knowledge.authoring.positions import KeyPath, Place, compose, locate, place_of_last, repeated_keys
from knowledge.authoring.prose import text_faults
from knowledge.authoring.rules import rule_faults
from knowledge.authoring.schema import model_faults
from knowledge.entries import Entry
from knowledge.pack import plain_data


@dataclass(frozen=True)
class Report:
    """How many files were read, what is wrong, and what is only worth knowing."""

    files: int
    found: tuple[Found, ...]
    notes: tuple[Found, ...] = ()


def check_folder(folder: Path) -> Report:
    """Check every entry below a folder, and what they say of each other; or one file alone."""
    found: list[Found] = []
    notes: list[Found] = []
    entries: dict[str, tuple[str, Entry, str]] = {}
    alone = folder.is_file()
    paths = [folder] if alone else sorted(folder.rglob("*.yaml"))
    for path in paths:
        file = path.name if alone else path.relative_to(folder).as_posix()
        text, entry, faults = _read(path, file)
        found.extend(faults)
        if entry is None:
            continue
        if entry.id in entries:
            found.append(_at(text, file, Fault(("id",), "id_twice", {"id": entry.id, "file": entries[entry.id][0]})))
        else:
            entries[entry.id] = (file, entry, text)
    # Whoever names an entry whose file is broken makes no mistake of its own.
    known = {*entries, *(path.stem for path in paths)}
    for file, entry, text in entries.values():
        named = [(("replaced_by",), entry.replaced_by), *((("products", rank), name) for rank, name in enumerate(entry.products))]
        for key, name in () if alone else named:
            if name is not None and name not in known:
                found.append(_at(text, file, Fault(key, "no_entry", {"found": name}, tuple(_alike(name, entries)))))
        notes.extend(
            _at(text, file, Fault(("cases",), "no_case", {"status": both(f"status_{status}")})) for status in missing_outcomes(entry)
        )
    return Report(len(paths), tuple(sorted(found, key=_order)), tuple(sorted(notes, key=_order)))


def check_text(file: str, text: str) -> tuple[Entry | None, list[Found]]:
    """One entry from the text of its file, and everything that is wrong with it."""
    root = None
    try:
        root = compose(text)
        raw = plain_data(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place()
        return None, [Found(file, place, Fault((), "no_yaml", {"reason": error.problem or error.context or ""}))]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, [Found(file, Place(), Fault((), "no_yaml", {"reason": " ".join(str(error).split())}))]
    entry, faults = _faults(Path(file).stem, raw)
    found = [_found(root, file, fault) for fault in faults]
    found += [
        Found(file, place_of_last(root, path), Fault(path, "key_twice", {"found": path[-1]}, key=True)) for path in repeated_keys(root)
    ]
    return (None if found else entry), sorted(found, key=_order)


def entry_faults(stem: str, raw: Any) -> list[Fault]:
    """Everything that is wrong with an entry as plain data; `stem` is what its file is named."""
    return _faults(stem, raw)[1]


def _faults(stem: str, raw: Any) -> tuple[Entry | None, list[Fault]]:
    try:
        entry, faults = Entry.model_validate(raw), list[Fault]()
    except ValidationError as error:
        entry, faults = None, list(model_faults(error))
    if not isinstance(raw, Mapping):
        return None, faults
    faults = list(_with_all_of_rules(faults, raw))
    faults.extend(written_case_faults(raw.get("cases")))
    faults.extend(text_faults(raw))
    if entry is not None:
        faults.extend(outcome_faults(entry))
        if entry.id != stem:
            faults.append(Fault(("id",), "wrong_file", {"file": stem, "id": entry.id}))
    return entry, faults


def _with_all_of_rules(faults: list[Fault], raw: Mapping[str, Any]) -> Iterator[Fault]:
    """The model stops at the first fault of a condition and at the first of the cases; those are looked at again."""
    for fault in faults:
        if fault.code == "other" and fault.path[-1:] == ("when",):
            yield from rule_faults(_inside(raw, fault.path), fault.path)
        elif fault.code != "other" or fault.path != ("cases",):
            yield fault


def _inside(raw: Any, path: KeyPath) -> Any:
    for part in path:
        raw = raw[part]
    return raw


def _read(path: Path, file: str) -> tuple[str, Entry | None, list[Found]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        return "", None, [Found(file, Place(), Fault((), "unreadable", {"reason": reason}))]
    entry, found = check_text(file, text)
    return text, entry, found


def _at(text: str, file: str, fault: Fault) -> Found:
    return _found(compose(text), file, fault)


def _found(root: yaml.Node | None, file: str, fault: Fault) -> Found:
    return Found(file, locate(root, fault.path, key=fault.key), fault)


def _order(found: Found) -> tuple[str, int, int]:
    return found.file, found.place.line, found.place.column


def _alike(wanted: str, entries: Mapping[str, object]) -> list[str]:
    """Ids of the same kind: all of a pack would fill the screen."""
    return [entry_id for entry_id in entries if entry_id[:4] == wanted[:4]]
