"""A bank said no, with or without a reason, or who else there is: what may have stood in the way, whom to ask next, and the ways on."""

from __future__ import annotations

import re

from bot.conversation.answers.beside import ways_on
from bot.conversation.answers.groups import loans_in_order, stands_in_the_way
from bot.conversation.answers.results import knows_enough
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.ordering import lenders_for
from bot.conversation.render import match_lines
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_points
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Entry
from knowledge.search import bank_called

_A_BANK = r"(?:银行|[工农中建交邮招]行|信用社|农商行?|村镇行|网商|微众)"
_NO = (
    r"(?:拒|(?<![能给肯会批贷借])不(?:给|肯|能|愿意?)?(?:我们?|俺们?)?(?:批|贷|借|放|办)|说不行|不行"
    r"|没(?:有)?(?:给)?(?:我们?)?(?:批|通过|过|放)|婉拒|打回)"
)
_REFUSED = re.compile(
    rf"{_A_BANK}[^，。；？?!！]{{0,6}}{_NO}|被[^，。；？?!！]{{0,6}}(?:拒|打回)|贷款[^，。；？?!！]{{0,4}}(?:没批|被拒|没下来|没通过)"
    r"|\b(?:turned|knocked) (?:me|us|it|my \w+|our \w+)? ?(?:down|back)\b"
    r"|\b(?:rejected|declined|refused|denied) (?:me|us|my|our|by)\b|\b(?:was|were|got|been) (?:rejected|declined|refused|denied)\b"
    r"|\b(?:bank|icbc|abc|boc|ccb|bocom|psbc|cmb|they)\b[^.?!]{0,8}\bsaid (?:that )?(?:i|we|it|our|my|the)\b[^.?!]{0,30}"
    r"\b(?:too|not enough|insufficient|weak)\b"
    r"|\b(?:bank|icbc|abc|boc|ccb|bocom|psbc|cmb|they)\b[^.?!]{0,12}\bsaid no\b|\bsaid no to (?:me|us)\b",
    re.IGNORECASE,
)
_WHO_ELSE = re.compile(
    r"还(?:能|可以|有)?(?:再)?(?:去)?(?:找|问|跑)(?:谁|哪)|(?:还)?有(?:没有|没)?(?:别|其[他它])的?(?:银行|地方|渠道|路子|门路)|换(?:一)?家(?:银行)?(?:行|试|呢|可)"
    r"|\bwho else\b|\banyone else\b|\b(?:any )?other (?:bank|lender)s?\b|\banother (?:bank|lender)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"为什么|为啥|咋|怎么(?:会|就)|凭什么|原因|\bwhy\b|\breason", re.IGNORECASE)
_OTHER_BANKS = re.compile(r"其[他它余]|别的|\bother", re.IGNORECASE)
_BY_A_BANK = re.compile(r"银行|农商|信用社|\bbanks?\b", re.IGNORECASE)
#: A bank that keeps its reason to itself.
_NO_REASON = re.compile(
    rf"(?:{_A_BANK}|他们?|人家|对方)[^，。；？?!！]{{0,6}}(?:不|没)(?:有)?(?:肯|愿意?)?(?:说|讲|告诉|给)[^，。；？?!！]{{0,6}}(?:原因|理由|为什么|为啥)"
    r"|\b(?:bank|they|nobody|no ?one|he|she)\b[^.?!]{0,12}\b(?:didn'?t|did not|won'?t|wouldn'?t|never|don'?t)\b[^.?!]{0,8}"
    r"\b(?:tell|told|say|said|give|gave|explain(?:ed)?)\b[^.?!]{0,12}\b(?:why|reasons?|explanation)",
    re.IGNORECASE,
)
#: Wants that such words are said with; a complaint, hardship or a question for reasons has an answer of its own.
_WITH = frozenset({"ask_match", "ask_why", "ask_improve", "state_facts", "deny", "out_of_scope", "ask_terms", "ask_process", None})
_COMPLAINS = re.compile(
    r"投诉|举报|态度|生气|气死|太(?:慢|差|黑)|\b(?:complain\w*|rude|angry|unfair|disgust\w*|awful|terrible)\b", re.IGNORECASE
)
#: A guess of hardship below this is none.
_SURELY_HARD = 0.6
_STUCK_SHOWN, _OTHERS_SHOWN = 2, 3


def said_no(scene: Scene, intent: str | None) -> Answer | None:
    """The answer to a refusal that is told, or to "who else"; None where the message tells neither."""
    doubtful = intent == "report_hardship" and scene.understanding.confidence < _SURELY_HARD
    hurt = intent == "complain" and not _COMPLAINS.search(scene.text)
    if intent not in _WITH and not doubtful and not hurt:
        return None
    refused = _REFUSED.search(scene.text) is not None
    if _NO_REASON.search(scene.text) and bank_called(scene.world.pack, scene.text) is None:
        buttons = (Button("i", say("b_improve", scene.language)), Button("h", say("b_person", scene.language)))
        return Answer((Reply(say("refused_no_reason", scene.language), buttons),), scene.dialogue, aside=True)
    if not refused and not _WHO_ELSE.search(scene.text):
        return None
    bank = bank_called(scene.world.pack, scene.text)
    by_a_bank = refused and not _OTHER_BANKS.search(scene.text) and (bank is not None or _BY_A_BANK.search(scene.text) is not None)
    if intent == "ask_why" and _WHY.search(scene.text) and not by_a_bank:  # why the advisor sees no way
        return None
    return _next_to_ask(scene, bank, refused)


def _next_to_ask(scene: Scene, bank: Entry | None, refused: bool) -> Answer:
    language = scene.language
    who = bank.name[language] if bank else say("refused_some_bank", language)
    blocks = [say("refused_head", language, bank=who)] if refused else []
    if not knows_enough(scene):
        return Answer((Reply("\n\n".join([*blocks, say("refused_tell_more", language)])),), scene.dialogue, aside=True)
    weak = list(weak_points(scene.dialogue.firm, language)) if refused else []
    if weak:
        blocks.append(say("refused_weak", language, points=joined(weak, language)))
    stuck = [match for match in stands_in_the_way(scene) if bank is None or _by(match, scene) == bank.id][:_STUCK_SHOWN] if refused else []
    if stuck:
        blocks.append("\n\n".join([say("refused_stuck", language), *(_lines(match, scene) for match in stuck)]))
    others = _others(scene, bank)
    if others:
        blocks.append("\n\n".join([say("refused_others", language), *(_lines(match, scene) for match in others)]))
    text, ways = ways_on(scene)
    buttons = tuple(Button(f"n:{match.entry.id}", match.entry.name[language]) for match in others)
    more = ways or (Button("i", say("b_improve", language)), Button("h", say("b_person", language)))
    reply = Reply("\n\n".join([*blocks, *((text,) if text else ())]), (*buttons, *more))
    return Answer((reply,), scene.dialogue, tuple(match.entry.id for match in (*stuck, *others)), aside=True)


def _others(scene: Scene, bank: Entry | None) -> list[Match]:
    """The loans of others that fit, then those that may."""
    loans = [match for match in loans_in_order(scene) if match.status is not Status.INELIGIBLE]
    return [match for match in loans if bank is None or _by(match, scene) != bank.id][:_OTHERS_SHOWN]


def _by(match: Match, scene: Scene) -> str | None:
    lender = lenders_for(scene, [match]).get(match.entry.id)
    return lender.entry.id if lender is not None else None


def _lines(match: Match, scene: Scene) -> str:
    way = scene.unlocks.get(match.entry.id)
    return "\n".join(match_lines(match, scene.language, scene.today, scene.world.pack, way))
