"""How a table shows what is odd in a lineage."""

from __future__ import annotations

from fitment.registry.lineage.analyses.anomalies import Anomaly
from fitment.registry.report.lineage.anomalies import ANOMALIES
from fitment.registry.report.listing import listed


def test_a_row() -> None:
    """What is not said is a dash; the text of a file can't reach the terminal."""
    row = Anomaly("quarantined", "a\x1b[31m", None, 7, None, "its likes")
    shown = listed([row], "table", ANOMALIES, Anomaly)
    assert "\x1b" not in shown
    assert shown.splitlines()[-1].split()[-3:] == ["–", "its", "likes"]
    assert listed([row], "csv", ANOMALIES, Anomaly).startswith("kind,model,other,line,number,detail\r\n")
