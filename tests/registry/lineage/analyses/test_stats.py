"""An ecosystem in numbers."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.lineage.analyses.stats import stats_of

from tests.registry.lineage.analyses.test_anomalies import made


def test_by_hand(tmp_path: Path) -> None:
    """a > b, b and c in a cycle, d alone but for itself, e and g without an edge."""
    found = stats_of(made(tmp_path))
    assert (found.models, found.edges, found.namings_skipped) == (6, 4, 3)
    assert found.by_label == {"untyped": 4, "finetune": 0, "quantized": 0, "adapter": 0, "merge": 0}
    assert set(found.by_type.values()) == {0}
    assert (found.alone, found.roots, found.components, found.largest) == (2, 2, 1, ("a", 3))
    assert found.in_cycles == 2
    assert found.by_depth == (4, 2)
    assert found.said["likes"] == 6
    assert (found.said["created"], found.said["licences"], found.said["card"]) == (4, 0, 0)
    assert found.anomalies["quarantined"] == sum(found.quarantine.values()) == 3
