"""Photos from the camera to the figures: what can be read is right or left to the owner, and what cannot be read is said so."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image

from nlu.uploads import sentences
from nlu.uploads.document import Document, Findings, Sentence, UnreadableError
from nlu.uploads.grid import Grid
from nlu.uploads.isolation import read_isolated
from nlu.uploads.opening.limits import STRIP_HEIGHT, STRIP_WIDTH
from nlu.uploads.photos.engine import Pixels, Quads, engine
from nlu.uploads.read import read
from tests.uploads.photos.camera import Shot, photographed, turned_by_label
from tests.uploads.photos.cases import TODAY
from tests.uploads.photos.needs import need_photos
from tests.uploads.photos.paper import Look, printed
from tests.uploads.statements.books import Amounts, Form
from tests.uploads.statements.layouts import Layout, grid_of
from tests.uploads.statements.official_forms import SMALL_BALANCE, SMALL_INCOME
from tests.uploads.statements.program_forms import QUICKBOOKS_BALANCE

pytestmark = [pytest.mark.photos, pytest.mark.usefixtures("photos")]
_BALANCE = Layout(
    ("期末余额", "年初余额"), style="text", above=(("资产负债表",), ("编制单位：晨光贸易有限公司", "2024年12月31日", "单位：元"))
)
_INCOME = replace(_BALANCE, columns=("本年累计金额", "上年金额"), above=(("利润表",), ("2024年度", "单位：元")), label_head=("项目",))
_ENGLISH = Layout(
    ("Dec 31, 24", "Dec 31, 23"),
    style="bracketed",
    number="nowhere",
    above=(("Morning Trading Ltd",), ("Balance Sheet",)),
    label_head=("",),
)
_LOOK = Look(size=30, pitch=1.5)


@pytest.fixture(scope="module")
def photos() -> None:
    need_photos()


def books(form: Form, seed: int) -> dict[str, Decimal]:
    """Amounts of every length, none of them nothing."""
    sizes = {key: 10 ** (2 + (place + seed) % 6) + 7919 * (place + seed) for place, key in enumerate(form.leaves)}
    return form.completed({key: Decimal(size).scaleb(-2) for key, size in sizes.items()})


def page(form: Form, layout: Layout, now: Amounts, look: Look = _LOOK, wrong: tuple[str, Decimal] | None = None) -> Image.Image:
    grid = grid_of(form, dict(zip(layout.columns, (now, books(form, 5)), strict=True)), layout, wrong)
    return printed(grid, len(layout.above), look)


def seen(picture: Image.Image, shot: Shot) -> Findings:
    return read(photographed(picture, shot, seed=3), "photo.jpg", TODAY, pictures=True)


def summed(form: Form, amounts: Amounts) -> Mapping[str, Decimal]:
    """The facts that stand in some sum of the form, which are those that a photo proves."""
    truth = form.truth(amounts)
    return {fact: truth[fact] for fact, keys in form.facts.items() if set(keys.replace("-", "+").split("+")) <= set(form.covered())}


# -- photos that can be read ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "layout", "look", "shot"),
    [
        (SMALL_BALANCE, _BALANCE, _LOOK, Shot(tilt=0.06, lean=4, seal=True, shadow=0.4, blur=0.7, noise=4)),
        (SMALL_INCOME, _INCOME, _LOOK, Shot(quarters=1, moire=0.25, blur=0.6, noise=3, kind="PNG")),
        (QUICKBOOKS_BALANCE, _ENGLISH, replace(_LOOK, rules="none"), Shot(quarters=2, tilt=0.05, dark=0.4, noise=4, quality=60)),
    ],
    ids=["sealed_and_askew", "of_a_screen_on_its_side", "upside_down_in_low_light"],
)
def test_a_readable_photo_gives_every_figure_that_sums_prove(form: Form, layout: Layout, look: Look, shot: Shot) -> None:
    amounts = books(form, 1)
    found = seen(page(form, layout, amounts, look), shot)
    for fact, value in summed(form, amounts).items():
        assert found.facts.get(fact) == value, fact
    open_facts = {fact for check in found.checks if check.name == "not_confirmed" for fact in check.doubts}
    assert open_facts <= set(form.truth(amounts)) - set(summed(form, amounts))


def test_a_wrong_figure_on_the_paper_is_not_used() -> None:
    amounts = books(SMALL_INCOME, 1)
    wrong = amounts["operating"] + 1000
    found = seen(page(SMALL_INCOME, _INCOME, amounts, wrong=("operating", wrong)), Shot(tilt=0.02))
    assert "operating_profit" not in found.facts
    assert any("营业利润" in check.detail.zh and "operating_profit" in check.doubts for check in found.checks if not check.ok)


def test_the_evidence_of_a_figure_is_its_place_in_the_photo() -> None:
    shot = Shot(tilt=0.05, lean=6, noise=2)
    amounts = books(SMALL_INCOME, 1)
    content = photographed(page(SMALL_INCOME, _INCOME, amounts), shot, seed=3)
    found = read(content, "photo.jpg", TODAY, pictures=True)
    (at,) = next(figure.at for figure in found.figures if figure.fact == "net_profit")
    assert at.box is not None
    cut = Image.open(io.BytesIO(content)).crop((round(at.box.left), round(at.box.top), round(at.box.right), round(at.box.bottom)))
    assert 60 < cut.width < 400
    assert 30 < cut.height < 90
    # A number alone between its rules: dark letters in the middle of light paper.
    grey = np.asarray(cut.convert("L"))
    assert grey.min() < 90
    assert np.median(grey) > 200


def test_the_row_that_its_owner_is_shown_is_the_figures_own_and_level() -> None:
    amounts = books(SMALL_INCOME, 1)
    found = seen(page(SMALL_INCOME, _INCOME, amounts), Shot(tilt=0.05, lean=6, noise=2, quarters=1))
    for fact, label in (("net_profit", "净利润"), ("operating_profit", "营业利润")):
        (strip,) = [strip.cutting for strip in found.strips if strip.fact == fact]
        assert strip.width <= STRIP_WIDTH
        assert strip.height <= STRIP_HEIGHT
        pixels = np.frombuffer(strip.pixels, np.uint8).reshape(strip.height, strip.width, 3)
        reader = engine()
        crops = [_inside(pixels, quad) for quad in reader.texts_in(pixels)]
        said = "".join(mark.text for marks in reader.read(crops) for mark in marks)
        assert label in said
        assert f"{found.facts[fact]:,.2f}" in said


def _inside(pixels: Pixels, quad: Quads) -> Pixels:
    low, high = quad.min(axis=0).astype(int).clip(0), quad.max(axis=0).astype(int)
    return pixels[low[1] : high[1], low[0] : high[0]]


def test_only_a_figure_of_a_photo_has_strips() -> None:
    assert read("项目,本年金额\n营业收入,100\n".encode(), "a.csv", TODAY).strips == ()


async def test_a_photo_turned_by_its_label_is_read_apart_from_everything_else() -> None:
    amounts = books(SMALL_INCOME, 1)
    content = turned_by_label(photographed(page(SMALL_INCOME, _INCOME, amounts), Shot(tilt=0.03)), 6)
    found = await read_isolated(content, "a", TODAY)
    assert found.document is Document.INCOME_STATEMENT
    assert found.facts["net_profit"] == amounts["net"]


async def test_a_scan_in_a_pdf_goes_the_same_way() -> None:
    amounts = books(SMALL_INCOME, 1)
    target = io.BytesIO()
    page(SMALL_INCOME, _INCOME, amounts).save(target, "PDF", resolution=200)
    found = await read_isolated(target.getvalue(), "a", TODAY)
    assert found.facts["net_profit"] == amounts["net"]
    (at,) = next(figure.at for figure in found.figures if figure.fact == "net_profit")
    assert str(at).startswith("page 1, line ")


# -- photos that cannot -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shot", "said"),
    [
        (Shot(scale=0.35), {sentences.TOO_SMALL}),
        (Shot(blur=6), {sentences.BLURRED, sentences.NO_TEXT}),
        (Shot(motion=24), {sentences.BLURRED}),
        (Shot(dark=0.95, noise=6), {sentences.TOO_DARK}),
    ],
    ids=["far_away", "out_of_focus", "shaken", "dark"],
)
def test_an_unreadable_photo_is_refused_in_one_sentence(shot: Shot, said: set[Sentence]) -> None:
    with pytest.raises(UnreadableError) as caught:
        seen(page(SMALL_INCOME, _INCOME, books(SMALL_INCOME, 1)), shot)
    assert caught.value.sentence in said


def test_a_picture_without_writing_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        seen(Image.new("RGB", (1200, 900), (200, 190, 180)), Shot(noise=5))
    assert caught.value.sentence == sentences.NO_TEXT


def test_a_picture_full_of_writing_is_not_read_for_minutes() -> None:
    rows = tuple(tuple(str(place * 7 + column) for column in range(22)) for place in range(40))
    with pytest.raises(UnreadableError) as caught:
        seen(printed(Grid(None, rows), 0, Look(size=24, pitch=1.6, rules="none", spare=2.0)), Shot())
    assert caught.value.sentence == sentences.TOO_MANY_TEXTS


def test_a_photo_of_something_else_gives_no_figure() -> None:
    lines = (("欢迎光临",), ("今日特价：牛肉面 18 元",), ("营业时间 10:00-22:00",), ("电话 0755-12345678",), ("谢谢惠顾",))
    found = seen(printed(Grid(None, lines), 0, Look(size=48, rules="none")), Shot(tilt=0.03))
    assert (found.document, found.facts) == (Document.UNKNOWN, {})
