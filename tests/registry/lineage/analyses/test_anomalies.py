"""What is odd in an ecosystem."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
from fitment.registry.lineage.analyses.anomalies import KINDS, counted, listed, reasons
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.reading.read_models import read_models
from fitment.registry.lineage.reading.row_arrays import row_arrays
from fitment.registry.lineage.reading.sound_rows import sorted_out

ROWS = """model_id,parent_model,createdAt,likes
a,[],1969-07-20T20:17:40Z,1
b,"['a', 'c']",2023-01-02T00:00:00Z,1
c,['b'],2023-01-01T00:00:00Z,1
d,"['d', 'gone', 'gone', 'lost']",2999-01-01T00:00:00Z,1
e,['gone'],,1
f,[],,-1
f,eval('1'),,1
g,[],,1
g,[],,1
"""


def made(folder: Path) -> Ecosystem:
    (folder / "m.csv").write_text(ROWS)
    arrays = row_arrays(sorted_out(read_models(folder / "m.csv")[0]))
    return Ecosystem(arrays, recorded_at=datetime(2026, 1, 1))


def test_each_kind_by_hand(tmp_path: Path) -> None:
    """b and c come from one another, d names itself, c is a day older than its parent b."""
    found = made(tmp_path)
    assert counted(found) == {
        "quarantined": 3,
        "skipped": 2,
        "self-loop": 1,
        "cycle": 1,
        "several-parents": 1,
        "older-child": 1,
        "before-1970": 1,
        "future": 1,
    }
    told = [(row.kind, row.model, row.other, row.line, row.number) for row in listed(found, tuple(KINDS))]
    assert told == [
        ("quarantined", "f", None, 7, None),
        ("quarantined", "f", None, 8, None),
        ("quarantined", "g", None, 10, None),
        ("skipped", "gone", None, None, 2),
        ("skipped", "lost", None, None, 1),
        ("self-loop", "d", "d", None, None),
        ("cycle", "b", None, None, 2),
        ("several-parents", "b", None, None, 2),
        ("older-child", "c", "b", None, -1),
        ("before-1970", "a", None, None, None),
        ("future", "d", None, None, None),
    ]
    details = {row.kind: row.detail for row in listed(found, ("cycle", "several-parents", "future"))}
    assert details == {"cycle": "b, c", "several-parents": "a, c", "future": "2999-01-01T00:00:00Z"}
    assert [row.model for row in listed(found, ("skipped", "quarantined"), 1)] == ["gone", "f"]
    assert reasons(found) == {"its likes": 1, "its model_id stands before": 1, "its parent_model": 1}


def test_nothing_odd(tmp_path: Path) -> None:
    """Nothing is listed; a parent of the same moment or of an unknown one is not younger."""
    (tmp_path / "m.csv").write_text("model_id,parent_model,createdAt\na,[],\nb,['a'],2023-01-01T00:00:00Z\n")
    found = Ecosystem(row_arrays(sorted_out(read_models(tmp_path / "m.csv")[0])))
    assert set(counted(found).values()) == {0}
    assert listed(found, tuple(KINDS)) == ()
    assert np.isnan(found.edges.days).all()


def test_a_refused_id_is_cut_and_inert(tmp_path: Path) -> None:
    """It may be of any length, and hold what moves a cursor."""
    (tmp_path / "m.csv").write_text(f"model_id,parent_model\n\x1b[31m,[]\n{'z' * 9999},[]\n")
    found = Ecosystem(row_arrays(sorted_out(read_models(tmp_path / "m.csv")[0])))
    assert [row.model for row in listed(found, ("quarantined",))] == ["\\x1b[31m", "z" * 500 + "…"]
