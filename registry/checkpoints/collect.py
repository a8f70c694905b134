"""Blobs that no checkpoint names, removed while nobody adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import RefusedError
from ..storage import locks
from ..storage.store import Draft, Store
from .add import turns
from .blobs import BESIDE, blobs_at, default_url

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Collected:
    """What was removed from one store, or would be."""

    place: str
    blobs: int
    size_bytes: int
    kept: int  # blobs that stay
    leftover_bytes: int  # of interrupted writing


def collect(
    store: Store, url: str | None = None, *, dry_run: bool = False, wait_s: float = 10.0
) -> tuple[Collected, ...]:
    """What was removed from each store that checkpoints name, and from that at ``url``.

    None: the one that ``add_checkpoint`` would use now, and the one beside the database.

    Nothing is removed from a store in which another database keeps files too, nor while an event of the
    journal could not be applied: both may name blobs that this database doesn't. Raises RefusedError for
    these, StoreBusyError while somebody adds.
    """
    with locks.hold(turns(store.path), wait_s):
        own, named = _named(store)
        urls = sorted({default_url(url), *(each for each, _ in named)})
        if url is None:
            urls = sorted({BESIDE, *urls})
        by_url = {each: {sha256 for at, sha256 in named if at == each} for each in urls}
        return tuple(_collect(store, own, each, by_url[each], dry_run) for each in urls)


def _named(store: Store) -> tuple[str, set[tuple[str, str]]]:
    """The database's id, and the blobs that its checkpoints name, each with its store; all events applied."""
    found: list[tuple[str, set[tuple[str, str]]]] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        if con.execute("SELECT 1 FROM unapplied LIMIT 1").fetchall():
            raise RefusedError("events that could not be applied may name blobs: run `fitment doctor` first")
        own = con.execute("SELECT store_id FROM meta").fetchall()[0][0]
        rows = con.execute("SELECT DISTINCT store, sha256 FROM checkpoints JOIN checkpoint_files USING (seq)")
        found.append((own, set(rows.fetchall())))
        return None

    store.decide(compose)
    return found[-1]


def _collect(store: Store, own: str, url: str, named: set[str], dry_run: bool) -> Collected:
    blobs = blobs_at(url, store.path)
    if others := [each for each in blobs.databases() if each != own]:
        raise RefusedError(
            f"{len(others)} other database{'s'[: len(others) != 1]} keep{'s'[: len(others) == 1]} files in"
            f" {blobs.place} too, so that nothing is removed there: use a store for each"
        )
    orphans, kept = [], 0
    for sha256, size in blobs.blobs():
        if sha256 in named:
            kept += 1
        else:
            orphans.append((sha256, size))
    leftover = 0
    if not dry_run:
        for sha256, _ in orphans:
            blobs.remove(sha256)
        leftover = blobs.sweep()
    return Collected(blobs.place, len(orphans), sum(size for _, size in orphans), kept, leftover)
