"""While a person is being asked: words passed on instead of answered, and the buttons of an open or closed case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.answers import desk, money
from bot.conversation.desk import DeskChange, Passed, Verb
from bot.conversation.heard import Heard
from bot.conversation.model import Answer, Button, Dialogue, Reply
from bot.conversation.slash import slash_intent
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.desk.model import GENERAL

#: Up to so many points the owner is asked whether it is to go on.
_LOW = 2


def goes_to_person(heard: Heard, dialogue: Dialogue) -> bool:
    """Whether what an owner did is for the person, not for the advisor: commands and buttons are always the advisor's."""
    if heard.said is not None:
        return True
    something = bool((heard.text or "").strip()) or heard.file is not None or heard.unread is not None
    return (dialogue.with_person or heard.for_staff) and something and slash_intent(heard.text or "") is None


def passed_on(heard: Heard, scene: Scene) -> Answer:
    """What was written or sent goes to the case. The advisor keeps quiet, but says once how it can be asked, and never to despair."""
    dialogue, language = scene.dialogue, scene.language
    passed = tuple(_passed(one) for one in (heard, *heard.more))
    replies = [Reply(say("despair", language))] if money.in_despair(heard.text or "") else []
    if heard.said is not None:
        return Answer(tuple(replies), dialogue, desk=DeskChange(Verb.AMEND, passed=passed, said=heard.said))
    if any(one.file is not None and one.file_id is None for one in passed):
        replies.append(Reply(say("desk_name_only", language)))
    told = None if dialogue.hushed else "desk_passed_on"
    return Answer(tuple(replies), dialogue.but(hushed=True), desk=DeskChange(Verb.SAY, passed=passed, told=told))


def _passed(heard: Heard) -> Passed:
    """One message as it is passed on; what is no file, such as a voice message, by its kind."""
    origin, reading = heard.origin, heard.reading
    kind = origin.kind if origin is not None and origin.kind else reading.kind.value if reading is not None else heard.unread or ""
    name = heard.file or (heard.unread if heard.unread not in (None, "too_big", "lost") else None)
    passed = Passed(heard.text, name, kind if name else "", reading.size if reading else None)
    return passed if origin is None else replace(passed, file_id=origin.file_id, chat=origin.chat, message=origin.message)


# -- buttons -------------------------------------------------------------------------------------------------------------------


def pressed(scene: Scene, rest: str) -> Answer | None:
    """o:<what>, o:<what>:<which>. None where it means nothing any more."""
    what, _, which = rest.partition(":")
    handler = _PRESSES.get(what)
    return handler(scene, which) if handler else None


def _open(scene: Scene, _: str) -> Answer | None:
    wish = scene.dialogue.wanted
    return None if wish is None or scene.dialogue.case is not None else desk.asked(wish, scene)


def _no(scene: Scene, _: str) -> Answer | None:
    return desk.declined(scene) if scene.dialogue.pending == desk.CONSENT else None


def _aside(scene: Scene, _: str) -> Answer | None:
    if scene.dialogue.case is None:
        return None
    language, bank = scene.language, desk.name_of(scene, scene.dialogue.bank)
    back = Button("o:back", say("desk_back_button", language, bank=bank))
    dialogue = scene.dialogue.but(with_person=False, hushed=False)
    return Answer((Reply(say("desk_aside", language, bank=bank), (back,)),), dialogue, aside=True)


def _back(scene: Scene, _: str) -> Answer | None:
    if scene.dialogue.case is None:
        return None
    text = say("desk_back", scene.language, bank=desk.name_of(scene, scene.dialogue.bank))
    return Answer((Reply(text, desk.open_buttons(scene)),), scene.dialogue.but(with_person=True, hushed=True))


def _cancel(scene: Scene, _: str) -> Answer | None:
    if scene.dialogue.case is None:
        return None
    text = say("desk_cancelled", scene.language, bank=desk.name_of(scene, scene.dialogue.bank))
    dialogue = scene.dialogue.but(case=None, bank=None, with_person=False, hushed=False)
    return Answer((Reply(text),), dialogue, desk=DeskChange(Verb.CANCEL, case=scene.dialogue.case), aside=True)


def _other(scene: Scene, _: str) -> Answer | None:
    """The other banks of the installation, the one whose product it is about among them."""
    language, here = scene.language, scene.dialogue.bank
    others = [bank for bank in scene.world.banks if bank.id != here]
    if scene.dialogue.case is None or not others:
        return None
    others.sort(key=lambda bank: (bank.id == GENERAL, bank.id))
    buttons = tuple(Button(f"o:move:{bank.id}"[:64], bank.name[language]) for bank in others)
    return Answer((Reply(say("desk_which_bank", language, bank=desk.name_of(scene, here)), buttons),), scene.dialogue)


def _move(scene: Scene, bank_id: str) -> Answer | None:
    bank, dialogue = desk.bank_named(scene, bank_id), scene.dialogue
    if bank is None or dialogue.case is None or bank_id == dialogue.bank:
        return None
    shows = bank_id in dialogue.shows_to
    change = DeskChange(Verb.MOVE, bank=bank_id, case=dialogue.case, shows=shows, told="desk_moved_by_owner")
    return Answer((), dialogue.but(with_person=True, hushed=True), desk=change)


def _rate(scene: Scene, which: str) -> Answer | None:
    """o:rate:<case>:<points>."""
    case, _, points = which.partition(":")
    if not (case.isdecimal() and points in ("1", "2", "3", "4", "5")):
        return None
    told = "desk_rated_low" if int(points) <= _LOW else "desk_rated"
    return Answer((), scene.dialogue, desk=DeskChange(Verb.RATE, case=int(case), rating=int(points), told=told))


def _again(scene: Scene, which: str) -> Answer | None:
    if not which.isdecimal():
        return None
    dialogue = scene.dialogue
    if dialogue.case is not None:
        if dialogue.case == int(which):
            return _back(scene, "")
        text = say("desk_other_open", scene.language, bank=desk.name_of(scene, dialogue.bank))
        return Answer((Reply(text, desk.open_buttons(scene)),), dialogue)
    change = DeskChange(Verb.AGAIN, case=int(which), told="desk_again")
    return Answer((), dialogue.but(with_person=True, hushed=True), desk=change)


_PRESSES: Mapping[str, Callable[[Scene, str], Answer | None]] = {
    "open": _open,
    "show": lambda scene, bank: desk.show_or_words(scene, bank, shows=True),
    "words": lambda scene, bank: desk.show_or_words(scene, bank, shows=False),
    "no": _no,
    "aside": _aside,
    "back": _back,
    "cancel": _cancel,
    "other": _other,
    "move": _move,
    "rate": _rate,
    "again": _again,
}
