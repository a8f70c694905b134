"""fitment.harness.meters.rapl: the packages' counters."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.meters.rapl import Reading, read, total


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


def test_total_goes_on_where_a_counter_wraps(tmp_path: Path) -> None:
    """Joules since the first look, all packages together, across the counter's end; None once it is gone."""
    package(tmp_path, "intel-rapl:0", 262_143_000_000)
    package(tmp_path, "intel-rapl:1", 0)
    joules = total(tmp_path)
    assert joules() == 0.0
    (tmp_path / "intel-rapl:0" / "energy_uj").write_text("1671150\n")  # 328,850 µJ to its end, and on
    (tmp_path / "intel-rapl:1" / "energy_uj").write_text("500000\n")
    assert joules() == pytest.approx(2.5)
    assert joules() == pytest.approx(2.5)
    (tmp_path / "intel-rapl:1" / "energy_uj").unlink()
    assert joules() is None
