"""A baseline as a file that is read whole or not at all: format, checksum, every number looked at.

``{"fitment_gate_baseline": 1, "checksum": "sha256:…", "baseline": {…}}``, where the checksum is over the
canonical JSON of the baseline, so that an edit is told from new line ends or another indent.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from . import benchmark_json
from .baseline import Baseline
from .errors import BaselineError
from .kept import baseline_body, baseline_of

FORMAT = 1
_MARK = "fitment_gate_baseline"
_AGAIN = "record it again with `fitment gate record`"


def written(baseline: Baseline) -> str:
    """The text of its file: one benchmark's figures a line, so that a diff shows which moved."""
    body = baseline_body(baseline)
    whole = {_MARK: FORMAT, "checksum": _checksum(body), "baseline": body}
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def read(path: Path) -> Baseline:
    """The baseline in the file ``path``, also one that pytest-benchmark's ``--benchmark-json`` wrote.

    Raises BaselineError that says whether it is missing, truncated, edited, or something else.
    """
    body = _parsed(path)
    if isinstance(body, dict) and _MARK in body:
        return _strict(path, body)
    if isinstance(body, dict) and "benchmarks" in body:
        return benchmark_json.baseline_of(path, body)
    raise BaselineError(f"{path} is no baseline of fitment's and none of pytest-benchmark's: {_AGAIN}")


def _parsed(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BaselineError(f"can't read the baseline {path}: {error.strerror}; {_AGAIN}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(f"{path} is no baseline, it is no text: {_AGAIN}") from error
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        what = "is empty" if not text.strip() else "is truncated or no JSON"
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) and text.strip() else ""
        raise BaselineError(f"the baseline {path} {what}{where}: {_AGAIN}, or restore it") from error


def _strict(path: Path, body: dict[str, Any]) -> Baseline:
    if body[_MARK] != FORMAT:
        raise BaselineError(
            f"the baseline {path} has format {str(body[_MARK])[:20]}, this fitment reads {FORMAT}: "
            f"use the fitment that wrote it, or {_AGAIN}"
        )
    content = body.get("baseline")
    if not isinstance(content, dict) or body.get("checksum") != _checksum(content):
        raise BaselineError(
            f"the baseline {path} was changed after it was recorded, its checksum is another: {_AGAIN}, "
            "or restore it"
        )
    try:
        return baseline_of(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"the baseline {path} holds what no baseline can: {_AGAIN}") from error


def _checksum(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def put(path: Path, baseline: Baseline) -> None:
    """Writes the file ``path`` whole, in the place of an earlier one. Raises BaselineError."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with open(new, "x", encoding="ascii") as stream:
                stream.write(written(baseline))
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise BaselineError(
            f"can't write the baseline {path}: {error.strerror}; name another file"
        ) from error
