"""Flags and choices that an English sentence says as a whole (lexicon/told.yaml): none of my relatives will sign, our buyers are private.

What is told so stands: the second look at words (nlu/linking/words/weigh.py) knows few of these sentences and does not drop it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.firm import FactType, FactValue, vocabulary
from nlu.cues import frames, words
from nlu.cues.patterns import scripts_of
from nlu.facts import Mention
from nlu.reading.scope import Scope

Told = tuple[str, FactValue, re.Match[str]]

#: Before the words, in their sentence: they are told of somebody else, of others in general, of later or of an advertisement.
_NOT_OURS = re.compile(
    r"\b(?:closed|shut|left|quit)(?: down)? (?:the|our|my) $"
    r"|\b(?:customers?|clients?|buyers?|landlord|competitors?|neighbou?rs?|friends?|guys?|people|mother|father|son|daughter|they)(?:'s)?"
    r" (?:is an?|are|was an?|has|have)\b|\b(?:opposite|upstairs|downstairs|next door)\b"
    r"|\b(?:next year|perhaps|maybe|some ?day|later|thinking of|considering|planning|wants? me to|should i|must (?:an?|i)|can (?:an?|one)"
    r"|do (?:banks|they)|does (?:an?|it)|what is|what's|how do|leaflet|offered me)\b"
)
#: The owner is spoken of: what a question says in passing is the owner's.
_OWN = re.compile(r"\b(?:i|we|my|our|ours|mine|us|me|i'm|we're|i'd|we'd|i've|we've)\b")
#: These are told of the people around the owner.
_OF_OTHERS = ("guarantor", "fixed_premises", "private_owned", "government_contract", "core_buyer")
#: A purpose without a wish begins the message: to swap the microloan, for advertising.
_OPENS = re.compile(
    r"\W*(?:so |no investment, )?(?:it's |it is |just |only |mainly |purely |mostly |we'd |i'd |with it |can you "
    r"|could you )*(?:(?:use(?: of (?:the )?funds)?"
    r"|purpose)(?: is)?:? ?)?(?:to |for |the |on )*"
)
_MONEY = re.compile(r"\b(?:new credit|new loan|loan for|borrow\w*|with it|has to be paid|have to be paid|bridge the time)\b")
#: A question without its mark.
_ASKS = re.compile(r"(?<!that's )(?<!this is )(?<!that is )\b(?:which|what|how much|how long)\b|\b(?:must|can|should|do|could) i\W*$")
#: What the loan is for is said in so many words.
_FOR_LOAN = re.compile(
    r"^\W*(?:just |only |mainly )?(?:for|to|buying|purchase of|upgrade of|fit-?out of|new kit for|it's about|load up on|stock up on"
    r"|lay in|buy in|redo) |\bha(?:s|ve) to be paid\b"
    r"|\b(?:loan|money|cash|funds?|credit|purpose|use)\b[^.;]{0,24}\b(?:for|to|is|into|on)\b|\b(?:that's|this is) (?:what"
    r"|the purpose)\b|\bborrow for\b"
    r"|\bwith it\b|\bon credit\b|\bwould do\b|\bis enough\b"
)


def told_words(scope: Scope) -> Iterator[Told]:
    """What whole sentences say of flags and choices, one value a fact; a list's items together."""
    if not scripts_of(scope.norm)[1]:
        return
    for fact, table in words.TOLD.items():
        said = [(value, match) for value, pattern in table if (match := _first(scope, fact, pattern.finditer(scope.norm))) is not None]
        if not said:
            continue
        value, match = said[0]
        kind = vocabulary()[fact].type
        if kind is FactType.CHOICES:
            items = {value for value, _ in said}
            yield fact, tuple(choice for choice in vocabulary()[fact].choices if choice in items), match
        else:
            yield fact, value == "yes" if kind is FactType.FLAG else value, match


#: A thing is offered in so many words.
_OFFERED = re.compile(
    r"\b(?:collateral|pledg\w*|as (?:a )?(?:security|backing|guarantee|surety)|(?<!social )security(?=:| is\b| would)|(?:can|could|to"
    r"|for|free to) mortgage|mortgage on my"
    r"|secures? (?:it|the loan)|back (?:it|this|the loan|a loan)|(?:would|could|can|will|'d|to) (?:also )?put (?:it |them |that "
    r"|this )?up|serve as|order financing)\b|质押|抵押"
)


