"""The weights of a choice: data, one file each in configs/choices, or a person's own."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection
from pathlib import Path

from ...configs import path
from ..errors import ConfigError
from .choice import CRITERIA, Weighting

KEYS = (*CRITERIA, "resolution")


def default() -> Weighting:
    """What ships as configs/choices/default.toml."""
    return read(path("choices/default.toml"))


def read(file: Path) -> Weighting:
    """The weights in a TOML file, summing to 1. Raises ConfigError that starts with the file."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: no weights of a choice: {error}") from None
    unknown = sorted(entries.keys() - set(KEYS))
    if unknown:
        raise ConfigError(f"{file}: unknown key {unknown[0]!r}: there are {', '.join(KEYS)}")
    values = {key: entries.get(key, 0.0) for key in KEYS}
    for key, value in values.items():
        sound = isinstance(value, int | float) and not isinstance(value, bool)
        if not (sound and math.isfinite(value) and value >= 0):
            raise ConfigError(f"{file}: {key} must be a number >= 0, not {value!r}")
    if values["resolution"] >= 1:
        raise ConfigError(f"{file}: resolution must be below 1: scores lie from 0 to 1")
    total = math.fsum(values[criterion] for criterion in CRITERIA)
    if not 0 < total < math.inf:
        raise ConfigError(f"{file}: one of {', '.join(CRITERIA)} must have a weight above 0")
    weights = tuple((criterion, values[criterion] / total) for criterion in CRITERIA)
    return Weighting(file.stem, weights, float(values["resolution"]))


def dropping(weighting: Weighting, dropped: Collection[str]) -> Weighting:
    """The same without some, whose weights go to the others in proportion; all 0 where none is left."""
    left = {name: 0.0 if name in dropped else weight for name, weight in weighting.weights}
    total = math.fsum(left.values())
    weights = tuple((name, weight / total if total else 0.0) for name, weight in left.items())
    return Weighting(weighting.name, weights, weighting.resolution)
