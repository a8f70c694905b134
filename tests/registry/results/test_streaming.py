"""Statistics of the groups of a DuckDB table, in a real file, held against DuckDB's own SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from fitment.registry.errors import QuestionError, UnknownNameError
from fitment.registry.results import streaming
from fitment.registry.results.streaming import TableStatistics, large_moments, large_statistics

from tests.kernels.agreement import bits_of
from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, journalling, measure

KEYS, METRICS = ("model", "hardware"), ("throughput", "latency")
ROWS = 20_000
SQL = {
    "count": "count({0})",
    "mean": "avg({0})",
    "variance": "var_samp({0})",
    "median": "median({0})",
    "mad": "mad({0})",
    "p95": "quantile_cont({0}, 0.95)",
    "p99": "quantile_cont({0}, 0.99)",
}
TABLE = """
SELECT setseed(0.5);
CREATE TABLE results AS
SELECT (i * 7919 % 23)::INTEGER - 5 AS model, (random() * 4)::INTEGER AS hardware,
       'net ' || (i * 7919 % 23) AS name, 'gpu ' || i % 3 AS device,
       CASE WHEN random() > 0.05 THEN 100 * random() END AS throughput,
       CASE WHEN random() > 0.05 THEN 1e-3 + random() END AS latency,
       random()::FLOAT AS memory, (random() > 0.9)::TINYINT AS code,
       CASE WHEN random() > 0.9 THEN 'timeout' ELSE 'ok' END AS status
FROM range(20000) t(i);
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the table ``results``; nobody writes to it."""
    path = tmp_path_factory.mktemp("large") / "x.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(TABLE)
    return path


@pytest.fixture
def con(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(path), read_only=True) as con:
        yield con


@pytest.fixture
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of the test's own."""
    with duckdb.connect() as con:
        yield con


def by_sql(con: Any, source: str, keys: Any, metrics: Any, where: str = "true") -> dict[str, Any]:
    """The keys, and each statistic as [metrics, groups] with NaN for NULL, in the order of the keys."""
    measures = [f"{sql.format(m)} FILTER ({where}) AS {s}_{m}" for s, sql in SQL.items() for m in metrics]
    grouped = ", ".join(keys)
    columns = ", ".join([grouped, *measures])
    found = con.execute(f"SELECT {columns} FROM {source} GROUP BY {grouped} ORDER BY {grouped}").fetchnumpy()
    for name, column in found.items():
        found[name] = np.ma.filled(column, np.nan) if column.dtype.kind == "f" else column
    statistics = {s: np.stack([found[f"{s}_{m}"] for m in metrics]) for s in SQL}
    return {key: found[key] for key in keys} | statistics


def assert_same(found: TableStatistics[Any], expected: dict[str, Any]) -> None:
    for key, column in found.keys.items():
        assert column.tolist() == expected[key].tolist()
    for name, values in bits_free(found).items():
        np.testing.assert_allclose(values, expected[name], rtol=1e-11, err_msg=name)


def bits_free(found: TableStatistics[Any]) -> dict[str, Any]:
    names = found.statistics.__dataclass_fields__
    return {name: getattr(found.statistics, name) for name in names}


@pytest.mark.parametrize("question", [large_moments, large_statistics])
def test_the_statistics_are_those_of_sql(con: Any, question: Any) -> None:
    """Over NULLs, negative keys and groups in random order, to eleven digits."""
    found = question(con, "results", KEYS, METRICS)
    assert_same(found, by_sql(con, "results", KEYS, METRICS))
    assert found.metrics == METRICS


@pytest.mark.parametrize(("status", "ok"), [("code", "code = 0"), ("status", "status = 'ok'")])
def test_rows_that_failed_are_left_out(con: Any, status: str, ok: str) -> None:
    """By a code that is not 0, a word other than ok; a group of failed rows alone is there, with count 0."""
    source = "(SELECT * FROM results WHERE model <> 3 OR code <> 0 AND status <> 'ok')"
    for question in (large_moments, large_statistics):
        found = question(con, source, KEYS, METRICS, status=status)
        assert_same(found, by_sql(con, source, KEYS, METRICS, ok))
        assert 0 in found.statistics.count


@pytest.mark.parametrize("left_out", ["mad", "p99"])
def test_what_may_be_left_out(con: Any, left_out: str) -> None:
    """It is NaN then, and the others have the same bits."""
    full, without = (
        large_statistics(con, "results", KEYS, METRICS, **{left_out: asked}) for asked in (True, False)
    )
    assert np.isnan(getattr(without.statistics, left_out)).all()
    for name in SQL.keys() - {left_out}:
        assert bits_of(getattr(without.statistics, name)) == bits_of(getattr(full.statistics, name))


