"""Photos that are too small, blurred or dark are refused before a number of theirs is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads import sentences
from nlu.uploads.confirming import confirmed
from nlu.uploads.document import Check, Document, Figure, Findings, Sentence, UnreadableError
from nlu.uploads.grid import At, Grid, Opened, View
from nlu.uploads.kinds import Kind
from nlu.uploads.photos.gates import Quality, poor

GOOD = Quality(height=40, edge=0.05, contrast=150, noise=0.02)
TODAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("quality", "said"),
    [
        (GOOD, None),
        (replace(GOOD, height=24), None),
        (replace(GOOD, height=23.9), sentences.TOO_SMALL),
        (replace(GOOD, height=19), sentences.TOO_SMALL),
        (replace(GOOD, edge=0.10), None),
        (replace(GOOD, edge=0.11), sentences.BLURRED),
        (replace(GOOD, contrast=25), None),
        (replace(GOOD, contrast=24), sentences.TOO_DARK),
        (replace(GOOD, noise=0.13), sentences.TOO_DARK),
    ],
)
def test_a_poor_photo_is_told_from_a_good_one(quality: Quality, said: Sentence | None) -> None:
    assert poor(quality) == said


@pytest.mark.parametrize(
    ("quality", "said"),
    [
        (replace(GOOD, height=18.9), sentences.TOO_SMALL),
        (replace(GOOD, edge=0.17), sentences.BLURRED),
        (replace(GOOD, contrast=12), sentences.TOO_DARK),
        (replace(GOOD, noise=0.21), sentences.TOO_DARK),
    ],
)
def test_one_that_nobody_could_read_is_refused(quality: Quality, said: Sentence) -> None:
    with pytest.raises(UnreadableError) as caught:
        poor(quality)
    assert caught.value.sentence == said


# -- what sums vouch for -----------------------------------------------------------------------------------------------------------------


def figure(fact: str) -> Figure:
    return Figure(fact, Decimal(1), fact, (At(None, 0, 0),))


def findings(vouched: tuple[str, ...], *checks: Check) -> Findings:
    facts = ("cash", "inventory", "total_assets", "equity")
    return Findings(Document.BALANCE_SHEET, tuple(map(figure, facts)), checks, vouched=vouched)


def seen(poor: Sentence | None = None) -> Opened:
    return Opened(Kind.JPEG, (Grid(None, ()),), views={1: View((2, 0, 10, 0, 2, 20, 0, 0, 1))}, poor=poor)


def test_figures_that_no_sum_vouches_for_are_left_to_the_owner() -> None:
    found = confirmed(findings(("cash", "total_assets")), seen())
    assert set(found.facts) == {"cash", "total_assets"}
    (check,) = found.checks
    assert (check.name, check.ok, check.doubts) == ("not_confirmed", False, ("inventory", "equity"))
    assert "“inventory”" in check.detail.zh
    assert "“equity”" in check.detail.en


def test_what_is_doubted_already_is_not_asked_about_twice() -> None:
    failed = Check("sum", False, Sentence("不对。", "Wrong."), ("equity",))
    found = confirmed(findings(("cash", "total_assets", "inventory"), failed), seen())
    assert found.checks == (failed,)


def test_files_that_no_camera_saw_are_believed() -> None:
    found = findings(())
    assert confirmed(found, Opened(Kind.XLSX, ())) == found


@pytest.mark.parametrize(("vouched", "believed"), [(("cash", "inventory", "equity"), True), (("cash", "inventory"), False), ((), False)])
def test_a_poor_photo_is_believed_only_where_sums_vouch_for_nearly_all(vouched: tuple[str, ...], believed: bool) -> None:
    photo = seen(sentences.BLURRED)
    if believed:
        assert set(confirmed(findings(vouched), photo).facts) == set(vouched)
    else:
        with pytest.raises(UnreadableError) as caught:
            confirmed(findings(vouched), photo)
        assert caught.value.sentence == sentences.BLURRED
