"""Names by their hash."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.name_hashes import found_names, hash_order, name_hashes
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from tests.kernels.graphs import texts
from tests.kernels.strategies import deterministic

NAMES = st.lists(st.text("ab/é🙂\0", max_size=4), max_size=30)


def test_published_values() -> None:
    """FNV-1a of 64 bits as its authors list it."""
    assert name_hashes(*texts(["", "a", "foobar"])).tolist() == [
        0xCBF29CE484222325,
        0xAF63DC4C8601EC8C,
        0x85944171F73967E8,
    ]


@deterministic
@given(names=NAMES, asked=NAMES)
def test_names_are_found_where_they_stand_first(names: list[str], asked: list[str]) -> None:
    """Each asked name has the number of the first equal name, or −1."""
    text, starts = texts(names)
    by_hash = hash_order(name_hashes(text, starts))
    found = found_names(text, starts, by_hash.hashes, by_hash.order, *texts(asked))
    assert found.tolist() == [names.index(name) if name in names else -1 for name in asked]


def test_many_names_at_once() -> None:
    """Half of those asked for are there, the last as well as the first."""
    names = [f"org/model-{i}" for i in range(200)]
    text, starts = texts(names)
    by_hash = hash_order(name_hashes(text, starts))
    asked = np.random.default_rng(0).permutation(400)
    found = found_names(
        text, starts, by_hash.hashes, by_hash.order, *texts([f"org/model-{i}" for i in asked])
    )
    assert_array_equal(found, np.where(asked < 200, asked, -1))


def test_names_of_one_hash_are_told_apart() -> None:
    """By their bytes: the table says that all these have the hash of "b"."""
    text, starts = texts(["a", "bb", "b", "c"])
    same = np.repeat(name_hashes(*texts(["b"])), 4)
    assert found_names(text, starts, same, np.arange(4), *texts(["b", "c"])).tolist() == [2, -1]
    assert found_names(text[:3], starts[:3], same[:2], [0, 1], *texts(["b"])).tolist() == [-1]


@pytest.mark.parametrize("spread", [1, 2**20, 2**43])
def test_hashes_of_one_beginning_are_sorted_too(spread: int) -> None:
    """However few bits they differ in."""
    hashes = np.random.default_rng(0).permutation(300).astype(np.uint64) // np.uint64(2) * np.uint64(spread)
    found = hash_order(hashes)
    assert_array_equal(found.order, np.argsort(hashes, kind="stable"))
    assert_array_equal(found.hashes, np.sort(hashes))


def test_arguments_that_do_not_fit() -> None:
    """Are refused by name."""
    text, starts = texts(["a", "b"])
    hashes = hash_order(name_hashes(text, starts))
    asked = texts(["a"])
    with pytest.raises(ValueError, match="starts must rise from 0 to the number of bytes in text, 2"):
        name_hashes(text, [0, 2, 1])
    with pytest.raises(ValueError, match="order must lie between 0 and the number of names - 1, 1"):
        found_names(text, starts, hashes.hashes, [0, 2], *asked)
    with pytest.raises(ValueError, match="asked_starts must rise"):
        found_names(text, starts, hashes.hashes, hashes.order, asked[0], [0, 2])
    with pytest.raises(ValueError, match="text must lie between 0 and 255"):
        name_hashes([256], [0, 1])
