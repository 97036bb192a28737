"""What a message says in words, weighing the rules' reading with what was learnt. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from nlu.cues import frames
from nlu.facts import Mention
from nlu.linking.encoder.hear import Heard
from nlu.linking.model import LinkModel
from nlu.linking.view import View
from nlu.linking.words.hits import Hits, hits_in
from nlu.linking.words.phrases import message_phrases, runs, tokens_of
from nlu.linking.words.places import Message, candidates, place
from nlu.linking.words.statements import IN_WORDS, fact_of, is_list, statements, value_of
from nlu.reading.told import spoken_for

#: From this probability on a statement counts, whether the rules read it or not. Chosen, with the limits of figures and of the rest, on the
#: validation split and on messages of strangers, so that a wrong fact is as bad as three or four missing ones.
COUNTS = 0.75
#: The same for what is told of others as often as of oneself, where the rules did not read it: titles, grades, buyers, platforms.
COUNTS_HELD = 0.9
_HELD = frozenset(
    "core_buyer government_contract high_tech tech_sme specialised_level tax_grade vat_taxpayer private_owned blacklisted franchise"
    " platform tax_arrears owner_group legal_form".split()
)
#: Below this one even what a whole clause says is dropped.
UNLIKELY = 0.05


def probabilities(model: LinkModel, message: Message) -> dict[str, float]:
    """How likely the message makes each statement that it might make."""
    names = candidates(message)
    rows = [place(message, said) for said in names]
    return dict(zip(names, model.trees.probabilities(rows) if rows else [], strict=True))


def seen(model: LinkModel, view: View, heard: Heard, ruled: Sequence[Mention]) -> Message:
    """The message as the trees look at it."""
    hits = hits_in(view.norm)
    said = statements({mention.name: mention.value for mention in ruled})
    told = statements({mention.name: mention.value for mention in ruled if mention.told})
    return Message(view, hits, said, told, len(ruled), model.linear.scores(message_phrases(view, hits)), heard.statements)


def weigh(
    model: LinkModel, view: View, heard: Heard, ruled: Sequence[Mention], mentions: Sequence[Mention], text: str
) -> tuple[Mention, ...]:
    """`mentions` with likelier statements added and doubtful ones dropped.

    What answers the question asked stands as the rules read it; where they read no answer, only a trade may be one.
    """
    message = seen(model, view, heard, ruled)
    found = probabilities(model, message)
    made = {fact: said for fact, said in decided(found, message.ruled).items() if fact != view.asking or fact == "industry"}
    known = frozenset(map(fact_of, model.linear.facts))
    kept: list[Mention] = []
    for mention in mentions:
        if (
            mention.name not in IN_WORDS
            or mention.name == view.asking
            or mention.name not in known
            or view.is_all(mention.start, mention.end)
        ):
            kept.append(mention)
            made.pop(mention.name, None)
        elif (mention.told and _likely(mention, found)) or _offered(view, mention):
            kept.append(_with_more(mention, made.pop(mention.name, frozenset())))
        elif said := made.pop(mention.name, frozenset()):
            value = value_of(mention.name, said)
            same = value == mention.value
            kept.append(mention if same else _mention(model, message, mention.name, said, text))
    new = (_mention(model, message, fact, said, text) for fact, said in made.items())
    kept += [mention for mention in new if not _supposed(view, mention) and not spoken_for(mention, kept)]
    return tuple(sorted(kept, key=lambda mention: (mention.start, mention.end)))


def _offered(view: View, mention: Mention) -> bool:
    """Whether the rules read in a plain statement what can be pledged; a 没有 that belongs to something else does not take it away."""
    plain = view.scope.states(mention.start, mention.end) and not view.scope.questions
    return mention.name == "collateral" and mention.value != ("none",) and plain


def _with_more(mention: Mention, said: frozenset[str]) -> Mention:
    """What stands, a list with its other likely items: nothing goes with none, and none goes with nothing else."""
    if not is_list(mention.name) or mention.value == ("none",):
        return mention
    own = statements({mention.name: mention.value})
    return replace(mention, value=value_of(mention.name, own | {item for item in said if not item.endswith("=none")}))


def _likely(mention: Mention, found: Mapping[str, float]) -> bool:
    """Whether what a whole clause says is not out of the question."""
    return all(found.get(said, 1.0) >= UNLIKELY for said in statements({mention.name: mention.value}))


def _supposed(view: View, mention: Mention) -> bool:
    """Whether the words that say it come after an if, or of no loan: what if I pledge my flat; 周转得开，不用贷."""
    if mention.name == "purpose" and frames.NO_NEED.search(view.norm):
        return True
    return not view.scope.states(mention.start, mention.end) and frames.SUPPOSE.search(view.norm[: mention.end]) is not None


def decided(found: Mapping[str, float], ruled: Container[str] = ()) -> dict[str, frozenset[str]]:
    """By fact the statements that hold: of a list every likely item, else the likeliest."""
    held: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for said, probability in found.items():
        if probability >= (COUNTS_HELD if fact_of(said) in _HELD and said not in ruled else COUNTS):
            held[fact_of(said)].append((probability, said))
    return {fact: _together(items) if is_list(fact) else frozenset([max(items)[1]]) for fact, items in held.items()}


def _together(items: list[tuple[float, str]]) -> frozenset[str]:
    """The likely items of a list; nothing to pledge and something to pledge do not go together."""
    best = max(items)[1]
    if best.endswith("=none"):
        return frozenset([best])
    return frozenset(said for _, said in items if not said.endswith("=none"))


def _mention(model: LinkModel, message: Message, fact: str, said: frozenset[str], text: str) -> Mention:
    start, end = min(_evidence(model, message.view, message.hits, item) for item in said)
    return Mention(fact, value_of(fact, said), start, end, text[start:end])


def _evidence(model: LinkModel, view: View, hits: Hits, said: str) -> tuple[int, int]:
    """Where the words stand that say it: those of the lexicon, else the run of words that speaks most for it."""
    stated = [match for match in hits.get(said, ()) if view.scope.states(*match.span())] or hits.get(said, ())
    if stated:
        return stated[0].span()
    tokens = tokens_of(view.norm)
    weights = {run: model.linear.weight(run, said) for run in runs([token.word for token in tokens])}
    best = max(weights, key=lambda run: (weights[run], run)).split(" ")
    at = next(at for at in range(len(tokens)) if [token.word for token in tokens[at : at + len(best)]] == best)
    return tokens[at].start, tokens[at + len(best) - 1].end
