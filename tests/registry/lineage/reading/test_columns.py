"""Which columns of a file say what."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.lineage.reading.columns import chosen

FILE = Path("models.csv")


def test_columns_are_known_by_either_name() -> None:
    """In any order; those that nobody asks for are left."""
    found = chosen(FILE, ["tags", "created_at", "license", "merge_parent", "model_id"])
    assert found == {"model_id": 4, "created": 1, "licences": 2, "merge_parent": 3}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (["id", "parent_model"], "the column model_id is missing"),
        (["model_id", "likes"], "the columns of parents are missing; one of parent_model, finetune_parent"),
        (["model_id", "model_id", "parent_model"], "model_id, model_id say the same"),
        (["model_id", "parent_model", "license", "licenses"], "license, licenses say the same"),
        (["model_id", "parent_model", "card", "card_characters"], "card says what card_characters"),
    ],
)
def test_columns_that_can_not_do(header: list[str], message: str) -> None:
    """Are named."""
    with pytest.raises(ImportFileError, match=message):
        chosen(FILE, header)
