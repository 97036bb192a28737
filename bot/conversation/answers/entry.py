"""Answers about one entry: what it is, its terms, papers and steps, and what a word means."""

from __future__ import annotations

import re

from bot.conversation.answers.referral_screens import apply_button
from bot.conversation.answers.reminders import reminder_buttons
from bot.conversation.local_banks import local_bank
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import brief, confirm_lines, detail
from bot.conversation.sources import source_line
from bot.conversation.terms import money_parts
from bot.conversation.texts import say
from bot.conversation.thread import is_vague
from bot.conversation.world import Scene
from knowledge.entries import OFFERS, Entry, Kind, Standing
from knowledge.search import is_called, names_outright, sounds_like, term_asked

_NEAR_TERMS = 2
#: What an owner may mean by "it".
_TO_CHOOSE = frozenset({Kind.PRODUCT, Kind.GUARANTEE, Kind.SUBSIDY})
#: About what was spoken of: is that fixed?
_POINTS_BACK = re.compile(r"^\W*(?:[那这](?:个|款|笔|项)?|它)|\b(?:is|are|does|do|can|will|would) (?:that|this|it|they)\b", re.IGNORECASE)
#: What an entry's figures tell: how much, how dear, how long, on which conditions.
_FIGURES_ASKED = re.compile(
    r"利|率|息|额度|多少|几[年个月万厘]|最[长高多少低]|上限|期限|多久|条件|要求|门槛|费|成本|能贷|能借|贷多|借多|介绍|详细|怎么样|如何|划算|贵|便宜"
    r"|\b(?:rates?|interest|how (?:much|long|high|many)|limit|amount|terms?|tenor|cost\w*|fees?|conditions?"
    r"|require\w*|price|expensive|cheap|most|maximum|max|details?|about)\b",
    re.IGNORECASE,
)
#: Some loan or programme is asked after; can they do that?! asks after none.
_OF_OFFERS = re.compile(
    rf"{_FIGURES_ASKED.pattern}|贷|借|补贴|补助|贴息|担保|产品|哪|政策|\b(?:loans?|lend\w*|borrow\w*|credit|subsid\w+|grants?|guarant\w+|which|offers?"
    r"|apply|bank)\b",
    re.IGNORECASE,
)


def define(scene: Scene) -> Answer:
    """What a term or a programme is."""
    term = term_asked(scene.text)
    if term is not None and not scene.world.index.knows(term):
        return _unknown_term(term, scene)
    entry = _explained(scene)
    return in_short(entry, scene) if entry else nothing_on_that(scene)


def _unknown_term(term: str, scene: Scene) -> Answer:
    """Nothing is here on a word; what is called nearly so may be what was meant, but only the owner can tell."""
    language = scene.language
    known = (entry for entry in map(scene.world.pack.get, scene.understanding.topics) if entry is not None)
    near = [entry for entry in known if sounds_like(entry, term)][:_NEAR_TERMS]
    text = say("term_unknown_near" if near else "term_unknown", language, term=term)
    return with_thread(scene, Reply(text, tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in near)), None)


def terms(scene: Scene) -> Answer:
    """The terms of the entry asked about, or of the one spoken about before."""
    named = scene.topic(*OFFERS)
    spoken_of = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
    points_back = _POINTS_BACK.search(scene.text) is not None and (named is None or not names_outright(named, scene.text))
    if named is not None and not points_back:
        return in_short(named, scene)
    if spoken_of is not None:
        return _terms_in_short(spoken_of, scene)
    word = scene.topic(Kind.DEFINITION)
    if word is not None:
        return in_short(word, scene)
    return which_one(scene) if _OF_OFFERS.search(scene.text) else nothing_on_that(scene)


def _terms_in_short(entry: Entry, scene: Scene) -> Answer:
    """A follow-up gets the figures alone; the whole card is one tap away."""
    language = scene.language
    figures = money_parts(scene.match(entry), language) or [say("aspect_unknown", language)]
    name = entry.name[language]
    told = f"{name}：" if language == "zh" else f"{name}:"
    head = told if _FIGURES_ASKED.search(scene.text) else say("terms_not_told", language, name=name)
    lines = [head, *(f"· {part}" for part in figures)]
    lines.append(source_line(entry, language, scene.today))
    return with_thread(scene, Reply("\n".join(lines), (detail_button(entry, language),)), entry)


def documents(scene: Scene) -> Answer:
    """The papers for the entry asked about; the usual ones when none is meant."""
    entry = _meant(scene)
    if entry is None:
        lines = [say("documents_common", scene.language), say("documents_common_list", scene.language)]
        return with_thread(scene, Reply("\n".join(lines)), None)
    return entry_documents(entry, scene)


def process(scene: Scene) -> Answer:
    """How to go about the entry asked about; the usual steps when none is meant."""
    entry = _meant(scene)
    if entry is None:
        spoken_of = scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus else None
        buttons = (Button(f"p:{spoken_of.id}", spoken_of.name[scene.language]),) if spoken_of is not None else ()
        return with_thread(scene, Reply(say("process_common", scene.language), buttons), None, ("prg-coordination-2024",))
    return entry_process(entry, scene)


