"""Which of several figures of one fact stands: the total, what it is now, what is decided; not what it was or a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

#: Value, start and end of a figure.
Rival = tuple[Decimal, int, int]

_STANDS_BEFORE = re.compile(
    r"(?:现在|如今|目前|眼下|这会儿|今早|今天|当前|最后|最终|[只就还]剩|还欠|尚欠|余额|剩下|净值|正式|实际|实打实|连我|算上我|加上我|带我|真正|算下来|拉平|平均|合计|一共|总共|统共"
    r"|拢共|总|全年|加起来|合起来|全部|不对|应该|改成|降到|跌到|减到|涨到|升到|你[写算记]|正儿八经|签了的|实打实的|压到|具体|准确|确切|精确|拢起来|归总|反正|固定|平时|常年|长年)[^，。,;；\d一二三四五六七八九十百]{0,8}$"
    r"|\b(?:now(?:adays)?|currently|today|at present|actually|total(?:s|ling)?(?: of)?|altogether|all together|in all|sum(?: it)?"
    r"|so|make it|remain(?:s|ing)?|down to|up to now|rather|better|average[sd]?|call it|instead|settle(?:d)? (?:for|on))\b[^.;\d]{0,18}$"
)
_STANDS_BEHIND = re.compile(
    r"(?:多|来|块|元|左右|个)?(?:吧|就[够行]|够[了用使]|为准|现在(?![\d一二两三四五六七八九十]))"
    r"| ?[^,.;\d]{0,14}\b(?:now|remains?|left|in total|all together|altogether|total|tops|suits|on average|granted|counting me"
    r"|including me|at present|today|is better|would do|in all)\b"
)
_GOES_BEFORE = re.compile(
    r"(?:前年|大前年|上上年|前一年|(?<!截至)上一?年(?!底)|意向|好的时候|差的时候|原来|原先|原本|本来|以前|之前|当时|当初|买的时候|原值|最早|刚开始|早先|旺季|淡季|高峰|最多的时候|好的时候|年头|其中|里头|里面|另外|昨天"
    r"|疫情[^，。]{0,4}|不是|别说|头年)[^，。,;；\d一二三四五六七八九十百]{0,10}$"
    r"|\b(?:used to(?: be)?|was|were|before|originally|original|start(?:ed)? (?:at|with)|at first|initially|peak|not|of (?:which|whom"
    r"|those|them)"
    r"|once|turned|offered(?: me)?|from)\b[^.;\d]{0,16}$"
)
_GOES_BEHIND = re.compile(
    r"(?:块|元|个|次|人)?(?:太[短长少多高]|[?？:]? ?(?:哪有|哪里有|不至于)|变成|降到|跌到|减到|是不算|不算|(?:是)?(?:合作|兼职"
    r"|临时)的|(?:都)?是(?:旺季|高峰|忙的时候))"
    r"| ?[^,.;\d]{0,14}\b(?:before|originally|back then|was the|were the|insured|pending|at the start|in summer|last year"
    r"|too (?:short|long|much|little)"
    r"|part-time|seasonal)\b"
)


def standing(norm: str, rivals: Sequence[Rival]) -> int | None:
    """The position of the figure that stands, or None where the words do not tell."""
    total = _total(rivals)
    if total is not None:
        return total
    scores = [_score(norm, start, end) for _, start, end in rivals]
    best = max(scores)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None if best > 0 else _last_one_left(scores)


def _total(rivals: Sequence[Rival]) -> int | None:
    """The figure that is the sum of all the others."""
    if len(rivals) < 3:
        return None
    everything = sum((value for value, _, _ in rivals), Decimal(0))
    at = [place for place, (value, _, _) in enumerate(rivals) if value * 2 == everything]
    return at[0] if len(at) == 1 else None


def _score(norm: str, start: int, end: int) -> int:
    lead, behind = norm[max(0, start - 30) : start].replace("一个月", "每月"), norm[end : end + 40]
    stands = bool(_STANDS_BEFORE.search(lead)) or bool(_STANDS_BEHIND.match(behind))
    goes = bool(_GOES_BEFORE.search(lead)) or bool(_GOES_BEHIND.match(behind))
    return stands - goes


def _last_one_left(scores: Sequence[int]) -> int | None:
    """The only figure that no word takes back."""
    left = [place for place, score in enumerate(scores) if score == 0]
    return left[0] if len(left) == 1 and len(scores) > 1 else None
