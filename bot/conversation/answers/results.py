"""What fits: loans, guarantees, subsidies and programmes, each with its status, money, source and validity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.conversation.answers.beside import FEES, ask_first, beside, was_declined, ways_on, wish_buttons
from bot.conversation.answers.card import card_button, card_of
from bot.conversation.answers.groups import LONG, SHORT, Group, first_choice, group_of, selected, stands_in_the_way
from bot.conversation.answers.rating import rating_button
from bot.conversation.answers.referral_screens import apply_button
from bot.conversation.answers.reminders import reminder_buttons
from bot.conversation.asking import ask_next, news_button
from bot.conversation.decision import decided_text
from bot.conversation.grade_words import grade_span, seen_first
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import match_lines
from bot.conversation.texts import joined, say
from bot.conversation.weak_points import weak_points
from bot.conversation.world import Scene
from bot.matching.lenders import Lender
from bot.matching.match import Match
from bot.matching.next_way import marred
from knowledge.eligibility import Status
from knowledge.formats import percent
from scoring.questions import questions

#: The facts by which offers can be told apart.
ENOUGH = ("industry", "annual_revenue", "amount_sought", "region", "purpose", "age_months", "monthly_inflow")


def show_results(scene: Scene, only: tuple[str, ...] = ("product", "guarantee", "subsidy")) -> Answer:
    """The results by group with the next question behind them; asks for the basics when nothing is known yet.

    The first time the summary comes as a picture in front, later behind a button: it should be seen, not crowd the chat.
    """
    language = scene.language
    if not knows_enough(scene):
        dialogue, question = ask_next(scene)
        key = "results_need_more" if scene.dialogue.recent else "results_need"
        return Answer((Reply(say(key, language)), *question), dialogue)
    groups = [group_of(scene, name) for name in only]
    replies = [_head(scene, groups)]
    replies.extend(_group_reply(group, scene, SHORT) for group in groups)
    last = replies[-1]
    pictures = (card_button(language),) if scene.dialogue.shown else ()
    news = (news_button(language),) if scene.dialogue.news is None else ()
    replies[-1] = replace(last, buttons=(*last.buttons, *pictures, rating_button(language), *news))
    shown = scene.with_dialogue(scene.dialogue.but(shown=True, cautioned=True))
    dialogue, question = ask_next(shown)
    sources = tuple(match.entry.id for group in groups for match in selected(group.matches, SHORT))
    return Answer((*replies, *question), dialogue.but(focus=first_choice(groups, dialogue.focus)), sources)


def knows_enough(scene: Scene) -> bool:
    """Whether anything is known by which offers can be told apart."""
    return any(name in scene.dialogue.firm for name in ENOUGH)


def show_group_in_short(scene: Scene, name: str) -> Answer:
    """The best of one group, for a firm as the scene has it."""
    group = group_of(scene, name)
    sources = tuple(match.entry.id for match in selected(group.matches, SHORT))
    return Answer((_group_reply(group, scene, SHORT),), scene.dialogue, sources)


def show_group(scene: Scene, name: str) -> Answer:
    """One whole group."""
    group = group_of(scene, name)
    sources = tuple(match.entry.id for match in selected(group.matches, LONG))
    return Answer((_group_reply(group, scene, LONG),), scene.dialogue, sources)


def what_declines(scene: Scene) -> Answer | None:
    """What stands in the way of the loans that do not fit, what the owner can change first, and the ways on; None where nothing does."""
    language = scene.language
    weak = list(weak_points(scene.dialogue.firm, language))
    against = stands_in_the_way(scene)
    if not against and not weak:
        return None
    lines = [say("why_declined_weak", language, points=joined(weak, language))] if weak else []
    if against:
        lines.append(say("why_declined_more" if weak else "why_declined", language))
    for match in against:
        lines.extend(("", *match_lines(match, language, scene.today, scene.world.pack, scene.unlocks.get(match.entry.id))))
    text, ways = ways_on(scene)
    buttons = ways or (Button("i", say("b_improve", language)), Button("h", say("b_person", language)))
    return Answer((Reply("\n".join([*lines, *(("", text) if text else ())]), buttons),), scene.dialogue, tuple(m.entry.id for m in against))


def reorder(scene: Scene, wish: str) -> Answer:
    """The loans in the order of what matters most to the owner, which stays; says what came to the front."""
    language = scene.language
    before = group_of(scene, "product")
    scene = scene.with_dialogue(scene.dialogue.but(wish=wish))
    group = group_of(scene, "product")
    places = {match.entry.id: place for place, match in enumerate(before.matches, 1)}
    top = group.matches[0]
    was, name = places[top.entry.id], top.entry.name[language]
    moved = say("reordered", language, name=name, was=was) if was > 1 else say("reordered_same", language, name=name)
    reply = _group_reply(group, scene, SHORT)
    head = f"{say(f'order_{wish}', language)}\n{moved}"
    sources = tuple(match.entry.id for match in selected(group.matches, SHORT))
    dialogue = scene.dialogue.but(focus=first_choice([group], scene.dialogue.focus))
    return Answer((replace(reply, text=f"{head}\n\n{reply.text}"),), dialogue, sources, aside=True)


def doubts_left_out(scene: Scene) -> Iterator[str]:
    """The figures that cannot be, which the grade leaves out, each as a question."""
    doubts = questions(scene.dialogue.firm)
    if doubts:
        yield say("doubts_left_out", scene.language)
        yield from (f"· {one.zh if scene.language == 'zh' else one.en}" for one in doubts)


def _graded(scene: Scene) -> str:
    """The grade with how much of the firm it rests on, and between what grades it may lie; a person's grade stands alone."""
    language, score = scene.language, scene.score
    best, worst = grade_span(score, scene.world.card)
    told = say("results_score", language, grade=scene.grade, coverage=percent(score.coverage, 0))
    return told if best == worst or scene.decision is not None else told + say("results_span", language, best=best, worst=worst)


