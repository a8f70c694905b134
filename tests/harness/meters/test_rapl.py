"""fitment.harness.meters.rapl: the packages' counters."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.meters.rapl import Reading, read


def package(powercap: Path, name: str, energy: int) -> None:
    """A domain with its counter."""
    (powercap / name).mkdir()
    (powercap / name / "energy_uj").write_text(f"{energy}\n")
    (powercap / name / "max_energy_range_uj").write_text("262143328850\n")


def test_packages_are_read_and_their_parts_are_not(tmp_path: Path) -> None:
    """Cores and memory are counted within their package: only packages are summed."""
    package(tmp_path, "intel-rapl:0", 2_000_000)
    package(tmp_path, "intel-rapl:1", 3_000_000)
    package(tmp_path, "intel-rapl:0:0", 1_000_000)
    found = read(tmp_path)
    assert found is not None
    assert found.counters_j == pytest.approx((2.0, 3.0))


def test_counter_that_wraps() -> None:
    """A counter that went past its end goes on from zero."""
    before, after = Reading((90.0, 5.0), (100.0, 100.0)), Reading((10.0, 6.0), (100.0, 100.0))
    assert after.since(before) == pytest.approx(20 + 1)


def test_no_counters(tmp_path: Path) -> None:
    """A machine without RAPL, or one that hides it, has None."""
    assert read(tmp_path) is None
    assert read(tmp_path / "absent") is None
    (tmp_path / "intel-rapl:0").mkdir()
    assert read(tmp_path) is None
