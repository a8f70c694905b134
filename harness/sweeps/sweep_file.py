"""A sweep file read into a Sweep, or one line that says where and what is wrong with it."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...configs import path as shipped
from ...registry.errors import ConfigError, FitmentError
from ...registry.report.text import terminal
from ..models import sources
from . import axis_checks as check
from .axis_checks import Check, MistakeError
from .grid import NATIVE_SHAPE, Exclusion, Grid, Sweep
from .toml_document import Document, parse, read

MAX_CELLS = 100_000

SWEEP: Mapping[str, Check] = {
    "name": check.text,
    "profile": check.profile,
    "seed": check.seed,
    "invocations": check.invocations,
}
GRID: Mapping[str, Check] = {
    "models": check.listed(check.model),
    "devices": check.listed(check.device),
    "scenarios": check.listed(check.scenario),
    "precisions": check.listed(check.precision),
    "compile_modes": check.listed(check.compile_mode),
    "batches": check.listed(check.batch),
    "memory_formats": check.listed(check.memory_format),
    "threads": check.listed(check.threads),
    "pinnings": check.listed(check.pinning),
    "cache_states": check.listed(check.cache_state),
    "input_shapes": check.listed(check.input_shape),
    "model_version": check.optional_text,
    "deadline_s": check.seconds,
}
EXCLUDE: Mapping[str, Check] = {
    "model": check.model,
    "device": check.device,
    "scenario": check.scenario,
    "precision": check.precision,
    "compile_mode": check.compile_mode,
    "batch": check.batch,
    "memory_format": check.memory_format,
    "threads": check.threads,
    "pinning": check.pinning,
    "cache_state": check.cache_state,
    "input_shape": check.input_shape,
}
TABLES = ("grid", "exclude")


def find(name: str) -> Path:
    """The file of that name, or the sweep that ships under that bare name (``quick``).

    Raises ConfigError that lists the shipped ones.
    """
    given = Path(name)
    if given.exists() or given.suffix or len(given.parts) != 1:
        return given
    if name not in shipped_names():
        known = ", ".join(shipped_names())
        raise ConfigError(f"{terminal(name)}: no such file, nor a sweep that ships with fitment: {known}")
    return shipped(f"sweeps/{name}.toml")


def shipped_names() -> tuple[str, ...]:
    """The sweeps that ship with fitment, by the bare names under which they can be asked for."""
    return tuple(sorted(file.stem for file in shipped("sweeps").glob("*.toml")))


def read_sweep(path: Path) -> Sweep:
    """The sweep that a file describes. Raises ConfigError: ``file:line: mistake and way out``."""
    return as_sweep(read(path), default_name=path.stem)


def from_axes(axes: Mapping[str, str | Sequence[str | int]], settings: Mapping[str, str | int]) -> Sweep:
    """The sweep of one grid given without a file, as on the command line. Raises ConfigError."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    lines += ["[[grid]]", *(f"{key} = {json.dumps(value)}" for key, value in axes.items())]
    document = parse("command line", "\n".join(lines) + "\n", numbered=False)
    return as_sweep(document, default_name="command line")


def as_sweep(document: Document, default_name: str) -> Sweep:
    """The sweep in a parsed document. Raises ConfigError."""
    if not document.data:
        raise ConfigError(
            f"{document.origin}:1: the file is empty: a sweep needs a [[grid]] with models = [...]"
        )
    top = {key: value for key, value in document.data.items() if key not in TABLES}
    values = _checked(document, top, SWEEP, table="", index=0, more=TABLES)
    grids = tuple(Grid(**values) for values in _tables(document, "grid", GRID))
    exclusions = tuple(Exclusion(**values) for values in _tables(document, "exclude", EXCLUDE))
    _check_grids(document, grids)
    return Sweep(
        name=values.get("name", default_name),
        profile=values.get("profile", "standard"),
        seed=values.get("seed", 0),
        invocations=values.get("invocations"),
        grids=grids,
        exclusions=exclusions,
        text=document.text,
    )


def _tables(document: Document, table: str, checks: Mapping[str, Check]) -> list[dict[str, Any]]:
    entries = document.data.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{document.at(table, table=table)}: write [[{table}]], in double brackets")
    for index, entry in enumerate(entries):
        if not entry or (table == "grid" and "models" not in entry):
            lack = f"this [[{table}]] names no models" if entry else f"this [[{table}]] is empty"
            raise ConfigError(f"{document.at('', table=table, index=index)}: {lack}")
    return [_checked(document, entry, checks, table, index) for index, entry in enumerate(entries)]


def _checked(
    document: Document,
    entry: Mapping[str, Any],
    checks: Mapping[str, Check],
    table: str,
    index: int,
    more: Sequence[str] = (),
) -> dict[str, Any]:
    values = {}
    for key, value in entry.items():
        if key not in checks:
            where = document.at(key, table=table, index=index)
            raise ConfigError(f"{where}: {_unknown_key(key, [*checks, *more], table)}")
        try:
            values[key] = checks[key](value)
        except MistakeError as mistake:
            where = document.at(key, table=table, index=index, value=mistake.value)
            raise ConfigError(f"{where}: {key}: {mistake}") from None
    return values


def _unknown_key(key: str, known: Sequence[str], table: str) -> str:
    nearest = difflib.get_close_matches(key[: check.MAX_NAME], known, n=1)
    hint = f'did you mean "{nearest[0]}"? ' if nearest else ""
    place = f"in [[{table}]]" if table else "at the top of a sweep"
    return f'unknown key "{terminal(key[: check.MAX_NAME])}": {hint}{place} there are {", ".join(known)}'


def _check_grids(document: Document, grids: Sequence[Grid]) -> None:
    if not grids:
        raise ConfigError(
            f"{document.origin}:1: no [[grid]]: a sweep needs at least one, with models = [...]"
        )
    cells = sum(grid.count() for grid in grids)
    if cells > MAX_CELLS:
        where = document.at("grid", table="grid")
        raise ConfigError(f"{where}: {cells:,} cells: at most {MAX_CELLS:,} in one sweep; shorten the lists")
    for index, grid in enumerate(grids):
        _check_shapes(document, grid, index)


def _check_shapes(document: Document, grid: Grid, index: int) -> None:
    for model, shape in itertools.product(grid.models, grid.input_shapes):
        try:
            if shape != NATIVE_SHAPE:
                sources.check_input_shape(sources.resolve(model), shape)
        except FitmentError as error:
            where = document.at("input_shapes", table="grid", index=index, value=shape)
            raise ConfigError(f"{where}: input_shapes: {error}") from None
