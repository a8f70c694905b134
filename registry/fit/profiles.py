"""The weights of a question: task profiles are data, one file each in configs/tasks."""

from __future__ import annotations

import difflib
import functools
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...configs import path
from ...kernels.formulae import normalise_weights
from ...kernels.profiles import mean_weights
from ..answers import Question, Weights
from ..errors import ConfigError, UnknownNameError

DEFAULT = "default"
CRITERIA = ("throughput", "latency", "memory")


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights under a name. With a scenario it is a task, and the scenario's results are compared."""

    name: str
    weights: Weights
    scenario: str | None = None


@functools.cache
def shipped() -> dict[str, Profile]:
    """The profiles in configs/tasks by name."""
    return {file.stem: read(file) for file in sorted(path("tasks").glob("*.toml"))}


def read(file: Path) -> Profile:
    """The profile in a TOML file. Raises ConfigError that starts with the file."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: not a task profile: {error}") from None
    unknown = sorted(entries.keys() - {*CRITERIA, "scenario"})
    if unknown:
        raise ConfigError(
            f"{file}: unknown key {unknown[0]!r}: a task profile has {', '.join(CRITERIA)}, scenario"
        )
    scenario = entries.get("scenario")
    if not (scenario is None or isinstance(scenario, str)):
        raise ConfigError(f"{file}: scenario must be a name, not {scenario!r}")
    return Profile(file.stem, _weights(file, entries), scenario)


def _weights(file: Path, entries: dict[str, Any]) -> Weights:
    values = [entries.get(criterion, 0.0) for criterion in CRITERIA]
    sound = all(
        isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) and v >= 0 for v in values
    )
    if not sound or values[0] <= 0:  # throughput is the one criterion that every candidate has
        raise ConfigError(f"{file}: weights must be numbers >= 0, and throughput > 0, not {values}")
    return Weights(*normalise_weights(values).tolist())


def scenario(task: str | None) -> str:
    """The scenario whose results answer a task; forward where none is named. Raises UnknownNameError."""
    if task is None:
        return "forward"
    tasks = {profile.name: profile.scenario for profile in shipped().values() if profile.scenario}
    if task not in tasks:
        nearest = difflib.get_close_matches(task, tasks, n=1)
        hint = f"did you mean {nearest[0]}? " if nearest else ""
        raise UnknownNameError(f'unknown task "{task}": {hint}there are {", ".join(tasks)}')
    return tasks[task]


def chosen(question: Question) -> Profile:
    """The profile of a question: of its task and flags; of several, the mean; of none, the default."""
    scenario(question.task)
    flags = ("latency_sensitive", "memory_constrained")
    return mean((question.task, *(flag for flag in flags if getattr(question, flag))))


@functools.cache
def mean(names: tuple[str | None, ...]) -> Profile:
    """The profile with the mean of the named ones' weights, named by all: ``inference+latency_sensitive``."""
    profiles = [shipped()[name] for name in names if name] or [shipped()[DEFAULT]]
    if len(profiles) == 1:
        return profiles[0]
    weights = [[getattr(p.weights, criterion) for criterion in CRITERIA] for p in profiles]
    return Profile("+".join(p.name for p in profiles), Weights(*mean_weights(weights).tolist()))
