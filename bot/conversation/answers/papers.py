"""Files that were read: shown, settled and confirmed. No figure of a file is used before its owner has said that it is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from bot.conversation.answers import facts
from bot.conversation.answers.paper_points import UNITS, in_unit, settle, take
from bot.conversation.answers.paper_steps import go_on, leave, use
from bot.conversation.answers.paper_words import amend_buttons, amend_question, card, fix_buttons, point_reply, value_of
from bot.conversation.model import Answer, Dialogue, Reply
from bot.conversation.paper_joins import with_joins
from bot.conversation.papers import MEASURES, Held, Item, OwnerPaper, in_batch, settled
from bot.conversation.points import ROUNDED, differ, sort_out
from bot.conversation.sums import as_read, settled_sums, with_typed
from bot.conversation.texts import say
from bot.conversation.world import Scene

#: The buttons' own words, and what people say instead of pressing one.
_YES = re.compile(
    r"(?:嗯+|是的?|对+的?|都对|全对|没错|没问题|正确|确认|可以|好的?|行|ok(?:ay)?|yes|yep|right|correct|all (?:right|correct|good)"
    r"|looks? (?:good|right)|that'?s right|confirm(?:ed)?)[了呀啊吧。.!！~ ]*",
    re.IGNORECASE,
)
_NO = re.compile(r"(?:不对|有错|错了|不是|改一个|no|wrong|not right|correct one)[了的。.!！ ]*", re.IGNORECASE)
_THROW = re.compile(
    r"(?:这[几]?份?都?)?(?:不用|别用|丢掉|作废|删掉)(?:这[几]?份)?(?:文件)?[了吧。.!！ ]*|throw (?:it|them) away", re.IGNORECASE
)
_SURE_YES = 0.7
#: Checks that doubt what all figures of a file are of, not the digits of one.
_OF_ALL = frozenset({*MEASURES, "period"})
_QUESTION = re.compile(r"[?？]|吗|么$|呢")
_UNIT = re.compile(r"(?:是|都是|单位是?|按)*(元|千元|万元)(?:的|吧)?[。.!！]*")


def waits(dialogue: Dialogue) -> bool:
    """Whether any figure of a file waits for its owner."""
    return any(paper.waits for paper in dialogue.papers)


def shown(batch: str, scene: Scene) -> Answer:
    """A set of files as it was read: what has to be settled first, then what only waits for a yes."""
    language, dialogue = scene.language, scene.dialogue
    found, papers = sort_out(dialogue.papers, dialogue.firm), in_batch(dialogue.papers, batch)
    read = card(papers, found, dialogue.firm, language, scene.today)
    points = [point for point in found.points if point.paper.batch == batch]
    first = (point_reply(points[0], len(points) - 1, language),) if points else ()
    sound = any(paper.batch == batch for paper, _ in found.sound)
    if not points and not sound:
        outdated = tuple(paper.holding((item.fact for item in paper.items if item.waits), Held.OUT) for paper in dialogue.papers)
        return Answer((replace(read, buttons=()),), dialogue.but(papers=outdated), aside=True)
    return Answer((*first, read) if sound else (read, *first), dialogue.but(asking=None, amending=None, checking=batch))


# -- in words ------------------------------------------------------------------------------------------------------------------


def said(scene: Scene, intent: str | None, before: Dialogue) -> Answer | None:
    """The answer to words that are about figures of files; None for all others. `before` is the dialogue before these words."""
    if not waits(before) or scene.dialogue.pending:
        return None
    text, changes = scene.text.strip(), scene.taken.changes
    if changes:
        named = {change.fact.name for change in changes}
        concerned = any(item.waits and item.fact in named for paper in before.papers for item in paper.items)
        asks = (intent or "").startswith("ask_")
        return _put_right(scene, before) if concerned and not asks else None
    if before.checking is None:
        again = _agrees(scene, intent) and before.asking is None
        return shown(next(paper.batch for paper in before.papers if paper.waits), scene) if again else None
    if (unit := _UNIT.fullmatch(text)) is not None:
        return in_unit(scene, UNITS[unit[1]])
    if _THROW.fullmatch(text):
        return _throw(scene, None)
    if _YES.fullmatch(text) or _agrees(scene, intent):
        return _confirm(scene, None)
    if _NO.fullmatch(text) or intent == "deny" or (intent == "state_facts" and scene.taken.correcting):
        return go_on(scene, scene.dialogue) if before.amending else _which(scene, None)
    return None


def _agrees(scene: Scene, intent: str | None) -> bool:
    """Whether words are surely a yes and no question: it makes figures count."""
    return intent == "affirm" and scene.understanding.confidence >= _SURE_YES and not _QUESTION.search(scene.text)


def _put_right(scene: Scene, before: Dialogue) -> Answer:
    """Figures that the owner stated while a file's figures of the same facts wait: the owner's word counts, if the file's sums bear it."""
    language, papers, firm = scene.language, scene.dialogue.papers, scene.dialogue.firm
    lines: list[str] = []
    open_: set[str] = set()
    for change in scene.taken.changes:
        name = change.fact.name
        for paper in before.papers:
            item = paper.item(name)
            if item is None or not item.waits:
                continue
            # Of a figure in doubt even a small difference is meant.
            differs = differ(change.fact.value, item.value, Decimal(0) if _is_in_doubt(item) else ROUNDED)
            if name == before.amending or scene.taken.correcting or differs:
                now = next(known for known in papers if known.id == paper.id)
                after = with_typed(now, change.fact)
                papers = tuple(after if known.id == paper.id else known for known in papers)
                if (typed := after.item(name)) is not None and typed.waits:
                    open_.add(name)
                elif (stated := item.read or item).value != change.fact.value:
                    lines.append(say("paper_amended", language, value=value_of(stated, language)))
                lines += [say("sum_holds_now", language, total=total) for total in settled_sums(now, after)]
    for change in scene.taken.changes:
        if change.fact.name in open_:  # what is in doubt is not used, whoever said it
            firm = firm.having(change.before) if change.before is not None else firm.without(change.fact.name)
    changes = tuple(change for change in scene.taken.changes if change.fact.name not in open_)
    dialogue = scene.dialogue.but(papers=papers, firm=firm)
    told = Scene(scene.world, dialogue, scene.today, scene.understanding, replace(scene.taken, firm=firm, changes=changes), scene.text)
    return go_on(told, dialogue, said=_understood(told, lines), changes=changes)


