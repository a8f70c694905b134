"""Batches of models say what one batch of all would."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.imports import peatmoss_models
from fitment.registry.imports.peatmoss import read
from fitment.registry.storage import model_columns

from tests.registry.imports.peatmoss_file import write


def test_the_size_of_a_batch_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One model at a time, with gaps between the ids, gives the same table, rejects and notes."""
    more = "INSERT INTO model (id, context_id, model_hub_id) VALUES (900, 'late', 2), (950, '', 1);"
    path = write(tmp_path, more=more)
    whole = read(path)
    monkeypatch.setattr(peatmoss_models, "BATCH", 1)
    single = read(path)
    assert single.models.equals(whole.models)
    assert (single.uses, single.rejects, single.warnings) == (whole.uses, whole.rejects, whole.warnings)
    assert whole.models.schema == model_columns.models()
    assert "pytorch:late" in whole.models["model_id"].to_pylist()
