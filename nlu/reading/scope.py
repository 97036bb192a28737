"""Which parts of a message state something about the owner's own firm.

Decided here: what is supposed (如果, if), what somebody else's firm has, what is asked about a lender's limits or terms, and what
a correction takes back (不是50万，是30万) states nothing. A wish put as a question (能贷50万吗) does state how much is wanted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from nlu.cues import frames
from nlu.text import CLAUSE

_SELF_WORD = re.compile(
    r"(?<![帮给发诉知醒])我|咱|俺|[欠剩](?:的|着)?[那这]|适合|推荐|本人|本公司|小店|名下"
    r"|(?<!do )(?<!should )(?<!can )(?<!could )(?<!did )\b(?:i|we)\b"
    r"|\b(?:i'm|we're|i've|we've|my|our)\b|(?:^|[,.;] ?)(?:want|need|looking|hoping|trying|would like|wanting) (?:to|for)\b"
)
#: A wish without its subject: want to pay off three credit lines.
_WANTS = re.compile(
    r"(?:^|[,.;] ?)(?:want|need|looking|hoping|trying|would like) to (?:pay off|refinance|replace|consolidate|swap|merge|roll)\b"
)
#: Before a figure in a question: what the owner has is told in passing. How much could I borrow with tax of 42,000 a year?
_WITH = re.compile(
    r"\b(?:can|could|may|might|should|would|do|will) (?:i|we)\b[^.;?!]{0,40}\b(?:with|on|having|given|against|at)\b[^.;?!]{0,24}$"
    r"|\b(?:does|do|is|are) (?:that|this|it|they) (?:include|including|count|cover)\b[^.;?!]{0,30}$"
    r"|\b(?:does|would|will|is|do|could|can) (?:having|being|owing|owning|making)\b[^.;?!]{0,24}$"
    r"|\bhow (?:much|long) (?:can|could|would|may|might) (?:an?|my|our) [a-z -]{2,30} with\b[^.;?!]{0,24}$"
    r"|\b(?:for|from|to|of|by|as|why|can|could|does|do|would|are|is|offer|give|lend) (?:an?|my|our)"
    r" (?:[\w&-]+ ){0,5}(?:firm|company|(?:tax)?payer|shop"
    r"|business|factory|maker|trader|exporter|importer|wholesaler|farmer|workshop|agency|supplier|restaurant|manufacturer|start-?up)"
    r"(?:,| in [a-z]+)? (?:w/|with|paying|who|that|which|doing|making|issuing|selling|turning over|having)\b[^.;?!]{0,40}$"
    r"|\b(?:anything|something|any (?:\w+ )?(?:loan|help|support|scheme|money|relief|grant|subsid\w+|programme|product|option"
    r"|chance|hope)s?)(?: out there| available)? for"
    r" (?:an?|my|our|two|us)\b[^.;?!]{0,60}$"
)
_DEFINES = re.compile(
    r"有啥讲究|到底是什么|什么是|什么叫|啥叫|是什么|啥是|是啥|什么意思|怎么|咋|如何|需要|要不要|必须|一定要|要求|条件|是不是"
    r"|\b(?:what is|what's|what are"
    r"|meaning|means?|definition|how (?:do|to|can)|do you need|must|require[ds]?)\b"
)
_HOW = re.compile(
    r"什么|怎么|如何|区别|差别|流程|几折|成数|划算|合算|最长|可信|多长|么(?:$|[，。？])|[能行信要是有贷办](?:不|没|么)(?:$"
    r"|[，。？ ])|哪[家些个种里儿]|[在到去从]哪|啥|(?<![万千百块蚊个年人])咋|咋(?=[^，。！!\s])"
    r"|多少|几成|还是|能不能|多久|需要|要不要|必须|一定要|是不是要"
    r"|要求|吗|有没有|是不是|(?<!of )\b(?:what|how|which|who|why|where|when|vs|versus|difference|compare\w*|better|cheaper|defin\w+"
    r"|meaning|procedure|rate for|terms|does|do they|do you|need|must|require[ds]?|is there|are there)\b"
)


#: If I take 300k, what would I pay: the loan that is supposed is the one that is wanted. What if I took it only supposes.
_SUPPOSED_WISH = re.compile(
    r"if (?:i|we) (?:can get|could (?:get|borrow|have)"
    r"|(?:can |now )?(?:need|want|take(?! (?:on|back|him|her|them|people)\b)|borrow|lift|draw|apply|refinance|pledge"
    r"|mortgage)\b)(?! (?:sick|ill|\d+ months))"
)


#: If State Grid is our main customer: so it is.
_AS_IT_IS = re.compile(
    r"if (?:the |your |their )?(?:rate|interest)(?: rate)?(?:'s| is| stays| were)? (?:under|below|not|no|at most|less|max)\b"
    r"|if you (?:add|count|sum|take|put)\b|if [^.,;?!]{2,40} already |if (?:it|that|this|the loan) costs? (?:over|more than|above)\b"
    r"|if [a-z' -]{2,30} (?:is|are) (?:our|my) (?:main|biggest|largest|only|best|first|customer|client|buyer)\b"
)
#: If I bring two guarantors, can 150k be done: what is asked behind the supposition is not supposed.
_WHAT_FOLLOWS = re.compile(
    r"[,;-] ?(?:then |so )?(?:can|could|would|i'd|we'd) (?=[^,;.?!]{0,24}\d)"
    r"(?!(?:it|that|this|they|he|she|you|a|an)\b)"
)


#: Does 1.9% void matter: the owner's own figure is asked about.
_DOES = re.compile(r"(?:does |.do |will )\d")
#: Beside two products that are compared: what the firm does.
_TELLS = re.compile(r"\b(?:i|we) (?:invoice|pay|sell|make|take|turn|run|earn|owe|issue|export|buy)\b(?=[^.;?!]{0,24}\d)")
#: Further back than this nothing is looked for that tells whose figure it is.
_REACH = 160


@dataclass(frozen=True)
class Scope:
    """The clauses of a text and the spans that state nothing. Made by `scope_of`."""

    norm: str
    edges: tuple[int, ...]
    silent: tuple[tuple[int, int], ...]
    questions: tuple[tuple[int, int], ...]
    requests: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    def clause(self, place: int) -> int:
        return bisect_right(self.edges, place)

    def clause_span(self, place: int) -> tuple[int, int]:
        number = self.clause(place)
        start = self.edges[number - 1] if number else 0
        return start, self.edges[number] if number < len(self.edges) else len(self.norm)

    def clause_text(self, place: int) -> str:
        start, end = self.clause_span(place)
        return self.norm[start:end]

    def states(self, start: int, end: int) -> bool:
        """Whether words in this span say something about the owner's own firm."""
        return not any(low < end and start < high for low, high in self.silent)

    def of_others(self, place: int) -> bool:
        """Whether somebody else is spoken of at this place."""
        return any(low <= place < high for low, high in self.others)

    def asked(self, place: int, *, plain: bool = False) -> bool:
        """Whether the words at this place are what the owner asks about, so that they state nothing.

        `plain` words (没有抵押, 个体户) state something even in 没有抵押能贷吗; only a question about the words themselves takes them back.
        """
        if _WITH.search(self.norm, max(0, place - _REACH), place) or _DOES.match(self.norm, max(0, place - 5)):
            return False
        if any(low <= place < high for low, high in self.requests):
            return True
        if not any(low <= place < high for low, high in self.questions):
            return False
        clause = self.clause_text(place)
        return bool((_DEFINES if plain else _HOW).search(clause)) and not _SELF_WORD.search(clause)


