"""The plain-Python part of the NLU pipeline: tokens, features, the linear model and its calibration."""

import time
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from nlu.server.components.calibration import Temperature, fit_out_of_scope, fit_temperature, softmax
from nlu.server.components.features import ASIDE, BLOCKS, Vocabulary, character_grams, count_features, normalise, token_grams
from nlu.server.components.fitting import PARTS, Example, Settings, fit, parts
from nlu.server.components.intents import IntentModel
from nlu.server.components.lexicon import read_lexicon
from nlu.server.components.network import Network
from nlu.server.components.shapes import concept_grams, concepts, cues, is_class, pieces, question_of
from nlu.server.components.tokens import tokenize
from nlu.server.components.training import Schedule, train_network


def words(text: str) -> list[str]:
    return [span.text for span in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n　", []),
        ("\x00\x07\u200b", []),
        ("我想贷50万", ["我", "想", "贷", "50", "万"]),
        ("贷款loan要多久", ["贷", "款", "loan", "要", "多", "久"]),
        ("年利率3.45%，可以吗？", ["年", "利", "率", "3.45%", "可", "以", "吗"]),
        ("1,200,000 yuan", ["1,200,000", "yuan"]),
        ("1,2345", ["1", "2345"]),
        ("12345,678", ["12345", "678"]),
        ("３．５％和１，２００元", ["３．５％", "和", "１，２００", "元"]),
        ("利率5，100万", ["利", "率", "5", "100", "万"]),
        ("2024-03-01", ["2024", "03", "01"]),
        ("rate is 5.", ["rate", "is", "5"]),
        ("I don't know", ["I", "don't", "know"]),
        ("owners' loan", ["owners", "loan"]),
        ("P2P 和 1+N", ["P2P", "和", "1", "+", "N"]),
        ("50k", ["50", "k"]),
        ("cafe\u0301 open", ["cafe\u0301", "open"]),
        ("好的👍👍", ["好", "的", "👍", "👍"]),
        ("￥300", ["￥", "300"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("二〇二四", ["二", "〇", "二", "四"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_spans_are_exact_and_leave_out_only_what_carries_no_word(text: str) -> None:
    end = 0
    for span in tokenize(text):
        assert span.start >= end
        assert span.text == text[span.start : span.end] != ""
        assert all(unicodedata.category(letter)[0] in "ZCPMS" for letter in text[end : span.start])
        end = span.end
    assert all(unicodedata.category(letter)[0] in "ZCPM" for letter in text[end:])


@given(st.text(alphabet="贷款利息企业", min_size=1), st.integers(0, 10**12), st.sampled_from(["万", "元", " yuan", ""]))
def test_han_characters_stand_alone_and_numbers_stay_whole(before: str, number: int, after: str) -> None:
    grouped = f"{number:,}"
    assert words(f"{before}{grouped}{after}")[: len(before) + 1] == [*before, grouped]


def test_the_longest_message_is_cut_completely() -> None:
    assert words("贷" * 4096) == ["贷"] * 4096
    assert words("a" * 4096) == ["a" * 4096]
    assert "".join(words("1," * 2048)) == "1" * 2048


def test_grams_see_full_width_and_capitals_as_the_same() -> None:
    assert Counter(character_grams("ＬＰＲ")) == Counter(character_grams("lpr"))
    assert list(token_grams(["ＬＰＲ", "Rate"])) == ["lpr", "rate", "lpr rate"]


def test_character_grams_mark_the_edges_of_words() -> None:
    grams = list(character_grams("ab c"))
    assert {" a", "b ", " ab ", " c "} <= set(grams)
    assert not any("b c" in gram for gram in grams)


@given(st.text(max_size=60))
def test_a_vector_has_blocks_of_length_one_or_nothing(text: str) -> None:
    vocabulary = Vocabulary.learn([count_features(t, words(t)) for t in ("我要贷款 100", "hello loan")], 1)
    columns, weights = vocabulary.vector(count_features(text, words(text)))
    squares = float((weights**2).sum())
    assert len(set(columns.tolist())) == len(columns)
    assert min(abs(squares - blocks) for blocks in range(len(BLOCKS) + 1)) < 1e-4


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert normalise("貸款額度還款") == "贷款额度还款"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("二十万", ["<money>"]),
        ("1.2 million yuan", ["<money>"]),
        ("350k", ["<money>"]),
        ("5 km", ["<number>", "km"]),
        ("一年半", ["<span>"]),
        ("18 months", ["<span>"]),
        ("4.35%", ["<share>"]),
        ("百分之六", ["<share>"]),
        ("三个半点", ["<share>"]),
        ("2019年", ["<year>"]),
        ("十一个人", ["<count>", "人"]),
        ("nine employees", ["<count>"]),
        ("一样", ["一", "样"]),
        ("什么?", ["什", "么", "?"]),
    ],
)
def test_figures_become_their_class(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("担保人", "guarantor"), ("天气", "weather"), ("多少", "how much"), ("还不上", "can't pay"), ("谢谢", "thanks"), ("笑话", "jokes")],
)
def test_both_languages_share_concepts(chinese: str, english: str) -> None:
    assert concepts(chinese) == concepts(english)
    assert len(concepts(chinese)) == 1


def test_the_longest_known_phrase_names_the_concept() -> None:
    assert concepts("担保公司") == ["[guarantee]"]
    assert concepts("没逾期过")[0] == "[negation]"


def test_every_phrase_of_the_lexicon_is_found() -> None:
    for phrases in read_lexicon().values():
        for phrase in phrases:
            assert normalise(phrase) == phrase
            [found] = concepts(phrase)
            assert found.startswith("[")


@pytest.mark.parametrize("run", ["一", "十百", "one ", "1", "1,", "百分之", "2020年", "贷", "a"])
def test_long_runs_take_linear_time(run: str) -> None:
    started = time.process_time()
    concepts((run * 4096)[:4096])
    question_of((run * 4096)[:4096])
    assert time.process_time() - started < 1.0


@given(st.text(max_size=60))
def test_concepts_never_fail_and_never_grow(text: str) -> None:
    plain = normalise(text)
    line = concepts(plain)
    assert len(line) <= len(pieces(plain)) <= len(plain)
    assert len(list(concept_grams(line))) >= sum(map(is_class, line))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("利率多少", "asks"),
        ("能贷吗", "asks"),
        ("can the term be longer", "asks"),
        ("what rate", "asks"),
        ("帮我提交", "requests"),
        ("tell me more", "requests"),
        ("we are 5 people", "tells"),
        ("员工十几个", "tells"),
        ("", "tells"),
    ],
)
def test_cues_tell_questions_from_statements(text: str, wish: str) -> None:
    assert next(cues(text, concepts(text))) == wish


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("", ""),
        ("我开面馆的，一共五个人", ""),
        ("利率多少", ""),
        ("借50万利率多少", ""),
        ("我开面馆的，能贷多少？", ""),
        ("我开面馆的，一共五个人，能贷多少？", "我开面馆的 能贷多少?"),
        ("一年卖八十万 一共五个人 能贷多少", "能贷多少"),
        ("手上有两百万订单，能拿它去贷不，要买料", "能拿它去贷不 要买料"),
        ("we make 1,200.5 yuan a month. can i borrow 30k? we are in xi'an", "can i borrow 30k? we are in xi'an"),
        ("开店花了9万. any 退役军人 loan? 要15万", "any 退役军人 loan?"),
        ("i ordered it 2 weeks ago. where is it?", ""),
        ("利率多少，要不要抵押，50万", "利率多少 要不要抵押"),
    ],
)
def test_the_question_is_found_among_what_is_told(text: str, question: str) -> None:
    assert question_of(normalise(text)) == question


