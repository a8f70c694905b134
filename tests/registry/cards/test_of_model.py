"""The card of a model: the README.md of its newest checkpoint."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.cards.card import CardError
from fitment.registry.cards.of_model import card_of_model
from fitment.registry.cards.read import read_card
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.errors import UnknownNameError
from fitment.registry.storage.store import Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a model whose second checkpoint has a card, and one that has none."""
    folder = tmp_path_factory.mktemp("of_model")
    store = Store.open(folder / "x.duckdb", create=True)
    for version, model, card in (("v1", "a/b", "# Old"), ("v2", "a/b", "# New"), ("v1", "a/c", None)):
        files = folder / f"{version}-{model[-1]}"
        files.mkdir()
        (files / "config.json").write_text('{"architectures": ["BertModel"]}')
        if card is not None:
            (files / "README.md").write_text(card)
        add_checkpoint(store, files, model, version)
    return folder / "x.duckdb"


def test_the_newest_checkpoints_card_is_read_with_what_is_beside_it(database: Path) -> None:
    """Named by model and version."""
    card = read_card(card_of_model(database, "a/b"))
    assert (card.file, card.name) == ("a/b v2/README.md", "New")
    assert [found.value for found in card.architecture] == ["BertModel"]


def test_what_has_no_card_says_how_to_get_there(database: Path, tmp_path: Path) -> None:
    """A checkpoint without one, a model without a checkpoint, no store at all."""
    with pytest.raises(CardError, match=r"a/c v1: its checkpoint has no README.md"):
        card_of_model(database, "a/c")
    with pytest.raises(UnknownNameError, match="a/b"):
        card_of_model(database, "a/bb")
    with pytest.raises(CardError, match="fitment checkpoint add PATH --model x --version V"):
        card_of_model(tmp_path / "none.duckdb", "x")
