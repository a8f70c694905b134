"""A store of files by content: what every kind of it can do, and which kind a URL names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from ..errors import RefusedError
from .tree import SourceFile

BESIDE = "beside:"  # the URL of the folder beside the database, wherever the two are moved together


@dataclass(frozen=True, slots=True)
class Kept:
    """A file's content in a store."""

    sha256: str
    size_bytes: int
    written: bool  # False: it was there already


class Blobs(Protocol):
    """Files named by the SHA-256 of their bytes. All methods raise BlobStoreError where the store refuses."""

    place: str  # for people

    def begin(self, database: str) -> None:
        """Makes the store where there is none, and notes that the database of that id keeps files there."""

    def databases(self) -> tuple[str, ...]:
        """The ids of the databases that keep files there."""

    def size(self, sha256: str) -> int | None:
        """The bytes of a blob, None where it is not there."""

    def put(self, source: SourceFile) -> Kept:
        """The content of a file, which is durable once this comes back; hashed and copied in one pass.

        A blob that is there with its size is not replaced.
        """

    def open(self, sha256: str) -> BinaryIO:
        """A blob's bytes. Raises FileNotFoundError where it is not there."""

    def blobs(self) -> Iterator[tuple[str, int]]:
        """SHA-256 and bytes of each blob, sorted."""

    def remove(self, sha256: str) -> None:
        """Takes a blob away."""

    def sweep(self) -> int:
        """The bytes of what interrupted writing had left, which are gone. Nobody may be writing."""


def folder_beside(database: Path) -> Path:
    """The store beside a database: its name with ``.checkpoints``."""
    if database.suffix in (".duckdb", ".db"):
        return database.with_suffix(".checkpoints")
    return database.with_name(f"{database.name}.checkpoints")


def default_url(given: str | None) -> str:
    """The store's URL as it is kept: ``given``, else $FITMENT_CHECKPOINTS, else beside the database.

    A plain path comes back as one that holds from any folder. Raises RefusedError for a URL with a password.
    """
    url = given or os.environ.get("FITMENT_CHECKPOINTS") or BESIDE
    if not url.isprintable():
        raise RefusedError(f"{ascii(url)[:80]} is no URL: it holds characters that can't be printed")
    if re.match(r"[a-z][a-z0-9+.-]+:/(?!/)", url):
        raise RefusedError(f"{url} is neither a path nor a URL: a URL has two slashes, as in file:///")
    if "://" not in url and url != BESIDE and "::" not in url:
        return os.path.abspath(url)
    for part in url.split("::"):
        if _has_password(part):
            raise RefusedError(
                "a store's URL is kept with the checkpoint, so that it must hold no password: leave that to"
                " fsspec's own configuration (~/.config/fsspec)"
            )
    return url


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False


def blobs_at(url: str, database: Path) -> Blobs:
    """The store that a URL names. Raises RefusedError where nothing here knows such a URL."""
    from .local_blobs import LocalBlobs

    if url == BESIDE:
        return LocalBlobs(folder_beside(database))
    if "::" not in url and url.startswith(("/", "file:///")):
        return LocalBlobs(Path(url.removeprefix("file://")))
    from .remote_blobs import RemoteBlobs

    return RemoteBlobs(url)


def name_of(sha256: str) -> str:
    """Where a blob lies in its store. Raises ValueError where that is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{ascii(sha256)[:80]} is no SHA-256")
    return f"blobs/sha256/{sha256[:2]}/{sha256[2:]}"
