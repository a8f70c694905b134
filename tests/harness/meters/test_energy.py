"""fitment.harness.meters.energy: joules per unit of work, or None."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fitment.harness.meters import energy, nvml, power
from fitment.harness.meters.energy import Counter, Window, counter_for, judged, measure_energy
from fitment.harness.meters.stopwatch import Stopwatch

from tests.harness.meters.fake_nvml import MIG_UUID, UUID, FakeNvml, memory
from tests.harness.protocol.fake_clock import FakeClock

STEP_S = 0.1
IDLE_W = 20.0
BUSY_W = 100.0


class Device:
    """A device whose time passes only while it works or somebody sleeps; its counter moves in periods."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, period_s: float = 0.1, step_s: float = STEP_S
    ) -> None:
        self.clock = FakeClock()
        self.watch = Stopwatch(lambda: self._spend(step_s, BUSY_W), lambda: None, self.clock)
        self._period_ns = round(period_s * 1e9)
        self._joules = [(0, 0.0)]  # at each moment that the power changed
        now = SimpleNamespace(
            perf_counter=lambda: self.clock.now_ns / 1e9, sleep=lambda s: self._spend(s, IDLE_W)
        )
        monkeypatch.setattr(energy, "time", now)
        monkeypatch.setattr(power, "watched", _watched_by(now.perf_counter))

    def _spend(self, seconds: float, watts: float) -> None:
        self.clock.spend(seconds)
        self._joules.append((self.clock.now_ns, self._joules[-1][1] + seconds * watts))

    def joules(self) -> float:
        """What the counter shows: what was spent until its last update."""
        updated = self.clock.now_ns // self._period_ns * self._period_ns
        earlier = [point for point in self._joules if point[0] <= updated]
        later = [point for point in self._joules if point[0] > updated]
        at, joules = earlier[-1]
        if later:
            joules += (later[0][1] - joules) * (updated - at) / (later[0][0] - at)
        return joules

    @property
    def counter(self) -> Counter:
        """Its energy counter."""
        return Counter("nvml", self.joules)


def _watched_by(clock: Callable[[], float]) -> Callable[[nvml.Gpu], Any]:
    return lambda gpu: power.Sampler(gpu.power_w, power.INTERVAL_S, clock)


def gpu_that_draws(watts: float) -> nvml.Gpu:
    """A GPU with this reading of its power."""
    found = nvml.find(UUID, FakeNvml(nvmlDeviceGetPowerUsage=round(watts * 1e3)))
    assert found is not None
    return found


def test_energy_per_unit_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of 0.1 s at 100 W with 4 samples each take 2.5 J a sample, and idling takes 20 W."""
    device = Device(monkeypatch)
    found = measure_energy(device.watch, device.counter, STEP_S, 4, gpu_that_draws(101))
    assert found.fields["energy_per_unit_j"] == pytest.approx(2.5, rel=0.02)
    assert found.fields["mean_power_w"] == pytest.approx(BUSY_W, rel=0.02)
    assert found.fields["idle_power_w"] == pytest.approx(IDLE_W, rel=0.01)
    assert found.fields["integrated_power_w"] == pytest.approx(101)
    assert found.fields["energy_source"] == "nvml"
    assert found.flags == ()


@pytest.mark.parametrize(("period_s", "window_s"), [(0.02, 3.0), (0.1, 3.0), (0.2, 6.0)])
def test_window_spans_seconds_and_periods(
    monkeypatch: pytest.MonkeyPatch, period_s: float, window_s: float
) -> None:
    """The device works for at least 3 s and 30 periods of the counter, as it moves here."""
    device = Device(monkeypatch, period_s)
    assert energy.counter_period_s(device.counter) == pytest.approx(period_s, abs=0.002)
    before = device.clock.now_ns
    measure_energy(device.watch, device.counter, STEP_S, 1)
    assert window_s <= (device.clock.now_ns - before) / 1e9 - energy.IDLE_S - 5 * period_s <= 1.3 * window_s


def test_steps_that_are_faster_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enqueued steps may take half of what a single one took: the window is as long all the same."""
    device = Device(monkeypatch, step_s=STEP_S / 2)
    before = device.clock.now_ns
    measure_energy(device.watch, device.counter, STEP_S, 1)
    assert (device.clock.now_ns - before) / 1e9 >= energy.LEAST_S + energy.IDLE_S


