"""The words with which an English owner says what money is wanted for, before, in and behind the thing."""

from __future__ import annotations

import re

_SUM = (
    r"(?:\d[\d.,]*(?: (?:and|to|or) \d[\d.,]*)? ?(?:(?:k|m|w|mio|mil|million|thousand|wan|grand|lakhs?|lac)\b)?"
    r"(?: (?:yuan|rmb|kuai|cny))?|(?:hundred|thousand|million|grand|wan|mil|lakhs?|yuan|rmb))"
)
#: The wish, up to the word that leads to the thing. A sum stands in it, or the words for money.
_LEADS = (
    rf"\b{_SUM}(?:,? (?:please|pls|or so|altogether|in all|more|over [a-z0-9 ]{{3,14}}|, [a-z0-9 ]{{3,16}},))?,? (?:just |only |mainly "
    rf"|mostly |all )?(?:for|to|towards)",
    r"\b(?:loan|money|cash|funds?|funding|finance|financing|capital|credit|tenor|term|borrow(?:ing)?|the lot|facility|sum|it"
    r"|all)(?: i'd like| i need| i want| we need| we want)?(?: is| are| was| goes| would be| will be)? (?:just |only |mainly |mostly "
    r"|all |needed |wanted )?(?:for|to|towards)",
    r"\b(?:purpose|use|used|use of (?:the )?(?:loan|funds|money)|what for|wanted|needed|reason)(?: is| are)?:? (?:for |to )?",
    r"\b(?:no|short of|lack|lacking|not enough|need|needs|want|without) (?:the )?(?:money|cash|funds?|capital|means) (?:for|to)",
    r"\b(?:want|wants|need|needs|wish|hope|like|love|plan|planning|looking|have|got|thinking|intend|going|decided|trying"
    r"|got)(?: [a-z]+)? to",
    r"\b(?:i|we) must(?= pay)",
    rf"\bneed: ?(?:rmb )?{_SUM}(?:, [a-z0-9 ]{{3,14}})?,",
    rf"\b(?:loan|finance|lease|borrow|tenor|want|need|buy)\b[^.;?!]{{0,24}} (?:a|an) {_SUM}",
    r"(?:^|[.,;:!(/] ?)(?:it's |its |it is |that's )?(?:just |only |mainly |mostly |all )?(?:for|to)",
    r"(?:^|[.,;:!(/] ?)(?:in order |so as |mostly |mainly |just )*(?=buying|purchas|(?:the )?purchase of|replac|fitting|building"
    r"|rebuilding|renovating|ordering|stocking)",
)
#: The same, said so that it needs neither a verb nor a sum: the loan is meant for a packing line.
_SURE_LEADS = (
    r"\b(?:loan|money|credit|cash|it)(?:'s| is| are)? (?:meant|intended|planned|thought|destined) (?:for|to)",
    r"\b(?:i|we)'d(?= (?:buy|get|order|install|build))|\bwould(?= buy)",
    r"(?:^|[.;:] ?)(?:it's|it is|that's) about",
    r"(?:^|[.;:] ?)(?:fancy|so fancy|i fancy|we fancy)",
    r"(?:^|[.;:] ?)(?:for |the |purpose is )*(?:upgrad(?:e|ing)|renewal|replacement|purchas(?:e|ing)|fit-?out|decoration|renovation"
    r"|rebuilding) of",
    r"(?:^|[.;:] ?)(?=(?:buy in|load(?:ing)? up on|stock(?:ing)? up on|lay(?:ing)? in|redo|refit|retile|repaint) )",
    r"\bhave to(?= (?:lay in|stock up|load up))",
)
_VERB = (
    r"(?: ?(?P<verb>buy(?:ing)?(?: in)?|get(?:ting)?(?: in)?|purchas(?:e|ing)(?: of)?|the purchase of|order(?:ing)?|add(?:ing)?"
    r"|put(?:ting)? (?:in|up)|install(?:ing)?|replac(?:e|ing)|swap(?:ping)?(?: out)?|chang(?:e|ing)|upgrad(?:e|ing)|renew(?:ing)?"
    r"|lay(?:ing)? (?:down|in)|load(?:ing)? up on|stock(?:ing)?(?: up)?(?: on)?|pay(?:ing)?(?: up front)?(?: for)?|prepay(?:ing)?"
    r"|build(?:ing)?"
    r"|rebuild(?:ing)?|redo(?:ing)?|do(?:ing)?(?: up)?|renovat(?:e|ing)|refurbish(?:ing)?|fit(?:ting)?(?: out)?|repair(?:ing)?"
    r"|fix(?:ing)?"
    r"|extend(?:ing)?|enlarge|convert|retile|repaint|expand|open(?:ing)?|collect(?:ing)?|import(?:ing)?|use (?:on|for)|spend on|cover"
    r"|finance|fund|secure|lease))?"
)
_OBJECT = (
    r" (?P<object>(?:(?!me\b|us\b|you\b|them\b|it\b|him\b|know\b|be\b|see\b|which\b|what\b|how\b)"
    r"[a-z0-9][a-z0-9'&-]*(?![a-z0-9'&-])[ ,+]*){1,8})"
)
SURE = tuple(re.compile(f"(?:{lead})" + _VERB + _OBJECT) for lead in _SURE_LEADS)
FRAMES = tuple(re.compile(lead + _VERB + _OBJECT) for lead in _LEADS)
#: Something is wanted by its own name: need freezer truck, 170k.
NEED = re.compile(
    r"\b(?:need|needs|want|wants|require|missing|lack|short of)(?: [a-z]+ly)? (?P<object>(?:(?!to\b|money|cash|loan|help|about|around"
    r"|a loan|needs?\b|wants?\b|so\b)[a-z0-9][a-z0-9'&-]*(?![a-z0-9'&-])[ ,+]*){1,7})"
)
#: Materials that must be paid, a machine that must go, before or behind their noun.
MUST = re.compile(
    r"(?P<object>(?:[a-z][a-z'&-]* ){1,4}?)(?:must|has to|have to|needs to|need to|had to|got to)(?: all| now| first)? (?P<verb>(?:be "
    r"|get )?(?:paid|bought|ordered|changed|replaced|swapped|go\b|fixed|repaired|rebuilt|redone|repainted|electric))"
)
#: What a machine costs, where the owner speaks of a loan.
COSTS = re.compile(
    r"(?:\b(?:an?|one|two|three|new|used|second|another|price of (?:a|the)|the) |(?:^"
    r"|(?<=[.;!:]) ?))(?P<object>[a-z0-9-]+(?: [a-z0-9-]+){0,4}?)(?: with subsid\w+ off)?"
    r"(?:,|:| costs?| is| are| at|,? priced? at|,? price|,? quote[sd]?(?: at)?| goes for| would be| runs to| comes to)(?: about"
    r"| around)? (?:rmb |¥)?\d"
)
#: The only one, a third one: of the vehicles or machines spoken of before.
ONE = re.compile(r"\b(?:second|third|fourth|fifth|sixth|seventh|electric|new|newer|bigger|better|more|used|another)(?: [a-z]+)? ones?\b")
FLEET = re.compile(
    r"\b(?:trucks?|lorr(?:y|ies)|vans?|tippers?|coach(?:es)?|buses|boats?|machines?|looms?|presses|tractors?|excavators?|cranes?"
    r"|ovens?|cars?|taxis?|cabs?|drones?|kilns?)\b"
)
DEVELOP = re.compile(
    rf"\b(?:{_SUM}|loan|money|it|cash|want|need|like|funding)(?: is| are)? (?:just |mainly |all )?(?:for"
    rf"|to) (?:get )?(?:the )?(?:develop\w*|prototyp\w+|design(?:ing)? (?:a|the|our) |finish(?:ing)? (?:generation|version"
    rf"|the prototype)|r ?& ?d\b|research"
    rf"|(?:a |our |the )?(?:[a-z-]+ ){{1,4}}(?:developed|tested|certified|prototyped)\b)"
)
PAYS_OFF = re.compile(
    rf"(?:\b{_SUM},?|\b(?:loan|money|sum|just|only),?) (?:is )?(?:just |only )?to pay off (?:the )?(?:[a-z]+ ){{1,3}}(?:bank|lender"
    rf"|loan|mortgage)s?\b"
)
ABROAD = re.compile(r"\b(?:export(?!er)s?|exporting|foreign trade|overseas orders?|customs deposit|freight of)\b")
FEES = re.compile(r"\b(?:fees?|advert\w+|campaign|fines?|premium|tuition)\b")
RAW = re.compile(r"^ ?raw ")
WISH = re.compile(
    r"\b(?:need|want|borrow\w*|finance (?:it|all|the rest|\d)|lend|ask|asking|looking for|from (?:the )?bank|wish|hope to|raise|short"
    r"|missing|seek\w*|apply\w*|hole|(?:i|we)'d (?:like|love|take|borrow))\b"
)
SUM_SAID = re.compile(
    r"\d[\d.,]* ?(?:k|m|w|mio|mil|million|thousand|wan|grand|lakhs?|lac|yuan|rmb|kuai)\b|\d{4}|\d,\d{3}|\b(?:hundred|thousand|million"
    r"|grand|wan)\b"
)
WAGES = re.compile(r"\b(?:wages?|salar(?:y|ies)|payroll|pay packets?|bonus(?:es)?|pay ?day|overtime)\b")
BUILD = re.compile(
    r"\b(?:build|rebuild|redo|do|doing|renovat|refurb|fit|repair|fix|extend|enlarge|convert|retile|repaint|expand|open|take|put|fixed"
    r"|repaired|rebuilt|redone|repainted|chang|replac|install|add|lay)"
)
NEW = re.compile(r"\b(?:new|second|third|another|bigger|larger|extra|own|next|more|cold|drying|extended)\b")
#: No purpose of the firm, or not bought with the loan.
NO_THING = re.compile(
    r"\b(?:month|months|year|years|weeks?|days?|instal\w*|my (?:age|firm|shop|case)|example|sure|free|information|details|questions?"
    r"|appointment|answer|reply|form|documents?|papers|approval|guarantee|guarantor|licen[cs]e|application|quick|cheap"
    r"|sale|hire|rent out|export|customers?|clients?|buyers?|others|people|insurance|collateral|security|pledge|car loan|house loan"
    r"|mortgage|vat|son|daughter|wife|wedding|holiday|which|what|how|bank|banks|bring|competitor|neighbour|brother)\b"
)
SERVES = frozenset(
    "catering other accommodation transport construction property_management leasing_business_services software_it agriculture"
    " postal".split()
)
KINDS = {
    "gear": "equipment",
    "place": "premises",
    "stuff": "stock_purchase",
    "material": "stock_purchase",
    "grocery": "stock_purchase",
    "crop": "stock_purchase",
    "beast": "stock_purchase",
}
STOPS = frozenset(
    "in at of from since near on that who which by is are was were has have had or but as out through under over into around behind"
    " where because while then now before until till after this so if i we they it you when without with for and".split()
)
WORD = re.compile(r"[a-z][a-z'-]*")
ASKS = re.compile(r"\b(?:how|what|which|who|where|why|do you|does|don't|not|no longer|never|without|competitor|if)\b[^.;!?]*$")
#: What is made new or taken on credit is a machine before it is goods.
RENEWED = re.compile(r"\b(?:upgrad|renewal of|fancy)")
BUYS = re.compile(r"buy|purchas|the purchase|order|stock|lay|load")
#: The thing comes first, and the loan is for it: a refrigerated truck, that's what I'd spend it on.
THAT = re.compile(
    r"(?:^|[.;!?] ?)(?:an? |the |two |three |new |some "
    r"|it's )*(?P<object>(?:[a-z0-9][a-z0-9'&-]*(?![a-z0-9'&-])[ ]*){1,6}),? (?:and )?(?:(?:that's|that is|this is) (?:what|all)"
    r" (?:i|we|the|it)|that's the purpose|the loan is for (?:that|it)|(?:i|we)'d borrow for (?:that|it)|wants? cash,? )"
)
