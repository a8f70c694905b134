from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.registry.records import Calibration, Ceiling
from fitment.registry.results.append import append_calibration
from fitment.registry.results.calibrations import calibrated
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

CEILINGS = (
    Ceiling("fp32", 1e11, 0.01, 2048, 2e10, 0.02, 2**28),
    Ceiling("fp8", detail="no fp8 here"),
)
MEASURED = Calibration(
    "env",
    "2026-03-01T10:00:00+00:00",
    1e-8,
    2e-7,
    3e-6,
    0.002,
    noise=0.01,
    noise_processes=5,
    ceilings=CEILINGS,
)
LATER = Calibration("env", "2026-03-02T10:00:00+00:00", 1e-8, 2e-7, 4e-6)
OTHER = Calibration("other", "2026-03-03T10:00:00+00:00", 1e-8, 2e-7, 5e-6)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = empty_store(tmp_path / "s.duckdb")
    for each in (MEASURED, LATER, OTHER):
        append_calibration(found, each)
    return found


def test_of_each_part_the_newest_holds(store: Store) -> None:
    """A sweep's calibration renews the cost and leaves noise and ceilings as they were measured."""
    found = calibrated(store)
    assert found["env"].cost == LATER
    assert found["env"].noise == found["env"].ceilings == MEASURED
    assert (found["other"].cost, found["other"].noise, found["other"].ceilings) == (OTHER, None, None)


def test_the_same_while_the_database_is_in_use(store: Store) -> None:
    """The journal alone gives the same answer."""
    from_database = calibrated(store)
    with duckdb.connect(str(store.path)):
        assert calibrated(store) == from_database


def test_the_same_after_a_rebuild(store: Store) -> None:
    """Made again from the journal, every figure is there."""
    before = calibrated(store)
    store.path.unlink()
    rebuild(store.path)
    assert calibrated(Store.open(store.path)) == before


def test_nothing_stored(tmp_path: Path) -> None:
    """A store without calibrations has none."""
    assert calibrated(empty_store(tmp_path / "empty.duckdb")) == {}
