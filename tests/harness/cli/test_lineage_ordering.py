"""``fitment lineage ordering`` on a store."""

from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_of_licences(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """mit, gpl, apache agrees with all three arcs, and nothing else does; more than 20 values are refused."""
    words = ["lineage", "ordering", "licences", "--db-path", analysed]
    assert main([*words, "--weighted"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in printed[2:5]] == ["mit", "gpl-3.0", "apache-2.0"]
    assert printed[5].startswith("3 of 3 arcs agree (100.0%), the most that can by their traffic, and 4 of 4")
    assert printed[6] == "no other order agrees as well"
    assert main([*words, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1,mit,3,0"
    assert main([*words, "--top", "21"]) == 2
    assert "say --top 20" in capsys.readouterr().err
