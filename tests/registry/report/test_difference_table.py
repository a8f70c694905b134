"""Two results on a terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from fitment.registry.records import Environment, as_row
from fitment.registry.report.difference_table import difference_table, shown
from fitment.registry.report.screen import show
from fitment.registry.results.difference import difference
from fitment.registry.results.stored import StoredResult

from tests.registry.fit.stores import HERE, measurement
from tests.registry.report.conftest import HOSTILE


def result(result_id: int, model: str = "net", **fields: Any) -> StoredResult:
    row = as_row(measurement(model, HERE, 4, 10.0, **fields)) | {"recorded_at": datetime(2026, 1, 2, 3, 4)}
    environment = {name: getattr(HERE, name) for name in Environment.__slots__}
    return StoredResult(result_id, row, environment, {}, {})


def printed(first: StoredResult, second: StoredResult, width: int = 100, *, everything: bool = False) -> str:
    out = io.StringIO()
    lines = difference(first, second)
    show(difference_table(first, second, lines, everything=everything), file=out, width=width)
    return out.getvalue()


def test_both_stand_side_by_side_with_ratio_and_legend() -> None:
    """Headings name the results, quantities carry units, flags are explained, the same is only listed."""
    bounds = {"latency_p50_low_s": 0.38, "latency_p50_high_s": 0.42}
    slower = {"latency_p50_s": 0.8, "latency_p50_low_s": 0.79, "latency_p50_high_s": 0.81}
    out = printed(result(7, **bounds), result(12, flags="noisy", **slower))
    for part in ("result 7", "result 12", "400 ms", "800 ms", "2.000 beyond noise", "noisy: repeated"):
        assert part in out
    same = out[out.index("The same") :]
    assert "environment: device_kind" in same
    assert "fp32" not in same


def test_everything_shows_the_values_of_the_same() -> None:
    """With ``everything`` what does not differ stands there as well."""
    out = printed(result(7), result(12), everything=True)
    assert "fp32" in out[out.index("The same") :]


@pytest.mark.parametrize("width", [72, 100, 200])
def test_foreign_text_is_inert(width: int) -> None:
    """A name with controls, markup and overrides is shown, not obeyed."""
    out = printed(result(7, model=HOSTILE), result(12), width)
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]" in out.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("latency_p50_s", 0.0123, "12.3 ms"),
        ("peak_memory_bytes", 2_000_000, "2.00 MB"),
        ("sm_clock_hz", 1.5e9, "1,500 MHz"),
        ("temperature_c", 61.0, "61.0 °C"),
        ("n_samples", 1234, "1,234"),
        ("git_dirty", True, "True"),
        ("flags", "", "none"),
        ("energy_per_unit_j", None, "–"),
    ],
)
def test_values_read_by_the_unit_in_their_name(name: str, value: Any, text: str) -> None:
    """Base units inside, a person's units here; absent is a dash, never 0."""
    assert shown(name, value) == text


def test_results_that_agree_need_no_table() -> None:
    """Two equal results have only the list of what is the same."""
    first = result(7)
    assert "second / first" not in printed(first, replace(first, id=8))
