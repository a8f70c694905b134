"""Stores for the verbs' tests, filled without measuring."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fitment.registry.records import Cell, Configuration, Environment, Measurement
from fitment.registry.results.append import append_environment, append_measurement

from tests.harness.cli import followed_lineage
from tests.harness.cli.analysed_lineage import built
from tests.registry.empty_stores import empty_store

HERE = Environment(
    device_kind="cpu",
    hardware="Own CPU, 4 cores",
    host="here",
    torch="2.13.0",
    device_memory_bytes=16 * 10**9,
)


def measurement(
    batch: int, precision: str, throughput: float | None, latency_s: float | None, status: str = "ok"
) -> Measurement:
    return Measurement(
        cell=Cell(
            model="tiny",
            model_source="module",
            model_version="",
            scenario="forward",
            device_kind="cpu",
            hardware=HERE.hardware,
            input_shape="8",
            configuration=Configuration(batch, precision, "eager"),
        ),
        env_id=HERE.id,
        status=status,
        recorded_at="2026-01-02T03:04:05+00:00",
        detail=None if status == "ok" else "no kernels for this",
        throughput=throughput,
        latency_p50_s=latency_s,
        latency_mean_s=latency_s,
        peak_memory_bytes=200_000_000 if status == "ok" else None,
        memory_scope="rss" if status == "ok" else None,
    )


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one model on one CPU, four configurations."""
    folder = tmp_path_factory.mktemp("filled")
    store = empty_store(folder / "filled.duckdb")
    append_environment(store, HERE)
    for each in (
        measurement(1, "fp32", 200.0, 0.005),
        measurement(32, "fp32", 800.0, 0.040),
        measurement(32, "bf16", 400.0, 0.080),
        measurement(1, "fp16", None, None, status="unsupported_precision"),
    ):
        append_measurement(store, each)
    return folder


@pytest.fixture
def filled(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a store of one's own, which ``$FITMENT_DB`` names."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("FITMENT_DB", str(tmp_path / "filled.duckdb"))
    return tmp_path / "filled.duckdb"


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a store with the lineage of ``analysed_lineage``; nobody writes to it."""
    return built(tmp_path_factory.mktemp("lineage"))


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a store with the lineage of ``followed_lineage``; nobody writes to it."""
    return str(followed_lineage.built(tmp_path_factory.mktemp("followed")))
