"""Keys of draws: of names alone, the same everywhere."""

from __future__ import annotations

from fitment.kernels.draw_key import draw_key, short_key
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.strategies import deterministic

names = st.lists(st.text(max_size=5), max_size=4)


def test_key_is_what_it_was() -> None:
    """A key once printed stays: stored draws and golden files stand on it."""
    assert draw_key("resnet50", "RTX 4090", "batch 32").hex() == "c58d36aeeca6b7e70693e8c6f2725287"
    assert short_key(bytes(range(16))) == 0x0706050403020100


@deterministic
@given(names, names)
def test_other_names_have_other_keys(first: list[str], second: list[str]) -> None:
    """Names count one by one and in order: no two lists run together into one key."""
    assert (draw_key(*first) == draw_key(*second)) == (first == second)


def test_names_that_are_no_text_in_utf8() -> None:
    """A name out of a file system, with bytes that are no UTF-8, has a key as well."""
    assert len(draw_key("\udcff")) == 16
