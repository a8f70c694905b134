"""The numbers of a lineage in lines."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.lineage.analyses.stats import stats_of
from fitment.registry.report.lineage.stats import stats_text

from tests.registry.lineage.analyses.test_anomalies import made
from tests.registry.lineage.small import ecosystem


def test_lines(tmp_path: Path) -> None:
    """Each number before its word; reasons and kinds are named."""
    lines = stats_text(stats_of(made(tmp_path))).splitlines()
    assert "           6  models" in lines
    assert "           4  edges" in lines
    assert "           3    in the largest, that of a" in lines
    assert "           1    cycle: groups of models that come from one another" in lines


def test_types_beside_the_label_and_depths() -> None:
    """What an edge is beside its label; depths are counted one by one up to a point."""
    chain = " ".join(f"m{n:02}>m{n + 1:02}:finetune+merge" for n in range(20))
    lines = stats_text(stats_of(_whole(chain))).splitlines()
    assert "           0    labelled finetune (and 20 more are that as well)" in lines
    assert "          20  edges on the longest way from a root" in lines
    assert "           1    models at depth 11" in lines
    assert "           9    models deeper" in lines


def _whole(edges: str):  # type: ignore[no-untyped-def]
    """A small ecosystem with what a build adds to it: nothing missing, nobody in quarantine."""
    import numpy as np
    from fitment.registry.lineage.ecosystem import Ecosystem

    small = ecosystem(edges)
    nobody = {"missing_bytes": np.zeros(0, np.uint8), "missing_at": np.zeros(1, np.int64)}
    nobody |= {
        name: np.zeros(0, np.int32) for name in ("missing_child", "missing_parent", "quarantine_lines")
    }
    for name in ("ids", "reasons"):
        nobody |= {
            f"quarantine_{name}_bytes": np.zeros(0, np.uint8),
            f"quarantine_{name}_at": np.zeros(1, np.int64),
        }
    return Ecosystem({**small._arrays, **nobody})
