"""What a call costs on a GPU, by a torch that is made up, and by the real one where there is a GPU."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from fitment.harness.gate import cuda_counters
from fitment.harness.gate.cuda_counters import ALLOCATIONS, LAUNCHES, PEAK


class FakeTorch:
    """A GPU with an allocator; ``events`` are what its profiler sees."""

    def __init__(self, *events: tuple[str, str]) -> None:
        self.cuda = self
        self.profiler = self
        self.held = self.peak = self.made = self.waits = 0
        self._events = events
        self.ProfilerActivity = SimpleNamespace(CUDA="cuda")
        self.is_initialized = lambda: True
        self.memory_allocated = lambda: self.held
        self.max_memory_allocated = lambda: self.peak
        self.memory_stats = lambda: {"allocation.all.allocated": self.made}

    def synchronize(self) -> None:
        """Waits."""
        self.waits += 1

    def reset_peak_memory_stats(self) -> None:
        """From what is held."""
        self.peak = self.held

    def take(self, size: int) -> None:
        """Allocates and frees."""
        self.peak = max(self.peak, self.held + size)
        self.made += 1

    @contextmanager
    def profile(self, activities: list[str]) -> Iterator[Any]:
        """What ran on the device."""
        found = [
            SimpleNamespace(name=name, device_type=SimpleNamespace(name=kind), is_user_annotation=False)
            for kind, name in self._events
        ]
        yield SimpleNamespace(events=lambda: found)


@pytest.fixture
def torch(monkeypatch: pytest.MonkeyPatch) -> FakeTorch:
    """In place of the real one."""
    events = [("CUDA", "gemm"), ("CUDA", "relu"), ("CUDA", "Memcpy HtoD"), ("CUDA", "Memset"), ("CPU", "mm")]
    made = FakeTorch(*events)
    monkeypatch.setitem(sys.modules, "torch", made)
    return made


def test_memory_is_what_the_call_added(torch: FakeTorch) -> None:
    """Above what was held before, and the allocations of this call alone."""
    torch.held, torch.made = 1000, 50
    assert cuda_counters.memory_of(lambda: torch.take(300)) == {PEAK: 300.0, ALLOCATIONS: 1.0}


def test_launches_are_kernels(torch: FakeTorch) -> None:
    """Copies, fills and what the CPU did are none."""
    assert cuda_counters.launches_of(lambda: None) == {LAUNCHES: 2.0}


def test_a_clock_waits_for_the_gpu(torch: FakeTorch) -> None:
    """The same clock for the same clock: pytest-benchmark keeps the precision of each."""
    clock = lambda: 7.0  # noqa: E731
    timer = cuda_counters.synchronised(clock)
    assert (timer(), torch.waits) == (7.0, 1)
    assert cuda_counters.synchronised(clock) is timer


@pytest.mark.parametrize(
    "absent", [None, SimpleNamespace(cuda=SimpleNamespace(is_initialized=lambda: False))]
)
def test_without_a_gpu_in_use_nothing_is_counted(monkeypatch: pytest.MonkeyPatch, absent: object) -> None:
    """No torch, or one that has not begun with CUDA: the call is made once, for the other counters."""
    monkeypatch.setitem(sys.modules, "torch", absent)
    calls: list[int] = []
    assert cuda_counters.memory_of(lambda: calls.append(1)) == {}
    assert cuda_counters.launches_of(lambda: calls.append(2)) == {}
    assert calls == [1]
    assert cuda_counters.device_uuid() is None


@pytest.mark.cuda
def test_a_real_gpu_counts_the_same_twice() -> None:
    """One product of two matrices: its bytes, and at least one kernel."""
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    a = torch.ones(512, 512, device="cuda")
    a @ a
    first, second = (cuda_counters.memory_of(lambda: a @ a) for _ in range(2))
    assert first == second
    assert first[PEAK] >= 512 * 512 * 4
    counts = [cuda_counters.launches_of(lambda: a @ a)[LAUNCHES] for _ in range(2)]
    assert counts[0] == counts[1] >= 1
    assert cuda_counters.device_uuid()
