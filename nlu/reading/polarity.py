"""Whether words about a thing say yes or no: what is denied, wished for, feared or only partly so, within one clause."""

from __future__ import annotations

import re

from nlu.cues import frames
from nlu.reading.scope import Scope

#: Behind the words: a programme is spoken of, not the firm's title.
_TALKED_OF = re.compile(
    r"(?:技术)?(?:企业)?的?(?:申报|材料|清单|奖励|补贴|政策|流程|条件|认定(?:条件|奖励|流程))| (?:application|loan|programme"
    r"|certificate application)"
)
#: Directly before the words: it is lacking, whatever is asked about that.
_LACKS = re.compile(r"(?:没有?|无|冇|木有)[^，。]{0,2}$|\b(?:no|not|without|never)\b[^,.;]{0,12}$")
#: Nothing but this: 除了机器没别的.
_ALL_BUT = re.compile(r"除了?[^，。]{0,4}$|\b(?:nothing but|except|other than|apart from)\b[^,.;]{0,16}$")
#: How far from the words a denial or an affirmation may stand within their clause.
_GAP = re.compile(r" (?=[一-鿿]{2})(?!(?:也|都|还|目前|现在)?[没无不未冇否零])")
_REACH_HAN, _REACH_LATIN = 12, 40


def said(scope: Scope, match: re.Match[str], *, bare: bool) -> bool | None:
    """Yes, no, or None where the clause leaves it open. `bare` words say yes by being named; others need an affirming word beside them."""
    before, behind = _around(scope, match)
    if frames.LEFT_OPEN.search(scope.clause_text(match.start()).strip()) and not _LACKS.search(before):
        return None
    if _TALKED_OF.match(behind):
        return None
    if frames.UNREAL.search(before) or frames.PARTLY.search(before + match[0] + behind) or frames.OVER_NOW.search(before + "|" + behind):
        return None
    if _denied(before, behind):
        return False
    if bare or frames.AFFIRMS.search(before + "|" + behind):
        return True
    return None


def talked_of(scope: Scope, match: re.Match[str]) -> bool:
    """Whether a programme is spoken of and not the firm's own title: 高企申报材料."""
    return bool(_TALKED_OF.match(_around(scope, match)[1]))


def wished(scope: Scope, match: re.Match[str]) -> bool:
    """Whether the thing is wished for or still to come: 要租个大点的厂房."""
    return bool(frames.UNREAL.search(_around(scope, match)[0]))


def denied(scope: Scope, match: re.Match[str]) -> bool:
    """Whether the thing these words name is said not to be there."""
    return _denied(*_around(scope, match))


def _around(scope: Scope, match: re.Match[str]) -> tuple[str, str]:
    """The clause's words before and behind the match, as far as they can bear on it."""
    low, high = scope.clause_span(match.start())
    reach = _REACH_LATIN if match[0].isascii() else _REACH_HAN
    before = scope.norm[max(low, match.start() - reach) : match.start()]
    behind = scope.norm[match.end() : min(max(high, match.end()), match.end() + reach)]
    turns = list(frames.TURN.finditer(before))
    if turns:
        before = before[turns[-1].end() :]
    gap = None if match[0].isascii() else _GAP.search(behind)
    behind = behind[: gap.start()] if gap else behind
    turn = frames.TURN.search(behind)
    return frames.NO_DENIAL.sub(lambda found: "。" * len(found[0]), before), frames.NO_DENIAL.sub(
        lambda found: "。" * len(found[0]), behind[: turn.start()] if turn else behind
    )


def _denied(before: str, behind: str) -> bool:
    if _ALL_BUT.search(before):
        return False
    return bool(frames.DENIES_BEFORE.search(before) or frames.DENIES_BEHIND.match(behind))
