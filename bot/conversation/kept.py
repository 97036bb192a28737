"""A dialogue and its replies as plain JSON, as they are kept between turns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.desk import wish_from_json, wish_to_json
from bot.conversation.model import Button, Dialogue, Reply
from bot.conversation.news import news_from_json, news_to_json, settling_from_json, settling_to_json
from bot.conversation.paper_json import owner_paper_from_json, owner_paper_to_json
from bot.conversation.picture import picture_noted
from bot.conversation.rating.sheet import paper_to_json
from bot.conversation.sharing import sharing_from_json, sharing_to_json
from knowledge.firm import Firm, fact_from_json, fact_to_json, vocabulary

#: Kept in tables of their own rather than in the dialogue's state.
_APART = ("firm", "decision")
#: Marks turns of the transcript that were between the owner and a bank's staff: what was said to one bank is not passed on to another.
WITH_DESK = "with_desk"


def dialogue_to_json(dialogue: Dialogue) -> dict[str, Any]:
    """The dialogue without its firm and its decision, which are stored on their own."""
    plain = {name: getattr(dialogue, name) for name in Dialogue.__dataclass_fields__ if name not in _APART}
    corrected = fact_to_json(dialogue.corrected) if dialogue.corrected else None
    papers = [owner_paper_to_json(paper) for paper in dialogue.papers]
    set_aside = [fact_to_json(fact) for fact in dialogue.set_aside]
    waiting = [reply_to_plain(reply) for reply in dialogue.waiting]
    rated = None if dialogue.rated is None else [fact_to_json(fact) for fact in dialogue.rated]
    facts = {"rated": rated, "corrected": corrected, "set_aside": set_aside}
    asked = {"wanted": wish_to_json(dialogue.wanted), "sharing": sharing_to_json(dialogue.sharing)}
    told = {"news": news_to_json(dialogue.news), "settling": settling_to_json(dialogue.settling)}
    return {**plain, **facts, **asked, **told, "papers": papers, "waiting": waiting}


def dialogue_from_json(plain: Mapping[str, Any], firm: Firm) -> Dialogue:
    """The inverse of dialogue_to_json; keys of an older or newer release are ignored rather than fatal."""
    known = {name: plain[name] for name in Dialogue.__dataclass_fields__ if name in plain and name not in _APART}
    for name in ("reckoned", "warned", "listed", "told"):
        if name in known:
            known[name] = tuple(known[name])
    known["plan"] = tuple((key, on) for key, on in known.get("plan", ()))
    if (rated := known.get("rated")) is not None:
        known["rated"] = tuple(fact_from_json(item) for item in rated if item["name"] in vocabulary())
    for name in ("recent", "passed"):
        known[name] = tuple(item for item in known.get(name, ()) if item in vocabulary())
    corrected = plain.get("corrected")
    known["corrected"] = fact_from_json(corrected) if corrected and corrected["name"] in vocabulary() else None
    known["set_aside"] = tuple(fact_from_json(item) for item in plain.get("set_aside", ()) if item["name"] in vocabulary())
    known["papers"] = tuple(owner_paper_from_json(paper) for paper in plain.get("papers", ()))
    known["wanted"] = wish_from_json(plain.get("wanted"))
    known["sharing"] = sharing_from_json(plain.get("sharing"))
    known["news"] = news_from_json(plain.get("news"))
    known["settling"] = settling_from_json(plain.get("settling"))
    for name in ("shows_to", "muted"):
        known[name] = tuple(plain.get(name, ()))
    known["waiting"] = tuple(reply_from_plain(reply) for reply in plain.get("waiting", ()))
    return Dialogue(**{**known, "firm": firm})


def reply_to_plain(reply: Reply) -> dict[str, Any]:
    """A reply of words and buttons as plain JSON."""
    return {"text": reply.text, "buttons": [{"id": button.id, "label": button.label} for button in reply.buttons]}


def reply_from_plain(plain: Mapping[str, Any]) -> Reply:
    """The inverse of reply_to_plain."""
    return Reply(plain["text"], tuple(Button(item["id"], item["label"]) for item in plain["buttons"]))


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply as plain JSON; files by name only, for their content is in the answer that sent them.

    A summary picture is named among the files, and its `card` is what it was drawn from; a rating report likewise by its `paper`.
    """
    plain = reply_to_plain(reply) | {"files": [attachment.name for attachment in reply.files]}
    if reply.paper is not None:
        return {**plain, "files": [*plain["files"], reply.paper.file_name], "paper": paper_to_json(reply.paper)}
    if reply.card is None:
        return plain
    return {**plain, "files": [*plain["files"], reply.card.file_name], "card": picture_noted(reply.card)}
