"""Files made to hurt whoever opens them. Each is small, made on the spot, and known by what its owner must be told."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nlu.uploads import sentences as say
from nlu.uploads.document import Sentence
from tests.made_files import MADE, jpeg
from tests.uploads import building as made
from tests.uploads.building import MAIN, page_pdf, pdf, sheet_xml, shown, stream, xlsx, xlsx_parts

_MB = 1024 * 1024
_TABLE = [["项目", "金额"], ["资产总计", 1000]]
_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
_LAUGHS = f"<!DOCTYPE x [{_ENTITIES}]>"
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Hostile:
    """A file and what may be said of it; with no sentence it is read like any other, and what is hostile in it stays asleep."""

    make: Callable[[], bytes]
    said: tuple[Sentence, ...] = ()


# -- containers ----------------------------------------------------------------------------------------------------------------


def _sheet(inner: str) -> bytes:
    return xlsx({"a": f"<worksheet {MAIN}><sheetData>{inner}</sheetData></worksheet>"})


def _cell(place: str, row: int) -> bytes:
    return _sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{place}"><v>1</v></c></row>')


def _with_part(name: str, part: bytes) -> bytes:
    return xlsx({"a": sheet_xml(_TABLE)}, more={name: part})


def _lying() -> bytes:
    """A part of 60 MB of which the container says that it has 1,000 bytes."""
    content = bytearray(_with_part("xl/big.xml", b" " * 60 * _MB))
    size = struct.pack("<I", 60 * _MB)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1000)
    return bytes(content)


def _overlapping() -> bytes:
    """A hundred names in the directory for the same 10 MB."""
    whole = made.package({"xl/workbook.xml": b" " * 10 * _MB})
    start, end = whole.find(b"PK\x01\x02"), whole.rfind(b"PK\x05\x06")
    entry = whole[start:end]
    directory = b"".join(entry.replace(b"workbook", b"workb%03d" % n) if n else entry for n in range(100))
    return whole[:start] + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 100, 100, len(directory), start, 0)


def _many_entries(count: int) -> bytes:
    return made.package({f"{number}.txt": b"" for number in range(count)})


def _wrong_sum() -> bytes:
    content = xlsx({"a": sheet_xml(_TABLE)})
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        crc = container.getinfo("xl/worksheets/sheet1.xml").CRC
    return content.replace(struct.pack("<I", crc), struct.pack("<I", crc ^ 1))


def _damaged() -> bytes:
    content = bytearray(xlsx({"a": sheet_xml([[f"word {number}", number] for number in range(500)])}))
    at = content.find(b"sheet1.xml") + 200
    content[at : at + 50] = b"\xff" * 50
    return bytes(content)


CONTAINERS = {
    "zip_bomb": Hostile(lambda: _with_part("xl/a.xml", b"\0" * 300 * _MB), (say.UNPACKS_TOO_LARGE,)),
    "zip_bomb_within_limits": Hostile(lambda: _with_part("xl/a.xml", b"\0" * 90 * _MB), (say.UNPACKS_TOO_LARGE,)),
    "zip_bomb_that_lies": Hostile(_lying, (say.UNPACKS_TOO_LARGE, say.BROKEN)),
    "zip_of_one_part_many_times": Hostile(_overlapping, (say.UNPACKS_TOO_LARGE,)),
    "zip_in_zip": Hostile(lambda: made.package({"a.zip": made.package({"b.zip": made.package({"c.csv": b"a,b\n"})})}), (say.PACKED,)),
    "zip_with_100000_names": Hostile(lambda: _many_entries(100_000), (say.PACKED, say.TOO_MANY_PARTS)),
    "zip_that_climbs_out": Hostile(lambda: made.package({"../../../etc/passwd": b"x"}), (say.PACKED,)),
    "zip_with_password": Hostile(lambda: _locked_zip(), (say.PACKED_AND_LOCKED,)),
    "gzip": Hostile(lambda: gzip.compress(b"a,b\n" * 1000), (say.OTHER,)),
    "open_document": Hostile(
        lambda: made.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), (say.OPEN_DOCUMENT,)
    ),
}


def _locked_zip() -> bytes:
    from tests.made_files import package

    return package("1月.csv", locked=True)


# -- workbooks -----------------------------------------------------------------------------------------------------------------


def _shared(strings: str, declared: str = "") -> bytes:
    parts = xlsx_parts({"a": f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'})
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0"?>{declared}<sst {MAIN} count="1" uniqueCount="1">{strings}</sst>'.encode()
    related = parts["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    added = f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = related.replace("</Relationships>", added).encode()
    return made.package(parts)


WORKBOOKS = {
    "cell_at_the_far_corner": Hostile(lambda: _cell("XFD1048576", 1048576), (say.TOO_MANY_COLUMNS,)),
    "cell_in_the_last_row": Hostile(lambda: _cell("A1048576", 1048576), (say.TOO_MANY_ROWS,)),
    "cell_in_the_last_column": Hostile(lambda: _cell("XFD2", 2), (say.TOO_MANY_COLUMNS,)),
    "cell_beyond_every_sheet": Hostile(lambda: _cell("ZZZZZZ99999999999", 2), (say.TOO_MANY_COLUMNS, say.TOO_MANY_ROWS)),
    "3000_sheets": Hostile(lambda: xlsx({f"s{n}": sheet_xml([["x"]]) for n in range(3000)}), (say.TOO_MANY_PARTS,)),
    "60_sheets": Hostile(lambda: xlsx({f"s{n}": sheet_xml([["x"]]) for n in range(60)}), (say.TOO_MANY_SHEETS,)),
    "60000_rows": Hostile(lambda: xlsx({"a": sheet_xml([["x", n] for n in range(60_000)])}), (say.TOO_MANY_ROWS,)),
    "300_cells_without_places": Hostile(lambda: _sheet(f"<row>{'<c><v>1</v></c>' * 300}</row>"), (say.TOO_MANY_COLUMNS,)),
    "60000_rows_without_places": Hostile(lambda: _sheet("<row><c><v>1</v></c></row>" * 60_000), (say.TOO_MANY_ROWS,)),
    "entity_from_outside": Hostile(lambda: _shared("<si><t>&e;</t></si>", _OUTSIDE), (say.UNSAFE,)),
    "billion_laughs": Hostile(lambda: _shared("<si><t>&l11;</t></si>", _LAUGHS), (say.UNSAFE,)),
    "string_that_is_not_there": Hostile(lambda: _shared(""), (say.BROKEN, say.NO_CELLS)),
    "nested_deeply": Hostile(lambda: _sheet("<x>" * 200_000 + "</x>" * 200_000), (say.NO_CELLS, say.BROKEN)),
    "attribute_without_end": Hostile(lambda: _sheet('<c r="A1' * 50_000), (say.BROKEN, say.NO_CELLS)),
    "macros": Hostile(lambda: _with_part("xl/vbaProject.bin", made.compound({"VBA": b"Sub AutoOpen()"}))),
    "formula_that_starts_a_program": Hostile(lambda: xlsx({"a": sheet_xml([*_TABLE, ["=cmd|' /C calc'!A0"]])})),
    "link_to_the_outside": Hostile(lambda: _with_part("xl/externalLinks/externalLink1.xml", b'<externalLink r="http://127.0.0.1:9"/>')),
    "formulas_never_calculated": Hostile(lambda: xlsx({"a": sheet_xml([*_TABLE, ["合计", "<f>SUM(B2)</f>"]])}), (say.UNCALCULATED,)),
    "cut_off": Hostile(lambda: xlsx({"a": sheet_xml(_TABLE)})[:-300], (say.BROKEN,)),
    "damaged": Hostile(_damaged, (say.BROKEN,)),
    "wrong_check_sum": Hostile(_wrong_sum, (say.BROKEN,)),
    "encrypted": Hostile(lambda: made.compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"}), (say.LOCKED,)),
}


# -- workbooks of before 2007 ----------------------------------------------------------------------------------------------------


def _circle() -> bytes:
    """A stream whose second sector leads back to itself."""
    content = bytearray(made.xls({"a": made.label(0, 0, "x")}))
    table = 512 + 512 * struct.unpack_from("<I", content, 76)[0]
    struct.pack_into("<I", content, table + 4, 1)
    return bytes(content)


_OLD = made.label(0, 0, "资产总计") + made.number(0, 1, 1000)
OLD_WORKBOOKS = {
    "xls_with_password": Hostile(lambda: made.xls({"a": _OLD}, first=made.record(0x2F, b"\0" * 54)), (say.LOCKED,)),
    "xls_in_the_last_row": Hostile(lambda: made.xls({"a": _OLD + made.number(65535, 255, 1)}), (say.TOO_MANY_ROWS,)),
    "xls_beyond_the_last_column": Hostile(lambda: made.xls({"a": _OLD + made.number(1, 60000, 1)}), (say.TOO_MANY_COLUMNS,)),
    "xls_with_60_sheets": Hostile(lambda: made.xls({f"s{n}": _OLD for n in range(60)}), (say.TOO_MANY_SHEETS,)),
    "xls_cut_off": Hostile(lambda: made.xls({"a": _OLD * 100})[:2000], (say.BROKEN,)),
    "xls_in_a_circle": Hostile(_circle, (say.BROKEN,)),
    "xls_of_noise": Hostile(lambda: made.compound({"Workbook": random.Random(1).randbytes(20_000)}), (say.BROKEN,)),
    "xls_record_too_long": Hostile(lambda: made.xls({"a": _OLD + b"\x04\x02\xff\xff"}), (say.BROKEN, say.TOO_MUCH_WORK)),
}


# -- pdf ---------------------------------------------------------------------------------------------------------------------------


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + count))
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)}
    return pdf(objects | dict.fromkeys(range(10, 10 + count), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"))


def _form(content: bytes, other: int) -> bytes:
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>" % other)


def _endless() -> bytes:
    return b"".join(shown(n % 500, n // 500 * 3 % 800, f"{n} is a figure among many") for n in range(60_000))


_SHOWN = shown(50, 700, "Total assets") + shown(300, 700, "1,234.00")
_DOUBLED = {number: _form(b"/X Do /X Do " * 8, number + 1) for number in range(6, 30)} | {30: _form(_SHOWN, 5)}
PDFS = {
    "pdf_of_5000_pages": Hostile(lambda: _pages(5000), (say.TOO_MANY_PAGES,)),
    "pdf_stream_of_320_mb": Hostile(lambda: page_pdf(b"q Q\n" * 80 * _MB), (say.NO_CELLS, say.TOO_MUCH_WORK)),
    "pdf_with_endless_text": Hostile(lambda: page_pdf(_endless()), (say.TOO_MUCH_WORK,)),
    "pdf_with_password": Hostile(made.locked_pdf, (say.LOCKED,)),
    "pdf_cut_off": Hostile(lambda: page_pdf(_SHOWN)[:200], (say.BROKEN,)),
    "pdf_pages_in_a_circle": Hostile(
        lambda: pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}), (say.BROKEN, say.NO_CELLS)
    ),
    "pdf_nested_deeply": Hostile(lambda: pdf({1: b"[" * 300_000}), (say.BROKEN,)),
    "pdf_form_within_itself": Hostile(lambda: page_pdf(_SHOWN + b"/X Do", more={6: _form(_SHOWN + b"/X Do", 6)})),
    "pdf_of_many_laughs": Hostile(lambda: page_pdf(b"/X Do", more=_DOUBLED), (say.TOO_MUCH_WORK, say.NO_CELLS)),
    "pdf_with_script": Hostile(
        lambda: page_pdf(_SHOWN, catalogue=b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>")
    ),
    "pdf_of_noise": Hostile(lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(50_000) + b"startxref\n5\n%%EOF", (say.BROKEN,)),
    "pdf_huge_page": Hostile(
        lambda: page_pdf(shown(9, 9e6, "x") + shown(9e6, 9e6, "1,234.00"), b"/UserUnit 75000/CropBox[0 0 99999999 99999999]")
    ),
}


# -- texts ---------------------------------------------------------------------------------------------------------------------------


def _xml_sheet(inner: str, declared: str = "") -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{declared}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>{inner}'
        "</Table></Worksheet></Workbook>"
    ).encode()


def _row(value: str, about: str = "") -> str:
    return f'<Row{about}><Cell><Data ss:Type="String">{value}</Data></Cell></Row>'


TEXTS = {
    "formula_injection": Hostile(lambda: "项目,金额,备注\n资产总计,\"=cmd|' /C calc'!A0\",@SUM(1)\n存货,+1,-1\n".encode("gb18030")),
    "unclosed_quote": Hostile(lambda: ('a,b,c\n"x,1,2\n' + "y,3,4\n" * 20_000).encode()),
    "nothing_but_quotes": Hostile(lambda: b"a,b,c\n" + b'"' * 90_000 + b"\n1,2,3\n"),
    "line_of_60_mb": Hostile(lambda: b"a,b,c\n" + b"1," * 30 * _MB, (say.TOO_BIG,)),
    "line_of_15_mb": Hostile(lambda: b"a,b,c\nd,e,f\n" + b"x" * 15 * _MB, (say.TOO_LONG_LINE,)),
    "csv_of_300_columns": Hostile(lambda: ("1," * 300 + "\n").encode() * 3, (say.TOO_MANY_COLUMNS,)),
    "csv_of_60000_rows": Hostile(lambda: b"1,2,3\n" * 60_000, (say.TOO_MANY_ROWS,)),
    "csv_with_zeros": Hostile(lambda: b"a,b,c\n1,\0\0\0,3\n", (say.OTHER,)),
    "utf_16_cut_in_two": Hostile(lambda: "项目,金额,备注\n存货,1,2\n".encode("utf-16")[:-1]),
    "html_spans_a_billion": Hostile(
        lambda: b"<table><tr><td colspan=999999999 rowspan=999999999>1<tr><td>2</table>", (say.TOO_MANY_COLUMNS,)
    ),
    "html_nested_deeply": Hostile(lambda: b"<table><tr><td>" * 60_000 + b"x", (say.NO_CELLS, say.TOO_MANY_ROWS)),
    "html_never_closed": Hostile(lambda: b"<html>" + b"<a " * 200_000, (say.BROKEN,)),
    "html_of_comments": Hostile(lambda: b"<html><table><tr><td>1</td></tr></table>" + b"<!--" * 200_000, (say.BROKEN,)),
    "xml_sheet_laughs": Hostile(lambda: _xml_sheet(_row("&l11;"), _LAUGHS), (say.UNSAFE,)),
    "xml_sheet_from_outside": Hostile(lambda: _xml_sheet(_row("&e;"), _OUTSIDE), (say.UNSAFE,)),
    "xml_sheet_far_row": Hostile(lambda: _xml_sheet(_row("x", ' ss:Index="999999999"')), (say.TOO_MANY_ROWS,)),
    "xml_sheet_far_column": Hostile(lambda: _xml_sheet('<Row><Cell ss:Index="999999999"/></Row>'), (say.TOO_MANY_COLUMNS,)),
    "xml_sheet_backwards": Hostile(lambda: _xml_sheet(_row("x") + _row("y", ' ss:Index="-5"')), (say.BROKEN,)),
    "xml_sheet_nested_deeply": Hostile(lambda: _xml_sheet("<x>" * 200_000), (say.BROKEN,)),
    "xml_sheet_cut_off": Hostile(lambda: _xml_sheet(_row("x"))[:-40], (say.BROKEN,)),
}


# -- pictures, and what is none of all ----------------------------------------------------------------------------------------------


def _large_jpeg() -> bytes:
    return jpeg().replace(struct.pack(">HH", 480, 640), struct.pack(">HH", 65_000, 65_000))


def _large_png() -> bytes:
    """A picture of 1.6 gigapixels in which every pixel is there."""
    engine, row = zlib.compressobj(9), b"\0" * (5001 * 100)
    packed = b"".join(engine.compress(row) for _ in range(400)) + engine.flush()
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(made.png_chunk(kind, content) for kind, content in chunks)


def _bitmap(side: int, rows: Callable[[int], bytes]) -> bytes:
    """A square picture of black and white dots, packed row by row."""
    engine = zlib.compressobj(1)
    packed = b"".join(engine.compress(b"\0" + rows(row)) for row in range(side)) + engine.flush()
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(made.png_chunk(kind, content) for kind, content in chunks)


def _letters(row: int) -> bytes:
    """Tens of thousands of little strokes in rows, which look like writing."""
    shape = random.Random(row // 4 % 10).randbytes(3500 // 4)
    return (shape if row % 40 < 24 else b"\xff" * len(shape)).ljust(875, b"\xff")


def _huge_scan() -> bytes:
    """A page that is a picture of 1.6 gigapixels."""
    image = b"/Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceGray/BitsPerComponent 1"
    return page_pdf(b"600 0 0 800 0 0 cm /X Do", more={6: stream(b"\0" * 200 * _MB, image)})


#: What may be said of a picture that is none of a statement, with the packages for photos and without.
_UNSEEN = (
    *(say.PICTURE, say.NO_TEXT, say.TOO_MANY_TEXTS, say.BLURRED, say.TOO_DARK, say.TOO_SMALL, say.TOO_MUCH_WORK),
    *(say.ONLY_PICTURES, say.NO_CELLS),
)
PICTURES = {
    "png_of_49_megapixels_of_noise": Hostile(lambda: _bitmap(7000, lambda row: random.Random(row).randbytes(875)), _UNSEEN),
    "png_of_ten_thousand_words": Hostile(lambda: _bitmap(7000, _letters), _UNSEEN),
    "png_of_one_dot": Hostile(lambda: _bitmap(1, lambda _row: b"\0"), _UNSEEN),
    "pdf_with_a_scan_of_1600_megapixels": Hostile(_huge_scan, _UNSEEN),
}
OTHERS = {
    "png_of_1600_megapixels": Hostile(_large_png, (say.TOO_MANY_PIXELS,)),
    "jpeg_of_4225_megapixels": Hostile(_large_jpeg, (say.TOO_MANY_PIXELS, say.BROKEN)),
    "png_cut_off": Hostile(lambda: MADE["png"]()[:-20], (say.BROKEN,)),
    "png_without_a_header": Hostile(lambda: b"\x89PNG\r\n\x1a\n" + made.png_chunk(b"IEND", b""), (say.BROKEN,)),
    "heic_of_noise": Hostile(lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + random.Random(3).randbytes(5000), (say.BROKEN,)),
    "program": Hostile(lambda: b"MZ\x90\0" + bytes(range(256)) * 40, (say.OTHER,)),
    "noise": Hostile(lambda: random.Random(4).randbytes(100_000), (say.OTHER,)),
    "nothing": Hostile(lambda: b"", (say.EMPTY,)),
    "zeros": Hostile(lambda: b"\0" * _MB, (say.EMPTY,)),
    "too_big": Hostile(lambda: b"a,b\n" * 6 * _MB, (say.TOO_BIG,)),
}

HOSTILE: Mapping[str, Hostile] = {**CONTAINERS, **WORKBOOKS, **OLD_WORKBOOKS, **PDFS, **TEXTS, **PICTURES, **OTHERS}