def _understood(scene: Scene, lines: list[str]) -> tuple[Reply, ...]:
    """What was taken from the words, and what became of the file's figures with it."""
    understood = facts.understood(scene) if scene.taken.changes else ()
    if not understood:
        return (Reply("\n".join(lines)),) if lines else ()
    return (replace(understood[0], text="\n".join([understood[0].text, *lines])), *understood[1:])


def _is_in_doubt(item: Item) -> bool:
    """Whether it is a figure's digits that are doubted; what is said of it then is no rounding of them."""
    return any(doubt.check not in _OF_ALL for doubt in item.doubts)


# -- buttons -------------------------------------------------------------------------------------------------------------------


def pressed(scene: Scene, rest: str) -> Answer | None:
    """A button about files: what to do, and the set or the file and figure that it is about."""
    verb, _, about = rest.partition(":")
    papers = scene.dialogue.papers
    if verb in _ON_SETS:
        return _ON_SETS[verb](scene, about) if in_batch(papers, about) else None
    paper_id, _, fact = about.partition(":")
    paper = next((known for known in papers if known.id == paper_id), None)
    if paper is None:
        return None
    if verb == "new":
        return _anew(scene, paper)
    item = paper.item(fact)
    if item is None or not item.waits:
        return None
    if verb in _ON_FIGURES:
        return _ON_FIGURES[verb](scene, paper, item)
    point = next((one for one in sort_out(papers, scene.dialogue.firm).points if one.paper.id == paper_id and fact in one.facts), None)
    return settle(scene, verb, point, item) if point is not None else None


