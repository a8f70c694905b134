"""What measuring costs, beside what is measured: ``python -m benchmarks.harness_cost``.

Each line is a claim of the README: a limit, what was found, and the spread over the rounds. Rivals run in the
same rounds, in turn with ours. One thread; run it on a machine that does nothing else.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from fitment.harness.executors import process
from fitment.harness.job import Job
from fitment.harness.meters import memory
from fitment.harness.meters.stopwatch import Stopwatch
from fitment.harness.profiles import PROFILES
from fitment.registry.records import Measurement
from torch.utils.benchmark import Timer

from tests.harness.jobs import make_job, module_job

QUICK = PROFILES["quick"]
SLOW_S = 3.0
TURN_S = 0.005  # of steps, in the pairs beside torch.utils.benchmark
TURNS = 100
TRANSIENT = 64 * 2**20
SLOW_MODEL = """
class Slow(nn.Module):
    def forward(self, x):
        time.sleep(3.0)
        sys.stdout.flush()
        os._exit(0)

def make():
    return Slow(), X
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in each round, its limit, and how to print it."""

    name: str
    limit: str
    rounds: list[float]
    unit: str

    def line(self) -> str:
        """The median with the smallest and the largest round."""
        low, middle, high = min(self.rounds), statistics.median(self.rounds), max(self.rounds)
        return f"{self.name:<62} {self.limit:>9} {middle:>9.3f} {low:>9.3f} … {high:<9.3f} {self.unit}"


def main() -> None:
    """Prints a table of all claims."""
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, one thread\n")
    print(f"{'':<62} {'limit':>9} {'median':>9} {'least':>9}   {'most':<9}")
    for claim in claims():
        print(claim.line(), flush=True)


def claims() -> Iterator[Claim]:
    """Every claim, measured now."""
    yield Claim("timing loop and the call of a step that does nothing", "≤ 150", loop_ns(), "ns a step")
    for microseconds, op in operations():
        name = f"median against torch.utils.benchmark, op of {microseconds:,.0f} µs"
        yield Claim(name, "1 ± .01", against_timer(op), "ours / theirs")
    yield Claim("the parent's CPU time while a child runs for 3 s", "< 0.05", parent_cpu_s(), "s")
    yield Claim("an invocation of a tiny model beside its measuring", "≤ 3", beside_measuring_s(), "s")
    yield Claim("error of the peak over a transient of 64 MiB, of 20", "≤ 1", peak_error_mib(), "MiB")


def loop_ns(rounds: int = 21, steps: int = 200_000) -> list[float]:
    """Nanoseconds per step of the stopwatch's loop; everything that is not the model's is in them."""
    watch = Stopwatch(_nothing, _nothing)
    return [watch.seconds_per_step(steps) * 1e9 for _ in range(rounds)]


def operations() -> Iterator[tuple[float, Callable[[], object]]]:
    """Matrix products of about 0.1, 1 and 10 ms, each with what it takes here."""
    for size in (192, 448, 960):
        a, b = torch.randn(size, size), torch.randn(size, size)

        def multiply(a: torch.Tensor = a, b: torch.Tensor = b) -> object:
            return torch.mm(a, b)

        yield Stopwatch(multiply, _nothing).seconds_per_step(50) * 1e6, multiply


def against_timer(op: Callable[[], object], rounds: int = 15) -> list[float]:
    """The ratio of the medians, ours over torch's, of each round.

    The two take turns every few milliseconds: a machine that others share changes its pace by more than 1 %
    from one second to the next, and would decide the ratio of two measurements made one after the other.
    """
    watch = Stopwatch(op, _nothing)
    timer = Timer("op()", globals={"op": op})
    steps = max(1, round(TURN_S / watch.seconds_per_step(10)))
    return [_ratio_of_medians(watch, timer, steps) for _ in range(rounds)]


def _ratio_of_medians(watch: Stopwatch, timer: Timer, steps: int) -> float:
    """Of turns that go ours, theirs, theirs, ours."""

    def ours(count: int) -> float:
        watch.seconds_per_step(max(count // 100, 2))  # torch's timer does the same before it starts its clock
        return watch.seconds_per_step(count)

    def theirs(count: int) -> float:
        return timer.timeit(count).mean

    sides = (ours, theirs)
    found: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS):
        for side in (0, 1) if turn % 2 == 0 else (1, 0):
            found[side].append(sides[side](steps))
    return statistics.median(found[0]) / statistics.median(found[1])


def parent_cpu_s(rounds: int = 3) -> list[float]:
    """CPU seconds of this process, while a child sleeps for 3 s in its model's forward pass."""
    with tempfile.TemporaryDirectory() as folder:
        job = module_job(Path(folder), SLOW_MODEL)
        return [_cpu_s(job) for _ in range(rounds)]


def _cpu_s(job: Job) -> float:
    before, started = time.process_time(), time.monotonic()
    process.run(job)
    if time.monotonic() - started < SLOW_S:
        raise SystemExit("the child ended before its time: nothing was measured")
    return time.process_time() - before


def beside_measuring_s(rounds: int = 5) -> list[float]:
    """Seconds of an invocation that were spent on anything but steps of warm-up and timed passes."""
    found = []
    for _ in range(rounds):
        started = time.monotonic()
        measurement = process.run(make_job()).measurement
        found.append(time.monotonic() - started - _measuring_s(measurement))
    return found


def _measuring_s(m: Measurement) -> float:
    """The time of all counted and uncounted steps, from what is stored of them."""
    if m.status != "ok":
        raise SystemExit(f"the tiny model was not measured: {m.status}: {m.detail}")
    steps = (m.n_samples or 0) * (m.steps_per_sample or 1) + (m.warmup_steps or 0)
    return steps * (m.latency_mean_s or 0.0) + (m.n_blocks or 0) * QUICK.block_s


def peak_error_mib(rounds: int = 20) -> list[float]:
    """By how much the kernel's high-water mark misses a transient allocation, in MiB."""
    return [_missed() / 2**20 for _ in range(rounds)]


def _missed() -> int:
    was_reset = memory.reset()
    before = memory.peak_rss(was_reset=was_reset).bytes
    torch.ones(TRANSIENT // 4)
    return abs(memory.peak_rss(was_reset=was_reset).bytes - before - TRANSIENT)


def _nothing() -> None:
    """A step, and a synchronisation, that take no time."""


if __name__ == "__main__":
    main()
