"""YAML as texts with their lines."""

from __future__ import annotations

import time

import pytest
import yaml
from fitment.registry.cards.card import CardError
from fitment.registry.cards.strict_yaml import DEEPEST, Mapping, Node, Scalar, Sequence, mapping
from hypothesis import given
from hypothesis import strategies as st


def plain(node: Node) -> object:
    """The node without its lines."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.items.items()}


def test_nothing_is_guessed() -> None:
    """Norway, exponents, dates, octals and quoted nulls stay their letters; a bare null says nothing."""
    text = "language: no\na: 1e3\nb: 2020-01-01\nc: 0o17\nd: 'null'\ne: null\nf: ~\ng:\nh: yes\ni: 1_000"
    assert plain(mapping(text, "card")) == {
        "language": "no",
        "a": "1e3",
        "b": "2020-01-01",
        "c": "0o17",
        "d": "null",
        "e": "",
        "f": "",
        "g": "",
        "h": "yes",
        "i": "1_000",
    }


def test_each_text_and_key_knows_its_line() -> None:
    """Counted from the line of the file on which the front matter begins."""
    found = mapping("a: 1\nb:\n- x\n- y\n", "card", 2)
    assert found.lines == {"a": 2, "b": 3}
    assert found.items["a"] == Scalar("1", 2)
    inner = found.items["b"]
    assert isinstance(inner, Sequence)
    assert inner.items == [Scalar("x", 4), Scalar("y", 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2", 'card:3: "a" stands twice, first on line 2'),
        ("a: b: c", "card:2: not YAML: mapping values are not allowed in this context"),
        ("a: 1\n\tb: 2", "card:3: not YAML: found a tab"),
        ("a: 1\nb: 'x", "card:3: not YAML: "),
        ("a: 1\nb: \0", "card:3: not YAML: control characters"),
        ("\x1b[31m: 1", "card:2: not YAML: control characters"),
        ("- a", "card:2: a list where keys"),
        ("[a]: 1", "card:2: a key that is no text"),
        ("a: *x", 'card:2: "*x" names nothing'),
        ("a: &x [*x]", 'card:2: "*x" names nothing'),
        ("a: 1\n---\nb: 2", "card:4: a second document"),
        ("a: " + "[" * 100_000, f"card:2: nested deeper than {DEEPEST} levels"),
        ("- " * 100_000, f"card:2: nested deeper than {DEEPEST} levels"),
        ("{" * 50_000, "card:2: a key that is no text"),
    ],
)
def test_what_is_broken_is_named_with_its_line(text: str, expected: str) -> None:
    """Never read as something else, and never as nothing."""
    with pytest.raises(CardError) as raised:
        mapping(text, "card", 2)
    assert str(raised.value).startswith(expected)


def test_aliases_are_followed_and_a_bomb_is_refused() -> None:
    """What a dump of repeated objects holds is read; nine levels of nine aliases are not."""
    assert plain(mapping("a: &x [1, 2]\nb: *x", "card")) == {"a": ["1", "2"], "b": ["1", "2"]}
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    started = time.process_time()
    with pytest.raises(CardError, match=r"card:\d+: more than 500,000 values, aliases followed"):
        mapping(bomb, "card")
    assert time.process_time() - started < 5  # not a speed: it ends at all


def test_tags_build_nothing() -> None:
    """A Python tag is stepped over; the text stays."""
    text = "a: !!python/object/apply:os.system ['true']\nb: !!int '7'\nc: !x y"
    assert plain(mapping(text, "card")) == {"a": ["true"], "b": "7", "c": "y"}


def test_only_comments_are_an_empty_mapping() -> None:
    """As is nothing at all."""
    assert mapping("# nothing\n", "card") == Mapping({}, 1, {}) == mapping("", "card")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
NODES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(TEXTS, NODES, min_size=1, max_size=4))
def test_what_pyyaml_writes_comes_back(value: dict[str, object]) -> None:
    """Texts that PyYAML dumps, quoted as it sees fit, are the texts that are read."""
    assert plain(mapping(yaml.safe_dump(value, allow_unicode=True), "card")) == value
