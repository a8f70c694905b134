"""How much results vary, as the store knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.answers import NOISE
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.results.noise import Noises, current_noise
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure

CELLS = 32


def fill(
    path: Path, *, sd: float, hosts: tuple[str, ...] = (), between: float = 0.0, cells: int = CELLS
) -> Store:
    """Cells of three processes each, with noise of ``sd``, on machines that differ by ``between``."""
    store = Store.open(path, create=True)
    rng = np.random.default_rng(11)
    machines = [replace(THERE, host=host) for host in hosts] or [HERE]
    with journalling(store):
        for batch in range(1, cells + 1):
            for machine in machines:
                location = 100.0 * np.exp(between * rng.normal())
                for invocation in range(3):
                    throughput = float(location * np.exp(sd * rng.normal()))
                    figures = {"energy_per_unit_j": 50.0 / throughput, "energy_source": "rapl"}
                    measure(store, "net", machine, batch, throughput, invocation=invocation, **figures)
    return store


def known(store: Store) -> Noises:
    with store.reading() as connection:
        return current_noise(connection)


def test_nothing_measured_twice(tmp_path: Path) -> None:
    """Without repeats the noise is what is taken for granted."""
    store = Store.open(tmp_path / "fitment.duckdb", create=True)
    assert known(store) == NOISE
    measure(store, "net", HERE, 1, 10.0)
    assert known(store) == NOISE


def test_few_cells_do_not_tell(tmp_path: Path) -> None:
    """Fewer than 30 cells are counted and change nothing."""
    throughput, *_ = known(fill(tmp_path / "fitment.duckdb", sd=0.1, cells=29))
    assert (throughput.cells, throughput.sd, throughput.degrees) == (29, 0.02, 4.0)


def test_retracted_results_tell_no_noise(tmp_path: Path) -> None:
    """What another process disturbed widens no interval once it is retracted."""
    store = fill(tmp_path / "fitment.duckdb", sd=0.1, cells=2)
    assert known(store)[0].cells == 2
    retract(store, [1, 2], "another process had the device")
    assert known(store)[0].cells == 1


def test_noise_of_processes_is_estimated(tmp_path: Path) -> None:
    """From 30 cells on: that of throughput and latency; memory that never varies tells nothing."""
    throughput, latency, memory, energy = known(fill(tmp_path / "fitment.duckdb", sd=0.08))
    assert (throughput.cells, memory.cells) == (CELLS, CELLS)
    assert throughput.sd == pytest.approx(0.08, rel=0.25)
    assert latency.sd == pytest.approx(throughput.sd)  # a closed loop: one figure
    assert energy.sd == pytest.approx(throughput.sd)  # at constant power
    assert (memory.sd, memory.degrees) == (0.02, 4.0)


def test_noise_between_machines_is_estimated(tmp_path: Path) -> None:
    """Where two hosts of one stack measured the same cells."""
    store = fill(tmp_path / "fitment.duckdb", sd=0.01, hosts=("a", "b"), between=0.06)
    throughput, *_ = known(store)
    assert throughput.machines == CELLS
    assert throughput.between_sd == pytest.approx(0.06, rel=0.35)
    assert throughput.sd == pytest.approx(0.01, rel=0.25)


def test_stored_noise_is_the_same(tmp_path: Path) -> None:
    """Scored or not, to the bit; what comes later is seen at once."""
    store = fill(tmp_path / "fitment.duckdb", sd=0.05, cells=4)
    plain = known(store)
    calculate_scores(store)
    assert known(store) == plain
    measure(store, "net", HERE, 64, 10.0)
    measure(store, "net", HERE, 64, 20.0, invocation=1)
    assert known(store)[0].cells == plain[0].cells + 1
