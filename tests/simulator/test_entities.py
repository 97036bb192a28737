"""Formatted text: what becomes an entity, where it lies in UTF-16, and how faulty markup is refused."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import Entity, Rich, checked, cut, trimmed, units, with_found
from bot.simulator.markup_html import parse_html
from bot.simulator.markup_markdown import parse_markdown
from bot.simulator.refusals import Refusal

Marked = list[tuple[str, str]]

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=12)
STYLES = {
    "bold": ("<b>", "</b>", "*"),
    "italic": ("<i>", "</i>", "_"),
    "strikethrough": ("<s>", "</s>", "~"),
    "code": ("<code>", "</code>", "`"),
}


def marked(rich: Rich) -> Marked:
    return [(entity.type, cut(rich.text, entity)) for entity in rich.entities]


def escaped(text: str) -> str:
    return re.sub(r"([_*\[\]()~`>#+\-=|{}.!\\])", r"\\\1", text)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp; &quot;q&quot; &#20320;&#x597D;", 'plain <b> & "q" 你好', []),
        ("&nbsp; stays", "&nbsp; stays", []),
        ("<b>贷款</b>😀<i>x</i>", "贷款😀x", [("bold", "贷款"), ("italic", "x")]),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>", "abcde",
         [("bold", "a"), ("italic", "b"), ("underline", "c"), ("strikethrough", "d"), ("strikethrough", "e")]),
        ('<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>', "st", [("spoiler", "s"), ("spoiler", "t")]),
        ("<a href='https://a.cn/?x=1&amp;y=2'>here</a>", "here", [("text_link", "here")]),
        ("<A href=\"example.org\">x</A>", "x", [("text_link", "x")]),
        ("<a>no address</a>", "no address", []),
        ("<b></b>empty", "empty", []),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", [("pre", "x = 1")]),
        ("<pre>a</pre><code>b</code>", "ab", [("pre", "a"), ("code", "b")]),
        ("<blockquote>q</blockquote><blockquote expandable>r</blockquote>", "qr", [("blockquote", "q"), ("expandable_blockquote", "r")]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", "👍")]),
        ("<b>short</>", "short", [("bold", "short")]),
    ],
)  # fmt: skip
def test_html(source: str, text: str, entities: Marked) -> None:
    rich = parse_html(source)
    assert (rich.text, marked(rich)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("贷<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("😀</b>", "Unexpected end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=x", "Unexpected end of name token at byte offset 8"),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href ", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_faulty_html(source: str, reason: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"Bad Request: can't parse entities: {reason}") + "$"):
        parse_html(source)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*贷款* _x_ __u__ ~s~ ||h|| `c`", "贷款 x u s h c",
         [("bold", "贷款"), ("italic", "x"), ("underline", "u"), ("strikethrough", "s"), ("spoiler", "h"), ("code", "c")]),
        ("*a _b_*", "a b", [("bold", "a b"), ("italic", "b")]),
        (r"1\.5\% \*", "1.5% *", []),
        ("[here](https://a.cn/\\)x)", "here", [("text_link", "here")]),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", [("custom_emoji", "👍")]),
        ("```python\nx = [1]\n```", "x = [1]\n", [("pre", "x = [1]\n")]),
        ("```a```", "a", [("pre", "a")]),
        (">one\n>two\nthree", "one\ntwo\nthree", [("blockquote", "one\ntwo\n")]),
        (">one\n>two||", "one\ntwo", [("expandable_blockquote", "one\ntwo")]),
        ("**", "", []),
    ],
)  # fmt: skip
def test_markdown(source: str, text: str, entities: Marked) -> None:
    rich = parse_markdown(source)
    assert (rich.text, marked(rich)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("贷*x", "Can't find end of Bold entity at byte offset 3"),
        ("__x_", "Can't find end of Italic entity at byte offset 3"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("||x", "Can't find end of Spoiler entity at byte offset 0"),
        ("[x", "Can't find end of TextUrl entity at byte offset 0"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
        ("1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a - b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("hi!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
    ],
)
def test_faulty_markdown(source: str, reason: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"Bad Request: can't parse entities: {reason}") + "$"):
        parse_markdown(source)


@given(st.text())
def test_any_text_survives_escaping(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert parse_html(html.escape(text, quote=False)) == Rich(text)
    if "\r" not in text:
        assert parse_markdown(escaped(text)) == Rich(text)


@given(st.lists(st.tuples(st.sampled_from(sorted(STYLES)), WORDS, WORDS), max_size=6))
def test_marked_words_come_back_where_they_were(parts: list[tuple[str, str, str]]) -> None:
    wanted = [(style, word) for style, word, _ in parts]
    as_html = "".join(STYLES[s][0] + html.escape(w, quote=False) + STYLES[s][1] + html.escape(gap, quote=False) for s, w, gap in parts)
    as_markdown = "".join(STYLES[s][2] + escaped(w) + STYLES[s][2] + escaped(gap) for s, w, gap in parts)
    text = "".join(word + gap for _, word, gap in parts)
    for rich in (parse_html(as_html), parse_markdown(as_markdown)):
        assert rich.text == text
        assert marked(rich) == wanted
        assert all(entity.offset >= 0 and entity.end <= units(text) for entity in rich.entities)


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(st.sampled_from("a 😀\n贷"), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_given_entities_lie_within_the_text_or_are_refused(text: str, offset: int, length: int) -> None:
    encoded = text.encode("utf-16-le")
    edges = {units(text[:end]) for end in range(len(text) + 1)}
    fits = offset in edges and offset + length in edges
    given_entities = [{"type": "bold", "offset": offset, "length": length}]
    if not fits:
        with pytest.raises(Refusal, match="entity beg"):
            checked(text, given_entities)
        return
    rich = trimmed(checked(text, given_entities))
    inside = encoded[offset * 2 : (offset + length) * 2].decode("utf-16-le")
    assert [stretch for _, stretch in marked(rich)] in ([], [inside], [inside.lstrip()], [inside.rstrip()], [inside.strip()])


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ((1, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        ((0, 1), "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
        ((9, 1), "entity begins after the end of the text at UTF-16 offset 9"),
        ((2, 9), "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11"),
        ((-1, 2), "receive an entity with incorrect offset -1"),
    ],
)
def test_entities_outside_the_text(entity: tuple[int, int], reason: str) -> None:
    with pytest.raises(Refusal, match=f"Bad Request: {reason}$"):
        checked("😀ab", [{"type": "bold", "offset": entity[0], "length": entity[1]}])


def test_what_is_found_without_markup() -> None:
    rich = with_found(Rich("/start@my_bot 😀 see https://a.cn/b, me@a.org, @ann_lee #贷款 $CNY and example.com/x. /no/path"))
    assert marked(rich) == [
        ("bot_command", "/start@my_bot"), ("url", "https://a.cn/b"), ("email", "me@a.org"), ("mention", "@ann_lee"),
        ("hashtag", "#贷款"), ("cashtag", "$CNY"), ("url", "example.com/x"), ("bot_command", "/no"),
    ]  # fmt: skip
    assert with_found(Rich("/start", (Entity("code", 0, 6),))).entities == (Entity("code", 0, 6),)
