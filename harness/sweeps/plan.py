"""The runs of a sweep on this machine, in the order in which they are made."""

from __future__ import annotations

import itertools
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...registry.errors import ConfigError, UnknownNameError
from ...registry.records import Cell, Configuration, Environment
from ..models import sources
from ..probe import Machine, ProbedDevice
from ..profiles import PROFILES
from .grid import MAX_BATCH, NATIVE_SHAPE, Exclusion, Grid, Sweep
from .sweep_file import MAX_CELLS

START_UP_S = 300.0  # of a deadline: imports, weights, and a compiler on a slow machine
PASSES = 10  # of a budget's length: warm-up, latency, throughput, memory, and what a slow step overruns


Series = tuple[Cell, str]


def series(cell: Cell, env_id: str) -> Series:
    """What cells share that differ in batch only: one device with everything else fixed."""
    return replace(cell, configuration=replace(cell.configuration, batch=0)), env_id


@dataclass(frozen=True, slots=True)
class Run:
    """One invocation of a cell on one device. ``unsupported``: the outcome and its reason, where the
    probe already says that it can't run.

    A run of batch "max" is unresolved until its ladder is climbed (ladder.py); ``ladder`` is the key that
    it had before, so that its place in the plan is known afterwards, and ``remark`` says why its batch is not
    the limit, where a ladder ended early. ``extra`` runs stand in no plan: a ladder's rungs.
    """

    cell: Cell
    cell_key: str  # cell.key, computed once
    device: str
    env_id: str
    invocation: int
    deadline_s: float
    unsupported: tuple[str, str] | None = None
    ladder: str = ""
    remark: str = ""
    extra: bool = False

    @property
    def identity(self) -> tuple[str, str, int]:
        """The unit of resume: (cell_key, env_id, invocation)."""
        return self.cell_key, self.env_id, self.invocation

    @property
    def place(self) -> tuple[str, str, int]:
        """Which of the plan's runs this is, also once a ladder has given it a batch."""
        return self.ladder or self.cell_key, self.env_id, self.invocation

    @property
    def unresolved(self) -> bool:
        """Whether the batch is still to be found."""
        return self.cell.configuration.batch == MAX_BATCH

    @property
    def size(self) -> float:
        """What runs of a series are ordered by: the batch, the one to be found last."""
        return math.inf if self.unresolved else self.cell.configuration.batch

    def at(self, batch: int, **changed: Any) -> Run:
        """This run with another batch, and with these fields changed."""
        cell = replace(self.cell, configuration=replace(self.cell.configuration, batch=batch))
        return replace(self, cell=cell, cell_key=cell.key, **changed)

    @property
    def series(self) -> Series:
        """Equal for runs that differ in batch (and invocation) only."""
        return series(self.cell, self.env_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """Runs in order, and the environments and devices that they stand on."""

    runs: tuple[Run, ...]
    environments: tuple[Environment, ...]
    devices: tuple[ProbedDevice, ...]


def make_plan(sweep: Sweep, machine: Machine) -> Plan:
    """The plan of a sweep: the same for the same sweep, machine and seed.

    Raises UnknownNameError for a device that this machine lacks, ConfigError where nothing is left or
    the devices multiply the cells beyond the cap.
    """
    cells = _cells(sweep, machine)
    if not cells:
        raise ConfigError(f'sweep "{sweep.name}": no cell is left after its [[exclude]] entries')
    invocations = sweep.invocations or PROFILES[sweep.profile].invocations
    runs = [run for invocation in range(invocations) for run in _pass(cells, sweep.seed, invocation)]
    used = {run.env_id for run in cells}
    devices = tuple(device for device in machine.devices if device.environment.id in used)
    return Plan(tuple(runs), tuple(device.environment for device in devices), devices)


def default_deadline_s(profile: str) -> float:
    """Seconds after which a child of this profile is hung, not slow."""
    return START_UP_S + PASSES * PROFILES[profile].budget_s


def _cells(sweep: Sweep, machine: Machine) -> list[Run]:
    """Every cell once, as the run of invocation 0."""
    cells: dict[tuple[str, str], Run] = {}
    deadline = default_deadline_s(sweep.profile)
    for grid in sweep.grids:
        for run in _expanded(grid, sweep.seed, grid.deadline_s or deadline, machine):
            if not any(_excluded(run, exclusion) for exclusion in sweep.exclusions):
                cells.setdefault((run.cell_key, run.env_id), run)
        if len(cells) > MAX_CELLS:
            raise ConfigError(f'sweep "{sweep.name}": more than {MAX_CELLS:,} cells on this machine')
    return list(cells.values())


def _expanded(grid: Grid, seed: int, deadline_s: float, machine: Machine) -> Iterator[Run]:
    models = [sources.resolve(reference) for reference in grid.models]
    devices = [device for name in grid.devices for device in select(name, machine)]
    for model, device, shape in itertools.product(models, devices, grid.input_shapes):
        for scenario, configuration in itertools.product(grid.scenarios, _configurations(grid)):
            cell = Cell(
                model=model.name,
                model_source=model.source,
                model_version=grid.model_version,
                scenario=scenario,
                device_kind=device.kind,
                hardware=device.hardware,
                input_shape=model.input_shape if shape == NATIVE_SHAPE else shape,
                configuration=configuration,
                seed=seed,
            )
            reason = _unsupported(configuration, device)
            run = Run(cell, cell.key, device.name, device.environment.id, 0, deadline_s, reason)
            yield _laddered(run) if run.unresolved else run


def _laddered(run: Run) -> Run:
    """A run of batch "max": nothing is searched where the probe rules out every batch."""
    return run.at(1) if run.unsupported else replace(run, ladder=run.cell_key)


def _configurations(grid: Grid) -> list[Configuration]:
    axes: dict[str, Sequence[Any]] = {
        "batch": grid.batches,
        "precision": grid.precisions,
        "compile_mode": grid.compile_modes,
        "memory_format": grid.memory_formats,
        "threads": grid.threads,
        "pinning": grid.pinnings,
        "cache_state": grid.cache_states,
    }
    return [
        Configuration(**dict(zip(axes, values, strict=True))) for values in itertools.product(*axes.values())
    ]


def select(name: str, machine: Machine) -> list[ProbedDevice]:
    """The devices behind "all", "cpu", "cuda" (every GPU) or "cuda:0".

    Raises UnknownNameError that lists what this machine has.
    """
    found = [device for device in machine.devices if name in ("all", device.name, device.kind)]
    if not found:
        there = ", ".join(device.name for device in machine.devices)
        raise UnknownNameError(f'unknown device "{name}": this machine has {there}')
    return found


def _unsupported(configuration: Configuration, device: ProbedDevice) -> tuple[str, str] | None:
    reason = device.precisions.get(configuration.precision)
    if reason is not None:
        return "unsupported_precision", reason
    reason = device.compile_modes.get(configuration.compile_mode)
    if reason is not None:
        return "unsupported_compile", reason
    reason = _unbindable(configuration, device.environment.physical_cores)
    return None if reason is None else ("unsupported_device", reason)


def _unbindable(configuration: Configuration, cores: int | None) -> str | None:
    """Why the threads can't be bound, each to a core of its own."""
    if configuration.pinning == "none" or cores is None or configuration.threads <= cores:
        return None
    return (
        f"{configuration.threads} threads can't be bound to {cores} core{'s' if cores > 1 else ''}:"
        f' ask for at most {cores}, or for pinning "none"'
    )


def _excluded(run: Run, exclusion: Exclusion) -> bool:
    cell, configuration = run.cell, run.cell.configuration
    return all(
        asked is None or asked in offered
        for asked, offered in (
            (exclusion.model and sources.resolve(exclusion.model).name, (cell.model,)),
            (exclusion.device, ("all", run.device, cell.device_kind)),
            (exclusion.scenario, (cell.scenario,)),
            (exclusion.precision, (configuration.precision,)),
            (exclusion.compile_mode, (configuration.compile_mode,)),
            (exclusion.batch, (configuration.batch,)),
            (exclusion.memory_format, (configuration.memory_format,)),
            (exclusion.threads, (configuration.threads,)),
            (exclusion.pinning, (configuration.pinning,)),
            (exclusion.cache_state, (configuration.cache_state,)),
            (exclusion.input_shape, (cell.input_shape,)),
        )
    )


def _pass(cells: Sequence[Run], seed: int, invocation: int) -> list[Run]:
    """The runs of one invocation: shuffled by the seed, then each series sorted by batch in its places.

    What the probe already decided does not change by repeating: it is in the first pass only.
    """
    taken = [
        replace(cell, invocation=invocation) for cell in cells if invocation == 0 or not cell.unsupported
    ]
    taken.sort(key=lambda run: (run.env_id, run.cell_key))
    random.Random(f"{seed}/{invocation}").shuffle(taken)  # noqa: S311 an order, not a secret
    return _smaller_batch_first(taken)


def _smaller_batch_first(runs: Iterable[Run]) -> list[Run]:
    ordered = list(runs)
    places: dict[Series, list[int]] = defaultdict(list)
    for place, run in enumerate(ordered):
        places[run.series].append(place)
    for taken in places.values():
        by_batch = sorted((ordered[place] for place in taken), key=lambda run: run.size)
        for place, run in zip(taken, by_batch, strict=True):
            ordered[place] = run
    return ordered
