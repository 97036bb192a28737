"""`check` and `due`: what is wrong in the files, and what a person must look at again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.commands.knowledge.shell import Shell, print_json
from knowledge.authoring.check import check_folder
from knowledge.authoring.due import due
from knowledge.pack import load_pack


def check_files(shell: Shell, folder: Path, as_json: bool) -> int:
    """Tell every fault; 1 when there is one, else 0."""
    report = check_folder(folder if folder.is_file() else shell.folder(folder))
    for found in report.found:
        print_json(found.as_json(shell.language)) if as_json else print(found.line(shell.language))
    if as_json:
        return 1 if report.found else 0
    for note in report.notes:
        print(shell.tell("note", line=note.line(shell.language)))
    broken = len({found.file for found in report.found})
    key = "check_empty" if not report.files else "check_bad" if report.found else "check_good"
    print(shell.tell(key, files=report.files, faults=len(report.found), broken=broken, folder=folder))
    return 1 if report.found or not report.files else 0


def list_due(shell: Shell, folder: Path, on: date, within: int, as_json: bool) -> int:
    """List what is to be looked at, the most pressing first."""
    pack = load_pack(shell.folder(folder))
    for problem in pack.problems:
        shell.out(shell.tell("problem", problem=problem))
    items = due(pack, on, within)
    for item in items:
        print_json(item.as_json(shell.language)) if as_json else print(item.line(shell.language, on))
    if not as_json:
        ending = sum(1 for item in items if {"ending", "ended"} & set(item.reasons))
        print(shell.tell("due_sum" if items else "due_none", count=len(items), ending=ending, days=within, day=on))
    return 0
