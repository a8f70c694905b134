"""Whether the bytes of checkpoints are still those that were added."""

from __future__ import annotations

from dataclasses import dataclass

from ..storage.store import Store
from .blobs import Blobs, blobs_at, name_of
from .kept import Checkpoint, StoredFile, checkpoints_of, files_of
from .pouring import poured

Sound = tuple[str, int] | str  # SHA-256 and bytes as they are, or why they can't be read


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a checkpoint that is not what was added."""

    model_id: str
    version: str
    path: str
    what: str  # missing | cut off | altered | unreadable
    expected: str
    actual: str
    blob: str  # its SHA-256, which is also its name in the store
    place: str  # the store

    def __str__(self) -> str:
        """In one line."""
        named = f"{self.path} of {self.model_id} {self.version}"
        return f"{named} is {self.what}: expected {self.expected}, {self.actual}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of checkpoints found."""

    checkpoints: int
    files: int
    size_bytes: int  # that were read; what several checkpoints share is read once
    damages: tuple[Damage, ...]


def verify_checkpoints(store: Store, model: str | None = None, version: str | None = None) -> Verified:
    """What was found when every byte of all checkpoints, of one model's or of one was read again.

    Raises NoResultsError, UnknownNameError, RefusedError where a store can't be used.
    """
    with store.reading() as con:
        found = [(each, files_of(con, each)) for each in checkpoints_of(con, model, version)]
    read: dict[tuple[str, str], Sound] = {}
    damages: list[Damage] = []
    for checkpoint, files in found:
        blobs = blobs_at(checkpoint.store, store.path)
        for file in files:
            key = (checkpoint.store, file.sha256)
            if key not in read:
                read[key] = looked_at(blobs, file)
            if (damage := damage_of(checkpoint, file, read[key], blobs.place)) is not None:
                damages.append(damage)
    total = sum(each[1] for each in read.values() if not isinstance(each, str) and each[0])
    return Verified(len(found), sum(len(files) for _, files in found), total, tuple(damages))


def looked_at(blobs: Blobs, file: StoredFile) -> Sound:
    """Hash and bytes of the blob as it is; of one of another length the bytes alone, as ("", bytes)."""
    size = blobs.size(file.sha256)
    if size is None:
        return "missing"
    if size != file.size_bytes:
        return "", size
    try:
        with blobs.open(file.sha256) as stream:
            return poured(stream)
    except OSError as error:
        return error.strerror or str(error)[:100]


def damage_of(checkpoint: Checkpoint, file: StoredFile, found: Sound, place: str) -> Damage | None:
    """The damage that was found, None where the bytes are the file's."""
    if found == (file.sha256, file.size_bytes):
        return None
    if isinstance(found, str):
        what, expected = ("missing" if found == "missing" else "unreadable"), f"{file.size_bytes:,} bytes"
        actual = "there is none" if found == "missing" else found
    elif found[1] != file.size_bytes:
        what = "cut off" if found[1] < file.size_bytes else "altered"
        expected, actual = f"{file.size_bytes:,} bytes", f"there are {found[1]:,}"
    else:
        what, expected, actual = "altered", f"SHA-256 {file.sha256}", f"it is {found[0]}"
    named = (checkpoint.model_id, checkpoint.version, file.path)
    return Damage(*named, what, expected, actual, file.sha256, place)


def in_words(damage: Damage) -> str:
    """The damage in one line, with the way out."""
    add = "`fitment checkpoint add` the same content again"
    if damage.what == "missing":
        return f"{damage}; {add}"
    return f"{damage}; take {damage.place}/{name_of(damage.blob)} away and {add}"
