"""fitment.harness.protocol.plateau: nvbench's test of whether the noise is known."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.harness.protocol.plateau import Noise, has_settled


def naive(samples: np.ndarray) -> bool:
    """stdrel's test, said plainly: relative deviations of ever more samples, the last 512 of them."""
    if len(samples) % 16:
        return False
    readings = [samples[:n].std(ddof=1) / samples[:n].mean() for n in range(5, len(samples) + 1)][-512:]
    squares = ((np.array(readings) - readings[-1]) ** 2).sum() / max(1, len(readings) - 1)
    return len(readings) >= 64 and bool(np.sqrt(squares) < 0.05 * readings[-1])


@pytest.mark.parametrize("spread", [0.02, 0.3, 1.0])
def test_settled_is_nvbenchs_settled(spread: float) -> None:
    """After each sample the answer is that of the plain statement, beyond 512 readings too."""
    samples = np.random.default_rng(8).lognormal(0, spread, 700)
    noise, said = Noise(), []
    for sample in samples:
        noise.add(float(sample))
        said.append(noise.is_settled())
    assert said == [naive(samples[:n]) for n in range(1, 701)]
    assert any(said)
    assert not all(said[15::16])


def test_fewer_than_64_readings_settle_nothing() -> None:
    """However alike they are."""
    assert not has_settled(np.full(63, 0.2))
    assert has_settled(np.full(64, 0.2))


def test_noise_that_creeps_has_not_settled() -> None:
    """Readings that rise all along spread around the latest by more than around their mean."""
    readings = np.linspace(0.9, 1.05, 100)
    assert readings.std() < 0.05 * readings.mean()
    assert not has_settled(readings)


def test_a_clock_that_stands_still_is_no_noise() -> None:
    """Samples of no length have no relative deviation: nothing settles, and nothing fails."""
    noise = Noise()
    for _ in range(160):
        noise.add(0.0)
    assert not noise.is_settled()
