"""pytest-benchmark's own ``--benchmark-json`` as a baseline: one process, so its times decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .baseline import Baseline
from .errors import BaselineError
from .fingerprint import machine_class
from .kept import baseline_of as checked
from .kept import is_commit


def baseline_of(path: Path, body: Mapping[str, Any]) -> Baseline:
    """The medians of the file ``path`` with the content ``body``, one for each benchmark.

    No counters; a machine class only where our plugin had told pytest-benchmark the fingerprint.
    Raises BaselineError where it is none of pytest-benchmark's, or has no benchmark.
    """
    try:
        commit, machine = body.get("commit_info") or {}, body["machine_info"]
        ours = machine.get("fitment")  # where our plugin was there when it was written
        found = checked(
            {
                "label": f"pytest-benchmark's {path.name}",
                "at": str(body["datetime"]),
                "commit": commit["id"] if is_commit(commit.get("id")) else None,  # or "unversioned"
                "dirty": bool(commit.get("dirty")),
                "machine_class": machine_class(ours) if ours else None,
                "counter_class": None,
                "fingerprint": ours or _told(machine),
                "processes": _medians(body["benchmarks"]),
                "counters": {},
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(
            f"{path} is no whole file of pytest-benchmark's: write it again with --benchmark-json"
        ) from error
    if not found.processes:
        raise BaselineError(f"{path} holds no benchmark: write it again with --benchmark-json")
    return found


def _medians(benchmarks: Any) -> dict[str, list[float]]:
    return {each["fullname"]: [each["stats"]["median"]] for each in benchmarks}


def _told(machine: Mapping[str, Any]) -> dict[str, str]:
    """What pytest-benchmark itself tells of the machine, by our names."""
    told = {"cpu": (machine.get("cpu") or {}).get("brand_raw"), "architecture": machine.get("machine")}
    return {name: value for name, value in told.items() if value}
