"""Versions of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.aliases import remove_alias, set_alias
from fitment.registry.catalogue.naming import find_model
from fitment.registry.catalogue.versions import Version, add_version, delete_version, find_version, versions
from fitment.registry.errors import NoResultsError, RefusedError, StoreBusyError, UnknownNameError
from fitment.registry.fit.recommend import recommend
from fitment.registry.results.link import link_results
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions


def events(store: Store) -> int:
    return len(list(store.events()))


def test_the_same_version_again_changes_nothing(store: Store) -> None:
    """Said in full or in part: what is left out contradicts nothing."""
    first = add_version(store, "resnet18", " v1 ", "1f3a", {"b": [1, {"c": None}], "a": "é"})
    assert (first.tag, first.version_id, first.changed) == ("v1", 6, True)
    count = events(store)
    for version_hash, metadata in (("1f3a", {"a": "é", "b": [1, {"c": None}]}), (None, None), ("1f3a", None)):
        again = add_version(store, "zoo:resnet18", "v1", version_hash, metadata)
        assert (again.version_id, again.changed) == (6, False)
    assert events(store) == count
    with store.reading() as con:
        held = versions(con, find_model(con, "resnet18"))
    assert held == [Version(6, "v1", "1f3a", {"a": "é", "b": [1, {"c": None}]})]


def test_what_was_left_open_can_be_said_later_but_not_otherwise(store: Store) -> None:
    """A version that linking made gets its hash; another hash or metadata under the same tag is refused."""
    link_results(store, "resnet18", "v2", [1])
    assert add_version(store, "resnet18", "v2", "2b").changed
    assert add_version(store, "resnet18", "v2", None, {}).changed
    count = events(store)
    with pytest.raises(RefusedError, match="has the hash 2b, not 3c: use another tag"):
        add_version(store, "resnet18", "v2", "3c")
    with pytest.raises(RefusedError, match=r"has the metadata \{\}, not"):
        add_version(store, "resnet18", "v2", "2b", {"a": 1})
    assert events(store) == count
    assert decisions.query(store, "SELECT version_hash, metadata FROM model_registry_versions") == [
        ("2b", "{}")
    ]


def nested(depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"a": found}
    return found


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ([1], "must be a JSON object"),
        ("{}", "must be a JSON object.* not a text"),
        ({"a": float("nan")}, "can't be kept as JSON"),
        ({"a": object()}, "can't be kept as JSON"),
        ({"a": "\ud800"}, "can't be kept as JSON"),
        (nested(100), "at most 64 levels"),
        (nested(100_000), "can't be kept as JSON"),
        ({"a": "x" * 70_000}, "at most 65,536"),
    ],
)
def test_metadata_is_a_json_object(store: Store, metadata: Mapping[str, Any], reason: str) -> None:
    """What JSON or the database can't hold is refused, and nothing is stored."""
    with pytest.raises(RefusedError, match=reason):
        add_version(store, "resnet18", "v1", None, metadata)
    assert decisions.query(store, "SELECT count(*) FROM model_registry_versions") == [(0,)]


def test_odd_but_sound_metadata_is_kept(store: Store) -> None:
    """Large numbers, NUL characters and quotes come back as they were."""
    metadata = {"n": 2**70, "text": "\x00'\"; DROP TABLE models", "deep": nested(50)}
    add_version(store, "resnet18", "v1", None, metadata)
    with store.reading() as con:
        assert versions(con, find_model(con, "resnet18"))[0].metadata == metadata
    assert decisions.query(store, "SELECT count(*) FROM unapplied") == [(0,)]


def test_a_typo_creates_nothing(store: Store) -> None:
    """Only a result makes a model."""
    count = events(store)
    with pytest.raises(NoResultsError, match="did you mean resnet18"):
        add_version(store, "resnet81", "v1")
    with pytest.raises(NoResultsError, match="did you mean resnet18"):
        delete_version(store, "resnet81", "v1")
    assert events(store) == count
    assert decisions.query(store, "SELECT count(*) FROM models") == [(2,)]


