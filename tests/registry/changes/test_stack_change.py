from __future__ import annotations

import math

import numpy as np
import pytest
from fitment.configs import path as shipped
from fitment.registry.answers import Noise
from fitment.registry.changes.ratios import ASSUMED
from fitment.registry.changes.stack_change import StackComparison, compare_stacks, stack_comparison
from fitment.registry.changes.stack_names import HeldStack
from fitment.registry.errors import NoResultsError
from fitment.registry.imports.run import import_file
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.estimates import failed, k, ok

OLD, NEW = (
    HeldStack("A", name, torch, None, None, (name,)) for name, torch in (("old", "2.1"), ("new", "2.4"))
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The RTX 3090's files of both stacks."""
    store = empty_store(tmp_path_factory.mktemp("stacks") / "fitment.duckdb")
    for middle in ("nchw-pt113-cu117", "nchw-pt240-cu124"):
        import_file(store, "timm", shipped(f"published/timm/benchmark-infer-amp-{middle}-rtx3090.csv"))
    return store


@pytest.fixture(scope="module")
def found(published: Store) -> StackComparison:
    return compare_stacks(published, "pt113", "pt240")


def test_801_common_keys_724_at_equal_batch(found: StackComparison) -> None:
    """What the two published files share."""
    assert found.hardware == "NVIDIA GeForce RTX 3090, 24 GiB"
    assert (found.common, found.equal_batch, len(found.rows)) == (801, 724, 724)
    assert (found.only_first, found.only_second) == (131, 642)


def test_the_newer_stack_is_five_percent_faster(found: StackComparison) -> None:
    """The common shift stands apart, with an exact interval; the rest is held against its scatter."""
    low, value, high = (
        math.exp(x or 0.0) - 1 for x in (found.shift.low, found.shift.value, found.shift.high)
    )
    assert (round(low, 3), round(value, 3), round(high, 3)) == (0.046, 0.050, 0.055)
    assert found.centred
    y = np.log([row.throughput_2 / row.throughput_1 for row in found.rows])
    assert found.sd == pytest.approx(1.4826 * np.median(np.abs(y - np.median(y))))
    assert {row.basis for row in found.rows} == {ASSUMED}


def test_which_models_changed(found: StackComparison) -> None:
    """125 got faster than the shift and 8 slower, the largest change first, each with its results."""
    words = [row.judgement for row in found.changed]
    assert (words.count("faster"), words.count("slower")) == (125, 8)
    first = found.changed[0]
    assert (first.model, first.configuration.batch) == ("pit_ti_224", 1024)
    assert first.ratio == pytest.approx(14941.65 / 6762.99)
    assert first.beyond == pytest.approx(first.ratio / math.exp(found.shift.value))
    assert all(row.result_ids_1 and row.result_ids_2 for row in found.rows)
    assert min(row.model for row in found.changed if row.judgement == "slower") == "convmixer_1024_20_ks9_p14"


def test_the_other_way_round_negates_every_change(published: Store, found: StackComparison) -> None:
    """Shift, distances and judgements turn over; nothing is called changed that was not."""
    back = compare_stacks(published, "2.4", "1.13")
    assert back.shift.value == pytest.approx(-found.shift.value)
    turned = {"faster": "slower", "slower": "faster", "no clear change": "no clear change"}
    for there, here in zip(found.rows, back.rows, strict=True):
        assert here.beyond == pytest.approx(1 / there.beyond)
        assert here.judgement == turned[there.judgement]


def test_a_stack_against_itself(published: Store) -> None:
    """No shift, no scatter, no change."""
    same = compare_stacks(published, "pt240", "2.4.0")
    assert (same.shift.low, same.shift.value, same.shift.high, same.sd) == (0.0, 0.0, 0.0, 0.0)
    assert same.changed == ()


def test_unequal_batches_and_failures_are_counted() -> None:
    """A key that shares no batch is common but not compared; what fails under one stack is no ratio."""
    both = [
        ok("A", k(batch), 10.0 * batch, stack=stack)
        for stack, batches in (("old", (1, 8, 64)), ("new", (1, 16)))
        for batch in batches
    ]
    both += [failed("A", k(64), "oom_host", stack="new"), ok("A", k(4, "bf16"), 1.0, stack="new")]
    both += [ok("A", k(2, "tf32"), 1.0, stack="new"), ok("A", k(4, "tf32"), 1.0, stack="old")]
    found = stack_comparison(both, OLD, NEW, Noise())
    assert (found.common, found.equal_batch, len(found.rows)) == (2, 1, 1)
    assert (found.only_first, found.only_second) == (0, 1)
    assert (found.now_fails, found.now_runs) == (1, 0)
    assert (found.centred, found.sd, found.shift.low) == (False, None, None)


def test_nothing_in_the_same_configuration() -> None:
    """One line that says on what."""
    with pytest.raises(NoResultsError, match=r"torch 2\.1 and torch 2\.4 on A"):
        stack_comparison(
            [ok("A", k(1), 1.0, stack="old"), ok("A", k(2), 1.0, stack="new")], OLD, NEW, Noise()
        )
