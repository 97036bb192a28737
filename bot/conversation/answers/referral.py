"""Applying through the advisor: which lender, what it may see, the owner's yes; then what was shared and who looked.

Nothing leaves before the yes, and the yes holds for the very choice that was shown with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from bot.conversation.answers.desk import name_of, open_buttons
from bot.conversation.answers.groups import loans_in_order
from bot.conversation.answers.referral_screens import (
    APPLIED_FOR,
    apply_button,
    carries,
    entries_of,
    is_lender,
    known_fields,
    overview,
    pick_in,
    pick_part,
    screen,
)
from bot.conversation.answers.results import knows_enough
from bot.conversation.asking import ask_next, results_button
from bot.conversation.model import Answer, Attachment, Button, Reply
from bot.conversation.referral.cover import file_stem, pack_paper
from bot.conversation.referral.pack import Terms, cut_scene, lender_name, pack_file, terms_of
from bot.conversation.sharing import Sharing, SharingChange, Verb
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.desk.model import GENERAL
from bot.desk.routing import lender_of
from bot.desk.sharing import LASTS, Part, demanded, flipped, proposed, toggled
from knowledge.eligibility import Status, judge
from knowledge.entries import Entry, Kind
from knowledge.firm import vocabulary

_LENDERS_AT_MOST = 8
#: So many lenders are named to who wants the file sent, and names none.
_LENDERS_OFFERED = 3
#: What was shared and who looked, by their own names.
_WANTS_SHARED = re.compile(
    r"我的授权|(?:收回|撤回|取消|撤销)[^，。？]{0,6}授权|授权(?:给|过)(?:了)?(?:谁|哪)"
    r"|(?:资料|档案)[^，。？]{0,4}(?:给|发)(?:过|了)(?:谁|哪)"
    r"|\bwhat (?:have|did) i share|\bmy consents?\b|\b(?:take back|revoke|withdraw)\b[^.?]{0,20}\b(?:consent|file|pack)\b",
    re.IGNORECASE,
)
_WHO_LOOKED = re.compile(
    r"谁(?:都)?(?:看|查|打开)(?:过|了)(?:我|我们)?[^，。？]{0,4}(?:资料|档案|信息|数据)"
    r"|\bwho (?:saw|has seen|looked at|viewed|opened) my\b",
    re.IGNORECASE,
)


def named(text: str) -> str | None:
    """The intent of a message that asks what was shared, or who looked, in so many words."""
    if _WHO_LOOKED.search(text):
        return "who_looked"
    return "shared" if _WANTS_SHARED.search(text) else None


def shared(_scene: Scene) -> Answer:
    """What the owner has shared; only the rows know."""
    return Answer((), _scene.dialogue, sharing=SharingChange(Verb.LIST))


def choose_lender(scene: Scene) -> Answer:
    """Send my file to the bank: to which, and what of it, the owner says; the first loans that fit or may, a button a lender."""
    language = scene.language
    loans = [match for match in loans_in_order(scene) if match.status is not Status.INELIGIBLE] if knows_enough(scene) else []
    buttons = tuple({button.label: button for match in reversed(loans) for button in apply_button(match.entry, scene)}.values())[::-1]
    if not buttons:
        return Answer((Reply(say("send_none", language), (results_button(language),)),), scene.dialogue, aside=True)
    return Answer((Reply(say("send_to_which", language), buttons[:_LENDERS_OFFERED]),), scene.dialogue, aside=True)


def call_off(scene: Scene) -> Answer:
    """Do not send it: a choice under way is dropped, and what was shared before is told, to be taken back."""
    dialogue = scene.dialogue.but(sharing=None)
    return Answer((Reply(say("send_called_off", scene.language)),), dialogue, sharing=SharingChange(Verb.LIST), aside=True)


def who_looked(_scene: Scene) -> Answer:
    return Answer((), _scene.dialogue, sharing=SharingChange(Verb.LOOKS))


def pressed(scene: Scene, rest: str) -> Answer | None:
    """share:<what>, share:<what>:<which>. None where it means nothing any more."""
    what, _, which = rest.partition(":")
    if what in _ANY_TIME:
        return _ANY_TIME[what](scene, which)
    sharing = scene.dialogue.sharing
    handler = _CHOOSING.get(what)
    return handler(scene, sharing, which) if handler is not None and sharing is not None else None


# -- to which lender -----------------------------------------------------------------------------------------------------------


def _to(scene: Scene, entry_id: str) -> Answer | None:
    """share:to:<entry>: a product with one lender, or a lender, leads on at once; else the owner chooses."""
    entry = scene.world.pack.get(entry_id)
    if entry is None or entry.kind not in APPLIED_FOR:
        return None
    if len(scene.dialogue.firm) == 0:
        dialogue, question = ask_next(scene)
        return Answer((Reply(say("results_need", scene.language)), *question), dialogue)
    lender = lender_of(entry)
    if lender is None or not is_lender(lender, scene):
        return _which(scene, entry)
    return _propose(scene, lender, entry if entry.kind is Kind.PRODUCT else None)


def _which(scene: Scene, product: Entry) -> Answer:
    language = scene.language
    lenders = _lenders(scene)[:_LENDERS_AT_MOST]
    buttons = tuple(Button(f"share:at:{lender}:{product.id}", lender_name(scene.world, lender)[language]) for lender in lenders)
    text = say("share_which", language, name=product.name[language]) if buttons else say("share_nobody", language)
    return Answer((Reply(text, buttons),), scene.dialogue)


def _lenders(scene: Scene) -> list[str]:
    """Whom one may ask: banks with a desk here first, then those of the knowledge that do not decline such a firm."""
    desks = [bank.id for bank in scene.world.banks if bank.id != GENERAL]
    known = [entry for entry in scene.world.pack.entries.values() if entry.kind is Kind.LENDER and entry.id not in desks]
    return desks + [entry.id for entry in known if judge(entry, scene.dialogue.firm, scene.today).status is not Status.INELIGIBLE]


def _at(scene: Scene, which: str) -> Answer | None:
    """share:at:<lender>:<product>"""
    lender, _, product_id = which.partition(":")
    product = scene.world.pack.get(product_id)
    return _propose(scene, lender, product) if is_lender(lender, scene) and product is not None else None


def _propose(scene: Scene, lender: str, product: Entry | None) -> Answer:
    """The first screen, with what is asked for ticked. Where another bank's case is open, that comes first."""
    language, dialogue = scene.language, scene.dialogue
    sharing = Sharing(lender, product.id if product else None, ())
    if dialogue.case is not None and dialogue.bank != lender and not carries(sharing, scene):
        text = say("share_busy", language, bank=name_of(scene, dialogue.bank), number=dialogue.case)
        return Answer((Reply(text, open_buttons(scene)),), dialogue)
    sharing = Sharing(lender, sharing.product, proposed(entries_of(sharing, scene), dialogue.firm))
    return Answer((overview(sharing, scene),), dialogue.but(sharing=sharing, focus=sharing.product or dialogue.focus))