def test_deleting_unlinks_and_a_new_version_of_the_tag_is_a_new_one(store: Store) -> None:
    """The row stays, marked; its results are without a version, and can belong to the next."""
    first = link_results(store, "resnet18", "v2", [1, 2])
    assert first.created
    deleted = delete_version(store, "resnet18", "v2")
    assert deleted.changed
    assert not delete_version(store, "resnet18", "v2").changed
    assert decisions.query(store, "SELECT DISTINCT model_version FROM current_results WHERE id < 4") == [
        ("",)
    ]
    again = link_results(store, "resnet18", "v2", [1])
    assert again.created
    found = decisions.query(
        store, "SELECT version_tag, deleted_at IS NULL FROM model_registry_versions ORDER BY id"
    )
    assert found == [("v2", False), ("v2", True)]
    assert decisions.query(store, "SELECT id FROM current_results WHERE model_version = 'v2'") == [(1,)]


def test_an_alias_protects_its_version(store: Store) -> None:
    """First the alias is moved or removed, then the version can go."""
    add_version(store, "resnet18", "v1")
    set_alias(store, "resnet18", "production", "v1")
    with pytest.raises(RefusedError, match="version v1 of resnet18 is production: move or remove"):
        delete_version(store, "resnet18", "v1")
    with pytest.raises(RefusedError, match="production is an alias of resnet18 for version v1"):
        delete_version(store, "resnet18", "production")
    with pytest.raises(RefusedError, match="production is an alias"):
        add_version(store, "resnet18", "production")
    remove_alias(store, "resnet18", "production")
    assert delete_version(store, "resnet18", "v1").changed


def test_an_unknown_version_is_answered_with_those_there_are(store: Store) -> None:
    """By tag, by alias, or not at all."""
    with pytest.raises(
        UnknownNameError, match="no versions of resnet18 yet: fitment add-version resnet18 v1"
    ):
        delete_version(store, "resnet18", "v9")
    with pytest.raises(UnknownNameError, match=r"no versions of resnet34 yet: fitment add-version$"):
        delete_version(store, "resnet34", "v1")
    add_version(store, "resnet18", "v1")
    set_alias(store, "resnet18", "production", "v1")
    with store.reading() as con:
        model = find_model(con, "resnet18")
        assert find_version(con, model, "production") == find_version(con, model, "v1")
        with pytest.raises(UnknownNameError, match="did you mean production"):
            find_version(con, model, "prodution")
    with pytest.raises(UnknownNameError, match="no version v2 of resnet18: there are v1; fitment add"):
        delete_version(store, "resnet18", "v2")


def test_stray_bytes_are_no_version_and_no_alias(store: Store) -> None:
    """Neither can be deleted: said in one line, as where they are added."""
    add_version(store, "resnet18", "v1")
    with pytest.raises(RefusedError, match="can't be printed"):
        delete_version(store, "resnet18", "v\udcff")
    with pytest.raises(RefusedError, match="can't be printed"):
        remove_alias(store, "resnet18", "v\udcff")


def test_a_held_database_is_busy_and_nothing_is_journalled(store: Store) -> None:
    """A decision rests on what is stored, so it waits for that or is not taken."""
    count = events(store)
    with database.connect(store.path, read_only=True), pytest.raises(StoreBusyError):
        add_version(store, "resnet18", "v1")
    assert events(store) == count


def test_an_unknown_version_in_a_question_is_answered_with_aliases_too(store: Store) -> None:
    """Whoever asks for what is neither reads both."""
    add_version(store, "resnet18", "v1")
    set_alias(store, "resnet18", "production", "v1")
    with pytest.raises(NoResultsError, match=r"has versions \(none\), v1; aliases production \(v1\)"):
        recommend(store, Question("resnet18", model_version="prod"))
