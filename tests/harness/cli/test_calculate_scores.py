from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.storage.store import Store


def test_scores_are_stored_for_those_who_query(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The integration tables hold the pair afterwards, and the verb says how much was scored."""
    assert main(["score"]) == 0
    assert capsys.readouterr().out.startswith("1 hardware-model pairs scored from 4 estimates; ")
    query = "SELECT recommended_batch_size, recommended_precision FROM hardware_model_compatibility"
    with Store.open(filled).reading() as con:
        assert con.execute(query).fetchall() == [(32, "fp32")]
