"""Who uses the models of a PeaTMOSS database: one for each file, or for a whole repository.

PeaTMOSS gives no line and no certainty. Line 0 is "not said", the call is the table. Files were found by
signatures of the libraries' calls: less certain than a call that was read; a repository alone says less.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from ..usage.found import Use
from .peatmoss_models import SOURCE
from .sqlite_file import decoded, text

REUSE: Mapping[str, frozenset[str]] = {
    "reuse_repository": frozenset({"id", "url", "owner", "name"}),
    "reuse_file": frozenset({"path", "model_id", "reuse_repository_id"}),
    "model_to_reuse_repository": frozenset({"model_id", "reuse_repository_id"}),
}
FILE_CONFIDENCE = 0.8
REPOSITORY_CONFIDENCE = 0.6
LONGEST_FILE, LONGEST_REPOSITORY = 4096, 1024  # characters that a use may have there


def read_uses(
    con: sqlite3.Connection, have: Mapping[str, frozenset[str]], models: Mapping[int, str]
) -> tuple[tuple[Use, ...], tuple[str, ...]]:
    """The uses, those of a repository together, and notes; ``models``: their ids by row."""
    if not REUSE["reuse_repository"] <= have["reuse_repository"]:
        return (), ()
    repositories = _repositories(con)
    found: dict[str, set[Use]] = {}
    by_file: set[tuple[object, object]] = set()
    dangling = 0
    for table in ("reuse_file", "model_to_reuse_repository"):
        if not REUSE[table] <= have[table]:
            continue
        path = text("path") if table == "reuse_file" else "NULL"
        links = con.execute(f"SELECT {path}, model_id, reuse_repository_id FROM {table}")  # noqa: S608
        for raw, model, repository in links:
            known, owner = models.get(model), repositories.get(repository)
            if known is None or owner is None:
                dangling += 1
            elif table == "reuse_file":
                by_file.add((model, repository))
                found.setdefault(owner[0], set()).add(_of_file(known, owner, decoded(raw)))
            elif (model, repository) not in by_file:
                found.setdefault(owner[0], set()).add(_of_repository(known, owner))
    notes = (f"uses of a model or by a repository that is not there: {dangling:,} left out",)
    uses = [use for name in sorted(found) for use in sorted(found[name], key=_order)]
    return tuple(uses), notes if dangling else ()


def _repositories(con: sqlite3.Connection) -> dict[object, tuple[str, str]]:
    """By id: the repository's URL, and what its files' paths start with."""
    columns = ", ".join(text(column) for column in ("url", "owner", "name"))
    found: dict[object, tuple[str, str]] = {}
    for row, *raw in con.execute(f"SELECT id, {columns} FROM reuse_repository"):  # noqa: S608 - fixed names
        url, owner, name = map(decoded, raw)
        if url is None and owner and name:
            url = f"github.com/{owner}/{name}"
        if url is not None:
            whole = f"https://{url}" if url.startswith("github.com/") else url
            if len(whole) <= LONGEST_REPOSITORY:
                found[row] = (whole, f"{owner}_{name}/{name}/")
    return found


def _of_file(model: str, repository: tuple[str, str], path: str | None) -> Use:
    """A file's path stands below ``owner_name/name/``, the folder that it was cloned to."""
    url, prefix = repository
    if path is None or len(path) > LONGEST_FILE:
        return _of_repository(model, repository)
    return Use(url, path.removeprefix(prefix), 0, "reuse_file", model, FILE_CONFIDENCE, source=SOURCE)


def _of_repository(model: str, repository: tuple[str, str]) -> Use:
    call = "model_to_reuse_repository"
    return Use(repository[0], "", 0, call, model, REPOSITORY_CONFIDENCE, source=SOURCE)


def _order(use: Use) -> tuple[str, str]:
    return use.file, use.model_id or ""
