"""Whether a message is for a loan advisor at all, and if not, what kind of thing it is.

The language server gives a guess and, apart from it, a score for "none of these". Both are weighed here against what the message
states of the firm: a score alone never silences a fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import replace
from enum import StrEnum
from importlib import resources

import yaml

from nlu.mentions import Extraction

_WORDS = yaml.safe_load(resources.files("bot.conversation").joinpath("outside.yaml").read_text("utf-8"))


def _expression(kind: str) -> re.Pattern[str]:
    entry = _WORDS[kind]
    return re.compile("|".join(entry if isinstance(entry, list) else [*entry["zh"], *entry["en"]]), re.IGNORECASE)


_CASH, _BETS, _CHEAT, _ORDERS = (_expression(kind) for kind in ("cash", "bets", "cheat", "orders"))
_PRIVATE, _PLAINLY_PRIVATE, _FOR_THE_FIRM = (_expression(kind) for kind in ("private", "plainly_private", "for_the_firm"))
_ASKS = _expression("asks")
_FOREIGN, _ENGLISH = (frozenset(" ".join(_WORDS[language]).split()) for language in ("foreign", "english"))
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
#: From this score on a message is none of ours. On the validation split thresholds from 0.85 to 0.97 get equally many messages right
#: (485 to 487 of 495 in two fits); of these this one finds the most that is out of scope, and loses one of 463 others.
OUTSIDE = 0.9
OUT_OF_SCOPE = "out_of_scope"
_NOTHING_STATED = Extraction()
#: What a passing word can fill: "hotpot tonight?" makes nobody a restaurant.
_NAMED_IN_PASSING = frozenset({"industry", "region", "purpose", "legal_form"})


class Kind(StrEnum):
    """What a message is that is not for a loan advisor; each has an answer of its own."""

    OTHER = OUT_OF_SCOPE
    LANGUAGE = "out_of_scope_language"
    PRIVATE = "out_of_scope_private"
    ORDERS = "out_of_scope_orders"
    CHEAT = "out_of_scope_cheat"
    BETS = "out_of_scope_bets"
    CASH = "out_of_scope_cash"


#: Kinds whose figures are never the firm's: the price of a family car, the turnover to be forged.
_NOT_THE_FIRMS = frozenset({Kind.PRIVATE, Kind.ORDERS, Kind.CHEAT, Kind.BETS, Kind.CASH})
#: What a thing for the home only seems to be of the firm: the thing to be bought, and its price.
_SEEMS_THE_FIRMS = frozenset({"purpose", "amount_sought", "collateral"})


def weigh(intent: str, oos: float | None, text: str, extraction: Extraction, asking: str | None = None) -> tuple[str, Extraction]:
    """The intent to answer, and the facts to believe.

    `intent` and `oos` (None where there is none) are the language server's; `asking` is the fact of the open question.
    """
    if (kind := kind_by_words(text)) is not None:
        seems = _SEEMS_THE_FIRMS | {asking}  # the price of the car answers no open question
        kept = tuple(mention for mention in extraction.mentions if mention.name not in seems and kind is Kind.PRIVATE)
        return OUT_OF_SCOPE, replace(extraction, mentions=kept, loose=(), ambiguous=())
    outside = oos is not None and oos >= OUTSIDE
    names = {mention.name for mention in extraction.mentions}
    if outside and intent == OUT_OF_SCOPE and not _the_firms(names, text, asking):
        return OUT_OF_SCOPE, _NOTHING_STATED
    if names or extraction.ambiguous:
        return ("state_facts" if intent == OUT_OF_SCOPE else intent), extraction
    if outside and asking and extraction.loose and kind_of(text) is Kind.OTHER and not _ASKS.search(text):
        return "state_facts", extraction  # a figure told while the business is spoken of: 孩子有120个
    return (OUT_OF_SCOPE if outside else intent), extraction


def _the_firms(names: Set[str], text: str, asking: str | None) -> bool:
    """Whether facts of these names, read in a message that looks out of scope, are the firm's all the same.

    An answer to the open question is, but a bare figure among orders or forgeries only looks like one.
    """
    kind = kind_of(text)
    if kind in _NOT_THE_FIRMS:
        return False
    return asking in names or not names <= _NAMED_IN_PASSING or not (kind is Kind.LANGUAGE or _ASKS.search(text))


def kind_of(text: str) -> Kind:
    """The kind of a message that is known to be out of scope."""
    plain = unicodedata.normalize("NFKC", text)
    if (plainly := kind_by_words(text)) is not None:
        return plainly
    if _CHEAT.search(plain):
        return Kind.CHEAT
    if _ORDERS.search(plain):
        return Kind.ORDERS
    if speaks_another_language(plain):
        return Kind.LANGUAGE
    return Kind.PRIVATE if _PRIVATE.search(plain) else Kind.OTHER


def kind_by_words(text: str) -> Kind | None:
    """The kind of a message whose words leave no doubt, whatever the guess: a car of one's own, school fees, shares, cash off a card."""
    plain = unicodedata.normalize("NFKC", text)
    if _CASH.search(plain):
        return Kind.CASH
    if _BETS.search(plain):
        return Kind.BETS
    return Kind.PRIVATE if _PLAINLY_PRIVATE.search(plain) and not _FOR_THE_FIRM.search(plain) else None


def speaks_another_language(text: str) -> bool:
    """Whether a text is in neither Chinese nor English: by its script, or by several small words of another language."""
    letters = [char for char in text if char.isalpha()]
    if sum(_script(char) == "other" for char in letters) * 2 > len(letters) or _KANA.search(text):
        return True
    if any(_script(char) == "han" for char in letters):
        return False
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    foreign = len(words & _FOREIGN)
    return foreign >= 2 and foreign > len(words & _ENGLISH)


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return "han" if name.startswith("CJK") else "latin" if name.startswith(("LATIN", "FULLWIDTH LATIN")) else "other"
