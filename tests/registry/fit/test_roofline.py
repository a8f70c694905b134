"""What a lone device makes of what it could do, and whose figure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fitment.registry.answers import Group, Question
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.roofline import samples_a_unit
from fitment.registry.records import Calibration, Ceiling, Configuration, Environment
from fitment.registry.results.append import append_calibration
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import THERE, measure

GPU = Environment("cuda", "NVIDIA GeForce RTX 4090, 24 GiB", host="box", torch="2.13.0")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One GPU: 1,000 samples/s of 2 GMAC in fp32."""
    store = empty_store(tmp_path / "fitment.duckdb")
    measure(store, "net", GPU, 8, 1000.0, macs_per_sample=2e9)
    return store


def line(store: Store, model: str = "net", **question: Any) -> str | None:
    notes = recommend(store, Question(model, **question)).notes
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


def test_a_training_step_counts_three_forward_passes(store: Store) -> None:
    """6 × MACs × throughput; a training result without a count takes that of the forward results there."""
    training = {"cell": {"scenario": "train_step"}}
    measure(store, "net", GPU, 8, 100.0, macs_per_sample=1e9, **training)
    assert line(store, task="training", batch=8) == (
        "roofline: 100 samples/s × 6 × 1.00 GMAC (forward, and twice that backward) = 0.600 TFLOP/s,"
        " 0.726% of the 82.6 TFLOP/s in fp32 that the hardware catalogue has for RTX 4090 (derived)"
    )
    measure(store, "counted", GPU, 8, 1000.0, macs_per_sample=2e9)
    measure(store, "counted", GPU, 8, 100.0, **training)
    assert "100 samples/s × 6 × 2.00 GMAC" in (line(store, "counted", task="training") or "")


def test_counts_that_differ_are_nobodys(store: Store) -> None:
    """Where the model's other results at that shape don't agree, none of them speaks for this one."""
    measure(store, "net", GPU, 1, 900.0, macs_per_sample=3e9)
    measure(store, "net", GPU, 8, 100.0, cell={"scenario": "train_step"})
    assert "were not counted" in (line(store, task="training") or "")


@pytest.mark.parametrize(
    ("unit", "shape", "samples"),
    [
        ("samples/s", "3x224x224", 1.0),
        ("steps/s", "3x224x224", 8.0),
        ("tokens/s", "128", 1 / 128),
        ("tokens/s", "example", None),
        ("frames/s", "128", None),
    ],
)
def test_what_a_unit_is(unit: str, shape: str, samples: float | None) -> None:
    """A step is its batch, a token its part of a sequence; other units are not guessed."""
    assert samples_a_unit(Group("net", "", "forward", shape, unit), 8) == samples


def test_other_units(store: Store) -> None:
    """A unit that is known is counted by what it is, one that is not gets no percentage."""
    for model, unit in (("in_tokens", "tokens/s"), ("in_frames", "frames/s")):
        cell = {"input_shape": "100"}
        measure(store, model, GPU, 8, 1e5, macs_per_sample=2e9, cell=cell, throughput_unit=unit)
    assert "100,000 tokens/s × 2 × 0.0200 GMAC = 4.00 TFLOP/s" in (line(store, "in_tokens") or "")
    assert "were not counted" in (line(store, "in_frames") or "")


def test_why_it_is_not_known(store: Store) -> None:
    """No peak of the device or precision, or operations not counted: never a percentage of nothing."""
    measure(store, "uncounted", GPU, 8, 9000.0)
    assert "were not counted" in (line(store, "uncounted") or "")
    other = Environment("cuda", "Some GPU, 24 GiB", host="box", torch="2.13.0")
    measure(store, "else", other, 8, 1000.0, macs_per_sample=2e9)
    no_peak = "roofline: not known: no peak of Some GPU, 24 GiB in"
    assert line(store, "else") == f"{no_peak} fp32; `fitment devices --measure` measures it there"
    mixed = {"configuration": Configuration(8, "int8_dynamic", "eager")}
    measure(store, "mixed", other, 8, 1000.0, macs_per_sample=2e9, cell=mixed)
    assert line(store, "mixed") == f"{no_peak} int8_dynamic"
