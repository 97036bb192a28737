"""What kind of file some bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.uploads.ports import Upload
from nlu.uploads.kinds import Kind, kind_of
from tests.made_files import MADE, jpeg, old_office, package, pdf, png

_KINDS = {"unknown": Kind.OTHER}
XLSX = MADE["xlsx"]()
_BOM = "\ufeff"


@pytest.mark.parametrize("made", list(MADE))
def test_files_as_programs_and_phones_make_them(made: str) -> None:
    assert kind_of(MADE[made]()) is (_KINDS.get(made) or Kind(made))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        # containers, by what is in them
        (package("xl/workbook.bin"), Kind.XLSX),
        (package("word/document.xml", "word/embeddings/xl/workbook.xml"), Kind.WORD),
        (package("docs/xl/workbook.xml"), Kind.ZIP),
        (package("ppt/presentation.xml"), Kind.ZIP),
        (package(), Kind.ZIP),
        (package("bill.csv", locked=True), Kind.LOCKED),
        (old_office("Book"), Kind.XLS),
        (old_office("WordDocument", "Workbook"), Kind.WORD),
        (old_office("PowerPoint Document"), Kind.OTHER),
        # cut off or damaged
        (XLSX[:-30], Kind.BROKEN),
        (XLSX[:20], Kind.BROKEN),
        (XLSX.replace(b"PK\x01\x02", b"XX\x01\x02"), Kind.BROKEN),
        (old_office()[:520], Kind.BROKEN),
        (pdf()[:500], Kind.BROKEN),
        (png()[:-13], Kind.BROKEN),
        (jpeg()[:-2], Kind.BROKEN),
        (b"\xff\xd8\xff\xe0", Kind.BROKEN),
        # a PDF may begin with something else, and a phone may append to a photo
        (b"\r\n\r\n" + pdf(), Kind.PDF),
        (jpeg() + b"trailer of a phone" * 100, Kind.JPEG),
        (png() + b"trailer of a phone" * 100, Kind.PNG),
        (png()[:8] + b"IDAT IEND" + b"\0" * 200, Kind.BROKEN),
        # pictures and films that share HEIC's box
        (b"\0\0\0\x18ftypmif1\0\0\0\0heic", Kind.HEIC),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp42", Kind.OTHER),
        (b"GIF89a" + b"\x01\0" * 20, Kind.OTHER),
        # texts
        ("项目,金额\n营业收入,280\n".encode(), Kind.CSV),
        (f"{_BOM}项目,金额,比例\n营业收入,280,1\n".encode(), Kind.CSV),
        ("项目\t金额\r\n营业收入\t280\r\n".encode("gb18030"), Kind.CSV),
        ("项目\t金额\n营业收入\t280\n".encode("utf-16"), Kind.CSV),
        ("支付宝交易记录明细查询\n账号:[某]\n----\n时间,对方,金额,\n1日,甲,3.00,\n2日,乙,4.00,\n".encode("gb18030"), Kind.CSV),
        ("你好，我想借50万\n谢谢，麻烦了".encode("gb18030"), Kind.TEXT),
        (b"Dear sir, I need a loan.\nYours, Li\n\nBye", Kind.TEXT),
        (b"Hello", Kind.TEXT),
        (b"  <!-- x --><TABLE><tr><td>1</td></tr></TABLE>", Kind.HTML),
        ("<html><body>资产负债表</body></html>".encode("gb18030"), Kind.HTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', Kind.XML_SHEET),
        (b'<?xml version="1.0"?><invoice/>', Kind.TEXT),
        (b"a\0b\0c", Kind.OTHER),
        # nothing
        (b" \r\n\0\0", Kind.EMPTY),
    ],
    ids=lambda value: value.name if isinstance(value, Kind) else "content",  # archives hold the time they were made at
)
def test_by_content_alone(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_a_character_cut_at_the_end_of_what_is_looked_at_does_not_matter() -> None:
    for shift in range(4):
        text = "x" * shift + "营业收入,280,1\n" * 40_000
        assert kind_of(text.encode()) is Kind.CSV
        assert kind_of(text.encode("gb18030")) is Kind.CSV


def test_a_container_with_a_huge_directory_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = package(*(f"{number:060}" for number in range(12_000)))
    monkeypatch.setattr("nlu.uploads.kinds.zipfile.ZipFile", None)
    assert kind_of(content) is Kind.ZIP


@given(st.binary(max_size=400), st.sampled_from([b"", *(make()[:60] for make in MADE.values())]))
def test_any_bytes_have_a_kind(content: bytes, beginning: bytes) -> None:
    assert kind_of(beginning + content) in Kind


@given(st.sampled_from(["xlsx", "xls", "pdf", "png", "jpeg", "zip"]), st.data())
def test_a_file_that_was_cut_off_is_not_taken_for_another_kind(made: str, data: st.DataObject) -> None:
    content = MADE[made]()
    cut = data.draw(st.integers(8, len(content) - 1))
    assert kind_of(content[:cut]) in (Kind(made), Kind.BROKEN, Kind.OTHER)


def test_a_file_s_content_is_not_in_its_text_form() -> None:
    assert "secret" not in repr(Upload("a.txt", b"secret"))
