"""fitment.harness.meters.device_time: the device's clock and the host's, on the same steps."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from fitment.harness.meters import device_time
from fitment.harness.meters.device_time import measure

from tests.harness.protocol.fake_clock import FakeClock

LAUNCH_S = 50e-6


class FakeGpu:
    """A GPU on whose clock a step takes ``step_s``; the host pays for a launch, and for each wait."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step_s: float) -> None:
        self.steps = 0
        self.clock = FakeClock()
        self._step_s = step_s
        self._done_s = 0.0
        monkeypatch.setattr(device_time.time, "perf_counter_ns", self.clock)
        monkeypatch.setattr(torch.cuda, "synchronize", self._synchronise)
        monkeypatch.setattr(torch.cuda, "current_stream", lambda device: "stream")
        monkeypatch.setattr(torch.cuda, "Event", self._event)

    def step(self) -> None:
        """Enqueues a step."""
        self.steps += 1
        self.clock.spend(LAUNCH_S)
        self._done_s = max(self._done_s, self.clock.now_ns / 1e9) + self._step_s

    def _synchronise(self, device: str) -> None:
        self.clock.spend(max(0.0, self._done_s - self.clock.now_ns / 1e9))

    def _event(self, *, enable_timing: bool) -> SimpleNamespace:
        assert enable_timing
        event = SimpleNamespace(at=0.0)

        def record(stream: str) -> None:
            assert stream == "stream"
            event.at = max(self._done_s, self.clock.now_ns / 1e9)

        event.record = record
        event.elapsed_time = lambda end: (end.at - event.at) * 1e3
        return event


@pytest.mark.parametrize("together", [1, 10])
def test_gap_between_the_clocks(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    """Steps enqueued together hide their launches behind each other; the first one is seen by both."""
    gpu = FakeGpu(monkeypatch, 2e-3)
    found = measure(gpu.step, "cuda:0", 2.05e-3, together)
    assert found.device_s == pytest.approx(2e-3 + LAUNCH_S / together, rel=1e-6)
    assert found.gap_s == pytest.approx(0.0, abs=1e-9)


def test_flush_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What clears the cache is waited for before either clock starts, once a sample."""
    gpu = FakeGpu(monkeypatch, 2e-3)
    flushes: list[None] = []

    def flush() -> None:
        flushes.append(None)
        gpu.clock.spend(1.0)

    found = measure(gpu.step, "cuda:0", 2.05e-3, 1, flush)
    assert len(flushes) == gpu.steps == 100
    assert found.device_s == pytest.approx(2e-3 + LAUNCH_S, rel=1e-6)
    assert found.gap_s == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("step_s", "together", "samples"), [(1e-3, 1, 100), (1e-5, 20, 100), (0.1, 1, 2), (9.0, 1, 1)]
)
def test_samples_fit_a_quarter_of_a_second(
    monkeypatch: pytest.MonkeyPatch, step_s: float, together: int, samples: int
) -> None:
    """At most 100 samples and 0.25 s, and at least one."""
    gpu = FakeGpu(monkeypatch, step_s)
    measure(gpu.step, "cuda:0", step_s, together)
    assert gpu.steps == samples * together
