"""One firm judged against 135, 1,000 and 4,000 entries: how it grows with the pack, and what making every reason adds.

The entries beyond the shipped ones vary the rules of those, so nearly every one has a rule of its own. Each firm is tried once, as a
turn tries it: nothing that an earlier trial worked out helps.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from functools import partial

from bot.matching.match import match_all
from knowledge.conditions import leaves
from knowledge.eligibility import judge
from knowledge.firm import Firm
from knowledge.pack import Pack, load_pack
from tests.bench._firms import NEWCOMER, OPEN_BOOKS, TALKING
from tests.bench._lines import TODAY, Figure, Size, at_most, ms, percentile, rounded, timed
from tests.bench._packs import varied

#: Milliseconds for one firm against a thousand entries.
TARGET, THOUSAND = 5.0, 1000
KNOWN = {"hardly known": NEWCOMER, "in conversation": TALKING, "with its books": OPEN_BOOKS}


def run(size: Size) -> Iterator[Figure]:
    """Medians over firms of three kinds, by the number of entries."""
    rounds = size.pick(90, 900)
    packs = [load_pack(), varied(THOUSAND), varied(4 * THOUSAND)]
    gc.collect()
    gc.freeze()  # as the serving command does with what it has loaded
    medians = {len(pack.entries): percentile(_judging(pack, rounds), 50) for pack in packs}
    for pack in packs:
        count = len(pack.entries)
        name, told = f"judge_{count}_entries", _told(pack)
        if count == THOUSAND:
            yield at_most(name, ms(medians[count]), "ms", TARGET, told)
        else:
            yield Figure(name, ms(medians[count]), "ms", versus=told)
    took = timed(partial(_judge, packs[1]), _firms(rounds), time.process_time)
    yield Figure("judge_1000_entries_processor", ms(percentile(took, 50)), "ms", versus="time of the processor alone")
    growth = medians[4 * THOUSAND] / medians[THOUSAND]
    yield Figure("growth_1000_to_4000_entries", rounded(growth), "times", versus="4 times the entries")
    for kind, facts in KNOWN.items():
        took = timed(partial(_judge, packs[1]), [Firm.of(facts, TODAY) for _ in range(rounds)])
        yield Figure(f"judge_1000_entries_{kind.replace(' ', '_')}", ms(percentile(took, 50)), "ms", versus=f"{len(facts)} facts known")
    told = timed(partial(_explain, packs[1]), _firms(rounds))
    yield at_most("judge_1000_entries_all_reasons", ms(percentile(told, 50)), "ms", TARGET, "every finding and missing fact made, too")
    took = timed(lambda firm: match_all(packs[1], firm, TODAY, "B"), _firms(rounds))
    yield Figure("match_1000_entries", ms(percentile(took, 50)), "ms", versus="judging with likely amounts and rates")


def _judge(pack: Pack, firm: Firm) -> object:
    return [judge(entry, firm, TODAY) for entry in pack]


def _explain(pack: Pack, firm: Firm) -> object:
    return [(judgement.findings, judgement.missing) for judgement in (judge(entry, firm, TODAY) for entry in pack)]


def _judging(pack: Pack, rounds: int) -> list[float]:
    _judge(pack, Firm.of(TALKING, TODAY))
    return timed(partial(_judge, pack), _firms(rounds))


def _firms(rounds: int) -> list[Firm]:
    """Firms of every kind in turn, none of them tried before."""
    kinds = tuple(KNOWN.values())
    return [Firm.of(kinds[number % len(kinds)], TODAY) for number in range(rounds)]


def _told(pack: Pack) -> str:
    rules = [entry.rule for entry in pack if entry.rule is not None]
    return f"{len(rules)} rules with {sum(len(list(leaves(rule))) for rule in rules)} comparisons"
