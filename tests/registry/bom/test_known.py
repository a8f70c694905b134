"""What is gathered of a model is of its version."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.bom.known import kept_card, known_of
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.checkpoints.add import add_checkpoint

from tests.registry.empty_stores import empty_store


def test_the_checkpoint_of_the_version(tmp_path: Path) -> None:
    """A version's own files, else the newest; a card that can't be read is none."""
    store = empty_store(tmp_path / "s.duckdb")
    for version, text in (("1", "---\nlicense: mit\n---\n# one\n"), ("2", "---\nlicense: [\n---\n# two\n")):
        folder = tmp_path / version
        folder.mkdir()
        (folder / "README.md").write_text(text)
        add_checkpoint(store, folder, "org/m", version)
    with store.reading() as con:
        for asked, version in (("1", "1"), ("2", "2"), ("", "2")):
            checkpoint = known_of(con, ModelRecord(model_id="org/m", version=asked)).checkpoint
            assert checkpoint is not None
            assert checkpoint.version == version
        other = known_of(con, ModelRecord(model_id="org/m", version="3"))
    assert (other.checkpoint, other.files) == (None, ())
    assert kept_card(store, ModelRecord(model_id="org/m", version="1")) is None  # the newest is not its card
    broken = ModelRecord(model_id="org/m", version="2")
    assert kept_card(store, broken) is None
