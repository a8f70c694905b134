from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps.grid import MAX_BATCH, Exclusion, Grid, Sweep
from fitment.harness.sweeps.plan import Plan, Run, default_deadline_s, make_plan
from fitment.registry.errors import ConfigError, UnknownNameError
from fitment.registry.records import Environment

SUPPORTED = {"fp32": None, "bf16": None, "fp16": "no fp16 on this CPU"}
COMPILERS = {"eager": None, "inductor": "no C++ compiler"}


def device(name: str, kind: str, uuid: str | None = None) -> ProbedDevice:
    hardware = f"a {kind}, 24 GiB"
    environment = Environment(device_kind=kind, hardware=hardware, host="here", device_uuid=uuid)
    return ProbedDevice(name, kind, hardware, environment, SUPPORTED, COMPILERS)


CPU = device("cpu", "cpu")
MACHINE = Machine((CPU, device("cuda:0", "cuda", "GPU-1"), device("cuda:1", "cuda", "GPU-2")))
GRID = Grid(models=("resnet18", "module:mynet:make"), devices=("cpu",), batches=(32, 1, 8))


def sweep(*grids: Grid, exclusions: Sequence[Exclusion] = (), invocations: int = 1, seed: int = 0) -> Sweep:
    return Sweep("a", "quick", seed, invocations, grids, tuple(exclusions), "")


def planned(*grids: Grid, exclusions: Sequence[Exclusion] = (), invocations: int = 1, seed: int = 0) -> Plan:
    return make_plan(sweep(*grids, exclusions=exclusions, invocations=invocations, seed=seed), MACHINE)


def test_a_cell_carries_the_device_class_and_the_models_own_shape() -> None:
    """Names as typed become the cell's fields; a module's shape is its factory's to say."""
    runs = {run.cell.model: run for run in planned(replace(GRID, batches=(1,))).runs}
    own, zoo = runs["mynet:make"].cell, runs["resnet18"].cell
    assert (zoo.model_source, zoo.input_shape, zoo.hardware) == ("zoo", "3x224x224", "a cpu, 24 GiB")
    assert (own.model_source, own.input_shape, own.device_kind) == ("module", "example", "cpu")
    assert runs["resnet18"].cell_key == zoo.key
    assert runs["resnet18"].deadline_s == default_deadline_s("quick")


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    """The order is a function of sweep, machine and seed; the set of cells does not depend on the order."""
    grid = replace(GRID, batches=(1,), threads=tuple(range(8)))
    first, again, other = (planned(grid), planned(grid), planned(grid, seed=1))
    assert first == again
    assert [run.cell.configuration for run in first.runs] != [run.cell.configuration for run in other.runs]
    unseeded = [{replace(run.cell, seed=0) for run in plan.runs} for plan in (first, other)]
    assert unseeded[0] == unseeded[1]


def test_the_order_does_not_follow_the_file() -> None:
    """Axes written in another order, or a grid written twice, make the same plan."""
    turned = replace(GRID, models=GRID.models[::-1], batches=(8, 32, 1))
    assert planned(GRID) == planned(turned) == planned(turned, GRID)


@pytest.mark.parametrize("seed", range(20))
def test_a_smaller_batch_comes_before_a_larger_one(seed: int) -> None:
    """Within a series batches ascend in each pass, so that an OOM can bound the larger ones."""
    plan = planned(replace(GRID, precisions=("fp32", "bf16")), invocations=2, seed=seed)
    series: dict[object, list[int]] = {}
    for run in plan.runs:
        series.setdefault((run.invocation, run.series), []).append(run.cell.configuration.batch)
    assert len(series) == 8
    assert all(batches == [1, 8, 32] for batches in series.values())


@pytest.mark.parametrize("seed", range(5))
def test_the_batch_that_is_to_be_found_comes_last(seed: int) -> None:
    """A ladder starts from what its series is known to hold, so it is climbed after the fixed batches."""
    grid = replace(GRID, batches=(MAX_BATCH, 32, 1), precisions=("fp32", "bf16"))
    series: dict[object, list[Run]] = {}
    for run in planned(grid, invocations=2, seed=seed).runs:
        series.setdefault((run.invocation, run.series), []).append(run)
    for runs in series.values():
        assert [run.size for run in runs] == [1, 32, math.inf]
        assert [run.unresolved for run in runs] == [False, False, True]


def test_a_found_batch_keeps_its_place() -> None:
    """With its batch a run has the key of an ordinary cell, in the same series, and is known in the plan."""
    ladder, fixed = (
        planned(replace(GRID, models=("resnet18",), batches=(batch,))).runs[0] for batch in (MAX_BATCH, 8)
    )
    found = ladder.at(8)
    assert (found.cell, found.cell_key, found.unresolved) == (fixed.cell, fixed.cell_key, False)
    assert (found.place, found.series) == (ladder.place, fixed.series)
    assert found.place != fixed.place


def test_a_ladder_that_the_probe_rules_out_is_batch_1() -> None:
    """No batch can run, so none is searched; beside a fixed batch 1 it is one cell."""
    grid = replace(GRID, models=("resnet18",), precisions=("fp16",), batches=(1, MAX_BATCH))
    (run,) = planned(grid).runs
    assert (run.cell.configuration.batch, run.unresolved) == (1, False)


