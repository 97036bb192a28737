"""Reading back what was drawn: the text of a PDF that this project made, the pixels of a PNG."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
#: A font being chosen, a remark for reading aloud (passed over), a string in hexadecimal, the beginning of a literal one.
_TOKEN = re.compile(rb"/f(\d+) [\d.]+ Tf|/(?:Lang|ActualText)(?:\(.*?\)|<\w*>)|<([0-9A-F]+)>|\(", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Printed:
    """The names of the embedded fonts, and every piece of text with the number of its font."""

    fonts: frozenset[str]
    pieces: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """All that is printed, without blanks and joiners, for lines may break anywhere."""
        return re.sub(r"[\s\u200b\u2060]", "", "".join(piece for _, piece in self.pieces))


def read_pdf(content: bytes) -> Printed:
    """Fonts are numbered in the order of their character maps."""
    streams = [_inflated(found[1]) for found in _STREAM.finditer(content)]
    maps = [_character_map(stream) for stream in streams if b"begincmap" in stream]
    pieces = [(font, _text(codes, maps[font])) for stream in streams if b"]TJ" in stream for font, codes in _shown(stream)]
    named = re.findall(rb"/FontName ?/(?:[A-Z]{6}\+)?([\w-]+)", content)
    return Printed(frozenset(name.decode() for name in named), tuple(pieces))


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _character_map(stream: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$", stream, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _shown(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Every string in a page's content with the number of its font; parentheses in a string may nest."""
    font = at = 0
    while found := _TOKEN.search(stream, at):
        at = found.end()
        if found[1]:
            font = int(found[1])
        if found[2]:
            yield font, bytes.fromhex(found[2].decode())
        if found[0] != b"(":
            continue
        codes, depth = b"", 1
        while depth:
            char = stream[at : at + 1]
            escape = _ESCAPE.match(stream, at)
            depth += {b"(": 1, b")": -1}.get(char, 0)
            codes += _unescaped(escape[1]) if escape else char if depth else b""
            at = escape.end() if escape else at + 1
        yield font, codes


def _text(codes: bytes, characters: dict[int, str]) -> str:
    return "".join(characters[code] for (code,) in struct.iter_unpack(">H", codes))


def _unescaped(escape: bytes) -> bytes:
    return bytes([int(escape, 8)]) if escape[:1].isdigit() else _LETTERS.get(escape, escape)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Rows, columns and channels of an RGBA picture of 8 bits a channel."""
    width, height = size_of(png)
    assert png[24:29] == b"\x08\x06\x00\x00\x00"
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 4 * width)
    out = np.zeros((height + 1, 4 * width), np.uint8)
    for y in range(height):
        out[y + 1] = _unfiltered(int(rows[y, 0]), rows[y, 1:], out[y])
    return out[1:].reshape(height, width, 4)


def _unfiltered(kind: int, line: NDArray[np.uint8], above: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if kind == 0:
        return line
    if kind == 1:
        return np.cumsum(line.reshape(-1, 4), axis=0, dtype=np.uint8).reshape(-1)
    if kind == 2:
        return line + above
    row, up = bytearray(line.tobytes()), above.tobytes()
    for i in range(len(row)):
        left, top, corner = (row[i - 4], up[i], up[i - 4]) if i >= 4 else (0, up[i], 0)
        guess = (left + top) // 2 if kind == 3 else _paeth(left, top, corner)
        row[i] = (row[i] + guess) & 255
    return np.frombuffer(bytes(row), np.uint8)


def _paeth(left: int, top: int, corner: int) -> int:
    guess = left + top - corner
    distance = {left: abs(guess - left)}
    distance.setdefault(top, abs(guess - top))
    distance.setdefault(corner, abs(guess - corner))
    return min(distance, key=lambda value: distance[value])
