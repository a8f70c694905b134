"""A checkpoint's files written to a folder, each byte checked on the way: all of them or none."""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from ..errors import RefusedError
from ..storage.apply_checkpoints import must_be_paths
from ..storage.files import sync_folder, write_all
from ..storage.store import Store
from .blobs import Blobs, blobs_at
from .facts import CheckpointDamagedError
from .kept import Checkpoint, StoredFile, files_of, find_checkpoint
from .local_blobs import refused
from .pouring import UnreadableError, poured
from .verify import damage_of, in_words


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was written."""

    model_id: str
    version: str
    folder: Path
    files: int
    size_bytes: int


def fetch_checkpoint(store: Store, model: str, version: str | None, folder: Path) -> Fetched:
    """What was written to ``folder``, which must not be there yet or be empty; ``version`` None: the newest.

    The files are written beside it and take its name when all are whole. Raises CheckpointDamagedError that
    names the file, RefusedError for the folder, NoResultsError, UnknownNameError, StoreFullError.
    """
    with store.reading() as con:
        checkpoint = find_checkpoint(con, model, version)
        files = files_of(con, checkpoint)
    try:
        must_be_paths(file.path for file in files)
    except ValueError as error:
        raise CheckpointDamagedError(f"checkpoint {checkpoint.version} of {model}: {error}") from error
    folder = Path(os.path.abspath(folder))
    _must_be_free(folder)
    blobs = blobs_at(checkpoint.store, store.path)
    new = folder.with_name(f".fetch-{uuid.uuid4().hex}")
    try:
        os.mkdir(new)
        for file in files:
            _write(blobs, checkpoint, file, new / file.path)
        for inner, _, _ in os.walk(new):
            sync_folder(Path(inner))
        os.rename(new, folder)
        sync_folder(folder.parent)
    except (OSError, ValueError) as error:
        raise _refused(folder, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Fetched(
        checkpoint.model_id, checkpoint.version, folder, len(files), sum(f.size_bytes for f in files)
    )


def _must_be_free(folder: Path) -> None:
    try:
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
            raise RefusedError(f"{folder} is there already: name a new or empty folder with --output")
    except (OSError, ValueError) as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError | ValueError) -> Exception:
    if isinstance(error, OSError) and error.errno is not None:
        found = refused(str(folder), error)
        if not isinstance(found, RefusedError):
            return found
    reason = error.strerror if isinstance(error, OSError) else error
    return RefusedError(f"can't write {folder}: {reason}; name another folder with --output")


def _write(blobs: Blobs, checkpoint: Checkpoint, file: StoredFile, path: Path) -> None:
    """Writes one file. Raises CheckpointDamagedError where it is not what was added."""
    os.makedirs(path.parent, exist_ok=True)
    try:
        stream = blobs.open(file.sha256)
    except FileNotFoundError:
        raise _damaged(checkpoint, file, "missing", blobs) from None
    except OSError as error:
        raise _damaged(checkpoint, file, error.strerror or str(error)[:100], blobs) from error
    with stream:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            found = poured(stream, lambda block: write_all(fd, block))
            os.fsync(fd)
        except UnreadableError as error:
            raise _damaged(checkpoint, file, str(error.strerror), blobs) from error
        finally:
            os.close(fd)
    if found != (file.sha256, file.size_bytes):
        raise _damaged(checkpoint, file, found, blobs)


def _damaged(
    checkpoint: Checkpoint, file: StoredFile, found: tuple[str, int] | str, blobs: Blobs
) -> CheckpointDamagedError:
    damage = damage_of(checkpoint, file, found, blobs.place)
    assert damage is not None  # noqa: S101 - else it would not be asked for
    return CheckpointDamagedError(f"{in_words(damage)}; nothing was written")
