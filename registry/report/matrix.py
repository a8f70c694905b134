"""The hardware × model matrix: the best that each pair reached, or why there is no number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import duckdb

from ..answers import Group
from ..errors import NoResultsError
from ..records import DECIDED_FAILURES, OK, UNDECIDED_FAILURES, Configuration

STAND_INS = 20  # published rows shown where nothing was measured and nothing in particular was asked for

GROUPS_SQL = """
    SELECT model, model_version, scenario, input_shape, throughput_unit,
           bool_or(provenance = 'measured'), count(DISTINCT hardware)
    FROM current_results
    GROUP BY ALL
"""

WRONG = ["numerics_nan", "numerics_mismatch"]  # one of them, and the configuration's speed counts for nothing

# Runs of one environment are pooled by their median; the best of the environments is what was achieved.
BEST_SQL = """
    WITH located AS (
        SELECT model, model_version, scenario, input_shape, throughput_unit, hardware,
               batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning,
               env_id,
               median(throughput) FILTER (status = $ok) AS throughput,
               bool_or(provenance = 'measured') AS measured
        FROM current_results
        WHERE model IN (SELECT unnest($models))
        GROUP BY ALL
        HAVING count(throughput) FILTER (status = $ok) > 0 AND NOT bool_or(status IN (SELECT unnest($wrong)))
    )
    SELECT model, model_version, scenario, input_shape, throughput_unit, hardware,
           batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning,
           throughput, measured
    FROM located
    QUALIFY row_number() OVER (
        PARTITION BY model, model_version, scenario, input_shape, throughput_unit, hardware
        ORDER BY throughput DESC, batch, precision, compile_mode, memory_format, n_devices, threads,
                 cache_state, pinning, env_id
    ) = 1
"""

FAILED_SQL = """
    SELECT DISTINCT model, model_version, scenario, input_shape, throughput_unit, hardware,
           batch, precision, compile_mode, memory_format, n_devices, threads, cache_state, pinning, status
    FROM current_results
    WHERE model IN (SELECT unnest($models))
      AND (status <> $ok OR throughput IS NULL)
    ORDER BY ALL
"""

WHY = {
    OK: "failed: impossible figure",  # ok rows without a throughput are the quarantined ones
    "oom_device": "OOM",
    "oom_host": "OOM (host)",
    "skipped_bound": "OOM (at less)",
    "timeout": "failed: timeout",
    "unsupported_device": "unsupported device",
    "unsupported_precision": "unsupported precision",
    "unsupported_op": "unsupported operator",
    "unsupported_compile": "unsupported compiler",
    "numerics_nan": "failed: NaN",
    "numerics_mismatch": "failed: wrong output",
}
NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One pair: the best throughput and where it was reached, or why there is none and what was tried."""

    throughput: float | None
    configuration: Configuration | None  # of the best, or of the failure at the smallest batch
    relative: float | None  # share of the best in the row; None where nothing stands beside it
    measured: bool
    why_empty: str | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One group with a cell for each hardware of the matrix."""

    group: Group
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are groups, columns hardware; ``left_out`` says in lines what is stored and not shown."""

    hardware: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    left_out: tuple[str, ...]


def result_matrix(
    con: duckdb.DuckDBPyConnection,
    *,
    pattern: str | None = None,
    everything: bool = False,
) -> Matrix:
    """The matrix of the models that were measured, of all with ``everything``, or of those like ``pattern``.

    ``pattern`` is a shell pattern (``vit_*``), case aside. Where nothing was measured, some published models
    stand in, those on most hardware first. Simulated results never count.

    Raises: NoResultsError where nothing is stored, or no stored model is like ``pattern``.
    """
    stored = _stored_groups(con)
    shown = _chosen(stored, pattern, everything)
    best, failed = _cells(con, shown)
    hardware = _columns(best, failed, shown)
    rows = tuple(_row(group, hardware, best, failed) for group in shown)
    left_out = (*_rows_left_out(stored, shown, pattern), *_columns_left_out(con, hardware))
    return Matrix(hardware, rows, left_out)


@dataclass(frozen=True, slots=True)
class _Stored:
    group: Group
    measured: bool
    n_hardware: int


Pair = tuple[Group, str]
Failure = tuple[Configuration, str]
Failures = Mapping[Pair, Sequence[Failure]]


def _stored_groups(con: duckdb.DuckDBPyConnection) -> list[_Stored]:
    stored = [_Stored(Group(*row[:5]), row[5], row[6]) for row in con.execute(GROUPS_SQL).fetchall()]
    if not stored:
        raise NoResultsError("nothing is stored yet: `fitment sweep FILE` measures, `fitment import` imports")
    return sorted(stored, key=lambda s: (not s.measured, _name(s.group)))


