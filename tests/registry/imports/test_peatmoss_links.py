"""Links in batches say what one look-up after the other would."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import numpy as np
from fitment.registry.imports.peatmoss_links import linked, vocabulary
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.dictionaries(st.integers(-5, 8), st.sampled_from(["b", "a", "none", "", "c c"]), max_size=6)
PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(-5, 9)), max_size=30)


@given(tags=NAMES, words=NAMES, tagged=PAIRS, worded=PAIRS, ids=st.sets(st.integers(0, 9), min_size=1))
def test_as_one_by_one(
    tags: dict[int, str],
    words: dict[int, str],
    tagged: set[tuple[int, int]],
    worded: set[tuple[int, int]],
    ids: set[int],
) -> None:
    """The names of each model are those of its links, sorted, each once; what is nothing is left out."""
    with closing(sqlite3.connect(":memory:")) as con:
        for table, rows, links in (("tag", tags, tagged), ("library", words, worded)):
            con.execute(f"CREATE TABLE {table} (id, name)")
            con.execute(f"CREATE TABLE model_to_{table} (model_id, {table}_id)")
            con.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows.items())
            con.executemany(f"INSERT INTO model_to_{table} VALUES (?, ?)", sorted(links))
        known = vocabulary(con, ["tag", "library"], Counter())
        found = linked(con, known, ["tag", "library"], np.array(sorted(ids), np.int64))
    expected = []
    for model in sorted(ids):
        names = {tags.get(key, "") for owner, key in tagged if owner == model}
        names |= {words.get(key, "") for owner, key in worded if owner == model}
        expected.append(sorted(names - {"", "none"}))
    assert found.lists().to_pylist() == expected
    assert found.counts.tolist() == [len(names) for names in expected]
    few = found.among(frozenset({"a"})).lists().to_pylist()
    assert few == [[name for name in names if name == "a"] for names in expected]
