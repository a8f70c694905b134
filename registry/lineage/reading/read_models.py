"""A file of models, in whichever form it is, as rows."""

from __future__ import annotations

from pathlib import Path

from ...errors import ImportFileError
from .columns import Rows
from .read_csv import read_csv


def read_models(path: Path) -> tuple[Rows, str]:
    """The rows of a file, by the ending of its name, and its sha256.

    Raises ImportFileError where the file as a whole is none, or holds no rows.
    """
    rows, sha256 = _read(path)
    if not len(rows):
        raise ImportFileError(f"{path}: a header and no rows; nothing to build from")
    return rows, sha256


def _read(path: Path) -> tuple[Rows, str]:
    if not path.is_file():
        problem = "not a regular file" if path.exists() else "no such file"
        raise ImportFileError(f"{path}: {problem}; name a CSV or Parquet file of models")
    if path.suffix.lower() == ".csv":
        return read_csv(path)
    if path.suffix.lower() == ".parquet":
        from .read_parquet import read_parquet

        return read_parquet(path)
    raise ImportFileError(f"{path}: not *.csv or *.parquet; name a file of models in one of these forms")