def offered(scope: Scope) -> bool:
    """Whether an English message names its security as such; a general question about pledges offers none."""
    if not scripts_of(scope.norm)[1] or scope.silent or not _OFFERED.search(scope.norm):
        return False
    return not (scope.questions or _ASKS.search(scope.norm)) or _OWN.search(scope.norm) is not None


def for_loan(scope: Scope) -> bool:
    """Whether an English message says in so many words that the money is for what it names."""
    return (
        scripts_of(scope.norm)[1]
        and not (scope.silent or scope.questions or _ASKS.search(scope.norm))
        and _FOR_LOAN.search(scope.norm) is not None
    )


#: How a message begins that goes on with its trade; what makes the trade's words the subject of something else.
_BEGINS = re.compile(
    r"(?:\W|\b(?:we|i|it's|it is|we're|we are|i'm|i am|my|our|a|an|the|small|little|tiny|old|new|family|just|only|mainly|mostly|run"
    r"|runs|running|own|have|got|do|make|sell|repair"
    r"|build|two|three|four|five|ten|twenty|thirty|forty|\d+|of|village|local|own)\b)*"
)
_SAID_OF = re.compile(
    r" (?:is|are|was|were|has|have|had|costs?|rents?|lost|told|raised|went|go|park|pays?|paid|owes?|owed|wants?|prices?|close[sd]?"
    r"|start|can|could|will|would|should)\b|[^.;]*\?"
)
#: The message says more than a few words of its own: another clause, or the owner.
_MORE = re.compile(
    r"[,;:]|\b(?:by|near|beside|opposite|behind) the\b|\bwith (?:\d+|[a-z]+) (?:tables|rooms|beds|chairs|seats|staff|trucks"
    r"|machines)\b|\. |\b(?:we|i|our|my|me|us)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:subsid\w+|policy|grants?|needed|photos?|kids|children|pension|approved|fake|sms|want|need|loan|borrow\w*|lend|bank|security"
    r"|next year|plan|used to|quit|left|before|years ago|retired)\b"
)


def only_trade(scope: Scope, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether an English message opens with a trade and says no other thing in words: gas station, two pumps."""
    if mention.name != "industry" or len(found) > 1 or scope.silent or scope.questions or scripts_of(scope.norm)[0]:
        return False
    if frames.CORRECTION.search(scope.norm) or not _MORE.search(scope.norm):
        return False
    plain = _BEGINS.fullmatch(scope.norm, 0, mention.start) and not _SAID_OF.match(scope.norm, mention.end)
    return bool(plain) and _ELSEWHERE.search(scope.norm) is None


def spoken_for(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether the words of a trade are part of what is surely said of another thing: a loan to finance an export order."""
    if mention.name != "industry" or mention.told:
        return False
    return any(other.told and other.name != "platform" and other.start < mention.end and mention.start < other.end for other in others)


def pledged(scope: Scope, trade: re.Match[str]) -> bool:
    """Whether the words of a trade name what is pledged: printing press, free to pledge."""
    if not offered(scope):
        return False
    things = (match for _, pattern in words.CHOICES["collateral"] for match in pattern.finditer(scope.norm))
    return any(thing.start() < trade.end() and trade.start() < thing.end() for thing in things)


def _first(scope: Scope, fact: str, matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return next((match for match in matches if _stands(scope, fact, match)), None)


def _stands(scope: Scope, fact: str, match: re.Match[str]) -> bool:
    start, end = _sentence(scope, match.start())
    lead = scope.norm[start : match.start()]
    if not (scope.states(*match.span()) or fact in _OF_OTHERS) or frames.SUPPOSE.search(lead) or _NOT_OURS.search(lead):
        return False
    asked = any(low <= match.start() < high for low, high in scope.questions) and "?" not in match[0]
    if asked and not _OWN.search(scope.norm):
        return False
    if fact == "purpose":
        wished = words.PURPOSE_WISH.search(scope.norm, start, end) or _MONEY.search(scope.norm, start, end)
        return wished is not None or _OPENS.fullmatch(scope.norm, 0, match.start()) is not None
    return True


def _sentence(scope: Scope, place: int) -> tuple[int, int]:
    """The sentence around a place, its mark included."""
    start, end = 0, len(scope.norm)
    for stop in frames.SENTENCE.finditer(scope.norm):
        if stop.end() > place:
            end = stop.end()
            break
        start = stop.end()
    return start, end
