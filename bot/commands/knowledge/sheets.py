"""`export` and `import`: the pack as a spreadsheet, and back after a look at what it would change."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands.knowledge.comparing import tell_changes
from bot.commands.knowledge.shell import Shell, Unusable, known_facts
from knowledge.authoring.diff import raw_of
from knowledge.authoring.sheet.export import export
from knowledge.authoring.sheet.merging import FileChange, plan
from knowledge.authoring.sheet.reading import Book, NoSheet, read_book
from knowledge.pack import Kept, Pack, load_pack, pack_of


@dataclass(frozen=True)
class Wish:
    """How an import is to be done."""

    author: str | None
    note: str | None
    yes: bool
    dry_run: bool
    allow_drop: bool
    on: date


def export_sheet(shell: Shell, file: Path, folder: Path) -> int:
    """Write the workbook."""
    pack = load_pack(shell.folder(folder))
    for problem in pack.problems:
        shell.out(shell.tell("problem", problem=problem))
    content = export({entry_id: raw_of(pack, entry_id) for entry_id in pack.entries}, shell.language, pack.digest)
    try:
        _replace(file, content)
    except OSError as error:
        raise Unusable(shell.tell("no_write", file=file, reason=error.strerror)) from None
    print(shell.tell("exported", count=len(pack.entries), file=file))
    return 0


def import_sheet(shell: Shell, file: Path, folder: Path, wish: Wish) -> int:
    """Show what a workbook changes; write it once it is confirmed. 1 when it cannot be read in full or is not confirmed."""
    book = _read(shell, file)
    pack = load_pack(shell.folder(folder))
    changes = plan(book, pack, drop_missing=wish.allow_drop)
    if book.digest is not None and book.digest != pack.digest:
        shell.out(shell.tell("sheet_old"))
    for fault in changes.faults:
        print(fault.line(shell.language))
    if changes.faults:
        print(shell.tell("sheet_refused", count=len(changes.faults)))
        return 1
    if changes.missing and not wish.allow_drop:
        shell.out(shell.tell("rows_missing", count=len(changes.missing), ids=", ".join(changes.missing[:8])))
    with shell.packs() as packs:
        tell_changes(shell, pack, with_changes(pack, changes.files), map(known_facts, packs.firms()), wish.on)
        if not changes.files or wish.dry_run:
            return 0
        author = ask_author(shell, wish.author)
        note = wish.note if wish.note is not None or wish.yes else shell.ask(shell.tell("ask_note"))
        if author is None or not (wish.yes or shell.agreed(shell.tell("ask_write", count=len(changes.files)))):
            print(shell.tell("nothing_written"))
            return 1
        if load_pack(folder).digest != pack.digest:
            raise Unusable(shell.tell("changed_meanwhile"))
        write_files(shell, folder, changes.files)
        written = load_pack(folder)
        print(shell.tell("imported", count=len(changes.files), folder=folder))
        if folder.resolve() == shell.settings.knowledge.resolve():
            packs.keep(written, datetime.now(UTC), "written", author, note or None)
            print(shell.tell("version_kept", digest=written.digest[:12], author=author))
    return 0


def with_changes(pack: Pack, files: Sequence[FileChange]) -> Pack:
    """The pack as it will be once the files are written."""
    gone = {change.file for change in files}
    kept = {entry_id: item for entry_id, item in pack.kept.items() if item.file not in gone}
    kept |= {Path(change.file).stem: Kept(change.file, change.text) for change in files if change.text is not None}
    return pack_of(kept, "")


def write_files(shell: Shell, folder: Path, files: Sequence[FileChange]) -> None:
    """Write all files or none: what was there is put back where one cannot be written. Raises Unusable."""
    before: dict[Path, bytes | None] = {}
    try:
        for change in files:
            path = folder / change.file
            before[path] = path.read_bytes() if path.exists() else None
            if change.text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _replace(path, change.text.encode())
    except OSError as error:
        _put_back(before)
        raise Unusable(shell.tell("no_write", file=error.filename, reason=error.strerror)) from None
    except KeyboardInterrupt:
        _put_back(before)
        raise


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True) if content is None else _replace(path, content)


def _replace(path: Path, content: bytes) -> None:
    """Write a file at once or not at all."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _read(shell: Shell, file: Path) -> Book:
    try:
        return read_book(file.read_bytes())
    except OSError as error:
        raise Unusable(shell.tell("no_file", file=file, reason=error.strerror)) from None
    except NoSheet as error:
        raise Unusable(f"{file}: {shell.tell(str(error))}") from None


def ask_author(shell: Shell, author: str | None) -> str | None:
    """Who makes the change, at most as long as is kept; None when nobody says."""
    while author is None or not author.strip():
        author = shell.ask(shell.tell("ask_author"))
        if author is None:
            return None
    return author.strip()[:80]
