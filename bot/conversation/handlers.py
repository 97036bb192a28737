"""Which answer each intent gets: the language server's intents, and those that a few words name by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.answers import (
    card,
    cheaper,
    common,
    comparing,
    desk,
    differences,
    entry,
    facts,
    first_look,
    how_long,
    instalments,
    money,
    news,
    particulars,
    plain,
    rate_asked,
    rating,
    referral,
    referral_words,
    results,
    signals,
    talk,
)
from bot.conversation.answers.groups import GROUPS
from bot.conversation.model import Answer
from bot.conversation.slash import linked_entry
from bot.conversation.world import Scene
from knowledge.eligibility import Status
from knowledge.entries import OFFERS, Kind
from knowledge.search import bank_called, names_outright

Handler = Callable[[Scene], Answer]

#: How a thing works rather than which of it there are.
_HOW_IT_WORKS = re.compile(
    r"(?:咋|怎么|怎样|如何|咋个|怎么个)(?:样)?(?:算|计算|贴|退|补|回事|运作|弄)|算法|是(?:个)?(?:什么|啥)(?:意思|东西)?\W*$|(?:还是|直接)[^，。]{0,6}(?:退|减|少收|扣)"
    r"|\bhow (?:is|are|do|does|did)\b[^?.]{0,40}\b(?:calculated|work(?:ed)?(?: out)?|paid|counted|figured)\b"
    r"|\bwhat does\b[^?.]{0,30}\bmean\b",
    re.IGNORECASE,
)
#: A question that is about more entries than this names none.
_NAMES_FEW = 2


def _greet(scene: Scene) -> Answer:
    """A greeting; somebody who followed a link to an entry is shown that entry, too."""
    greeting = plain.greet(scene)
    linked = scene.world.pack.get(linked_entry(scene.text) or "")
    if linked is None:
        return greeting
    shown = entry.describe(linked, scene.with_dialogue(greeting.dialogue))
    return replace(shown, replies=(*greeting.replies, *shown.replies))


def _send_file(scene: Scene) -> Answer:
    """Send my file to the bank: to the one that is named, else to one of those that the owner may choose from."""
    named = scene.topic(*OFFERS)
    chosen = bank_called(scene.world.pack, scene.text) is not None or (named is not None and names_outright(named, scene.text))
    return desk.apply_for(scene) if chosen else referral.choose_lender(scene)


def _group_or_entry(group: str) -> Handler:
    """A question about one programme gets that programme; a general one gets the whole group.

    Words that are about many alike name none of them, and the one that does not fit least of all.
    """

    def handler(scene: Scene) -> Answer:
        named, topics = scene.topic(*GROUPS[group]), scene.understanding.topics
        shut = named is not None and scene.match(named).status is Status.INELIGIBLE
        among_many = named is not None and shut and (len(topics) > _NAMES_FEW or not names_outright(named, scene.text))
        if named is not None and topics[0] == named.id and not among_many:
            return entry.describe(named, scene)
        word = scene.topic(Kind.DEFINITION)
        if word is not None and topics[0] == word.id and _HOW_IT_WORKS.search(scene.text):
            return entry.in_short(word, scene)
        other = particulars.named_otherwise(scene)
        if other is not None:
            return entry.describe(other, scene)
        return results.show_results(scene, only=(group,))

    return handler


def _explaining(definition: str) -> Handler:
    """A question that one word of the knowledge answers."""

    def handler(scene: Scene) -> Answer:
        meant = scene.world.pack.get(definition)
        return entry.in_short(meant, scene) if meant is not None else entry.define(scene)

    return handler


HANDLERS: Mapping[str, Handler] = {
    "greet": _greet,
    "thank": plain.thank,
    "affirm": desk.affirm,
    "deny": desk.deny,
    "skip": plain.leave_out,
    "no_loan": plain.no_loan,
    "state_facts": facts.take_facts,
    "ask_match": first_look.what_fits,
    "ask_subsidy": _group_or_entry("subsidy"),
    "ask_guarantee": _group_or_entry("guarantee"),
    "ask_terms": comparing.terms_or_rates,
    "ask_documents": entry.documents,
    "ask_process": how_long.how_to_go_about,
    "ask_definition": entry.define,
    "ask_compare": comparing.compare,
    "ask_repayment": instalments.repayment,
    "ask_why": money.why,
    "ask_improve": money.improve,
    "ask_renewal": money.renewal,
    "report_hardship": desk.hardship,
    "ask_scam_check": desk.scam_check,
    "apply": desk.apply_for,
    "upload_help": plain.telling("upload_help"),
    "ask_privacy": plain.privacy,
    "delete_data": plain.ask_to_erase,
    "export_data": plain.export,
    "subscribe": news.subscribe,
    "unsubscribe": news.unsubscribe,
    "news_settings": news.settings,
    "news_list": news.received,
    "set_language": plain.set_language,
    "ask_human": desk.person,
    "complain": desk.complaint,
    "restart": plain.restart,
    "out_of_scope": plain.out_of_scope,
    "goodbye": talk.goodbye,
    "no_hurry": talk.no_hurry,
    "unknown_question": entry.nothing_on_that,
    "only_heard": plain.nothing_to_note,
    "remind_me": talk.remind_me,
    "reassure": plain.telling("reassure"),
    "misheard": talk.misheard,
    "noted": talk.noted,
    "unclear": talk.unclear,
    "on_behalf": talk.on_the_way("on_behalf"),
    "plain_words": plain.telling("plain_words"),
    "joked": talk.on_the_way("joked"),
    "pasted_notice": plain.telling("pasted_notice"),
    "pasted_offer": plain.telling("pasted_offer"),
    "kept_apart": plain.telling("kept_apart"),
    "cheaper": cheaper.cheaper,
    "only_fields": referral_words.only,
    "matters": differences.matters,
    "apply_again": plain.telling("apply_again"),
    "software": plain.telling("software"),
    "introduce": plain.telling("welcome"),
    "who_decides": plain.telling("who_decides"),
    "trust": plain.telling("trust"),
    "found_me": plain.telling("found_me"),
    "foreign_owner": talk.on_the_way("foreign_owner"),
    "should_borrow": talk.on_the_way("should_borrow"),
    "personal_guarantee": plain.telling("personal_guarantee"),
    "rate_may_move": plain.telling("rate_may_move"),
    "data_where": plain.telling("data_where"),
    "which_trade": plain.telling("which_trade"),
    "say_to_bank": plain.telling("say_to_bank"),
    "what_to_tell": plain.telling("what_to_tell"),
    "pays_late": _explaining("def-overdue"),
    "about_place": plain.telling("about_place"),
    "about_us": plain.telling("about_us"),
    "rate_within": rate_asked.within,
    "send_file": _send_file,
    "call_off": referral.call_off,
    "summary": card.show_card,
    "rating": rating.hand_over,
    "shared": referral.shared,
    "who_looked": referral.who_looked,
    "signals": signals.show,
    **common.handlers(),
}
