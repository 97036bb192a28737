"""Consent by field in words: "only the name and the trade, nothing else" ticks just that on the screen of what a lender may see."""

from __future__ import annotations

import re

from bot.conversation.answers.referral import choose_lender
from bot.conversation.answers.referral_screens import screen
from bot.conversation.model import Answer, Reply
from bot.conversation.sharing import Sharing
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.desk.sharing import WHOLE
from knowledge.firm import vocabulary
from knowledge.formats import fact_label

#: What owners call facts that a pack shows, beside the labels of the vocabulary.
_CALLED = {
    "firm_name": r"公司名|店名|名字|名称|抬头|\b(?:company|firm|business|shop) name\b|\bname\b",
    "industry": r"行业|做什么的|哪一行|\b(?:industry|trade|line of business)\b",
    "region": r"城市|地址|地方|在哪|所在地|\b(?:city|place|address|region|location)\b",
    "age_months": r"年限|开了多久|成立时间|\b(?:age|how long)\b",
    "employees": r"人数|员工|几个人|\b(?:staff|employees|headcount)\b",
    "annual_revenue": r"营业额|营收|收入|销售额|\b(?:revenue|turnover|sales)\b",
    "net_profit": r"利润|\bprofits?\b",
    "monthly_inflow": r"流水|进账|\b(?:inflow|takings)\b",
    "amount_sought": r"想?借多少|金额|额度|\b(?:amount|how much)\b",
    "purpose": r"用途|\bpurpose\b",
    "collateral": r"抵押|\bcollateral\b",
    "existing_loans": r"欠款|负债|贷款|\b(?:loans?|debts?)\b",
    "overdue_12m": r"征信|逾期|\b(?:credit|overdue|late payments?)\b",
    "tax_grade": r"税务评级|纳税等级|\btax (?:grade|rating)\b",
}
#: What is given ends where what is kept back begins; who only keeps something back gives the rest.
_KEEPS = re.compile(r"(?:别的|其他的?|其它的?|剩下的)|\b(?:nothing else|not the rest|but not|no(?:t)? (?:my|the))\b", re.IGNORECASE)
_HOLDS_BACK = re.compile(r"^\W*(?:先)?(?:别|不要|不)(?:给|发|让|提供|透露)|^\W*(?:please )?(?:don't|do not)\b", re.IGNORECASE)


def only(scene: Scene) -> Answer:
    """Ticks what is named, on the screen that is open; before that the lender is chosen first. Nothing goes without the yes."""
    language, sharing = scene.language, scene.dialogue.sharing
    if sharing is None:
        chosen = choose_lender(scene)
        offered = chosen.replies[0].buttons[:1] and chosen.replies[0].buttons[0].id.startswith("share:")
        return Answer((Reply(say("only_fields_which", language), chosen.replies[0].buttons),), scene.dialogue) if offered else chosen
    if _HOLDS_BACK.search(scene.text):
        fields = tuple(name for name in sharing.fields if name not in named_in(scene.text))
    else:
        wanted = named_in(_KEEPS.split(scene.text)[0])
        fields = tuple(name for name in vocabulary() if name in wanted and name in scene.dialogue.firm)
    changed = Sharing(sharing.lender, sharing.product, fields)
    shown = screen(changed, scene)
    names = joined([fact_label(name, language) for name in fields if name not in WHOLE], language)
    head = say("only_fields", language, names=names) if names else say("only_fields_unknown", language)
    return Answer((Reply(f"{head}\n\n{shown.text}", shown.buttons),), scene.dialogue.but(sharing=changed))


def named_in(text: str) -> frozenset[str]:
    """The facts that words name, by their labels or by what owners call them."""
    said = text.lower()
    by_label = {name for name, spec in vocabulary().items() if spec.label.zh in said or spec.label.en.lower() in said}
    return frozenset(by_label | {name for name, words in _CALLED.items() if re.search(words, said)})
