"""What a message says in words, weighing the rules' reading with what was learnt. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from nlu.cues import frames
from nlu.cues.patterns import scripts_of
from nlu.facts import Mention
from nlu.linking.encoder.hear import Heard
from nlu.linking.model import LinkModel
from nlu.linking.view import View
from nlu.linking.words.hits import Hits, hits_in
from nlu.linking.words.phrases import message_phrases, runs, tokens_of
from nlu.linking.words.places import Message, candidates, place
from nlu.linking.words.statements import IN_WORDS, fact_of, is_list, statements, value_of
from nlu.reading.told import spoken_for

#: At this probability a statement counts that the rules did not read; chosen, as those below, on the validation split, where of what was
#: added below it half was wrong.
ADDS = 0.8
#: The same for a trade, of which many are in no table: of 35 that were added from here on 34 were right.
ADDS_TRADE = 0.7
#: The same for what is told of others as often as of oneself.
ADDS_HELD = 0.92
#: The same for a pledge: things are named more often than offered.
ADDS_PLEDGE = 0.85
#: Below this probability the rules' reading is dropped; a wrong fact is worse than a missing one, and between 0.6 and 0.8 half were wrong.
DROPS = 0.8
#: Below this one even what a whole clause says is dropped.
UNLIKELY = 0.1
#: Titles, grades and buyers: told of other firms as often as of one's own.
_HELD = frozenset(
    "core_buyer government_contract high_tech tech_sme specialised_level tax_grade vat_taxpayer private_owned blacklisted franchise".split()
)
#: With these, what people say of the world around them: 好多人返乡, JD couriers are quick here.
_SAID_OF_OTHERS = _HELD | {"platform", "tax_arrears", "owner_group", "legal_form"}
#: From this probability on one of several things told together counts, where one is sure: a list without one of them is wrong.
TOGETHER = 0.6

_OWNER = re.compile(r"\b(?:i|we|us|me|ours|mine)\b")
_SPEAKS_OF_SELF = re.compile(rf"{_OWNER.pattern}|\b(?:my|our)\b|[我俺咱]|自己|名下|手[上里]")


def probabilities(model: LinkModel, message: Message) -> dict[str, float]:
    """How likely the message makes each statement that it might make."""
    names = candidates(message)
    rows = [place(message, said) for said in names]
    return dict(zip(names, model.trees.probabilities(rows) if rows else [], strict=True))


def seen(model: LinkModel, view: View, heard: Heard, ruled: Sequence[Mention]) -> Message:
    """The message as the trees look at it."""
    hits = hits_in(view.norm)
    said = statements({mention.name: mention.value for mention in ruled})
    return Message(view, hits, said, len(ruled), model.linear.scores(message_phrases(view, hits)), heard.statements)


def weigh(
    model: LinkModel, view: View, heard: Heard, ruled: Sequence[Mention], mentions: Sequence[Mention], text: str
) -> tuple[Mention, ...]:
    """`mentions` with likelier statements added and doubtful ones dropped.

    What is only supposed adds nothing. What answers the question asked stands as the rules read it; where they read no answer, only a trade
    may be one.
    """
    message = seen(model, view, heard, ruled)
    idle = {said for said, places in message.hits.items() if not any(view.scope.states(*match.span()) for match in places)}
    found = probabilities(model, message)
    mentions = [mention for mention in mentions if mention.name != "collateral" or not _in_general(view)]
    barred = _barred(view, mentions)
    made = {
        fact: said for fact, said in decided(message.ruled, found, idle).items() if fact not in barred and not _refused(message, fact, said)
    }
    known = frozenset(map(fact_of, model.linear.facts))
    kept: list[Mention] = []
    for mention in mentions:
        if mention.name not in IN_WORDS or mention.name == view.asking or mention.name not in known or _alone(view, mention):
            kept.append(mention)
            made.pop(mention.name, None)
        elif (mention.told and _likely(mention, found)) or _offered(view, mention):
            kept.append(_with_more(mention, made.pop(mention.name, frozenset())))
        elif said := made.pop(mention.name, frozenset()):
            value = value_of(mention.name, said)
            same = value == mention.value
            kept.append(mention if same else _mention(model, message, mention.name, said, text))
    new = (_mention(model, message, fact, said, text) for fact, said in made.items())
    if not _of_others(view):
        kept += [mention for mention in new if not _supposed(view, mention) and not spoken_for(mention, kept)]
    return tuple(sorted(kept, key=lambda mention: (mention.start, mention.end)))


def _refused(message: Message, fact: str, said: frozenset[str]) -> bool:
    """Whether the rules saw the words for what others are said to be, and did not take them: can I use the policy for tech firms."""
    return fact in _SAID_OF_OTHERS and not said & message.ruled and any(item in message.hits for item in said)


def _barred(view: View, mentions: Sequence[Mention]) -> frozenset[str]:
    """Facts that are not taken from likelihood alone: the one asked for but a trade, a pledge asked of in general, a purpose of no loan."""
    barred = {view.asking or ""} - {"industry"}
    if _in_general(view):
        barred.add("collateral")
    if frames.NO_NEED.search(view.norm) and all(mention.name != "purpose" for mention in mentions):
        barred.add("purpose")
    return frozenset(barred)


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


#: What banks take, and which of two ways is better: asked in general, nothing is offered.
_GENERAL = re.compile(r"哪个|哪种|区别|\b(?:do|does|will|would) (?:the |most |any |all )?(?:banks?|lenders?)\b")


def _in_general(view: View) -> bool:
    return view.asking != "collateral" and _GENERAL.search(view.norm) is not None and not _SPEAKS_OF_SELF.search(view.norm)


def _alone(view: View, mention: Mention) -> bool:
    """Whether the message is nothing but the words that say it: 承包果园."""
    return not (view.norm[: mention.start] + view.norm[mention.end :]).strip(" 。.!！")


def _of_others(view: View) -> bool:
    """Whether an English message speaks of somebody else from the first word to the last, and not of the owner."""
    if scripts_of(view.norm)[0] or _OWNER.search(view.norm):
        return False
    return any(low == 0 and high == len(view.norm) for low, high in view.scope.others)


def _supposed(view: View, mention: Mention) -> bool:
    """Whether the words that say it come after an if, in the same sentence, or name what somebody else's firm holds."""
    if mention.name in _HELD and view.scope.of_others(mention.start):
        return True
    return not view.scope.states(mention.start, mention.end) and frames.SUPPOSE.search(view.norm[: mention.end]) is not None


def decided(ruled: Iterable[str], found: Mapping[str, float], idle: Container[str] = ()) -> dict[str, frozenset[str]]:
    """By fact the statements that hold: of a list every likely item, else the likeliest.

    `idle` are statements whose words stand only where nothing is stated: a trade in a question is hardly the firm's.
    """
    known = frozenset(ruled)
    held: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for said, probability in found.items():
        fact = fact_of(said)
        needed = TOGETHER if is_list(fact) else DROPS if said in known else _adds(fact) if said not in idle else max(ADDS, _adds(fact))
        if probability >= needed:
            held[fact].append((probability, said))
    sure = {fact for fact, items in held.items() if not is_list(fact) or _is_sure(fact, items) or any(said in known for _, said in items)}
    return {fact: _together(held[fact]) if is_list(fact) else frozenset([max(held[fact])[1]]) for fact in held if fact in sure}


def _is_sure(fact: str, items: Sequence[tuple[float, str]]) -> bool:
    return max(items)[0] >= (ADDS_PLEDGE if fact == "collateral" else _adds(fact))


def _adds(fact: str) -> float:
    return ADDS_TRADE if fact == "industry" else ADDS_HELD if fact in _SAID_OF_OTHERS else ADDS


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
