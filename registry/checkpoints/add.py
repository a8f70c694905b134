"""A checkpoint taken in: hashed, copied into its store, understood as far as its headers tell, recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalogue.actor import actor
from ..catalogue.labels import LONGEST_MODEL, label
from ..errors import RefusedError, StoreBusyError
from ..storage import journal, locks
from ..storage.store import Draft, Store
from .blobs import BESIDE, Blobs, Kept, blobs_at, default_url, folder_beside
from .facts import Facts, as_json
from .gathered import ReadFile, gathered
from .kept import StoredFile
from .pouring import poured
from .recognised import read
from .tree import SourceFile, Tree, opened, tree

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a checkpoint did."""

    model_id: str
    version: str
    place: str  # of its store, for people
    files: tuple[StoredFile, ...]
    facts: Facts
    bytes_written: int  # the rest was in the store already
    left_out: tuple[str, ...]
    changed: bool  # False: it was kept already, with this content


def turns(database: Path) -> Path:
    """The lock that those who add share, and that who removes blobs holds alone."""
    return journal.folder_of(database) / "checkpoints.lock"


def add_checkpoint(
    store: Store, path: Path, model: str, version: str, url: str | None = None, wait_s: float = 10.0
) -> Added:
    """What was done so that the file or folder at ``path`` is a checkpoint of that model and version.

    The same content again changes nothing, but puts back blobs that are gone. The model may be one of which
    nothing else is known. Nothing is recorded before all is durable in the store at ``url`` (None: as
    ``default_url``). Raises RefusedError for other content under the same names and for what ``tree``
    refuses, CheckpointDamagedError for weights that are not whole, StoreFullError, StoreBusyError.
    """
    model, version = label("model", model, LONGEST_MODEL), label("version", version)
    url = default_url(url)
    found = tree(path)
    _not_the_store(found, url, store.path)
    facts = read_facts(found.files)
    with locks.hold(turns(store.path), wait_s, shared=True):
        held = _held(store, model, version)
        hashes: dict[str, str] = {}
        if held is not None:
            url, hashes = held.url, _same(held, found.files, model, version)
        blobs = blobs_at(url, store.path)
        blobs.begin(_id(store))
        kept = _keep(blobs, found.files, hashes)
        files = tuple(
            StoredFile(source.path, each.sha256, each.size_bytes)
            for source, each in zip(found.files, kept, strict=True)
        )
        changed = held is None and _record(store, blobs, model, version, url, files, facts)
    written = sum(each.size_bytes for each in kept if each.written)
    return Added(model, version, blobs.place, files, facts, written, found.left_out, changed)


def read_facts(sources: Sequence[SourceFile]) -> Facts:
    """What the files say of themselves. Raises as ``recognised.read`` and ``gathered``."""
    files = []
    for source in sources:
        with opened(source) as stream:
            said = read(source.path, stream, source.size_bytes)
        files.append(ReadFile(source.path, source.size_bytes, said))
    return gathered(files)


@dataclass(frozen=True, slots=True)
class _Held:
    """A checkpoint that is there under the names that are asked for."""

    url: str
    files: dict[str, tuple[str, int]]  # SHA-256 and bytes by path


def _held(store: Store, model: str, version: str) -> _Held | None:
    with store.reading() as con:
        return _held_in(con, model, version)


def _held_in(con: duckdb.DuckDBPyConnection, model: str, version: str) -> _Held | None:
    rows = con.execute(
        """SELECT store, path, sha256, size_bytes FROM checkpoints JOIN checkpoint_files USING (seq)
           WHERE model_id = ? AND version = ? ORDER BY path""",
        [model, version],
    ).fetchall()
    return _Held(rows[0][0], {path: (sha256, size) for _, path, sha256, size in rows}) if rows else None


def _same(held: _Held, sources: Sequence[SourceFile], model: str, version: str) -> dict[str, str]:
    """The hash of each path. Raises RefusedError where the content is another; nothing is written for it."""
    if {path: size for path, (_, size) in held.files.items()} != {s.path: s.size_bytes for s in sources}:
        raise _other(held, {source.path: ("", source.size_bytes) for source in sources}, model, version)
    hashed = {source.path: (_hash(source), source.size_bytes) for source in sources}
    if hashed != held.files:
        raise _other(held, hashed, model, version)
    return {path: sha256 for path, (sha256, _) in hashed.items()}


def _other(held: _Held, now: dict[str, tuple[str, int]], model: str, version: str) -> RefusedError:
    paths = sorted(held.files.keys() | now.keys())
    differing = [path for path in paths if _differs(held.files.get(path), now.get(path))]
    more = f" and {len(differing) - 1:,} more" if len(differing) > 1 else ""
    return RefusedError(
        f"checkpoint {version} of {model} is kept with other content ({differing[0][:80]}{more}): give"
        " another --version, or `fitment checkpoint remove` that first"
    )


def _differs(before: tuple[str, int] | None, now: tuple[str, int] | None) -> bool:
    if before is None or now is None:
        return before != now
    return before[1] != now[1] or (now[0] != "" and before[0] != now[0])


def _hash(source: SourceFile) -> str:
    with opened(source) as stream:
        return poured(stream)[0]


def _keep(blobs: Blobs, sources: Sequence[SourceFile], hashes: Mapping[str, str]) -> list[Kept]:
    """Each source's content in the store: hashed and copied in one pass where no blob has its size.

    Where one has, it is hashed first, unless its hash is known, and only copied where it is another.
    """
    sizes = {size for _, size in blobs.blobs()}
    kept = []
    for source in sources:
        size = source.size_bytes
        if size in sizes and blobs.size(sha256 := hashes.get(source.path) or _hash(source)) == size:
            kept.append(Kept(sha256, size, written=False))
        else:
            kept.append(blobs.put(source))
            sizes.add(size)
    return kept


def _record(
    store: Store, blobs: Blobs, model: str, version: str, url: str, files: Sequence[StoredFile], facts: Facts
) -> bool:
    """Whether an event was appended; another process may have added the same meanwhile."""
    now = {file.path: (file.sha256, file.size_bytes) for file in files}

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        held = _held_in(con, model, version)
        if held is not None and held.files != now:
            raise _other(held, now, model, version)
        if held is not None:
            return None
        for file in files:
            if blobs.size(file.sha256) != file.size_bytes:
                raise StoreBusyError(f"{file.path} was taken from {blobs.place} meanwhile: run it again")
        body = {"actor": actor(), "model": model, "version": version, "store": url, "facts": as_json(facts)}
        return Draft("checkpoint_added", body | {"files": [asdict(file) for file in files]})

    return store.decide(compose) is not None


def _id(store: Store) -> str:
    with store.reading() as con:
        found: str = con.execute("SELECT store_id FROM meta").fetchall()[0][0]
        return found


def _not_the_store(found: Tree, url: str, database: Path) -> None:
    """Refuses to put the store, or the database, into itself."""
    places = [database, journal.folder_of(database)]
    if url == BESIDE:
        places.append(folder_beside(database))
    elif url.removeprefix("file://").startswith("/"):
        places.append(Path(url.removeprefix("file://")))
    for place in (each.resolve() for each in places):
        inside = next((source for source in found.files if source.real.is_relative_to(place)), None)
        if inside is not None:
            raise RefusedError(f"{inside.path} belongs to the store itself: name the checkpoint's own folder")
