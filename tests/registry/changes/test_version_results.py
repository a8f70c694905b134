from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.catalogue.naming import Model, find_model
from fitment.registry.catalogue.versions import delete_version
from fitment.registry.changes.version_results import known_version, result_ids, result_ids_now
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.changes.versions import fill, run


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return fill(tmp_path)


def ids(store: Store, tag: str) -> set[int]:
    with store.reading() as con:
        return result_ids_now(con, find_model(con, "net"), tag)


def test_linked_and_declared_results_but_no_retracted_ones(store: Store) -> None:
    """The results of a version are those that count."""
    linked = run(store, "", 1, 5.0)
    link_results(store, "net", "v3", [linked])
    retract(store, [1], reason="wrong clock")
    assert ids(store, "v1") == {3, 5, 7, 9, 10}
    assert ids(store, "v3") == {linked}
    with store.reading() as con:
        assert result_ids(con, find_model(con, "net"), "v3") == [linked]
        with pytest.raises(NoResultsError, match="link-tests"):
            result_ids(con, Model(1, "net"), "v4")


def test_a_version_by_tag_alias_or_declaration(store: Store) -> None:
    """An alias leads to its version; what only results declare has no id; what is deleted is gone."""
    set_alias(store, "net", "champion", "v2")
    run(store, "nightly", 1, 5.0)
    delete_version(store, "net", "v3")
    with store.reading() as con:
        model = find_model(con, "net")
        assert known_version(con, model, "champion") == known_version(con, model, "v2")
        assert known_version(con, model, "nightly") == (None, "nightly")
        for unknown in ("v3", ""):
            with pytest.raises(UnknownNameError, match="there are v1, v2"):
                known_version(con, model, unknown)


def test_stray_bytes_name_no_version(store: Store) -> None:
    """A command line's word may be no text at all."""
    with store.reading() as con, pytest.raises(UnknownNameError, match="there are v1, v2"):
        known_version(con, find_model(con, "net"), "v\udcff")
