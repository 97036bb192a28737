"""Everything that was learnt of owners' messages, together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nlu.linking.encoder.hear import Encoder, encoder
from nlu.linking.model import Judge, LinkModel, figure_model, rest_model, word_model


@dataclass(frozen=True)
class Learnt:
    """The network that reads the message, the model of which fact a figure fills, that of what words say, and that of the rest."""

    encoder: Encoder
    figures: LinkModel
    words: LinkModel
    rest: Judge


@cache
def learnt() -> Learnt:
    """What the advisor carries."""
    return Learnt(encoder(), figure_model(), word_model(), rest_model())
