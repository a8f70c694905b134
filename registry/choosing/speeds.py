"""What models reached on the asked hardware, by the answers of ``recommend``; and at most, by their size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..answers import Answer, Estimate, Group, Noises, Question, Recommendation
from ..catalogue.hardware import CatalogueEntry
from ..fit.configurations import label
from ..fit.evidence import with_result_ids
from ..fit.outcomes import OUT_OF_MEMORY
from ..fit.recommend import answered
from ..results.estimates import group_estimates
from .candidates import Candidate
from .choice import Speed
from .target_hardware import TargetHardware

if TYPE_CHECKING:
    import duckdb

ESTIMATED = "estimated from size"
READS = "reads of all weights/s"
TIERS = ("measured here", "measured elsewhere", "imported")


def names_of(candidate: Candidate, stored: frozenset[str]) -> tuple[str, ...]:
    """The names under which results of the model are stored."""
    return tuple(
        name for name in dict.fromkeys((candidate.model_id, *candidate.measured_as)) if name in stored
    )


def measured_speed(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    target: TargetHardware,
    precision: str | None,
    noise: Noises,
) -> Speed | None:
    """The best that a model reached on ``target``: ``recommend``'s rank 1 among that hardware alone.

    Of several names the one that was measured nearest to here, then the fastest. None without a result that
    ran.
    """
    found = list(_speeds(con, names, target, precision, noise))
    return min(found, key=lambda s: (TIERS.index(s.tier), -s.value), default=None)


def ran_out_of_memory(con: duckdb.DuckDBPyConnection, names: Sequence[str], target: TargetHardware) -> bool:
    """Whether the model was tried there and all that was tried ran out of memory."""
    tried = [e for name in names for e in _there(con, name, target)]
    return bool(tried) and all(e.status in OUT_OF_MEMORY for e in tried)


def estimated_speed(weight_bytes: int | None, entry: CatalogueEntry | None) -> Speed | None:
    """How often the hardware can read all weights in a second: no step of a dense model is faster.

    Memory bandwidth of the data sheet / bytes of the weights, one roof of the roofline model: Williams,
    Waterman, Patterson, Communications of the ACM 52 (2009). Nothing was run.
    """
    if weight_bytes is None or entry is None or entry.bytes_per_s is None:
        return None
    return Speed(
        tier=ESTIMATED,
        value=entry.bytes_per_s / weight_bytes,
        low=None,
        high=None,
        unit=READS,
        configuration="at most, of a dense model: memory bandwidth / bytes of weights",
        hardware=entry.name,
        memory_bytes=None,
        p_best=None,
        result_ids=(),
    )


def _speeds(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    target: TargetHardware,
    precision: str | None,
    noise: Noises,
) -> Iterator[Speed]:
    for name in names:
        known = group_estimates(con, name, runs=False)
        if precision is not None:
            known = [e for e in known if e.configuration.precision == precision]
        there = [e for e in known if e.hardware in target.stored]
        if not any(e.n for e in there):
            continue
        question = Question(name, precision=precision, available=target.stored, top_k=1)
        answer = with_result_ids(con, answered(question, there, {}, noise)).answer
        if answer.rows:
            yield _speed(answer.group, answer.rows[0], _p_best(answer, known, noise))


def _there(con: duckdb.DuckDBPyConnection, name: str, target: TargetHardware) -> list[Estimate]:
    return [e for e in group_estimates(con, name, runs=False) if e.hardware in target.stored]


def _p_best(answer: Answer, known: Sequence[Estimate], noise: Noises) -> float | None:
    """That rank 1 of ``answer`` is the best hardware for the model, where other hardware was measured."""
    of_group = [e for e in known if e.group == answer.group]
    among = len({e.hardware for e in of_group})
    if among < 2:
        return None
    question = replace(answer.question, available=(), top_k=among)
    rows = answered(question, of_group, {}, noise).answer.rows
    return next((row.p_best for row in rows if row.hardware == answer.rows[0].hardware), None)


def _speed(group: Group, row: Recommendation, p_best: float | None) -> Speed:
    return Speed(
        tier=row.evidence.tier,
        value=row.throughput,
        low=row.throughput_low,
        high=row.throughput_high,
        unit=group.throughput_unit,
        configuration=f"{label(row.configuration)}, {group.input_shape}",
        hardware=row.hardware,
        memory_bytes=row.memory_bytes,
        p_best=p_best,
        result_ids=row.evidence.result_ids,
    )