# -- what it may see -----------------------------------------------------------------------------------------------------------


def _part(scene: Scene, sharing: Sharing, which: str) -> Answer | None:
    """share:p:<part> ticks or unticks a part."""
    if which not in set(Part):
        return None
    asked = demanded(entries_of(sharing, scene))
    return _chosen(scene, sharing, toggled(sharing.fields, Part(which), scene.dialogue.firm, asked))


def _fact(scene: Scene, sharing: Sharing, which: str) -> Answer | None:
    """share:f:<fact> ticks or unticks one fact."""
    if which not in vocabulary() or which not in scene.dialogue.firm:
        return None
    changed = Sharing(sharing.lender, sharing.product, flipped(sharing.fields, which))
    return Answer((pick_in(changed, which, scene),), scene.dialogue.but(sharing=changed))


def _one(scene: Scene, sharing: Sharing, which: str) -> Answer | None:
    """share:one asks in which part, share:one:<part> shows its facts."""
    if not which:
        return Answer((pick_part(scene),), scene.dialogue)
    names = known_fields(Part(which), scene) if which in set(Part) else ()
    return Answer((pick_in(sharing, names[0], scene),), scene.dialogue) if names else None


def _chosen(scene: Scene, sharing: Sharing, fields: tuple[str, ...]) -> Answer:
    changed = Sharing(sharing.lender, sharing.product, fields)
    return Answer((screen(changed, scene),), scene.dialogue.but(sharing=changed))


