"""The plot of rates: drawn in both formats and languages for good and poor firms, and the same after a journey through JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.conversation.answers.pricing import rate_chart
from bot.conversation.chart import RateChart
from bot.conversation.picture import picture_from_json, picture_to_json
from bot.conversation.world import World
from bot.pictures.card import WIDTH
from bot.pictures.chart import chart_drawn, picture_png
from scoring.card import with_base_rate
from tests.pictures.firms import FIRMS, card_for, scene_of
from tests.pictures.reading import size_of

BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def chart_for(world: World, name: str, language: str, base_rate: float | None = None) -> RateChart:
    scene = scene_of(world, FIRMS[name], language)
    if base_rate is not None:
        scene = replace(scene, world=replace(world, card=with_base_rate(world.card, base_rate)))
    return rate_chart(scene)


@BOTH
def test_the_plot_is_drawn_for_a_phone_and_for_a_report(world: World, language: str) -> None:
    chart = chart_for(world, "software", language)
    assert size_of(picture_png(chart))[0] == WIDTH
    assert chart_drawn(chart, "svg").lstrip().startswith(b"<svg")


def test_its_lines_fall_and_its_dots_lie_on_them(world: World) -> None:
    stay, gain = chart_for(world, "noodles", "en").panels
    for line in stay.lines:
        shares = [share for _, share in line.points]
        assert shares == sorted(shares, reverse=True)
        assert shares[0] == 100
    for line in gain.lines:
        assert line.best is not None
        assert line.best[1] >= max(earned for _, earned in line.points)
    assert sum("(you)" in line.name for line in stay.lines) == 1


def test_a_firm_no_rate_can_pay_for_has_a_plot_without_its_dot(world: World) -> None:
    chart = chart_for(world, "nothing", "zh", base_rate=0.45)
    own = next(line for line in chart.panels[1].lines if "您" in line.name)
    assert own.best is None
    assert size_of(picture_png(chart))[0] == WIDTH


@BOTH
def test_pictures_survive_storage(world: World, language: str) -> None:
    for picture in (chart_for(world, "noodles", language), card_for(world, "noodles", language)):
        assert picture_from_json(json.loads(json.dumps(picture_to_json(picture)))) == picture
