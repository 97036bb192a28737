"""A person at a bank: asked for, offered where the advisor should not answer alone, or brought in at once where it cannot wait."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation.answers import money, plain
from bot.conversation.desk import DeskChange, Passed, Verb, Wish
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.desk.model import Bank, Reason
from bot.desk.routing import bank_for, lender_of

#: What is pending while the owner decides what staff may see.
CONSENT = "desk"
#: Not understood so many times running, the advisor asks for help.
_UNSURE = 2
#: Longer words than a message of Telegram holds are cut.
_PUT_WORDS = 4_096
_SCAM = re.compile(
    r"(?:先|提前|预先?)[^，。？]{0,8}(?:交|付|转|打|收|缴)[^，。？]{0,8}(?:费|钱|款|金|[\d一二两三四五六七八九十]+ ?[千万元块百])"
    r"|(?:交|付|转|打|缴|收)[^，。？]{0,6}(?:保证金|手续费|解冻费|工本费|验资|押金|服务费|包装费|认证金|会员费)"
    r"|解冻|刷流水|包装(?:资料|流水|公司)|验证码|百分百|包(?:下款|过|批)|无视(?:征信|黑户|资质)"
    r"|黑户|征信(?:洗白|修复)|洗白|内部(?:渠道|名额|关系)|AB ?贷|背债"
    r"|(?:银行卡|密码|U ?盾|网银)[^，。？]{0,8}(?:给|寄|交|发)|(?:给|寄|交|发)[^，。？]{0,6}(?:银行卡|密码|U ?盾)"
    r"|\b(?:up-?front|in advance|before (?:they|the loan)|first)\b[^.?]{0,30}\b(?:fee|pay|deposit|transfer)"
    r"|\b(?:pay|send|transfer|deposit)\b[^.?]{0,30}\b(?:first|up-?front|in advance|before)\b"
    r"|guaranteed (?:approval|loan)|no credit check|unfreez|verification code|\bpasswords?\b|clean(?:s|ing)? (?:up )?(?:my|your|the) credit"
    r"|\b(?:insider|special channel)\b",
    re.IGNORECASE,
)
_DISPUTE = re.compile(
    r"(?:多|重复|乱|错)扣|乱收|(?:多|重复)收了?我?[^，。？]{0,6}(?:费|利息)|扣(?:错|重)|不认(?:这|可)?(?:笔|个)?(?:账|费|利息)|(?:账|利息|金额|余额)(?:对不上|不对|有问题|算错)"
    r"|没(?:借|签|办)过(?:这|那)?(?:笔|个|份)|征信(?:上)?(?:有误|记错|错了|不对)|被(?:冒名|盗用)"
    r"|\b(?:charged|debited|billed)\b[^.?]{0,20}\b(?:twice|wrong|too much|double)|\boverchar\w+|\b(?:dispute|disputed|disputing)\b"
    r"|(?:interest|balance|statement|credit (?:report|record))[^.?]{0,20}\b(?:is|are|looks?) wrong"
    r"|never (?:took|signed|borrowed)|identity theft",
    re.IGNORECASE,
)


# -- asked for -----------------------------------------------------------------------------------------------------------------


def person(scene: Scene) -> Answer:
    """Somebody wants a person: what will be seen is said first, and one tap opens the case."""
    if scene.dialogue.case is not None:
        return _to_the_open_case(scene)
    wish = wish_of(scene, Reason.ASKED)
    return plain.telling("human")(scene) if wish is None else asked(wish, scene)


def asked(wish: Wish, scene: Scene) -> Answer:
    """Open a case, or ask first what its bank may see."""
    language, dialogue = scene.language, scene.dialogue.but(wanted=None)
    bank = bank_named(scene, wish.bank)
    if bank is None:
        return plain.telling("human")(scene)
    if wish.bank in dialogue.shows_to:
        return opening(wish, scene, shows=True, told="desk_opened", with_person=True)
    key = "desk_consent" if len(dialogue.firm) > 0 else "desk_consent_new"
    text = say(key, language, bank=bank.name[language], count=len(dialogue.firm))
    buttons = (
        Button(f"o:show:{bank.id}", say("desk_show_button", language)),
        Button(f"o:words:{bank.id}", say("desk_words_button", language)),
        Button("o:no", say("desk_no_button", language)),
    )
    return Answer((Reply(text, buttons),), dialogue.but(wanted=wish, pending=CONSENT))


def opening(wish: Wish, scene: Scene, *, shows: bool, told: str, with_person: bool, before: tuple[Reply, ...] = ()) -> Answer:
    """A case that opens with this turn. Its number and its clock are said by whoever carries it out, after the replies of the turn."""
    dialogue = scene.dialogue.but(wanted=None, pending=None, with_person=with_person, hushed=with_person, puzzled=0)
    if shows:
        dialogue = dialogue.but(shows_to=tuple(dict.fromkeys((*dialogue.shows_to, wish.bank))))
    return Answer(before, dialogue, desk=DeskChange(Verb.OPEN, wish, shows, told=told))


def _to_the_open_case(scene: Scene) -> Answer:
    language, dialogue = scene.language, scene.dialogue
    text = say("desk_with_person", language, bank=name_of(scene, dialogue.bank), number=dialogue.case)
    return Answer((Reply(text, open_buttons(scene)),), dialogue.but(with_person=True, hushed=True))


# -- brought in by the advisor -------------------------------------------------------------------------------------------------


def at_once(answer: Answer, scene: Scene, reason: Reason) -> Answer:
    """The advisor's own help, and with it a case: a person is told what was written, and of the rest only what they may see."""
    dialogue = answer.dialogue
    if dialogue.case is not None:
        change = DeskChange(Verb.SAY, passed=(Passed(scene.text),), told="desk_passed_on_too")
        return replace(answer, desk=change, aside=False)
    wish = wish_of(scene, reason)
    if wish is None:
        return answer
    shows = wish.bank in dialogue.shows_to
    told = "desk_opened_by_rule_shown" if shows else "desk_opened_by_rule"
    opened = opening(wish, scene.with_dialogue(dialogue), shows=shows, told=told, with_person=False, before=answer.replies)
    return replace(opened, sources=answer.sources)


