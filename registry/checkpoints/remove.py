"""A checkpoint taken out of the store; its blobs stay until ``collect`` removes those that no other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.actor import actor
from ..storage.store import Draft, Store
from .kept import Checkpoint, find_checkpoint

if TYPE_CHECKING:
    import duckdb


def remove_checkpoint(store: Store, model: str, version: str) -> Checkpoint:
    """The checkpoint that is gone now; who removed it stays in the history.

    Raises NoResultsError, UnknownNameError, StoreBusyError.
    """
    found: list[Checkpoint] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft:
        found.append(find_checkpoint(con, model, version))
        body = {"actor": actor(), "model": found[-1].model_id, "version": found[-1].version}
        return Draft("checkpoint_removed", body)

    store.decide(compose)
    return found[-1]
