"""The arrays of an ecosystem from the rows of its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.reading.read_models import read_models
from fitment.registry.lineage.reading.row_arrays import row_arrays
from fitment.registry.lineage.reading.sound_rows import sorted_out

from tests.registry.lineage.files import BASE, ROWS, SMALL, TUNED, write_csv


def made(path: Path) -> Ecosystem:
    return Ecosystem(row_arrays(sorted_out(read_models(path)[0])))


def test_by_hand(tmp_path: Path) -> None:
    """Three models, three edges, of which one is typed twice over, and a parent that is not there."""
    found = made(write_csv(tmp_path / "m.csv"))
    assert list(found.names.all()) == ["acme/base", "o'neill/tuned", "acme/small"]
    assert found.edges.parent.tolist() == [0, 0, 1]
    assert found.edges.child.tolist() == [1, 2, 2]
    assert found.edges.types.tolist() == [1, 0, 2]
    assert found.edges.label.tolist() == [1, 0, 2]
    np.testing.assert_array_equal(found.edges.likes_change, [-6, np.nan, np.nan])
    np.testing.assert_array_equal(found.edges.days, [2, -1, -3])
    assert list(found.missing.names.all()) == ["gone/away"]
    assert (found.missing.child.tolist(), found.missing.parent.tolist()) == ([2], [0])
    assert [found.trait("languages").of(model) for model in range(3)] == [("en", "fr"), ("en",), ()]
    assert [found.trait("tasks").of(model) for model in range(3)] == [("text-generation",), (), ()]
    assert len(found.quarantine.lines) == 0


def test_rows_in_quarantine_are_no_models(tmp_path: Path) -> None:
    """Nor parents: who names one names somebody who is not there."""
    bad = dict(BASE) | {"model_id": "bad/base", "likes": "-1"}
    child = {"model_id": "acme/child", "adapter_parent": "['bad/base', 'acme/base', 'gone/b']"}
    own = {"model_id": "acme/own", "merge_parent": "['acme/own']", "finetune_parent": "['gone/b']"}
    found = made(write_csv(tmp_path / "m.csv", [bad, *ROWS, child, dict(TUNED), own]))
    assert [found.names.find(name) for name in ("acme/base", "acme/child", "bad/base")] == [0, 3, None]
    assert list(found.missing.names.all()) == ["bad/base", "gone/away", "gone/b"]
    assert found.missing.child.tolist() == [2, 3, 3, 4]
    assert found.missing.parent.tolist() == [1, 0, 2, 2]
    assert found.edges.parent.tolist() == [0, 0, 0, 1, 4]
    assert found.edges.child.tolist() == [1, 2, 3, 2, 4]
    assert found.quarantine.lines.tolist() == [2, 7]
    assert list(found.quarantine.ids.all()) == ["bad/base", "o'neill/tuned"]
    assert [reason.partition(":")[0] for reason in found.quarantine.reasons.all()] == [
        "its likes",
        "its model_id stands before",
    ]


def test_no_parents_at_all(tmp_path: Path) -> None:
    """Are models without edges."""
    found = made(write_csv(tmp_path / "m.csv", [BASE, {"model_id": "b"}], ["model_id", "merge_parent"]))
    assert (len(found), len(found.edges.parent), len(found.missing.names)) == (2, 0, 0)
    assert SMALL["model_id"] not in set(found.names.all())
