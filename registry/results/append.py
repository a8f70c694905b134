"""What is kept of measurements, sweeps, environments and imports: each becomes one event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..records import Calibration, Environment, Measurement, as_row
from ..storage import segments
from ..storage.store import Store

_LATENCIES = (field.name for field in fields(Measurement) if field.name.startswith("latency_"))
_POSITIVE = frozenset({"throughput", "peak_memory_bytes", *_LATENCIES})
_DEVICE_MEMORY = (  # what lies in the device's own memory, in the scope that scores use or in another
    *("peak_memory_bytes", "peak_allocated_bytes", "peak_reserved_bytes"),
    *("nvml_used_bytes", "nvml_process_bytes"),
)
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SweepRecord:
    """A sweep as it was started: what was asked, and of which source tree."""

    sweep_id: str
    name: str
    started_at: str  # UTC, ISO 8601
    config_text: str
    config_hash: str
    git_commit: str | None
    git_dirty: bool | None
    protocol: int
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of a foreign file that was not imported, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a foreign file's rows."""

    accepted: int
    added: int | None  # of those, not in the store before; None while the database is in use
    rejected: int


def append_measurement(
    store: Store,
    measurement: Measurement,
    samples: NDArray[np.float64] | None = None,
    *,
    capacity_bytes: int | None = None,
) -> int:
    """The result's id, once the measurement is safe on the disk.

    Numbers that can't be (NaN, ±Inf, a throughput, latency or memory ≤ 0, p50 > p99, more memory than the
    device's ``capacity_bytes``) are kept as None, with flag ``quarantined`` and their text in the detail.
    ``samples``: float64[n] seconds, in order.
    """
    row = _row(measurement)
    bad = _unsound(row) | _beyond(row, capacity_bytes)
    body: dict[str, Any] = {}
    payload: bytes | None = None
    if samples is not None and len(samples):
        if np.isfinite(samples).all() and (samples > 0).all():
            body["samples"], payload = segments.pack_samples(samples)
        else:
            bad["samples"] = "not all finite and > 0"
    body["row"] = _quarantined(row, bad) if bad else row
    return store.append("measured", body, count=1, payload=payload).first_id


def append_environment(store: Store, environment: Environment, provenance: str = "measured") -> str:
    """The environment's id; a known one is not written again."""
    if environment.id not in _known_environments(store):
        store.append("environment", _environment_row(environment, provenance))
    return environment.id


def append_calibration(store: Store, calibration: Calibration) -> None:
    """Keeps what the harness costs in an environment; the newest one holds."""
    store.append("calibrated", _plain(asdict(calibration)))


def append_sweep(store: Store, sweep: SweepRecord) -> None:
    """Keeps the sweep, once: a second one with its id changes nothing."""
    store.append("sweep", _plain(asdict(sweep)))


def append_import(
    store: Store,
    *,
    importer: str,
    file: str,
    file_sha256: str,
    rows: Sequence[Measurement],
    environments: Sequence[Environment],
    rejects: Sequence[Reject],
) -> ImportOutcome:
    """What became of ``rows``, kept as one event: all of them or none.

    A row whose ``row_key`` is in the store counts once, whichever file brings it. A row with numbers that
    can't be is rejected with its reason.
    """
    sound, bad = _sorted_out(rows)
    rejected = [*rejects, *bad]
    if _is_known(store, file_sha256, sound):
        return ImportOutcome(len(sound), 0, len(rejected))
    content = segments.encode(_columns(sound)) if sound else None
    body = {
        "importer": importer,
        "file": file,
        "file_sha256": file_sha256,
        "segment": segments.name_of(content) if content else "",
        "environments": [_environment_row(environment, "imported") for environment in environments],
        "rejects": [[reject.line, reject.reason] for reject in rejected],
    }
    seq = store.append("imported", _plain(body), count=len(sound), payload=content).seq
    return ImportOutcome(len(sound), _added(store, seq), len(rejected))


def _plain(value: Any) -> Any:
    """The value in JSON's own types; half a surrogate pair, which no database takes, is spelled out."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _row(measurement: Measurement) -> dict[str, Any]:
    """The flat row without the fields that were not measured."""
    return {key: _plain(value) for key, value in as_row(measurement).items() if value is not None}


def _environment_row(environment: Environment, provenance: str) -> dict[str, Any]:
    own = {"env_id": environment.id, "stack": environment.stack, "provenance": provenance}
    row: dict[str, Any] = _plain(own | asdict(environment))
    return row


def _unsound(row: dict[str, Any]) -> dict[str, str]:
    """The fields whose numbers can't be, each with its text."""
    bad = {key: str(value) for key, value in row.items() if _cannot_be(key, value)}
    low, high = row.get("latency_p50_s"), row.get("latency_p99_s")
    if low is not None and high is not None and low > high:
        bad |= {"latency_p50_s": f"{low} > p99", "latency_p99_s": str(high)}
    return bad


def _beyond(row: dict[str, Any], capacity_bytes: int | None) -> dict[str, str]:
    """The figures of device memory that exceed what the device has."""
    if capacity_bytes is None:
        return {}
    over = (name for name in _DEVICE_MEMORY if row.get(name, 0) > capacity_bytes)
    return {name: f"{row[name]} > {capacity_bytes} of the device" for name in over}


def _cannot_be(key: str, value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    if isinstance(value, int):
        return abs(value) > _LARGEST or (key in _POSITIVE and value <= 0)
    return not math.isfinite(value) or (key in _POSITIVE and value <= 0)


def _quarantined(row: dict[str, Any], bad: dict[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in bad}
    kept["flags"] = ",".join(filter(None, (row["flags"], "quarantined")))
    kept["detail"] = "; ".join(filter(None, (row.get("detail"), f"quarantined: {_listed(bad)}")))
    return kept


def _listed(bad: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in bad.items())


def _sorted_out(rows: Sequence[Measurement]) -> tuple[list[dict[str, Any]], list[Reject]]:
    sound: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for measurement in rows:
        row = _row(measurement)
        if not row.get("row_key"):
            raise ValueError("an imported row needs a row_key")
        if bad := _unsound(row):
            rejects.append(Reject(row.get("source_line", 0), f"not a possible measurement: {_listed(bad)}"))
        else:
            sound.append(row)
    return sound, rejects


def _columns(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as a table of the columns that any of them has."""
    columns = dict.fromkeys(key for row in rows for key in row)
    return pa.table({key: [row.get(key) for row in rows] for key in columns})


def _known_environments(store: Store) -> set[str]:
    with store.current() as (con, later):
        held = con.execute("SELECT env_id FROM environments").fetchall() if con else []
        known = {env_id for (env_id,) in held}
        for event in later:
            if event.kind == "environment":
                known.add(event.body["env_id"])
    return known


def _is_known(store: Store, file_sha256: str, rows: list[dict[str, Any]]) -> bool:
    """True where this very file was imported before and the database holds all that it brings."""
    with store.current() as (con, _):
        if con is None:
            return False
        if not con.execute("SELECT 1 FROM imports WHERE file_sha256 = ?", [file_sha256]).fetchall():
            return False
        held = con.execute("SELECT row_key FROM performance_results WHERE row_key IS NOT NULL").fetchall()
        return {key for (key,) in held}.issuperset(row["row_key"] for row in rows)


def _added(store: Store, seq: int) -> int | None:
    with store.current() as (con, _):
        found = con.execute("SELECT added FROM imports WHERE seq = ?", [seq]).fetchall() if con else []
    return found[0][0] if found else None
