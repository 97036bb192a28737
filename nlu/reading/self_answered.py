"""Questions that their writer answers at once, and mistakes that are put right: both read as statements."""

from __future__ import annotations

import re

_ANSWERED = re.compile(
    r"[?？](?= ?(?:没|无|不|有|是|对|早|喏|嗯|哦|呃|照|全|[一二两三四五六七八九十百千]{1,4}[万亿]|no\b"
    r"|none\b|not\b|yes\b|yeah\b|nope\b|about\b|around\b|大概|差不多|\d))"
)
_ASKED_SELF = re.compile(r"有没有([^，。？?]{0,12})[?？](?= ?(?:没|无|有|no\b|none\b|yes\b))")
#: The profit was wrong, it is 300k: what was wrong is named, and the figure is its.
_RESTATED = re.compile(r"(?:was|is|were) (?:wrong|incorrect|not right)[,.;:]? (?:it|that|they)(?:'s| is| was| are| should be)(?= )")


def self_answered(norm: str) -> str:
    """A text in which a question that its writer answers at once (逾期？没有), or a named mistake that is put right, reads as a statement.

    Same length as the input.
    """
    norm = _RESTATED.sub(lambda match: ":".rjust(len(match[0])), norm)
    return _ANSWERED.sub(":", _ASKED_SELF.sub(r"   \1:", norm))
