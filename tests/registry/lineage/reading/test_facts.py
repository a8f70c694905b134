"""All rows of a file as one segment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from fitment.registry.lineage.reading import facts
from fitment.registry.lineage.reading.read_csv import read_csv
from fitment.registry.lineage.reading.row_arrays import row_arrays
from fitment.registry.lineage.reading.sound_rows import read_again, sorted_out


def test_facts_hold_every_row(tmp_path: Path) -> None:
    """What was read comes back, sound or not, and gives the same arrays."""
    path = tmp_path / "m.csv"
    path.write_bytes(
        b"model_id,merge_parent,likes\na,\"['b', 'c']\",1\nb\xff,[],2\nc,__import__('os'),\na,[],3\n"
    )
    rows, _ = read_csv(path)
    found = sorted_out(rows)
    again, reasons = facts.decoded(facts.encoded(rows, found.reasons))
    assert reasons == dict(found.reasons)
    assert list(reasons) == [1, 2, 3]
    assert (again.lines.tolist(), again.name_bytes.tobytes()) == ([2, 3, 4, 5], b"ab\xffca")
    np.testing.assert_array_equal(again.wholes["likes"], rows.wholes["likes"])
    assert again.created.tolist() == rows.created.tolist()
    first, second = row_arrays(found), row_arrays(read_again(again, reasons))
    assert [name for name in first if first[name].tobytes() != second[name].tobytes()] == []


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """A segment is named by its content."""
    path = tmp_path / "m.csv"
    path.write_bytes(b"model_id,parent_model\na,[]\n")
    assert facts.encoded(read_csv(path)[0], {}) == facts.encoded(read_csv(path)[0], {})