def test_a_figure_told_beside_a_question_weighs_less() -> None:
    told, both = (count_features(text, words(text)) for text in ("去年卖八十万", "去年卖八十万，利率多少"))
    assert told["t卖"] == told["t八"] == both["t利"] == 1
    assert both["t卖"] == both["t八"] == ASIDE < 1


def test_rare_features_can_be_dropped() -> None:
    documents = [Counter(["ta", "tb"]), Counter(["ta"])]
    assert list(Vocabulary.learn(documents, 1).columns) == ["ta", "tb"]
    assert list(Vocabulary.learn(documents, 2).columns) == ["ta"]


@pytest.mark.parametrize(("base", "growth"), [(0.5, 0.0), (1.4, 0.0), (1.0, 0.2)])
def test_temperature_is_found_again(base: float, growth: float) -> None:
    random = np.random.default_rng(1)
    tokens = random.integers(1, 80, size=8000)
    margins = 2 * random.normal(size=(8000, 4)).astype(np.float32)
    chances = softmax(margins / np.asarray(Temperature(base, growth).of(tokens))[:, None])
    truth = np.array([random.choice(4, p=row / row.sum()) for row in chances])
    found = fit_temperature(margins, truth, tokens)
    for size in (5, 20, 60):
        assert found.of(size) == pytest.approx(Temperature(base, growth).of(size), rel=0.12)
    assert fit_temperature(margins, truth, tokens, caution=0.8).of(20) == pytest.approx(0.8 * float(found.of(20)))


def test_a_text_without_tokens_has_the_temperature_of_one_token() -> None:
    assert Temperature(1.3, 0.2).of(0) == Temperature(1.3, 0.2).of(1) == pytest.approx(1.3)


def test_out_of_scope_grows_as_margins_shrink_even_without_examples() -> None:
    margins = np.array([[0.9, -1.0], [0.8, -1.0], [-1.0, 0.7]] * 10, dtype=np.float32)
    score = fit_out_of_scope(margins, np.array([0, 0, 1] * 10), -1)
    assert score.score(np.array([-1.0, -1.0])) > 0.9 > 0.5 > score.score(np.array([0.9, -1.0]))