def _name(group: Group) -> tuple[str, ...]:
    return (group.model, group.model_version, group.scenario, group.input_shape, group.throughput_unit)


def _chosen(stored: Sequence[_Stored], pattern: str | None, everything: bool) -> list[Group]:
    if pattern is not None:
        like = [s.group for s in stored if fnmatchcase(s.group.model.lower(), pattern.lower())]
        if not like:
            raise NoResultsError(
                f'no stored model is like "{pattern}": `fitment report --all` shows them all'
            )
        return like
    if everything:
        return [s.group for s in stored]
    measured = [s.group for s in stored if s.measured]
    return measured or [
        s.group for s in sorted(stored, key=lambda s: (-s.n_hardware, _name(s.group)))[:STAND_INS]
    ]


def _cells(con: duckdb.DuckDBPyConnection, shown: Sequence[Group]) -> tuple[dict[Pair, MatrixCell], Failures]:
    models = sorted({group.model for group in shown})
    best = {
        (Group(*row[:5]), row[5]): MatrixCell(row[14], Configuration(*row[6:14]), None, row[15], None)
        for row in con.execute(BEST_SQL, {"ok": OK, "models": models, "wrong": WRONG}).fetchall()
    }
    failed: dict[Pair, list[Failure]] = defaultdict(list)
    for row in con.execute(FAILED_SQL, {"ok": OK, "models": models}).fetchall():
        failed[Group(*row[:5]), row[5]].append((Configuration(*row[6:14]), row[14]))
    return best, failed


def _columns(best: Mapping[Pair, MatrixCell], failed: Failures, shown: Iterable[Group]) -> tuple[str, ...]:
    """The hardware with anything to say on the rows: measured here first, then those with most numbers."""
    rows = set(shown)
    pairs = [pair for pair in {*best, *failed} if pair[0] in rows]
    here: set[str] = set()
    filled: dict[str, int] = defaultdict(int)
    for group, hardware in pairs:
        cell = best.get((group, hardware))
        filled[hardware] += cell is not None
        if cell is not None and cell.measured:
            here.add(hardware)
    return tuple(sorted(filled, key=lambda h: (h not in here, -filled[h], h)))


def _row(
    group: Group, hardware: Sequence[str], best: Mapping[Pair, MatrixCell], failed: Failures
) -> MatrixRow:
    numbers = [cell.throughput for h in hardware if (cell := best.get((group, h))) and cell.throughput]
    top = max(numbers) if len(numbers) > 1 else None
    return MatrixRow(
        group,
        tuple(
            _relative(best[group, h], top) if (group, h) in best else _empty(failed.get((group, h), ()))
            for h in hardware
        ),
    )


def _relative(cell: MatrixCell, top: float | None) -> MatrixCell:
    if top is None or cell.throughput is None:
        return cell
    share = cell.throughput / top
    return MatrixCell(cell.throughput, cell.configuration, share, cell.measured, cell.why_empty)


def _empty(failures: Sequence[Failure]) -> MatrixCell:
    """The cell of a pair without a number: a decided failure speaks before one that decides nothing."""
    if not failures:
        return MatrixCell(None, None, None, False, NOT_MEASURED)
    decided = [f for f in failures if f[1] in DECIDED_FAILURES] or failures
    configuration, status = decided[0]  # the smallest batch: they come sorted
    return MatrixCell(None, configuration, None, False, _why(status))


def _why(status: str) -> str:
    words = status.replace("_", " ")
    if status in UNDECIDED_FAILURES:
        return f"{NOT_MEASURED}: {words}"
    return WHY.get(status, f"failed: {words}")


def _rows_left_out(stored: Sequence[_Stored], shown: Sequence[Group], pattern: str | None) -> tuple[str, ...]:
    rest = len(stored) - len(shown)
    if not rest:
        return ()
    models = len({s.group.model for s in stored} - {group.model for group in shown})
    more = "`fitment report --all` shows them"
    if pattern is None:
        more += ", `fitment report 'vit_*'` those that are alike"
    counted = f"{_counted(rest, 'stored row')}, with {_counted(models, 'further model')}"
    return (f"Not shown: {counted}; {more}.",)


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _columns_left_out(con: duckdb.DuckDBPyConnection, hardware: Sequence[str]) -> tuple[str, ...]:
    names = {name for (name,) in con.execute("SELECT DISTINCT name FROM hardware_platforms").fetchall()}
    rest = sorted(names - set(hardware))
    return (f"No result for these rows on: {'; '.join(rest)}.",) if rest else ()
