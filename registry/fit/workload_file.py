"""A mix of models from a TOML file: ``[[work]]`` tables with model, share and what else is fixed."""

from __future__ import annotations

import difflib
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from ..workloads import Mix, Work
from . import profiles

WRITTEN = {"input_shape": "input", "max_latency_s": "max_latency_ms", "max_memory_bytes": "max_memory_mb"}
KEYS = tuple(WRITTEN.get(field.name, field.name) for field in fields(Work))
TEXTS = ("task", "precision", "compile_mode", "memory_format", "input", "model_version")
MOST_WORKS = 200
MAX_BYTES = 256 * 1024


def read_mix(file: Path) -> Mix:
    """The mix in a file. Raises ConfigError, which starts with file and key: ``mix.toml: work[2].share``."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ConfigError(
                f"{file}: larger than {MAX_BYTES // 1024} KiB: not a workload that a person wrote"
            )
        entries = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (
        OSError,
        ValueError,
        RecursionError,
    ) as error:  # not UTF-8, not TOML, a NUL in the path
        reason = getattr(error, "strerror", None) or str(error) or "nested too deeply"
        raise ConfigError(f"{file}: can't read this workload: {reason}") from None
    return parsed(entries, str(file))


def parsed(entries: dict[str, Any], origin: str) -> Mix:
    """The mix in what a TOML file holds; ``origin`` is the file's name, for errors. Raises ConfigError."""
    for key in entries:
        if key != "work":
            raise ConfigError(
                f"{origin}: {_unknown(key, ('work',))}: a workload is a list of [[work]] tables"
            )
    works = entries.get("work")
    if not isinstance(works, list) or not works or not all(isinstance(work, dict) for work in works):
        raise ConfigError(f"{origin}: work: write at least one [[work]] table with model and share")
    if len(works) > MOST_WORKS:
        raise ConfigError(f"{origin}: work: {len(works)} of them; at most {MOST_WORKS} are compared")
    return Mix(
        Path(origin).name, tuple(_work(work, f"{origin}: work[{i}]") for i, work in enumerate(works, 1))
    )


def _work(entries: dict[str, Any], place: str) -> Work:
    """One [[work]] table; ``place`` is file and table, counted from 1."""
    for key in entries:
        if key not in KEYS:
            raise ConfigError(f"{place}.{_unknown(key, KEYS)}")
    texts = {key: _text(entries, key, place) for key in TEXTS}
    model = _text(entries, "model", place)
    if model is None:
        raise ConfigError(f'{place}.model: missing: name the model, such as model = "resnet50"')
    task = texts["task"]
    if task is not None:
        _check_task(task, place)
    return Work(
        model=model,
        share=_number(entries, "share", place, "; only ratios count") or 1.0,
        task=task,
        batch=_batch(entries, place),
        precision=texts["precision"],
        compile_mode=texts["compile_mode"],
        memory_format=texts["memory_format"],
        input_shape=texts["input"],
        model_version=texts["model_version"],
        max_latency_s=_scaled(entries, "max_latency_ms", place, over=1e3),
        max_memory_bytes=_scaled(entries, "max_memory_mb", place, times=1e6),
        min_throughput=_number(entries, "min_throughput", place),
    )


def _text(entries: dict[str, Any], key: str, place: str) -> str | None:
    value = entries.get(key)
    if value is None or (isinstance(value, str) and value):
        return value
    raise ConfigError(f"{place}.{key}: must be a text, not {value!r}")


def _number(entries: dict[str, Any], key: str, place: str, more: str = "") -> float | None:
    """A finite number above 0; None where nothing is said."""
    value = entries.get(key)
    if value is None:
        return None
    sound = isinstance(value, int | float) and not isinstance(value, bool)
    if not sound or not 0.0 < value <= sys.float_info.max:
        raise ConfigError(f"{place}.{key}: must be a number above 0, not {value!r}{more}")
    return float(value)


def _scaled(
    entries: dict[str, Any], key: str, place: str, *, times: float = 1.0, over: float = 1.0
) -> float | None:
    """A number in SI units, from those that it is written in."""
    value = _number(entries, key, place)
    return None if value is None else value * times / over


def _batch(entries: dict[str, Any], place: str) -> int | None:
    value = entries.get("batch")
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10**9):
        return value
    raise ConfigError(f"{place}.batch: must be a whole number of at least 1, not {value!r}")


def _check_task(task: str, place: str) -> None:
    tasks = [profile.name for profile in profiles.shipped().values() if profile.scenario]
    if task not in tasks:
        raise ConfigError(f"{place}.task: {_unknown(task, tasks, noun='task')}")


def _unknown(key: str, known: tuple[str, ...] | list[str], noun: str = "key") -> str:
    nearest = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {nearest[0]}? " if nearest else ""
    lead = f'unknown task "{key}"' if noun == "task" else f"{key}: unknown key"
    return f"{lead}: {hint}there are {', '.join(known)}"
