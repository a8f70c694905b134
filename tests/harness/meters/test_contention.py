"""fitment.harness.meters.contention: what others took, and None where nobody counts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.harness.meters.contention import Contention, read

TICKS = os.sysconf("SC_CLK_TCK")


def system(
    folder: Path, *, steal: int | None, cgroup: str = "", stat: str = "", where: str = ""
) -> tuple[Path, Path]:
    """A /proc and a /sys/fs/cgroup with these contents."""
    proc, cgroups = folder / "proc", folder / "cgroup"
    (proc / "self").mkdir(parents=True)
    columns = "cpu 1 2 3 4 5 6 7" + ("" if steal is None else f" {steal} 0 0")
    (proc / "stat").write_text(f"{columns}\ncpu0 1 2 3 4 5 6 7 8 0 0\n")
    (proc / "self/cgroup").write_text(cgroup)
    (cgroups / where).mkdir(parents=True)
    (cgroups / where / "cpu.stat").write_text(stat)
    return proc, cgroups


@pytest.mark.parametrize(
    ("cgroup", "where"),
    [
        ("0::/user/job\n", "user/job"),
        ("0::/\n", ""),
        ("7:memory:/m\n4:cpu,cpuacct:/docker/x\n", "cpu/docker/x"),
        ("3:cpuset:/no\n4:cpuacct,cpu:/docker/x\n", "cpu/docker/x"),
        ("1:cpu:/\n0::/\n", "cpu"),
    ],
)
def test_quota_of_our_own_group(tmp_path: Path, cgroup: str, where: str) -> None:
    """nr_throttled is read in version 2 and in version 1, whatever else the line names."""
    stat = "nr_periods 10\nnr_throttled 3\nthrottled_usec 9\n"
    proc, cgroups = system(tmp_path, steal=0, cgroup=cgroup, stat=stat, where=where)
    assert read(proc, cgroups).throttled_periods == 3


def test_steal_is_the_eighth_figure(tmp_path: Path) -> None:
    """Ticks over all CPUs become seconds."""
    assert read(*system(tmp_path, steal=250)).steal_s == 250 / TICKS


def test_a_system_that_does_not_count(tmp_path: Path) -> None:
    """No steal column and no quota are None, and so is what they grew by."""
    counters = read(*system(tmp_path, steal=None))
    assert (counters.steal_s, counters.throttled_periods) == (None, None)
    grown = counters.since(counters)
    assert (grown.steal_s, grown.throttled_periods, grown.involuntary_switches) == (None, None, 0)
    assert grown.flags(cpus=2) == ()


@pytest.mark.parametrize(
    ("steal_s", "periods", "flags"),
    [
        (0.0, 0, ()),
        (0.19, 0, ()),
        (0.21, 0, ("contended",)),
        (0.0, 1, ("throttled",)),
        (9.0, 2, ("contended", "throttled")),
    ],
)
def test_flags(steal_s: float, periods: int, flags: tuple[str, ...]) -> None:
    """More than 1 % of two CPUs' ten seconds, or any period without quota, is flagged."""
    before, after = Contention(100.0, 5.0, 7, 4), Contention(110.0, 5.0 + steal_s, 9, 4 + periods)
    grown = after.since(before)
    assert grown.flags(cpus=2) == flags
    assert grown.fields()["involuntary_switches"] == 2


def test_this_system_can_be_read() -> None:
    """The real files give counters that do not run backwards."""
    before = read()
    assert read().since(before).at_s >= 0
    assert read().involuntary_switches >= before.involuntary_switches
