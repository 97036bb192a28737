"""Pictures unpacked into pixels: whatever their format, the way up in which they are shown, on white paper."""

from __future__ import annotations

import io

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.kinds import Kind
from nlu.uploads.photos import decoding
from nlu.uploads.photos.decoding import picture_of, scans_of
from tests.uploads.building import page_pdf
from tests.uploads.photos.camera import turned_by_label

#: Red on the left, blue on the right.
_HALVES = Image.new("RGB", (80, 40), (220, 0, 0))
_HALVES.paste((0, 0, 220), (40, 0, 80, 40))


def stored(picture: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(target, quality=95)
    else:
        picture.save(target, kind)
    return target.getvalue()


def is_red(pixel: object) -> bool:
    red, green, blue = (int(value) for value in np.asarray(pixel))
    return red > 150 and green < 80 and blue < 80


@pytest.mark.parametrize(("kind", "name"), [(Kind.PNG, "PNG"), (Kind.JPEG, "JPEG"), (Kind.HEIC, "HEIF")])
def test_every_format_is_unpacked(kind: Kind, name: str) -> None:
    picture, shrunk = picture_of(stored(_HALVES, name), kind)
    assert (picture.shape, shrunk) == ((40, 80, 3), 1.0)
    assert is_red(picture[20, 10])
    assert not is_red(picture[20, 70])


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turn_that_the_camera_noted_is_made(orientation: int) -> None:
    picture, _ = picture_of(turned_by_label(stored(_HALVES, "JPEG"), orientation), Kind.JPEG)
    assert picture.shape == (40, 80, 3)
    assert is_red(picture[20, 10])


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1"])
def test_what_is_transparent_is_paper(mode: str) -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0)) if mode in ("RGBA", "LA") else Image.new("RGB", (20, 20), "white")
    picture, _ = picture_of(stored(clear.convert(mode), "PNG"), Kind.PNG)
    assert picture.shape == (20, 20, 3)
    assert int(picture.min()) > 250


def test_a_large_picture_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_MOST_PIXELS", 800)
    picture, shrunk = picture_of(stored(_HALVES, "PNG"), Kind.PNG)
    assert picture.shape == (20, 40, 3)
    assert shrunk == 0.5


@pytest.mark.parametrize(("kind", "name"), [(Kind.PNG, "PNG"), (Kind.JPEG, "JPEG"), (Kind.HEIC, "HEIF")])
def test_a_damaged_picture_is_said_to_be_damaged(kind: Kind, name: str) -> None:
    content = stored(_HALVES, name)
    with pytest.raises(UnreadableError) as caught:
        picture_of(content[: len(content) // 2], kind)
    assert caught.value.sentence == sentences.BROKEN


def test_scans_of_many_pages_are_refused_and_pages_of_text_are_none() -> None:
    target = io.BytesIO()
    pages = [_HALVES] * 6
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    with pytest.raises(UnreadableError) as caught:
        list(scans_of(target.getvalue()))
    assert caught.value.sentence == sentences.TOO_MANY_SCANS
    assert list(scans_of(page_pdf(b""))) == []
