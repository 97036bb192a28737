"""What an owner is told of a case by more than a turn knows: its number and clock, answers of staff, that it was closed or moved."""

from __future__ import annotations

from bot.conversation.model import Button, Dialogue, Reply
from bot.conversation.texts import say
from bot.desk.model import Bank, Case, Ended, Member, Said

#: The sentences that are said while the advisor goes on talking with the owner.
_BY_RULE = ("desk_opened_by_rule", "desk_opened_by_rule_shown", "desk_passed_on_too")
RATINGS = (1, 2, 3, 4, 5)


def answer_words(bank: Bank | None, member: Member | None, said: Said, language: str) -> Reply:
    """An answer under the name of who gave it."""
    names = [bank.name[language] if bank else "", member.name if member else ""]
    who = " ".join(name for name in names if name)
    who = who[:1].upper() + who[1:]
    if said.text:
        return Reply(say("desk_answer", language, who=who, text=said.text))
    return Reply(say("desk_answer_file", language, who=who, name=said.file.name if said.file else ""))


def closed_words(case: Case, bank: Bank, outcome: Ended, language: str) -> list[Reply]:
    """The case is closed; one tap says how it was, another that it is not settled."""
    key = "desk_lapsed" if outcome is Ended.LAPSED else "desk_closed"
    again = Button(f"o:again:{case.id}", say("desk_not_solved", language))
    return [Reply(say(key, language, bank=bank.name[language], number=case.id), (*rating_buttons(case.id), again))]


def rating_buttons(case: int) -> tuple[Button, ...]:
    return tuple(Button(f"o:rate:{case}:{points}", f"{points} {'★' * points}") for points in RATINGS)


def reopened_words(case: Case, bank: Bank, language: str) -> list[Reply]:
    return [Reply(say("desk_reopened", language, bank=bank.name[language], number=case.id), with_person_buttons(language))]


def moved_words(case: Case, bank: Bank, language: str) -> list[Reply]:
    return [Reply(say("desk_moved", language, bank=bank.name[language], number=case.id), with_person_buttons(language))]


def told_words(key: str, case: Case, bank: Bank, when: str, dialogue: Dialogue) -> Reply:
    """The sentence of a key about a case, with what can be done about it."""
    language, name = dialogue.language, bank.name[dialogue.language]
    if key == "desk_rated":
        return Reply(say(key, language))
    if key == "desk_rated_low":
        return Reply(say(key, language), (Button(f"o:again:{case.id}", say("desk_not_solved", language)),))
    shows = (Button(f"o:show:{bank.id}", say("desk_show_file_button", language)),) if bank.id not in dialogue.shows_to else ()
    ways = with_person_buttons(language)
    if key in _BY_RULE:
        ways = (Button("o:back", say("desk_back_button", language, bank=name)), ways[-1])
    return Reply(say(key, language, bank=name, number=case.id, when=when), (*shows, *ways))


def with_person_buttons(language: str) -> tuple[Button, ...]:
    """The ways out while a person is being asked."""
    return (Button("o:aside", say("desk_aside_button", language)), Button("o:cancel", say("desk_cancel_button", language)))
