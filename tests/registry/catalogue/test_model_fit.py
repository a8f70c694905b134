"""Whether models fit on devices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.catalogue.hardware import GIB
from fitment.registry.catalogue.model_fit import bytes_of, device, estimated_bytes, measured_bytes
from fitment.registry.errors import UnknownNameError
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.results.retract import retract

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples


@pytest.mark.parametrize(
    ("asked", "gib", "said"),
    [
        ("RTX 4090", 21.6, "24 GiB as marketed, of which 90% are counted on"),
        ("24GB", 21.6, "sold as 24 GB = 24 GiB, of which 90% are counted on"),
        ("24 gib", 24.0, "24 GiB"),
        ("0.5TiB", 512.0, "512 GiB"),
    ],
)
def test_a_device_is_a_name_or_a_size(asked: str, gib: float, said: str) -> None:
    """The GB of sellers are GiB, a tenth less; GiB are taken as they are said."""
    found = device(asked)
    assert found.memory_bytes == pytest.approx(gib * GIB, abs=1)
    assert found.basis == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("A100", "could be A100 SXM 80GB"),
        ("Toaster 9000", "no device"),
        ("M2 Ultra", "shares the machine's memory"),
        ("24", "no device"),
    ],
)
def test_a_name_that_is_no_one_device_is_refused(asked: str, said: str) -> None:
    """With what it could be, or what to say instead."""
    with pytest.raises(UnknownNameError, match=said):
        device(asked)


def test_the_need_is_the_weights_and_a_fifth() -> None:
    """By the precision; one that there is not is named with those that there are."""
    assert estimated_bytes(7 * 10**9, "bf16") == 16_800_000_000
    assert estimated_bytes(7 * 10**9, "int4") == 4_200_000_000
    with pytest.raises(UnknownNameError, match="there are fp32"):
        bytes_of("fp12")


def test_measured_memory_is_the_least_of_results_that_count(tmp_path: Path) -> None:
    """At that precision, on that kind of device; failed and retracted results say nothing."""
    store = empty_store(tmp_path / "x.duckdb")
    append_environment(store, examples.ENVIRONMENT)
    for batch in (1, 2, 4):
        append_measurement(store, examples.measured(batch))
    append_measurement(store, replace(examples.measured(8), status="oom_host", peak_memory_bytes=None))
    retract(store, [1], "too good")
    with store.reading() as con:
        assert measured_bytes(con, "fp32", on_cpu=True) == {"resnet18": 2000}
        assert measured_bytes(con, "fp32") == {}
        assert measured_bytes(con, "bf16", on_cpu=True) == {}
