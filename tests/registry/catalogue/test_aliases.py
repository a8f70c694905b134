"""Aliases of versions."""

from __future__ import annotations

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.aliases import AliasMove, list_aliases, remove_alias, set_alias
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.catalogue.versions import add_version
from fitment.registry.errors import NoResultsError, RefusedError, UnknownNameError
from fitment.registry.fit.recommend import recommend
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


@pytest.fixture
def versioned(store: Store) -> Store:
    """A store with two versions of one model, and one of another."""
    for model, tag in (("resnet18", "v1"), ("resnet18", "v2"), ("resnet34", "v9")):
        add_version(store, model, tag)
    return store


def test_an_alias_moves_and_its_history_says_from_where(versioned: Store) -> None:
    """Set, moved, removed and set again; each time once, however often it is said."""
    steps = [("v1", None), ("v2", "v1"), (None, "v2"), ("v1", None)]
    for tag, before in steps:
        for changed in (True, False):
            if tag is None:
                move = remove_alias(versioned, "resnet18", "production")
            else:
                move = set_alias(versioned, "resnet18", " production ", tag)
            expected = AliasMove("resnet18", "production", before if changed else tag, tag)
            assert (move, move.changed) == (expected, changed)
    assert [change[2:] for change in decisions.changes(versioned) if change[1] == "alias production"] == [
        ("added", None, "v1"),
        ("moved", "v1", "v2"),
        ("deleted", "v2", None),
        ("added", None, "v1"),
    ]


def test_aliases_are_of_one_model_each(versioned: Store) -> None:
    """Two models may have the same alias; the list shows one model's, by name."""
    set_alias(versioned, "resnet18", "production", "v1")
    set_alias(versioned, "resnet18", "challenger", "production")
    set_alias(versioned, "resnet34", "production", "v9")
    held = list_aliases(versioned, "resnet18")
    assert [(each.alias, each.tag) for each in held] == [("challenger", "v1"), ("production", "v1")]
    assert [each.tag for each in list_aliases(versioned, "resnet34")] == ["v9"]


def test_a_question_may_name_an_alias(versioned: Store) -> None:
    """The answer is of the version that it points to; a word that results were measured as is never one."""
    link_results(versioned, "resnet18", "v2", [1, 2])
    set_alias(versioned, "resnet18", "production", "v2")
    found = recommend(versioned, Question("resnet18", model_version="production"))
    assert (found.group.model_version, found.rows[0].configuration.batch) == ("v2", 2)
    decisions.measure(versioned, "resnet18", "rc", 64)
    with pytest.raises(RefusedError, match="rc is a version of resnet18"):
        set_alias(versioned, "resnet18", "rc", "v2")


def test_an_alias_is_gone_under_the_new_name_too(versioned: Store) -> None:
    """Removing again what a model had before it was renamed changes nothing."""
    set_alias(versioned, "resnet18", "production", "v1")
    remove_alias(versioned, "resnet18", "production")
    rename_model(versioned, "resnet18", "r18")
    assert not remove_alias(versioned, "r18", "production").changed


def test_what_can_be_no_alias_is_refused(versioned: Store) -> None:
    """A version's own tag, nothing, an unknown version, one that never was; and nothing is journalled."""
    count = len(list(versioned.events()))
    with pytest.raises(RefusedError, match="v1 is a version of resnet18"):
        set_alias(versioned, "resnet18", "v1", "v2")
    with pytest.raises(RefusedError, match="an empty alias"):
        set_alias(versioned, "resnet18", " ", "v1")
    with pytest.raises(UnknownNameError, match="no version v9 of resnet18"):
        set_alias(versioned, "resnet18", "production", "v9")
    with pytest.raises(UnknownNameError, match="no alias production of resnet18: it has none"):
        remove_alias(versioned, "resnet18", "production")
    with pytest.raises(NoResultsError, match="did you mean"):
        set_alias(versioned, "resnet81", "production", "v1")
    assert len(list(versioned.events())) == count


def test_an_unknown_alias_names_the_near_ones(versioned: Store) -> None:
    """Wherever an alias is understood: to remove it, to point to it, and in a question."""
    link_results(versioned, "resnet18", "v2", [1, 2])
    for alias in ("production", "pre-production", "champion"):
        set_alias(versioned, "resnet18", alias, "v2")
    add_version(versioned, "resnet18", "v3")
    near = r"did you mean production or pre-production\? "
    with pytest.raises(UnknownNameError, match=f"no alias prodution of resnet18: {near}there are champion,"):
        remove_alias(versioned, "resnet18", "prodution")
    with pytest.raises(
        UnknownNameError, match=f"no version prodution of resnet18: {near}there are v1, v2, v3 and the al"
    ):
        set_alias(versioned, "resnet18", "release", "prodution")
    with pytest.raises(NoResultsError, match=f"no results of version prodution: {near}it has versions"):
        recommend(versioned, Question("resnet18", model_version="prodution"))
    with pytest.raises(NoResultsError, match="version v3 of resnet18 has no results: `fitment link-tests`"):
        recommend(versioned, Question("resnet18", model_version="v3"))
