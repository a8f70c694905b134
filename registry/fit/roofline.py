"""How much of what a lone device could do its best configuration does: its share of the roofline's flat part.

Where one hardware stands alone its scores say nothing about it; this does. The peak is the one measured in
the same environment (``fitment devices --measure``), else the catalogue's, and the line says which.

What is counted are the operations that the model needs, not what a device repeats or adds: 2 for a
multiply-accumulate, and in a training step three times those of its forward pass, as the backward pass takes
two matrix products, for the gradients of inputs and of weights, where the forward takes one. Loss and
optimiser are left out. Source: Kaplan et al., "Scaling Laws for Neural Language Models", arXiv:2001.08361,
§2.1; Chowdhery et al., "PaLM", arXiv:2204.02311, appendix B (model FLOPs utilisation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import units
from ..answers import Answer, Group, Recommendation
from ..catalogue.hardware import CatalogueEntry, match

if TYPE_CHECKING:
    import duckdb

# In what the operations of a precision are done; what mixes integers in is not held against either.
ARITHMETIC = {
    "fp32": "fp32", "tf32": "tf32", "fp16": "fp16", "amp_fp16": "fp16", "bf16": "bf16", "amp_bf16": "bf16",
    "fp8": "fp8",
}  # fmt: skip
# Of one sample's forward pass: of these results, else what all others of the model at that shape agree on.
# Some published files count attention's products and some leave them out, which is 4 % of a ViT.
MACS = """
SELECT median(macs_per_sample) FROM performance_results
WHERE id IN (SELECT unnest($ids)) AND macs_per_sample > 0
"""
MACS_ELSEWHERE = """
SELECT median(macs_per_sample) FROM current_results
WHERE input_shape = $shape AND macs_per_sample > 0
    AND model_id IN (SELECT model_id FROM performance_results WHERE id IN (SELECT unnest($ids)))
HAVING max(macs_per_sample) <= 1.05 * min(macs_per_sample)
"""
MEASURE = {
    "measured here": "; `fitment devices --measure` measures it",
    "measured elsewhere": "; `fitment devices --measure` measures it there",
}
PASSES = {"forward": 1, "train_step": 3}  # the operations of one step, in those of a forward pass
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
    macs = _macs_a_unit(connection, answer.group, row)
    passes = PASSES.get(answer.group.scenario)
    if macs is None or passes is None:
        return "roofline: not known: the operations of a unit of this work were not counted"
    arithmetic = ARITHMETIC.get(row.configuration.precision)
    peak = _peak(connection, row, arithmetic) if arithmetic else None
    if arithmetic is None or peak is None:
        unknown = f"roofline: not known: no peak of {row.hardware} in {row.configuration.precision}"
        return f"{unknown}{MEASURE.get(row.evidence.tier, '')}" if arithmetic else unknown
    limit, origin = peak
    limit *= row.configuration.n_devices
    reached = 2.0 * passes * macs * row.throughput
    backward = "" if passes == 1 else " (forward, and twice that backward)"
    return (
        f"roofline: {units.number(row.throughput)} {answer.group.throughput_unit}"
        f" × {2 * passes} × {units.number(macs / 1e9)} GMAC{backward} ="
        f" {units.number(reached / 1e12)} TFLOP/s, {100 * reached / limit:.3g}% of the"
        f" {units.number(limit / 1e12)} TFLOP/s in {arithmetic} {origin}"
    )


def samples_a_unit(group: Group, batch: int) -> float | None:
    """How many samples a unit of a group's throughput is; None where that is not known."""
    if group.throughput_unit == "samples/s":
        return 1.0
    if group.throughput_unit == "steps/s":
        return float(batch)
    if group.throughput_unit == "tokens/s" and group.input_shape.isdecimal():
        return 1.0 / int(group.input_shape)  # a sequence is one sample
    return None


def _macs_a_unit(connection: duckdb.DuckDBPyConnection, group: Group, row: Recommendation) -> float | None:
    """Multiply-accumulates of the forward pass behind one unit of throughput."""
    samples = samples_a_unit(group, row.configuration.batch)
    ids = list(row.evidence.result_ids)
    macs = _one(connection, MACS, {"ids": ids})
    if macs is None:
        macs = _one(connection, MACS_ELSEWHERE, {"ids": ids, "shape": group.input_shape})
    return None if macs is None or samples is None else macs * samples


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
