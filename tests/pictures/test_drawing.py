"""Cards as pictures: as wide as promised, nothing over the edge, every character drawn, an owner's words only ever text."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.card import Card, CardFigure, CardMatch, CardReason, Graded
from bot.conversation.world import World
from bot.pictures import draw as drawing
from bot.pictures.card import WIDTH, card_data, card_png
from bot.pictures.draw import TEMPLATES, DrawingError, draw
from bot.pictures.fonts import drawable, fonts, has_glyph
from tests.pictures.firms import FIRMS, card_for
from tests.pictures.reading import pixels, read_pdf, size_of

FONTS = {"NotoSansCJKtc-Regular", "NotoSansCJKtc-Bold"}
#: Pixels at the left and right edge where nothing stands.
MARGIN = 30
LONG_NAME = "深圳市前海深港现代服务业合作区云帆智能装备制造与供应链管理服务集团股份有限公司福田区华强北第一分公司及其全资子公司商行"
LONG_LENDER = "Industrial and Commercial Bank of China Limited, Shenzhen Qianhai Free Trade Zone Sub-branch for Small Business Finance"
HOSTILE = '#panic("x") $x^2$ *bold* `raw` #read("/etc/passwd") @ref <a> \\ // #{1}'
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
EVERY = pytest.mark.parametrize("name", FIRMS)


def printed(card: Card) -> str:
    return read_pdf(draw("card", card_data(card), "pdf")).text


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def crowded(card: Card) -> Card:
    """A card with everything as long as it may come."""
    match = CardMatch(LONG_NAME, LONG_LENDER, "unknown", ("够您要的1234567万元", "about 3.05%–18.25% a year (our estimate)"))
    return replace(
        card,
        title=LONG_NAME,
        subtitle="W" * 60,
        grade=Graded("E", "A", "E", "7%以上"),
        figures=(CardFigure("近十二个月平均每月流水", "约9,876,543,210.12元"), CardFigure("Amount needed", "CNY 12,345,670,000")) * 2,
        reasons=(CardReason("Loans in your line of business go unpaid a little more often, and the team is small", False),) * 4,
        matches=(match, replace(match, name="https://www.example.com/" + "a" * 60, status="eligible"), match),
        eligible=1234,
        unknown=56789,
        ineligible=100000,
        question=LONG_NAME + "？",
    )


@BOTH
@EVERY
def test_a_card_is_as_wide_as_promised_and_no_taller_than_a_phone_can_show(world: World, name: str, language: str) -> None:
    width, height = size_of(card_png(card_for(world, name, language)))
    assert width == WIDTH
    assert WIDTH < height <= 2.3 * WIDTH


@BOTH
@EVERY
def test_every_word_of_a_card_is_printed_in_the_bundled_font(world: World, name: str, language: str) -> None:
    card = card_for(world, name, language)
    paper = read_pdf(draw("card", card_data(card), "pdf"))
    assert paper.fonts == FONTS
    said = [card.title, card.subtitle, card.date, card.question, card.settles, *card.footer]
    said += [text for figure in card.figures for text in (figure.label, figure.value)]
    said += [text for match in card.matches for text in (match.name, match.lender, *match.terms)]
    said += [reason.text for reason in card.reasons]
    said += [str(card.eligible), str(card.unknown), str(card.ineligible)]
    for text in said:
        assert bare(text) in paper.text
    assert (card.coverage in paper.text) == (card.grade is not None)


@BOTH
@EVERY
def test_no_character_of_a_card_lacks_its_glyph(world: World, name: str, language: str) -> None:
    assert draw("card", card_data(card_for(world, name, language)), "pdf", archival=True).startswith(b"%PDF-")


def test_a_character_without_a_glyph_would_be_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "drawable", lambda data: data)
    card = replace(card_for(world, "nothing", "zh"), title="面馆🍜")
    with pytest.raises(DrawingError, match="could not be displayed"):
        draw("card", card_data(card), "pdf", archival=True)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_whatever_a_firm_is_called_its_card_is_drawn(title: str) -> None:
    card = Card("zh", title, "", "", None, "", (), (), 0, 0, 0, (), "", "", (), "summary.png")
    paper = draw("card", card_data(card), "pdf", archival=True)
    assert bare(drawable(title)) in read_pdf(paper).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("小王面馆🍜", "小王面馆"),
        ("二〇二六 ￥1,000", "二〇二六 ￥1,000"),
        ("x^2 `a` ~", "x^2 `a` ~"),
        (" 两\n行\t字 ", "两 行 字"),
        ("a\u202eb\x07c", "abc"),
        ("مطعم", "〓〓〓〓"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_only_what_the_fonts_have_is_drawn(text: str, shown: str) -> None:
    assert drawable({"text": [text], "count": 1}) == {"text": [shown], "count": 1}


@pytest.mark.parametrize(("chars", "there"), [("骨直€–〓①", True), ("🍜ع\u200b", False)])
def test_what_the_fonts_have(chars: str, there: bool) -> None:
    assert [has_glyph(char) for char in chars] == [there] * len(chars)


@BOTH
def test_an_owners_words_are_text_wherever_they_stand(world: World, language: str) -> None:
    match = CardMatch(HOSTILE, HOSTILE, "eligible", (HOSTILE,))
    card = replace(
        card_for(world, "noodles", language),
        title=HOSTILE,
        subtitle=HOSTILE,
        figures=(CardFigure(HOSTILE, HOSTILE),),
        reasons=(CardReason(HOSTILE, True),),
        matches=(match,),
        question=HOSTILE,
        settles=HOSTILE,
        footer=(HOSTILE,),
    )
    assert printed(card).count(bare(HOSTILE)) == 11


@BOTH
def test_nothing_runs_over_the_edge(world: World, language: str) -> None:
    picture = pixels(card_png(crowded(card_for(world, "noodles", language))))
    edges = np.concatenate([picture[:, :MARGIN], picture[:, -MARGIN:]], axis=1).reshape(-1, 4)
    assert len(np.unique(edges, axis=0)) == 2, "only the banner's and the paper's colour"


def test_a_card_without_anything_on_it_is_drawn(world: World) -> None:
    card = replace(card_for(world, "nothing", "en"), matches=(), question="", settles="", footer=(), title="", eligible=0, unknown=0)
    assert "Nothingfitssofar" in printed(card)


def test_the_same_card_is_the_same_picture_from_every_thread(world: World) -> None:
    cards = [card_for(world, name, language) for name in FIRMS for language in ("zh", "en")]
    alone = [card_png(card) for card in cards]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(card_png, cards)) == alone


def glyphs(body: str) -> bytes:
    """A few characters as a template of this room would draw them."""
    source = f'#import "style.typ": speaking\n#set page(width: 200pt, height: 60pt)\n{body}'
    compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts(), ignore_system_fonts=True)
    drawn = compiler.compile(input=source.encode(), format="png")
    assert isinstance(drawn, bytes)
    return drawn


@pytest.mark.parametrize("text", ["骨", "角", "化，"])
def test_chinese_has_its_mainland_forms(text: str) -> None:
    mainland = glyphs(f'#show: speaking.with("zh")\n{text}')
    taiwan = glyphs(f'#show: speaking.with("zh")\n#set text(region: "tw")\n{text}')
    assert mainland != taiwan


@pytest.mark.parametrize("text", ["骨", "直", "角"])
def test_chinese_words_in_english_have_them_too(text: str) -> None:
    chinese, english = (glyphs(f'#show: speaking.with("{language}")\n{text}') for language in ("zh", "en"))
    assert pixels(chinese).tolist() == pixels(english).tolist()


def test_punctuation_after_a_figure_stands_where_chinese_puts_it() -> None:
    after_figure = glyphs('#show: speaking.with("zh")\n#box(text(fill: white)[92%])，')
    assert after_figure == glyphs('#show: speaking.with("zh")\n#box(text(fill: white)[92%])#text(script: "hani")[，]')


def test_the_templates_fetch_nothing() -> None:
    for path in TEMPLATES.glob("*.typ"):
        assert "@preview" not in path.read_text("utf-8")
        assert not re.search(r"https?://", path.read_text("utf-8"))


def test_a_template_that_fails_says_which() -> None:
    with pytest.raises(DrawingError, match=r"^card: "):
        draw("card", {"card": {}}, "png")


def test_the_machines_own_fonts_are_left_alone() -> None:
    assert fonts().families() == ["Noto Sans CJK TC"]
    assert {Path(str(font.path)).name for font in fonts().fonts()} == {f"{name}.otf" for name in FONTS}
