"""What a message is about, apart from its exact words: figures become their class, known words become their concept.

An owner who writes "厂房能押多少" and one who writes "how much on my workshop?" share hardly a letter, but they share
concepts. All patterns are for recognising intents only; the values of figures are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nlu.server.components.lexicon import read_lexicon

START, END = "^", "$"
_ENGLISH_NUMBER = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half|hundred"
# Repetitions are bounded, else a long run of numerals without a unit would take quadratic time.
_NUMBER = rf"""(?: \d[\d,]{{0,19}}(?:\.\d{{1,9}})? | [零〇一二两三四五六七八九十百千半几]{{1,10}} (?:点[零一二三四五六七八九]{{1,6}})?
    | (?:\b(?:{_ENGLISH_NUMBER})\b[\ -]?){{1,6}} )"""
_PIECE = re.compile(
    rf"""
    (?P<year> (?:19|20)\d\d年? | [零〇一二三四五六七八九]{{2,4}}年(?=\S) )
  | (?P<share> {_NUMBER} \s? (?: [%‰] | per\s?cent\b | 个半?点 | 个百分点 | 厘 | 分利 | 成 | bp\b | points?\b )
             | [百千]分之{_NUMBER} )
  | (?P<money> {_NUMBER} [多来几余]? \s?
               (?: [十百千]?万 | [百千]?亿 | 千 | 块 | 元 | (?:wan|w|k|m|million|thousand|yuan|rmb)\b )
               (?: [多来] | 左右 | 出头 | [块元] | \s?(?:yuan|rmb)\b )* )
  | (?P<span> {_NUMBER} [多来几]? [\s-]? (?: 个多?半?月 | 年[半多]? | 天 | 周 | 个?星期 | 期 | (?:day|week|month|year|yr)s?\b ) )
  | (?P<count> {_NUMBER} [多来几]? \s? (?: [个人名位口户家台辆项件次回头亩岁只条笔单]
               | (?:people|workers?|employees?|staffs?|times?|patents?|customers?|clients?)\b ) )
  | (?P<number> \d[\d,]*(?:\.\d+)? )
  | (?P<word> [^\W\d_\u4e00-\u9fff] (?: [^\W\d_\u4e00-\u9fff] | \d | ['’](?=\w) )* )
  | (?P<other> [\u4e00-\u9fff?] | [^\w\s,.，。、；;:!'"“”()…~-] )
    """,
    re.VERBOSE,
)
_KEPT = ("word", "other")
_OF_FIRMS = ("money", "share", "count", "year")
_ENDINGS = ("s", "d", "ed", "ing")
_LENGTHS = (1, 2, 4, 8, 16, 32)
_HAN = re.compile("[\u4e00-\u9fff]")
_ASKS_IN_CHINESE = re.compile(
    r"[吗呢么嘛?怎咋啥谁哪咩]|(?<![十好])几(?![十百千万])|多[少久高长]|[为如]何|何时|是不是|能不能|可不可以|有没有|会不会|要不要|行不行|点解|点样|边[度个]"
    r"|[不没冇否]$|[好得]伐$|([\u4e00-\u9fff])[不唔]\1|是.{1,8}还是|真假|点算"
)
_VERB = "(?:is|are|am|was|were|does|did|do|can|could|would|should|will|must|may|shall|has|have)"
_ASKS_IN_ENGLISH = re.compile(
    rf"[?]|\b(?:what|whats|how|which|who|whom|whose|when|where|why)\b|\b{_VERB} (?:i|you|we|they|he|she|it|there|these|those|the|my|our)\b"
    rf"|(?:^|[,.;:!\u3002]\s?|\b(?:and|but|so|or)\s)(?:{_VERB}|any|anything)\b"
)
#: A clause ends at punctuation that is no part of a figure, at a line's end, or at a space between Han characters.
_CLAUSE = re.compile(
    r"""(?: [^,，.。;；:：!！?？…\s]
          | (?<=\d)[.,:](?=\d)
          | (?<![\u4e00-\u9fff])[^\S\n]
          | [^\S\n](?![\u4e00-\u9fff])
        )+ [,，.。;；:：!！?？…]*""",
    re.VERBOSE,
)
_SIDE_MARKS = " ,，.。;；:：!！…"
_REQUESTS = re.compile(
    r"帮|麻烦|推荐|介绍|告诉|给我[^们]|\b(?:please|pls|plz|tell|show|give|list|compare|calculate|explain|send|help|find|recommend)\b"
)


def pieces(text: str) -> list[str]:
    """Cuts normalised text into Han characters, words and symbols; a figure with its unit is one piece such as `<money>`."""
    return [match.group() if match.lastgroup in _KEPT else f"<{match.lastgroup}>" for match in _PIECE.finditer(text)]


def concepts(text: str) -> list[str]:
    """Returns the pieces of normalised text with the longest known phrases replaced by their concept, such as `[rate]`."""
    found, names, cut = [], _NAMES, pieces(text)
    start = 0
    while start < len(cut):
        for length in range(min(_LONGEST, len(cut) - start), 0, -1):
            name = names.get(tuple(cut[start : start + length]))
            if name:
                break
        else:
            length, name = 1, _name_of_stem(cut[start])
        found.append(f"[{name}]" if name else cut[start])
        start += length
    return found


def _name_of_stem(word: str) -> str | None:
    if len(word) > 3 and word.isascii():
        for ending in _ENDINGS:
            if word.endswith(ending) and (word[: -len(ending)],) in _NAMES:
                return _NAMES[word[: -len(ending)],]
    return None


def is_class(piece: str) -> bool:
    """Whether a piece stands for a class of figures or words."""
    return len(piece) > 2 and piece[0] in "[<"


def concept_grams(line: Sequence[str]) -> Iterator[str]:
    """Yields single concepts, neighbours, threes, and pairs with a gap; the ends of the message count.

    Runs without any concept or kind of figure are left out: token pairs say the same.
    """
    whole = [START, *line, END]
    yield from filter(is_class, line)
    for index, piece in enumerate(whole):
        first = is_class(piece)
        for gap in (1, 2, 3) if first else (1, 2):
            for after in whole[index + gap : index + gap + 1]:
                if first or is_class(after):
                    yield f"{piece}{' ' if gap == 1 else '_' * gap}{after}"
        three = whole[index : index + 3]
        if len(three) == 3 and any(map(is_class, three)):
            yield " ".join(three)


def cues(text: str, line: Sequence[str]) -> Iterator[str]:
    """Yields whether normalised text asks or requests, which kinds of figures it holds, its length, and these together.

    What is asked about is told apart from what is only mentioned: "担保人没有" states what "要担保人吗" asks.
    """
    kinds = sorted({piece for piece in line if piece[0] == "<" and len(piece) > 1}) or ["none"]
    size = f"size{sum(len(line) > length for length in _LENGTHS)}"
    wish = "asks" if asks(text) else "requests" if _REQUESTS.search(text) else "tells"
    yield wish
    for cue in (*kinds, size):
        yield cue
        yield f"{cue} {wish}"
    for concept in sorted({piece for piece in line if piece[0] == "[" and len(piece) > 1}):
        yield f"{concept} {wish}"


def question_of(text: str) -> str:
    """Returns normalised text without the clauses that only tell a firm's figures; empty where none does or nothing is asked."""
    clauses = [clause.strip(_SIDE_MARKS) for clause in _CLAUSE.findall(text)]
    wanting = [wants(clause) for clause in clauses]
    if not any(wanting):
        return ""
    kept = [clause for clause, wanted in zip(clauses, wanting, strict=True) if wanted or not tells_of_firm(clause)]
    return " ".join(kept) if len(kept) < len(clauses) else ""


def tells_of_firm(text: str) -> bool:
    """Whether normalised text holds a sum, a share, a number of things or a year, as what is told of a firm does."""
    return any(match.lastgroup in _OF_FIRMS for match in _PIECE.finditer(text))


def wants(text: str) -> bool:
    """Whether normalised text asks or requests something."""
    return asks(text) or bool(_REQUESTS.search(text))


def asks(text: str) -> bool:
    """Whether normalised text is a question."""
    return bool(_ASKS_IN_ENGLISH.search(text) or (_HAN.search(text) and _ASKS_IN_CHINESE.search(text)))


def _by_pieces(lexicon: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], str]:
    """Maps each phrase, cut as text is cut, to its concept; the first concept that names a phrase has it."""
    names: dict[tuple[str, ...], str] = {}
    for concept, phrases in lexicon.items():
        for phrase in phrases:
            names.setdefault(tuple(pieces(phrase)), concept)
    return names


_NAMES = _by_pieces(read_lexicon())
_LONGEST = max(map(len, _NAMES))
