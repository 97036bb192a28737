"""Teaches the pretrained network to tell facts of figures and statements of words, in PyTorch, and turns it into plain arrays."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from nlu.linking.encoder.network import HEADS
from nlu.linking.training.pretrained import PIECES_AT_MOST

#: How many pieces a step takes, and how much faster what is new on top learns than the layers.
PIECES_A_STEP, NEW_FASTER = 1024, 10
_WARM_UP, _DROPPED, _DECAY, _LARGEST_STEP = 0.06, 0.1, 0.01, 1.0
#: A statement counts this much beside a figure; statements are rare, so their scores begin low.
_STATEMENTS_COUNT, _STATEMENTS_BEGIN = 0.25, -2.0
#: Messages of about one length are taken together, out of this many drawn by chance.
_DRAWN = 4096
#: The place that fills up shorter messages; the mask hides it.
_FILLER, _EIGHT = 0, 8
_UNSURE = -1
#: What each piece means by itself; it is never taught.
_MEANINGS = "word.weight"


@dataclass(frozen=True)
class Round:
    """How often each lesson is seen, and how fast the layers learn at most."""

    epochs: int
    rate: float


@dataclass(frozen=True)
class Lesson:
    """One message: its pieces with both ends, the rows of each figure, the fact of each (-1: nobody can tell), and what its words state."""

    pieces: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    facts: tuple[int, ...]
    stated: tuple[int, ...]
    #: For each statement 1, or 0 where nobody can tell.
    sure: npt.NDArray[np.float32]


class _Layer(nn.Module):
    def __init__(self, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        super().__init__()
        self.ask, self.gather, self.widen, self.narrow = (_linear(weights, name) for name in ("ask", "gather", "widen", "narrow"))
        self.after_gather, self.after_narrow = _norm(weights, "after_gather."), _norm(weights, "after_narrow.")

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        count, pieces, width = rows.shape
        query, key, value = self.ask(rows).view(count, pieces, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        gathered = self.gather(seen.transpose(1, 2).reshape(count, pieces, width))
        rows = self.after_gather(rows + functional.dropout(gathered, _DROPPED, self.training))
        grown: Tensor = self.narrow(functional.gelu(self.widen(rows)))
        after: Tensor = self.after_narrow(rows + functional.dropout(grown, _DROPPED, self.training))
        return after


class Pupil(nn.Module):
    """The network with what it is to learn on top; the meaning of single pieces stays as it was pretrained."""

    def __init__(
        self, meanings: npt.NDArray[Any], start: Mapping[str, npt.NDArray[Any]], layers: Sequence[Mapping[str, Any]], heads: tuple[int, int]
    ) -> None:
        super().__init__()
        facts, statements = heads
        width = meanings.shape[1]
        self.word = nn.Embedding.from_pretrained(torch.tensor(meanings), freeze=True)
        self.places = nn.Parameter(torch.tensor(start["places"], dtype=torch.float32))
        self.embedding = _norm(start, "embedding.")
        self.layers = nn.ModuleList(_Layer(weights) for weights in layers)
        self.of_figure, self.regard, self.speaks = nn.Linear(2 * width, facts), nn.Linear(width, statements), nn.Linear(width, statements)
        nn.init.constant_(self.speaks.bias, _STATEMENTS_BEGIN)

    def rows(self, pieces: Tensor, there: Tensor) -> Tensor:
        """A row of numbers for each piece of each message; `there`: 1, or 0 for what only fills up."""
        rows = self.embedding(self.word(pieces) + self.places[: pieces.shape[1]])
        rows = functional.dropout(rows, _DROPPED, self.training)
        for layer in self.layers:
            rows = layer(rows, there[:, None, None, :].bool())
        return rows

    def forward(self, pieces: Tensor, there: Tensor, shares: Tensor, owner: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of each figure's facts and of each message's statements. `shares`: how much each row counts for a figure."""
        rows = self.rows(pieces, there).float()
        whole = (rows * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        figures = torch.cat([torch.bmm(shares[:, None, :], rows[owner])[:, 0], whole[owner]], dim=1)
        regard = self.regard(rows).masked_fill(there[:, :, None] == 0, -1e4).softmax(1)
        said = (regard * self.speaks(functional.dropout(rows, _DROPPED, self.training))).sum(1)
        return self.of_figure(functional.dropout(figures, _DROPPED, self.training)), said


def teach(pupil: Pupil, lessons: Sequence[Lesson], of: Round, *, steps: int | None = None, seed: int = 0) -> None:
    """Goes through the lessons, short ones together; prints how it gets on. `steps` stops early."""
    chance = np.random.default_rng(seed)
    torch.manual_seed(seed)
    per_epoch = sum(1 for _ in _batches(lessons, np.random.default_rng(seed)))
    total = steps or per_epoch * of.epochs
    new = [weight for name, weight in pupil.named_parameters() if name.partition(".")[0] in ("of_figure", "regard", "speaks")]
    old = [weight for name, weight in pupil.named_parameters() if weight.requires_grad and all(weight is not other for other in new)]
    optimiser = torch.optim.AdamW([{"params": old, "lr": of.rate}, {"params": new, "lr": of.rate * NEW_FASTER}], weight_decay=_DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (_WARM_UP * total)) * max(0.02, 1 - step / total)
    )
    pupil.train()
    done, smooth = 0, 0.0
    while done < total:
        for batch in _batches(lessons, chance):
            loss = loss_of(pupil, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(pupil.parameters(), _LARGEST_STEP)
            optimiser.step()
            pace.step()
            done, smooth = done + 1, 0.98 * smooth + 0.02 * float(loss.detach())
            if done % 100 == 0:
                print(f"{done} of {total} steps, loss {smooth:.3f}", file=sys.stderr)
            if done == total:
                return


def as_arrays(pupil: Pupil) -> dict[str, Any]:
    """What was learnt, matrices in whole numbers up to 127 with a step for each row."""
    found: dict[str, Any] = {"places": pupil.places.detach().numpy().astype(np.float16)}
    for name, weight in pupil.state_dict().items():
        if name in (_MEANINGS, "places"):
            continue
        value, kept = weight.numpy().astype(np.float32), _kept_as(name)
        if value.ndim == 2:
            step = np.maximum(np.abs(value).max(axis=1), 1e-9) / 127
            found[kept], found[f"{kept}.step"] = np.rint(value / step[:, None]).astype(np.int8), step
        else:
            found[kept] = value
    return found


def resume(pupil: Pupil, learnt: Mapping[str, npt.NDArray[Any]]) -> None:
    """Puts back what a pupil of the same heads had learnt (`as_arrays`), a little coarser than it was."""
    found = {}
    for name, weight in pupil.state_dict().items():
        if name == _MEANINGS:
            found[name] = weight
            continue
        kept = _kept_as(name)
        value = learnt[kept].astype(np.float32)
        found[name] = torch.tensor(value * learnt[f"{kept}.step"][:, None] if f"{kept}.step" in learnt else value)
    pupil.load_state_dict(found)


def _kept_as(name: str) -> str:
    """What a weight is called among the arrays."""
    plain = name.removeprefix("layers.")
    if plain.split(".")[-2:][0] in ("embedding", "after_gather", "after_narrow"):
        return plain.replace("weight", "scale").replace("bias", "shift")
    return plain


def _linear(weights: Mapping[str, npt.NDArray[Any]], name: str) -> nn.Linear:
    rows, width = weights[f"{name}.weight"].shape
    made = nn.Linear(width, rows)
    made.weight.data, made.bias.data = torch.tensor(weights[f"{name}.weight"]), torch.tensor(weights[f"{name}.bias"])
    return made


def _norm(weights: Mapping[str, npt.NDArray[Any]], name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(len(weights[f"{name}scale"]), eps=1e-12)
    made.weight.data, made.bias.data = torch.tensor(weights[f"{name}scale"]), torch.tensor(weights[f"{name}shift"])
    return made


def _batches(lessons: Sequence[Lesson], chance: np.random.Generator) -> Iterator[list[Lesson]]:
    order = [lessons[at] for at in chance.permutation(len(lessons))]
    made: list[list[Lesson]] = []
    for first in range(0, len(order), _DRAWN):
        batch: list[Lesson] = []
        for lesson in sorted(order[first : first + _DRAWN], key=lambda lesson: len(lesson.pieces)):
            batch.append(lesson)
            if len(batch) * len(lesson.pieces) >= PIECES_A_STEP:
                made.append(batch)
                batch = []
        made += [batch] if batch else []
    yield from (made[at] for at in chance.permutation(len(made)))


def loss_of(pupil: Pupil, batch: Sequence[Lesson]) -> Tensor:
    """How wrong the pupil is on a batch: cross entropy of its figures' facts, and of its statements."""
    longest = min(-(-max(len(lesson.pieces) for lesson in batch) // _EIGHT) * _EIGHT, PIECES_AT_MOST)
    pieces, there = torch.full((len(batch), longest), _FILLER), torch.zeros(len(batch), longest)
    for at, lesson in enumerate(batch):
        pieces[at, : len(lesson.pieces)], there[at, : len(lesson.pieces)] = torch.tensor(lesson.pieces), 1.0
    rows = [(at, found) for at, lesson in enumerate(batch) for found in lesson.rows]
    shares = torch.zeros(len(rows), longest)
    for figure, (_, found) in enumerate(rows):
        shares[figure, list(found)] = 1 / len(found)
    facts = torch.tensor([fact for lesson in batch for fact in lesson.facts], dtype=torch.long)
    stated, sure = torch.zeros(len(batch), len(batch[0].sure)), torch.tensor(np.stack([lesson.sure for lesson in batch]))
    for at, lesson in enumerate(batch):
        stated[at, list(lesson.stated)] = 1.0
    with torch.autocast("cpu", dtype=torch.bfloat16):
        figures, said = pupil(pieces, there, shares, torch.tensor([at for at, _ in rows], dtype=torch.long))
    of_words = (functional.binary_cross_entropy_with_logits(said.float(), stated, reduction="none") * sure).sum() / len(batch)
    if not bool((facts != _UNSURE).any()):
        return _STATEMENTS_COUNT * of_words
    return functional.cross_entropy(figures.float(), facts, ignore_index=_UNSURE) + _STATEMENTS_COUNT * of_words
