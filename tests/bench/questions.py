"""How many questions it takes until the best entries of a firm are settled: the advisor's choice, a fixed order, and chance.

The firms are generated (_generated.py). The best entries are the five worth most among those that, with all the owner knows told, fit or
need only a person's check; they are settled once their status cannot change any more. A question an owner cannot answer counts, too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from statistics import mean

from bot.matching.match import Match, match_all
from bot.matching.question import next_question
from bot.matching.worth import worth
from knowledge.eligibility import Judgement, Status, judge
from knowledge.entries import Entry
from knowledge.firm import Firm, vocabulary
from knowledge.pack import Pack, load_pack
from tests.bench._generated import generated_firms
from tests.bench._lines import TODAY, Figure, Size, at_most, ms, percentile, rounded

SEED, BEST, GRADE = 20261121, 5, "C"
#: Of the questions a fixed order asks, the share that a good choice may take; and milliseconds for choosing one.
TARGET_SHARE, TARGET_CHOICE = 0.5, 20.0

#: The next fact to ask, from what is known and what was asked in vain.
Policy = Callable[[Firm, Sequence[str]], str | None]


def run(size: Size) -> Iterator[Figure]:
    """The mean number of questions by each way of choosing, on the same firms in the same run."""
    pack, took = load_pack(), list[float]()
    firms = generated_firms(size.pick(150, 1000), SEED)
    counts: dict[str, list[int]] = {"chosen": [], "fixed": [], "fixed_relevant": [], "random": []}
    for number, firm in enumerate(firms):
        best = _best(pack, firm)
        if not best:
            continue
        for name, policy in policies(pack, Random(SEED + number), took).items():
            counts[name].append(questions_until_settled(firm, best, policy))
    fixed = mean(counts["fixed"])
    versus = f"{len(counts['fixed'])} of {len(firms)} generated firms that anything fits, fixed order of the vocabulary {rounded(fixed)}"
    chosen = mean(counts["chosen"])
    yield at_most("chosen_mean", rounded(chosen), "questions", rounded(fixed * TARGET_SHARE), versus)
    yield Figure("chosen_p90", percentile(counts["chosen"], 90), "questions", versus=f"fixed order {percentile(counts['fixed'], 90)}")
    yield Figure("fixed_mean", rounded(fixed), "questions")
    relevant = "fixed order, leaving out what no open entry needs"
    yield Figure("fixed_relevant_mean", rounded(mean(counts["fixed_relevant"])), "questions", versus=relevant)
    yield Figure("random_mean", rounded(mean(counts["random"])), "questions")
    yield at_most("choice_p50", ms(percentile(took, 50)), "ms", TARGET_CHOICE, f"the shipped pack of {len(pack.entries)} entries")
    yield at_most("choice_p99", ms(percentile(took, 99)), "ms", TARGET_CHOICE, f"the shipped pack of {len(pack.entries)} entries")


def policies(pack: Pack, random: Random, took: list[float]) -> dict[str, Policy]:
    """The ways of choosing; `took` gets the seconds of each choice of the advisor's own."""
    askable = [name for name, spec in vocabulary().items() if spec.ask]
    shuffled = random.sample(askable, len(askable))

    def in_order(order: Sequence[str]) -> Policy:
        return lambda known, passed: next((name for name in order if name not in known and name not in passed), None)

    def relevant(known: Firm, passed: Sequence[str]) -> str | None:
        needed = {name for match in _matches(pack, known) if match.status is Status.UNKNOWN for name in match.judgement.missing}
        return next((name for name in askable if name in needed and name not in known and name not in passed), None)

    def chosen(known: Firm, passed: Sequence[str]) -> str | None:
        matches = _matches(pack, known)
        start = time.perf_counter()
        question = next_question([m.judgement for m in matches], known, TODAY, passed, {m.entry.id: worth(m, known) for m in matches})
        took.append(time.perf_counter() - start)
        return question.fact if question else None

    return {"chosen": chosen, "fixed": in_order(askable), "fixed_relevant": relevant, "random": in_order(shuffled)}


def questions_until_settled(firm: Firm, best: Sequence[tuple[Entry, Judgement]], policy: Policy) -> int:
    """Questions asked, in vain or not, until the best entries stand as they will; all there are when they never do."""
    known, passed, asked = Firm(), list[str](), 0
    while not all(_stands(judge(entry, known, TODAY), final) for entry, final in best):
        name = policy(known, passed)
        if name is None:
            return asked
        asked += 1
        fact = firm.fact(name)
        if fact is None:
            passed.append(name)
        else:
            known = known.having(fact)
    return asked


def _stands(now: Judgement, final: Judgement) -> bool:
    return now.status is final.status and not now.missing


def _best(pack: Pack, firm: Firm) -> list[tuple[Entry, Judgement]]:
    """The five worth most among what fits in the end, or needs only a person's check."""
    fitting = [m for m in _matches(pack, firm) if m.status is Status.ELIGIBLE or (m.status is Status.UNKNOWN and not m.judgement.missing)]
    # What fits everybody needs no question.
    tested = [match for match in fitting if match.entry.rule is not None]
    order = sorted(tested, key=lambda match: (-worth(match, firm), match.entry.id))
    return [(match.entry, match.judgement) for match in order[:BEST]]


def _matches(pack: Pack, firm: Firm) -> tuple[Match, ...]:
    return match_all(pack, firm, TODAY, GRADE)
