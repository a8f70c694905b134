"""How much of what a lone device could do its best configuration does: its share of the roofline's flat part.

Where one hardware stands alone its scores say nothing about it; this does. The peak is the one measured in
the same environment (``fitment devices --measure``), else the catalogue's, and the line says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..answers import Answer, Recommendation
from ..catalogue.hardware import CatalogueEntry, match
from ..report import units

if TYPE_CHECKING:
    import duckdb

# In what the operations of a precision are done; what mixes integers in is not held against either.
ARITHMETIC = {
    "fp32": "fp32", "tf32": "tf32", "fp16": "fp16", "amp_fp16": "fp16", "bf16": "bf16", "amp_bf16": "bf16",
    "fp8": "fp8",
}  # fmt: skip
MACS = """
SELECT median(macs_per_sample) FROM performance_results
WHERE id IN (SELECT unnest($ids)) AND macs_per_sample > 0
"""
CEILING = """
SELECT operations_per_s FROM ceilings
WHERE env_id = $env_id AND precision = $precision AND operations_per_s > 0 ORDER BY seq DESC LIMIT 1
"""


def stands_alone(answer: Answer) -> bool:
    """Whether one hardware is all that the answer is about."""
    return len(answer.rows) == 1 and "single" in answer.rows[0].flags


def with_roofline(connection: duckdb.DuckDBPyConnection, answer: Answer) -> Answer:
    """The answer about one hardware alone, with the line after the note that says so."""
    line = utilisation(connection, answer, answer.rows[0])
    return replace(answer, notes=(answer.notes[0], line, *answer.notes[1:]))


def utilisation(connection: duckdb.DuckDBPyConnection, answer: Answer, row: Recommendation) -> str:
    """``roofline: … = 26.4 TFLOP/s, 37% of 71.2 …``, or why it is not known."""
    macs = _one(connection, MACS, {"ids": list(row.evidence.result_ids)})
    if answer.group.scenario != "forward" or answer.group.throughput_unit != "samples/s" or macs is None:
        return "roofline: not known: the operations of a unit of this work were not counted"
    arithmetic = ARITHMETIC.get(row.configuration.precision)
    peak = _peak(connection, row, arithmetic) if arithmetic else None
    if arithmetic is None or peak is None:
        return f"roofline: not known: no peak of {row.hardware} in {row.configuration.precision}"
    limit, origin = peak
    limit *= row.configuration.n_devices
    reached = 2.0 * macs * row.throughput
    return (
        f"roofline: {units.number(row.throughput)} samples/s × 2 × {units.number(macs / 1e9)} GMAC ="
        f" {units.number(reached / 1e12)} TFLOP/s, {100 * reached / limit:.3g}% of the"
        f" {units.number(limit / 1e12)} TFLOP/s in {arithmetic} {origin}"
    )


def _peak(
    connection: duckdb.DuckDBPyConnection, row: Recommendation, arithmetic: str
) -> tuple[float, str] | None:
    """Operations/s of one device, and whose figure that is."""
    asked = {"env_id": row.env_id, "precision": arithmetic}
    measured = _one(connection, CEILING, asked)
    if measured is not None:
        return measured, "that its matrix products reach, as measured there"
    entry = match(row.hardware)
    stated = entry.peak(arithmetic) if isinstance(entry, CatalogueEntry) else None
    if stated is None or not isinstance(entry, CatalogueEntry):
        return None
    return stated, f"that the hardware catalogue has for {entry.name} ({entry.confidence})"


def _one(connection: duckdb.DuckDBPyConnection, query: str, asked: Mapping[str, object]) -> float | None:
    found = connection.execute(query, asked).fetchall()
    return None if not found or found[0][0] is None else float(found[0][0])