#: What somebody else writes or says, word for word; the owner's own form and papers are not meant.
_QUOTED = re.compile(
    r"(?<!我填的)(?<!我写的)(?<!accountant wrote: )(?<!accountant says: )(?<!accountant writes: )(?<!bookkeeper wrote: )"
    r"(?<!bookkeeper says: )(?<!bookkeeper writes: )(?:[“「『](?P<han>[^”」』]{6,200})[”」』]|(?<![\w\"])\"(?P<double>[^\"]{12,200})\""
    r"|(?<![\w'])'(?P<single>[^\n]{20,200}?)'(?![\w']))"
)


def _quoted(norm: str) -> list[tuple[int, int]]:
    """Quotations with a figure in them: a flyer's terms, a caller's promises."""
    spans = (match.span(match.lastgroup or 0) for match in _QUOTED.finditer(norm))
    return [(low, high) for low, high in spans if any(char.isdigit() or char in "一二两三四五六七八九十百" for char in norm[low:high])]


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


def scope_of(norm: str) -> Scope:
    """Reads clauses, questions, suppositions, other people's affairs and corrections of a normalised text."""
    silent: list[tuple[int, int]] = []
    questions: list[tuple[int, int]] = []
    requests: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    edges = tuple(match.end() for match in CLAUSE.finditer(norm))
    start = 0
    for stop in [*(match.end() for match in frames.SENTENCE.finditer(norm)), len(norm)]:
        if stop > start:
            others.extend(_others_in(norm, start, stop))
            silent.extend(_silent_in(norm, start, stop, edges))
            if frames.QUESTION.search(norm, start, stop):
                questions.append((start, stop))
            compares = frames.COMPARES.search(norm, start, stop) and frames.QUESTION.search(norm, start, stop)
            asks = frames.REQUEST.search(norm, start, stop) or (compares and not _TELLS.search(norm, start, stop))
            if asks and not (frames.OWN_FIRM.search(norm, start, stop) or _WANTS.search(norm, start, stop)):
                requests.append((start, stop))
        start = stop
    silent.extend((*others, *_quoted(norm)))
    if frames.DOUBTS_OFFER.search(norm) and not frames.OWN_FIRM.search(norm):
        silent.extend(_around_reasons(norm))
    for match in frames.TAKEN_BACK.finditer(norm):
        group = next((index for index in range(1, (match.re.groups or 0) + 1) if match[index]), None)
        if group:
            silent.append(match.span(group))
    return Scope(norm, edges, tuple(silent), tuple(questions), tuple(requests), tuple(others))


