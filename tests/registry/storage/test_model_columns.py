"""Rows of models and uses as an event holds them."""

from __future__ import annotations

import pytest
from fitment.registry.catalogue.record_models import as_table
from fitment.registry.storage import model_columns, segments

from tests.registry.catalogue.model_examples import WHOLE, small


@pytest.mark.parametrize("count", [1, model_columns.INLINE_ROWS, model_columns.INLINE_ROWS + 1])
def test_rows_come_back_as_they_were_packed(count: int) -> None:
    """Inline JSON or a segment: every column is the same, dates, maps and lists of structs among them."""
    table = as_table([WHOLE, *(small(f"m{n}") for n in range(count - 1))])
    body, content = model_columns.packed(table)
    assert (content is None) == (count <= model_columns.INLINE_ROWS)
    assert ("inline" in body) == (content is None)
    assert model_columns.unpacked(body, content, model_columns.models()).equals(table)
    if content is not None:
        assert body["segment"] == segments.name_of(content)


def test_a_map_is_the_same_in_any_order() -> None:
    """Maps are kept by their keys in order, so that the same record is equal to itself."""
    rows = [
        {"model_id": "a", "version": "", "metrics": {"y": 1.0, "x": 2.0}},
        {"model_id": "a", "version": "", "metrics": {"x": 2.0, "y": 1.0}},
    ]
    first, second = model_columns.table(rows, model_columns.models()).to_pylist()
    assert first == second
