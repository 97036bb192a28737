"""An English headcount in the words of a crew: me, the missus and two hands; three vets incl. me, two nurses; nobody but me."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.cues import people
from nlu.reading.headcount import Headcount
from nlu.reading.scope import Scope

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {word: 10 * (rank + 2) for rank, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_NUMBER = (
    rf"(?:\d{{1,4}}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES[1:])})(?![\w%.,/]*\d)(?!-?(?:year"
    rf"|month|yr))"
)
_BEFORE = rf"(?:(?:{people.CREW_BEFORE})[ -]){{0,3}}"
_ROLE = rf"(?:{people.CREW_ROLE})(?:s|es)?(?: members?)?(?![\w'-])"
_KIN = rf"(?:{people.CREW_KIN})(?![\w'-])"
_MINE = r"(?:my|our|the|her|his|a|an|one)"

#: The owner, one person of the family or the staff, several of either.
_SELF = (
    rf"(?:(?:me|myself) (?:plus|and|\+|&) (?P<more>{_NUMBER})(?= ?(?:$|[,.;!?)]))|(?:the )?(?P<ours>two|three|four|five) of us"
    rf"|(?:it's |just |only )*(?:me|myself|meself|yours truly|muggins)|i(?= (?:on|with|do|cook|drive|run)\b)|i(?=$"
    rf"|[,.;!?]))(?: (?:too|alone|included|here))?"
)
_PLACED = (
    r"(?:(?:people |staff )?(?:in|at) (?:the |our )?(?:back )?(?:office|admin|accounts|sales|logistics|warehouse|workshop|kitchen"
    r"|print room|desk|counter|shop)"
    r"|on (?:salary|commission|the desk|the phones?)|(?:part|full)[- ]tim(?:e(?! [a-z])|ers?)|admin|hired(?= ?(?:$|[.,;])))"
)
_OTHERS = rf"(?P<others>{_NUMBER})(?: nos\.?(?: of)?)? (?:(?:others?|more|neighbours)(?: {_BEFORE}{_ROLE})?|{_PLACED})(?![\w'-])"
_SEVERAL = (
    rf"(?:(?:my|our|her|his|the|another|about|some|with) )?(?P<many>{_NUMBER}) {_BEFORE}(?:{_ROLE}|(?:{people.CREW_KIN})s(?![\w'-]))"
    rf"(?: (?:&|and|or) {_ROLE})?"
)
_SINGLE = rf"(?P<single>(?:{_MINE} (?:other |old |young )?)?{_KIN}|(?P<role>(?:a|an|one|the|my|our) {_BEFORE}{_ROLE}))(?: of mine)?"
_PARENTS = r"(?P<parents>(?:my |our )?parents)\b"
_PART = re.compile(
    rf"(?<![\w'-])(?:(?P<self>{_SELF})|{_OTHERS}|{_SEVERAL}|{_PARENTS}|{_SINGLE})"
    r"(?P<with>,? ?\(?(?:incl(?:uding|\.)? (?:me|myself|the owner|the boss|wife and me)|me included|counting me"
    r"|with me (?:counted )?in|with me counted|me counted in|me(?=\)))\b\)?\.?)?"
    r"(?P<besides>,? ?(?:besides|apart from|on top of|not counting|as well as|plus|\+|and) (?:me|myself|i|the owner)(?![\w'-]))?"
    r"(?: (?:in|on|at|for|who|that) (?:the |our |a |its )?[\w-]+(?: (?:the |our )?[\w-]+)?(?=,|\.|;|$| and\b| plus\b| &| \+))?"
)
_JOIN = re.compile(r",? ?(?:and|plus|with|n|&|\+|as well as|,|;)(?: also)?(?: (?:then )?there(?:'s| is| are))? |, ?")
_QUITE = r"(?:(?:only|just|about|still|now|in total|total|all|a|currently|at present|around|roughly) ){0,2}"
#: We are seven; seven of us; there are three of us; headcount 14; a gang of five.
_WHOLE = re.compile(
    rf"(?<![\w'-])we(?:'re| are| were) {_QUITE}(?P<we>{_NUMBER})(?= of us\b| ?(?:$|[,.;:!?)])| in all\b| in total\b| all told\b"
    rf"| altogether\b"
    rf"| from the same\b| {_BEFORE}(?!partner|mate|founder|friend|brother|sister){_ROLE})"
    rf"|(?<![\w'-])(?:there(?:'s| are)|so|now|it's) {_QUITE}(?P<there>{_NUMBER})(?= in all\b| in total\b| all told\b| altogether\b"
    rf"| (?:people|staff|heads|souls)\b)"
    rf"|(?<![\w'-])(?<!founded by )(?<!set up by )(?P<us>{_NUMBER}) of us\b(?! (?:who )?(?:own|hold|share|are|sign|wear|went|got|have))"
    rf"|\b(?:headcount|manpower|workforce|staff strength|(?:team|crew|gang|staff|squad) (?:is|of|size))[ :]{{1,2}}(?:now |about "
    rf"|is |of |only )*(?P<named>{_NUMBER})(?![\w'-]| ?(?:%|per|k\b|thousand|yuan|rmb|m\b|wan\b|month|year))(?P<me> (?:plus"
    rf"|and) me\b)?"
    rf"|(?<![\w'-])(?P<behind>{_NUMBER}) (?:pairs of hands|on (?:the |my |our )?(?:payroll|staff|team|books)(?! at)"
    rf"|{_BEFORE}{_ROLE} (?:in all|in total|total|all told|altogether))(?![\w'-])"
)
#: Fewer or more than before: the last number stands.
_MOVED = re.compile(
    rf"\b(?:staff|team|headcount|crew|people|we|employees|workers|us)\b[^.;!?\d]{{0,14}}(?:went|gone|came|dropped|fell|shrank|grew"
    rf"|cut|reduced?|down|up|are)[^.;!?\d]{{0,10}}from (?:{_NUMBER})(?: (?:{_BEFORE}{_ROLE}))? (?:(?:down|up|reduce"
    rf"|cut) )?to (?P<to>{_NUMBER})(?! ?(?:%|k\b|thousand|yuan|rmb|m\b|million|wan\b))"
    rf"|\b(?:we were|had|used to be|once) (?:{_NUMBER})(?: (?:{_BEFORE}{_ROLE}))?(?: (?:before|once|in \w+))?, (?:but )?(?:only "
    rf"|just )?(?:now |today )?(?:we're |we are |there are |only |just )*(?P<now>{_NUMBER})(?= ?(?:$|[.,;!?]|now|today|left|because"
    rf"|after))"
    rf"|(?<![\w'-])(?:{_NUMBER}) (?:{_BEFORE}{_ROLE}) (?:before|at the peak|at peak|last year|in \w+), (?:now "
    rf"|only )?(?P<today>{_NUMBER})(?= (?:at the moment|today|now|left)|[.,;]|$)"
)
#: The owner and those told with him: I have three colleagues; I repair bikes with my sister; no employee except my cousin.
_WORKS = (
    "run|repair|fix|mend|make|sell|bake|cook|carve|do|work|drive|grow|weave|sew|clean|print|build|press|raise|keep|farm|fish|deliver"
    "|paint|brew"
)
_WITH_ME = re.compile(
    rf"\bi (?:have|ride with|work with|work alongside|drive with) (?P<colleagues>{_NUMBER}) (?:other )?(?:colleagues?|fellas|mates?"
    rf"|others|lads|people|workers|helpers|guys)\b"
    rf"|\bi (?:{_WORKS})\b(?: [a-z'-]+){{0,4}},? (?:together )?with (?:my|a|one) (?:old "
    rf"|young )?(?:{people.CREW_KIN})(?P<third> and (?:a|an|my|one) (?:{people.CREW_KIN}|{people.CREW_ROLE}))?(?= ?(?:$|[,.;!?]"
    rf"| in\b| at\b))"
    rf"|\bno (?:employees?|staff|workers?|help) (?:except|but|besides|apart from|other than) (?:for )?(?:my|a"
    rf"|one) (?:{people.CREW_KIN}|{people.CREW_ROLE})\b"
)
#: Everybody, in words that speak of something else: insurance for all 34; 18 of my 40 were hired this year; a family of five all work.
_ALL = re.compile(
    rf"\b(?:insurance|insured|social security|pensions?)\b[^.;!?\d]{{0,20}}\b(?:all|every one of|each of) (?:the |our "
    rf"|my )?(?P<insured>{_NUMBER})(?= ?(?:$|[,.;!?]|and\b|of us|of them|staff|people|workers|employees))"
    rf"|(?<![\w'-])(?:{_NUMBER}) of (?:my|our|the) (?P<of>{_NUMBER})(?= (?:were|are|have|people|staff|workers|employees)\b)"
    rf"|\bfamily of (?P<family>{_NUMBER})(?=,? (?:all )?(?:work|works|working|in it|in the business|run)\b)"
    rf"|\bemployment[ :]{{1,2}}(?P<employment>{_NUMBER})(?![\w'-]| ?%)"
)
_ALONE = re.compile(
    r"\b(?:nobody (?:else )?works for me|no(?:body| one)(?: else)? but me|no employees?(?: but| except) (?:me|myself)"
    r"|i work (?:all )?alone|(?:all )?on my own(?= ?(?:$|[,.;!?]))"
    r"|by myself(?= ?(?:$|[,.;!?]))|i'm the lot|(?:that|it)'s just me(?! (?:comparing|asking|checking|wondering|being|thinking)\b)"
    r"|one (?:driver|man|woman|person),? \((?:me"
    r"|myself)(?=\))|just me(?= ?(?:$|[,.;!?]| here| and (?:taobao|my (?:van"
    r"|truck|trike|cart))))|only me(?= ?(?:$|[,.;!?]))|me alone|myself only|only myself|one[- ]m[ae]n band"
    r"|work alone|(?:drive|run|do) (?:\w+ ){0,3}(?:all )?alone(?= ?(?:$|[,.;!?])))\b"
)
#: Behind a chain: somebody else, who is not counted.
_GOES_ON = re.compile(
    r",? (?:and|&|\+|plus) (?!we\b|i\b|it\b|they\b|no\b|have\b|rent\b|that|this\b|our\b|a\b|an\b|the\b|need|want|all\b|not|so\b"
    r"|sell|make|do\b|in\b|on\b|\d|my \w+ (?:is|was|has|does|wants))"
)
#: In the clause of a chain: these are not the staff.
_NOT_STAFF = re.compile(
    r"\b(?:want|need|looking|look|plan|hope|would|could|if|will|hiring|to hire|shareholders?|own|owns|hold|holds|shares?|guarant\w*"
    r"|support|feed|competitor\w*|customers?|clients?"
    r"|pupils|students|guests|kids to|children|loan|lend|lent|owes?|friend of|live|lives|rent|married|divorced|father's|pledge"
    r"|between|partnership|court|sued?|shareholding|equal parts|founded)\b|%"
)
#: How far around a chain they may stand.
_REACH = 36
_LARGEST = 3000


@dataclass(frozen=True)
class _Part:
    count: int
    start: int
    end: int
    owner: bool
    told: bool
    #: One person by trade: the office girl.
    role: bool


def crew(scope: Scope, asking: str | None = None) -> Headcount | None:
    """The number of people that the message says work in the firm, or None.

    "Just me" may mean something else where `asking` is another fact.
    """
    norm = scope.norm
    moved = _number(scope, _MOVED)
    if moved is not None:
        return moved
    whole = _number(scope, _WHOLE) or _number(scope, _ALL)
    chains = [chain for chain in _chains(norm) if _counts(scope, chain)]
    best = max(chains, key=len, default=None)
    told = None
    if best is not None:
        told = _together(norm, best)
    if whole is not None and (told is None or whole.count >= told.count):
        return whole
    if told is not None and told.count <= _LARGEST:
        return told
    beside = next((match for match in _WITH_ME.finditer(norm) if _stated(scope, *match.span())), None)
    if beside is not None:
        return Headcount((_value(beside["colleagues"]) if beside["colleagues"] else 1) + 1 + bool(beside["third"]), *beside.span())
    if asking not in (None, "employees"):
        return None
    alone = next((match for match in _ALONE.finditer(norm) if _stated(scope, *match.span())), None)
    return Headcount(1, *alone.span()) if alone is not None and not chains else None


#: Everybody, the owner counted in: ten blokes with me.
_EVERYBODY = re.compile(r"\b(?:people|persons?|men|blokes|lads|guys|hands|staff|folks?|souls|heads|workers|employees)\b")


def _together(norm: str, chain: list[_Part]) -> Headcount:
    """How many a chain is; a last part that counts the owner in among more people than the others is everybody."""
    last, others = chain[-1], sum(part.count for part in chain[:-1])
    everybody = last.owner and last.told and last.count > others and _EVERYBODY.search(norm, last.start, last.end)
    return Headcount(last.count if everybody else others + last.count, chain[0].start, last.end)


def _stated(scope: Scope, start: int, end: int) -> bool:
    return scope.states(start, end) and not scope.asked(start, plain=True)


def _number(scope: Scope, pattern: re.Pattern[str]) -> Headcount | None:
    """The last number that these words give, if the words state it and it can be one of people."""
    found = [match for match in pattern.finditer(scope.norm) if _stated(scope, *match.span())]
    for match in reversed(found):
        name = next((name for name, said in match.groupdict().items() if said and name != "me"), None)
        if name is not None and not _NOT_STAFF.search(scope.norm, max(0, match.start() - 24), match.start()):
            with_me = "me" in match.re.groupindex and match["me"] is not None
            return Headcount(_value(match[name]) + with_me, *match.span(name), instead=True)
    return None


def _chains(norm: str) -> list[list[_Part]]:
    chains: list[list[_Part]] = []
    for match in _PART.finditer(norm):
        part = _part(match)
        last = chains[-1][-1] if chains else None
        run_on = last is not None and norm[last.end : part.start] == " " and (part.told or norm.startswith("m", part.start))
        if last is not None and (run_on or _JOIN.fullmatch(norm, last.end, part.start)):
            chains[-1].append(part)
        else:
            chains.append([part])
    return chains


def _part(match: re.Match[str]) -> _Part:
    count = 1
    for name in ("many", "others", "more"):
        if match[name]:
            count = _value(match[name]) + (name == "more")
    if match["parents"]:
        count = 2
    if match["ours"]:
        count = _value(match["ours"])
    besides = bool(match["besides"])
    owner = bool(match["self"] or match["with"] or besides)
    return _Part(count + besides, match.start(), match.end(), owner, bool(match["many"] or match["others"]), bool(match["role"]))


def _counts(scope: Scope, chain: list[_Part]) -> bool:
    """Whether a chain says who works in the firm: the owner among others, or people by number and by trade."""
    owners = sum(part.owner for part in chain)
    if not owners and _staff_alone(scope, chain):
        owners = 1
    several = len(chain) > 1 or chain[0].count > 1
    low = max(scope.clause_span(chain[0].start)[0], chain[0].start - _REACH)
    high = min(scope.clause_span(max(chain[-1].end - 1, 0))[1], chain[-1].end + _REACH)
    if owners != 1 or not several or _GOES_ON.match(scope.norm, chain[-1].end) or not _stated(scope, chain[0].start, chain[-1].end):
        return False
    return not _NOT_STAFF.search(scope.norm, low, high)


def _staff_alone(scope: Scope, chain: list[_Part]) -> bool:
    """19 riders, 3 sorters; nine mechanics and the office girl: people by number and by trade, without the owner."""
    named = any(part.told for part in chain) and all(part.told or part.role for part in chain)
    others = any(_MAY_BE_OTHERS.search(scope.norm, part.start, part.end) for part in chain)
    return len(chain) > 1 and named and not others and not _FOR_THEM.search(scope.norm[: chain[0].start])


_MAY_BE_OTHERS = re.compile(
    r"\b(?:kids?|students?|people|persons?|heads?|souls?|folks?|villagers?|neighbou?rs?|classmates?|mates?|consultants?"
    r"|colleagues?)\b"
)
_FOR_THEM = re.compile(r"\b(?:for|to|from|of|by|teach|train|between)(?: about| some| over)? $")


def _value(word: str) -> int:
    if word.isdigit():
        return int(word)
    head, _, tail = word.replace("-", " ").partition(" ")
    if head in _TENS:
        return _TENS[head] + (_ONES.index(tail) if tail else 0)
    return _ONES.index(head)
