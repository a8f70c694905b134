"""The latencies of one model: what its processes measured of each configuration, pooled by the median."""

from __future__ import annotations

import difflib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from statistics import median
from typing import Any

import duckdb

from ...kernels.intervals import location_interval
from ...kernels.percentiles import samples_needed
from ..answers import PROCESSES, SAMPLES, Group
from ..errors import NoResultsError
from ..records import OK, Configuration

# How sure a percentile has to be, by the profile of the sweep; .95 where a result names none.
CONFIDENCE = {"strict": 0.99}
USUAL_CONFIDENCE = 0.95
EAGER = "eager"
_GROUP = tuple(field.name for field in fields(Group))
_CONFIGURATION = tuple(field.name for field in fields(Configuration))
_QUERY = """
    SELECT r.*, s.profile FROM current_results r
        LEFT JOIN (SELECT sweep_id, any_value(profile) AS profile FROM sweeps GROUP BY ALL) s USING (sweep_id)
    WHERE model = $model AND status = $ok AND latency_p50_s IS NOT NULL
    ORDER BY id
"""
_OUTCOMES = """
    SELECT status, count(*) FROM current_results WHERE model = $model
    GROUP BY status ORDER BY count(*) DESC, status
"""
_MODELS = """
    SELECT DISTINCT model FROM current_results
    WHERE status = 'ok' AND latency_p50_s IS NOT NULL ORDER BY model
"""
Row = Mapping[str, Any]
_Key = tuple[Group, str, str, Configuration]  # with hardware and env_id


@dataclass(frozen=True, slots=True)
class Percentile:
    """A percentile over the processes, in seconds; None where one of them has too few samples for it.

    ``missing``: how many more independent samples that process needs; None where that is not known.
    """

    value: float | None
    missing: int | None = None


@dataclass(frozen=True, slots=True)
class Latencies:
    """One configuration on one hardware in one environment. Times in seconds, of one step of the batch."""

    group: Group
    hardware: str
    env_id: str
    configuration: Configuration
    n: int  # processes that ran ok
    p50: float
    p50_low: float | None
    p50_high: float | None
    interval_basis: str | None  # as of an Estimate
    p95: Percentile
    p99: Percentile
    compile_s: float | None
    flags: tuple[str, ...]
    # calls after which compiling has paid for itself; infinite where it never does, None where unknown
    break_even: float | None = None


def latencies(con: duckdb.DuckDBPyConnection, model: str) -> list[Latencies]:
    """The latencies of ``model``, by group, hardware, environment and configuration.

    Raises NoResultsError where none is stored.
    """
    cursor = con.execute(_QUERY, {"model": model, "ok": OK})
    names = [column[0] for column in cursor.description or ()]
    pooled: dict[_Key, list[Row]] = defaultdict(list)
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        group = Group(*(row[name] for name in _GROUP))
        configuration = Configuration(*(row[name] for name in _CONFIGURATION))
        pooled[group, row["hardware"], row["env_id"], configuration].append(row)
    if not pooled:
        raise NoResultsError(f'no latencies of "{model}" are stored: {_instead(con, model)}')
    found = {key: _latencies(key, rows) for key, rows in pooled.items()}
    return sorted((_with_break_even(each, found) for each in found.values()), key=_order)


def _instead(con: duckdb.DuckDBPyConnection, model: str) -> str:
    """What is there instead: how its runs ended, or models with a name like it, or how to get some."""
    ended = con.execute(_OUTCOMES, {"model": model}).fetchall()
    if ended:
        found = ", ".join(f"{count:,} {status}" for status, count in ended)
        return f"its results are {found}, none of them with percentiles"
    stored = [name for (name,) in con.execute(_MODELS).fetchall()]
    like = [name for name in stored if fnmatchcase(name.lower(), model.lower())]
    near = like or difflib.get_close_matches(model[:100], stored, n=3)
    if near:
        return f"one model by its whole name is needed, such as {', '.join(near[:3])}"
    return "`fitment report --all` shows what is; `fitment sweep --models M` measures"


def _order(each: Latencies) -> tuple[Any, ...]:
    parts = (each.group, each.configuration)
    group, configuration = (tuple(getattr(part, field.name) for field in fields(part)) for part in parts)
    return (group, each.hardware, each.env_id, configuration)


def _latencies(key: _Key, rows: Sequence[Row]) -> Latencies:
    low, high, basis = _interval(rows)
    return Latencies(
        *key,
        n=len(rows),
        p50=median(row["latency_p50_s"] for row in rows),
        p50_low=low,
        p50_high=high,
        interval_basis=basis,
        p95=_percentile(rows, 0.95),
        p99=_percentile(rows, 0.99),
        compile_s=_median(row["compile_s"] for row in rows),
        flags=tuple(sorted({flag for row in rows for flag in row["flags"].split(",") if flag})),
    )


def _interval(rows: Sequence[Row]) -> tuple[float | None, float | None, str | None]:
    if len(rows) > 1:
        interval = location_interval([row["latency_p50_s"] for row in rows])
        return interval.low, interval.high, PROCESSES
    low, high = rows[0]["latency_p50_low_s"], rows[0]["latency_p50_high_s"]
    return low, high, None if low is None or high is None else SAMPLES


def _percentile(rows: Sequence[Row], p: float) -> Percentile:
    """The median over the processes, where every one has it; else what the furthest from it still needs."""
    column = f"latency_p{100 * p:.0f}_s"
    lacking = [row for row in rows if row[column] is None]
    if not lacking:
        return Percentile(median(row[column] for row in rows))
    needed = (_missing(row, p) for row in lacking)
    return Percentile(None, max((n for n in needed if n is not None), default=None))


def _missing(row: Row, p: float) -> int | None:
    """How many more independent samples a process needs; None where that is not what it lacks."""
    if row["n_effective"] is None:
        return None
    confidence = CONFIDENCE.get(row["profile"], USUAL_CONFIDENCE)
    return samples_needed(p, confidence, row["n_effective"]) or None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _with_break_even(each: Latencies, found: Mapping[_Key, Latencies]) -> Latencies:
    """With the calls that compiling takes to pay: compile_s / (eager p50 − compiled p50)."""
    eager = replace(each.configuration, compile_mode=EAGER)
    twin = found.get((each.group, each.hardware, each.env_id, eager))
    if each.configuration == eager or twin is None or each.compile_s is None:
        return each
    saved = twin.p50 - each.p50
    return replace(each, break_even=each.compile_s / saved if saved > 0 else math.inf)
