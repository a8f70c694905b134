"""The faults of the earlier system, one test each. Where a good test stands elsewhere, it is named here.

- flags that never change the order: fit/test_store_properties.py::test_a_flag_reorders_a_pair
- a score that depends on the query's filter:
  fit/test_store_properties.py::test_filters_change_no_component
- normalising across unrelated models:
  fit/test_store_properties.py::test_an_unrelated_model_changes_nothing
- two devices of one type merged: fit/test_store_properties.py::test_two_devices_of_one_type_stay_apart
- missing memory scored best: fit/test_store_properties.py::test_what_is_not_known_never_wins
- one missing latency emptying the answer: test_one_missing_latency_leaves_an_answer
- NaN ranked first: fit/test_store_properties.py::test_nan_is_no_number
- batches pooled, so that broad sweeps are punished: test_a_broad_sweep_is_not_punished
- link-tests that half-fail and leave a version behind:
  results/test_link.py::test_all_mistakes_are_named_at_once_and_nothing_is_stored
- snapshots that ignore versions: changes/test_snapshots.py::test_each_version_has_its_own
  and whose repetition is an error: changes/test_snapshots.py::test_the_same_results_make_no_second_one
- stale cached scores: fit/test_recommend.py::test_stored_and_recomputed_agree
- recommendations overwriting each other across flags: fit/test_requirements.py::test_equal_to_recommend
  and entries that fall out, and stay: fit/test_requirements.py::test_entries_that_fall_out_go_away
- a batch of 100,000 accepted, a small one punished: test_a_batch_is_answered_from_what_was_measured_at_it
- a documented method that does not exist: test_system.py::test_signatures_are_as_promised
- MAX(id) + 1 as key, and no uniqueness at once:
  storage/test_faults_decisions.py::test_F18_two_processes_that_add_the_same_version_at_once
- a typo that creates a model: catalogue/test_versions.py::test_a_typo_creates_nothing
- "no data" and "broken" looking alike: test_no_data_failed_and_broken_are_three_answers
- row counts taken for independent runs: test_rows_are_not_runs
- failures invisible: test_failures_are_seen
- units mixed: test_units_are_never_mixed
- FLOAT columns rounding 0.275: test_no_column_rounds
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.answers import Question
from fitment.registry.errors import ForeignFileError, NoResultsError
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, journalling, measure

NO_LATENCY = {"latency_p50_s": None, "latency_mean_s": None}
HUGE = 100_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two machines and a model for each fault, scored. Not to be changed."""
    own = empty_store(tmp_path_factory.mktemp("earlier") / "fitment.duckdb")
    with journalling(own):
        measure(own, "blind", HERE, 1, 10.0)
        measure(own, "blind", THERE, 1, 100.0, **NO_LATENCY)
        for batch in (1, 2, 4, 8, 16):
            measure(own, "broad", HERE, batch, 20.0 * batch)
        measure(own, "broad", THERE, 16, 300.0)
        for batch in (1, 8):
            measure(own, "failing", HERE, batch, None, status="crashed", detail="killed by signal 11")
        measure(own, "often", HERE, 1, 10.0)
        measure(own, "often", HERE, 1, None, status="crashed", invocation=1)
        measure(own, "often", THERE, 1, 10.0)
        measure(own, "sized", HERE, 1, 10.0)
        measure(own, "sized", HERE, 64, None, status="oom_host")
        measure(own, "sized", THERE, 1, 11.0)
        measure(own, "worded", HERE, 1, 10.0)
        measure(own, "worded", THERE, 1, 10_000.0, throughput_unit="tokens/s")
        measure(own, "rounded", HERE, 1, 0.275)
    calculate_scores(own)
    return own


def test_one_missing_latency_leaves_an_answer(store: Store) -> None:
    """Both machines are ranked; latency counts for neither, and a note says whose is missing."""
    found = recommend(store, Question("blind", latency_sensitive=True))
    assert [row.hardware for row in found.rows] == [THERE.hardware, HERE.hardware]
    assert found.weights.latency == 0.0
    assert any(note.startswith(f"latency: not measured on {THERE.hardware}") for note in found.notes)


