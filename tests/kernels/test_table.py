"""Every kernel against its twin and its rivals, by the table."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.kernels.agreement import assert_agree
from tests.kernels.discovery import PLUMBING, entry_of, function_of, kernels, modules, public_names
from tests.kernels.table import KERNELS, PARTS, Contest

HERE = Path(__file__).parent
PUBLIC = [pytest.param(module, name, id=f"{module}.{name}") for module, name in kernels()]
CASES = [
    pytest.param(name, size, id=f"{name}-{size}") for name, entry in KERNELS.items() for size in entry.sizes
]
RIVALS = [
    pytest.param(name, contest, rival, id=f"{contest.title}, {rival}")
    for name, entry in KERNELS.items()
    for contest in entry.contests
    for rival in contest.rivals
]


def as_lists(value: Any) -> Any:
    """Plain Python for the twins: arrays and sequences of arrays as lists, all else as it is."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return type(value)(map(as_lists, value)) if type(value) in (list, tuple) else value


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_every_kernel_is_in_the_table(module: str, name: str) -> None:
    """A public function of the kernels can't be added without a twin in the table."""
    where = f"kernels/{module}.py: {name}"
    assert entry_of(module, name), f"{where} is in neither KERNELS nor PARTS of tests/kernels/table.py"
    given = inspect.getdoc(function_of(module, name))
    assert given, f"{where} has no docstring"


def test_the_table_holds_nothing_else() -> None:
    """Each entry is named after a public function; one that is gone leaves no entry behind."""
    names = {name for module, function in kernels() for name in (function, f"{module}.{function}")}
    assert KERNELS.keys() <= names
    holders = {holder for held_by in PARTS.values() for holder in held_by}
    assert holders <= KERNELS.keys()
    stated = {name for module in modules() for name in public_names(module)}
    assert {part.split(".")[-1] for part in PARTS} <= stated


@pytest.mark.parametrize("module", sorted({module for module, _ in kernels()} | PLUMBING))
def test_every_file_has_its_tests(module: str) -> None:
    """Each file of kernels/ has a test file of its name, unless it holds parts of others alone."""
    assert (HERE / f"test_{module}.py").is_file(), (
        f"kernels/{module}.py has no tests/kernels/test_{module}.py"
    )


@pytest.mark.parametrize(("name", "size"), CASES)
def test_kernel_equals_its_twin(name: str, size: int) -> None:
    """Each kernel gives what its slow twin gives, also for no rows and for one."""
    entry = KERNELS[name]
    for seed in range(entry.seeds):
        arguments = entry.arguments(np.random.default_rng([seed, size]), size)
        expected = entry.twin(*as_lists(arguments))
        assert_agree(entry.kernel(*arguments), expected, entry.rtol, entry.atol, name)


@pytest.mark.compiled
@pytest.mark.parametrize(("name", "contest", "rival"), RIVALS)
def test_kernel_equals_its_rival(name: str, contest: Contest, rival: str) -> None:
    """What the benchmarks compare computes the same numbers; a bound computes something at least."""
    arguments = contest.arguments(np.random.default_rng(3), 2000)
    against = contest.rivals[rival]
    theirs = against.run(against.prepare(*arguments))
    if against.answers:
        assert_agree((contest.run or KERNELS[name].kernel)(*arguments), theirs, contest.rtol, where=rival)


@pytest.mark.parametrize("contest", [c for entry in KERNELS.values() for c in entry.contests])
def test_goals_are_about_rivals(contest: Contest) -> None:
    """A goal names one of the contest's rivals, and a contest with goals says which of K1 … K10 they are."""
    assert contest.goals.keys() <= contest.rivals.keys(), contest.title
    assert bool(contest.goals) <= bool(contest.goal), f"{contest.title}: which goal is it?"