def test_sampled_power_that_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter 10 % off the sampled power is flagged, and both figures are kept."""
    device = Device(monkeypatch)
    found = measure_energy(device.watch, device.counter, STEP_S, 1, gpu_that_draws(150))
    assert found.flags == ("energy_disagrees",)
    assert found.fields["mean_power_w"] == pytest.approx(BUSY_W, rel=0.02)
    assert found.fields["integrated_power_w"] == pytest.approx(150)


def test_power_that_is_an_average_over_the_second_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What such a reading still holds of the time before the window is left out of the mean."""
    device = Device(monkeypatch)
    first: list[int] = []

    def milliwatts() -> int:
        first.append(device.clock.now_ns)
        return 20_000 if device.clock.now_ns < first[0] + 1e9 else 100_000

    gpu = nvml.find(UUID, FakeNvml(nvmlDeviceGetPowerUsage=milliwatts))
    found = measure_energy(device.watch, device.counter, STEP_S, 1, gpu)
    assert found.fields["integrated_power_w"] == pytest.approx(100)
    assert found.flags == ()


@pytest.mark.parametrize(
    ("sampled_w", "flags"),
    [(None, ()), (109.0, ()), (111.0, ("energy_disagrees",)), (89.0, ("energy_disagrees",))],
)
def test_ten_per_cent(sampled_w: float | None, flags: tuple[str, ...]) -> None:
    """The limit is a tenth of the counter's figure, either way."""
    assert judged(Window(3.0, 30, 300.0, sampled_w, 0.01), "nvml", 20.0, 1).flags == flags


@pytest.mark.parametrize(
    ("joules", "flags"), [(None, ()), (0.0, ("energy_invalid",)), (-5.0, ("energy_invalid",))]
)
def test_counter_that_fails_or_runs_backwards(joules: float | None, flags: tuple[str, ...]) -> None:
    """No figure is None, and never zero; a counter that tells nonsense is flagged."""
    found = judged(Window(3.0, 30, joules, 90.0, 0.01), "nvml", None, 4)
    assert found.flags == flags
    for name in ("energy_per_unit_j", "mean_power_w", "idle_power_w", "energy_source"):
        assert found.fields[name] is None
    assert found.fields["integrated_power_w"] == 90.0


def test_counter_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter that never moves costs two seconds, not a window, and is flagged."""
    device = Device(monkeypatch)
    found = measure_energy(device.watch, Counter("nvml", lambda: 7.0), STEP_S, 1)
    assert found.flags == ("energy_invalid",)
    assert set(found.fields.values()) == {None}
    assert device.clock.now_ns < 3e9


def test_F36_counter_that_dies_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A counter that is there at first and then isn't gives None."""
    device = Device(monkeypatch)
    dies_ns = 3_000_000_000

    def joules() -> float | None:
        return device.joules() if device.clock.now_ns < dies_ns else None

    found = measure_energy(device.watch, Counter("nvml", joules), STEP_S, 1)
    assert found.fields["energy_per_unit_j"] is None
    assert found.flags == ()


def test_counter_of_a_gpu() -> None:
    """NVML's counter where the device has one, nothing where it does not."""
    with_counter = FakeNvml(nvmlDeviceGetTotalEnergyConsumption=[1000, 2000, 5000])
    found = counter_for(nvml.find(UUID, with_counter), "cuda")
    assert found is not None
    assert found.source == "nvml"
    assert [found.read(), found.read()] == pytest.approx([2.0, 5.0])
    assert counter_for(nvml.find(UUID, FakeNvml()), "cuda") is None
    assert counter_for(None, "cuda") is None


def test_slice_of_a_gpu_has_no_counter() -> None:
    """What NVML counts is the whole GPU's energy, its other slices' included."""
    whole = {"nvmlDeviceGetTotalEnergyConsumption": [1000]}
    library = FakeNvml(
        gpus={UUID: whole, MIG_UUID: {**whole, "nvmlDeviceGetMemoryInfo": memory(1, 2)}},
        slices={MIG_UUID: UUID},
    )
    assert counter_for(nvml.find(MIG_UUID, library), "cuda") is None


def test_counter_of_a_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """RAPL where it can be read."""
    monkeypatch.setattr(energy.rapl, "read", lambda *powercap: None)
    assert counter_for(None, "cpu") is None
    readings = (energy.rapl.Reading((joules,), (1e6,)) for joules in (1.0, 2.0, 7.0))
    monkeypatch.setattr(energy.rapl, "read", lambda *powercap: next(readings))
    found = counter_for(None, "cpu")
    assert found is not None
    assert found.source == "rapl"
