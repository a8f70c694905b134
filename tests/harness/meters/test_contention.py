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


PRESSURE = "some avg10=0.00 avg60=1.00 avg300=2.00 total={}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=9\n"


@pytest.mark.parametrize(
    ("groups", "machine", "expected"),
    [
        ({"user/job": "2500000", "user": "7"}, "9000000", 2.5),
        ({"unified/user/job": "1500000"}, "9000000", 1.5),
        ({}, "9000000", 9.0),
        ({}, None, None),
    ],
)
def test_pressure_is_our_groups_or_the_machines(
    tmp_path: Path, groups: dict[str, str], machine: str | None, expected: float | None
) -> None:
    """The group's own figure where it is kept, else the machine's, in seconds; else None."""
    proc, root = system(tmp_path, steal=0, cgroup="0::/user/job\n", where="user/job")
    for name, total in groups.items():
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name / "cpu.pressure").write_text(PRESSURE.format(total))
    if machine is not None:
        (proc / "pressure").mkdir()
        (proc / "pressure/cpu").write_text(PRESSURE.format(machine))
    assert read(proc, root).cpu_pressure_s == expected


def test_a_quota_of_the_parent_counts_too(tmp_path: Path) -> None:
    """What stops the parent group stops ours."""
    stat = "nr_throttled 3\n"
    proc, root = system(tmp_path, steal=0, cgroup="0::/pod/job\n", stat=stat, where="pod/job")
    (root / "pod/cpu.stat").write_text("nr_throttled 4\n")
    assert read(proc, root).throttled_periods == 7


@pytest.mark.parametrize(
    ("switches", "pressure_s", "flags"),
    [
        (200, 0.5, ()),
        (201, 0.5, ("contended",)),
        (200, 0.51, ("contended",)),
        (0, None, ()),
    ],
)
def test_F29_neighbours_are_seen(switches: int, pressure_s: float | None, flags: tuple[str, ...]) -> None:
    """In 10 s of two threads: more than 10 preemptions a second each, or 5 % of the time in queues."""
    grown = Contention(10.0, 0.0, switches, 0, pressure_s)
    assert grown.flags(cpus=64, threads=2) == flags
    assert grown.fields()["cpu_pressure_s"] == pressure_s
