"""The strings that each text of a column lists."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.names import packed
from fitment.registry.lineage.reading.columns import Coded
from fitment.registry.lineage.reading.lists import lists_of
from fitment.registry.lineage.reading.literals import strings_in
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic

PIECES = st.sampled_from(["', '", "a", "'", ", ", "é", "\\", '"'])
LISTS = st.lists(PIECES, max_size=9).map(lambda pieces: f"['{''.join(pieces)}']")
TEXTS = st.lists(st.text("[]'a\",\\ é", max_size=7) | LISTS, max_size=9)


@deterministic
@given(texts=TEXTS)
def test_the_plain_shape_is_read_as_the_parser_reads_it(texts: list[str]) -> None:
    """The strings of each text, or its reason."""
    text, starts = packed(texts)
    coded = Coded(text, starts, np.arange(len(texts), dtype=np.int32))
    fast, slow = (lists_of(coded, strings_in, plain=plain) for plain in (True, False))
    assert fast[1] == slow[1]
    assert [fast[0].of(at) for at in range(len(texts))] == [slow[0].of(at) for at in range(len(texts))]


def test_more_than_is_read() -> None:
    """Has the parser's reason also in the plain shape."""
    text, starts = packed([f"['{'a' * 100_000}']", repr(["a"] * 10_001), repr(["a"] * 10_000)])
    found, bad = lists_of(Coded(text, starts, np.zeros(1, np.int32)), strings_in, plain=True)
    assert list(bad) == [0, 1]
    assert np.diff(found.begins).tolist() == [0, 0, 10_000]


def test_bytes_that_are_no_text() -> None:
    """Have a reason, and no strings."""
    raw = np.frombuffer(b"['\xff']['a']", np.uint8)
    found, bad = lists_of(Coded(raw, np.array([0, 5, 10]), np.zeros(1, np.int32)), strings_in, plain=True)
    assert bad == {0: "not UTF-8"}
    assert (found.of(0), found.of(1)) == ((), ("a",))