def in_short(entry: Entry, scene: Scene) -> Answer:
    """What a question about an entry gets: what it gives, whether it looks open to this firm, the source; the rest is a tap away."""
    text = brief(scene.match(entry), scene.language, scene.today, scene.world.pack)
    return with_thread(scene, Reply(text, _follow_ups(entry, scene)), entry)


def _follow_ups(entry: Entry, scene: Scene) -> tuple[Button, ...]:
    """Am I eligible, which papers, who offers it; for what has ended, what came after it."""
    language = scene.language
    if entry.kind is Kind.DEFINITION or entry.audience == "lender":
        return ()
    if entry.standing(scene.today) is Standing.ENDED:
        after = scene.world.pack.get(entry.replaced_by) if entry.replaced_by else None
        return (Button(f"n:{after.id}", say("b_instead", language, name=after.name[language])),) if after else ()
    eligible = (Button(f"n:{entry.id}", say("b_eligible", language)),) if entry.rule is not None else ()
    return (*eligible, Button(f"d:{entry.id}", say("b_documents", language)), Button(f"p:{entry.id}", say("b_who", language)))


def describe(entry: Entry, scene: Scene) -> Answer:
    """One entry in full, with the follow-ups as buttons."""
    language = scene.language
    told_only = entry.kind is Kind.DEFINITION or entry.audience == "lender"
    way = None if told_only else scene.unlock(entry)
    text = detail(scene.match(entry), language, scene.today, scene.world.pack, way)
    buttons = [] if told_only else [
        Button(f"d:{entry.id}", say("b_documents", language)),
        Button(f"p:{entry.id}", say("b_process", language)),
        *apply_button(entry, scene),
        *reminder_buttons(way, language),
    ]  # fmt: skip
    return with_thread(scene, Reply(text, tuple(buttons)), entry)


def entry_documents(entry: Entry, scene: Scene) -> Answer:
    language = scene.language
    if entry.documents:
        lines = [say("documents_for", language, name=entry.name[language])]
        lines.extend(f"{rank}. {item[language]}" for rank, item in enumerate(entry.documents, 1))
    else:
        lines = [say("documents_unknown", language, name=entry.name[language])]
    lines.append(source_line(entry, language, scene.today))
    buttons = (Button(f"p:{entry.id}", say("b_process", language)), detail_button(entry, language))
    return with_thread(scene, Reply("\n".join(lines), buttons), entry)


def entry_process(entry: Entry, scene: Scene) -> Answer:
    language = scene.language
    lines = [say("process_for", language, name=entry.name[language])]
    lines.append(entry.apply[language] if entry.apply else say("process_common", language))
    lines.extend(confirm_lines(entry, language))
    lines.append(source_line(entry, language, scene.today))
    buttons = (Button(f"d:{entry.id}", say("b_documents", language)), *apply_button(entry, scene), detail_button(entry, language))
    return with_thread(scene, Reply("\n".join(lines), buttons), entry)


def which_one(scene: Scene) -> Answer:
    """Nothing is meant yet: offer the loans, guarantees and subsidies that fit, else the loans that may."""
    language = scene.language
    fitting = [match.entry for match in scene.matches if match.status.value == "eligible" and match.entry.kind in _TO_CHOOSE]
    fitting = (fitting or [m.entry for m in scene.matches if m.status.value == "unknown" and m.entry.kind is Kind.PRODUCT])[:4]
    if not fitting:
        return nothing_on_that(scene)
    buttons = tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in fitting)
    return Answer((Reply(say("which_one", language), buttons),), scene.dialogue)


def nothing_on_that(scene: Scene) -> Answer:
    return with_thread(scene, Reply(say("nothing_on_that", scene.language)), None)


def _meant(scene: Scene) -> Entry | None:
    """The entry the message names, else the one the talk was about."""
    vague = is_vague(scene.text)
    named = None if vague else scene.topic(*OFFERS)
    if named is not None and (named.kind is not Kind.PROGRAMME or names_outright(named, scene.text)):
        return named
    left = (vague and scene.dialogue.strayed) or local_bank(scene.text) is not None  # of which nothing is told here
    return scene.world.pack.get(scene.dialogue.focus) if scene.dialogue.focus and not left else None


def _explained(scene: Scene) -> Entry | None:
    """What is to be explained: a word's meaning before an offer, unless the offer alone is called so."""
    first, word, term = scene.topic(), scene.topic(Kind.DEFINITION), term_asked(scene.text) or ""
    if first is None or word is None:
        return first
    is_word = names_outright(word, scene.text) or is_called(word, term)
    return first if names_outright(first, scene.text) and not is_word else word


def with_thread(scene: Scene, reply: Reply, entry: Entry | None, sources: tuple[str, ...] = ()) -> Answer:
    """An answer on the way; what it was about becomes what a follow-up is about."""
    moves = entry is not None and entry.kind is not Kind.DEFINITION
    dialogue = scene.dialogue.but(focus=entry.id) if moves and entry else scene.dialogue
    return Answer((reply,), dialogue, sources or ((entry.id,) if entry else ()), aside=True)


def detail_button(entry: Entry, language: str) -> Button:
    return Button(f"n:{entry.id}", f"{say('b_detail', language)} · {entry.name[language]}")
