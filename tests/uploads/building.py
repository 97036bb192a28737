"""Workbooks, containers and PDF pages built byte by byte, so that each may be as odd as a test needs it."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# -- xlsx ----------------------------------------------------------------------------------------------------------------------


def sheet_xml(rows: Iterable[Sequence[object]]) -> str:
    """A sheet of texts and numbers; None is no cell, a text that begins with `<` is the cell's own markup."""
    return f"<worksheet {MAIN}><sheetData>{''.join(map(_row_xml, enumerate(rows, 1)))}</sheetData></worksheet>"


def _row_xml(numbered: tuple[int, Sequence[object]]) -> str:
    number, row = numbered
    cells = "".join(_cell_xml(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row) if value is not None)
    return f'<row r="{number}">{cells}</row>'


def _cell_xml(place: str, value: object) -> str:
    if isinstance(value, str) and value.startswith("<"):
        return f'<c r="{place}">{value}</c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def xlsx(sheets: Mapping[str, str], states: Mapping[str, str] | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of sheets given by name and markup; `states` hides some, `more` are further parts."""
    return package(xlsx_parts(sheets, states) | dict(more or {}))


def xlsx_parts(sheets: Mapping[str, str], states: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}" state="{(states or {}).get(name, "visible")}"/>'
        for number, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    packages = "http://schemas.openxmlformats.org/package/2006/"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}relationships"><Relationship Id="r1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{number}.xml": markup for number, markup in enumerate(sheets.values(), 1)},
    }
    return {name: text.encode() for name, text in texts.items()}


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip container of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in parts.items():
            container.writestr(name, part)
    return buffer.getvalue()


# -- xls -----------------------------------------------------------------------------------------------------------------------


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of a workbook of before 2007."""
    return struct.pack("<HH", kind, len(content)) + content


def label(row: int, column: int, text: str) -> bytes:
    """A cell of words."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def formula(row: int, column: int, result: bytes) -> bytes:
    """A cell with a formula (the number 1) and the eight bytes of its result."""
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HI", 0, 0) + b"\x03\x00\x1e\x01\x00")


def xls(sheets: Mapping[str, bytes], states: Mapping[str, int] | None = None, first: bytes = b"") -> bytes:
    """A workbook of before 2007 from the records of its sheets; `first` are records before all others."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + first
    inner = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    at = len(begin) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for (name, cells), written in zip(sheets.items(), names, strict=True):
        listed += record(0x0085, struct.pack("<IBB", at, (states or {}).get(name, 0), 0) + written)
        at += len(inner) + len(cells) + 4
    stream = begin + listed + record(0x000A) + b"".join(inner + cells + record(0x000A) for cells in sheets.values())
    return compound({"Workbook": stream})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """The old Office container with these streams, each padded to the length from which on it has sectors of its own."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1 if streams else 0xFFFFFFFF)]
    for position, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")
        start, count = len(sectors), -(-len(content) // 512)
        sectors.extend(content[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count))
        table.extend([*range(start + 1, start + count), 0xFFFFFFFE])
        right = position + 1 if position < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, len(content), right=right))
    directory_at = len(sectors)
    blocks = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors.extend(blocks[at : at + 512] for at in range(0, len(blocks), 512))
    table.extend([*range(directory_at + 1, len(sectors)), 0xFFFFFFFE])
    table_at, needed = len(sectors), -(-(len(table) + 8) // 128)
    table.extend([0xFFFFFFFD] * needed)
    packed = struct.pack(f"<{len(table)}I", *table).ljust(needed * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, needed, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    listed = [*range(table_at, table_at + needed)]
    return header + struct.pack("<109I", *listed, *[0xFFFFFFFF] * (109 - needed)) + b"".join(sectors) + packed


def _entry(name: str, kind: int, start: int, length: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return written.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(written), kind, 1, 0xFFFFFFFF, right, child, start, length)


# -- pdf -----------------------------------------------------------------------------------------------------------------------


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of objects by number; 1 is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for name, content in objects.items():
        places[name] = len(out)
        out += b"%d 0 obj\n" % name + content + b"\nendobj\n"
    start, most = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % most
    for name in range(1, most):
        out += b"%010d 00000 n \n" % places[name] if name in places else b"0000000000 65535 f \n"
    return bytes(out + b"trailer <</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (most, trailer, start))


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(content, 9)
    return b"<</Filter/FlateDecode/Length %d%s>>stream\n" % (len(packed), about) + packed + b"\nendstream"


def page_pdf(content: bytes, about: bytes = b"", more: Mapping[int, bytes] | None = None, catalogue: bytes = b"") -> bytes:
    """A PDF of one page (600 by 800 points) drawn by `content`, with Helvetica as /F; `about` goes into the page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>%s>>" % about
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page,
        4: stream(content),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }
    return pdf(objects | dict(more or {}))


def shown(x: float, y: float, text: str) -> bytes:
    """Drawing one text of 10 points."""
    return b"BT /F 10 Tf %.1f %.1f Td (%s) Tj ET\n" % (x, y, text.replace("(", r"\(").replace(")", r"\)").encode("cp1252"))


def locked_pdf(password: bytes = b"1234") -> bytes:
    """A PDF that opens with a password only: the standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password + padding)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permitted = struct.pack("<i", -4)
    key = hashlib.md5(padded + owner + permitted + b"0123456789abcdef").digest()[:5]
    about = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex().encode(), _rc4(key, padding).hex().encode())
    identity = b"<%s>" % b"0123456789abcdef".hex().encode()
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page/Parent 2 0 R>>", 4: about}
    return pdf(objects, b"/Encrypt 4 0 R/ID[%s%s]" % (identity, identity))


def _rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


# -- pictures ------------------------------------------------------------------------------------------------------------------


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A grey PNG that says it has these measures, whatever pixels follow."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(pixels, 9)) + png_chunk(b"IEND", b"")
