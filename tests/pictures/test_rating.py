"""Rating reports as pages and as a phone picture, rendered: two pages, readable text, embedded fonts, nothing over the edge."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from bot.conversation.rating.sheet import Line, Sheet, sheet_to_json
from bot.conversation.world import World
from bot.pictures.card import WIDTH
from bot.pictures.draw import draw
from bot.pictures.rating import rating_drawn
from tests.pictures.rated import RATED, YEAR, sheet_for
from tests.pictures.reading import size_of

FONTS = {"NotoSansCJKtc-Regular", "NotoSansCJKtc-Bold"}
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
EVERY = pytest.mark.parametrize("name", RATED)
LONG_NAME = "深圳市前海深港现代服务业合作区云帆智能装备制造与供应链管理服务集团股份有限公司福田区华强北第一分公司及其全资子公司商行"
HOSTILE = '#panic("x") $x^2$ *bold* `raw` #read("/etc/passwd") @ref <a> \\ // #{1}'
#: Points of an A4 page, and of the margin at its sides in which nothing stands.
A4, MARGIN = (596, 842), 40


def read(pdf: bytes) -> list[tuple[str, NDArray[np.uint8]]]:
    """The text and the picture of every page, as a reader of the file gets them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(document[number]) for number in range(len(document))]


def pages(pdf: bytes) -> list[tuple[str, NDArray[np.uint8]]]:
    """Likewise of a file for print, whose pages are all A4."""
    found = read(pdf)
    assert {picture.shape[:2] for _, picture in found} == {A4[::-1]}
    return found


def _page(page: Any) -> tuple[str, NDArray[np.uint8]]:
    text = page.get_textpage()
    bitmap = page.render(scale=1)
    try:
        return text.get_text_range(), bitmap.to_numpy().copy()
    finally:
        bitmap.close()
        text.close()
        page.close()


def bare(text: str) -> str:
    """Text without blanks, joiners and hyphens, for lines may break anywhere, and a reader gives hyphens at their ends as other signs."""
    return re.sub(r"[\s\u200b\u2060\ufffe\u0002\xad-]", "", text)


def text_of(pdf: bytes) -> str:
    return bare("".join(text for text, _ in pages(pdf)))


def drawn(sheet: Sheet) -> bytes:
    return rating_drawn(sheet_to_json(sheet), "pdf")


@BOTH
@EVERY
def test_a_report_has_at_most_two_pages_with_its_text_on_them(world: World, name: str, language: str) -> None:
    sheet = sheet_for(world, name, language)
    printed = pages(drawn(sheet))
    assert 1 <= len(printed) <= 2
    text = bare("".join(page for page, _ in printed))
    said = [sheet.title, sheet.number, sheet.date, sheet.flow_note, sheet.ratios_open, sheet.checks_passed, sheet.counts]
    said += [part for line in (*sheet.portrait, *sheet.need, *sheet.figures, *sheet.notes) for part in (line.label, line.value)]
    said += [part for line in sheet.ratios if line.known for part in (line.label, line.value, line.bound)]
    said += [part for match in sheet.matches for part in (match.name, match.source, *match.terms)]
    said += [part for check in sheet.checks for part in (check.label, check.text)]
    said += [reason.text for reason in sheet.reasons]
    assert [part for part in said if bare(part) not in text] == []
    for number, (page, _) in enumerate(printed, 1):
        assert bare(sheet.words["page"].format(page=number, of=len(printed))) in bare(page)
        assert bare(sheet.words["decides"]) in bare(page)


@BOTH
@pytest.mark.parametrize("name", ["maker", "losing"])
def test_the_months_of_the_account_have_their_room_on_two_pages(world: World, name: str, language: str) -> None:
    sheet = sheet_for(world, name, language, YEAR)
    printed = pages(drawn(sheet))
    assert len(printed) == 2
    assert bare(sheet.months_note) in bare("".join(page for page, _ in printed))
    assert [bar.inflow for bar in sheet.months if bar.inflow == 1] == [1.0]
    assert all(bar.outflow == pytest.approx(bar.inflow * 2 / 3) for bar in sheet.months)
    without = sheet_for(world, name, language)
    assert (without.months, without.months_note) == ((), "")
    assert without.number != sheet.number


