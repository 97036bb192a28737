"""What an owner is told of packs by more than a turn knows: the receipt, what was shared before, who looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.conversation.answers.referral_screens import given_lines
from bot.conversation.model import Button, Reply
from bot.conversation.texts import say
from bot.desk.sharing import Look, Referral
from knowledge.formats import day

_LISTED = 8
_LOOKS = 20
#: A moment on the clock of whoever reads it, and a lender's or product's name by its id.
Local = Callable[[datetime], datetime]
Name = Callable[[str], str]


def receipt_words(referral: Referral, lender: str, local: Local, language: str) -> Reply:
    """The receipt: what was given, until when, and how to take it back."""
    text = say(
        "shared_receipt",
        language,
        lender=lender,
        receipt=referral.receipt,
        given="\n".join(given_lines(referral.fields, language)),
        until=_day(referral.expires_at, local, language),
    )
    return Reply(text, (_back(referral, lender, language), Button("j:mine", say("shared_mine_button", language))))


def list_words(given: Sequence[Referral], looks: Sequence[Look], now: datetime, name: Name, local: Local, language: str) -> Reply:
    """What was shared, the newest first, with a tap to take back what can still be seen."""
    if not given:
        return Reply(say("shared_none", language))
    seen = Counter(look.receipt for look in looks)
    lines = [say("shared_list", language)]
    lines.extend(_item(one, seen[one.receipt], now, name, local, language) for one in given[:_LISTED])
    if len(given) > _LISTED:
        lines.append(say("shared_more", language, count=len(given) - _LISTED))
    open_ = [one for one in given[:_LISTED] if one.readable(now)]
    backs = tuple(_back(one, name(one.bank), language, several=len(open_) > 1) for one in open_)
    return Reply("\n\n".join(lines), (*backs, Button("j:who", say("shared_who_button", language))))


def _item(one: Referral, seen: int, now: datetime, name: Name, local: Local, language: str) -> str:
    if one.revoked_at is not None:
        standing = say("shared_standing_revoked", language, on=_day(one.revoked_at, local, language))
    elif not one.readable(now):
        standing = say("shared_standing_expired", language, on=_day(one.expires_at, local, language))
    else:
        standing = say("shared_standing_open", language, until=_day(one.expires_at, local, language))
    between = "，" if language == "zh" else ", "
    product = f"{between}{name(one.product)}" if one.product else ""
    looks = say("shared_looked", language, count=seen) if seen else ""
    mark = "🟢" if one.readable(now) else "⚪"
    return say(
        "shared_item", language, mark=mark, lender=name(one.bank), product=product, receipt=one.receipt, standing=standing, looks=looks
    )


def looks_words(looks: Sequence[Look], name: Name, local: Local, language: str) -> Reply:
    """Who looked at what, the newest first: the day and hour, the bank, and of the person the role."""
    mine = (Button("j:mine", say("shared_mine_button", language)),)
    if not looks:
        return Reply(say("shared_no_looks", language), mine)
    lines = [say("shared_looks", language), *(_look(look, name, local, language) for look in looks[:_LOOKS])]
    return Reply("\n".join(lines), mine)


def _look(look: Look, name: Name, local: Local, language: str) -> str:
    moment = local(look.at)
    what = "pdf_case" if look.what == "pdf" and look.receipt is None else look.what
    return say(
        "shared_look",
        language,
        when=f"{day(moment.date(), language)} {moment:%H:%M}",
        bank=name(look.bank) if look.bank else "",
        role=say(f"shared_role_{look.role or 'gone'}", language),
        what=say(f"shared_what_{what}", language, receipt=look.receipt or ""),
    )


def names_of(banks: Mapping[str, Mapping[str, str]], entries: Mapping[str, Mapping[str, str]], language: str) -> Name:
    """Names by id: of a desk as it is called here, else of an entry; the id where neither is known any more."""

    def name(which: str) -> str:
        found = entries.get(which) or banks.get(which)
        return which if found is None else found[language]

    return name


def _back(referral: Referral, lender: str, language: str, *, several: bool = False) -> Button:
    label = say("shared_back_button", language, lender=lender)
    return Button(f"j:back:{referral.receipt}", f"{label} {referral.receipt}" if several else label)


def _day(moment: datetime, local: Local, language: str) -> str:
    return day(local(moment).date(), language)
