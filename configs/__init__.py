"""Data that ships with fitment, and the one way to find it."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """The absolute path of a shipped file or folder, e.g. ``path("sweeps/quick.toml")``.

    Raises FileNotFoundError if no such data ships. (importlib.resources fails on namespace
    packages in editable mode, hence the plain path.)
    """
    found = Path(__file__).parent / name
    if not found.exists():
        raise FileNotFoundError(f"no data file {name!r} ships with fitment in {Path(__file__).parent}")
    return found
