"""What a telephone makes of a page: perspective, turns, shadow, seal, the pattern of a screen, blur, low light and compression."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.uploads.photos.paper import font

Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Shot:
    """How a photo was taken.

    `tilt` is the share of the page's side by which its corners move; `lean` are degrees and `quarters` quarter turns. `shadow`, `moire` and
    `dark` are shares of the light; `blur` is the radius and `motion` the length in pixels, `noise` in steps of brightness of 256;
    `scale` is what becomes of a pixel of the page.
    """

    tilt: float = 0.0
    lean: float = 0.0
    quarters: int = 0
    shadow: float = 0.0
    seal: bool = False
    moire: float = 0.0
    dark: float = 0.0
    blur: float = 0.0
    motion: int = 0
    noise: float = 0.0
    quality: int = 85
    scale: float = 1.0
    kind: str = "JPEG"


def photographed(page: Image.Image, shot: Shot, seed: int = 0) -> bytes:
    """The bytes of the photo of a page."""
    chance = Random(seed)
    if shot.seal:
        page = _sealed(page, chance)
    picture = _seen(page, shot, chance)
    light = np.asarray(picture, dtype=np.float32)
    if shot.moire:
        light = _on_screen(light, shot.moire, chance)
    if shot.shadow:
        light = _shaded(light, shot.shadow, chance)
    picture = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    if shot.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.motion:
        picture = _moved(picture, shot.motion)
    light = np.asarray(picture, dtype=np.float32)
    if shot.dark:
        light = light * (1 - shot.dark)
    if shot.noise:
        light = light + np.random.default_rng(seed).normal(0, shot.noise, light.shape).astype(np.float32)
    picture = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    return _stored(picture.rotate(90 * shot.quarters, expand=True), shot)


def _stored(picture: Image.Image, shot: Shot) -> bytes:
    target = io.BytesIO()
    if shot.kind == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(picture).save(target, quality=shot.quality)
    else:
        picture.save(target, shot.kind, quality=shot.quality)
    return target.getvalue()


def _sealed(page: Image.Image, chance: Random) -> Image.Image:
    """A round red seal across the lower part of the page."""
    size = max(200, page.width // 7)
    stamp = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(stamp)
    red, thick = (214, 40, 48), max(5, size // 45)
    draw.ellipse((thick, thick, size - thick, size - thick), outline=red, width=thick)
    name = "晨光贸易有限公司财务专用章"
    letters = font("hei", size // 11)
    for place, letter in enumerate(name):
        angle = math.radians(150 + 240 * place / (len(name) - 1))
        x, y = size / 2 + 0.38 * size * math.cos(angle), size / 2 + 0.38 * size * math.sin(angle)
        draw.text((x, y), letter, red, letters, anchor="mm")
    points = [
        (size / 2 + r * size * math.sin(a), size / 2 - r * size * math.cos(a))
        for k in range(5)
        for r, a in ((0.16, 2 * math.pi * k / 5), (0.065, 2 * math.pi * (k + 0.5) / 5))
    ]
    draw.polygon(points, red)
    stamp = stamp.rotate(chance.uniform(-30, 30), fillcolor="white", resample=Image.Resampling.BICUBIC)
    place = (round(page.width * chance.uniform(0.15, 0.75)), round(page.height * chance.uniform(0.6, 0.8)))
    sealed = page.copy()
    under = np.asarray(page.crop((*place, place[0] + size, place[1] + size)), dtype=np.float32)
    over = 255 - (255 - np.asarray(stamp, dtype=np.float32)) * 0.75
    sealed.paste(Image.fromarray((under * over / 255).astype(np.uint8)), place)
    return sealed


def _seen(page: Image.Image, shot: Shot, chance: Random) -> Image.Image:
    """The page on a desk, from where the telephone was held."""
    width, height = page.width * shot.scale, page.height * shot.scale
    lean = math.radians(shot.lean)
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        px = x * width / 2 * (1 - chance.uniform(0, shot.tilt))
        py = y * height / 2 * (1 - chance.uniform(0, shot.tilt))
        corners.append((px * math.cos(lean) - py * math.sin(lean), px * math.sin(lean) + py * math.cos(lean)))
    border = 0.03 * max(width, height)
    left, top = min(x for x, _ in corners) - border, min(y for _, y in corners) - border
    places = [(x - left, y - top) for x, y in corners]
    size = (round(max(x for x, _ in places) + border), round(max(y for _, y in places) + border))
    desk = Image.new("RGB", size, (98 + chance.randrange(40), 84, 70))
    edges = [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]
    data = _coefficients(places, edges)
    mask = Image.new("L", page.size, 255).transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR)
    desk.paste(page.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC), (0, 0), mask)
    return desk


def _coefficients(places: list[tuple[float, float]], edges: list[tuple[int, int]]) -> list[float]:
    """The eight numbers by which Pillow finds the point of the page for a point of the picture."""
    rows, right = [], []
    for (x, y), (u, v) in zip(places, edges, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(number) for number in np.linalg.solve(np.array(rows), np.array(right))]


def _on_screen(light: Pixels, strength: float, chance: Random) -> Pixels:
    """The pattern that the dots of a screen make with those of the camera, and the colours of the dots."""
    height, width, _ = light.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, period = math.radians(chance.uniform(3, 12)), chance.uniform(7, 16)
    along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    bend = 6 * np.sin(across / 180)
    waves = np.stack([np.sin(2 * math.pi * (along + bend) / period + shift) for shift in (0, 2.1, 4.2)], axis=2)
    lines = np.sin(2 * math.pi * across / (period * 0.9))[..., None]
    return light * (1 - strength * (0.5 + 0.35 * waves + 0.15 * lines))


def _shaded(light: Pixels, strength: float, chance: Random) -> Pixels:
    """The shadow of a hand, and light that falls from one side."""
    height, width, _ = light.shape
    small = Image.new("L", (64, 64), 255)
    draw = ImageDraw.Draw(small)
    x, y = chance.randrange(64), chance.randrange(64)
    draw.polygon([(x, y), (x + 50, y + 14), (x + 44, y + 70), (x - 14, y + 60)], 255 - round(255 * strength))
    shade = np.asarray(small.resize((width, height), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(12)), dtype=np.float32) / 255
    slope = np.linspace(1, 1 - strength / 2, width, dtype=np.float32)[None, :]
    return light * (shade * slope)[..., None]


def _moved(picture: Image.Image, length: int) -> Image.Image:
    """Blur along one direction, as of a hand that shook."""
    light = np.asarray(picture, dtype=np.float32)
    steps = range(length)
    return Image.fromarray((sum(np.roll(light, (step // 3, step), (0, 1)) for step in steps) / length).astype(np.uint8))


def turned_by_label(content: bytes, orientation: int) -> bytes:
    """The same photo with its turn written beside it, as telephones store it."""
    with Image.open(io.BytesIO(content)) as picture:
        back = {6: 90, 3: 180, 8: 270}[orientation]
        stored = picture.rotate(back, expand=True)
        exif = Image.Exif()
        exif[0x0112] = orientation
        target = io.BytesIO()
        stored.save(target, "JPEG", quality=92, exif=exif)
    assert ImageOps.exif_transpose(Image.open(io.BytesIO(target.getvalue()))).size == picture.size
    return target.getvalue()
