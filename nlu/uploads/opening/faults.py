"""Cells that show a fault, such as #REF!, which the libraries hand over as empty. An empty cell may mean zero; a fault never does."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping

#: Faults by sheet, counted from 0 as the workbook lists them, and by row and column.
Faults = Mapping[int, Mapping[tuple[int, int], str]]

_TAG = re.compile(rb"<(?:\w+:)?(?P<name>sheet|Relationship)\s(?P<given>[^<>]*)>")
_GIVEN = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_MAYBE = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_FAULT = re.compile(rb"<(?:\w+:)?c(?P<given>(?:\s[^<>]*)?\st\s*=\s*[\"']e[\"'][^<>]*)>(?P<inner>.*?)</(?:\w+:)?c>", re.DOTALL)
_SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
#: What the old workbooks write for each fault ([MS-XLS] 2.5.10).
OLD_FAULTS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def faults_of(parts: Mapping[str, bytes]) -> Faults:
    """The faults in a workbook's sheets."""
    found: dict[int, dict[tuple[int, int], str]] = {}
    for number, name in enumerate(sheet_parts(parts)):
        sheet = parts.get(name, b"")
        if _MAYBE.search(sheet):
            found[number] = dict(_faults(sheet))
    return found


def sheet_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The part that each sheet is in, in the workbook's order."""
    related = _given(parts.get("xl/_rels/workbook.xml.rels", b""), b"Relationship")
    targets = {given.get("Id", ""): given.get("Target", "") for given in related}
    listed = _given(parts.get("xl/workbook.xml", b""), b"sheet")
    ids = [next((value for key, value in given.items() if key.endswith(":id")), "") for given in listed]
    return [posixpath.normpath(posixpath.join("/xl", targets.get(name, ""))).lstrip("/") for name in ids]


def _given(markup: bytes, name: bytes) -> Iterator[dict[str, str]]:
    for tag in _TAG.finditer(markup):
        if tag["name"] == name:
            yield _attributes(tag["given"])


def _attributes(given: bytes) -> dict[str, str]:
    return {key.decode(): html.unescape((double or single).decode("utf-8", "replace")) for key, double, single in _GIVEN.findall(given)}


def _faults(sheet: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in _FAULT.finditer(sheet):
        place = _PLACE.fullmatch(_attributes(cell["given"]).get("r", ""))
        shown = _SHOWN.search(cell["inner"])
        if place:
            yield (int(place[2]) - 1, _column(place[1])), shown[1].decode("utf-8", "replace") if shown else "#N/A"


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
