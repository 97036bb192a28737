"""The trade of an English message from its nouns, where no table has the words: said like a headline (LED strips. Zhongshan.), by what
the owner does to the goods (we dry persimmons), or by the last word of the business (an eel hatchery).

Whether goods are made or only sold is told by the rest of the message: a plant, workers and machines, or a shop, or dealers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues import frames
from nlu.cues.nouns import deed_of, head_of, in_phrases, kind_of, staff_of
from nlu.cues.patterns import scripts_of
from nlu.reading.deeds import Found, by_deeds
from nlu.reading.goods import role
from nlu.reading.house import NO_GOODS
from nlu.reading.phrases import NO_TRADE, Phrase, noun_phrase, phrases
from nlu.reading.regions import find_regions
from nlu.reading.scope import Scope
from nlu.reading.ways import NOT_DONE, of_before

Trade = tuple[str, re.Match[str]]

_CUSTOMERS, _GENERIC, _CARRIERS, _BEHIND = (in_phrases(part) for part in ("customers", "generic", "carriers", "behind"))
_HERD = re.compile(
    r"(?<![\d.])(?:\d[\d,]*|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a|one|two|three|four|five|six|seven|eight"
    r"|nine) (?:hundred|thousand)|hundred)"
    r"(?: (?!thousand|million|rmb|yuan|k\b)[a-z-]+)? (?:heads? of )?(?:goats|sheep|sows|pigs|hogs|hens|cows|cattle|yaks|ducks|geese"
    r"|hives|beehives|horses|deer|calves|donkeys|camels|rabbits"
    r"|pigeons|quails|heifers|lambs|ewes|layers|broilers|alpacas|ostriches|piglets)\b(?! (?:meat|feed))"
)
#: What the goods are, where an order or a sum of money is for them, or where the owner is in them.
_OF_WHAT = re.compile(
    r"\b(?:\d[\d.,]* ?(?:k|m|w|mio|million|thousand|wan|yuan|rmb|grand|lakhs?)?(?: yuan| rmb)?|million|thousand|wan|yuan|rmb|grand"
    r"|orders?|orders? from [a-z]+|years|months|business|trade|company|enterprise|firm|co-?op(?:erative)?"
    r"|shop|store|stall|trading|sales|seller|market) (?:of|in|for|with) (?P<object>(?!need|want|loan|money|my|our|it|them|total|all"
    r"|the)(?:[a-z][a-z'&-]*[ ,]*){1,5})"
)
_CROWD = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty"
    r"|forty)[ -]?(?:[a-z]+[ -]){0,2}(?:people|persons?|staff|staffs|workers?|employees|hands|heads|ppl|men|women"
    r"|ladies|fellows|of us|emp|crew|blokes|lads|on payroll)\b"
)
_COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty"
    r"|thirty) (?P<who>(?:[a-z-]+ )?[a-z-]+s)\b"
)
#: Bare goods in a headline are many or a mass: umbrellas, jewellery. One thing is named for another reason.
_MASS = re.compile(
    r"s$|(?:ware|wear|ery|elry|ics|ing|work|china|silk|honey|tea|wine|milk|oil|sauce|food|cheese|tofu|flour|paper|plastic|leather"
    r"|glass|fabric|cloth|yarn|wool|lace|linen|furniture|equipment|hardware"
    r"|luggage|packaging|porcelain|pottery|jewel\w+|soap|salt|sugar|vinegar|kimchi|ketchup|chocolate|beer|vodka|seafood|fish|fruit"
    r"|rice|wheat|maize|garlic|ginger|coffee|bread|corn|tobacco|hemp|bamboo"
    r"|plywood|veneer|foam|rubber|rope|wire|cable|glue|ink|varnish|wax|felt|velvet|denim|fur|porridge|congee|ramen|pizza|sushi|hotpot"
    r"|pot|soup|yoga|cattle|sheep|deer|shrimp|squid|kelp|seaweed)$"
)
#: Gerunds that begin the name of goods are not among these.
_GERUND = re.compile(
    r"(?!folding|fishing|sewing|hearing|washing|swimming|packing|wrapping|writing|knitting|building|wedding|camping|hiking|rolling"
    r"|sleeping|cooking|heating|lighting)[a-z]+ing$"
)
_ANOTHERS = re.compile(r"(?!men|women|kid|child|children|lad|ladie|butcher|baby|chemist|dentist|farmer|ship|mother)[a-z]+'s?$")
_ELSEWHERE = re.compile(
    r"\b(?:buy|buying|bought|need|want|owe|owes|his|her|their|your|no|not|never|nothing|supplier|neighbou?r\w*|cousin|friend"
    r"|competitor|if|how|what|which)\b(?: [\w'-]+){0,4} $"
)


def by_headline(scope: Scope) -> Trade | None:
    """The trade that the nouns of an English message name, or None."""
    if scripts_of(scope.norm)[0]:
        return None
    for value, start, end in (*_by_heads(scope), *by_deeds(scope), *_by_herd(scope), *_by_goods(scope)):
        match = re.compile(r"[\s\S]+").match(scope.norm, start, end)
        if match is not None and not _aside(scope, match):
            return value, match
    return None


def _by_heads(scope: Scope) -> Iterator[Found]:
    for phrase in phrases(scope.norm):
        value = _business(scope.norm, phrase) if not NO_TRADE & set(phrase.words) and len(phrase.words) <= 7 else None
        if value:
            yield value, phrase.start, phrase.end


def _business(norm: str, phrase: Phrase) -> str | None:
    """The trade of a phrase whose last words name a business: decoration team, eel hatchery, wolfberry co-operative."""
    words = phrase.words
    while len(words) > 1 and words[-1] in _BEHIND and head_of(words) is None:
        words = words[:-1]
    named = len(words) < len(phrase.words)
    head = head_of(words)
    if head is None:
        words = phrase.words if named else words
        return _carried(norm, words) if len(words) > 1 and words[-1] in _CARRIERS else None
    if deed_of(words[0]) and not words[0].endswith(("ing", "s")) and head[0] != "retail":
        return None
    before = words[: -head[1]]
    if (words[-1] in _CUSTOMERS and not (phrase.owned or phrase.opens or phrase.alone)) or _ANOTHERS.match(words[0]):
        return None
    known = before or head[1] > 1 or named or (phrase.opens and words[-1] not in _GENERIC)
    if not known or (head[0] == "retail" and NO_GOODS.search(" ".join(before))):
        return None
    return _of_goods(head[0], before)


def _carried(norm: str, words: tuple[str, ...]) -> str | None:
    """A place or company for these goods: tattoo studio, crepe place, leather firm."""
    kind = kind_of(words[:-1])
    last = words[-1]
    if kind is None:
        return None
    if kind[0] == "service":
        return "other"
    if kind[0] == "dish":
        return "catering" if last not in ("company", "firm", "enterprise", "base", "market") else None
    if kind[0] in ("crop", "beast"):
        return "agriculture" if last.startswith("co") or last in ("base", "garden") else None
    if kind[0] == "stuff":
        return "wholesale" if last == "market" else None
    if kind[0] in ("ware", "grocery"):
        if last == "market":
            return "wholesale"
        return (
            "retail"
            if last.startswith("seller")
            else role(norm, kind[0])
            if last in ("company", "firm", "enterprise", "business", "outfit", "brand", "trade")
            else None
        )
    return None


_MENDS = tuple((word,) for word in ("repair", "repairs", "rebuild", "rebuilding", "restoration", "service", "alteration", "alterations"))


def _of_goods(industry: str, before: tuple[str, ...]) -> str:
    """A shop for dishes is catering, for services other; a maker of apps writes software."""
    kind = kind_of(before)
    if industry == "retail" and before[-1:] in _MENDS:
        return "other"
    if industry == "retail" and {"meituan", "eleme"} & set(before):
        return "catering"
    if industry == "retail" and kind is not None:
        return {"dish": "catering", "service": "other"}.get(kind[0], "retail")
    if industry == "wholesale" and before[-1:] == ("car",):
        return "retail"
    return industry


def _by_herd(scope: Scope) -> Iterator[Found]:
    """Animals that are counted, and people of a trade."""
    for found in _COUNTED.finditer(scope.norm):
        value = staff_of(tuple(found["who"].split()))
        if value:
            yield value, *found.span()
    yield from (("agriculture", *found.span()) for found in _HERD.finditer(scope.norm))


def _by_goods(scope: Scope) -> Iterator[Found]:
    for phrase in phrases(scope.norm):
        words = phrase.words
        kind = kind_of(words)
        bare = _MASS.search(words[-1]) or (kind is not None and kind[0] == "service")
        if NO_TRADE & set(words) or len(words) > 6 or deed_of(words[0]) or _GERUND.match(words[0]) or not bare:
            continue
        behind = scope.norm[phrase.end : phrase.end + 40]
        value = (
            role(scope.norm, kind[0], behind) if kind is not None and (phrase.opens or (phrase.alone and _beside(scope, phrase))) else None
        )
        if value:
            yield value, phrase.start, phrase.end
    for found in _OF_WHAT.finditer(scope.norm):
        words = noun_phrase(found["object"])
        kind = kind_of(words) if words and not NO_TRADE & set(words) and _MASS.search(words[-1]) else None
        value = role(scope.norm, kind[0], scope.norm[found.end() : found.end() + 40]) if kind is not None else None
        if value:
            yield value, found.start("object"), found.end()


def _beside(scope: Scope, phrase: Phrase) -> bool:
    """Whether the clause before or behind tells only a place or how many people there are."""
    low, high = scope.clause_span(phrase.start)
    around = [scope.clause_text(low - 1)] if low else []
    around += [scope.clause_text(high)] if high < len(scope.norm) else []
    return any(_CROWD.match(clause.strip()) or _is_place(clause.strip(" .,;:!?")) for clause in around)


def _is_place(clause: str) -> bool:
    return 0 < len(clause) < 40 and any(place.start < 4 and place.end - place.start >= len(clause) - 12 for place in find_regions(clause))


def _aside(scope: Scope, match: re.Match[str]) -> bool:
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    if not scope.states(*match.span()) or scope.asked(match.start()) or NOT_DONE.search(lead) or frames.NOT_A_TRADE.search(lead):
        return True
    return of_before(lead, "") or bool(_ELSEWHERE.search(lead))
