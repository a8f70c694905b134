"""Where a report goes: its suffix says in which format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .errors import GateError
from .report import GateReport
from .report_json import to_json
from .report_markdown import to_markdown

FORMATS = {".json": to_json, ".md": to_markdown}


def checked(path: Path) -> Path:
    """``path``, before anything is measured for it. Raises GateError for a suffix that names no format."""
    if path.suffix not in FORMATS:
        raise GateError(f"{path}: a report is a .json or a .md file")
    if not path.absolute().parent.is_dir():
        raise GateError(f"{path}: there is no folder {path.parent}")
    return path


def write(report: GateReport, path: Path, *, strict: bool = False) -> None:
    """Writes the report. Raises GateError where the file can't be written."""
    try:
        path.write_text(FORMATS[checked(path).suffix](report, strict=strict), encoding="utf-8")
    except OSError as error:
        raise GateError(f"{path}: the report can't be written: {error.strerror}") from error


def write_all(report: GateReport, paths: Iterable[Path], *, strict: bool) -> list[str]:
    """Writes it to each of ``paths``; one line for each that can't be written, as the verdicts stand."""
    complaints = []
    for path in paths:
        try:
            write(report, path, strict=strict)
        except GateError as error:
            complaints.append(str(error))
    return complaints
