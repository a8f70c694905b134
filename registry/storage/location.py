"""Where a store lies; asking that loads no database."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import DatabasePathError


def default_path() -> Path:
    """The database that is used where none is named: $FITMENT_DB, $BENCHMARK_DB_PATH, ./fitment.duckdb."""
    return Path(os.environ.get("FITMENT_DB") or os.environ.get("BENCHMARK_DB_PATH") or "fitment.duckdb")


def checked(path: Path) -> Path:
    """The path with symbolic links resolved. Raises ``DatabasePathError`` where it can't be a store's."""
    try:
        os.fspath(path).encode()
        resolved = path.resolve()
        if resolved.is_dir():
            raise DatabasePathError(f"{path} is a directory; name a file with --db-path")
        if resolved.exists() and not resolved.is_file():
            raise DatabasePathError(f"{path} is not a regular file; name another with --db-path")
        if resolved.suffix == ".journal":
            raise DatabasePathError(
                f"{path}: .journal is the ending of the folder beside a database; use .duckdb"
            )
    except (OSError, ValueError) as error:  # too long, not UTF-8, a NUL, a loop of links
        shown = ascii(os.fspath(path))[:80]
        raise DatabasePathError(f"{shown} can't be a database's path: {error}"[:300]) from error
    return resolved
