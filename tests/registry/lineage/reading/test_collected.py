"""The rows of a file from the parts in which it was read."""

from __future__ import annotations

import numpy as np
from fitment.registry.lineage.names import packed
from fitment.registry.lineage.reading.collected import Collected, Part, numbered


def part(*names: str) -> Part:
    """Rows whose parent is their own name in brackets, and whose first can't be taken."""
    text, starts = packed(names)
    parents, at = packed(f"[{name}]" for name in names)
    told = numbered((parents, at[:-1], at[1:]))
    lines, when = np.arange(len(names)), np.full(len(names), "NaT", "datetime64[us]")
    return Part(lines, (text, starts[:-1], starts[1:]), {}, when, {"parent_model": told}, {0: "odd"})


def test_parts_together() -> None:
    """Each text of a column once, whichever part it came in; problems by the place in the whole."""
    rows = Collected()
    for names in (("a", "bb", "a"), (), ("bb", "c")):
        rows.add(part(*names))
    whole = rows.whole()
    assert whole.name_bytes.tobytes() == b"abbabbc"
    assert whole.name_starts.tolist() == [0, 1, 3, 4, 6, 7]
    coded = whole.texts["parent_model"]
    assert coded.codes.tolist() == [0, 1, 0, 1, 2]
    assert coded.text.tobytes() == b"[a][bb][c]"
    assert whole.problems == {0: "odd", 3: "odd"}
    assert np.isnan(whole.wholes["likes"]).tolist() == [True] * 5
    assert whole.texts["task"].codes.tolist() == [0] * 5


def test_no_parts() -> None:
    """Are no rows."""
    assert len(Collected().whole()) == 0
