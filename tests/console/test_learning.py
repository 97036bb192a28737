"""Learning and packs at the console: lessons by two people, quizzes marked, packs read and decided on, files that go out."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.console.parts import FILE_AT_MOST, FILES_AT_MOST
from bot.desk.outcomes import Why
from bot.storage.desk.looks import looks_of
from bot.storage.desk.promotions import asked_before, waiting_for_review
from bot.storage.desk.referrals import referral_of
from bot.storage.desk.tables import promotions
from bot.storage.desk.words import said_in
from tests.console.conftest import Desked
from tests.console.staged import OTHER, OWN, RECEIPT, opened

LICENCE = ("licence list.pdf", b"%PDF-1.4 papers", "application/pdf")


def promoted(desked: Desked) -> list[tuple[str, bool | None]]:
    with desked.store.begin() as connection:
        return [tuple(row) for row in connection.execute(select(promotions.c.kind, promotions.c.accepted).order_by(promotions.c.id))]


def sent(desked: Desked, chat: int) -> list[dict[str, object]]:
    return [message for _, to, message in desked.store.unsent() if to == chat]


async def test_an_answer_is_proposed_and_counts_once_another_accepts(desked: Desked) -> None:
    case = desked.staged.cases["mine"].id
    async with desked.browser("supervisor") as browser, desked.browser("colleague") as colleague:
        choices = (await colleague.get(f"/cases/{case}/learn")).text
        assert "Hello, your licence and your tax return." in choices
        form = {"kind": "faq", "questions": "What papers?\n\nWhich documents do you need?", "text": "Licence and tax return."}
        assert (await colleague.post(f"/cases/{case}/learn", **form)).headers["location"] == "/learning?told=proposed"
        assert "decision" not in (await colleague.get("/learning")).text, "whoever is no supervisor sees what waits and decides nothing"
        assert (await browser.get("/learning")).text.count('name="decision"') == 4
        assert (await browser.post("/learning/2", decision="accept")).headers["location"] == "/learning?told=accepted"
        assert (await browser.post("/learning/2", decision="refuse")).headers["location"] == "/learning?told=not_reviewable"
        assert (await browser.post("/learning/1", decision="refuse")).headers["location"] == "/learning?told=refused"
        assert (await browser.post("/learning/1", decision="perhaps")).status_code == 403
    with desked.store.begin() as connection:
        (found,) = asked_before(connection)
        assert waiting_for_review(connection) == []
    assert (found.questions, found.answer) == (("What papers?", "Which documents do you need?"), "Licence and tax return.")


async def test_nobody_decides_on_their_own_proposal(desked: Desked) -> None:
    async with desked.browser("supervisor") as browser:
        await browser.post(f"/cases/{desked.staged.cases['mine'].id}/learn", kind="faq")
        page = (await browser.get("/learning")).text
        assert page.count('name="decision"') == 2, "only the one that somebody else proposed"
        assert (await browser.post("/learning/2", decision="accept")).headers["location"] == "/learning?told=not_reviewable"
    assert promoted(desked) == [("faq", None), ("faq", None)]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "quiz"}, "至少要有两件"),
        ({"kind": "entry", "name": "", "entry": "def-x"}, "条目要有名称"),
        ({"kind": "entry", "name": "提前还款", "entry": "Not An Id"}, "条目要有名称"),
        ({"kind": "message", "intent": "dance"}, "请选意图"),
        ({"kind": "faq", "answer": "999"}, "不能用"),
        ({"kind": "poem"}, "请选一条"),
    ],
)
async def test_what_is_missing_is_said_and_what_was_written_is_kept(desked: Desked, form: dict[str, str], says: str) -> None:
    async with desked.browser("agent") as browser:
        response = await browser.post(f"/cases/{desked.staged.cases['mine'].id}/learn", questions="What papers?", **form)
    assert response.status_code == 422
    assert says in response.text
    assert "What papers?" in response.text
    assert len(promoted(desked)) == 1


async def test_an_accepted_entry_is_kept_as_a_file(desked: Desked) -> None:
    async with desked.browser("agent") as browser, desked.browser("supervisor") as supervisor:
        case = desked.staged.cases["mine"].id
        await browser.post(f"/cases/{case}/learn", kind="entry", name="Papers", entry="def-papers")
        assert "def-papers" in (await supervisor.get("/learning")).text
        await supervisor.post("/learning/2", decision="accept")
    assert "your tax return" in (desked.console.home / "drafts" / "def-papers.yaml").read_text("utf-8")


async def test_a_quiz_is_marked_with_what_was_right_and_where_it_stands(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        asked = (await browser.get("/quiz")).text
        seed, of = (re.search(rf'name="{name}" value="(\w+)"', asked) for name in ("seed", "of"))
        assert seed
        assert of
        questions = asked.count("<fieldset")
        form = {"seed": seed[1], "of": of[1]}
        marked = (await browser.post("/quiz", **form)).text
        right = [int(place) for place in re.findall(r'class="check right"><input type="radio" name="q\d" value="(\d)"', marked)]
        assert (len(right), f"共 {questions} 题" in marked, "答对 0 题" in marked) == (questions, True, True)
        answers = {f"q{number}": str(place) for number, place in enumerate(right)}
        best = (await browser.post("/quiz", **form, **answers)).text
        assert f"答对 {questions} 题" in best
        assert "答对" not in (await browser.post("/quiz", seed=seed[1], of="another")).text, "other questions are asked, not marked"


async def test_a_pack_is_found_by_its_receipt_however_it_is_typed_and_read(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        assert RECEIPT in (await browser.get("/packs")).text
        typed = RECEIPT.replace("-", " ").lower()
        assert (await browser.get(f"/packs?receipt={typed}")).headers["location"] == f"/packs/{RECEIPT}"
        assert "没有找到回执" in (await browser.get("/packs?receipt=RF-7K3Q-00000")).text
        page = await browser.get(f"/packs/{RECEIPT}")
        assert all(words in page.text for words in ("260万元", "开票比营业额少", "经营快贷", "纳税申报表.pdf"))
    with desked.store.begin() as connection:
        assert [look.what for look in looks_of(connection, "tg:4")] == ["referral"], "the list is no look, the pack is"
    async with desked.browser("other_supervisor") as browser:
        assert RECEIPT not in (await browser.get("/packs")).text
        assert "没有找到回执" in (await browser.get(f"/packs?receipt={RECEIPT}")).text


@pytest.mark.parametrize(
    ("form", "kept", "told"),
    [
        ({"result": "approved", "amount": "300,000", "rate": "3.85%"}, ("300000", "0.0385", None), "年利率 3.85%"),
        ({"result": "approved", "amount": "30万", "rate": ""}, None, None),
        ({"result": "approved", "amount": "", "rate": "4"}, None, None),
        ({"result": "approved", "amount": "-1", "rate": ""}, None, None),
        ({"result": "approved", "amount": "300000", "rate": "385"}, None, None),
        ({"result": "approved", "amount": "1e99", "rate": ""}, None, None),
        ({"result": "declined", "why": "debts"}, (None, None, "debts"), "没有批"),
        ({"result": "declined", "why": "mood"}, None, None),
        ({}, None, None),
    ],
)
async def test_what_became_of_it_is_told_once(
    desked: Desked, form: dict[str, str], kept: tuple[str | None, ...] | None, told: str | None
) -> None:
    async with desked.browser("colleague") as browser:
        first = await browser.post(f"/packs/{RECEIPT}/outcome", **form)
        assert first.headers["location"].endswith("decided" if kept else "empty")
        if kept:
            again = await browser.post(f"/packs/{RECEIPT}/outcome", result="declined", why=Why.OTHER)
            assert again.headers["location"].endswith("decided_before")
            assert "结果已告知客户" in (await browser.get(f"/packs/{RECEIPT}")).text
    with desked.store.begin() as connection:
        referral = referral_of(connection, RECEIPT)
    assert referral is not None
    outcome = referral.outcome
    assert (None if outcome is None else (outcome["amount"], outcome["rate"], outcome["why"])) == kept
    texts = [str(message["text"]) for message in sent(desked, 4)]
    assert [told in text for text in texts] == ([True] if told else [])


async def test_after_it_was_taken_back_its_outcome_can_still_be_told(desked: Desked) -> None:
    desked.clock.now += timedelta(days=31)
    async with desked.browser("agent") as browser:
        page = (await browser.get(f"/packs/{RECEIPT}")).text
        assert ("已经到期" in page, "2600000" in page, 'name="amount"' in page) == (True, False, True)
        assert (await browser.post(f"/packs/{RECEIPT}/outcome", result="declined", why="papers")).headers["location"].endswith("decided")


# -- files ---------------------------------------------------------------------------------------------------------------------


async def test_files_go_to_the_owner_with_the_words_and_are_not_kept(desked: Desked) -> None:
    case = desked.staged.cases["free"]
    async with desked.browser("agent") as browser:
        files = [("files", LICENCE), ("files", ("..\\..\\样表.xlsx", b"PK", "application/octet-stream"))]
        form = {"csrf": browser.csrf, "text": "请按样表准备"}
        assert (await browser.http.post(f"/cases/{case.id}/answer", data=form, files=files)).headers["location"].endswith("answered")
        assert "样表.xlsx" in (await browser.get(f"/cases/{case.id}")).text
    words, *documents = sent(desked, 1)
    assert str(words["text"]).endswith("李经理：\n请按样表准备")
    assert [(one["document"]["name"], b64decode(one["document"]["content"])) for one in documents] == [  # type: ignore[index]
        ("licence list.pdf", LICENCE[1]),
        ("样表.xlsx", b"PK"),
    ]
    with desked.store.begin() as connection:
        said = said_in(connection, case.id)
    assert [(one.text, one.file.name if one.file else None) for one in said] == [
        ("请按样表准备", None),
        (None, "licence list.pdf"),
        (None, "样表.xlsx"),
    ]


@pytest.mark.parametrize(
    ("sizes", "status", "told"),
    [([FILE_AT_MOST], 303, "answered"), ([FILE_AT_MOST + 1], 303, "large"), ([1] * (FILES_AT_MOST + 1), 413, ""), ([60_000_000], 413, "")],
)
async def test_limits_of_files_are_said_beforehand_and_kept(desked: Desked, sizes: list[int], status: int, told: str) -> None:
    case = desked.staged.cases["free"]
    async with desked.browser("agent") as browser:
        assert "最多 5 个，每个不超过 10 MB" in (await browser.get(f"/cases/{case.id}")).text
        files = [("files", (f"{number}.bin", bytes(size), "application/octet-stream")) for number, size in enumerate(sizes)]
        response = await browser.http.post(f"/cases/{case.id}/answer", data={"csrf": browser.csrf, "text": ""}, files=files)
    assert (response.status_code, response.headers.get("location", "").partition("told=")[2]) == (status, told)
    assert len(sent(desked, 1)) == (2 if told == "answered" else 0)


async def test_who_cannot_get_files_is_known_before_one_is_chosen(desked: Desked) -> None:
    with desked.store.begin() as connection:
        case = opened(connection, desked.staged.desk, "terminal:9", OWN, "要哪些材料", timedelta(hours=1))
    async with desked.browser("agent") as browser:
        page = (await browser.get(f"/cases/{case.id}")).text
        assert ('type="file"' in page, "收不到文件" in page) == (False, True)
        response = await browser.http.post(
            f"/cases/{case.id}/answer", data={"csrf": browser.csrf, "text": "好"}, files=[("files", LICENCE)]
        )
    assert response.headers["location"].endswith("unreachable")
    with desked.store.begin() as connection:
        assert said_in(connection, case.id) == []


async def test_nobody_elses_files_are_taken_in(desked: Desked) -> None:
    case = desked.staged.cases["free"].id
    async with desked.browser() as stranger:
        response = await stranger.http.post(f"/cases/{case}/answer", data={"csrf": ""}, files=[("files", LICENCE)])
    assert response.headers["location"] == "/sign-in"
    async with desked.browser("other") as browser:
        response = await browser.http.post(f"/cases/{case}/answer", data={"csrf": browser.csrf}, files=[("files", LICENCE)])
    assert response.status_code == 404
    assert sent(desked, 1) == []


async def test_lessons_and_quizzes_stay_at_their_bank(desked: Desked) -> None:
    quiz = {"language": "zh", "question": "工行的内部问法", "answers": ["甲", "乙", "丙"], "right": 0, "why": "工商银行的答复"}
    with desked.store.begin() as connection:
        for bank, question in ((OWN, quiz["question"]), (OTHER, "建行的内部问法")):
            values = {"bank_id": bank, "kind": "quiz", "draft": {**quiz, "question": question}, "accepted": True, "at": desked.clock.now}
            connection.execute(promotions.insert().values(**values))
    for who, sees, sees_not in (("agent", "工行的内部问法", "建行的内部问法"), ("other", "建行的内部问法", "工行的内部问法")):
        async with desked.browser(who) as browser:
            page = (await browser.get("/quiz")).text
            assert (sees in page, sees_not in page) == (True, False)
    async with desked.browser("other_supervisor") as browser:
        assert "Hello, your licence" not in (await browser.get("/learning")).text
        assert json.dumps(promoted(desked)[0]) == '["faq", null]'
