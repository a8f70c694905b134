"""All that a document says of one model, gathered from the store before a word is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers import Estimate
from ..cards.card import Card, CardError
from ..cards.of_model import card_of_model
from ..cards.read import read_card
from ..catalogue.model_record import ModelRecord
from ..checkpoints.facts import CheckpointDamagedError
from ..checkpoints.kept import Checkpoint, StoredFile, files_of, find_checkpoint
from ..checkpoints.kept import checkpoints_of as kept_checkpoints
from ..errors import NoResultsError, RefusedError, UnknownNameError
from ..storage.store import Store
from .ancestors import Ancestor, ancestors
from .measured import estimates_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a model; empty is "nothing"."""

    model_id: str
    record: ModelRecord | None = None  # None: it is not in the catalogue
    checkpoint: Checkpoint | None = None
    files: tuple[StoredFile, ...] = ()  # of the checkpoint
    estimates: tuple[Estimate, ...] = ()  # ok ones
    card: Card | None = None
    bases: tuple[Ancestor, ...] = ()


def known_of(con: duckdb.DuckDBPyConnection, record: ModelRecord, card: Card | None = None) -> Known:
    """What the store knows of the model and version of ``record``, beside what its ``card`` says."""
    checkpoint = _checkpoint(con, record)
    return Known(
        model_id=record.model_id,
        record=record,
        checkpoint=checkpoint,
        files=() if checkpoint is None else files_of(con, checkpoint),
        estimates=estimates_of(con, record),
        card=card,
        bases=ancestors(con, record),
    )


def kept_card(store: Store, record: ModelRecord) -> Card | None:
    """The card in the model's newest checkpoint, where that is of the record's version and can be read."""
    try:
        with store.reading() as con:
            newest = find_checkpoint(con, record.model_id)
        own = record.version in ("", newest.version)
        return read_card(card_of_model(store.path, record.model_id)) if own else None
    except (NoResultsError, UnknownNameError, CardError, CheckpointDamagedError, RefusedError):
        return None


def _checkpoint(con: duckdb.DuckDBPyConnection, record: ModelRecord) -> Checkpoint | None:
    """The newest of the record's version; of a record without a version, the newest of the model."""
    try:
        held = kept_checkpoints(con, record.model_id)
    except (NoResultsError, UnknownNameError):
        return None
    own = [each for each in held if record.version in ("", each.version)]
    return own[-1] if own else None
