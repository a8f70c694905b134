"""Lists of strings as Python writes them, by a parser of our own."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.reading import literals
from fitment.registry.lineage.reading.literals import LiteralError, strings_in
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic

STRINGS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=6)


@deterministic
@given(values=st.lists(STRINGS, max_size=4))
def test_what_python_shows_is_read_back(values: list[str]) -> None:
    """Quotes of either kind, backslashes, escapes of what can't be printed."""
    assert strings_in(repr(values)) == tuple(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", ()),
        ("[]", ()),
        ("[ ]", ()),
        ("NULL", ()),
        ("['']", ()),
        ("['a', '']", ("a",)),
        ("[ 'a' ,\t\"b's\" ]", ("a", "b's")),
        ("['a',]", ("a",)),
        (r"['caf\u00e9', '\x41\101\U0001F642\\\'']", ("café", "AA🙂\\'")),
        ("['a, b', '[c]']", ("a, b", "[c]")),
        ("[' a ']", (" a ",)),
    ],
)
def test_lists(text: str, values: tuple[str, ...]) -> None:
    """Blanks around a value don't count, those inside stay; empty values say nothing."""
    assert strings_in(text) == values


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("__import__('os').system('touch /tmp/never')", "not a list of strings"),
        ("['a', open('/etc/passwd')]", "something else than strings"),
        ("['a'] + ['b']", "something follows the list"),
        ("['a' 'b']", "no comma after value 1"),
        ("['a'b']", "quotes that don't match"),
        ("['a]", "never closed"),
        ("['a', 'b", "never closed"),
        ("[['a']]", "a list in the list"),
        ("['a', 1]", "something else than strings"),
        ("[r'a']", "something else than strings"),
        ("['a', , 'b']", "something else than strings"),
        ("('a',)", "not a list of strings"),
        ("{'a'}", "not a list of strings"),
        ("mit", "not a list of strings"),
        (r"['\q']", "an escape in the list that is none"),
        (r"['\N{BULLET}']", "an escape in the list that is none"),
        (r"['\U00110000']", "an escape in the list that is none"),
        (r"['\ud800']", "half a surrogate pair"),
        ("['a\0']", "control character"),
        (r"['a\n']", "control character"),
        ("['a\nb']", "never closed"),
        ("[" * 100_000, "a list in the list"),
        ("[" + "'a', " * 10_001 + "]", "at most 10,000"),
        ("['" + "a" * 100_000 + "']", "at most 100,000"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_list_of_strings(text: str, reason: str) -> None:
    """Is refused with its reason; none of it runs."""
    with pytest.raises(LiteralError, match=reason):
        strings_in(text)


def test_nothing_is_evaluated() -> None:
    """The parser has no way to: neither eval nor ast nor a codec of escapes."""
    with open(literals.__file__, encoding="utf-8") as stream:
        code = stream.read().partition("from __future__")[2]
    assert not any(word in code for word in ("eval(", "exec(", "ast.", "literal_eval", "unicode_escape"))
