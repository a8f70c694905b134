"""What doctor does about the arrays of a lineage."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.lineage.kept.build import build_lineage
from fitment.registry.lineage.kept.checked import check_lineage
from fitment.registry.storage.store import Store

from tests.registry.lineage.files import write_csv


def test_every_array_is_checked(tmp_path: Path) -> None:
    """A damaged one is found though nobody asked for it; the second look finds nothing."""
    path = tmp_path / "x.duckdb"
    assert check_lineage(path) == ()
    build_lineage(Store.open(path, create=True), write_csv(tmp_path / "m.csv"))
    assert check_lineage(path) == ()
    (file,) = (tmp_path / "x.lineage").glob("*/edge_days.npy")
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    repair = f"{tmp_path / 'x.lineage'}: made again from the journal, arrays were missing or damaged"
    assert check_lineage(path) == (repair,)
    assert check_lineage(path) == ()
