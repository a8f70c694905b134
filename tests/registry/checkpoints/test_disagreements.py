from __future__ import annotations

import pytest
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.checkpoints.disagreements import disagreements
from fitment.registry.checkpoints.facts import Facts
from fitment.registry.storage.store import Store


@pytest.fixture
def recorded(store: Store) -> Store:
    """Two versions of one model in the catalogue, and one that declares no parameters."""
    records = [
        ModelRecord(model_id="llama", version="v1", parameters=7_000_000_000),
        ModelRecord(model_id="llama", version="v2", parameters=13_000_000_000),
        ModelRecord(model_id="silent"),
    ]
    record_models(store, records, "test")
    return store


@pytest.mark.parametrize(
    ("model", "version", "facts", "differs"),
    [
        ("llama", "v1", Facts(parameters=6_738_415_616), False),
        ("llama", "v1", Facts(parameters=13_015_864_320), True),
        ("llama", "v2", Facts(parameters=13_015_864_320), False),
        ("llama", "other", Facts(parameters=1), True),
        ("llama", "v1", Facts(parameters=4_194_304, adapter="LORA, rank 8"), False),
        ("llama", "v1", Facts(), False),
        ("silent", "v1", Facts(parameters=1), False),
        ("unknown", "v1", Facts(parameters=1), False),
    ],
)
def test_parameters_that_no_rounding_explains_are_said(
    recorded: Store, model: str, version: str, facts: Facts, differs: bool
) -> None:
    """Against the record of that version, else the newest; never for an adapter."""
    with recorded.reading() as con:
        found = disagreements(con, model, version, facts)
    assert bool(found) == differs
    if model == "llama" and version == "v1" and differs:
        assert found == (
            "the files hold 13,015,864,320 parameters, the catalogue declares 7,000,000,000 of llama",
        )