def offered(answer: Answer, scene: Scene, reason: Reason, key: str) -> Answer:
    """The answer with a person offered by one tap; as it is where nobody is there, or somebody is being asked already."""
    wish = None if answer.dialogue.case is not None or answer.desk is not None else wish_of(scene, reason)
    bank = None if wish is None else bank_named(scene, wish.bank)
    if wish is None or bank is None:
        return answer
    language, name = scene.language, bank.name[scene.language]
    reply = Reply(say(key, language, bank=name), (Button("o:open", say("desk_offer_button", language, bank=name)),))
    return replace(answer, replies=(*answer.replies, reply), dialogue=answer.dialogue.but(wanted=wish))


def complaint(scene: Scene) -> Answer:
    return at_once(plain.telling("complain")(scene), scene, Reason.COMPLAINT)


def hardship(scene: Scene) -> Answer:
    return at_once(money.hardship(scene), scene, Reason.HARDSHIP)


def scam_check(scene: Scene) -> Answer:
    """The rules against scams; where what was written breaks one of them, a person is offered."""
    answer = money.scam_check(scene)
    return offered(answer, scene, Reason.SCAM, "desk_offer_scam") if _SCAM.search(scene.text) else answer


def apply_for(scene: Scene) -> Answer:
    """How to apply; with a lender whose people are here, one tap leads to them."""
    answer = money.apply_for(scene)
    about = _about(scene)
    lender = lender_of(scene.world.pack.get(about)) if about else None
    if lender is None or bank_named(scene, lender) is None:
        return answer
    return offered(answer, scene, Reason.ASKED, "desk_offer_apply")


def beside(answer: Answer, scene: Scene) -> Answer:
    """What any answer may need beside it: a person where the advisor did not understand twice, or an account is in dispute."""
    if _DISPUTE.search(scene.text):
        return offered(answer, scene, Reason.DISPUTE, "desk_offer_dispute")
    if answer.dialogue.puzzled >= _UNSURE:
        return offered(answer, scene, Reason.UNSURE, "desk_offer_unsure")
    return answer


