"""A conversation of the usual kind: an owner who mixes texts with buttons and changes language once.

The intent stands beside each text because the language server is not part of a turn; `parse` measures that.
"""

from __future__ import annotations

from bot.conversation.heard import Heard

_WRITTEN = (
    ("你好", "greet"),
    ("我在福州开餐饮公司，三年多了，14个人", "state_facts"),
    ("想贷50万换厨房设备", "state_facts"),
    ("去年营业额260万左右", "state_facts"),
    ("有哪些贷款适合我？", "ask_match"),
    (None, "m:product"),
    (None, "n:prd-ccb-yunshui"),
    ("云税贷要什么材料", "ask_documents"),
    (None, "a:tax_grade:B"),
    (None, "a:blacklisted:false"),
    ("不对，营业额是280万", "state_facts"),
    ("银税互动是什么意思", "ask_definition"),
    ("为什么不符合？", "ask_why"),
    (None, "i"),
    ("还有什么补贴可以申请？", "ask_subsidy"),
    ("贷50万，年利率4.35%，三年，等额本息每月还多少", "ask_repayment"),
    ("抵押和质押有什么区别", "ask_definition"),
    ("担保费大概多少", "ask_guarantee"),
    (None, "q"),
    (None, "s:collateral"),
    ("可以不还本续贷吗", "ask_renewal"),
    ("有人说交两千块就能包下来，靠谱吗", "ask_scam_check"),
    ("Can we go on in English?", "set_language"),
    ("We have no property to pledge, but receivables of about 400k", "state_facts"),
    ("Which loans fit us now?", "ask_match"),
    (None, "m:subsidy"),
    ("Do I need a guarantor?", "ask_guarantee"),
    ("We took on 3 new people this year", "state_facts"),
    ("How could I get a better rate?", "ask_improve"),
    ("What happens to my data?", "ask_privacy"),
    ("I would like to apply", "apply"),
    ("thanks, that helps", "thank"),
)

#: What the owner does, step by step, with the intent of each text (None for a press).
STEPS: tuple[tuple[Heard, str | None], ...] = tuple(
    (Heard(press=meant), None) if text is None else (Heard(text=text), meant) for text, meant in _WRITTEN
)