@BOTH
@EVERY
def test_the_fonts_are_embedded_and_no_character_lacks_its_glyph(world: World, name: str, language: str) -> None:
    archived = rating_drawn(sheet_to_json(sheet_for(world, name, language)), "pdf", archival=True)
    named = re.findall(rb"/FontName ?/(?:[A-Z]{6}\+)?([\w-]+)", archived)
    assert {font.decode() for font in named} == FONTS
    assert len(re.findall(rb"/FontFile\d?\b", archived)) >= len(FONTS)


def crowded(sheet: Sheet) -> Sheet:
    """A sheet with names as long as they come."""
    match = replace(sheet.matches[0], name=LONG_NAME, lender="https://www.example.com/" + "a" * 60, source=LONG_NAME * 2, needs=LONG_NAME)
    return replace(
        sheet,
        title=LONG_NAME,
        subtitle="W" * 90,
        portrait=(Line("W" * 30, LONG_NAME), *sheet.portrait),
        figures=tuple(replace(line, value="CNY -12,345,678,901.23") for line in sheet.figures),
        matches=(match, *sheet.matches[1:]),
    )


@BOTH
@EVERY
def test_nothing_runs_over_the_edge_of_a_page(world: World, name: str, language: str) -> None:
    for sheet in (sheet_for(world, name, language), crowded(sheet_for(world, name, language))):
        for _, picture in pages(drawn(sheet)):
            sides = np.concatenate([picture[:, :MARGIN], picture[:, -MARGIN:]], axis=1)
            assert (sides == 255).all()
            assert (picture < 128).any(), "an empty page"


@BOTH
def test_the_phone_picture_is_one_long_picture_as_wide_as_promised(world: World, language: str) -> None:
    width, height = size_of(rating_drawn(sheet_to_json(sheet_for(world, "sparse", language)), "png"))
    assert width == WIDTH
    assert height > 3 * WIDTH


@BOTH
@EVERY
def test_nothing_runs_over_the_edge_of_the_phone_picture(world: World, name: str, language: str) -> None:
    sheet = sheet_to_json(crowded(sheet_for(world, name, language)))
    (picture,) = (picture for _, picture in read(draw("rating-phone", {"sheet": sheet}, "pdf")))
    sides = np.concatenate([picture[:, :14], picture[:, -14:]], axis=1).reshape(-1, picture.shape[2])
    assert len(np.unique(sides, axis=0)) <= 3, "the banner's colour, the paper's, and the line where they meet"


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_the_same_report_is_the_same_file(world: World, form: Any) -> None:
    first, second = (rating_drawn(sheet_to_json(sheet_for(world, "maker", "zh")), form) for _ in range(2))
    assert first == second


@BOTH
def test_an_owners_words_are_text_wherever_they_stand(world: World, language: str) -> None:
    sheet = sheet_for(world, "sparse", language)
    match = replace(sheet.matches[0], name=HOSTILE, source=HOSTILE)
    hostile = replace(sheet, title=HOSTILE, portrait=(Line(HOSTILE, HOSTILE),), matches=(match,))
    assert text_of(drawn(hostile)).count(bare(HOSTILE)) == 5


def test_a_missing_figure_is_printed_as_missing_and_a_loss_with_its_sign(world: World) -> None:
    assert text_of(drawn(sheet_for(world, "sparse", "zh"))).count("未提供") >= 13
    losing = "".join(text for text, _ in pages(drawn(sheet_for(world, "losing", "zh"))))
    assert re.search(r"-48 ?万元", losing)
    assert "-11.4%" in losing
