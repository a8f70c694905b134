"""Which checkpoints are kept, of which files, and the bytes of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ..catalogue import near
from ..errors import NoResultsError, UnknownNameError
from .blobs import BESIDE, blobs_at, folder_beside
from .facts import CheckpointDamagedError, Facts, from_json

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a checkpoint."""

    path: str  # relative, with "/"
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A version of a model as files."""

    model_id: str
    version: str
    store: str  # URL; "beside:" is the folder beside the database
    facts: Facts
    recorded_at: datetime  # UTC
    seq: int


@dataclass(frozen=True, slots=True)
class ListedCheckpoint:
    """A checkpoint as a list shows it."""

    model_id: str
    version: str
    files: int
    size_bytes: int
    parameters: int | None
    formats: tuple[str, ...]
    quantisation: str | None
    recorded_at: datetime  # UTC
    known: str | None  # whether the model is in the "catalogue", else only has "results"; None: neither
    store: str


_COLUMNS = "model_id, version, store, facts, recorded_at, seq"


def find_checkpoint(con: duckdb.DuckDBPyConnection, model_id: str, version: str | None = None) -> Checkpoint:
    """The checkpoint of that model and version; without a version the one that was added last.

    Raises NoResultsError where none is kept at all, UnknownNameError that says which there are.
    """
    found = con.execute(
        f"""SELECT {_COLUMNS} FROM checkpoints
            WHERE model_id = $model AND ($version::VARCHAR IS NULL OR version = $version)
            ORDER BY seq DESC LIMIT 1""",  # noqa: S608 - our own names
        {"model": model_id, "version": version},
    ).fetchall()
    if not found:
        raise _unknown(con, model_id, version)
    return _checkpoint(found[0])


def checkpoints_of(
    con: duckdb.DuckDBPyConnection, model_id: str | None = None, version: str | None = None
) -> tuple[Checkpoint, ...]:
    """All checkpoints, of one model, or the one of that version, in the order in which they were added.

    Raises as ``find_checkpoint`` where a name was asked for that is not there.
    """
    if model_id is not None and version is not None:
        return (find_checkpoint(con, model_id, version),)
    found = con.execute(
        f"""SELECT {_COLUMNS} FROM checkpoints
            WHERE $model::VARCHAR IS NULL OR model_id = $model ORDER BY seq""",  # noqa: S608 - our own names
        {"model": model_id},
    ).fetchall()
    if not found and model_id is not None:
        raise _unknown(con, model_id, version)
    return tuple(map(_checkpoint, found))


def files_of(con: duckdb.DuckDBPyConnection, checkpoint: Checkpoint) -> tuple[StoredFile, ...]:
    """The files of a checkpoint, by path."""
    query = "SELECT path, sha256, size_bytes FROM checkpoint_files WHERE seq = ? ORDER BY path"
    return tuple(StoredFile(*row) for row in con.execute(query, [checkpoint.seq]).fetchall())


def open_file(database: Path, checkpoint: Checkpoint, file: StoredFile) -> BinaryIO:
    """The bytes of a file, to be closed by the caller; ``database`` is the store's path.

    Only its presence is checked: `fitment checkpoint verify` checks the bytes. Raises
    CheckpointDamagedError where it is not there, RefusedError where its store can't be used.
    """
    try:
        return blobs_at(checkpoint.store, database).open(file.sha256)
    except OSError as error:
        raise CheckpointDamagedError(
            f"{file.path} of {checkpoint.model_id} {checkpoint.version} can't be read:"
            f" {error.strerror or error}; run `fitment checkpoint verify`"
        ) from error


def list_checkpoints(
    con: duckdb.DuckDBPyConnection, model_id: str | None = None
) -> tuple[ListedCheckpoint, ...]:
    """The checkpoints as a list shows them, by model and then in the order in which they were added.

    Raises as ``find_checkpoint`` for a model that has none.
    """
    sizes = {
        seq: (count, size)
        for seq, count, size in con.execute(
            "SELECT seq, count(*), sum(size_bytes)::BIGINT FROM checkpoint_files GROUP BY seq"
        ).fetchall()
    }
    known = known_as(con)
    listed = [
        ListedCheckpoint(
            each.model_id,
            each.version,
            *sizes[each.seq],
            each.facts.parameters,
            tuple(dict.fromkeys(weights.format for weights in each.facts.weights)),
            each.facts.quantisation,
            each.recorded_at,
            known.get(each.model_id),
            each.store,
        )
        for each in checkpoints_of(con, model_id)
    ]
    return tuple(sorted(listed, key=lambda each: each.model_id))


def known_as(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Of each model that has a checkpoint: in the "catalogue", or only with "results"; else left out."""
    rows = con.execute(
        """SELECT DISTINCT c.model_id, c.model_id IN (SELECT model_id FROM model_records) AS recorded
           FROM checkpoints c WHERE recorded OR c.model_id IN (SELECT name FROM models)"""
    ).fetchall()
    return {model: "catalogue" if recorded else "results" for model, recorded in rows}


def place_of(store: str, database: Path) -> str:
    """Where a store lies, for people."""
    return str(folder_beside(database)) if store == BESIDE else store


def _checkpoint(row: tuple[str, str, str, str, datetime, int]) -> Checkpoint:
    model_id, version, store, facts, recorded_at, seq = row
    return Checkpoint(model_id, version, store, from_json(json.loads(facts)), recorded_at, seq)


def _unknown(
    con: duckdb.DuckDBPyConnection, model_id: str, version: str | None
) -> NoResultsError | UnknownNameError:
    rows = con.execute("SELECT model_id, version FROM checkpoints ORDER BY seq").fetchall()
    way = "`fitment checkpoint add` keeps one"
    if not rows:
        return NoResultsError(f"no checkpoint of {model_id}: none is kept yet, {way}")
    if version is not None and (held := [tag for model, tag in rows if model == model_id]):
        there = f"{near.hint(version, held)}there are {near.listed(held)}"
        return UnknownNameError(f"no checkpoint {version} of {model_id}: {there}; {way}")
    models = dict.fromkeys(model for model, _ in rows)
    there = f"{near.hint(model_id, models)}there are those of {near.listed(models)}"
    return UnknownNameError(f"no checkpoint of {model_id}: {there}; {way}")
