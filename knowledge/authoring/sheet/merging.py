"""What a workbook changes in a pack: the text each file gets, or what is wrong, by sheet and cell. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from knowledge.authoring.check import entry_faults
from knowledge.authoring.diff import raw_of
from knowledge.authoring.faults import Fault
from knowledge.authoring.positions import written
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.sheet.columns import Column, Shape, columns
from knowledge.authoring.sheet.reading import Book, Row, SheetFault, Table
from knowledge.authoring.sheet.rows import RowError, case_rows, cases_of, rule_of, rule_rows
from knowledge.authoring.writing import changed_text, entry_text
from knowledge.pack import Pack


@dataclass(frozen=True)
class FileChange:
    """A file below the folder of the pack and the text it gets; None takes it away."""

    file: str
    text: str | None


@dataclass(frozen=True)
class Plan:
    """Files to write, what is wrong (then nothing is written), and entries that are in the pack but not in the workbook."""

    files: tuple[FileChange, ...]
    faults: tuple[SheetFault, ...]
    missing: tuple[str, ...]


def plan(book: Book, pack: Pack, *, drop_missing: bool) -> Plan:
    """Hold a workbook against the pack it is to change."""
    table = book.tables["entries"]
    faults = list(book.faults)
    files: list[FileChange] = []
    seen: dict[str, Row] = {}
    for row in table.rows:
        entry_id = _id(row, table, seen, faults)
        if entry_id is not None:
            seen[entry_id] = row
    for kind in ("rules", "cases"):
        faults.extend(_strangers(book.tables.get(kind), seen))
    for entry_id, row in seen.items():
        old = raw_of(pack, entry_id) if entry_id in pack.kept else None
        merge = _Merge(book, pack, entry_id, row, old or {})
        raw = merge.merged()
        if not merge.faults and raw != old:
            merge.hold_to_the_rules(raw)
            files.append(_change(pack, entry_id, raw))
        faults.extend(merge.faults)
    missing = tuple(entry_id for entry_id in pack.entries if entry_id not in seen)
    if drop_missing:
        files.extend(FileChange(pack.kept[entry_id].file, None) for entry_id in missing)
    return Plan(tuple(files), tuple(faults), missing)


def _id(row: Row, table: Table, seen: Mapping[str, Row], faults: list[SheetFault]) -> str | None:
    cell = row.cells.get("id")
    if cell is None:
        faults.append(table.fault(row.at, "id", CellError("cell_empty")))
    elif cells.text(cell) in seen:
        faults.append(table.fault(row.at, "id", CellError("cell_id_twice", found=cells.text(cell), row=seen[cells.text(cell)].at)))
    else:
        return cells.text(cell)
    return None


def _strangers(table: Table | None, seen: Mapping[str, Row]) -> list[SheetFault]:
    """Rows of rules and examples whose entry is not in the workbook."""
    if table is None:
        return []
    named = ((row, cells.text(row.cells.get("entry") or "")) for row in table.rows)
    return [table.fault(row.at, "entry", CellError("cell_stranger", found=name)) for row, name in named if name not in seen]


def _change(pack: Pack, entry_id: str, raw: Mapping[str, Any]) -> FileChange:
    if entry_id in pack.kept:
        kept = pack.kept[entry_id]
        return FileChange(kept.file, changed_text(kept.text, raw))
    return FileChange(f"cn/{raw.get('kind')}/{entry_id}.yaml", entry_text(raw))


class _Merge:
    """One entry: its row and its rows of rules and examples laid over what the pack holds."""

    def __init__(self, book: Book, pack: Pack, entry_id: str, row: Row, old: Mapping[str, Any]) -> None:
        self.faults: list[SheetFault] = []
        self._book, self._pack, self._entry_id, self._row, self._old = book, pack, entry_id, row, old
        self._table = book.tables["entries"]

    def merged(self) -> dict[str, Any]:
        """The entry as the workbook has it."""
        raw: dict[str, Any] = deepcopy(dict(self._old))
        changed = [column for column in columns() if column.key in self._table.letters and self._differs(column)]
        for column in changed:
            if column.shape is not Shape.PAIRED:
                self._set(raw, column)
        for name in dict.fromkeys(column.path[0] for column in changed if column.shape is Shape.PAIRED):
            self._set_pairs(raw, name)
        self._set_rows(raw, "rules", "when", rule_rows, rule_of)
        self._set_rows(raw, "cases", "cases", case_rows, cases_of)
        return raw

    def hold_to_the_rules(self, raw: Mapping[str, Any]) -> None:
        """Everything that `check` would say of the entry, at the cells it comes from."""
        for fault in entry_faults(self._entry_id, raw):
            error = _Told(fault)
            part, *rest = fault.path or ("id",)
            kind = {"when": "rules", "cases": "cases"}.get(str(part))
            rows = self._rows(kind) if kind else []
            if kind is None or not rows:
                self.faults.append(self._table.fault(self._row.at, _column_of(fault, self._table), error))
                continue
            rank = rest[0] if kind == "cases" and rest and isinstance(rest[0], int) and rest[0] < len(rows) else 0
            self.faults.append(self._book.tables[kind].fault(rows[rank].at, "value" if kind == "rules" else "result", error))

    def _differs(self, column: Column) -> bool:
        return not _same(column.show(self._old, self._book.language), self._row.cells.get(column.key))

    def _set(self, raw: dict[str, Any], column: Column) -> None:
        try:
            if column.shape is Shape.FIXED:
                raise CellError("cell_fixed")
            new = column.read(self._row.cells.get(column.key))
            shown = column.show(self._old, self._book.language)
            if shown is not None and new == _quietly(column.read, shown):
                return
        except CellError as error:
            self.faults.append(self._table.fault(self._row.at, column.key, error))
            return
        put_value(raw, column.path, new)

    def _set_pairs(self, raw: dict[str, Any], name: str) -> None:
        shown = {column.path[1]: column.show(self._old, self._book.language) for column in columns() if column.path[0] == name}
        both = {}
        for language in ("zh", "en"):
            key = f"{name}.{language}"
            cell = self._row.cells.get(key) if key in self._table.letters else shown[language]
            both[language] = cells.lines(cell) if cell is not None else []
        if len(both["zh"]) != len(both["en"]):
            counts = {"zh": len(both["zh"]), "en": len(both["en"])}
            self.faults.append(self._table.fault(self._row.at, f"{name}.en", CellError("cell_pairs", **counts)))
            return
        put_value(raw, (name,), [{"zh": zh, "en": en} for zh, en in zip(both["zh"], both["en"], strict=True)] or None)

    def _set_rows(self, raw: dict[str, Any], kind: str, key: str, show: Callable[..., Any], read: Callable[..., Any]) -> None:
        table = self._book.tables.get(kind)
        if table is None:
            return
        rows = self._rows(kind)
        shown = show(self._entry_id, self._old.get(key), self._book.language)
        if len(rows) == len(shown) and all(_same_row(one, row.cells, table) for one, row in zip(shown, rows, strict=True)):
            return
        try:
            new = read([(row.at, row.cells) for row in rows]) or None
        except RowError as error:
            self.faults.append(table.fault(error.row, error.column, error.error))
            return
        if new != _quietly(read, list(enumerate(shown))):
            put_value(raw, (key,), new)

    def _rows(self, kind: str) -> list[Row]:
        table = self._book.tables.get(kind)
        return [row for row in table.rows if cells.text(row.cells.get("entry") or "") == self._entry_id] if table else []


class _Told(CellError):
    """What `check` says of an entry, at a cell."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self._fault = fault

    def sentence(self, language: str) -> str:
        key = written(self._fault.path)
        return f"{key}{'：' if language == 'zh' else ': '}{self._fault.sentence(language)}" if key else self._fault.sentence(language)