def test_ranges_of_groups_change_no_bit(con: Any) -> None:
    """Little memory means more queries and the same numbers."""
    whole = large_statistics(con, "results", KEYS, METRICS, status="code")
    for memory_bytes in (ROWS * 25, ROWS * 8):
        parts = large_statistics(con, "results", KEYS, METRICS, status="code", memory_bytes=memory_bytes)
        assert bits_of(parts.statistics) == bits_of(whole.statistics)
        assert bits_of(parts.keys) == bits_of(whole.keys)


def test_ranges_are_as_large_as_fits(con: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each range but the last has no room for the next group, and none has more rows than fit."""
    read: list[int] = []
    actual = streaming._Table.rows
    monkeypatch.setattr(
        streaming._Table, "rows", lambda self, a, b, n: read.append(n) or actual(self, a, b, n)
    )
    large_statistics(con, "results", KEYS, METRICS, memory_bytes=ROWS * 25)
    groups = "SELECT count(*) AS n FROM results GROUP BY model, hardware"
    largest = con.execute(f"SELECT max(n) FROM ({groups})").fetchone()[0]
    most = ROWS * 25 // 93  # ten DOUBLE and 13 bytes
    assert sum(read) == ROWS
    assert max(read) <= most < min(read[:-1]) + largest


def test_a_group_that_does_not_fit_is_refused(con: Any) -> None:
    """It says how much memory would do."""
    with pytest.raises(QuestionError, match=r"a group of [\d,]+ rows needs memory_bytes=\d+, not 2000$"):
        large_statistics(con, "results", KEYS, METRICS, memory_bytes=2000)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit(path: Path, con: Any, threads: int) -> None:
    """DuckDB's threads move the borders of its batches, and those of the kernel its work."""
    with duckdb.connect(str(path), read_only=True) as one:
        one.execute(f"SET threads = {threads}")
        several = [q(one, "results", KEYS, METRICS) for q in (large_moments, large_statistics)]
        several.append(large_statistics(one, "results", KEYS, METRICS, threads=threads))
    con.execute("SET threads = 1")
    moments = large_moments(con, "results", KEYS, METRICS)
    whole = large_statistics(con, "results", KEYS, METRICS)
    for found, expected in zip(several, (moments, whole, whole), strict=True):
        assert bits_of(found.statistics) == bits_of(expected.statistics)


@pytest.mark.parametrize("rows", [100, 2048, 50_000])
def test_borders_of_batches_change_no_bit(con: Any, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Batches of any size, also such as end inside a group."""
    expected = [q(con, "results", KEYS, METRICS) for q in (large_moments, large_statistics)]
    monkeypatch.setattr(streaming, "_BATCH_ROWS", rows)
    for found, other in zip((large_moments, large_statistics), expected, strict=True):
        assert bits_of(found(con, "results", KEYS, METRICS).statistics) == bits_of(other.statistics)


def test_keys_of_text(con: Any) -> None:
    """Names serve as well as numbers, in the order of SQL, and in a table that can only be read."""
    keys = ("name", "hardware", "device")
    assert_same(large_statistics(con, "results", keys, METRICS), by_sql(con, "results", keys, METRICS))
    assert_same(
        large_statistics(con, "results", keys, METRICS, memory_bytes=ROWS * 25),
        by_sql(con, "results", keys, METRICS),
    )
    with pytest.raises(duckdb.CatalogException):
        con.execute("SELECT enum_range(NULL::fitment_levels_0)")


def test_not_a_number_is_missing(memory: Any) -> None:
    """NaN and infinity count no more than NULL; a batch of nothing but NULL has no value."""
    memory.execute(
        "CREATE TABLE t AS SELECT 1 AS g, x::DOUBLE AS x, NULL::DOUBLE AS y "
        "FROM (VALUES ('1'), ('nan'), ('inf'), (NULL), ('3'), ('-inf')) v(x)"
    )
    for question in (large_moments, large_statistics):
        found = question(memory, "t", ["g"], ["x", "y"]).statistics
        assert (found.count.tolist(), found.mean[0, 0], found.variance[0, 0]) == ([[2], [0]], 2.0, 2.0)
        assert np.isnan(found.mean[1, 0])


@pytest.mark.parametrize("question", [large_moments, large_statistics])
def test_a_table_without_rows_has_no_groups(memory: Any, question: Any) -> None:
    """Every column is there, and empty."""
    memory.execute("CREATE TABLE t (g INTEGER, name VARCHAR, x DOUBLE)")
    found = question(memory, "t", ["g", "name"], ["x"])
    assert {name: column.size for name, column in found.keys.items()} == {"g": 0, "name": 0}
    assert {values.shape for values in bits_free(found).values()} == {(1, 0)}


def test_numbers_of_any_type(memory: Any) -> None:
    """REAL alone stays single; whole numbers, decimals and mixtures are taken as DOUBLE."""
    memory.execute(
        "CREATE TABLE t AS SELECT i % 3 AS g, (i / 7)::FLOAT AS f, i AS n, (i / 3)::DECIMAL(9, 2) AS d "
        "FROM range(99) r(i)"
    )
    single = large_statistics(memory, "t", ["g"], ["f"]).statistics
    mixed = large_statistics(memory, "t", ["g"], ["f", "n", "d"]).statistics
    assert single.median.tolist() == mixed.median[:1].tolist()
    assert mixed.mean[1].tolist() == [48.0, 49.0, 50.0]
    np.testing.assert_allclose(mixed.mean[2], [16.0, 16.33, 16.67], atol=0.01)


def test_the_question_may_be_any_query(con: Any) -> None:
    """What may follow FROM: a subquery, with columns of its own, whatever their names and case."""
    renamed = '(SELECT model + 0 AS "a ""key""", latency / 2 AS Half FROM results WHERE hardware = 1)'
    found = large_moments(con, renamed, ['a "key"'], ["half"])
    expected = by_sql(con, "(FROM results WHERE hardware = 1)", ["model"], ["latency"])
    assert found.keys['a "key"'].tolist() == expected["model"].tolist()
    np.testing.assert_allclose(found.statistics.mean, expected["mean"] / 2, rtol=1e-12)


def test_a_store_of_ours(tmp_path: Path) -> None:
    """The results of a store, read as every reader does."""
    store = empty_store(tmp_path / "fitment.duckdb")
    with journalling(store):
        for i, rate in enumerate((10.0, 20.0, 40.0)):
            measure(store, "net", HERE, 1, rate, invocation=i)
        measure(store, "net", HERE, 1, None, status="crashed", invocation=3)
    with store.reading() as con:
        found = large_statistics(
            con, "performance_results", ["model", "hardware"], ["throughput"], status="status"
        )
    assert {name: column.tolist() for name, column in found.keys.items()} == {
        "model": ["net"],
        "hardware": [HERE.hardware],
    }
    assert (found.statistics.count.item(), found.statistics.median.item()) == (3, 20.0)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("results", KEYS, ["nope"]), UnknownNameError, 'unknown column "nope": there are model, hardware, '),
        (("results", ["nope"], METRICS), UnknownNameError, 'unknown column "nope"'),
        (("results", KEYS, ["name"]), QuestionError, '"name" holds varchar, not numbers'),
        (("results", ["latency"], METRICS), QuestionError, """can't group by "latency", which is double"""),
        (("(SELECT now() AS at, 1.0 AS x)", ["at"], ["x"]), QuestionError,
         'can.t group by "at", which is timestamp '),
        (("nowhere", KEYS, METRICS), QuestionError, "Table with name nowhere does not exist"),
        (("(SELEC 1)", KEYS, METRICS), QuestionError, "syntax error"),
        (("results", [], METRICS), QuestionError, "keys must name one or more columns"),
        (("results", KEYS, "latency"), QuestionError, "metrics must name one or more columns"),
        (("results", ["model", "model"], METRICS), QuestionError, "each once"),
        (("(SELECT nullif(model, 3) AS model, latency FROM results)", ["model"], ["latency"]), QuestionError,
         r'[\d,]+ row\(s\) have no "model": leave them out by WHERE "model" IS NOT NULL'),
        (("(SELECT model, name::INTEGER AS latency FROM results)", ["model"], ["latency"]), QuestionError,
         "Could not convert string"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_said_in_one_line(con: Any, arguments: Any, error: Any, words: str) -> None:
    """And the connection is as good as before."""
    for question in (large_moments, large_statistics):
        with pytest.raises(error, match=words) as raised:
            question(con, *arguments)
        assert "\n" not in str(raised.value)
    assert large_moments(con, "results", ["model"], ["latency"]).statistics.count.sum() > 0


def test_a_status_that_is_not_there(con: Any) -> None:
    """It is a column like any other."""
    with pytest.raises(UnknownNameError, match='unknown column "state"'):
        large_moments(con, "results", KEYS, METRICS, status="state")


def test_what_the_caller_is_doing_goes_on(memory: Any) -> None:
    """An open transaction and a half-read answer stay as they are; only what is committed is seen."""
    memory.execute("CREATE TABLE t AS SELECT 1 AS g, 2.0 AS x")
    memory.begin()
    memory.execute("INSERT INTO t VALUES (2, 3.0)")
    half_read = memory.execute("SELECT * FROM range(9000)")
    assert half_read.fetchone() == (0,)
    assert large_moments(memory, "t", ["g"], ["x"]).statistics.count.tolist() == [[1]]
    assert half_read.fetchone() == (1,)
    memory.commit()
    assert large_moments(memory, "t", ["g"], ["x"]).statistics.count.tolist() == [[1, 1]]
