"""What English owners say around the thing that money is wanted for, from lexicon/wishes.yaml, and what a kind of thing is wanted for."""

from __future__ import annotations

import re

from nlu.cues.load import alternatives, expression, items


def _words(entry: str) -> re.Pattern[str]:
    return expression("wishes", entry)


_THING = alternatives("wishes", "verb") + alternatives("wishes", "object")
#: The wish with the thing behind it; SURE ones need neither a verb nor a sum.
FRAMES = tuple(re.compile(lead + _THING) for lead in items("wishes", "leads"))
SURE = tuple(re.compile(f"(?:{lead}){_THING}") for lead in items("wishes", "sure_leads"))
#: Something is wanted by its own name: need freezer truck, 170k.
NEED = _words("need")
#: Materials that must be paid, a machine that must go, before or behind their noun.
MUST = _words("must")
#: What a machine costs, where the owner speaks of a loan.
COSTS = _words("costs")
#: The only one, a third one: of the vehicles or machines spoken of before.
ONE = _words("one")
FLEET = _words("fleet")
DEVELOP = _words("develop")
PAYS_OFF = _words("pays_off")
ABROAD = _words("abroad")
FEES = _words("fees")
RAW = _words("raw")
WISH = _words("wish")
SUM_SAID = _words("sum_said")
WAGES = _words("wages")
BUILD = _words("build")
NEW = _words("new")
#: No purpose of the firm, or not bought with the loan.
NO_THING = _words("no_thing")
ASKS = _words("asks")
#: What is made new or taken on credit is a machine before it is goods.
RENEWED = _words("renewed")
BUYS = _words("buys")
#: The thing comes first, and the loan is for it: a refrigerated truck, that's what I'd spend it on.
THAT = _words("that")
WORD = re.compile(r"[a-z][a-z'-]*")
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