def _confirm(scene: Scene, batch: str | None) -> Answer:
    """All right: what only waited for that is used from now on."""
    dialogue = scene.dialogue
    found = sort_out(dialogue.papers, dialogue.firm)
    mine = [paper for paper in dialogue.papers if paper.waits and batch in (None, paper.batch)]
    papers = tuple(replace(paper, confirmed=True) if paper in mine else paper for paper in dialogue.papers)
    for paper, item in found.older:
        if paper in mine:
            papers = settled(papers, paper.id, [item.fact], Held.OUT)
    if not mine:
        return Answer((Reply(say("paper_nothing_waits", scene.language)),), dialogue, aside=True)
    return go_on(scene, dialogue.but(papers=papers))


def _which(scene: Scene, batch: str | None) -> Answer:
    """Which figure is to be put right: a button for each that waits."""
    waiting = [(paper, item) for paper in scene.dialogue.papers if batch in (None, paper.batch) for item in paper.items if item.waits]
    if not waiting:
        return Answer((Reply(say("paper_nothing_waits", scene.language)),), scene.dialogue, aside=True)
    buttons = fix_buttons(waiting, scene.language)
    return Answer((Reply(say("paper_which", scene.language), buttons),), scene.dialogue.but(checking=waiting[0][0].batch))


def _throw(scene: Scene, batch: str | None) -> Answer:
    """Forget files that wait; of one that is in use, what still waits."""
    kept = []
    for paper in scene.dialogue.papers:
        if not paper.waits or batch not in (None, paper.batch):
            kept.append(paper)
        elif any(item.held in (Held.FILE, Held.SUM) for item in paper.items):
            kept.append(paper.holding((item.fact for item in paper.items if item.waits), Held.OUT))
    gone = {paper.id for paper in scene.dialogue.papers} - {paper.id for paper in kept}
    kept = [with_joins(kept, paper, scene.today) if gone & set(paper.joined) and paper.waits else paper for paper in kept]
    return go_on(scene, scene.dialogue.but(papers=tuple(kept)), said=(Reply(say("paper_thrown", scene.language)),))


def _anew(scene: Scene, paper: OwnerPaper) -> Answer:
    """A file that was settled before, from the beginning. What it gave stays in use until then."""
    others = tuple(known for known in scene.dialogue.papers if known.id != paper.id)
    fresh = with_joins(others, replace(as_read(paper), batch=paper.id, confirmed=False), scene.today)
    papers = (*others, fresh)
    return shown(fresh.batch, scene.with_dialogue(scene.dialogue.but(papers=papers)))


def _ask_for(scene: Scene, paper: OwnerPaper, item: Item) -> Answer:
    """The right figure is typed."""
    text = amend_question(item, scene.language)
    buttons = amend_buttons(paper, item, scene.language)
    return Answer(
        (Reply(text, buttons),), scene.dialogue.but(asking=item.fact, amending=item.fact, reminded=item.fact, checking=paper.batch)
    )


def _take_one(scene: Scene, paper: OwnerPaper, item: Item) -> Answer:
    """One figure as the file has it, whatever kept it from being used."""
    points = sort_out(scene.dialogue.papers, scene.dialogue.firm).points
    point = next((one for one in points if one.paper.id == paper.id and item.fact in one.facts), None)
    return take(scene, point, [item]) if point is not None else use(scene, [(paper, item)])


def _leave_one(scene: Scene, paper: OwnerPaper, item: Item) -> Answer:
    return leave(scene, [(paper, item)])


_ON_SETS: Mapping[str, Callable[[Scene, str], Answer]] = {"ok": _confirm, "fix": _which, "no": _throw}
_ON_FIGURES: Mapping[str, Callable[[Scene, OwnerPaper, Item], Answer]] = {"type": _ask_for, "take1": _take_one, "out1": _leave_one}
