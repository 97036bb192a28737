"""What kind of file some bytes are, by what is in them. Names and endings are never believed.

Sources of the signatures: PKWARE's APPNOTE for zip, [MS-CFB] for the old Office container, ECMA-376 for the parts of an Office
package, ISO 32000 for PDF, the W3C's PNG specification, ITU T.81 for JPEG, ISO 14496-12 and 23008-12 for HEIC.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from enum import StrEnum
from itertools import pairwise

#: Bytes of a text that are looked at; the rest of a long table is the same kind of text.
_HEAD = 256 * 1024
#: A directory larger than this, in bytes, is no office document's, and listing it would take long.
_LONGEST_DIRECTORY = 1024 * 1024
_END_OF_ZIP = b"PK\x05\x06"
#: The last chunk with its check sum, which is always the same.
_END_OF_PNG = b"IEND\xae\x42\x60\x82"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE | re.DOTALL)
_XML_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SEPARATORS = ",\t;|"


class Kind(StrEnum):
    """What kind of file came, by its content."""

    XLSX = "xlsx"
    XLS = "xls"
    XML_SHEET = "xml_sheet"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    HEIC = "heic"
    WORD = "word"
    TEXT = "text"
    ZIP = "zip"
    #: it cannot be opened without a password
    LOCKED = "locked"
    #: it begins like a file of some kind, but is damaged or not all there
    BROKEN = "broken"
    EMPTY = "empty"
    OTHER = "other"


def kind_of(content: bytes) -> Kind:
    """The kind of a file, from its whole content. What begins like a kind and is cut off or damaged is BROKEN."""
    if not content.strip(b"\0 \r\n\t"):
        return Kind.EMPTY
    if content.startswith((b"PK\x03\x04", _END_OF_ZIP)):
        return _zip(content)
    if content.startswith(_OLD_OFFICE):
        return _old_office(content)
    if b"%PDF-" in content[:1024]:
        return Kind.PDF if b"%%EOF" in content or b"startxref" in content else Kind.BROKEN
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG if _END_OF_PNG in content else Kind.BROKEN
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG if _whole_jpeg(content) else Kind.BROKEN
    if content[4:8] == b"ftyp":
        return Kind.HEIC if content[8:12] in _HEIC_BRANDS else Kind.OTHER
    return _text(content)


def _zip(content: bytes) -> Kind:
    """A zip container by the names in its directory; nothing in it is unpacked."""
    end = content.rfind(_END_OF_ZIP)
    if end < 0:
        return Kind.BROKEN
    if int.from_bytes(content[end + 12 : end + 16], "little") > _LONGEST_DIRECTORY:
        return Kind.ZIP
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):  # what the library says of a damaged directory
        return Kind.BROKEN
    names = {entry.filename for entry in entries}
    for part, kind in (("xl/workbook.xml", Kind.XLSX), ("xl/workbook.bin", Kind.XLSX), ("word/document.xml", Kind.WORD)):
        if part in names:
            return kind
    return Kind.LOCKED if any(entry.flag_bits & 1 for entry in entries) else Kind.ZIP


def _old_office(content: bytes) -> Kind:
    """The old container by its streams' names, which stand in it as UTF-16. A letter may hold a table within; the letter counts."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return Kind.LOCKED
    if has("WordDocument"):
        return Kind.WORD
    if has("Workbook") or has("Book"):
        return Kind.XLS
    return Kind.OTHER if has("Root Entry") else Kind.BROKEN


def _whole_jpeg(content: bytes) -> bool:
    """Whether the picture's end follows its data. An end before the data is that of a small preview."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xDA:
            return content.find(b"\xff\xd9", at) > 0
        at += 1 if content[at + 1] == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    return False


def _text(content: bytes) -> Kind:
    text = _decoded(content[:_HEAD])
    if text is None:
        return Kind.OTHER
    if _XML_SHEET in text[:4096]:
        return Kind.XML_SHEET
    if _HTML.match(text[:4096]):
        return Kind.HTML
    return Kind.CSV if _is_table(text) else Kind.TEXT


def _decoded(head: bytes) -> str | None:
    """A text in the encodings that office programs and payment apps write; None when it is no text. Its last character may be cut."""
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _is_table(text: str) -> bool:
    """Whether two neighbouring lines, or all there are, have the same number of separators."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        if any(first == second >= 2 for first, second in pairwise(counts)):
            return True
        if len(counts) > 1 and counts[0] >= 1 and len(set(counts)) == 1:
            return True
    return False
