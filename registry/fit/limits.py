"""Limits on what is recommended: they act on scored candidates, before each hardware's choice, on no score.

What is not measured meets no limit. A latency is held against its limit by the statistic that is compared,
or, where none is, by the candidate's own best one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ...kernels.constraints import shortfall
from .. import units
from ..answers import Estimate, Question
from ..errors import QuestionError
from .configurations import label, order
from .criteria import Criteria, criteria, latency, own_statistic

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Miss:
    """How a hardware's closest candidate misses the limits."""

    hardware: str
    reason: str
    shortfall: float  # > 1, by which factor it misses the limit that it misses most; inf: not measured
    configuration: tuple[object, ...]  # what sorts misses that are equally close


def is_limited(question: Question) -> bool:
    """Whether the question has limits at all."""
    return bool(_asked(question))


def check(question: Question) -> None:
    """Raises QuestionError for a limit, or a target rate, that is not finite and positive."""
    given = {
        "--max-latency-ms": question.max_latency_s,
        "--max-memory-mb": question.max_memory_bytes,
        "--min-throughput": question.min_throughput,
        "--target-rate": question.target_rate,
    }
    for name, value in given.items():
        if value is not None and not 0.0 < value < math.inf:
            raise QuestionError(f"{name}: a finite number above 0 is needed, not {value:g}")


def distances(question: Question, compared: Sequence[Estimate], criteria: Criteria) -> Floats:
    """By which factor each candidate misses the limit that it misses most, float64[n]; ≤ 1 meets all."""
    values = own_values(compared, criteria)
    return shortfall(*values, **_asked(question))


def own_values(compared: Sequence[Estimate], criteria: Criteria) -> tuple[Floats, Floats, Floats]:
    """Throughput, latency and memory of the candidates, float64[n] each, NaN where not measured.

    As the criteria compare them; where a criterion is dropped for all, each candidate's own.
    """
    latencies = [latency(e, statistic(e, criteria)) for e in compared]
    return (
        criteria.throughput,
        np.array([math.nan if v is None else v for v in latencies], np.float64),
        np.array([math.nan if e.memory_bytes is None else e.memory_bytes for e in compared], np.float64),
    )


def statistic(e: Estimate, criteria: Criteria) -> str | None:
    """By which statistic a candidate's latency is held against its limit."""
    return criteria.latency_statistic or own_statistic(e)


def meets(question: Question, e: Estimate) -> bool:
    """Whether an estimate that is compared with none meets the limits, by its own latency."""
    if not is_limited(question):
        return True
    return bool(distances(question, (e,), criteria((e,), common=True))[0] <= 1.0)


def allowed_in(draws: Floats, question: Question) -> Marks:
    """Which candidates meet the limits in each draw, bool[n, d]; ``draws`` as of ``certainty.py``."""
    flat = np.exp(draws.reshape(3, -1))
    marks: Marks = (shortfall(*flat, **_asked(question)) <= 1.0).reshape(draws.shape[1:])
    return marks


def misses(
    question: Question, compared: Sequence[Estimate], criteria: Criteria, unit: str
) -> dict[str, Miss]:
    """The closest miss of each hardware none of whose candidates meets the limits, by name.

    ``compared`` is in the order of hardware; ``unit`` is that of throughput.
    """
    if not is_limited(question):
        return {}
    away = distances(question, compared, criteria)
    found = {}
    for name, members in groupby(range(len(compared)), key=lambda i: compared[i].hardware):
        places = list(members)
        if min(away[i] for i in places) > 1.0:
            nearest = min(places, key=lambda i: (away[i], order(compared[i].configuration)))
            found[name] = _miss(question, compared[nearest], criteria, float(away[nearest]), unit)
    return found


def closest(question: Question, found: Iterable[Miss]) -> str:
    """What comes closest to limits that nothing meets, in words, or that nobody measured what they ask."""
    best = min(found, key=lambda miss: (miss.shortfall, miss.hardware, miss.configuration))
    if math.isinf(best.shortfall):
        return f"Nothing is known to meet {in_words(question)}: not measured on any hardware"
    return f"Nothing meets {in_words(question)}: closest is {best.hardware}: {best.reason}"


def in_words(question: Question) -> str:
    """``--max-latency-ms 20 and --min-throughput 500``."""
    given = {
        "--max-latency-ms": _times(question.max_latency_s, 1e3),
        "--max-memory-mb": _times(question.max_memory_bytes, 1e-6),
        "--min-throughput": question.min_throughput,
    }
    return " and ".join(f"{name} {value:,.10g}" for name, value in given.items() if value is not None)


def _asked(question: Question) -> dict[str, float]:
    given = {
        "min_throughput": question.min_throughput,
        "max_latency": question.max_latency_s,
        "max_memory": question.max_memory_bytes,
    }
    return {name: value for name, value in given.items() if value is not None}


def _miss(question: Question, e: Estimate, criteria: Criteria, away: float, unit: str) -> Miss:
    """``p95 31.2 ms at batch 1 · fp16 · eager, 1.6x the 20 ms asked``, what it misses most first."""
    sorted_by = order(e.configuration)
    if math.isinf(away):
        lacking = " and ".join(_lacking(question, e, criteria))
        return Miss(e.hardware, lacking, away, sorted_by)
    missed = sorted(_missed(question, e, criteria, unit), reverse=True)
    (_, value, asked), *others = missed
    where = label(e.configuration)
    more = "".join(f", and {value}, {asked}" for _, value, asked in others)
    return Miss(e.hardware, f"{value} at {where}, {asked}{more}", away, sorted_by)


def _missed(question: Question, e: Estimate, criteria: Criteria, unit: str) -> list[tuple[float, str, str]]:
    """(factor, the value, what was asked) of each limit that a candidate misses, all of them measured."""
    found = []
    by = statistic(e, criteria)
    if (most := question.max_latency_s) is not None and (own := latency(e, by) or 0.0) > most:
        asked = f"{factor(own / most)} the {1e3 * most:,.10g} ms asked"
        found.append((own / most, f"{by} {units.seconds(own)}", asked))
    if (room := question.max_memory_bytes) is not None and (used := e.memory_bytes or 0) > room:
        asked = f"{factor(used / room)} the {1e-6 * room:,.10g} MB asked"
        found.append((used / room, f"{units.size(used)} of memory", asked))
    if (least := question.min_throughput) is not None and (rate := e.throughput or 0.0) < least:
        asked = f"{factor(rate / least)} the {least:,.10g} {unit} asked"
        found.append((least / rate, f"{units.number(rate)} {unit}", asked))
    return found


def _lacking(question: Question, e: Estimate, criteria: Criteria) -> list[str]:
    """Which limits can't be judged, and why."""
    found = []
    if question.max_latency_s is not None and latency(e, statistic(e, criteria)) is None:
        found.append("latency not measured, which --max-latency-ms requires")
    if question.max_memory_bytes is not None and e.memory_bytes is None:
        found.append("peak memory not measured, which --max-memory-mb requires")
    return found


def factor(ratio: float) -> str:
    """``1.6x``, ``0.82x``, ``275x``: no exponent, and as many digits as tell it from 1."""
    texts = (f"{Decimal(f'{ratio:.{digits}g}'):,f}x" for digits in range(2, 18))
    return f"{ratio:,.0f}x" if ratio >= 100.0 else next((t for t in texts if float(t[:-1]) != 1.0), "1x")


def _times(value: float | None, by: float) -> float | None:
    return None if value is None else value * by
