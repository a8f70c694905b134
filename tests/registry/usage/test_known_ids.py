from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.usage.known_ids import ids_without_owner
from fitment.registry.usage.scan import scan

from tests.registry.empty_stores import empty_store

KNOWN = frozenset({"tiny-7b", "wide-7b"})


def test_only_ids_without_an_owner_are_asked_for(tmp_path: Path) -> None:
    """The others show by their form."""
    store = empty_store(tmp_path / "s.duckdb")
    record_models(store, [ModelRecord(model_id="tiny-7b"), ModelRecord(model_id="a/b")], "test")
    with store.reading() as con:
        assert ids_without_owner(con) == {"tiny-7b"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "from transformers import AutoModel\nAutoModel.from_pretrained('tiny-7b')\n"),
        ("a.sh", "#!/bin/sh\nvllm serve tiny-7b\n"),
    ],
)
def test_a_known_name_is_a_model(tmp_path: Path, name: str, text: str) -> None:
    """As sure as any other; open where nobody knows it."""
    (tmp_path / name).write_text(text)
    (use,) = scan(tmp_path).uses
    assert (use.model_id, "a folder?" in use.detail) == (None, True)
    (use,) = scan(tmp_path, known=KNOWN).uses
    assert (use.line, use.model_id, use.detail) == (2, "tiny-7b", "")
    assert use.confidence > 0.8


def test_a_choice_of_names_is_each_that_is_known(tmp_path: Path) -> None:
    """What is not known is open only where none of the call's models is."""
    (tmp_path / "a.py").write_text(
        "from transformers import AutoModel\nfor n in ('mine', 'tiny-7b', 'yours', 'wide-7b'):\n"
        "    AutoModel.from_pretrained(n)\n"
    )
    assert [use.model_id for use in scan(tmp_path, known=KNOWN).uses] == ["tiny-7b", "wide-7b"]
    assert [use.model_id for use in scan(tmp_path).uses] == [None]


def test_a_folder_of_the_repository_is_none(tmp_path: Path) -> None:
    """Whatever the catalogue says."""
    (tmp_path / "tiny-7b").mkdir()
    (tmp_path / "a.py").write_text(
        "from transformers import AutoModel\nAutoModel.from_pretrained('tiny-7b')\n"
    )
    assert scan(tmp_path, known=KNOWN).uses == ()
