"""``fitment lineage fertility`` on a store."""

from __future__ import annotations

import pytest
from fitment.harness.cli.main import main


def test_a_table_and_csv(analysed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the finetunes b, c, d and y only c has children; along quantized edges nobody has any."""
    words = ["lineage", "fertility", "--db-path", analysed]
    assert main(words) == 0
    assert "finetune     4         1              25.0%" in capsys.readouterr().out
    assert main([*words, "--view", "quantized", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[2].startswith("quantized,1,0,0.0,0.0,0.79")