#: The writer writes for the owner, who is then the one spoken of: my boss asks me to write, he wants 300k.
_FOR_OWNER = re.compile(
    r"\b(?:my|our|the) (?:boss|director|manager|husband|wife|father|mother|dad|mum|mom|owner) (?:asks?|asked|told|tells|wants?|wanted|sent"
    r"|lets?|made) me\b|\b(?:boss|owner) (?:asks?|asked|says?|said|wants?)\b"
    r"|\b(?:writ(?:e|ing)|ask(?:ing)?) (?:this )?(?:for|on behalf of) (?:my|our) (?:boss|director|husband|wife|father|mother|dad|mum|mom)\b"
)
_HE = re.compile(r"\W*(?:and |but |now |then )*(?:he|she)(?:'s)?")


def _others_in(norm: str, start: int, stop: int) -> list[tuple[int, int]]:
    """From where somebody else becomes the subject to where the owner is back."""
    spans: list[tuple[int, int]] = []
    for_owner = _FOR_OWNER.search(norm)
    for other in frames.OTHERS.finditer(norm, max(0, start - 1), stop):
        if for_owner and _HE.fullmatch(other[0]):
            continue
        own = frames.SELF.search(norm, other.end(), stop)
        spans.append((other.start(), own.start() if own else stop))
    return spans


#: In a doubtful offer, what the owner tells as its ground: because I pay tax of 20k yearly.
_REASON = re.compile(r"\b(?:because|since|as|though|although) (?:i|we)\b[^.;,?!]*")


def _around_reasons(norm: str) -> list[tuple[int, int]]:
    """The whole text but for the reasons that the owner tells."""
    edges = [0, *(place for match in _REASON.finditer(norm) for place in match.span()), len(norm)]
    return list(zip(edges[::2], edges[1::2], strict=True))


#: The owner tells what the firm does or takes: museum dioramas are no errand, nor are tickets sold at 70k a month.
_RUNS = re.compile(
    r"\b(?:a|per|one|each|every) (?:month|year)\b|\b(?:i|we) (?:run|own|make|sell|operate|build|print|repair|design|supply"
    r"|clean|teach)\b|\b(?:my|our) (?:shop|firm|business"
    r"|factory)\b"
)


def _silent_in(norm: str, start: int, stop: int, edges: tuple[int, ...]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    suppose = frames.SUPPOSE.search(norm, start, stop)
    what_if = suppose and norm[: suppose.start()].endswith("what ")
    real = suppose and (_AS_IT_IS.match(norm, suppose.start()) or (not what_if and _SUPPOSED_WISH.match(norm, suppose.start())))
    if suppose and not real:
        asked = _WHAT_FOLLOWS.search(norm, suppose.end(), stop)
        spans.append((suppose.start(), asked.start() if asked else stop))
    if past := frames.LONG_AGO.search(norm, start, stop):
        today = frames.TODAY_AGAIN.search(norm, past.end(), stop)
        spans.append((past.start(), today.start() if today else stop))
    if frames.ERRAND.search(norm, start, stop) and not _RUNS.search(norm, start, stop):
        spans.append((start, stop))
    if frames.COMPARES.search(norm, start, stop) and frames.QUESTION.search(norm, start, stop) and not _SELF_WORD.search(norm, start, stop):
        spans.append((start, stop))
    if frames.QUESTION.search(norm, start, stop):
        inner = [edge for edge in edges if start < edge < stop]
        for low, high in zip([start, *inner], [*inner, stop], strict=True):
            if frames.ASKS_LIMIT.search(norm, low, high):
                spans.append((low, high))
    return spans
