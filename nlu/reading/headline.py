"""The trade of an English message from its nouns, where no table has the words: said like a headline (LED strips. Zhongshan.), by what
the owner does to the goods (we dry persimmons), or by the last word of the business (an eel hatchery).

Whether goods are made or only sold is told by the rest of the message: a plant, workers and machines, or a shop, or dealers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlu.cues import frames
from nlu.cues.nouns import deed_of, head_of, kind_of, staff_of
from nlu.cues.patterns import scripts_of
from nlu.reading.house import NO_GOODS
from nlu.reading.regions import find_regions
from nlu.reading.scope import Scope
from nlu.reading.ways import NOT_DONE, of_before

Trade = tuple[str, re.Match[str]]

_PIECE = re.compile(r"(?:[^.,;:!?()\n–—]|(?<=\d)[.,](?=\d)|(?<= )[-](?! ))+")
_WORD = re.compile(r"[a-z][a-z'’&-]*|\d[\d.,]*[a-z%]*")
#: Words that may open a clause before what it is about.
_OPENS = frozenset(
    "so um uh well hi hello hey ok okay yes yeah right it's its this is just only trade product products business line industry sector company firm basically"
    " mainly mostly actually we're i'm am are we i a an the small little tiny wee own my our family do does doing dealing deal deals specialise specialised"
    " specializing specialising in of for run runs running own owns owning have has had got operate operates operating manage started opened start open"
    " one two three four five six seven eight nine ten eleven twelve couple both"
    " set up owner boss lady wife husband me he makes main limited private enterprise call called still also we've i've new_energy".split()
)
#: Words that end a noun phrase.
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve twenty thirty"
_CLOSES = frozenset(
    f"{_NUMBERS} in at for with from of since near on to that who which by is are was were has have had and or but plus as out through under over into around behind"
    " where whose because while then now here there our my their his her per outside beside both all when so if i we they it you the a an this no with turning making doing".split()
)
#: No headline of a trade: money, papers, wishes, events, and what is had or is to be bought.
_NO_TRADE = frozenset(
    "need needs want wants loan loans credit bank banks price prices cost costs order orders value stock stocks inventory pledge pledged debt debts buy buying bought another"
    " second third next owe owes owed paid pay pays payment lend borrow rate rates interest rent landlord neighbour neighbours neighbor supplier customer customers buyer buyers client clients"
    " competitor cousin brother sister friend friends uncle his her their your no not nothing without never money cash account profit sales turnover revenue purchase purchasing replace replacing"
    " new security collateral mortgage guarantee insurance subsidy tax taxes fee fees how what why which can could would should is are was were please thanks thank dear sold lost"
    " left feed feeds serve serves visit will would plan plans planning hope hopes may might must shall going get gets getting got-to month months year years week weeks sole individual"
    " registered valued appraised offered security unit units says said asks asked told late court case deed mine net current total fixed gross"
    " used-to former old-time dead broke broken died which whose whoever any some each every other others equipment machinery finance financing lease dispute lawsuit certificate".split()
)
_OWNER = re.compile(
    r"\b(?:(?P<firm>company|firm|factory|workshop|plant|business|that|co-?op(?:erative)?)|we|i|who|us|people|persons|workers|women|men|girls|ladies|aunties|lads|villagers|hands"
    r"|family|wife and i|brother and i|of (?:us|\d+)|husband and i|husband and me|and me|knitters|brothers|sisters|to|nephew)(?:'ve|'re|'m)? (?:also |only |mainly |mostly |just |still |all |now |basically |actually |used to "
    r"|hand |'?ve been |have been |been |am |are |is |r )*(?P<verb>[a-z]+)(?: up| out)? (?P<object>(?:(?!need|want|loan|money|my|our|it|them)[a-z][a-z'&-]*[ ,]*){1,7})"
)
_BEGINS = re.compile(
    r"(?:^|[.,;:!?\n] ?)(?:i'?m |am |we'?re |just |still |been )*(?P<verb>[a-z]+ing|sell|make|repair|fix|grow|raise|plant|do|rent out|open) (?P<object>(?:(?!need|want|loan|money|my|our|it|them)[a-z][a-z'&-]*[ ,]*){1,6})"
)
_HERD = re.compile(
    r"(?<![\d.])(?:\d[\d,]*|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a|one|two|three|four|five|six|seven|eight|nine) (?:hundred|thousand)|hundred)"
    r"(?: (?!thousand|million|rmb|yuan|k\b)[a-z-]+)? (?:heads? of )?(?:goats|sheep|sows|pigs|hogs|hens|cows|cattle|yaks|ducks|geese|hives|beehives|horses|deer|calves|donkeys|camels|rabbits"
    r"|pigeons|quails|heifers|lambs|ewes|layers|broilers|alpacas|ostriches|piglets)\b(?! (?:meat|feed))"
)
_MAKES = re.compile(
    r"\b(?:factory|plant|workshop|works|workers?|labou?rs?|we make|i make|made (?:here|by us|by hand|in)|own (?:production|brand|looms|press(?:es)?)|produc\w+|machines?|looms?|kilns?|furnace|press(?:es)?"
    r"|moulds?|molds?|carvers?|knitters?|sewers?|sewing|raw materials?|casting|weld\w*|patents?|utility models?|inventions?|r ?& ?d|exports?|oem|high-tech|little giant|craftsmen|apprentices?"
    r"|processing|tons?|tonnes|artisans|bench|haier|midea|gree|byd|self[- ]made|cook|freeze|dry|pack|oven|shed)\b"
)
_SELLS = re.compile(
    r"\b(?:shops?|stores?|stall|counter|kiosk|tourists?|walk-?ins?|taobao|tmall|pinduoduo|pdd|jd|jingdong|douyin|kuaishou|xianyu|wechat|xiaohongshu|shopee|temu|tiktok|online|takings|livestream\w*|selling"
    r"|over the counter|opticians?|optometrist|bazaar|shelves|passers-by|mall)\b"
)
_TRADES = re.compile(
    r"\b(?:bought at|auction|sales of (?!\d)|no factory|dealers?|whole ?sale\w*|distribut\w+|resold|resell\w*|importe?r?s?|trading|traders?|jobbers?|stockists?|middlem[ae]n|don't make|bought from (?:workshops|factories)"
    r"|(?:sell|sold|supply|supplied|deliver|push|move)\w* (?:[a-z]+ ){0,3}(?:to|into) (?:[\w-]+ ){0,2}(?:shops|stores|restaurants|supermarkets|dealers|garages|hotels|bars|canteens|hospitals|clinics|farmers|schools|stalls|waterworks))\b"
)
_BY_HAND = re.compile(r"\b(?:own (?:production|workshop|factory|plant)|factory|plant|we make|i make|made (?:here|by)|workshop)\b")
_NOT_MADE = re.compile(r"\b(?:no factory|don't make|make nothing|manufacture nothing|not (?:a )?(?:factory|manufacturer)|supplier's)\b")
_TO_SHOPS = re.compile(
    r"\b(?:to|for) (?:the |small |local |other |\d+ )*(?:shops|stores|restaurants|supermarkets|dealers|wholesalers|traders|factories|canteens|hotels|bars|garages|distributors)\b"
)
_FOR_OTHERS = re.compile(
    r"\b(?:for|of) (?:the )?(?:others?|other people|people|customers?|clients?|traders|sellers|companies|farmers|growers)\b|'s goods\b"
)


_OWNED = frozenset("my our we i own run runs running we're i'm we've i've am are manage managing opened owner boss".split())
#: Businesses that are as often a customer or a neighbour: the owner must be there before them, or nothing else.
_CUSTOMERS = frozenset(
    "hospital hospitals school schools hotel hotels supermarket supermarkets restaurant restaurants canteen canteens factory plant works university dealer dealers trader traders supplier suppliers distributor"
    " kindergarten contractor contractors builder clinic warehouse maker manufacturer farm farms farmers importer importers wholesaler wholesalers mill cafe cafes bakery store stores lawyers lawyer garage mine printer".split()
)
#: Of no trade by themselves: they need a word before them that says of what.
_GENERIC = frozenset(
    "shop shops store stores stall stalls counter kiosk outlet outlets showroom plant works mill mine workshop factory production producing producer processing trading trader traders trade merchant dealer dealers"
    " supplier suppliers distribution agent school schools hospital hospitals class classes lesson lessons training cleaning cleaner cleaners repair repairs growing raising rearing planting farming field fields pond ponds"
    " sheds farm farms warehouse storage hire rental rentals leasing vans trucks lorries ships cabs coaches freight carriers builder builders contractor contractors installation installer installers fitting conversions"
    " hotel hotels inn band club clubs garage mechanic mechanics surgery practice rink range alley theatre printing printers press casting welding weaving knitting spinning assembly milling grinding fabrication consultant"
    " consultants recruitment accountants lawyers notary software telecom telecoms broadband restaurant restaurants canteen canteens mess forest forestry livestock masons joiners install wiring ceilings bathrooms drains"
    " interpreter supermarket supermarkets chemist courier couriers silo silos retail retailer vending maker makers manufacturer manufacturing importer importers exporter exporters exporting importing drilling carving"
    " dentist dentists vet vets clinic clinics kindergarten laboratory machining slicing ingots fixing filming restoration sharpening rehab rehabilitation band coders developers consulting advertising".split()
)
#: What the business is called by words that name no trade: told by the goods before them.
_CARRIERS = frozenset(
    "studio centre center room rooms hall place house bar stand cart truck van corner chain franchise business company firm club brand team service co-operative cooperative coop co-op base garden market enterprise"
    " outfit group seller sellers man lady trade".split()
)
#: What the goods are, where an order or a sum of money is for them, or where the owner is in them.
_OF_WHAT = re.compile(
    r"\b(?:\d[\d.,]* ?(?:k|m|w|mio|million|thousand|wan|yuan|rmb|grand|lakhs?)?(?: yuan| rmb)?|million|thousand|wan|yuan|rmb|grand|orders?|orders? from [a-z]+|years|months|business|trade|company|enterprise|firm|co-?op(?:erative)?"
    r"|shop|store|stall|trading|sales|seller|market) (?:of|in|for|with) (?P<object>(?!need|want|loan|money|my|our|it|them|total|all|the)(?:[a-z][a-z'&-]*[ ,]*){1,5})"
)
_CROWD = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty)[ -]?(?:[a-z]+[ -]){0,2}(?:people|persons?|staff|staffs|workers?|employees|hands|heads|ppl|men|women"
    r"|ladies|fellows|of us|emp|crew|blokes|lads|on payroll)\b"
)
#: Before a phrase: it is what the money is for, or what could be pledged.
_FOR_WHAT = re.compile(
    r"\b(?:for|needs?|want|purpose|buy|use|collateral|security|pledge|pledged|stock|inventory|assets?)\b[^a-z]*(?:(?:the|a|an|my|our|new) )*$"
)
#: What may stand behind the word that says the business.
_BEHIND = frozenset(
    "business company firm co team gang outfit people enterprise man boss owner service services operator here ltd crew mate practice".split()
)
#: Bare goods in a headline are many or a mass: umbrellas, jewellery. One thing is named for another reason.
_MASS = re.compile(
    r"s$|(?:ware|wear|ery|elry|ics|ing|work|china|silk|honey|tea|wine|milk|oil|sauce|food|cheese|tofu|flour|paper|plastic|leather|glass|fabric|cloth|yarn|wool|lace|linen|furniture|equipment|hardware"
    r"|luggage|packaging|porcelain|pottery|jewel\w+|soap|salt|sugar|vinegar|kimchi|ketchup|chocolate|beer|vodka|seafood|fish|fruit|rice|wheat|maize|garlic|ginger|coffee|bread|corn|tobacco|hemp|bamboo"
    r"|plywood|veneer|foam|rubber|rope|wire|cable|glue|ink|varnish|wax|felt|velvet|denim|fur|porridge|congee|ramen|pizza|sushi|hotpot|pot|soup|yoga|cattle|sheep|deer|shrimp|squid|kelp|seaweed)$"
)


_COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty) (?P<who>(?:[a-z-]+ )?[a-z-]+s)\b"
)


@dataclass(frozen=True)
class _Phrase:
    """The words of a noun phrase that may name the trade, their place in the text, and whether it opens a sentence."""

    words: tuple[str, ...]
    start: int
    end: int
    opens: bool
    alone: bool
    owned: bool


def by_headline(scope: Scope) -> Trade | None:
    """The trade that the nouns of an English message name, or None."""
    if scripts_of(scope.norm)[0]:
        return None
    for value, start, end in (*_by_heads(scope), *_by_deeds(scope), *_by_herd(scope), *_by_goods(scope)):
        match = re.compile(r"[\s\S]+").match(scope.norm, start, end)
        if match is not None and not _aside(scope, match):
            return value, match
    return None


_Found = tuple[str, int, int]


def _phrases(norm: str) -> Iterator[_Phrase]:
    """The noun phrases that open a clause, behind the words that may stand before them."""
    for piece in _PIECE.finditer(norm):
        words = list(_WORD.finditer(norm, *piece.span()))
        first = 0
        while first < len(words) and (words[first][0] in _OPENS or words[first][0][0].isdigit()):
            first += 1
        run: list[re.Match[str]] = []
        for word in words[first : first + 9]:
            if word[0] == "and" and run and len(run) < 6:
                run.append(word)
                continue
            if word[0] in _CLOSES or word[0][0].isdigit():
                break
            run.append(word)
        if not run:
            continue
        stop = first + len(run)
        if _FOR_WHAT.search(norm[max(0, piece.start() - 24) : run[0].start()]) or norm[run[-1].end() :][:1] == "?":
            continue
        opens = not norm[: piece.start()].strip() or norm[: piece.start()].rstrip()[-1:] in ".!?:;\n"
        yield _Phrase(
            tuple(word[0] for word in run),
            run[0].start(),
            run[-1].end(),
            opens,
            stop == len(words),
            bool(_OWNED & {word[0] for word in words[:first]}) or not norm[: run[0].start()].strip(),
        )


def _by_heads(scope: Scope) -> Iterator[_Found]:
    for phrase in _phrases(scope.norm):
        value = _business(scope.norm, phrase) if not _NO_TRADE & set(phrase.words) and len(phrase.words) <= 7 else None
        if value:
            yield value, phrase.start, phrase.end


def _business(norm: str, phrase: _Phrase) -> str | None:
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
    if words[-1] in _CUSTOMERS and not (phrase.owned or phrase.opens or phrase.alone) or _ANOTHERS.match(words[0]):
        return None
    known = before or head[1] > 1 or named or (phrase.opens and words[-1] not in _GENERIC)
    if not known or (head[0] == "retail" and NO_GOODS.search(" ".join(before))):
        return None
    return _of_goods(head[0], before)


_ANOTHERS = re.compile(r"(?!men|women|kid|child|children|lad|ladie|butcher|baby|chemist|dentist|farmer|ship|mother)[a-z]+'s?$")


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
            else _role(norm, kind[0])
            if last in ("company", "firm", "enterprise", "business", "outfit", "brand", "trade")
            else None
        )
    return None


def _of_goods(industry: str, before: tuple[str, ...]) -> str:
    """A shop for dishes is catering, for services other; a maker of apps writes software."""
    kind = kind_of(before)
    if industry == "retail" and {"meituan", "eleme"} & set(before):
        return "catering"
    if industry == "retail" and kind is not None:
        return {"dish": "catering", "service": "other"}.get(kind[0], "retail")
    if industry == "wholesale" and before[-1:] == ("car",):
        return "retail"
    return industry


def _by_deeds(scope: Scope) -> Iterator[_Found]:
    for found in (*_OWNER.finditer(scope.norm), *_BEGINS.finditer(scope.norm)):
        deed = "do" if found["verb"] in _DO else deed_of(found["verb"].split()[0])
        if deed is None:
            continue
        if found.re is _OWNER and found["firm"] and not found["verb"].endswith(("s", "ing")):
            continue
        words = _object(found["object"])
        kind = kind_of(words) if words else None
        let_out = (
            deed == "leasing_business_services"
            and _OUT.search(found[0])
            and not (kind and kind[0] == "place")
            and not _ROOMS.search(found[0])
        )
        if let_out and words and not _NO_TRADE & set(words):
            yield deed, found.start("verb"), found.end()
        if kind is None or _NO_TRADE & set(words):
            continue
        value = _deed(scope.norm, deed, kind[0], found)
        if value:
            yield value, found.start("verb"), found.end()


_DO = ("do", "does", "doing", "did", "open", "opened")
_OUT = re.compile(r"\b(?:rent|let|hire|leas)\w* out\b")
_SITES = re.compile(r"\b(?:shop|store|stall|place|unit|office|house|home|studio|room|rest)\b")
_ROOMS = re.compile(r"\b(?:rooms?|flats?|apartments?|houses?|shops?|space|land|offices?|beds?|villas?|part|half|floor|unit|rest)\b")


def _object(text: str) -> tuple[str, ...]:
    """The noun phrase that an object begins with."""
    words: list[str] = []
    for word in _WORD.findall(text.split(",")[0]):
        if word in _CLOSES and words:
            break
        words.append(word)
    return tuple(words)


def _deed(norm: str, deed: str, kind: str, found: re.Match[str]) -> str | None:
    """What doing this to goods of that kind makes the firm."""
    behind = norm[found.start() : found.end() + 40]
    goods = kind in ("ware", "grocery", "crop", "beast", "stuff", "gear")
    if deed == "do":
        if kind == "place":
            return "construction" if found["verb"].startswith("do") and not _SITES.search(found["object"]) else None
        return "agriculture" if kind == "crop" else _role(norm, kind, behind)
    if deed == "industry":
        return {"ware": "industry", "grocery": "industry", "stuff": "industry", "crop": "industry", "gear": "industry"}.get(kind)
    if deed == "agriculture" and goods and kind not in ("crop", "beast") and _FOR_OTHERS.search(behind):
        return "warehousing"
    if deed == "agriculture":
        return "agriculture" if kind in ("crop", "beast") else None
    if deed == "catering":
        return "catering" if kind == "dish" else None
    if deed in ("retail", "wholesale"):
        if kind == "dish":
            return "catering" if deed == "retail" else None
        if not goods:
            return None
        if deed == "wholesale" and not (_TO_SHOPS.search(behind) or _TRADES.search(norm)):
            return None
        if _BY_HAND.search(norm) and not _NOT_MADE.search(norm):
            return "industry" if kind in ("ware", "grocery") else None
        return "wholesale" if deed == "wholesale" or _TO_SHOPS.search(behind) or _TRADES.search(norm) else "retail"
    if deed == "construction":
        return "construction" if kind in ("place", "gear", "ware") and found["verb"] not in ("paint", "painting") else None
    if deed == "leasing_business_services":
        return deed if kind in ("gear", "ware") and re.search(r"\b(?:out|to)\b", behind) and not re.search(r"\bfrom\b", behind) else None
    if deed == "warehousing":
        return deed if goods and _FOR_OTHERS.search(behind) else None
    if deed == "transport":
        return deed if kind in ("crop", "beast", "stuff", "grocery") else None
    return deed if deed == "other" and (kind in ("ware", "gear", "service")) else None


def _by_herd(scope: Scope) -> Iterator[_Found]:
    """Animals that are counted, and people of a trade."""
    for found in _COUNTED.finditer(scope.norm):
        value = staff_of(tuple(found["who"].split()))
        if value:
            yield value, *found.span()
    yield from (("agriculture", *found.span()) for found in _HERD.finditer(scope.norm))


def _by_goods(scope: Scope) -> Iterator[_Found]:
    for phrase in _phrases(scope.norm):
        words = phrase.words
        kind = kind_of(words)
        bare = _MASS.search(words[-1]) or (kind is not None and kind[0] == "service")
        if _NO_TRADE & set(words) or len(words) > 6 or deed_of(words[0]) or _GERUND.match(words[0]) or not bare:
            continue
        behind = scope.norm[phrase.end : phrase.end + 40]
        value = (
            _role(scope.norm, kind[0], behind) if kind is not None and (phrase.opens or (phrase.alone and _beside(scope, phrase))) else None
        )
        if value:
            yield value, phrase.start, phrase.end
    for found in _OF_WHAT.finditer(scope.norm):
        words = _object(found["object"])
        kind = kind_of(words) if words and not _NO_TRADE & set(words) and _MASS.search(words[-1]) else None
        value = _role(scope.norm, kind[0], scope.norm[found.end() : found.end() + 40]) if kind is not None else None
        if value:
            yield value, found.start("object"), found.end()


def _beside(scope: Scope, phrase: _Phrase) -> bool:
    """Whether the clause before or behind tells only a place or how many people there are."""
    low, high = scope.clause_span(phrase.start)
    around = [scope.clause_text(low - 1)] if low else []
    around += [scope.clause_text(high)] if high < len(scope.norm) else []
    return any(_CROWD.match(clause.strip()) or _is_place(clause.strip(" .,;:!?")) for clause in around)


def _is_place(clause: str) -> bool:
    return 0 < len(clause) < 40 and any(place.start < 4 and place.end - place.start >= len(clause) - 12 for place in find_regions(clause))


#: Gerunds that begin the name of goods are not among these.
_GERUND = re.compile(
    r"(?!folding|fishing|sewing|hearing|washing|swimming|packing|wrapping|writing|knitting|building|wedding|camping|hiking|rolling|sleeping|cooking|heating|lighting)[a-z]+ing$"
)
_FOR_HIRE = re.compile(r"\b(?:for|on) hire\b|\b(?:rent|hire) them out\b")
_TO_BUYERS = re.compile(
    r"[a-z ,&-]{0,12}\b(?:to|into) (?:[\w-]+ ){0,2}(?:shops|stores|hospitals|clinics|schools|restaurants|hotels|supermarkets|garages|plants|waterworks|factories|dealers|sites|farms|stalls|canteens|kitchens)\b"
)
_PLATFORM = re.compile(r"\b(?:taobao|tmall|pinduoduo|pdd|jd|jingdong|douyin|kuaishou|xianyu|xiaohongshu|shopee|temu|tiktok|amazon)\b")


def _role(norm: str, kind: str, behind: str = "") -> str | None:
    """What a firm is that says no more of its trade than these goods."""
    if kind in ("gear", "place", "stuff"):
        return None
    if kind == "service":
        return "other"
    if _FOR_HIRE.search(norm):
        return "leasing_business_services"
    makes, sells, trades = (bool(words.search(norm)) for words in (_MAKES, _SELLS, _TRADES))
    if _TO_BUYERS.match(behind) or _NOT_MADE.search(norm):
        return "wholesale" if not _BY_HAND.search(norm) or _NOT_MADE.search(norm) else None
    if kind == "dish":
        return "catering" if not trades else None
    if kind in ("crop", "beast"):
        return "retail" if sells and not makes else "wholesale" if trades and not makes else "agriculture"
    if makes and not trades and (not sells or _BY_HAND.search(norm)):
        return "industry"
    if sells and (not trades or _PLATFORM.search(norm)):
        return "retail" if not _CROWD_BIG.search(norm) else None
    if trades:
        return "wholesale" if not makes else None
    return "industry"


_CROWD_BIG = re.compile(r"\b(?:[2-9]\d|1\d\d) (?:people|ppl|workers|staff|employees|hands|of us)\b")


def _aside(scope: Scope, match: re.Match[str]) -> bool:
    lead = scope.norm[scope.clause_span(match.start())[0] : match.start()]
    if not scope.states(*match.span()) or scope.asked(match.start()) or NOT_DONE.search(lead) or frames.NOT_A_TRADE.search(lead):
        return True
    return of_before(lead, "") or bool(_ELSEWHERE.search(lead))


_ELSEWHERE = re.compile(
    r"\b(?:buy|buying|bought|need|want|owe|owes|his|her|their|your|no|not|never|nothing|supplier|neighbou?r\w*|cousin|friend|competitor|if|how|what|which)\b(?: [\w'-]+){0,4} $"
)
