"""The stored score of each pair."""

from __future__ import annotations

import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.fit.stored_scores import stored_scores
from fitment.registry.storage.store import Store


def test_scores_are_read_with_the_names_of_what_they_are_about(scored_store: Store) -> None:
    """Every column of the table, by model, by hardware, or all."""
    with scored_store.reading() as con:
        everything = stored_scores(con)
        first = everything[0]
        assert {each.id for each in everything} == {1, 2, 3}
        assert stored_scores(con, first.model_id, first.hardware_id) == tuple(
            each for each in everything if (each.model, each.hardware) == (first.model, first.hardware)
        )
        table = con.execute("SELECT * FROM hardware_model_compatibility ORDER BY id LIMIT 1")
        names = [column[0] for column in table.description or ()]
        row = dict(zip(names, table.fetchall()[0], strict=True))
    assert {name: getattr(first, name) for name in row} == row | {"result_ids": tuple(row["result_ids"])}


def test_an_id_that_there_is_not_is_a_mistake(scored_store: Store) -> None:
    """ "No scores" and "no such model" don't look alike."""
    with scored_store.reading() as con:
        with pytest.raises(UnknownNameError, match="no id 99 in models: they go from 1 to"):
            stored_scores(con, 99)
        with pytest.raises(UnknownNameError, match="no id 0 in hardware_platforms"):
            stored_scores(con, None, 0)
