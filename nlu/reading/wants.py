"""What an English message wants money for, by the noun that the wish for money ends in: 240k for a steam boiler, to buy raw lacquer.

Asked only where the phrases of the tables name no purpose. Machines, vehicles and software are equipment; parts of a building are
premises; goods and materials are stock, but for a firm that serves people what it sits and works on is equipment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues.nouns import kind_of
from nlu.cues.patterns import scripts_of
from nlu.reading.industry import stated_industry
from nlu.reading.scope import Scope

Purpose = tuple[str, re.Match[str]]

_SUM = r"(?:\d[\d.,]*(?: (?:and|to|or) \d[\d.,]*)? ?(?:(?:k|m|w|mio|mil|million|thousand|wan|grand|lakhs?|lac)\b)?(?: (?:yuan|rmb|kuai|cny))?|(?:hundred|thousand|million|grand|wan|mil|lakhs?|yuan|rmb))"
#: The wish, up to the word that leads to the thing. A sum stands in it, or the words for money.
_LEADS = (
    rf"\b{_SUM}(?:,? (?:please|pls|or so|altogether|in all|more|over [a-z0-9 ]{{3,14}}|, [a-z0-9 ]{{3,16}},))?,? (?:just |only |mainly |mostly |all )?(?:for|to|towards)",
    r"\b(?:loan|money|cash|funds?|funding|finance|financing|capital|credit|tenor|term|borrow(?:ing)?|the lot|facility|sum|it|all)(?: i'd like| i need| i want| we need| we want)?(?: is| are| was| goes| would be| will be)? (?:just |only |mainly |mostly "
    r"|all |needed |wanted )?(?:for|to|towards)",
    r"\b(?:purpose|use|used|use of (?:the )?(?:loan|funds|money)|what for|wanted|needed|reason)(?: is| are)?:? (?:for |to )?",
    r"\b(?:no|short of|lack|lacking|not enough|need|needs|want|without) (?:the )?(?:money|cash|funds?|capital|means) (?:for|to)",
    r"\b(?:want|wants|need|needs|wish|hope|like|love|plan|planning|looking|have|got|thinking|intend|going|decided|trying|got)(?: [a-z]+)? to",
    r"\b(?:i|we) must(?= pay)",
    rf"\bneed: ?(?:rmb )?{_SUM}(?:, [a-z0-9 ]{{3,14}})?,",
    rf"\b(?:loan|finance|lease|borrow|tenor|want|need|buy)\b[^.;?!]{{0,24}} (?:a|an) {_SUM}",
    r"(?:^|[.,;:!(/] ?)(?:it's |its |it is |that's )?(?:just |only |mainly |mostly |all )?(?:for|to)",
    r"(?:^|[.,;:!(/] ?)(?:in order |so as |mostly |mainly |just )*(?=buying|purchas|(?:the )?purchase of|replac|fitting|building|rebuilding|renovating|ordering|stocking)",
)
_VERB = (
    r"(?: ?(?P<verb>buy(?:ing)?(?: in)?|get(?:ting)?(?: in)?|purchas(?:e|ing)(?: of)?|the purchase of|order(?:ing)?|add(?:ing)?|put(?:ting)? (?:in|up)|install(?:ing)?|replac(?:e|ing)|swap(?:ping)?(?: out)?|chang(?:e|ing)|upgrad(?:e|ing)|renew(?:ing)?"
    r"|lay(?:ing)? (?:down|in)|stock(?:ing)?(?: up)?(?: on)?|pay(?:ing)?(?: up front)?(?: for)?|prepay(?:ing)?|build(?:ing)?|rebuild(?:ing)?|redo(?:ing)?|do(?:ing)?(?: up)?|renovat(?:e|ing)|refurbish(?:ing)?|fit(?:ting)?(?: out)?|repair(?:ing)?|fix(?:ing)?"
    r"|extend(?:ing)?|enlarge|convert|retile|repaint|expand|open(?:ing)?|collect(?:ing)?|import(?:ing)?|use (?:on|for)|spend on|cover|finance|fund|secure|lease))?"
)
_OBJECT = r" (?P<object>(?:(?!me\b|us\b|you\b|them\b|it\b|him\b|know\b|be\b|see\b|which\b|what\b|how\b)[a-z0-9][a-z0-9'&-]*[ ,+]*){1,8})"
_FRAMES = tuple(re.compile(lead + _VERB + _OBJECT) for lead in _LEADS)
#: Something is wanted by its own name: need freezer truck, 170k.
_NEED = re.compile(
    rf"\b(?:need|needs|want|wants|require|missing|lack|short of)(?: [a-z]+ly)? (?P<object>(?:(?!to\b|money|cash|loan|help|about|around|a loan|needs?\b|wants?\b|so\b)[a-z0-9][a-z0-9'&-]*[ ,+]*){{1,7}})"
)
#: Materials that must be paid, a machine that must go, before or behind their noun.
_MUST = re.compile(
    r"(?P<object>(?:[a-z][a-z'&-]* ){1,4}?)(?:must|has to|have to|needs to|need to|had to|got to)(?: all| now| first)? (?P<verb>(?:be |get )?(?:paid|bought|ordered|changed|replaced|swapped|go\b|fixed|repaired|rebuilt|redone|repainted|electric))"
)
#: What a machine costs, where the owner speaks of a loan.
_COSTS = re.compile(
    r"(?:\b(?:an?|one|two|three|new|used|second|another|price of (?:a|the)|the) |(?:^|(?<=[.;!:]) ?))(?P<object>[a-z0-9-]+(?: [a-z0-9-]+){0,4}?)(?: with subsid\w+ off)?"
    r"(?:,|:| costs?| is| are| at|,? priced? at|,? price|,? quote[sd]?(?: at)?| goes for| would be| runs to| comes to)(?: about| around)? (?:rmb |¥)?\d"
)
#: The only one, a third one: of the vehicles or machines spoken of before.
_ONE = re.compile(r"\b(?:second|third|fourth|fifth|sixth|seventh|electric|new|newer|bigger|better|more|used|another)(?: [a-z]+)? ones?\b")
_FLEET = re.compile(
    r"\b(?:trucks?|lorr(?:y|ies)|vans?|tippers?|coach(?:es)?|buses|boats?|machines?|looms?|presses|tractors?|excavators?|cranes?|ovens?|cars?|taxis?|cabs?|drones?|kilns?)\b"
)
_DEVELOP = re.compile(
    rf"\b(?:{_SUM}|loan|money|it|cash|want|need|like|funding)(?: is| are)? (?:just |mainly |all )?(?:for|to) (?:get )?(?:the )?(?:develop\w*|prototyp\w+|design(?:ing)? (?:a|the|our) |finish(?:ing)? (?:generation|version|the prototype)|r ?& ?d\b|research"
    rf"|(?:a |our |the )?(?:[a-z-]+ ){{1,4}}(?:developed|tested|certified|prototyped)\b)"
)
_PAYS_OFF = re.compile(
    rf"(?:\b{_SUM},?|\b(?:loan|money|sum|just|only),?) (?:is )?(?:just |only )?to pay off (?:the )?(?:[a-z]+ ){{1,3}}(?:bank|lender|loan|mortgage)s?\b"
)
_ABROAD = re.compile(r"\b(?:export(?!er)s?|exporting|foreign trade|overseas orders?|customs deposit|freight of)\b")
_FEES = re.compile(r"\b(?:fees?|advert\w+|campaign|fines?|premium|tuition)\b")
_RAW = re.compile(r"^ ?raw ")
_WISH = re.compile(
    r"\b(?:need|want|borrow\w*|finance (?:it|all|the rest|\d)|lend|ask|asking|looking for|from (?:the )?bank|wish|hope to|raise|short|missing|seek\w*|apply\w*|hole|(?:i|we)'d (?:like|love|take|borrow))\b"
)
_SUM_SAID = re.compile(
    r"\d[\d.,]* ?(?:k|m|w|mio|mil|million|thousand|wan|grand|lakhs?|lac|yuan|rmb|kuai)\b|\d{4}|\d,\d{3}|\b(?:hundred|thousand|million|grand|wan)\b"
)
_WAGES = re.compile(r"\b(?:wages?|salar(?:y|ies)|payroll|pay packets?|bonus(?:es)?|pay ?day|overtime)\b")
_BUILD = re.compile(
    r"\b(?:build|rebuild|redo|do|doing|renovat|refurb|fit|repair|fix|extend|enlarge|convert|retile|repaint|expand|open|take|put|fixed|repaired|rebuilt|redone|repainted|chang|replac|install|add|lay)"
)
_NEW = re.compile(r"\b(?:new|second|third|another|bigger|larger|extra|own|next|more|cold|drying|extended)\b")
#: No purpose of the firm, or not bought with the loan.
_NO_THING = re.compile(
    r"\b(?:month|months|year|years|weeks?|days?|instal\w*|my (?:age|firm|shop|case)|example|sure|free|information|details|questions?|appointment|answer|reply|form|documents?|papers|approval|guarantee|guarantor|licen[cs]e|application|quick|cheap"
    r"|sale|hire|rent out|export|customers?|clients?|buyers?|others|people|insurance|collateral|security|pledge|car loan|house loan|mortgage|son|daughter|wife|wedding|holiday|which|what|how|bank|banks|bring|competitor|neighbour|brother)\b"
)
_SERVES = frozenset(
    "catering other accommodation transport construction property_management leasing_business_services software_it agriculture postal".split()
)
_KINDS = {
    "gear": "equipment",
    "place": "premises",
    "stuff": "stock_purchase",
    "material": "stock_purchase",
    "grocery": "stock_purchase",
    "crop": "stock_purchase",
    "beast": "stock_purchase",
}
_STOPS = frozenset(
    "in at of from since near on that who which by is are was were has have had or but as out through under over into around behind where because while then now before until till after this so if i we they it you when without with for and".split()
)
_WORD = re.compile(r"[a-z][a-z'-]*")


def by_wants(scope: Scope) -> Purpose | None:
    """The first purpose that a wish for money ends in, or None."""
    norm = scope.norm
    if scripts_of(norm)[0]:
        return None
    for value, said in (("rd", _DEVELOP.search(norm)), ("refinance", _PAYS_OFF.search(norm))):
        if said is not None and scope.states(*said.span()):
            return value, said
    for found in (*_wished(norm), *_told(norm)):
        if (
            not scope.states(*found.span())
            or _only_asked(scope, found)
            or (_ASKS.search(norm[max(0, found.start() - 40) : found.start()]) and not _SUM_SAID.search(found[0]))
        ):
            continue
        purpose = _purpose(scope, found)
        if purpose:
            return purpose, found
    return None


_ASKS = re.compile(r"\b(?:how|what|which|who|where|why|do you|does|don't|not|no longer|never|without|competitor|if)\b[^.;!?]*$")


def _only_asked(scope: Scope, found: re.Match[str]) -> bool:
    """Whether the thing stands in a question that says no sum for it."""
    asked = next(((low, high) for low, high in scope.questions if low <= found.start() < high), None)
    return asked is not None and not (_SUM_SAID.search(scope.norm, *asked) and not re.search(r"\bwhich\b", scope.norm[slice(*asked)]))


def _wished(norm: str) -> Iterator[re.Match[str]]:
    for frame in _FRAMES:
        yield from frame.finditer(norm)


def _told(norm: str) -> Iterator[re.Match[str]]:
    """Things that are needed or cost so much, where a loan and a sum are spoken of."""
    if _SUM_SAID.search(norm):
        yield from _NEED.finditer(norm)
        if _WISH.search(norm):
            yield from _MUST.finditer(norm)
            yield from _COSTS.finditer(norm)


def _purpose(scope: Scope, found: re.Match[str]) -> str | None:
    verb = (found.groupdict().get("verb") or "").strip()
    text = found["object"]
    if _WAGES.search(f"{verb} {text.strip()}"):
        return "wages" if found.re is not _NEED and found.re is not _COSTS else None
    if found.re in _FRAMES[-2:] and not _WISH.search(scope.norm):
        return None
    money = found.re in _FRAMES[:3]
    if money and _ABROAD.search(text):
        return "export"
    if money and _FEES.search(text):
        return "other"
    if _NO_THING.search(text):
        return None
    if (money or _BUYS.match(verb)) and _ONE.search(text):
        return "equipment" if _FLEET.search(scope.norm) else None
    if not verb and not _SUM_SAID.search(scope.norm):
        return None
    for piece in re.split(r"[,+]| and ", text)[:2]:
        words = _thing(piece)
        first = ("place",) if _BUILD.match(verb) else ("material",)
        kind = kind_of(words, first) or kind_of(words) if words else None
        if kind is None and _RAW.search(piece):
            return "stock_purchase"
        if found.re is _COSTS and (kind is None or kind[0] != "gear" or words[-1].endswith("s") or words[-1] == "car"):
            return None
        if kind is not None:
            return _of_kind(scope, kind[0], verb, piece)
    return None


def _thing(text: str) -> tuple[str, ...]:
    """The words of a noun phrase, up to the preposition that ends it."""
    words: list[str] = []
    for word in _WORD.findall(text):
        if word in _STOPS:
            if words:
                break
            continue
        words.append(word)
    return tuple(words)


_BUYS = re.compile(r"buy|purchas|the purchase|order|stock|lay")


def _of_kind(scope: Scope, kind: str, verb: str, text: str) -> str | None:
    if kind == "place":
        return "premises" if _BUILD.match(verb) or _NEW.search(text) else None
    if kind in ("dish", "service"):
        return None
    if kind == "ware":
        trade = stated_industry(scope)
        return (
            "equipment"
            if trade is not None and trade[0] in _SERVES
            else "stock_purchase"
            if trade is not None or _BUYS.match(verb)
            else None
        )
    return _KINDS[kind]
