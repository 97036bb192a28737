"""The screens on which an owner chooses what a lender may see: every part with a tick, what that comes to in words, and one yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation.model import Button, Reply
from bot.conversation.referral.pack import lender_name
from bot.conversation.sharing import Sharing
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene
from bot.desk.model import GENERAL
from bot.desk.routing import lender_of
from bot.desk.sharing import LASTS, WHOLE, Part, demanded, fields_of, part_of, parts_with
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind, Standing
from knowledge.firm import vocabulary
from knowledge.formats import day, fact_label, fact_value

#: So much of a part that is kept back is told by name, and so much that is asked for and not known.
_BY_NAME, _LACKS = 3, 4
#: What can be applied for from here.
APPLIED_FOR = (Kind.PRODUCT, Kind.LENDER)


def apply_button(entry: Entry, scene: Scene) -> tuple[Button, ...]:
    """The way from an entry to its lender; none where there is nothing to apply for, or the firm is known not to fit."""
    if entry.kind not in APPLIED_FOR or entry.standing(scene.today) is not Standing.IN_FORCE or len(scene.dialogue.firm) == 0:
        return ()
    if entry.kind is Kind.PRODUCT and scene.match(entry).status is Status.INELIGIBLE:
        return ()
    lender, language = lender_of(entry), scene.language
    if lender is None or not is_lender(lender, scene):
        return (Button(f"share:to:{entry.id}", say("share_button_open", language)),)
    return (Button(f"share:to:{entry.id}", say("share_button", language, lender=lender_name(scene.world, lender)[language])),)


def is_lender(lender: str, scene: Scene) -> bool:
    """Whether one can apply there: a bank with a desk here, or one that the knowledge has an entry of."""
    return lender in scene.world.pack.entries or (lender != GENERAL and any(bank.id == lender for bank in scene.world.banks))


def entries_of(sharing: Sharing, scene: Scene) -> list[Entry]:
    """What says what the lender asks for: its product, and its own conditions."""
    found = (scene.world.pack.get(name) for name in (sharing.product, sharing.lender) if name is not None)
    return [entry for entry in found if entry is not None]


def overview(sharing: Sharing, scene: Scene) -> Reply:
    """The first screen: to whom and for what, what goes and what does not, who sees it until when."""
    language, name = scene.language, _name(sharing, scene)
    product = scene.world.pack.get(sharing.product) if sharing.product else None
    if product is None:
        head = say("share_head_bank", language, lender=name)
    else:
        head = say("share_head", language, lender=name, product=product.name[language])
    lacking = _lacking(sharing, scene)
    lacks = [say("share_lacks", language, names=lacking)] if lacking else []
    key = "share_until_carry" if carries(sharing, scene) else "share_until_desk"
    until = say(key, language, lender=name, until=day(scene.today + LASTS, language))
    return Reply(
        "\n".join([head, "", *_choice(sharing, scene), *lacks, "", until, "", say("share_tap", language)]), _buttons(sharing, scene)
    )


def screen(sharing: Sharing, scene: Scene) -> Reply:
    """The screen after a tap: the choice as it is now."""
    return Reply("\n".join(_choice(sharing, scene)), _buttons(sharing, scene))


def pick_part(scene: Scene) -> Reply:
    """In which part to choose item by item."""
    language = scene.language
    parts = [part for part in _parts(scene) if part not in WHOLE]
    buttons = tuple(Button(f"share:one:{part.value}", say(f"shared_part_{part.value}", language)) for part in parts)
    return Reply(say("share_one", language), buttons)


def pick_in(sharing: Sharing, fact: str, scene: Scene) -> Reply:
    """The part that a fact stands in, each fact with its value and a tick."""
    language, part = scene.language, part_of(fact)
    firm = scene.dialogue.firm
    buttons = []
    for name in known_fields(part, scene):
        shown = say("share_line", language, part=fact_label(name, language), names=fact_value(name, firm[name], language))
        key = "share_tick_whole" if name in sharing.fields else "share_untick"
        buttons.append(Button(f"share:f:{name}", say(key, language, part=shown.removeprefix("· "))))
    text = say("share_one_in", language, part=say(f"shared_part_{part.value}", language), lender=_name(sharing, scene))
    more = (Button("share:one", say("share_one_button", language)), Button("share:ok", say("share_done_button", language)))
    return Reply(text, (*buttons, *more))


def carries(sharing: Sharing, scene: Scene) -> bool:
    """Whether the owner has to carry the pack: nobody of that lender is here."""
    return all(bank.id != sharing.lender for bank in scene.world.banks)


def known_fields(part: Part, scene: Scene) -> tuple[str, ...]:
    """The facts of a part that are known and can be given one by one."""
    return () if part in WHOLE else fields_of(part, scene.dialogue.firm)


def given_lines(fields: Sequence[str], language: str) -> list[str]:
    """What goes, a line a part, by the names of the facts."""
    return list(_given(fields, language)) or [say("share_nothing", language)]


def _given(fields: Sequence[str], language: str) -> Iterator[str]:
    for part in Part:
        label = say(f"shared_part_{part.value}", language)
        if part in WHOLE:
            if part.value in fields:
                yield say("share_line_whole", language, part=label)
            continue
        names = [name for name in fields if name in vocabulary() and part_of(name) is part]
        if names:
            yield say("share_line", language, part=label, names=joined([fact_label(name, language) for name in names], language))


def _choice(sharing: Sharing, scene: Scene) -> list[str]:
    language = scene.language
    kept = [text for part in _parts(scene) if (text := _kept_of(part, sharing, scene))]
    everything = joined([*kept, say("share_kept_always", language)], language)
    return [say("share_gives", language), *given_lines(sharing.fields, language), say("share_keeps", language, kept=everything)]


def _kept_of(part: Part, sharing: Sharing, scene: Scene) -> str:
    """What stays here of a part: all of it, the rest by name or by number; empty where everything is ticked."""
    language = scene.language
    label = say(f"shared_part_{part.value}", language)
    ticked, known = _ticked(part, sharing, scene), fields_of(part, scene.dialogue.firm)
    if not ticked:
        return label[:1].lower() + label[1:]
    rest = [fact_label(name, language) for name in known if name not in ticked]
    return joined(rest, language) if len(rest) <= _BY_NAME else say("share_rest", language, part=label, count=len(rest))


def _lacking(sharing: Sharing, scene: Scene) -> str:
    """What the lender asks for and the owner has not told yet."""
    asked = demanded(entries_of(sharing, scene))
    names = [name for name in vocabulary() if name in asked and name not in scene.dialogue.firm]
    return joined([fact_label(name, scene.language) for name in names[:_LACKS]], scene.language)


def _buttons(sharing: Sharing, scene: Scene) -> tuple[Button, ...]:
    """A tick for every part, closer looks, and the yes, which goes for the choice as it is shown."""
    language = scene.language
    ticks = tuple(Button(f"share:p:{part.value}", _tick(part, sharing, scene)) for part in _parts(scene))
    yes = say("share_carry_button", language)
    if not carries(sharing, scene):
        yes = say("share_go_button", language, lender=_name(sharing, scene))
    return (
        *ticks,
        Button("share:one", say("share_one_button", language)),
        Button("share:see", say("share_see_button", language)),
        Button(f"share:go:{sharing.digest(scene.today)}", yes),
        Button("share:no", say("share_no_button", language)),
    )


def _tick(part: Part, sharing: Sharing, scene: Scene) -> str:
    language = scene.language
    label = say(f"shared_part_{part.value}", language)
    ticked = _ticked(part, sharing, scene)
    if not ticked:
        return say("share_untick", language, part=label)
    if part in WHOLE:
        return say("share_tick_whole", language, part=label)
    return say("share_tick", language, part=label, count=len(ticked), of=len(known_fields(part, scene)))


def _ticked(part: Part, sharing: Sharing, scene: Scene) -> list[str]:
    return [name for name in fields_of(part, scene.dialogue.firm) if name in sharing.fields]


def _parts(scene: Scene) -> tuple[Part, ...]:
    return parts_with(scene.dialogue.firm, files=bool(scene.dialogue.papers))


def _name(sharing: Sharing, scene: Scene) -> str:
    return lender_name(scene.world, sharing.lender)[scene.language]
