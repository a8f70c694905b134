"""What a lone device makes of what it could do, and whose figure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fitment.registry.answers import Question
from fitment.registry.fit.recommend import recommend
from fitment.registry.records import Calibration, Ceiling, Environment
from fitment.registry.results.append import append_calibration
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import THERE, measure

GPU = Environment("cuda", "NVIDIA GeForce RTX 4090, 24 GiB", host="box", torch="2.13.0")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One GPU: 1,000 samples/s of 2 GMAC in fp32."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    measure(store, "net", GPU, 8, 1000.0, macs_per_sample=2e9)
    return store


def line(store: Store, **question: Any) -> str | None:
    notes = recommend(store, Question("net", **question)).notes
    return next((note for note in notes if note.startswith("roofline: ")), None)


def test_against_the_catalogue(store: Store) -> None:
    """2 × MACs × throughput over the peak of the precision, labelled as the catalogue's."""
    assert line(store) == (
        "roofline: 1,000 samples/s × 2 × 2.00 GMAC = 4.00 TFLOP/s, 4.84% of the 82.6 TFLOP/s in fp32"
        " that the hardware catalogue has for RTX 4090 (derived)"
    )


def test_what_was_measured_there_goes_first(store: Store) -> None:
    """The newest ceiling of that environment and precision; one of another precision is no limit of this."""
    for top, precision in ((40e12, "fp32"), (50e12, "fp32"), (1e12, "fp16")):
        ceiling = Ceiling(precision, operations_per_s=top, product_size=64)
        calibration = Calibration(GPU.id, "2026-01-02T03:04:05+00:00", 1e-9, 1e-9, 1e-6, ceilings=(ceiling,))
        append_calibration(store, calibration)
    assert "8% of the 50.0 TFLOP/s in fp32 that its matrix products reach, as measured there" in (
        line(store) or ""
    )


def test_only_where_one_stands_alone(store: Store) -> None:
    """With a rival the scores say it; the line follows the note that says why it is there."""
    assert recommend(store, Question("net")).notes[0].startswith("rank basis: single")
    measure(store, "net", THERE, 8, 10.0, macs_per_sample=2e9)
    assert line(store) is None


def test_why_it_is_not_known(store: Store) -> None:
    """No peak of the device or precision, or operations not counted: never a percentage of nothing."""
    measure(store, "net", GPU, 8, 9000.0, macs_per_sample=2e9, cell={"scenario": "train_step"})
    assert "were not counted" in (line(store, task="training") or "")
    other = Environment("cuda", "Some GPU, 24 GiB", host="box", torch="2.13.0")
    measure(store, "else", other, 8, 1000.0, macs_per_sample=2e9)
    notes = recommend(store, Question("else")).notes
    assert "roofline: not known: no peak of Some GPU, 24 GiB in fp32" in notes
