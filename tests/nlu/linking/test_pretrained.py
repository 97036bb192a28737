"""The packed network is read as its package packs it, and what is another file is said to be one."""

from __future__ import annotations

import struct
from importlib.util import find_spec

import numpy as np
import pytest

from nlu.linking.encoder.network import HEADS
from nlu.linking.training import pretrained

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁a", "Б", "饭", "A")


def packed(numbers: np.ndarray) -> bytes:
    """Rows of 32 whole numbers from -8 to 7 with a step of one half."""
    groups = (numbers.astype(np.int16) + 8).astype(np.uint8).reshape(-1, 2, 16)
    return b"".join(np.float16(0.5).tobytes() + (low | high << 4).astype(np.uint8).tobytes() for low, high in groups)


def image(width: int = 32) -> bytes:
    pieces = [piece.encode() for piece in PIECES]
    bounds = np.cumsum([0, *map(len, pieces)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<I7ifi", 1, width, 12, HEADS, 4 * width, len(PIECES), 200, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(bounds[-1])) + bounds.tobytes()
    head += np.arange(len(PIECES), dtype=np.float32).tobytes() + b"".join(pieces) + struct.pack("<iI", 0, 0)
    word = packed(np.arange(len(PIECES) * width) % 16 - 8)
    plain = {"emb.pos": np.ones(200 * width), "emb.type": np.full(2 * width, 0.25), "emb.ln.w": np.ones(width), "emb.ln.b": np.zeros(width)}
    tensors = {"emb.word": word} | {name: row.astype(np.float32).tobytes() for name, row in plain.items()}
    size = len(head) + 4 + sum(2 + len(name) + 5 + 16 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, content in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 1, 0, size + len(body), len(content))
        body += content
    return head + directory + body


def test_pieces_that_no_message_has_are_left_out() -> None:
    arrays = pretrained.vocabulary(pretrained.parse(image()))
    assert arrays["pieces"].tobytes().decode().split("\n") == ["<s>", "</s>", "<unk>", "▁a", "饭"]
    assert arrays["scores"].tolist() == [0, 2, 3, 4, 6]
    assert arrays["places"].shape == (pretrained.PIECES_AT_MOST, 32)
    assert arrays["places"][0, 0] == 1.25


def test_matrices_are_read_row_by_row() -> None:
    found = pretrained.parse(image()).matrix("emb.word", len(PIECES))
    assert found[0].tolist() == [(at % 16 - 8) / 2 for at in range(32)]
    assert found.shape == (len(PIECES), 32)


def test_another_format_is_named() -> None:
    with pytest.raises(ValueError, match="E5S1"):
        pretrained.parse(b"PK" + image())


@pytest.mark.skipif(find_spec(pretrained.PACKAGE) is not None, reason="the package is installed here")
def test_without_the_package_it_says_where_to_look() -> None:
    with pytest.raises(pretrained.PackageMissing, match="CONTRIBUTING"):
        pretrained.image()