def test_a_broad_sweep_is_not_punished(store: Store) -> None:
    """A machine that also ran small batches stands by its best one, not by their mean."""
    found = recommend(store, Question("broad"))
    assert {row.hardware: row.throughput for row in found.rows} == {
        HERE.hardware: 320.0,
        THERE.hardware: 300.0,
    }
    assert found.rows[0].hardware == HERE.hardware


def test_a_batch_is_answered_from_what_was_measured_at_it(store: Store) -> None:
    """Out of memory at 64 is so at 100,000, nothing unmeasured is assumed, batch 1 keeps its scores."""
    huge = recommend(store, Question("sized", batch=HUGE))
    assert huge.rows == ()
    reasons = {entry.hardware: entry.reason for entry in huge.rejected}
    assert reasons[THERE.hardware] == f"not measured at batch {HUGE}"
    assert reasons[HERE.hardware] == "out of memory at batch 64, fp32, eager"
    small, free = (recommend(store, Question("sized", batch=batch)) for batch in (1, None))
    assert [row.compatibility for row in small.rows] == [row.compatibility for row in free.rows]


def test_no_data_failed_and_broken_are_three_answers(store: Store, tmp_path: Path) -> None:
    """Nothing stored is a mistake, failed is an answer with its reason, a foreign file is neither."""
    with pytest.raises(NoResultsError, match="no results of absent"):
        recommend(store, Question("absent"))
    failed = recommend(store, Question("failing"))
    assert failed.rows == ()
    assert [entry.reason for entry in failed.rejected] == [
        "the process crashed at batch 1, fp32, eager (killed by signal 11), and 1 more failed"
    ]
    (tmp_path / "fitment.duckdb").write_text("no database\n")
    with pytest.raises(ForeignFileError):
        Store.open(tmp_path / "fitment.duckdb")


def test_rows_are_not_runs(store: Store) -> None:
    """Five batches of one process each are no five repeats: n is 1, for the broad sweep as for the other."""
    assert {(row.n, row.confidence) for row in recommend(store, Question("broad")).rows} == {(1, 0.6)}


def test_failures_are_seen(store: Store) -> None:
    """A crash beside a run that went well is said, and out of memory has its word."""
    assert f"1 of 2 runs ok on {HERE.hardware}" in recommend(store, Question("often")).notes
    with store.reading() as connection:
        statuses = connection.execute(
            "SELECT r.status FROM performance_results r JOIN models m ON m.id = r.model_id"
            " WHERE m.name = 'sized' ORDER BY r.id"
        ).fetchall()
    assert statuses == [("ok",), ("oom_host",), ("ok",)]


def test_units_are_never_mixed(store: Store) -> None:
    """A thousand times more tokens than samples are no faster: they are another question, and named."""
    found = recommend(store, Question("worded"))
    assert found.group.throughput_unit == "samples/s"
    assert [row.hardware for row in found.rows] == [HERE.hardware]
    assert any("in tokens/s (1 hardware)" in note for note in found.notes)


def test_no_column_rounds(store: Store) -> None:
    """0.275 comes back as 0.275: the tables hold doubles."""
    assert recommend(store, Question("rounded")).rows[0].throughput == 0.275
    with store.reading() as connection:
        types = connection.execute(
            "SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    assert ("FLOAT",) not in types
    assert ("DOUBLE",) in types


def test_every_named_test_is_there() -> None:
    """The table at the top of this file names tests that exist."""
    assert __doc__ is not None
    named = [word for word in __doc__.split() if "test_" in word]
    assert len(named) == 23
    folder = Path(__file__).parent
    for place in named:
        file, _, name = place.rpartition("::")
        text = (folder / file if file else Path(__file__)).read_text(encoding="utf-8")
        assert f"\ndef {name}(" in text, place