def test_parts_deal_every_label_out_evenly() -> None:
    truth = np.array([0] * 30 + [1] * 9 + [2] * 4)
    part = parts(truth, seed=0)
    for label in range(3):
        sizes = [int(((part == number) & (truth == label)).sum()) for number in range(PARTS)]
        assert max(sizes) - min(sizes) <= 1


@given(st.integers(0, 2**32 - 1))
def test_rounded_weights_are_close_to_the_weights_themselves(seed: int) -> None:
    random = np.random.default_rng(seed)
    shapes = ((20, 8), (8,), (8, 3), (3,))
    weights, hidden_bias, output, output_bias = (random.normal(size=shape).astype(np.float32) for shape in shapes)
    columns, values = np.array([2, 5, 19]), np.array([0.5, 0.3, 0.8], dtype=np.float32)
    exact = np.maximum(values @ weights[columns] + hidden_bias, 0) @ output + output_bias
    rounded = Network.of(weights, hidden_bias, output, output_bias).logits(columns, values)
    assert rounded == pytest.approx(exact, abs=0.5)


def test_a_network_learns_what_no_linear_machine_can() -> None:
    """Either word alone is one label, both or none the other."""
    rows = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]] * 40, dtype=np.float32)
    truth = np.array([0, 1, 1, 0] * 40)
    schedule = Schedule(hidden_units=32, epochs=60, batch=16, rate=1e-2, dropped_features=0.0, dropped_units=0.0)
    network = train_network(csr_matrix(rows), truth, 2, schedule)
    for row, label in zip(rows[:4], truth[:4], strict=True):
        columns = np.flatnonzero(row)
        assert network.logits(columns, row[columns]).argmax() == label


def test_settings_are_read_as_the_configuration_names_them() -> None:
    settings = Settings.of({"min_documents": 3, "epochs": 7, "random_seed": 5, "ranking_length": 10, "caution": 0.9})
    assert settings == Settings(min_documents=3, caution=0.9, schedule=Schedule(epochs=7, seed=5))


OPENINGS = {
    "greet": ["你好", "您好呀", "hello", "hi there", "早上好", "good morning", "hey", "在吗", "你好你好"],
    "ask_documents": [
        "需要什么材料",
        "要哪些资料",
        "what documents do I need",
        "which papers",
        "材料清单",
        "papers list",
    ],
    "out_of_scope": ["今天天气", "讲个笑话", "tell me a joke", "weather today", "股票代码", "sing a song"],
}


SMALL = Settings(schedule=Schedule(hidden_units=16, epochs=40, batch=4))


@pytest.fixture(scope="module")
def model() -> IntentModel:
    examples = [Example(text, tuple(words(text)), label) for label, texts in OPENINGS.items() for text in texts]
    return fit(examples, SMALL)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("您好", "greet"), ("Hello!", "greet"), ("材料要什么", "ask_documents"), ("another joke", "out_of_scope")],
)
def test_the_model_learns_both_languages(model: IntentModel, text: str, intent: str) -> None:
    assert model.predict(text, words(text)).ranking[0][0] == intent


@given(st.text(max_size=200))
def test_any_text_has_probabilities(model: IntentModel, text: str) -> None:
    prediction = model.predict(text, words(text))
    shares = [share for _, share in prediction.ranking]
    assert {name for name, _ in prediction.ranking} == set(OPENINGS)
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0, abs=1e-5)
    assert 0.0 <= prediction.out_of_scope <= 1.0


def test_out_of_scope_texts_score_higher(model: IntentModel) -> None:
    inside, outside = (model.predict(text, words(text)).out_of_scope for text in ("需要哪些材料", "讲个天气笑话"))
    assert outside > 0.5 > inside


def test_a_stored_model_predicts_the_same(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = IntentModel.load(tmp_path)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".npz"]
    assert again.predict("hello 材料", words("hello 材料")) == model.predict("hello 材料", words("hello 材料"))


def test_half_a_stored_model_is_refused(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    stored = tmp_path / "classifier.json"
    stored.write_text(stored.read_text(encoding="utf-8").replace('"greet", ', ""), encoding="utf-8")
    with pytest.raises(ValueError, match="not complete"):
        IntentModel.load(tmp_path)


def test_training_is_repeatable() -> None:
    examples = [Example(text, tuple(words(text)), label) for label, texts in OPENINGS.items() for text in texts]
    first, second = fit(examples, SMALL), fit(examples, SMALL)
    assert np.array_equal(first.network.weights, second.network.weights)
    assert first.temperature == second.temperature


def test_two_labels_are_enough_and_one_is_not() -> None:
    two = [Example(t, tuple(words(t)), label) for label in ("greet", "ask_documents") for t in OPENINGS[label]]
    assert fit(two, SMALL).predict("你好", words("你好")).ranking[0][0] == "greet"
    with pytest.raises(ValueError, match="at least two intents"):
        fit(two[:3], SMALL)
