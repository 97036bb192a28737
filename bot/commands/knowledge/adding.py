"""`add`: a new entry, asked for step by step and written only when it is right."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.commands.knowledge.sheets import ask_author, with_changes, write_files
from bot.commands.knowledge.shell import Shell, entry_text
from knowledge.authoring.check import check_text
from knowledge.authoring.interview import Interview
from knowledge.authoring.questions import Questions, Stopped
from knowledge.authoring.rule_words import rule_lines
from knowledge.authoring.sheet.merging import FileChange
from knowledge.authoring.writing import entry_text as yaml_text
from knowledge.pack import load_pack


def add_entry(shell: Shell, folder: Path, author: str | None) -> int:
    """Ask for an entry, show it as owners will see it, and write its file; 1 when nothing was written."""
    pack = load_pack(shell.folder(folder))
    print(shell.tell("add_start"))
    try:
        raw = Interview(Questions(shell.ask, print, shell.language), pack.kept, shell.day(None)).run()
    except Stopped:
        print(f"\n{shell.tell('nothing_written')}")
        return 1
    change = FileChange(f"cn/{raw['kind']}/{raw['id']}.yaml", yaml_text(raw))
    entry, found = check_text(change.file, change.text or "")
    if entry is None or found:
        print("\n".join([*(item.line(shell.language) for item in found), shell.tell("nothing_written")]))
        return 1
    print(f"\n{shell.tell('as_owners_see')}\n")
    print(entry_text(entry, with_changes(pack, [change]), shell.day(None), shell.language))
    print("\n".join(rule_lines(entry.rule, shell.language)))
    author = ask_author(shell, author)
    if author is None or not shell.agreed(f"\n{shell.tell('ask_save', file=folder / change.file)}"):
        print(shell.tell("nothing_written"))
        return 1
    write_files(shell, folder, [change])
    print(shell.tell("imported", count=1, folder=folder))
    if folder.resolve() == shell.settings.knowledge.resolve():
        with shell.packs() as packs:
            written = load_pack(folder)
            packs.keep(written, datetime.now(UTC), "written", author, f"+ {entry.id}")
            print(shell.tell("version_kept", digest=written.digest[:12], author=author))
    return 0
