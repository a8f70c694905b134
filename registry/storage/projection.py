"""The database opened for writing, caught up with its journal, and made again where it can't be used."""

from __future__ import annotations

from pathlib import Path

import duckdb

from . import database, identity, journal
from .follow import catch_up
from .rebuild import remake


def opened(path: Path, wait_s: float, notices: list[str]) -> duckdb.DuckDBPyConnection:
    """A read-write connection that holds every journalled event; the caller holds the apply lock.

    A missing or damaged database, or one of an older schema, is made again first; what was done is added
    to ``notices``.
    """
    try:
        return _follow(path, wait_s, notices)
    except database.DatabaseDamagedError:
        report = remake(path, None, wait_s, damaged=True)
        notices.append(
            f"{path} was damaged: put aside as {report.quarantined} and rebuilt ({report.events} events)"
        )
    return _follow(path, wait_s, notices)


def _follow(path: Path, wait_s: float, notices: list[str]) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        report = remake(path, None, wait_s)
        if report.events > 1:
            notices.append(f"{path} was missing and was rebuilt from {report.events} events")
    con = database.connect(path, read_only=False, wait_s=wait_s)
    try:
        meta = database.identify(con, path)
        identity.same_store(meta, path)
        identity.must_agree(meta, path)
        if meta.is_old:
            con.close()
            remake(path, None, wait_s)
            return _follow(path, wait_s, notices)
        with database.translating(path):
            catch_up(con, journal.folder_of(path), meta.applied)
        return con
    except BaseException:
        con.close()
        raise
