"""Which candidate each result is a run of, as results come in and decisions move them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.catalogue.versions import delete_version
from fitment.registry.errors import RefusedError, UnknownNameError
from fitment.registry.results.append import append_import, append_measurement
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import reinstate, retract
from fitment.registry.storage import apply, rebuild
from fitment.registry.storage.apply_candidates import KIND
from fitment.registry.storage.store import Store
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples

KEY = (
    *("model_id", "hardware_id", "model_version", "scenario", "input_shape", "throughput_unit"),
    *("device_kind", "batch", "precision", "compile_mode", "memory_format", "n_devices", "threads"),
    *("cache_state", "pinning", "env_id", "provenance", "protocol"),
)
_COUNTING = """
SELECT r.* REPLACE (coalesce((
    SELECT any_value(version_tag) FROM version_results l JOIN model_registry_versions v ON v.id = l.version_id
    WHERE l.result_id = r.id AND deleted_at IS NULL), model_version) AS model_version)
FROM performance_results r
WHERE provenance <> 'simulated' AND id NOT IN (SELECT result_id FROM retractions)
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "fitment.duckdb")


def measure(store: Store, batch: int = 1, **fields: Any) -> int:
    """The id of a stored result; ``cell`` fields go into the cell."""
    row = examples.measured(batch)
    cell = replace(row.cell, **fields.pop("cell", {}))
    return append_measurement(store, replace(row, cell=cell, **fields))


def rows(store: Store, query: str) -> list[dict[str, Any]]:
    with store.reading() as connection:
        found: list[dict[str, Any]] = connection.sql(query).to_arrow_table().to_pylist()
    return found


def numbers(store: Store) -> dict[int, int | None]:
    """Each result's candidate."""
    found = rows(store, "SELECT id, candidate_id FROM performance_results ORDER BY id")
    return {row["id"]: row["candidate_id"] for row in found}


def current(store: Store) -> list[int]:
    return [row["id"] for row in rows(store, "SELECT id FROM current_results ORDER BY id")]


def agrees_with_the_tables(store: Store) -> None:
    """Results have one candidate where they are alike, those that don't count none; each is as it says."""
    candidates = {row["id"]: row for row in rows(store, "FROM candidates")}
    found, expected, newest = numbers(store), {}, defaultdict[tuple[Any, ...], int](int)
    for row in rows(store, _COUNTING):
        protocol = 0 if row["provenance"] == "imported" else row["protocol"]
        expected[row["id"]] = key = tuple((row | {"protocol": protocol})[name] for name in KEY)
        newest[key[:-1]] = max(newest[key[:-1]], protocol)
    assert {result for result, number in found.items() if number is not None} == expected.keys()
    for result, key in expected.items():
        candidate = candidates[found[result] or 0]
        assert tuple(candidate[name] for name in KEY) == key
        assert candidate["superseded"] == (key[-1] < newest[key[:-1]])
    assert len(candidates) == len(set(expected.values()))
    of_kind = rows(
        store, "SELECT r.*, k AS kind FROM performance_results r LEFT JOIN result_kinds k ON k.id = kind_id"
    )
    assert all(row["kind"][name] == row[name] for row in of_kind for name in KIND)
    kinds = rows(store, "FROM result_kinds ORDER BY id")
    assert [kind["id"] for kind in kinds] == list(range(1, len(kinds) + 1))
    assert len({tuple(kind[name] for name in KIND) for kind in kinds}) == len(kinds)


def test_alike_results_are_one_candidate(store: Store) -> None:
    """Runs of one configuration share a number, failures too; another configuration has the next one."""
    first = measure(store)
    again = measure(store, invocation=1, status="crashed", throughput=None)
    other, pinned = measure(store, 8), measure(store, cell={"seed": 7})
    assert numbers(store) == {first: 1, again: 1, other: 2, pinned: 1}
    agrees_with_the_tables(store)


def test_another_environment_is_another_candidate(store: Store) -> None:
    """Version, environment, scenario and provenance each make one of their own."""
    measure(store)
    measure(store, env_id="another")
    measure(store, cell={"model_version": "v2"})
    measure(store, cell={"scenario": "train_step"})
    assert list(numbers(store).values()) == [1, 2, 3, 4]
    agrees_with_the_tables(store)


def test_simulated_results_have_none(store: Store) -> None:
    """What was simulated is in the store and counts for nothing, though it has a kind."""
    measure(store)
    measure(store, provenance="simulated", flags="dreamt")
    assert (list(numbers(store).values()), current(store)) == ([1, None], [1])
    agrees_with_the_tables(store)


def test_linked_results_leave_their_candidate(store: Store) -> None:
    """A link moves results to the version's candidate, beside such as declare it; its deletion, back."""
    for invocation in range(3):
        measure(store, invocation=invocation)
    declared = measure(store, cell={"model_version": "v1"})
    link_results(store, "resnet18", "v1", [2])
    moved = numbers(store)
    assert moved[1] == moved[3] != moved[2] == moved[declared]
    agrees_with_the_tables(store)
    link_results(store, "resnet18", "v2", [2])
    assert len(set(numbers(store).values())) == 3
    delete_version(store, "resnet18", "v2")
    back = numbers(store)
    assert back[1] == back[2] == back[3] != back[declared]
    agrees_with_the_tables(store)