def put_value(raw: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put a value at a path, or take it away where it is None; a mapping that is left empty goes, too."""
    name, *rest = path
    if not rest:
        if value is None:
            raw.pop(name, None)
        else:
            raw[name] = value
        return
    inner = raw.get(name)
    inner = inner if isinstance(inner, dict) else {}
    put_value(inner, tuple(rest), value)
    if inner:
        raw[name] = inner
    else:
        raw.pop(name, None)


def _column_of(fault: Fault, table: Table) -> str:
    """The column nearest to where a fault is."""
    path = tuple(part for part in fault.path if isinstance(part, str))
    known = [column for column in columns() if column.key in table.letters]
    near = [column for column in known if column.path[: len(path)] == path or path[: len(column.path)] == column.path]
    return near[0].key if near else "id"


def _same(shown: Any, cell: Any) -> bool:
    if shown is None or cell is None:
        return shown is None and cell is None
    return shown == cell or cells.text(shown) == cells.text(cell)


def _same_row(shown: Mapping[str, Any], found: Mapping[str, Any], table: Table) -> bool:
    """Whether a row says what was shown; the words beside a rule and the number of an example say nothing of their own."""
    told = set(table.letters) - {"words"} - (set() if "node" in table.letters else {"number"})
    return all(_same(shown.get(name), found.get(name)) for name in told)


def _quietly(read: Callable[[Any], Any], shown: Any) -> Any:
    """What is in the pack as a cell would be read; what no cell can say is never the same as one."""
    try:
        return read(shown)
    except (CellError, RowError):
        return None
