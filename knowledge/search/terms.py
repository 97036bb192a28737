"""What word a question asks the meaning of: 信保是什么, what is EBITDA.

The index finds the nearest entry; of a word that stands nowhere in the knowledge, the nearest entry tells something else.
"""

from __future__ import annotations

import re

from knowledge.search.words import fold

_HAN = re.compile(
    r"^(?:请问|那个?|你说的|所谓的?|到底)*(?P<before>(?:什么|啥)(?:是|叫)|解释(?:一下|下)?)?[“\"「]?(?P<term>[\u4e00-\u9fffa-z0-9]{2,8}?)[”\"」]?(?:到底|究竟)?"
    r"(?P<behind>是个?(?:什么|啥)(?:东西|意思|玩意)?|是?(?:什么|啥)意思|指的?是?什么)?(?:呀|啊|呢|来着)?[?？。]*$"
)
_LATIN = re.compile(
    r"^(?:so |and |please |hi,? )*(?:what(?:'s| is| are| does)|define|explain)(?: an?| the)? "
    r"(?P<term>[a-z][\w& /-]{1,30}?)(?: mean| stand for)?[?.]*$"
)
#: Words that say nothing by themselves.
_PLAIN = frozenset("a an the of and for my your loan loans credit rate trade letter".split())


def term_asked(text: str) -> str | None:
    """The word or the few words that a question asks the meaning of, in small letters; None where it asks something else."""
    said = fold(text).strip()
    latin = _LATIN.match(said)
    if latin is not None:
        return latin["term"].strip()
    han = _HAN.match(said)
    return han["term"] if han is not None and (han["before"] or han["behind"]) else None


def stands_in(term: str, told: str) -> bool:
    """Whether a term stands in a text in small letters: Chinese as it is, English by the beginning of each of its words."""
    if not term.isascii():
        return term in told
    words = [word.rstrip("s") for word in re.findall(r"[a-z0-9]+", term) if word not in _PLAIN]
    return all(re.search(rf"\b{re.escape(word)}", told) for word in words)