def test_more_threads_than_cores_are_not_bound() -> None:
    """Each needs a core of its own: else the outcome says so, with the way out. Unbound ones may be more."""
    two = replace(CPU, environment=replace(CPU.environment, physical_cores=2))
    grid = replace(GRID, models=("resnet18",), batches=(1,), threads=(0, 2, 3), pinnings=("none", "close"))
    found = {
        (run.cell.configuration.threads, run.cell.configuration.pinning): run.unsupported
        for run in make_plan(sweep(grid), Machine((two,))).runs
    }
    assert found.pop((3, "close")) == (
        "unsupported_device",
        '3 threads can\'t be bound to 2 cores: ask for at most 2, or for pinning "none"',
    )
    assert set(found.values()) == {None}
    unknown = make_plan(sweep(grid), Machine((CPU,)))
    assert not any(run.unsupported for run in unknown.runs)


def test_series_are_mixed() -> None:
    """Cells are shuffled: no series is simply run from start to end, pass for pass in the same order."""
    runs = planned(replace(GRID, precisions=("fp32", "bf16")), invocations=2).runs
    models = [run.cell.model for run in runs]
    assert models != sorted(models)
    assert [run.cell for run in runs[:12]] != [run.cell for run in runs[12:]]


def test_passes_follow_each_other() -> None:
    """Every cell has run once before any runs twice; the profile says how often where the file does not."""
    plan = planned(GRID, invocations=3)
    assert [run.invocation for run in plan.runs] == [0] * 6 + [1] * 6 + [2] * 6
    unsaid = replace(sweep(GRID), invocations=None, profile="strict")
    assert len(make_plan(unsaid, MACHINE).runs) == 6 * 5


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("all",), {"cpu", "cuda:0", "cuda:1"}),
        (("cuda",), {"cuda:0", "cuda:1"}),
        (("cuda:1",), {"cuda:1"}),
        (("all", "cpu"), {"cpu", "cuda:0", "cuda:1"}),
    ],
)
def test_device_names_select_devices(names: tuple[str, ...], expected: set[str]) -> None:
    """Each selected device gets every cell once, its environment with it; twin GPUs differ by environment."""
    plan = planned(replace(GRID, devices=names))
    assert {run.device for run in plan.runs} == expected == {device.name for device in plan.devices}
    assert len(plan.runs) == 6 * len(expected) == len({run.identity for run in plan.runs})
    assert {environment.id for environment in plan.environments} == {run.env_id for run in plan.runs}


def test_a_device_that_is_not_here_is_named_with_those_that_are() -> None:
    """A sweep never silently leaves out a device that it names."""
    with pytest.raises(UnknownNameError, match=r'^unknown device "cuda:1": this machine has cpu$'):
        make_plan(sweep(replace(GRID, devices=("cpu", "cuda:1"))), Machine((CPU,)))


def test_what_the_probe_rules_out_is_planned_once_with_its_reason() -> None:
    """An unsupported precision or compiler is an outcome to store, but one that repeats do not change."""
    grid = replace(
        GRID, models=("resnet18",), precisions=("fp32", "fp16"), compile_modes=("eager", "inductor")
    )
    runs = planned(replace(grid, batches=(1,)), invocations=3).runs
    reasons = sorted(run.unsupported for run in runs if run.unsupported)
    assert reasons == [
        ("unsupported_compile", "no C++ compiler"),
        ("unsupported_precision", "no fp16 on this CPU"),
        ("unsupported_precision", "no fp16 on this CPU"),
    ]
    assert sum(not run.unsupported for run in runs) == 3


@pytest.mark.parametrize(
    ("exclusion", "left"),
    [
        (Exclusion(batch=8), 8),
        (Exclusion(model="resnet18", precision="bf16"), 9),
        (Exclusion(model="module:mynet:make"), 6),
        (Exclusion(device="cuda"), 12),
        (Exclusion(device="cpu", input_shape="3x224x224"), 6),
        (
            Exclusion(
                threads=0, memory_format="contiguous", scenario="forward", compile_mode="eager", batch=1
            ),
            8,
        ),
    ],
)
def test_an_exclusion_leaves_out_cells_that_match_all_its_fields(exclusion: Exclusion, left: int) -> None:
    """An entry is a conjunction; fields that it does not name are free."""
    assert len(planned(replace(GRID, precisions=("fp32", "bf16")), exclusions=[exclusion]).runs) == left


def test_nothing_left_is_an_error() -> None:
    """A sweep that excludes every cell is a mistake, not a success."""
    with pytest.raises(ConfigError, match="no cell is left"):
        planned(GRID, exclusions=[Exclusion(device="all")])


def test_B03_devices_count_against_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """``all`` counts as one device in the file; what it stands for on a machine is counted as well."""
    monkeypatch.setattr("fitment.harness.sweeps.plan.MAX_CELLS", 15)
    with pytest.raises(ConfigError, match="more than 15 cells on this machine"):
        planned(replace(GRID, devices=("all",)))
    assert len(planned(GRID).runs) == 6


def test_a_cells_own_deadline_wins() -> None:
    """``deadline_s`` of a grid stands in place of the profile's."""
    assert {run.deadline_s for run in planned(replace(GRID, deadline_s=9.0)).runs} == {9.0}
