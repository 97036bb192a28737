"""How long a summary card takes to draw, and how large its picture is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.answers.card import card_of
from bot.conversation.facts import Taken
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.world import Scene
from bot.pictures.card import card_png
from knowledge.firm import Firm
from nlu.mentions import Extraction
from tests.bench._firms import TALKING, shipped_world
from tests.bench._lines import TODAY, Figure, Size, at_most, percentile, rounded

#: Milliseconds a card, and kilobytes of its picture.
TIME, SIZE = 1000.0, 300.0


def run(size: Size) -> Iterator[Figure]:
    """The first card of a process, which opens the fonts; then cards that all differ, in each language."""
    firm, shipped = Firm.of(TALKING, TODAY), shipped_world()
    for language in ("zh", "en"):
        heard = Understanding(None, 0.0, Extraction((), (), False, ()), (), language)
        scene = Scene(shipped, Dialogue(firm=firm, language=language), TODAY, heard, Taken(firm, (), False))
        card, took, picture = card_of(scene), [], b""
        for number in range(size.pick(20, 200)):
            start = time.perf_counter()
            picture = card_png(replace(card, subtitle=f"No. {number}"))
            took.append((time.perf_counter() - start) * 1e3)
        yield at_most(f"first_{language}", rounded(took[0]), "ms", TIME)
        yield at_most(f"card_p95_{language}", rounded(percentile(took[1:], 95)), "ms", TIME)
        yield at_most(f"picture_{language}", rounded(len(picture) / 1024), "KB", SIZE)
