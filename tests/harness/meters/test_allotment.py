"""fitment.harness.meters.allotment: the CPUs and the CPU time that are ours, and what counts as a change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.harness.meters import allotment
from fitment.harness.meters.allotment import Allotment

GIVEN = Allotment(frozenset({0, 1}), "max 100000", "0-1")


@pytest.mark.parametrize(
    ("now", "differs", "narrowed"),
    [
        (GIVEN, False, True),
        (Allotment(frozenset({1}), "max 100000", "0-1"), True, True),
        (Allotment(frozenset({0, 1, 2}), "max 100000", "0-1"), True, False),
        (Allotment(frozenset({1}), "50000 100000", "0-1"), True, False),
        (Allotment(frozenset({0, 1}), "50000 100000", "0-1"), True, False),
        (Allotment(frozenset({0, 1}), "max 100000", "0"), True, False),
        (Allotment(None, "", ""), False, False),
    ],
)
def test_F28_what_counts_as_a_change(now: Allotment, *, differs: bool, narrowed: bool) -> None:
    """Mask, quota or CPUs that changed; what can't be read any more is no change, but nothing narrower."""
    assert (now.differs(GIVEN), now.narrowed(GIVEN)) == (differs, narrowed)


def test_quota_and_cpus_of_both_versions(tmp_path: Path) -> None:
    """What our group and its parents are given is read from both versions' files."""
    proc, groups = tmp_path / "proc", tmp_path / "cgroup"
    (proc / "self").mkdir(parents=True)
    (proc / "self/cgroup").write_text("4:cpu:/x\n3:cpuset:/x\n0::/job\n")
    (tmp_path / "online").write_text("0-3\n")
    for name, content in {
        "job/cpu.max": "50000 100000",
        "cpu.max": "max 100000",
        "cpu/x/cpu.cfs_quota_us": "-1",
        "cpu/x/cpu.cfs_period_us": "100000",
        "job/cpuset.cpus.effective": "0-1",
        "cpuset/x/cpuset.effective_cpus": "0-2",
    }.items():
        (groups / name).parent.mkdir(parents=True, exist_ok=True)
        (groups / name).write_text(f"{content}\n")
    found = allotment.read(proc, groups, tmp_path / "online")
    assert (found.quota, found.cpus) == ("50000 100000 max 100000 -1 100000", "0-3 0-1 0-2")
    assert found.mask == os.sched_getaffinity(0)


def test_a_system_that_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No files and no mask are empty, and never a change."""
    monkeypatch.delattr(os, "sched_getaffinity")
    found = allotment.read(tmp_path, tmp_path, tmp_path / "online")
    assert found == Allotment(None, "", "")
    assert not found.differs(GIVEN)
    assert not GIVEN.differs(found)


@pytest.mark.parametrize(
    ("environ", "bound"),
    [
        ({}, False),
        ({"OMP_PROC_BIND": "false"}, False),
        ({"OMP_PROC_BIND": "close"}, True),
        ({"OMP_PROC_BIND": "TRUE"}, True),
        ({"KMP_AFFINITY": "disabled"}, False),
        ({"GOMP_CPU_AFFINITY": "0-1"}, True),
    ],
)
def test_whether_threads_are_bound(environ: dict[str, str], *, bound: bool) -> None:
    """Any of the variables that OpenMP's libraries know binds, unless it says no."""
    assert allotment.is_bound(environ) == bound
