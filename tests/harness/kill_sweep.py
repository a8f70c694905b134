"""kill -9 of a sweep at random moments, in full: ``make test-kill``, which takes minutes."""

from __future__ import annotations

from pathlib import Path

from tests.harness.killing import survives


def test_F01_200_cells_survive_ten_kills(tmp_path: Path) -> None:
    """200 cells with real children, killed ten times: no orphan, none lost, none twice, a sound store."""
    survives(tmp_path, cells=200, kills=10, seed=20)
