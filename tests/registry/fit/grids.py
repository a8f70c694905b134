"""Random grids of results, whole or troubled in ways that have names."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from fitment.registry.records import Configuration, Environment, Measurement
from fitment.registry.results.append import append_import
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import measurement

MACHINES = [
    Environment(
        "cuda", f"GPU {name}, 24 GiB", host=f"host of {name}", torch=torch, device_memory_bytes=24 << 30
    )
    for name, torch in zip("ABCD", ("2.13.0", "2.13.1+cu130", "2.13.0", None), strict=True)
]
OTHER_TORCH = [replace(machine, torch="2.12.1") for machine in MACHINES]
OTHER_DRIVER = [replace(machine, driver="600.1") for machine in MACHINES]
TWINS = [replace(machine, host=f"twin of {machine.host}") for machine in MACHINES]  # of the same stack
WITHOUT_TORCH = [replace(machine, torch="2") for machine in MACHINES]  # a release without a minor one
CONFIGURATIONS = [
    Configuration(batch, precision, compile_mode)
    for batches in ((1, 8), (64, 2))
    for batch, precision, compile_mode in itertools.product(batches, ("fp32", "bf16"), ("eager", "inductor"))
]
FAILURES = (
    *("oom_device", "timeout", "crashed", "skipped_bound", "unsupported_precision", "numerics_nan"),
    *("unsupported_compile", "unsupported_device"),
)
FIGURES = {
    "latency": dict.fromkeys(("latency_p95_s", "latency_p50_s", "latency_mean_s")),
    "memory": {"peak_memory_bytes": None, "memory_scope": None},
}


@dataclass
class Grid:
    """The runs of one model, each at (machine, configuration); the first machine runs the first one."""

    model: str
    rng: Random
    ran: dict[tuple[int, int], list[Measurement]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Measurement]:
        """All runs, each with a key of its own."""
        runs = [run for some in self.ran.values() for run in some]
        return [replace(run, row_key=f"{self.model} {i}") for i, run in enumerate(runs)]

    def change(self, at: tuple[int, int], **fields: Any) -> None:
        """The same fields in all runs at one place."""
        self.ran[at] = [replace(run, **fields) for run in self.ran[at]]

    def move(self, at: tuple[int, int], machines: Sequence[Environment]) -> None:
        """The runs at one place under another environment of that machine."""
        self.change(at, env_id=machines[at[0]].id)

    def fail(self, at: tuple[int, int], status: str) -> None:
        """No run at one place has figures, and all end alike."""
        nothing = {**FIGURES["latency"], **FIGURES["memory"], "throughput": None}
        self.change(at, status=status, flags="", **nothing)

    def somewhere(self) -> tuple[int, int]:
        """Any place but the first."""
        return self.rng.choice(sorted(set(self.ran) - {(0, 0)}) or [(0, 0)])

    def run(self, machine: int, configuration: int) -> None:
        """One to three runs with all figures there are."""
        k, rng, environment = CONFIGURATIONS[configuration], self.rng, MACHINES[machine]
        self.ran[machine, configuration] = []
        for invocation in range(rng.randint(1, 3)):
            throughput = round(rng.uniform(10, 1000), 3)
            latency = k.batch / throughput
            figures: dict[str, Any] = {
                "throughput_low": 0.9 * throughput,
                "throughput_high": 1.1 * throughput,
                "latency_p95_s": 1.2 * latency,
                "latency_p50_low_s": 0.9 * latency,
                "latency_p50_high_s": 1.1 * latency,
                "peak_memory_bytes": rng.randint(10**8, 10**10),
                "memory_scope": "allocator",
                "provenance": "imported",
                "assumed": rng.choice(("", "threads", "threads,cache_state")),
                "flags": rng.choice(("", "noisy", "not_steady,noisy")),
            }
            cell = {"configuration": k, "model_source": rng.choice(("zoo", "module"))}
            self.ran[machine, configuration].append(
                measurement(
                    self.model, environment, k.batch, throughput, cell=cell, invocation=invocation, **figures
                )
            )


def grid(model: str, trouble: str, rng: Random) -> list[Measurement]:
    """The runs of a model on a grid of a random size, with the trouble that is named in TROUBLES."""
    made = Grid(model, rng)
    machines = 1 if trouble == "alone" else rng.randint(2, len(MACHINES))
    for at in itertools.product(range(machines), range(rng.randint(2, 6))):
        made.run(*at)
    TROUBLES[trouble](made)
    return made.rows


def _some_fail(made: Grid) -> None:
    """Each machine keeps its first configuration."""
    for machine, configuration in list(made.ran):
        if configuration and made.rng.random() < 0.4:
            made.fail((machine, configuration), made.rng.choice(FAILURES))


def _lacks(name: str, machine: int | None = None) -> Any:
    def trouble(made: Grid) -> None:
        for at in [made.somewhere()] if machine is None else [at for at in made.ran if at[0] == machine]:
            made.change(at, **FIGURES[name])

    return trouble


def _some_lack_p95(made: Grid) -> None:
    """One process without it; of others, all."""
    at = made.somewhere()
    made.ran[at][0] = replace(made.ran[at][0], latency_p95_s=None)
    made.change(made.somewhere(), latency_p95_s=None)


def _mean_alone(made: Grid) -> None:
    made.change(made.somewhere(), latency_p95_s=None, latency_p50_s=None)


def _equal(made: Grid) -> None:
    """All the same, but for how often it was run."""
    first = made.ran[0, 0][0]
    for at, runs in made.ran.items():
        made.ran[at] = [
            replace(
                first,
                cell=replace(run.cell, configuration=run.cell.configuration),
                env_id=run.env_id,
                invocation=run.invocation,
            )
            for run in runs
        ]


def _other_scope(made: Grid) -> None:
    made.change(made.somewhere(), memory_scope="nvml_device")


def _processes_of_two_scopes(made: Grid) -> None:
    at = made.somewhere()
    made.ran[at] = [replace(made.ran[at][0], invocation=i) for i in range(2)]
    made.ran[at][0] = replace(made.ran[at][0], memory_scope="rss")


def _all_elsewhere(machines: Sequence[Environment]) -> Any:
    def trouble(made: Grid) -> None:
        for at in made.ran:
            if at[0] == 0:
                made.move(at, machines)

    return trouble


def _one_elsewhere(machines: Sequence[Environment]) -> Any:
    """One configuration of a machine was measured in another environment alone."""

    def trouble(made: Grid) -> None:
        made.move(made.somewhere(), machines)

    return trouble


def _twice(machines: Sequence[Environment]) -> Any:
    """One configuration of a machine was measured in two environments."""

    def trouble(made: Grid) -> None:
        at = made.somewhere()
        made.ran[at] += [replace(run, env_id=machines[at[0]].id) for run in made.ran[at]]

    return trouble


def _gap(made: Grid) -> None:
    del made.ran[made.somewhere()]


def _dead(made: Grid) -> None:
    for at in made.ran:
        if at[0] == 1:
            made.fail(at, made.rng.choice(FAILURES))


def _undecided(made: Grid) -> None:
    made.fail(made.somewhere(), "device_busy")


def _wrong_once(made: Grid) -> None:
    """A process gave wrong output beside others, fast as they."""
    at = made.somewhere()
    made.ran[at].append(replace(made.ran[at][0], status="numerics_mismatch", invocation=9))


def _other_batches(made: Grid) -> None:
    """No configuration is common to the machines."""
    for at in [at for at in made.ran if (at[0] + at[1]) % 2]:
        del made.ran[at]


def _anything(made: Grid) -> None:
    """Each machine has tried some of all configurations, in whatever environments, with whatever outcome."""
    rng = made.rng
    made.ran.clear()
    for machine in range(rng.randint(1, len(MACHINES))):
        share, stacks = rng.choice((0.2, 0.6, 0.95)), rng.choice((0.0, 0.0, 0.3))
        for at in ((machine, configuration) for configuration in range(len(CONFIGURATIONS))):
            if rng.random() < share:
                made.run(*at)
                _befall(made, at, stacks)


def _befall(made: Grid, at: tuple[int, int], stacks: float) -> None:
    rng = made.rng
    if rng.random() < 0.2:
        made.fail(at, rng.choice((*FAILURES, "oom_device", "oom_host", "device_busy")))
    elif rng.random() < 0.1:
        made.change(at, **FIGURES[rng.choice(sorted(FIGURES))])
    elif rng.random() < 0.1:
        made.change(at, memory_scope="nvml_device")
    elif rng.random() < 0.2:  # as fast as others
        made.change(at, throughput=100.0, peak_memory_bytes=10**9)
    if rng.random() < stacks:
        others = rng.choice((OTHER_TORCH, OTHER_DRIVER, TWINS, WITHOUT_TORCH))
        if rng.random() < 0.5:
            made.ran[at] += [replace(run, env_id=others[at[0]].id) for run in made.ran[at]]
        else:
            made.move(at, others)


TROUBLES = {
    "anything": _anything,
    "none": lambda made: None,
    "alone": _some_fail,
    "some fail": _some_fail,
    "one without latency": _lacks("latency"),
    "one without memory": _lacks("memory"),
    "a machine without latency": _lacks("latency", 0),
    "a machine without memory": _lacks("memory", 0),
    "some without p95": _some_lack_p95,
    "one with a mean alone": _mean_alone,
    "equal": _equal,
    "another scope": _other_scope,
    "processes of two scopes": _processes_of_two_scopes,
    "another torch": _all_elsewhere(OTHER_TORCH),
    "a torch without a minor release": _all_elsewhere(WITHOUT_TORCH),
    "one under another torch": _one_elsewhere(OTHER_TORCH),
    "one under another driver": _one_elsewhere(OTHER_DRIVER),
    "one on a twin": _one_elsewhere(TWINS),
    "one twice, on a twin": _twice(TWINS),
    "one twice, under another driver": _twice(OTHER_DRIVER),
    "a gap": _gap,
    "a machine that runs nothing": _dead,
    "one undecided": _undecided,
    "one wrong once": _wrong_once,
    "other configurations each": _other_batches,
}


def fill_with_grids(store: Store, names: Sequence[str], rng: Random) -> None:
    """A model of each name, ``TROUBLE NUMBER``; one more scenario of some, and one more input shape."""
    rows = [row for name in names for row in grid(name, name.rpartition(" ")[0], rng)]
    rows += [
        replace(row, cell=replace(row.cell, input_shape="3x160x160"), row_key=f"{row.row_key} smaller")
        for row in rows
        if row.cell.model.endswith("1") and rng.random() < 0.7
    ]
    trained = [
        replace(row, cell=replace(row.cell, scenario="train_step"), row_key=f"{row.row_key} trained")
        for row in rows
        if row.cell.model.endswith("0")
    ]
    environments = [*MACHINES, *OTHER_TORCH, *OTHER_DRIVER, *TWINS, *WITHOUT_TORCH]
    append_import(
        store,
        importer="made",
        file="made.csv",
        file_sha256="0" * 64,
        rows=[
            replace(row, source="made.csv", source_line=line) for line, row in enumerate((*rows, *trained), 1)
        ],
        environments=environments,
        rejects=[],
    )
