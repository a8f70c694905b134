"""All that is known of a model's versions."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.aliases import set_alias
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.version_history import version_history
from fitment.registry.catalogue.versions import add_version, delete_version
from fitment.registry.errors import NoResultsError
from fitment.registry.results.link import link_results
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


def test_a_version_is_shown_with_all_that_belongs_to_it(store: Store) -> None:
    """Results linked and declared, without retracted ones; aliases; snapshots; deleted versions too."""
    link_results(store, "resnet18", "v2", [1, 2, 3])
    add_version(store, "resnet18", "v1", "1f3a", {"a": 1})
    for alias in ("production", "champion"):
        set_alias(store, "resnet18", alias, "v2")
    decisions.snapshot(store, "v2")
    decisions.measure(store, "resnet18", "v2", 64)
    decisions.measure(store, "resnet18", "v2", 128, provenance="simulated")
    retract(store, [3], "throttled")
    link_results(store, "resnet34", "v2", [5])
    link_results(store, "resnet18", "gone", [1])
    delete_version(store, "resnet18", "gone")
    rename_model(store, "resnet18", "r18")
    v2, v1, gone = version_history(store, "resnet18")
    assert (v2.model, v2.tag, v2.hash, v2.metadata) == ("r18", "v2", None, None)
    assert (v2.linked, v2.declared, v2.results, v2.aliases) == (1, 1, 2, ("champion", "production"))
    assert [(made.id, made.hardware) for made in v2.snapshots] == [(8, 1)]
    assert (v1.tag, v1.hash, v1.metadata, v1.linked, v1.declared) == ("v1", "1f3a", {"a": 1}, 0, 1)
    assert (gone.tag, gone.results, gone.deleted_at is None) == ("gone", 0, False)
    assert v2.deleted_at is v1.deleted_at is None


def test_no_versions_are_no_mistake_but_an_unknown_model_is(store: Store) -> None:
    """ "No data" and "broken" don't look alike."""
    assert version_history(store, "resnet34") == ()
    with pytest.raises(NoResultsError, match="did you mean resnet34"):
        version_history(store, "resnet43")
