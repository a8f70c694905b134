"""Candidates that lack a criterion, failures beside them, and coverage: what each policy makes of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fitment.kernels import formulae
from fitment.kernels.scores import Scores, score_groups
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from tests.kernels.inputs import policy_matrix
from tests.kernels.strategies import candidates, deterministic

NAN = np.nan
POLICIES = [*formulae.POLICIES]
COLUMNS = ("throughput", "latency", "memory", "compatibility", "suitability")
# The fastest of three has no memory.
T, L, M = [100.0, 50.0, 25.0], [0.01, 0.02, 0.04], [NAN, 1e9, 2e9]


def three(policy: Any, **also: Any) -> Scores:
    return score_groups([0, 3], T, L, M, [5, 5, 5], policy=policy, **also)


def test_renormalise_drops_the_criterion_for_all() -> None:
    """Without memory (.5, .3) become .625 and .375, for the one that lacks it and for the others."""
    found = three("renormalise")
    assert found.used.tolist() == [[True, True, False]]
    assert_allclose(found.compatibility, [1.0, 0.5, 0.25], rtol=1e-15)


def test_pessimistic_gives_the_lowest_that_another_has() -> None:
    """Missing memory counts as the worst known one, 0.5, and never as the best."""
    found = three("pessimistic")
    assert found.used.all()
    assert found.memory.tolist() == [0.5, 1.0, 0.5]
    assert_allclose(
        found.compatibility, [0.5 + 0.3 + 0.1, 0.25 + 0.15 + 0.2, 0.125 + 0.075 + 0.1], rtol=1e-15
    )


def test_require_drops_the_candidate() -> None:
    """The one without memory is no candidate and no reference: the next is the fastest."""
    found = three(("renormalise", "renormalise", "require"))
    assert found.used.all()
    assert_array_equal(found.throughput, [NAN, 1.0, 0.5])
    assert_array_equal(np.isnan(found.compatibility), [True, False, False])
    assert found.compatibility[1] == 0.5 + 0.3 + 0.2


@pytest.mark.parametrize("policy", POLICIES)
def test_what_none_has_is_dropped(policy: str) -> None:
    """Whatever the policy, a criterion that nobody has costs nobody its place."""
    found = score_groups([0, 2], [4.0, 2.0], [1.0, 1.0], [NAN, NAN], [1, 1], policy=policy)
    assert found.used.tolist() == [[True, True, False]]
    assert found.compatibility[0] == 1.0


def test_required_criteria_are_gone_through_in_order() -> None:
    """Who lacks throughput is gone before memory is asked for, so that somebody is left."""
    found = score_groups([0, 2], [NAN, 1.0], [1.0, 1.0], [1.0, NAN], [1, 1], policy="require")
    assert found.used.tolist() == [[True, True, False]]
    assert_array_equal(np.isnan(found.compatibility), [True, False])


def test_required_memory_needs_its_capacity() -> None:
    """Where memory counts as headroom, a candidate whose capacity is unknown lacks it."""
    found = score_groups(
        *([0, 2], [1.0, 2.0], [1.0, 1.0], [1e9, 1e9], [1, 1]),
        memory_mode="headroom", capacity=[4e9, NAN], policy="require",
    )  # fmt: skip
    assert_array_equal(np.isnan(found.compatibility), [False, True])


def test_failures_have_no_components_and_lower_coverage() -> None:
    """What was tried without success is no reference and leaves every criterion as it was, but counts."""
    found = score_groups(
        *([0, 4], [9.0, 2.0, NAN, 1.0], [1.0] * 4, [NAN, 1.0, 1.0, 1.0], [1, 1, 0, 1]),
        status=[3, 0, 1, 0], hardware=[0, 0, 1, 1],
    )  # fmt: skip
    assert found.used.all()
    assert_array_equal(found.throughput, [NAN, 1.0, NAN, 0.5])
    assert found.coverage is not None
    assert found.coverage.tolist() == [0.5, 0.5, 0.5, 0.5]


def test_coverage_is_counted_within_a_group() -> None:
    """The same hardware may run all of one group and none of another."""
    found = score_groups(
        *([0, 2, 4], [1.0] * 4, [1.0] * 4, [1.0] * 4, [1] * 4), status=[0, 0, 1, 1], hardware=[7, 7, 7, 7]
    )
    assert found.coverage is not None
    assert found.coverage.tolist() == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("seed", range(3))
def test_bits_equal_the_formulae(seed: int) -> None:
    """Every number has the bits that formulae.py gives the candidates that are left of its group."""
    arguments = policy_matrix(np.random.default_rng(seed), 2000)
    offsets, t, latency, m, n, weights, modes, capacity, policy, status, hardware = arguments
    found = score_groups(
        *(offsets, t, latency, m, n, weights),
        memory_mode=modes, capacity=capacity, policy=policy, status=status, hardware=hardware,
    )  # fmt: skip
    for g in range(offsets.size - 1):
        group = slice(offsets[g], offsets[g + 1])
        columns = t[group], latency[group], m[group], capacity[group]
        kept, expected = by_formulae(columns, status[group] == 0, n[group], weights, modes[g], policy)
        for name, column in zip(COLUMNS, expected, strict=True):
            got = getattr(found, name)[group]
            assert np.isnan(got[~kept]).all()
            assert got[kept].tobytes() == column.tobytes()


def by_formulae(columns: Any, kept: Any, n: Any, weights: Any, mode: int, policy: list[str]) -> Any:
    """Who is left of one group, and their columns, by formulae.py alone."""
    *metrics, capacity = columns
    for i in (0, 1, 2):
        known = formulae.is_measured(metrics[i])
        if i == 2 and mode == 2:
            known &= formulae.is_measured(capacity)
        if policy[i] == "require":
            kept = formulae.required(known, kept)
    t, latency, m = (x[kept] for x in metrics)
    memory = (
        formulae.memory_relative, formulae.memory_range, lambda m: formulae.memory_headroom(m, capacity[kept])
    )[mode](m)  # fmt: skip
    components = [formulae.throughput_component(t), formulae.latency_component(latency), memory]
    for i in (0, 1, 2):
        if policy[i] == "pessimistic":
            components[i] = formulae.pessimistic(components[i])
    t_used, latency_used, memory_used = (formulae.complete(component) for component in components)
    left = formulae.drop_criteria(weights, (t_used, latency_used, memory_used))
    compatibility = formulae.weighted_sum(*components, *left.tolist())
    c = formulae.confidence(n[kept])
    return kept, (*components, compatibility, formulae.suitability(compatibility, c))


@deterministic
@given(group=candidates(min_size=2), policy=st.sampled_from(["pessimistic", "require"]), data=st.data())
def test_a_lost_value_is_never_ahead_of_a_measured_one(
    group: tuple[np.ndarray, ...], policy: str, data: st.DataObject
) -> None:
    """A candidate that loses its memory has the component of the worst that has it, or is none at all."""
    *metrics, n = group
    m = metrics[2].copy()
    m[data.draw(st.integers(0, n.size - 1))] = NAN
    known = np.isfinite(m) & (m > 0)
    rules = ("renormalise", "renormalise", policy)
    found = score_groups([0, n.size], *metrics[:2], m, n, policy=rules).memory
    if policy == "require" or not known.any():
        assert_array_equal(np.isnan(found), ~known)
    else:
        assert (found[~known] == found[known].min()).all()


@pytest.mark.parametrize(
    "policy", ["drop", ("renormalise", "require"), ("require",) * 4, ("require", "x", "x")]
)
def test_policies_that_do_not_exist(policy: Any) -> None:
    """An unknown policy, or not one for each of three, is refused with those that there are."""
    with pytest.raises(ValueError, match="there are renormalise, pessimistic, require"):
        three(policy)


@pytest.mark.parametrize("ids", [[0, -1, 0], [0, 2**24, 0]])
def test_hardware_out_of_range(ids: list[int]) -> None:
    """Ids of hardware are counted with, so they are held in range."""
    with pytest.raises(ValueError, match="hardware must lie between 0 and"):
        three("require", hardware=ids)


@pytest.mark.parametrize("policy", [None, 3, b"require", [["require"], "require", "require"]])
def test_policies_that_are_no_names(policy: Any) -> None:
    """Refused as unknown, in one line."""
    with pytest.raises(ValueError, match="unknown policy"):
        score_groups([0, 1], [1.0], [1.0], [1.0], [1], policy=policy)


def test_capacity_is_memory_s_alone() -> None:
    """A required latency needs no capacity, also where one array is handed over as latency and as memory."""
    both = np.array([1.0, 2.0])
    found = score_groups(
        *([0, 2], [1.0, 1.0], both, both, [1, 1]),
        memory_mode="headroom",
        capacity=[np.nan, 4.0],
        policy=["renormalise", "require", "renormalise"],
    )
    assert found.latency.tolist() == [1.0, 0.5]
    assert found.used.tolist() == [[True, True, False]]
