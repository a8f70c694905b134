"""Every kernel against its twin and its rivals, by the table."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest
from fitment.kernels import formulae, scores

from tests.kernels.table import ELEMENTARY, KERNELS, TOLERANCE, Contest

SIZES = (0, 1, 2, 37)


def as_lists(arguments: tuple[Any, ...]) -> list[Any]:
    return [x.tolist() if isinstance(x, np.ndarray) else x for x in arguments]


def assert_same(found: Any, expected: Any) -> None:
    if isinstance(found, dict):
        assert found.keys() == expected.keys()
        for name in found:
            assert_same(found[name], expected[name])
    else:
        expected = np.array(expected, dtype=np.asarray(found).dtype).reshape(np.shape(found))
        np.testing.assert_allclose(found, expected, rtol=TOLERANCE, atol=0)


@pytest.mark.parametrize("module", [formulae, scores], ids=lambda module: module.__name__)
def test_every_kernel_is_in_the_table(module: Any) -> None:
    """A public function of the kernels can't be added without a twin in the table."""
    public = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public <= KERNELS.keys() | ELEMENTARY


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", KERNELS)
def test_kernel_equals_its_twin(name: str, size: int) -> None:
    """Each kernel gives what its slow twin gives, also for no rows and for one."""
    entry = KERNELS[name]
    for seed in range(20):
        arguments = entry.arguments(np.random.default_rng([seed, size]), size)
        assert_same(entry.kernel(*arguments), entry.twin(*as_lists(arguments)))


CONTESTS = [(name, contest) for name, entry in KERNELS.items() for contest in entry.contests]
RIVALS = [
    pytest.param(name, contest, rival, id=f"{contest.title}, {rival}")
    for name, contest in CONTESTS
    for rival in contest.rivals
]


@pytest.mark.parametrize(("name", "contest", "rival"), RIVALS)
def test_kernel_equals_its_rival(name: str, contest: Contest, rival: str) -> None:
    """What the benchmarks compare computes the same numbers."""
    arguments = contest.arguments(np.random.default_rng(3), 2000)
    ours = (contest.run or KERNELS[name].kernel)(*arguments)
    theirs = contest.rivals[rival].run(contest.rivals[rival].prepare(*arguments))
    np.testing.assert_allclose(ours, theirs, rtol=contest.rtol)
