"""What follows once figures of files were settled: they are used or left out, and then comes the next thing to settle or to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.conversation.answers import facts
from bot.conversation.answers.paper_words import card_again, point_reply, taken_line
from bot.conversation.answers.signals import signals_button
from bot.conversation.asking import ask_next, question_buttons, question_text
from bot.conversation.facts import Change, Taken
from bot.conversation.model import Answer, Dialogue, Reply
from bot.conversation.papers import Held, Item, OwnerPaper, in_batch, settled
from bot.conversation.points import OF_ONE_ACCOUNT, sort_out
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from knowledge.formats import fact_label
from nlu.uploads.document import Document

INFLOW = "monthly_inflow"
#: What each kind of document is sent for; asked for where the file does not give it.
_MEANT_FOR: Mapping[Document, tuple[str, ...]] = {
    Document.FINANCIAL_STATEMENTS: ("annual_revenue", "net_profit"),
    Document.INCOME_STATEMENT: ("annual_revenue", "net_profit"),
    Document.PROFIT_TAX_RETURN: ("annual_revenue",),
    Document.BANK_STATEMENT: ("monthly_inflow",),
    Document.PAYMENT_BILL: ("monthly_inflow",),
    Document.SHOP_ORDERS: ("platform_sales",),
    Document.INVOICE_LIST: ("invoiced_sales",),
}


def use(scene: Scene, pairs: Sequence[tuple[OwnerPaper, Item]]) -> Answer:
    """Figures that the owner decided for by themselves: in use at once."""
    dialogue, changes = _taken(scene.dialogue, pairs)
    line = Reply(taken_line([change.fact for change in changes], scene.language))
    return go_on(scene, dialogue, said=(line,), changes=changes)


def leave(scene: Scene, pairs: Sequence[tuple[OwnerPaper, Item]]) -> Answer:
    """Figures of files that the owner does not want. How an account is says nothing without what comes in on it."""
    papers = scene.dialogue.papers
    for paper, item in pairs:
        papers = settled(papers, paper.id, [item.fact, *(OF_ONE_ACCOUNT if item.fact == INFLOW else ())], Held.OUT)
    labels = joined([fact_label(item.fact, scene.language) for _, item in pairs], scene.language)
    line = Reply(say("paper_left_out", scene.language, labels=labels))
    return go_on(scene, scene.dialogue.but(papers=papers), said=(line,))


def _taken(dialogue: Dialogue, pairs: Iterable[tuple[OwnerPaper, Item]]) -> tuple[Dialogue, tuple[Change, ...]]:
    """The dialogue with figures of files taken into its firm. Whatever else waits and says the same of the same day is settled, too."""
    papers, firm, changes = dialogue.papers, dialogue.firm, []
    for paper, item in pairs:
        papers = settled(papers, paper.id, [item.fact], Held.OUT if item.typed else Held.FILE)
        fact = item.as_fact()
        changes.append(Change(fact, firm.fact(item.fact)))
        firm = firm.having(fact)
    return dialogue.but(papers=papers, firm=firm), tuple(changes)


def go_on(scene: Scene, dialogue: Dialogue, said: tuple[Reply, ...] = (), changes: tuple[Change, ...] = ()) -> Answer:
    """After something was settled: what is confirmed and sound by now is used; then the next point, the rest of the card, or a question."""
    language = scene.language
    dialogue = dialogue.but(asking=None, amending=None, checking=None)
    found = sort_out(dialogue.papers, dialogue.firm)
    fresh: tuple[Change, ...] = ()
    while confirmed := [pair for pair in found.sound if pair[0].confirmed]:
        dialogue, used = _taken(dialogue, confirmed)
        fresh = (*fresh, *used)
        found = sort_out(dialogue.papers, dialogue.firm)
    if fresh:
        said, changes = (*said, Reply(taken_line([change.fact for change in fresh], language))), (*changes, *fresh)
    said = _with_signals(said, scene, dialogue) if changes else said
    if found.points:
        point = found.points[0]
        return Answer((*said, point_reply(point, len(found.points) - 1, language)), dialogue.but(checking=point.paper.batch))
    if found.sound:
        batch = found.sound[0][0].batch
        rest = card_again(in_batch(dialogue.papers, batch), found, dialogue.firm, language)
        return Answer((*said, rest), dialogue.but(checking=batch))
    # What something newer or all accounts together stand for has nothing more to say.
    left = tuple(paper.holding((item.fact for item in paper.items if item.waits), Held.OUT) for paper in dialogue.papers)
    dialogue = dialogue.but(papers=left)
    moved = Scene(scene.world, dialogue, scene.today, scene.understanding, Taken(dialogue.firm, changes, False))
    name = missing(dialogue.papers[-1:], dialogue)
    if name is not None:
        return ask_for_missing(name, moved, said)
    if changes:
        return facts.carry_on(moved, said)
    dialogue, question = ask_next(moved)
    return Answer((*said, *question), dialogue)


def _with_signals(said: tuple[Reply, ...], scene: Scene, dialogue: Dialogue) -> tuple[Reply, ...]:
    """What is said of figures that are in use now, with a way to what they show."""
    button = signals_button(scene.with_dialogue(dialogue))
    return (*said[:-1], replace(said[-1], buttons=(*said[-1].buttons, button))) if said and button is not None else said


def missing(papers: Sequence[OwnerPaper], dialogue: Dialogue) -> str | None:
    """A figure that such files are sent for and that is not in them, nor known."""
    names = (name for paper in papers for name in _MEANT_FOR.get(paper.document, ()) if paper.item(name) is None)
    return next((name for name in names if name not in dialogue.firm and name not in dialogue.passed), None)


def ask_for_missing(name: str, scene: Scene, said: tuple[Reply, ...]) -> Answer:
    """Ask for what a file does not say in full; it is never worked out from a part."""
    language = scene.language
    text = say("paper_missing", language, question=question_text(name, language))
    asked = scene.dialogue.but(asking=name, reminded=name, asked=scene.dialogue.asked + 1)
    return Answer((*said, Reply(text, question_buttons(name, language))), asked)