# -- yes and no ----------------------------------------------------------------------------------------------------------------


def affirm(scene: Scene) -> Answer:
    """Yes, also to showing the file."""
    wish = scene.dialogue.wanted if scene.dialogue.pending == CONSENT else None
    return (show_or_words(scene, wish.bank, shows=True) if wish else None) or plain.affirm(scene)


def deny(scene: Scene) -> Answer:
    """No, also to a person."""
    return declined(scene) if scene.dialogue.pending == CONSENT else plain.deny(scene)


def declined(scene: Scene) -> Answer:
    dialogue = scene.dialogue.but(pending=None, wanted=None)
    return Answer((Reply(say("desk_declined", scene.language)),), dialogue, aside=True)


def show_or_words(scene: Scene, bank_id: str, *, shows: bool) -> Answer | None:
    """A tap on what a bank may see: of a case to be opened there, or of the one that is open. None where there is no such case."""
    dialogue, language = scene.dialogue, scene.language
    if dialogue.case is None:
        wish = dialogue.wanted
        wished = wish is not None and wish.bank == bank_id
        return opening(wish, scene, shows=shows, told="desk_opened", with_person=True) if wish is not None and wished else None
    if not shows or dialogue.bank != bank_id:
        return None
    key = "desk_shown" if len(dialogue.firm) > 0 else "desk_shown_new"
    text = say(key, language, bank=name_of(scene, bank_id), count=len(dialogue.firm))
    dialogue = dialogue.but(shows_to=tuple(dict.fromkeys((*dialogue.shows_to, bank_id))))
    return Answer((Reply(text, _ways(dialogue.with_person, scene)),), dialogue, desk=DeskChange(Verb.SHOW, shows=True))


# -- what is asked for, and of whom --------------------------------------------------------------------------------------------


def wish_of(scene: Scene, reason: Reason) -> Wish | None:
    """A person at the bank whose desk answers what the message is about; None where nobody does."""
    about = None if reason in (Reason.HARDSHIP, Reason.SCAM) else _about(scene)
    bank = bank_for(scene.world.pack, scene.world.banks, about)
    return None if bank is None else Wish(reason, bank.id, about, scene.text[:_PUT_WORDS])


def _about(scene: Scene) -> str | None:
    """The entry that a message, or else the talk before it, is about."""
    named = scene.topic()
    focus = scene.dialogue.focus
    if named is not None and (lender_of(named) is not None or focus is None):
        return named.id
    return focus


def bank_named(scene: Scene, bank_id: str | None) -> Bank | None:
    return next((bank for bank in scene.world.banks if bank.id == bank_id), None)


def name_of(scene: Scene, bank_id: str | None) -> str:
    """What a bank is called, also once its desk is gone."""
    bank = bank_named(scene, bank_id)
    if bank is not None:
        return bank.name[scene.language]
    entry = scene.world.pack.get(bank_id or "")
    return entry.name[scene.language] if entry is not None else ""


def open_buttons(scene: Scene) -> tuple[Button, ...]:
    """What can be done with the open case."""
    dialogue, language = scene.dialogue, scene.language
    buttons = [Button("o:aside", say("desk_aside_button", language))]
    if dialogue.bank not in dialogue.shows_to:
        buttons.append(Button(f"o:show:{dialogue.bank}", say("desk_show_file_button", language)))
    if any(bank.id != dialogue.bank for bank in scene.world.banks):
        buttons.append(Button("o:other", say("desk_other_button", language)))
    return (*buttons, Button("o:cancel", say("desk_cancel_button", language)))


def _ways(with_person: bool, scene: Scene) -> tuple[Button, ...]:
    if with_person:
        return (Button("o:aside", say("desk_aside_button", scene.language)),)
    return (Button("o:back", say("desk_back_button", scene.language, bank=name_of(scene, scene.dialogue.bank))),)
