from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.answers import NOISE, Estimate
from fitment.registry.changes.ratios import ASSUMED, Ratio
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.changes.version_change import VersionComparison, compare_versions, version_comparison
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.records import Environment
from fitment.registry.storage.store import Store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.changes.versions import fill, run, side
from tests.registry.fit.estimates import failed, k, ok
from tests.registry.fit.stores import HERE, THERE, copy, journalling

HOST = {"host": "h", "env_id": "e", "stack": "s"}


def compared(first: list[Estimate], second: list[Estimate]) -> VersionComparison:
    return version_comparison("net", side("v1", *first), side("v2", *second), NOISE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """v1 on two machines, v2 half as fast on one of them. Not to be changed."""
    return fill(tmp_path_factory.mktemp("versions"))


def test_half_as_fast_is_seen(store: Store) -> None:
    """Both versions stand against the same references: the slower one has less, by name and as percent."""
    found = compare_versions(store, "net", "v1", "v2")
    there, here = found.rows
    assert (there["hardware_type"], there.judgement, there["compatibility_change"]) == (
        THERE.hardware,
        "only in v1",
        None,
    )
    assert (here["hardware_type"], here.judgement) == (HERE.hardware, "slower")
    # batch 8 sets T, batch 1 of v1 sets L and M: .5·1/9 + .3 + .2 of v1, half of the first two in v2
    assert here.compatibility_1 == pytest.approx(
        0.5 * 100 / 900 + 0.3 * (0.01 / 0.01) * (8 / 900) / 0.01 + 0.2
    )
    assert here["compatibility_change"] == pytest.approx(
        100 * (here.compatibility_2 or 0.0) / (here.compatibility_1 or 1.0) - 100
    )
    assert -50.0 < here["compatibility_change"] < -10.0
    assert here.throughput is not None
    assert here.throughput.value == 0.5
    assert here.latency is not None
    assert here.latency.value == 2.0
    assert [c.judgement for c in here.configurations] == ["slower", "now fails"]
    with pytest.raises(KeyError):
        here["compatibility"]


def test_it_is_a_sequence_of_its_rows(store: Store) -> None:
    """Scripts of the earlier system go through it as a list."""
    found = compare_versions(store, "net", "v1", "v2")
    assert [change["hardware_type"] for change in found] == [row.hardware_type for row in found.rows]
    assert (len(found), found[0]) == (2, found.rows[0])


def test_the_side_is_a_snapshot_unless_live(store: Store, tmp_path: Path) -> None:
    """What came after the snapshot counts with live alone; the comparison says how much that is."""
    own = copy(store, tmp_path)
    made = create_snapshot(own, "net", "v1")
    for invocation in range(5, 12):
        run(own, "v1", 1, 1000.0, invocation=invocation)
    kept, live = (compare_versions(own, "net", "v1", "v2", live=live) for live in (False, True))
    assert (kept.first.snapshot, kept.first.results, kept.first.since) == (made.id, 6, 7)
    assert (live.first.snapshot, live.first.results, live.first.since) == (None, 13, 0)
    ratios = [found.rows[1].configurations[0].throughput for found in (kept, live)]
    assert [round(ratio.value, 3) for ratio in ratios if ratio] == [0.5, 0.05]


def test_unknown_versions_are_named(store: Store) -> None:
    """With those there are; a version without results says how to get some."""
    with pytest.raises(UnknownNameError, match="v9 of net"):
        compare_versions(store, "net", "v1", "v9")
    with pytest.raises(NoResultsError, match="v3 of net has no results"):
        compare_versions(store, "net", "v1", "v3")


def test_each_word() -> None:
    """Faster, slower, no clear change, now fails, now runs, fails in both, only in one."""
    first = [ok(name, k(1), 100.0, **HOST) for name in "ABCDF"] + [failed("E", k(1), "timeout", **HOST)]
    second = [
        ok("A", k(1), 150.0, **HOST),
        ok("B", k(1), 50.0, **HOST),
        ok("C", k(1), 101.0, **HOST),
        failed("D", k(1), "oom_host", **HOST),
        ok("E", k(1), 100.0, **HOST),
        ok("F", k(2), 100.0, **HOST),
        ok("G", k(1), 100.0, **HOST),
    ]
    both_fail = failed("H", k(1), "crashed", **HOST)
    words = {row.hardware_type: row.judgement for row in compared([*first, both_fail], [*second, both_fail])}
    assert words == {
        "A": "faster",
        "B": "slower",
        "C": "no clear change",
        "D": "now fails",
        "E": "now runs",
        "F": "no common configuration",
        "G": "only in v2",
        "H": "fails in both",
    }


def test_another_stack_is_not_the_version_alone() -> None:
    """Where no stack is common the row is flagged, with both, and a note says it."""
    a = ok("A", k(1), 100.0, **HOST)
    b = replace(a, stack="t", env_id="f", torch="2.14.0")
    (row,) = compared([a], [b]).rows
    assert (row.flags, row.torch_1, row.torch_2) == (("software_mismatch",), "2.13.0", "2.14.0")
    assert any("torch 2.13.0 and 2.14.0" in note for note in compared([a], [b]).notes)
    assert compared([a], [a]).rows[0].flags == ()


def test_one_run_a_side_says_so() -> None:
    """The interval stands on assumed noise, and a note says for how many."""
    a = ok("A", k(1), 100.0, **HOST)
    found = compared([a], [a])
    assert found.rows[0].throughput is not None
    assert found.rows[0].throughput.basis == ASSUMED
    assert f"{ASSUMED}: 1 of 1 configuration ran once a version" in found.notes


def test_what_one_side_lacks_is_dropped_for_both() -> None:
    """Equal criteria: without memory on one side it counts for neither."""
    a, b = ok("A", k(1), 100.0, **HOST), ok("A", k(1), 100.0, **HOST, memory_bytes=None)
    found = compared([a], [b])
    assert found.weights is not None
    assert (found.weights.memory, found.rows[0].compatibility_change) == (0.0, 0.0)
    assert any(note.startswith("memory: not known of all") for note in found.notes)


# On a real store: what a few runs of two versions on two machines give.

speeds = st.lists(st.floats(1.0, 1e4).map(lambda x: round(x, 3)), min_size=1, max_size=3)
quick = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def stored(folder: Path, runs: dict[tuple[str, int, Environment], list[float]]) -> Store:
    store = Store.open(folder / f"{len(list(folder.iterdir()))}.duckdb", create=True)
    with journalling(store):
        for (tag, batch, environment), throughputs in runs.items():
            for invocation, throughput in enumerate(throughputs):
                run(store, tag, batch, throughput, environment=environment, invocation=invocation)
    return store


def logs(ratio: Ratio | None) -> list[float]:
    assert ratio is not None
    return [math.log(x) for x in (ratio.low, ratio.value, ratio.high)]


@quick
@given(speeds, speeds, speeds)
def test_properties_on_a_store(
    tmp_path: Path, slow: list[float], large: list[float], other: list[float]
) -> None:
    """Against itself nothing changes; twice as slow everywhere shows; swapped sides negate every change."""
    cells: dict[tuple[int, Environment], list[float]] = {(1, HERE): slow, (8, HERE): large, (1, THERE): other}
    runs: dict[tuple[str, int, Any], list[float]] = {}
    for (batch, environment), throughputs in cells.items():
        runs["v1", batch, environment] = throughputs
        runs["v2", batch, environment] = [t / 2 for t in throughputs]
    store = stored(tmp_path, runs)
    for row in compare_versions(store, "net", "v1", "v1"):
        assert (row.compatibility_change, row.judgement) == (0.0, "no clear change")
        assert all(c.throughput is not None and c.throughput.value == 1.0 for c in row.configurations)
    there, back = compare_versions(store, "net", "v1", "v2"), compare_versions(store, "net", "v2", "v1")
    for row, swapped in zip(there, back, strict=True):
        assert row.throughput is not None
        assert row.throughput.value == pytest.approx(0.5)
        assert row.compatibility_change is not None
        assert row.compatibility_change < 0.0
        assert swapped.configuration == row.configuration
        for name in ("throughput", "latency", "memory"):
            one, other_way = logs(getattr(row, name)), logs(getattr(swapped, name))
            assert [-x for x in reversed(one)] == pytest.approx(other_way, abs=1e-12)
