"""fitment.harness.devices.cpu: the CPU that this process may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fitment.harness.devices import cpu


@pytest.mark.parametrize(
    ("model", "cores", "expected"),
    [
        ("12th Gen Intel(R) Core(TM) i7-12700H", 14, "12th Gen Intel Core i7-12700H, 14 cores"),
        ("Intel(R) Xeon(R) Processor @ 2.80GHz", 2, "Intel Xeon Processor @ 2.80GHz, 2 cores"),
        ("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", 28, "Intel Xeon E5-2680 v4 @ 2.40GHz, 28 cores"),
        ("AMD EPYC 7763 64-Core Processor", 64, "AMD EPYC 7763 64-Core Processor, 64 cores"),
        ("aarch64", 1, "aarch64, 1 core"),
    ],
)
def test_the_class_is_the_name_without_marks_and_the_cores(model: str, cores: int, expected: str) -> None:
    """Published and measured results of one CPU meet under one string."""
    assert cpu.hardware_class(model, cores) == expected


def test_the_cpu_is_always_found() -> None:
    """One device, with a name, memory and at least one core."""
    (found,) = cpu.find()
    assert (found.name, found.kind) == ("cpu", "cpu")
    assert found.physical_cores is not None
    assert 1 <= found.physical_cores <= len(os.sched_getaffinity(0))
    assert found.hardware == cpu.hardware_class(cpu.model_name(), found.physical_cores)
    assert found.memory_bytes is not None
    free = cpu.free_memory_bytes("cpu")
    assert free is None or free > 0
    assert found.memory_bytes > 2**27


def test_cores_that_are_not_this_process_to_use_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process bound to one CPU measures one core."""
    one = min(os.sched_getaffinity(0))
    monkeypatch.setattr(cpu.os, "sched_getaffinity", lambda pid: {one})
    assert cpu.physical_cores() == 1


def test_two_threads_of_one_core_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Logical CPUs with the same package and core are one; without the kernel's word each is one."""
    topology = {0: ("0", "0"), 1: ("0", "1"), 2: ("0", "0"), 3: ("1", "0")}

    def read(path: Path) -> str:
        logical = int(path.parent.parent.name.removeprefix("cpu"))
        return topology[logical][0 if path.name == "physical_package_id" else 1]

    monkeypatch.setattr(cpu.os, "sched_getaffinity", lambda pid: set(topology))
    monkeypatch.setattr(cpu, "_text", read)
    assert cpu.physical_cores() == 3
    monkeypatch.setattr(cpu, "_text", lambda path: "")
    assert cpu.physical_cores() == 4


def test_a_control_groups_limit_is_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smaller of limit and machine; "max" is no limit."""
    installed = cpu.memory_bytes()
    for limit, expected in (("1048576\n", 1048576), (f"{2**60}\n", None), ("max\n", None), ("", None)):
        monkeypatch.setattr(cpu, "_text", lambda path, limit=limit: limit)
        assert cpu.memory_bytes() == (expected or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    assert installed > 0


def test_a_kernel_that_tells_nothing_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unread facts are None or the architecture's name, never 0."""
    monkeypatch.setattr(cpu, "_text", lambda path: "")
    monkeypatch.setattr(cpu.host_memory, "available_bytes", lambda: None)
    assert cpu.free_memory_bytes("cpu") is None
    assert cpu.model_name()
