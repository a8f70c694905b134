"""kill -9 of a sweep at random moments, on a small scale; kill_sweep.py is the large one (make test-kill)."""

from __future__ import annotations

from pathlib import Path

from tests.harness.killing import survives


def test_F01_a_sweep_survives_kill_9(tmp_path: Path) -> None:
    """6 cells, killed twice: no orphan, none lost, none twice, and a store that is sound."""
    survives(tmp_path, cells=6, kills=2, seed=2)