def _see(scene: Scene, sharing: Sharing, _: str) -> Answer:
    """The pack as the lender would get it, before anything is given."""
    if not sharing.fields:
        return _tick_first(scene, sharing)
    language, terms = scene.language, _terms(scene, sharing, preview=True)
    paper = pack_paper(cut_scene(scene.world, scene.dialogue, sharing.fields, scene.today), terms, language)
    return Answer((Reply(say("share_preview", language), screen(sharing, scene).buttons[-2:], paper=paper),), scene.dialogue)


# -- yes and no ----------------------------------------------------------------------------------------------------------------


def _go(scene: Scene, sharing: Sharing, digest: str) -> Answer:
    """share:go:<digest>: yes to the choice that was shown with the button, and to no other."""
    if digest != sharing.digest(scene.today):
        now = screen(sharing, scene)
        return Answer((Reply(f"{say('share_changed', scene.language)}\n\n{now.text}", now.buttons),), scene.dialogue)
    if not sharing.fields:
        return _tick_first(scene, sharing)
    if carries(sharing, scene):
        return _carried(scene, sharing)
    return Answer((), scene.dialogue.but(sharing=None), sharing=SharingChange(Verb.GIVE, sharing))


def _carried(scene: Scene, sharing: Sharing) -> Answer:
    """The pack as two files for the owner, who hands them over."""
    language, terms = scene.language, _terms(scene, sharing)
    cut = cut_scene(scene.world, scene.dialogue, sharing.fields, scene.today)
    content = json.dumps(pack_file(cut, terms), ensure_ascii=False, indent=2).encode()
    text = say("share_carried", language, lender=lender_name(scene.world, sharing.lender)[language])
    replies = (
        Reply(text, paper=pack_paper(cut, terms, language)),
        Reply(say("share_carried_json", language), files=(Attachment(f"{file_stem(terms)}.json", content),)),
    )
    return Answer(replies, scene.dialogue.but(sharing=None))


def _tick_first(scene: Scene, sharing: Sharing) -> Answer:
    return Answer((Reply(say("share_tick_first", scene.language), screen(sharing, scene).buttons),), scene.dialogue)


def _terms(scene: Scene, sharing: Sharing, *, preview: bool = False) -> Terms:
    return terms_of(scene.world, sharing, scene.today, scene.today + LASTS, preview=preview)


def _no(scene: Scene, _sharing: Sharing, _: str) -> Answer:
    return Answer((Reply(say("share_stopped", scene.language)),), scene.dialogue.but(sharing=None), aside=True)


def _back(scene: Scene, receipt: str) -> Answer:
    return Answer((), scene.dialogue, sharing=SharingChange(Verb.REVOKE, receipt=receipt))


_ANY_TIME: Mapping[str, Callable[[Scene, str], Answer | None]] = {
    "to": _to,
    "at": _at,
    "back": _back,
    "mine": lambda scene, _: shared(scene),
    "who": lambda scene, _: who_looked(scene),
}
_CHOOSING: Mapping[str, Callable[[Scene, Sharing, str], Answer | None]] = {
    "p": _part,
    "f": _fact,
    "one": _one,
    "ok": lambda scene, sharing, _: _chosen(scene, sharing, sharing.fields),
    "see": _see,
    "go": _go,
    "no": _no,
}