def test_retracted_results_have_none_until_that_is_undone(store: Store) -> None:
    """A candidate goes with its last result and comes back with it; other models keep their numbers."""
    measure(store, cell={"model": "other"})
    one, two = measure(store), measure(store, 8)
    other = numbers(store)[1]
    retract(store, [two], "throttled")
    assert (numbers(store)[two], current(store)) == (None, [1, one])
    assert len(rows(store, "FROM candidates")) == 2
    agrees_with_the_tables(store)
    reinstate(store, [two], "it was another machine")
    assert numbers(store)[two] is not None
    assert numbers(store)[1] == other
    agrees_with_the_tables(store)


def test_an_older_protocol_counts_again_when_the_newer_one_is_retracted(store: Store) -> None:
    """A newer protocol supersedes, in whichever order they come; without its results the older one counts."""
    new = measure(store)
    old = measure(store, cell={"protocol": 1})
    assert current(store) == [new]
    older_first = measure(store, 8, cell={"protocol": 1})
    assert current(store) == [new, older_first]
    newer = measure(store, 8)
    assert current(store) == [new, newer]
    agrees_with_the_tables(store)
    retract(store, [new, newer], "throttled")
    assert current(store) == [old, older_first]
    agrees_with_the_tables(store)


def test_imported_rows_state_no_protocol(store: Store) -> None:
    """Rows of two protocols are one candidate, which measured ones neither join nor supersede."""
    imported = [examples.imported(1), examples.imported(1, row_key="again")]
    imported[1] = replace(imported[1], cell=replace(imported[1].cell, protocol=1))
    append_import(store, importer="timm", file="pub.csv", file_sha256="0", rows=imported,
                  environments=[examples.PUBLISHED], rejects=[])  # fmt: skip
    append_measurement(store, replace(imported[0], provenance="measured", row_key=None))
    found = list(numbers(store).values())
    assert found[0] == found[1] != found[2]
    assert len(current(store)) == 3
    agrees_with_the_tables(store)


def decide(store: Store, act: tuple[str, Any]) -> None:
    """Does what is asked for; what can't be is refused."""
    verb, about = act
    if verb == "measure":
        batch, protocol, provenance = about
        measure(store, batch, provenance=provenance, cell={"protocol": protocol})
        return
    known = list(numbers(store))
    chosen = known[about % len(known) :][:2]
    version = f"v{about % 2}"
    try:
        if verb == "link":
            link_results(store, "resnet18", version, chosen)
        elif verb == "delete":
            delete_version(store, "resnet18", version)
        elif verb == "retract":
            retract(store, chosen, "throttled")
        else:
            reinstate(store, chosen[:1], "another machine")
    except (RefusedError, UnknownNameError):
        pass


RUNS = st.tuples(
    st.just("measure"),
    st.tuples(
        st.sampled_from((1, 8)),
        st.sampled_from((1, 2)),
        st.sampled_from(("measured", "measured", "simulated")),
    ),
)
DECISIONS = st.tuples(st.sampled_from(("link", "link", "retract", "reinstate", "delete")), st.integers(0, 7))


@settings(max_examples=3, deadline=None, derandomize=True, phases=[Phase.generate])
@given(acts=st.lists(st.one_of(RUNS, DECISIONS), min_size=6, max_size=9))
def test_whatever_was_decided(acts: list[tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """After any decisions the numbers are those that the tables say, and a rebuild gives the same."""
    store = empty_store(tmp_path_factory.mktemp("decided") / "fitment.duckdb")
    with store.reading():  # only journalled: applied at once
        for batch in (1, 1, 8):
            measure(store, batch)
    for act in acts:
        decide(store, act)
    agrees_with_the_tables(store)
    before = examples.tables(store.path)
    rebuild.rebuild(store.path)
    assert examples.differing(before, examples.tables(store.path)) == []


@pytest.mark.parametrize("size", [1, 3])
def test_a_rebuild_in_other_batches_gives_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """However events are cut into batches, candidates and kinds have the same ids."""
    store = examples.fill(tmp_path / "x.duckdb")
    measure(store, 16, cell={"protocol": 1})
    link_results(store, "resnet18", "v1", [1, 2])
    measure(store, 16, flags="noisy")
    retract(store, [2], "throttled")
    examples.import_lines(store, range(12, 15), "more.csv")
    reinstate(store, [2], "another machine")
    agrees_with_the_tables(store)
    before = examples.tables(store.path)
    monkeypatch.setattr(apply, "_BATCH", size)
    assert rebuild.rebuild(store.path).unapplied == 0
    assert examples.differing(before, examples.tables(store.path)) == []
