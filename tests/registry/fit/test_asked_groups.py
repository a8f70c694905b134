"""Which group answers each question; ``test_best_rows.py`` holds it to ``groups.choose`` on random stores."""

from __future__ import annotations

from fitment.registry.fit.asked_groups import asked_groups
from fitment.registry.fit.candidate_levels import candidate_levels
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE, THERE, journalling, measure


def chosen(store: Store, *tags: str) -> list[tuple[str, int, str]]:
    """(model, batch, version) of each question of inference, the versions of "tied" added in that order."""
    with store.reading() as connection:
        known = candidate_levels(connection)
    found = asked_groups(known, ["forward"], {}, {"tied": tags})
    names, versions = known.groups["model"], known.groups["model_version"]
    return [
        (names[g], batch, versions[g])
        for g, batch in zip(found.group.tolist(), found.batch.tolist(), strict=True)
    ]


def test_a_question_for_each_batch_that_ran(scored: Store) -> None:
    """And one for any; out of memory is no answer, but another ran it."""
    assert chosen(scored) == [
        *(("net", batch, "") for batch in (0, 1, 8, 64)),
        *(("other", batch, "") for batch in (0, 1)),
    ]


def test_versions(unscored_store: Store) -> None:
    """That with the most hardware at the batch that is asked for; of equals the newest, else the first."""
    store = unscored_store
    with journalling(store):
        for version in ("v1", "v2"):
            measure(store, "tied", HERE, 1, 5.0, cell={"model_version": version})
            measure(store, "tied", HERE, 8, 5.0, cell={"model_version": version})
        measure(store, "tied", THERE, 8, 9.0, cell={"model_version": "v1"})
        measure(store, "tied", THERE, 1, 9.0, cell={"model_version": "v2"})
    calculate_scores(store)

    def versions(*tags: str) -> list[str]:
        return [version for model, _, version in chosen(store, *tags) if model == "tied"]

    assert versions() == ["v1", "v2", "v1"]
    assert versions("v1", "v2") == ["v2", "v2", "v1"]
    assert versions("v2", "v1") == ["v1", "v2", "v1"]
