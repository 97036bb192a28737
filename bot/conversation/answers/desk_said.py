"""What an owner is told of a case outside their own turn: answers of staff, and that it was closed, taken up again or moved."""

from __future__ import annotations

from bot.conversation.model import Button, Reply
from bot.conversation.texts import say
from bot.desk.model import Bank, Case, Ended, Member, Said

RATINGS = (1, 2, 3, 4, 5)


def answer_words(bank: Bank | None, member: Member | None, said: Said, language: str) -> Reply:
    """An answer under the name of who gave it."""
    names = [bank.name[language] if bank else "", member.name if member else ""]
    who = " ".join(name for name in names if name)
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


def with_person_buttons(language: str) -> tuple[Button, ...]:
    """The ways out while a person is being asked."""
    return (Button("o:aside", say("desk_aside_button", language)), Button("o:cancel", say("desk_cancel_button", language)))
