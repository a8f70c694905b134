"""The faults that reach the kernels, by their numbers."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from fitment.kernels import formulae
from fitment.kernels.scores import score_groups
from numpy.testing import assert_array_equal

from tests.kernels.inputs import column


@pytest.mark.parametrize("groups", [0, 1, 3])
def test_B13_no_rows(groups: int) -> None:
    """No candidates, in none or several groups, give empty scores and no group uses a criterion."""
    found = score_groups([0] * (groups + 1), [], [], [], [])
    assert found.suitability.size == 0
    assert found.used.tolist() == [[False] * 3] * groups


def test_B13_one_row() -> None:
    """A single candidate is the best of its group: components 1, compatibility 1."""
    found = score_groups([0, 1], [7.0], [0.1], [1e9], [1])
    assert (found.throughput, found.latency, found.memory) == (1, 1, 1)
    assert (found.compatibility, found.suitability) == (1, 0.6)


@pytest.mark.parametrize(("mode", "memory"), [("relative", 1.0), ("range", 0.5)])
def test_B13_constant_columns(mode: str, memory: float) -> None:
    """Equal candidates get equal scores; a memory range of 0 counts 0.5 for all."""
    found = score_groups([0, 4], [5.0] * 4, [1.0] * 4, [3.0] * 4, [5] * 4, memory_mode=mode)
    assert found.memory.tolist() == [memory] * 4
    assert found.compatibility.tolist() == [0.5 + 0.3 + 0.2 * memory] * 4


def test_B13_all_missing() -> None:
    """Where nothing is measured there is no score at all, without a warning or a division by zero."""
    nothing = np.full(3, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = score_groups([0, 3], nothing, nothing, nothing, [1, 1, 1])
    assert np.isnan([found.throughput, found.compatibility, found.suitability]).all()
    assert not found.used.any()


@pytest.mark.parametrize(
    "weights",
    [(-0.1, 0.6, 0.5), (0, 0, 0), (np.nan, 0.5, 0.5), (np.inf, 1, 1), (0.5, 0.5), (1, 1, 1, 1), 1.0],
    ids=["negative", "sum 0", "NaN", "infinite", "two", "four", "one"],
)
def test_B14_bad_weights(weights: Any) -> None:
    """Weights that can't be meant are refused in one line that says what weights are."""
    with pytest.raises(ValueError, match=r"weights") as error:
        score_groups([0, 1], [1.0], [1.0], [1.0], [1], weights)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("weights", [(5, 3, 2), (1e308, 6e307, 4e307), (5e-300, 3e-300, 2e-300)])
def test_B14_any_sum(weights: tuple[float, ...]) -> None:
    """Weights of any positive sum, up to the largest numbers, mean their proportions."""
    np.testing.assert_allclose(formulae.normalise_weights(weights), [0.5, 0.3, 0.2], rtol=1e-15)


def test_B15_ties_share_a_rank() -> None:
    """Candidates with the same numbers have the same score and share the rank."""
    found = score_groups([0, 3], [4.0, 4.0, 2.0], [1.0] * 3, [1.0] * 3, [1, 1, 1])
    assert formulae.competition_ranks(found.compatibility).tolist() == [1, 1, 3]


def test_B15_few_runs() -> None:
    """One run shows as confidence 0.6; without any run suitability is 0 and not missing."""
    found = score_groups([0, 2], [4.0, 4.0], [1.0] * 2, [1.0] * 2, [1, 0])
    assert found.confidence.tolist() == [0.6, 0.0]
    assert found.suitability.tolist() == [0.6, 0.0]
    assert found.compatibility.tolist() == [1.0, 1.0]


@pytest.mark.compiled
def test_B16_ten_million_rows_of_any_layout() -> None:
    """10⁷ strided, read-only, big-endian and float32 rows score as their plain float64 copies do."""
    rows, size = 10**7, 20
    rng = np.random.default_rng(16)
    wide = rng.lognormal(size=(rows, 2)).astype(np.float32)
    t = wide[:, 0]
    latency = column(rng, rows, 0.0).astype(">f8")
    memory = rng.integers(1, 2**40, rows)
    memory.flags.writeable = False
    n = rng.integers(0, 8, rows).astype(np.int8)
    found = score_groups(np.arange(0, rows + 1, size), t, latency, memory, n)
    for start in (0, rows // 2, rows - size):
        part = slice(start, start + size)
        plain = (np.array(x[part], dtype=np.float64) for x in (t, latency, memory))
        alone = score_groups([0, size], *plain, n[part])
        assert_array_equal(found.suitability[part], alone.suitability)


@pytest.mark.parametrize("bad", [np.ones(3, dtype=complex), np.array(["a", "b", "c"]), np.ones((3, 1))])
def test_B16_what_is_no_column(bad: np.ndarray) -> None:
    """Arrays of another kind or shape end in a TypeError or ValueError, never in a crash."""
    with pytest.raises((TypeError, ValueError), match="latency must"):
        score_groups([0, 3], np.ones(3), bad, np.ones(3), [1, 1, 1])


@pytest.mark.parametrize("mode", ["best", 3, [0, 1], [-1], "headroom"])
def test_B16_memory_modes(mode: Any) -> None:
    """A memory mode that isn't one, isn't one a group, or lacks its capacity is refused."""
    with pytest.raises(ValueError, match="memory"):
        score_groups([0, 1], [1.0], [1.0], [1.0], [1], memory_mode=mode)
