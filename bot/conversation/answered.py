"""What a message that asks or wants something else answers of the open question, too.

An advisor always has a question open, so nearly everything an owner asks is said while it is. "What would it cost me" is no yes to "would
somebody stand guarantor"; "about 12, why do you ask?" is an answer all the same.
"""

from __future__ import annotations

import re
from datetime import date

from bot.conversation.common import PREFIX
from knowledge.firm import FactType, vocabulary
from nlu.cues import frames
from nlu.mentions import Extraction, extract_facts
from nlu.text import normalise

#: With these a message may well be the answer itself.
_MAY_ANSWER = frozenset({"state_facts", "affirm", "deny"})
#: What looks like none of ours may be the name of a trade, unless it asks.
_OUTSIDE = "out_of_scope"
#: Figures of a sum to be worked out, or of an offer to be judged, are that sum's.
_OF_SUMS = frozenset({"ask_repayment", "ask_compare", "ask_scam_check", "apply"})
#: The "yes" or "no" before an order belongs to the order: 行，资料你直接推给银行.
_ORDERS = frozenset({"apply", "subscribe", "unsubscribe", "export_data", "delete_data", "restart", "set_language"})
#: A guess this sure of something else is believed; of a few words that ask nothing it has to be surer.
_SURE, _SURE_OF_FEW_WORDS = 0.6, 0.9
#: A bare amount is what is wanted, in a question as well: "300k, is that possible?" In one on borrowing in general it is an example.
_ASKED_FOR = "amount_sought"
_FIGURES = frozenset({FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT})
_CLAUSE_END = re.compile(r"[，,。；;！!\n]+|(?<=[?？])|\.(?!\d)")
_FIGURE = re.compile(r"\d|[零一二两三四五六七八九十百千万]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half)\b")
#: 推荐一个 has a figure and is an order.
_ORDER = re.compile(r"推荐|介绍|帮我|给我|告诉我|\b(?:recommend|suggest|show|tell|give) me\b")
#: Characters of a clause that says nothing but a figure, or nothing but yes or no: 差不多一百二十来个人; "no, we don't".
_FIGURE_HAN, _FIGURE_LATIN, _WORD_HAN, _WORD_LATIN = 12, 28, 4, 12


def corrects_something_else(plain: Extraction, asking: str) -> bool:
    """Whether a message takes back what was said before: "no, it is 400k" is no "no" to the question that happens to be open."""
    return plain.correction and asking not in plain.facts and bool(plain.loose or plain.facts)


def wants_something_else(words: str, intent: str, confidence: float) -> bool:
    """Whether a guess is sure enough that a message is no mere answer."""
    said = normalise(words).strip()
    asks = frames.QUESTION.search(said) is not None
    if intent in _MAY_ANSWER or (intent == _OUTSIDE and not asks):
        return False
    return confidence >= (_SURE if asks or not _is_short(said, _FIGURE_HAN, _FIGURE_LATIN) else _SURE_OF_FEW_WORDS)


def beside_a_wish(words: str, asking: str, wish: str, plain: Extraction, heard: Extraction, today: date) -> Extraction:
    """What a message that wants something else, the intent `wish`, states.

    `plain` was read without the open question, `heard` as its answer. The answer counts where the message names the fact, or has it
    in a clause of its own that asks nothing.
    """
    bare_is_wanted = asking == _ASKED_FOR and not wish.startswith(PREFIX)
    if bare_is_wanted or asking in plain.facts or asking not in heard.facts:
        return heard
    answer = heard.facts[asking]
    if any(extract_facts(clause, today=today, asking=asking).facts.get(asking) == answer for clause in _bare_clauses(words, wish, asking)):
        return heard
    return plain


def _bare_clauses(words: str, wish: str, asking: str) -> list[str]:
    clauses = [bare for clause in _CLAUSE_END.split(words) if (bare := normalise(clause).strip())]
    figures = vocabulary()[asking].type in _FIGURES and (wish not in _OF_SUMS or len(clauses) == 1)
    return [clause for clause in clauses if _is_bare(clause, figures, wish not in _ORDERS)]


def _is_bare(clause: str, figures: bool, words: bool) -> bool:
    if frames.QUESTION.search(clause) or _ORDER.search(clause):
        return False
    if frames.YES.fullmatch(clause) or frames.NO.fullmatch(clause):
        return words and _is_short(clause, _WORD_HAN, _WORD_LATIN)
    return figures and _FIGURE.search(clause) is not None and _is_short(clause, _FIGURE_HAN, _FIGURE_LATIN)


def _is_short(words: str, han: int, latin: int) -> bool:
    return len(words) <= (han if any("\u4e00" <= char <= "\u9fff" for char in words) else latin)
