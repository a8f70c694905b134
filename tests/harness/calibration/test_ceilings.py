from __future__ import annotations

from collections.abc import Callable

import pytest
from fitment.harness.calibration import ceilings as subject
from fitment.harness.calibration import products, triad
from fitment.harness.calibration.ceilings import ceilings
from fitment.harness.calibration.rate import Rate
from fitment.registry.records import Ceiling


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device on which everything is done 100 times a second, whatever its size."""

    def rate(step: Callable[[], object], synchronise: Callable[[], None]) -> Rate:
        step()
        synchronise()
        return Rate(100.0, 0.01)

    monkeypatch.setattr(subject, "rate", rate)
    monkeypatch.setattr(subject, "SIZES", (8, 16, 32))
    monkeypatch.setattr(triad, "buffer_bytes", lambda device: (4096, None))


def measured(*precisions: str) -> list[Ceiling]:
    return list(ceilings("cpu", precisions, lambda stage: None))


def test_both_sides_are_counted_as_everybody_does() -> None:
    """2 · n³ operations a product, the best size's rate; three arrays a triad."""
    assert measured("fp32") == [
        Ceiling("fp32", 100 * 2 * 32.0**3, 0.01, 32, 100 * 3 * 4096.0, 0.01, 4096),
    ]


def test_larger_is_not_taken_for_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """The best size stands there with its rows, though a larger one was tried."""
    rates = iter((100.0, 1000.0, 1.0))
    monkeypatch.setattr(subject, "rate", lambda step, wait: Rate(next(rates, 1.0), 0.0))
    monkeypatch.setattr(subject, "_triad", lambda *arguments: Ceiling("fp32"))
    assert measured("fp32")[0].product_size == 16


def test_sizes_end_before_a_product_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow device is asked for small products only; the first size is always measured."""
    monkeypatch.setattr(subject, "rate", lambda step, wait: Rate(5.0, 0.0))
    assert measured("fp32")[0].product_size == 8


def test_sizes_end_where_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """No product is tried that would take more than a quarter of what is free."""
    monkeypatch.setattr("fitment.harness.devices.cpu.free_memory_bytes", lambda device: 4 * 3 * 4 * 16**2)
    assert measured("fp32")[0].product_size == 16


def test_an_unsupported_precision_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its reason and no figure, and the next ones are measured all the same."""
    monkeypatch.setattr(products, "unsupported", lambda name, kind: "not here" if name == "fp16" else None)
    found = measured("fp16", "fp32")
    assert found[0] == Ceiling("fp16", detail="not here")
    assert found[1].operations_per_s is not None


def test_a_missing_kernel_costs_its_own_side_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """torch's reason stands in place of the figure; the other side of the roofline is kept."""

    def refused(*arguments: object) -> object:
        raise RuntimeError("no kernel for\nthis")

    with monkeypatch.context() as patch:
        patch.setattr(products, "product", refused)
        (found,) = measured("int8")
    assert (found.operations_per_s, found.detail) == (None, "no product of 8 rows: no kernel for")
    assert found.bytes_per_s is not None
    monkeypatch.setattr(triad, "triad", refused)
    (found,) = measured("int8")
    assert (found.bytes_per_s, found.detail) == (None, "no triad: no kernel for")
    assert found.operations_per_s is not None


def test_what_moves_the_same_bytes_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """TF32 is stored as fp32 is: one triad serves both."""
    monkeypatch.setattr(products, "unsupported", lambda name, kind: None)
    asked = []
    real = triad.triad
    monkeypatch.setattr(triad, "triad", lambda dtype, *rest: asked.append(dtype) or real(dtype, *rest))
    found = measured("fp32", "tf32")
    assert len(asked) == 1
    assert found[0].bytes_per_s == found[1].bytes_per_s


def test_what_is_measured_next_is_told() -> None:
    """A crash can be named by the precision that it came in."""
    told: list[str] = []
    list(ceilings("cpu", ("fp32", "int8"), told.append))
    assert told == ["fp32", "int8"]
