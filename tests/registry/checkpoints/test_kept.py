from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.checkpoints.blobs import blobs_at
from fitment.registry.checkpoints.facts import CheckpointDamagedError
from fitment.registry.checkpoints.kept import files_of, find_checkpoint, list_checkpoints, open_file, place_of
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.storage.store import Store


def test_the_newest_is_found_where_no_version_is_asked_for(store: Store, model: Path) -> None:
    """Newest is what was added last; its files can be opened by path."""
    for version in ("v2", "v1"):
        add_checkpoint(store, model, "org/tiny", version)
    with store.reading() as con:
        found = find_checkpoint(con, "org/tiny")
        files = {file.path: file for file in files_of(con, found)}
        assert find_checkpoint(con, "org/tiny", "v2").version == "v2"
    assert found.version == "v1"
    with open_file(store.path, found, files["README.md"]) as stream:
        assert stream.read().startswith(b"---\nlicense: mit")
    blobs_at(found.store, store.path).remove(files["README.md"].sha256)
    with pytest.raises(CheckpointDamagedError, match=r"README\.md of org/tiny v1 can't be read"):
        open_file(store.path, found, files["README.md"])


def test_unknown_names_say_which_there_are(store: Store, model: Path) -> None:
    """And which may be meant."""
    with store.reading() as con, pytest.raises(NoResultsError, match="none is kept yet"):
        find_checkpoint(con, "org/tiny")
    add_checkpoint(store, model, "org/tiny", "v1")
    with store.reading() as con:
        with pytest.raises(UnknownNameError, match=r"did you mean org/tiny\? there are those of org/tiny;"):
            find_checkpoint(con, "org/tyni")
        with pytest.raises(UnknownNameError, match=r"no checkpoint v3 of org/tiny: .*there are v1;"):
            find_checkpoint(con, "org/tiny", "v3")
        with pytest.raises(UnknownNameError):
            list_checkpoints(con, "other")


def test_a_list_says_whether_anything_else_is_known_of_the_model(store: Store, model: Path) -> None:
    """Nothing is made up for a model that only has files."""
    add_checkpoint(store, model, "b", "v1")
    add_checkpoint(store, model, "a", "v1", "memory://kept")
    with store.reading() as con:
        first, second = list_checkpoints(con)
        assert con.execute("SELECT count(*) FROM model_records").fetchall() == [(0,)]
    assert (first.model_id, first.files, first.parameters, first.formats) == ("a", 6, 60, ("safetensors",))
    assert (first.known, second.known) == (None, None)
    assert place_of(first.store, store.path) == "memory://kept"
    assert place_of(second.store, store.path) == str(store.path.with_suffix(".checkpoints"))
