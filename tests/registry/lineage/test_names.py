"""Names as arrays, each way."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.names import Names, by_hash, hash_of, packed
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.lists(st.text("ab/é🙂", max_size=4), max_size=20, unique=True)


def test_a_published_hash() -> None:
    """FNV-1a as its authors list it."""
    assert hash_of(b"foobar") == 0x85944171F73967E8


@given(names=NAMES, others=NAMES)
def test_names_are_found_one_by_one_and_all_at_once(names: list[str], others: list[str]) -> None:
    """Interpreted and compiled alike; those that are not there are nowhere."""
    kept = by_hash(*packed(names))
    assert list(kept.all()) == names == kept.of(range(len(names)))
    assert [kept.find(name) for name in names] == list(range(len(names)))
    expected = [names.index(name) if name in names else -1 for name in others]
    assert [-1 if found is None else found for found in map(kept.find, others)] == expected
    assert kept.find_all(*packed(others)).tolist() == expected


def test_names_in_a_file_are_found(tmp_path) -> None:
    """Memory-mapped, read-only arrays serve as they are."""
    arrays = []
    kept = by_hash(*packed(["b", "a", "c"]))
    for at, array in enumerate((kept.text, kept.starts, *kept.table)):
        np.save(tmp_path / f"{at}.npy", array)
        arrays.append(np.load(tmp_path / f"{at}.npy", mmap_mode="r"))
    mapped = Names(*arrays)
    assert (mapped.find("a"), mapped.find("d")) == (1, None)
    assert mapped.find_all(*packed(["c", "d"])).tolist() == [2, -1]


def test_two_names_of_one_hash() -> None:
    """Are told apart by their bytes."""
    text, starts = packed(["b", "a"])
    same = Names(text, starts, np.repeat(np.uint64(hash_of(b"a")), 2), np.array([0, 1], np.int32))
    assert same.find("a") == 1


def test_names_without_hashes() -> None:
    """Have their texts, and cannot be looked for."""
    plain = Names(*packed(["a"]), None, None)
    assert plain[0] == "a"
    with pytest.raises(LookupError, match="not sorted by hash"):
        plain.find("a")


def test_what_no_file_can_say_is_not_there() -> None:
    """A half of a surrogate pair, as a command line may hold it."""
    assert by_hash(*packed(["a"])).find("\udc80") is None
