"""What a process that the gate starts is asked to do: a JSON file that an environment variable names."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

VARIABLE = "FITMENT_GATE_REQUEST"


@dataclass(frozen=True, slots=True)
class Request:
    """One pass."""

    answer: str  # the file to write it to, an absolute path
    benchmarks: tuple[str, ...] | None  # None = all that are collected
    seed: int  # of their order
    counting: bool  # one call each, counted and untimed
    root: str  # the tree that is measured
    foreign: tuple[str, ...] = ()  # the other side's tree: nothing may be imported from there
    addopts: str | None = None  # PYTEST_ADDOPTS as the user has it


def write(request: Request, path: Path) -> None:
    """Writes it to ``path``."""
    path.write_text(json.dumps(asdict(request)), encoding="utf-8")


def read(path: str) -> Request:
    """The request in ``path``. Raises OSError, ValueError or TypeError where there is none."""
    body = json.loads(Path(path).read_text(encoding="utf-8"))
    names = body.pop("benchmarks")
    return Request(
        benchmarks=None if names is None else tuple(names), foreign=tuple(body.pop("foreign")), **body
    )
