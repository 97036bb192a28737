"""What PyTorch teaches is what NumPy reads afterwards; skipped where PyTorch is not installed."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.linking.encoder.network import Network, network_from

pytest.importorskip("torch", reason="PyTorch trains the network and is needed for nothing else: make encoder installs it")

import torch

from nlu.linking.training import tuning

WIDTH, PIECES, PLACES = 48, 12, 16
ROUND = tuning.Round(epochs=1, rate=2e-4)


def lesson(pieces: tuple[int, ...], row: int, fact: int, stated: tuple[int, ...]) -> tuning.Lesson:
    return tuning.Lesson(pieces, ((row,),), (fact,), stated, np.ones(3, dtype=np.float32))


LESSONS = [
    lesson((0, 3, 4, 1), 2, 0, (0,)),
    lesson((0, 5, 4, 1), 2, 1, (1,)),
    lesson((0, 6, 4, 7, 1), 2, 1, ()),
    lesson((0, 8, 1), 1, -1, (2,)),
]


def layer(random: np.random.Generator) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for name, rows, width in (
        ("ask", 3 * WIDTH, WIDTH),
        ("gather", WIDTH, WIDTH),
        ("widen", 4 * WIDTH, WIDTH),
        ("narrow", WIDTH, 4 * WIDTH),
    ):
        found[f"{name}.weight"] = random.normal(0, 0.1, (rows, width)).astype(np.float32)
        found[f"{name}.bias"] = random.normal(0, 0.1, rows).astype(np.float32)
    for name in ("after_gather", "after_narrow"):
        found[f"{name}.scale"], found[f"{name}.shift"] = np.ones(WIDTH, dtype=np.float32), np.zeros(WIDTH, dtype=np.float32)
    return found


def pupil_of(seed: int) -> tuple[tuning.Pupil, np.ndarray]:
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    meanings = random.normal(0, 1, (PIECES, WIDTH)).astype(np.float32)
    begin = {
        "places": random.normal(0, 0.1, (PLACES, WIDTH)).astype(np.float32),
        "embedding.scale": np.ones(WIDTH, dtype=np.float32),
        "embedding.shift": np.zeros(WIDTH, dtype=np.float32),
    }
    return tuning.Pupil(meanings, begin, [layer(random) for _ in range(2)], (2, 3)), meanings


def test_lessons_are_learnt() -> None:
    pupil, _ = pupil_of(1)
    before = float(tuning.loss_of(pupil.eval(), LESSONS).detach())
    tuning.teach(pupil, LESSONS, ROUND, steps=80)
    assert float(tuning.loss_of(pupil.eval(), LESSONS).detach()) < before / 4


def test_numpy_reads_what_pytorch_learnt() -> None:
    pupil, meanings = pupil_of(2)
    tuning.teach(pupil, LESSONS, ROUND, steps=5)
    learnt = tuning.as_arrays(pupil)
    read: Network = network_from({**learnt, "halves": np.zeros((1, 32), np.uint8), "steps": np.zeros((1, 2), np.float16)})
    pieces = (0, 6, 4, 7, 1)
    ours = read.embedding.norm(meanings[list(pieces)] + learnt["places"][: len(pieces)].astype(np.float32))
    for step in read.layers:
        ours = step(ours)
    pupil.eval()
    with torch.no_grad():
        theirs = pupil.rows(torch.tensor([pieces]), torch.ones(1, len(pieces)))[0].numpy()
    assert np.allclose(ours, theirs, atol=0.05)


def test_a_pupil_goes_on_where_it_stopped() -> None:
    pupil, _ = pupil_of(3)
    tuning.teach(pupil, LESSONS, ROUND, steps=40)
    other, _ = pupil_of(3)
    tuning.resume(other, tuning.as_arrays(pupil))
    was, goes_on = (float(tuning.loss_of(one.eval(), LESSONS).detach()) for one in (pupil, other))
    assert goes_on == pytest.approx(was, rel=0.05)
