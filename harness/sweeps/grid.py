"""What a sweep is: axes whose cross product is measured, and what is left out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

NATIVE_SHAPE = ""  # in Grid.input_shapes: the model's own
MAX_BATCH = 0  # in Grid.batches, and in a run whose ladder is not climbed yet: the largest that fits


@dataclass(frozen=True, slots=True)
class Grid:
    """A cross product of axes. Model references and device names are as the user typed them."""

    models: tuple[str, ...]
    devices: tuple[str, ...] = ("all",)
    scenarios: tuple[str, ...] = ("forward",)
    precisions: tuple[str, ...] = ("fp32",)
    compile_modes: tuple[str, ...] = ("eager",)
    batches: tuple[int, ...] = (1,)
    memory_formats: tuple[str, ...] = ("contiguous",)
    threads: tuple[int, ...] = (0,)
    pinnings: tuple[str, ...] = ("none",)
    cache_states: tuple[str, ...] = ("warm",)
    input_shapes: tuple[str, ...] = (NATIVE_SHAPE,)
    model_version: str = ""
    deadline_s: float | None = None  # None = the profile's

    def count(self) -> int:
        """How many cells the axes span, a device name counting as one device."""
        axes = (
            self.models,
            self.devices,
            self.scenarios,
            self.precisions,
            self.compile_modes,
            self.batches,
            self.memory_formats,
            self.threads,
            self.pinnings,
            self.cache_states,
            self.input_shapes,
        )
        return math.prod(len(axis) for axis in axes)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Cells to leave out: those that agree in every field that is not None."""

    model: str | None = None
    device: str | None = None
    scenario: str | None = None
    precision: str | None = None
    compile_mode: str | None = None
    batch: int | None = None
    memory_format: str | None = None
    threads: int | None = None
    pinning: str | None = None
    cache_state: str | None = None
    input_shape: str | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Everything that a sweep file says. ``invocations`` None = the profile's."""

    name: str
    profile: str
    seed: int
    invocations: int | None
    grids: tuple[Grid, ...]
    exclusions: tuple[Exclusion, ...]
    text: str  # the file as read: kept with the results
