"""The weights of a question: task profiles are data, one file each in configs/tasks."""

from __future__ import annotations

import difflib
import functools
import math
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from ...configs import path
from ...kernels.formulae import normalise_weights
from ...kernels.profiles import blend_weights, mean_weights
from ..answers import Profile as Profile
from ..answers import Question, Weights
from ..errors import ConfigError, UnknownNameError

DEFAULT = "default"
FLAGS = ("latency_sensitive", "memory_constrained")
CRITERIA = ("throughput", "latency", "memory", "cost", "energy")


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
    return _normalised(values)


def _normalised(values: Sequence[float]) -> Weights:
    """Weights that sum to 1; those of throughput, latency and memory alone as the kernels make them."""
    if not any(values[3:]):
        return Weights(*normalise_weights(values[:3]).tolist())
    scaled = [value / max(values) for value in values]  # their sum is a number, however large they are
    total = math.fsum(scaled)
    return Weights(*(value / total for value in scaled))


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


def scenario_of(question: Question) -> str:
    """The scenario whose results answer a question. Raises UnknownNameError."""
    if question.profile is not None:
        return question.profile.scenario or scenario(None)
    return scenario(question.task)


def chosen(question: Question) -> Profile:
    """The profile of a question: of its task and flags; of several, the mean; of none, the default.

    Cost and energy, where they are asked for and have no weight of the profile's own, take .25 of the final
    weight, both .20 each. Raises UnknownNameError.
    """
    scenario(question.task)
    names = (question.task, *(flag for flag in FLAGS if getattr(question, flag)))
    if question.profile is not None:
        found = _mean((question.profile, *(shipped()[name] for name in names if name)))
    else:
        found = mean(names)
    return with_spending(found, cost=question.cost, energy=question.energy)


@functools.cache
def mean(names: tuple[str | None, ...]) -> Profile:
    """The profile with the mean of the named ones' weights, named by all: ``inference+latency_sensitive``."""
    return _mean(tuple(shipped()[name] for name in names if name) or (shipped()[DEFAULT],))


def _mean(profiles: tuple[Profile, ...]) -> Profile:
    if len(profiles) == 1:
        return profiles[0]
    weights = [astuple(p.weights) for p in profiles]
    name = "+".join(p.name for p in profiles)
    if not any(any(w[3:]) for w in weights):
        return Profile(name, Weights(*mean_weights([w[:3] for w in weights]).tolist()))
    return Profile(
        name, _normalised([math.fsum(column) / len(weights) for column in zip(*weights, strict=True)])
    )


def with_spending(profile: Profile, *, cost: bool, energy: bool) -> Profile:
    """The profile with cost and energy as criteria, where they are asked for and it does not weigh them."""
    w = profile.weights
    asked = {"cost": cost and w.cost == 0.0, "energy": energy and w.energy == 0.0}
    if not any(asked.values()):
        return profile
    rest, *shares = blend_weights(**asked).tolist()
    scaled = Weights(*(rest * value for value in astuple(w)))
    taken = {name: share for name, share in zip(asked, shares, strict=True) if asked[name]}
    return replace(profile, name="+".join([profile.name, *taken]), weights=replace(scaled, **taken))
