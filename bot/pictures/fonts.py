"""The two bundled fonts, and which characters they have."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import typst

_PACKAGES = ("cvttf_NotoSansCJK_Regular", "cvttf_NotoSansCJK_Bold")
#: What printers set for a character they lack.
_LACKING = "〓"


class FontsMissing(RuntimeError):
    """A bundled font is not installed or cannot be read; the message says what to do."""


@cache
def fonts() -> typst.Fonts:
    """The bundled fonts, opened once in a process; those of the machine are left alone."""
    folders = [path.parent for path in font_files()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def font_files() -> tuple[Path, ...]:
    """Regular and bold. Their packages are looked up, not run."""
    return tuple(_file_in(package) for package in _PACKAGES)


def _file_in(package: str) -> Path:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(folder).glob("*.otf")):
            return path
    raise FontsMissing(f"the font package {package} is not installed; run `make setup`")


def drawable(value: Any) -> Any:
    """Plain data with every text made of characters the fonts have, so that no empty box is drawn.

    A letter they lack becomes 〓; emoji and control characters go.
    """
    if isinstance(value, str):
        shown = "".join(_drawn(char) for char in unicodedata.normalize("NFC", value))
        return " ".join(shown.split())
    if isinstance(value, Mapping):
        return {name: drawable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(item) for item in value]
    return value


def _drawn(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category[0] != "C" and has_glyph(char):
        return char
    return _LACKING if category[0] == "L" else ""


def has_glyph(char: str) -> bool:
    """Whether both fonts have the character."""
    return all(_covers(path, ord(char)) for path in font_files())


def _covers(path: Path, code: int) -> bool:
    starts, ends = _ranges(path)
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@cache
def _ranges(path: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code points of the runs of characters a font has: the groups of its `cmap` table in format 12."""
    with path.open("rb") as file:
        at = _table(file, b"cmap")
        _, count = _read(file, at, ">HH")
        for number in range(count):
            _, _, offset = _read(file, at + 4 + 8 * number, ">HHI")
            if _read(file, at + offset, ">H") == (12,):
                (groups,) = _read(file, at + offset + 12, ">I")
                plain = _read(file, at + offset + 16, f">{3 * groups}I")
                return plain[0::3], plain[1::3]
    raise FontsMissing(f"{path.name} has no table of its characters that can be read")


def _table(file: BinaryIO, tag: bytes) -> int:
    """Where a table of an OpenType file begins."""
    _, count = _read(file, 0, ">IH")
    for number in range(count):
        name, _, offset, _ = _read(file, 12 + 16 * number, ">4sIII")
        if name == tag:
            return int(offset)
    raise FontsMissing(f"{Path(file.name).name} is not a font that can be read")


def _read(file: BinaryIO, at: int, form: str) -> tuple[Any, ...]:
    file.seek(at)
    return struct.unpack(form, file.read(struct.calcsize(form)))
