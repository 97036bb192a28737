"""Small files of every kind, made on the spot, as office programs, phones and accidents make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.uploads.ports import FILE_LIMIT
from tests.uploads.owners import OWNERS
from tests.uploads.photos.of_owners import PHOTOS

_ROWS = "项目,本年金额,上年金额\n营业收入,2800000,2500000\n净利润,200000,180000\n"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def package(*names: str, locked: bool = False) -> bytes:
    """A zip container with parts of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name in names:
            container.writestr(name, "<x/>")
    content = buffer.getvalue()
    if not locked:
        return content
    # The encryption flag, in each part's own header and in the directory.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = content.split(mark)
        flag = at - len(mark)
        content = mark.join([parts[0], *(part[:flag] + bytes([part[flag] | 1]) + part[flag + 1 :] for part in parts[1:])])
    return content


def old_office(*streams: str) -> bytes:
    """The old container, as far as its directory of streams."""
    return _OLD_OFFICE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))


def png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 640, 480, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xff" * 640) * 480)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    """The segments of a photo with a preview in front, as phones write them; its picture data mean nothing."""
    preview = b"\xff\xe1" + struct.pack(">H", 8) + b"\xff\xd8\xff\xd9xx"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 480, 640, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\x34" * 700
    return b"\xff\xd8" + preview + frame + scan + b"\xff\xd9"


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\n" + b"% filling\n" * 300 + b"trailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


MADE: Mapping[str, Callable[[], bytes]] = {
    "xlsx": lambda: package("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
    "xls": lambda: old_office("Workbook"),
    "csv": lambda: _ROWS.encode("gb18030"),
    "pdf": pdf,
    "png": png,
    "jpeg": jpeg,
    "heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100,
    "word": lambda: package("[Content_Types].xml", "word/document.xml"),
    "zip": lambda: package("1月.txt", "2月.txt"),
    "locked": lambda: old_office("EncryptedPackage"),
    "broken": lambda: pdf()[:900],
    "empty": lambda: b"",
    "unknown": lambda: bytes(range(256)) * 8,
}


def make(folder: Path, name: str, made: str) -> Path:
    """A file of that name in a folder; `too_big` is one byte over the limit."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if made == "too_big":
        with path.open("wb") as file:
            file.truncate(FILE_LIMIT + 1)
    else:
        path.write_bytes({**MADE, **OWNERS, **PHOTOS}[made]())
    return path
