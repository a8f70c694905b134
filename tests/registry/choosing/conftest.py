"""A store in which models are recorded and some of them measured."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, measure

RECORDS = (
    ModelRecord(
        model_id="x/a", measured_as=("a",), licence="mit", parameters=10**8, downloads=10, rating=4.0,
        tags=("fast",),
    ),
    ModelRecord(model_id="b", licence="mit", parameters=2 * 10**8, downloads=5, rating=5.0, tags=("fast",)),
    ModelRecord(model_id="c", licence="mit", parameters=10**8),
    ModelRecord(model_id="d", licence="mit"),
    ModelRecord(model_id="e", licence="mit", parameters=10**8, tags=("chat",)),
)  # fmt: skip


@pytest.fixture(scope="package")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """``b`` twice as fast as ``a`` here, both faster there; ``c`` without room; ``d``, ``e`` never run."""
    store = Store.open(tmp_path_factory.mktemp("recorded") / "models.duckdb", create=True)
    for model, throughput in (("a", 100.0), ("b", 200.0)):
        for step in (0.99, 1.0, 1.01):
            measure(store, model, HERE, 4, throughput * step)
        measure(store, model, THERE, 4, 3 * throughput)
    measure(store, "c", HERE, 4, None, status="oom_host")
    record_models(store, RECORDS, "test")
    return store
