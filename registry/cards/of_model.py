"""The card of a model of the catalogue: the README.md of its newest checkpoint."""

from __future__ import annotations

from pathlib import Path

from ..checkpoints.kept import StoredFile, files_of, find_checkpoint, open_file
from ..errors import NoResultsError
from ..storage.store import Store
from .beside import MOST_BYTES
from .card import CardError
from .read import README, CardFile


def card_of_model(database: Path, model_id: str) -> CardFile:
    """The card's bytes, with the checkpoint's other files beside it.

    Raises CardError where nothing is kept at all, or the newest checkpoint has no README.md;
    UnknownNameError with near names where others are kept; CheckpointDamagedError where it can't be read.
    """
    try:
        store = Store.open(database)
        with store.reading() as con:
            checkpoint = find_checkpoint(con, model_id)
            files = {file.path: file for file in files_of(con, checkpoint)}
    except NoResultsError:
        raise CardError(
            f"{model_id}: no such file or folder; the card of a model is its newest checkpoint's README.md:"
            f" fitment checkpoint add PATH --model {model_id} --version V"
        ) from None

    def content(file: StoredFile) -> bytes:
        with open_file(database, checkpoint, file) as stream:
            return stream.read(MOST_BYTES + 1)

    def beside(name: str) -> bytes | None:
        return content(files[name]) if name in files else None

    where = f"{model_id} {checkpoint.version}".strip()
    if README not in files:
        raise CardError(
            f"{where}: its checkpoint has no {README}; add one that has, or name the card's file:"
            " fitment card read FILE"
        )
    return CardFile(content(files[README]), f"{where}/{README}", beside)