def _head(scene: Scene, groups: list[Group]) -> Reply:
    language, matches = scene.language, scene.matches
    counts = {status.value: sum(match.status is status for match in matches) for status in Status}
    lines = [say("preview", language, **counts)]
    if scene.score.coverage > 0:
        lines.append(_graded(scene))
        if scene.decision is not None:
            lines.append(decided_text(scene.decision, language))
        elif marred(scene.dialogue.firm):
            lines.append(say("results_marred", language))
        lines.extend(seen_first(scene.dialogue.firm, language))
    lines.extend(doubts_left_out(scene))
    loans = next((group for group in groups if group.name == "product"), None)
    if loans and loans.first:
        why = loans.first.text(language)
        why = say("ahead", language, why=why, ahead=loans.ahead.text(language)) if loans.ahead else why
        lines.append(say("best_first", language, name=loans.matches[0].entry.name[language], why=why))
        tied = [entry.name[language] for entry in map(scene.world.pack.get, loans.tied[:2]) if entry]
        if tied:
            lines.append(say("best_tied", language, names=joined(tied, language)))
    elif loans and loans.hint:
        nearest = scene.world.pack.get(loans.hint_entry) if loans.hint_entry else None
        why = loans.hint.text(language)
        lines.append(say("best_first", language, name=nearest.name[language], why=why) if nearest else why)
    if not scene.dialogue.cautioned:
        lines.append(say("caution", language))
    return Reply("\n".join(lines), card=None if scene.dialogue.shown else card_of(scene))


def _group_reply(group: Group, scene: Scene, quota: dict[Status, int]) -> Reply:
    language = scene.language
    chosen = selected(group.matches, quota)
    lines = [say(f"group_{group.name}", language)]
    if not chosen:
        return Reply("\n".join([*lines, say("none_in_group", language)]))
    told: set[str] = set()
    for match in chosen:
        way = scene.unlocks.get(match.entry.id)
        extra, told_now = beside(match, scene, group.lenders, told)
        told |= told_now
        lines.extend(("", *match_lines(match, language, scene.today, scene.world.pack, way, extra)))
    rest = [match for match in group.matches if match not in chosen]
    buttons = [Button(f"n:{m.entry.id}", m.entry.name[language]) for m in chosen if m.status is not Status.INELIGIBLE]
    buttons.extend(button for m in chosen for button in reminder_buttons(scene.unlocks.get(m.entry.id), language, named=True))
    if rest:
        ineligible = sum(match.status is Status.INELIGIBLE for match in rest)
        key = "group_more_line" if ineligible else "group_more_open"
        lines.extend(("", say(key, language, count=len(rest), ineligible=ineligible)))
        buttons.append(Button(f"m:{group.name}", say("group_more", language, count=len(rest))))
    if FEES in told:
        lines.extend(("", say("cost_ask", language)))
    if group.name == "product":
        for text, more in (ask_first(scene, group.matches, group.lenders), ways_on(scene)):
            lines.extend(("", text) if text else ())
            buttons.extend(button for button in more if button not in buttons)
        buttons.extend(_apply(chosen, scene, group.lenders))
        buttons.extend(wish_buttons(group.matches, language, scene.dialogue.wish))
    return Reply("\n".join(lines), tuple(buttons))


def _apply(chosen: Sequence[Match], scene: Scene, lenders: Mapping[str, Lender]) -> tuple[Button, ...]:
    """The way to the lender of the first that fits; after a refusal to another lender, even if it is not certain to fit there."""
    declined = [lenders.get(match.entry.id) for match in chosen if was_declined(match, scene, lenders)]
    refusing = {lender.entry.id for lender in declined if lender is not None}
    by = {match.entry.id: lender.entry.id for match in chosen if (lender := lenders.get(match.entry.id)) is not None}
    left = [match for match in chosen if not was_declined(match, scene, lenders) and by.get(match.entry.id) not in refusing]
    wanted = (Status.ELIGIBLE,) if len(left) == len(chosen) else (Status.ELIGIBLE, Status.UNKNOWN)
    first = next((match for status in wanted for match in left if match.status is status), None)
    return () if first is None else apply_button(first.entry, scene)
