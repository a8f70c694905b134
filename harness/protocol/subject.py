"""What a cell says, put together: the model, in its precision, compiled, as one step to be repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ...registry.records import Cell
from .. import memory_formats, names
from ..errors import UnsupportedError
from ..models.loaded import LoadedModel, batched


@dataclass(frozen=True, slots=True)
class Subject:
    """One step of a cell on a device. ``step()`` returns the model's output, or a training step's loss."""

    step: Callable[[], Any]
    synchronise: Callable[[], None]
    throughput_unit: str
    tolerance: float  # of the precision: relative L2 against fp32
    check_kept: Callable[[], None] = lambda: None  # once a step has run: raises if it was not the cell's


def load_model(cell: Cell, import_path: Sequence[str], seed: int) -> LoadedModel:
    """The cell's model from its source, in fp32 on the CPU, with weights of ``seed``."""
    source = names.load("models", cell.model_source)
    loaded: LoadedModel = source.load(
        cell.model, input_shape=cell.input_shape, seed=seed, import_path=import_path
    )
    return loaded


def make_subject(loaded: LoadedModel, cell: Cell, device: str) -> Subject:
    """The cell's step on ``device``; the loaded module is cast and moved in place.

    Raises UnsupportedError where the combination does not exist here.
    """
    configuration = cell.configuration
    precision, compiler, scenario = _parts(cell)
    _check(precision.unsupported(cell.device_kind), "precision")
    _check(compiler.unavailable(cell.device_kind), "compile")
    inputs = batched(loaded.inputs, configuration.batch)
    module, inputs = memory_formats.apply(configuration.memory_format, loaded.module, inputs)
    prepared = precision.prepare(module, inputs, device)
    step = scenario.make_step(prepared, compiler.compile_module(prepared.module))
    kind = names.load("devices", cell.device_kind)

    def check_kept() -> None:
        _check(prepared.broken(), "precision")
        _check(compiler.broken(), "compile")

    return Subject(
        step,
        lambda: kind.synchronise(device),
        scenario.THROUGHPUT_UNIT,
        precision.TOLERANCE,
        check_kept,
    )


def _parts(cell: Cell) -> tuple[ModuleType, ModuleType, ModuleType]:
    configuration = cell.configuration
    return (
        names.load("precisions", configuration.precision),
        names.load("compilers", configuration.compile_mode),
        names.load("scenarios", cell.scenario),
    )


def _check(reason: str | None, axis: str) -> None:
    if reason is not None:
        raise UnsupportedError(axis, reason)
