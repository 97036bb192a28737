"""Where the simulator keeps files, and how it tells their size in pixels."""

from __future__ import annotations

import hashlib
import struct
import tempfile
import zlib
from pathlib import Path

from bot.simulator.refusals import Refusal, bad
from bot.simulator.state import Json, StoredFile

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
#: So many pictures or documents may arrive as one.
ALBUM_LIMIT = 10
_FOLDERS = {"document": "documents", "photo": "photos", "sticker": "stickers", "voice": "voice"}
_LETTERS = {"document": "BQ", "photo": "Ag", "sticker": "CA", "voice": "Aw"}
_THUMBNAIL = 320


class Files:
    """The files of one simulator, in a temporary folder that goes with it."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # made with the first file
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._sizes: dict[str, list[Json]] = {}

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _where(self, path: str) -> Path:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="telegram-")
        return Path(self._folder.name) / path

    def keep(self, kind: str, content: bytes, name: str, mime: str, width: int = 0, height: int = 0) -> StoredFile:
        """Raises Refusal for an empty file and for one too large to upload."""
        if not content:
            raise bad("file must be non-empty")
        if len(content) > UPLOAD_LIMIT:
            raise Refusal(413, "Request Entity Too Large")
        number = len(self._by_id)
        digest = hashlib.sha256(content + f"{kind}{width}x{height}".encode()).hexdigest()
        suffix = Path(name).suffix[:10] or (".jpg" if kind == "photo" else "")
        path = f"{_FOLDERS[kind]}/file_{number}{suffix}"
        file_id = f"{_LETTERS[kind]}ACAgI{hashlib.sha256(f'{number}{digest}'.encode()).hexdigest()[:40]}"
        stored = StoredFile(file_id, f"Ag{digest[:13]}", path, name, mime, len(content), kind, width, height)
        target = self._where(path)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        self._by_id[file_id] = self._by_path[path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        stored = self._by_path.get(path)
        return stored if stored and not stored.gone else None

    def keep_photo(self, content: bytes, name: str, sizes: list[tuple[int, int]]) -> list[Json]:
        """One picture in several sizes, each a file; all of them are found by any of them."""
        made = [size(self.keep("photo", content, name, "image/jpeg", *one)) for one in sizes]
        self._sizes |= {one["file_id"]: made for one in made}
        return made

    def sizes(self, stored: StoredFile) -> list[Json]:
        """All sizes of the picture a file is one of."""
        return self._sizes[stored.id]

    def content(self, stored: StoredFile) -> bytes:
        return self._where(stored.path).read_bytes()


def document(stored: StoredFile) -> Json:
    return {"file_name": stored.name, "mime_type": stored.mime, **reference(stored)}


def photo(files: Files, content: bytes, name: str) -> list[Json]:
    """The sizes of a picture, smallest first. Raises Refusal if it is neither PNG, JPEG nor GIF."""
    width, height = pixels(content)
    if not width or not height or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS" if width and height else "IMAGE_PROCESS_FAILED")
    sizes = [(width, height)]
    if max(width, height) > _THUMBNAIL:
        scale = _THUMBNAIL / max(width, height)
        sizes.insert(0, (max(1, round(width * scale)), max(1, round(height * scale))))
    return files.keep_photo(content, name, sizes)


def size(stored: StoredFile) -> Json:
    return {"width": stored.width, "height": stored.height, **reference(stored)}


def reference(stored: StoredFile) -> Json:
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def pixels(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, GIF or JPEG; (0, 0) for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    return _jpeg_pixels(content) if content.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_pixels(content: bytes) -> tuple[int, int]:
    """From the frame header, the first segment C0 to CF that is no table."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0, 0


def picture(width: int = 640, height: int = 480) -> bytes:
    """A white PNG, for people who send some picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
