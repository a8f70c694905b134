"""A model's measured and declared figures as performance metrics: the type with its unit, the slice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..answers import Estimate
from ..catalogue.model_record import ModelRecord
from ..records import OK
from ..results.estimates import group_estimates
from .texts import Json, said

if TYPE_CHECKING:
    import duckdb

CONFIDENCE_LEVEL = 0.95  # of the intervals that estimates hold


def estimates_of(con: duckdb.DuckDBPyConnection, record: ModelRecord) -> tuple[Estimate, ...]:
    """What is known of each ok candidate of the model, by its circumstances.

    Results of another version than the record's are left out, where both say one.
    """
    names = sorted({record.model_id, *record.measured_as})
    held = con.execute(
        "SELECT name FROM models WHERE name IN (SELECT unnest($names::VARCHAR[])) ORDER BY name",
        {"names": names},
    ).fetchall()
    found = [each for (name,) in held for each in group_estimates(con, name) if each.status == OK]
    versions = {"", record.version}
    own = [each for each in found if not record.version or each.group.model_version in versions]
    return tuple(sorted(own, key=circumstances))


def circumstances(estimate: Estimate) -> str:
    """On what, how and of what an estimate was made, in one line; the same on every machine that reads it."""
    group, how = estimate.group, estimate.configuration
    parts = {
        "hardware": estimate.hardware,
        "precision": how.precision,
        "batch": how.batch,
        "compile": how.compile_mode,
        "memory_format": how.memory_format,
        "devices": how.n_devices,
        "threads": how.threads,
        "cache": how.cache_state,
        "pinning": how.pinning,
        "scenario": group.scenario,
        "input": group.input_shape,
        "results_of": group.model,
        "version": group.model_version,
        "environment": estimate.env_id,
        "provenance": "imported" if estimate.evidence.tier == "imported" else "measured",
    }
    return "; ".join(f"{name}={said(str(value))}" for name, value in parts.items() if value not in ("", None))


def performance_metrics(
    record: ModelRecord | None, estimates: Sequence[Estimate], declared: Sequence[tuple[str, str, str]]
) -> list[Json]:
    """Every measured figure, then every declared one; ``declared``: (metric, value, slice) of a card."""
    own = (
        ()
        if record is None
        else tuple(
            (name, repr(value), "declared" + (f"; source={said(record.source)}" if record.source else ""))
            for name, value in record.metrics.items()
        )
    )
    unique = sorted({*own, *declared})
    return [
        *(metric for each in estimates for metric in _of_estimate(each)),
        *({"type": said(name), "value": said(value), "slice": said(where)} for name, value, where in unique),
    ]


def evidence(estimates: Sequence[Estimate]) -> list[tuple[str, str]]:
    """The ids of the results behind each estimate, as properties."""
    return [
        ("results", f"{_ranges(each.evidence.result_ids)}; n={each.n}; {circumstances(each)}")
        for each in estimates
        if each.evidence.result_ids
    ]


def _of_estimate(estimate: Estimate) -> list[Json]:
    where = circumstances(estimate)
    unit = estimate.group.throughput_unit
    found = [
        _metric(
            f"throughput ({unit})",
            *(estimate.throughput, where, estimate.throughput_low, estimate.throughput_high),
        ),
        _metric(
            f"latency {estimate.latency_statistic} (s)",
            *(estimate.latency_s, where, estimate.latency_low, estimate.latency_high),
        ),
        _metric("peak memory (bytes)", estimate.memory_bytes, f"{where}; scope={estimate.memory_scope}"),
        _metric(
            f"energy (J/{_one(unit)})",
            *(estimate.energy_per_unit_j, f"{where}; meter={estimate.energy_source}"),
        ),
    ]
    return [metric for metric in found if metric is not None]


def _metric(
    type_: str, value: float | None, where: str, low: float | None = None, high: float | None = None
) -> Json | None:
    if value is None:
        return None
    metric: Json = {"type": said(type_), "value": repr(value), "slice": said(where)}
    if low is not None and high is not None:
        metric["confidenceInterval"] = {"lowerBound": repr(low), "upperBound": repr(high)}
    return metric


def _one(unit: str) -> str:
    """``sample`` of ``samples/s``."""
    return unit.removesuffix("/s").removesuffix("s") or "unit"


def _ranges(ids: Sequence[int]) -> str:
    """``1-3,7`` for 1, 2, 3, 7."""
    runs = []
    for _, group in groupby(enumerate(sorted(set(ids))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        runs.append(str(members[0]) if len(members) == 1 else f"{members[0]}-{members[-1]}")
    return ",".join(runs)
