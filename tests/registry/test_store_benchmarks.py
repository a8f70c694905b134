"""The benchmarks of whole stores run: the rival in SQL agrees with ours, and two writers lose nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from benchmarks import ragged_scores
from benchmarks.large_store import CONFIGURATIONS, Size, make
from benchmarks.scores_in_sql import SCORES, differences, scores_in_sql
from benchmarks.store_scores import ALIKE, Claim
from benchmarks.two_writers import BATCHES, Found, Read, Written, append, write_and_read


def test_rival_makes_the_same_rows(tmp_path: Path) -> None:
    """SQL gives our estimates and scores, again and again; a score that is another is found."""
    path = tmp_path / "store.duckdb"
    make(path, Size(models=3, hardware=5, repeats=4))
    calculate_scores(Store.open(path))
    for _ in range(2):
        assert scores_in_sql(path) == 3 * 5
    estimates, scores = differences(path)
    assert (estimates.rows, scores.rows) == (0, 0)
    assert max(estimates.largest, scores.largest) < ALIKE
    with duckdb.connect(str(path)) as con:
        assert con.execute("SELECT count(*) FROM sql_estimates").fetchall() == [(3 * 5 * CONFIGURATIONS,)]
        con.execute(f"UPDATE {SCORES} SET suitability_score = suitability_score * 1.001 WHERE id = 1")
        con.execute(f"DELETE FROM {SCORES} WHERE id = 2")
    _, scores = differences(path)
    assert scores.rows == 1
    assert scores.largest == pytest.approx(1e-3, rel=0.01)


def test_claims_say_what_missed() -> None:
    """A claim's line has its goal, whether the median missed it, and the spread."""
    line = Claim("score", "s", [3.5, 2.0, 4.0], most=3.0).line()
    assert line.split() == ["score", "≤", "3", "missed", "3.500", "2.000", "…", "4.000", "s"]
    assert Claim("ratio", "x", [6.0], least=5.0).goal == "≥ 5"
    assert Claim("rival", "s", [6.0]).goal == ""


def test_published_results_are_scored_as_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    """The slow twin makes the same rows, or the benchmark ends with how many differ."""
    ragged_scores.main(["--files", "2", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "to the bit" in said
    assert "update-task, after start-up" in said


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes that append at once keep every result, and each question meanwhile is answered."""
    found = write_and_read(tmp_path / "store.duckdb", len(BATCHES))
    acknowledged = sorted(i for each in found.written for i in each.ids)
    assert acknowledged == found.stored[1:]
    assert found.lost == 0
    assert found.read.unanswered == []
    assert found.read.runs


def test_a_lost_result_is_counted() -> None:
    """An id that the store lacks, or that two were given, is a lost result, and the report says so."""
    written = [Written([2, 3], [0.1, 0.1], 0.0, 1.0), Written([3, 4], [0.1, 0.1], 0.0, 2.0)]
    found = Found(written, Read([0.2], [1], ["busy"]), [1, 2, 3])
    assert found.lost == 2
    report = "\n".join(found.lines())
    assert "4 results acknowledged, 2 stored, 2 lost; 2 appends/s" in report
    assert "1 unanswered" in report
    assert report.endswith("busy")


def test_the_machine_that_appends_names_itself(tmp_path: Path) -> None:
    """Each writer's results are of hardware of its own."""
    store = Store.open(tmp_path / "store.duckdb", create=True)
    assert [append(store, number, 0) for number in (1, 2)] == [1, 2]
    with store.reading() as con:
        names = con.execute("SELECT name FROM hardware_platforms ORDER BY name").fetchall()
    assert names == [("CPU 1",), ("CPU 2",)]
