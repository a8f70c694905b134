"""Figures stand with their unit, their circumstances and their interval; failures are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.bom.measured import estimates_of, evidence, performance_metrics
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.storage.store import Store

from tests.harness.cli.conftest import HERE, measurement
from tests.registry.empty_stores import empty_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two processes of one configuration, one of another, and a failure."""
    made = empty_store(Path(tmp_path_factory.mktemp("measured")) / "s.duckdb")
    append_environment(made, HERE)
    for each in (
        measurement(32, "fp32", 800.0, 0.040),
        measurement(32, "fp32", 820.0, 0.039),
        measurement(1, "bf16", 200.0, 0.005),
        measurement(1, "fp16", None, None, status="unsupported_precision"),
    ):
        append_measurement(made, each)
    return made


def test_each_figure_says_of_what_it_is(store: Store) -> None:
    """Throughput, latency and memory of each ok candidate, with hardware and precision in the slice."""
    record = ModelRecord(model_id="org/tiny", measured_as=("tiny", "none"), metrics={"mmlu": 0.5})
    with store.reading() as con:
        found = estimates_of(con, record)
    metrics = performance_metrics(record, found, [("f1", "n/a", "declared; dataset=d")])
    assert [each["type"] for each in metrics[:3]] == [
        *("throughput (samples/s)", "latency p50 (s)", "peak memory (bytes)")
    ]
    by_batch = {metric["slice"].split("batch=")[1].split(";")[0]: metric for metric in metrics[0:6:3]}
    assert by_batch["32"]["value"] == "810.0"
    interval = by_batch["32"]["confidenceInterval"]
    assert float(interval["lowerBound"]) < 810.0 < float(interval["upperBound"])
    assert "confidenceInterval" not in by_batch["1"]
    assert "hardware=Own CPU, 4 cores; precision=bf16; batch=1; compile=eager" in by_batch["1"]["slice"]
    assert "provenance=measured" in by_batch["1"]["slice"]
    assert f"environment={HERE.id}" in by_batch["1"]["slice"]
    assert not any("fp16" in metric["slice"] for metric in metrics)
    assert metrics[6:] == [
        {"type": "f1", "value": "n/a", "slice": "declared; dataset=d"},
        {"type": "mmlu", "value": "0.5", "slice": "declared"},
    ]
    ids = dict(value.split("; ", 1) for _, value in evidence(found))
    assert {key: value.split(";")[0] for key, value in ids.items()} == {"1-2": "n=2", "3": "n=1"}


def test_another_versions_results_are_left_out(store: Store) -> None:
    """Results linked to no version hold for all; those of another version don't."""
    with store.reading() as con:
        found = estimates_of(con, ModelRecord(model_id="tiny", version="v2"))
        assert len(found) == 2
        assert estimates_of(con, ModelRecord(model_id="other")) == ()
    assert all(each.group.model_version == "" for each in found)
    assert replace(found[0].group, model_version="v1") != found[0].group
