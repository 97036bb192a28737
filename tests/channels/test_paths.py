"""Which lines are files, and taking a file from a disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.paths import dropped, named, take
from bot.conversation.heard import Heard
from bot.uploads.ports import FILE_LIMIT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with two files in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("my accounts.xlsx", "bill.csv", "report"):
        (tmp_path / name).write_bytes(b"x,y\n1,2\n")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("{folder}/my accounts.xlsx", ["my accounts.xlsx"]),
        ("'{folder}/my accounts.xlsx' ", ["my accounts.xlsx"]),
        ('"{folder}/my accounts.xlsx"', ["my accounts.xlsx"]),
        (r"{folder}/my\ accounts.xlsx", ["my accounts.xlsx"]),
        ("file://{folder}/my%20accounts.xlsx", ["my accounts.xlsx"]),
        ("file://localhost{folder}/bill.csv", ["bill.csv"]),
        ("bill.csv", ["bill.csv"]),
        ("./report", ["report"]),
        (r"'{folder}/my accounts.xlsx' {folder}/bill.csv", ["my accounts.xlsx", "bill.csv"]),
        # no files: words, though there is a file of that name; folders; other machines; what is not there
        ("report", []),
        ("{folder}", []),
        ("{folder}/none.csv", []),
        ("{folder}/bill.csv is my bill", []),
        ("file://elsewhere{folder}/bill.csv", []),
        ("see 'bill.csv", []),
        ("revenue 2.8 million", []),
        ("/start", []),
        ("~nobody-of-that-name/bill.csv", []),
        ("/" + "x" * 5000, []),
        ("./\0", []),
        ("", []),
        ("/dev/null", []),
    ],
)
def test_lines_that_are_files(folder: Path, line: str, names: list[str]) -> None:
    assert [path.name for path in dropped(line.format(folder=folder))] == names


@pytest.mark.parametrize(
    ("words", "name"),
    [("report", "report"), ("'my accounts.xlsx'", "my accounts.xlsx"), (r"my\ accounts.xlsx", "my accounts.xlsx"), (" no.csv ", "no.csv")],
)
def test_a_path_after_a_command(words: str, name: str) -> None:
    assert named(words).name == name


def test_a_file_is_taken_with_its_content(folder: Path) -> None:
    heard, upload = take(folder / "bill.csv")
    assert heard == Heard(file="bill.csv")
    assert upload is not None
    assert (upload.name, upload.content) == ("bill.csv", b"x,y\n1,2\n")


@pytest.mark.parametrize(("beyond", "taken"), [(0, True), (1, False)])
def test_a_file_over_the_limit_is_not_even_read(folder: Path, monkeypatch: pytest.MonkeyPatch, beyond: int, taken: bool) -> None:
    path = folder / "large.pdf"
    with path.open("wb") as file:
        file.truncate(FILE_LIMIT + beyond)
    if not taken:
        monkeypatch.setattr(Path, "read_bytes", None)
    heard, upload = take(path)
    assert (heard.unread, upload is not None) == (None if taken else "too_big", taken)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir(), lambda path: os.mkfifo(path)])
def test_what_is_no_file_is_not_waited_for(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "other")
    with pytest.raises(FileNotFoundError):
        take(folder / "other")


def test_a_file_that_cannot_be_read_is_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert take(folder / "bill.csv") == (Heard(file="bill.csv", unread="lost"), None)
