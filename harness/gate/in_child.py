"""What the plugin does in a process that a gate started: runs the benchmarks asked for, and answers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ..meters import nvml
from . import cuda_counters, fingerprint, foreign, request
from .observation import Observation, Pass, Standing, read, written
from .once import CountingFixture, untimed
from .request import Request
from .untimed import is_benchmark

ROUNDS = 20  # that a median is taken of
# Unless the user says otherwise. A quarter of a second a process, as there are 16 of them or more.
_TIMING = {
    "--benchmark-min-rounds": str(ROUNDS),
    "--benchmark-warmup": "on",
    "--benchmark-max-time": "0.25",
}
# What would write, stop or ask in the middle: the parent has done it, or nobody is there.
_WITHOUT: dict[str, Any] = {
    **dict.fromkeys(("benchmark_json", "benchmark_save", "benchmark_autosave", "benchmark_compare_fail")),
    **dict.fromkeys(("benchmark_cprofile", "xmlpath", "htmlpath", "report_log", "pastebin")),
    **dict.fromkeys(("usepdb", "trace", "lf", "failedfirst", "newfirst", "stepwise", "looponfail"), False),
    "benchmark_compare": [],
    "benchmark_histogram": [],
    "maxfail": 0,
}


def prepare(config: pytest.Config, args: list[str]) -> None:
    """Takes the request out of the environment, and adds to ``args`` what must win."""
    config.fitment_request = asked = request.read(os.environ.pop(request.VARIABLE))  # type: ignore[attr-defined]
    os.environ.pop("PYTEST_ADDOPTS", None)
    if asked.addopts is not None:
        os.environ["PYTEST_ADDOPTS"] = asked.addopts
    known = config.known_args_namespace
    added = ["--continue-on-collection-errors"]
    if hasattr(known, "numprocesses"):  # pytest-xdist
        added.append("-n0")
    if hasattr(known, "no_cov"):  # pytest-cov
        added.append("--no-cov")
    if hasattr(known, "benchmark_min_rounds"):
        given = {argument.partition("=")[0] for argument in args}
        added += [f"{name}={value}" for name, value in _TIMING.items() if name not in given]
    end = args.index("--") if "--" in args else len(args)
    args[end:end] = added


def register(config: pytest.Config) -> None:
    """Registers the pass that was asked for."""
    for name, value in _WITHOUT.items():
        if hasattr(config.option, name):
            setattr(config.option, name, value)
    if not config.option.pyargs:  # a file that only the other side has is no mistake
        here = config.invocation_params.dir
        config.args[:] = [each for each in config.args if (here / each.partition("::")[0]).exists()]
    config.pluginmanager.register(GatePass(config.fitment_request), "fitment-gate-pass")  # type: ignore[attr-defined]


class GatePass:
    """The hooks of one pass."""

    def __init__(self, asked: Request) -> None:
        self._asked = asked
        self._found: dict[str, Observation] = {}
        self._fixtures: dict[str, BenchmarkFixture] = {}
        self._disabled: set[str] = set()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> Iterator[None]:
        """Keeps what was asked for, in the order asked for: last of all, whatever else reorders."""
        result = yield
        wanted = None if self._asked.benchmarks is None else set(self._asked.benchmarks)
        kept = [each for each in items if is_benchmark(each) and (wanted is None or each.nodeid in wanted)]
        others = {each.nodeid for each in items} - {each.nodeid for each in kept}
        config.hook.pytest_deselected(items=[each for each in items if each.nodeid in others])
        items[:] = kept if self._asked.counting else sorted(kept, key=self._place)
        return result

    def _place(self, item: pytest.Item) -> bytes:
        """Random by the seed, and the same whatever else is collected."""
        return sha256(f"{self._asked.seed}\0{item.nodeid}".encode()).digest()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that can't be collected is told; a name that only the other side has is no mistake."""
        if report.failed and self._asked.benchmarks is None:
            self._note(Observation(report.nodeid, Standing.FAILED, reason=_why(report)))
        if report.nodeid == "":
            getattr(self._session, "_notfound", []).clear()

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Keeps the session."""
        self._session = session

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[None]:
        """Makes the fixture one that counts, or one whose clock waits for the GPU."""
        fixture = yield
        if fixturedef.argname == "benchmark" and isinstance(fixture, BenchmarkFixture):
            name = request.node.nodeid
            self._fixtures[name] = fixture
            if fixture.disabled:
                self._disabled.add(name)
            elif self._asked.counting:
                untimed(fixture, CountingFixture)
            else:
                fixture._timer = cuda_counters.synchronised(fixture._timer)
        return fixture

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes down how a benchmark ended; what failed stays failed."""
        found = self._found.get(report.nodeid)
        if report.failed:
            self._note(Observation(report.nodeid, Standing.FAILED, reason=_why(report)))
        elif found is None and report.skipped:
            self._note(Observation(report.nodeid, Standing.SKIPPED, reason=_why(report)))
        elif found is None and report.when == "call":
            self._note(self._measured(report.nodeid))

    def _measured(self, name: str) -> Observation:
        fixture = self._fixtures.get(name)
        if name in self._disabled:
            return Observation(name, Standing.DISABLED, reason="benchmarks are disabled: --benchmark-disable")
        counters = getattr(fixture, "counters", None)
        if fixture is None or fixture.stats is None:
            return Observation(name, Standing.DISABLED, reason="its test never called the benchmark fixture")
        found = Observation(name, Standing.MEASURED, device_kind="cuda" if cuda_counters.cuda() else "cpu")
        if counters is not None:
            return replace(found, counters=dict(counters))
        stats = fixture.stats.stats
        return replace(found, median_s=stats.median, rounds=stats.rounds, sm_clock_hz=_sm_clock_hz())

    def _note(self, observation: Observation) -> None:
        self._found[observation.benchmark] = observation

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Answers; a file that is there is whole."""
        answer = self._with_earlier(Pass(tuple(self._found.values()), fingerprint.facts(), self._strays()))
        unfinished = Path(f"{self._asked.answer}.part")
        unfinished.write_text(written(answer), encoding="utf-8")
        unfinished.replace(self._asked.answer)

    def _with_earlier(self, answer: Pass) -> Pass:
        """With what an earlier pytest of the same command has answered, as of a script that runs several."""
        path = Path(self._asked.answer)
        if not path.exists():
            return answer
        earlier = read(path.read_text(encoding="utf-8"))
        found = {each.benchmark: each for each in (*earlier.observations, *answer.observations)}
        strays = sorted({*earlier.strays, *answer.strays})
        return replace(answer, observations=tuple(found.values()), strays=tuple(strays))

    def _strays(self) -> tuple[str, ...]:
        """What was not imported from this side's tree, where there is another side."""
        if not self._asked.foreign:
            return ()
        root = self._asked.root
        found = {*foreign.copies_of(root), *foreign.modules_of(self._asked.foreign, own=root)}
        return tuple(sorted(found))


def _sm_clock_hz() -> float | None:
    gpu = nvml.find(cuda_counters.device_uuid())
    return gpu.sm_clock_hz() if gpu else None


def _why(report: pytest.CollectReport | pytest.TestReport) -> str:
    """The reason of a failure or a skip, in one line."""
    if hasattr(report, "wasxfail"):
        text = f"it is expected to fail: {report.wasxfail}".rstrip(": ")
    elif isinstance(report.longrepr, tuple):  # of a skip
        text = report.longrepr[2].removeprefix("Skipped: ")
    else:
        crash = getattr(report.longrepr, "reprcrash", None)
        text = crash.message if crash else report.longreprtext
    lines = [line for line in text.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("E  ")), lines[0] if lines else report.outcome)
    return " ".join(told.removeprefix("E  ").split())
