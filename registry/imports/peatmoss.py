"""PeaTMOSS, "Pre-Trained Models in Open-Source Software": models of two hubs and who uses them, as SQLite.

What is relied on, as ``PeaTMOSS.sql`` of PurdueDualityLab/PeaTMOSS-Demos states it (Jiang et al., MSR 2024,
arXiv:2402.00699) and ``Data-Collection/data_collection.py`` of PurdueDualityLab/PeaTMOSS-Artifact fills it:

    model(id, context_id, model_hub_id, sha, repo_url, downloads, likes, has_snapshot, …)
    model_hub(id, name, url)                   "HuggingFace" and "PyTorch"
    architecture, author, dataset, framework, language, library, license, paper, tag: (id, name)
    model_to_X(model_id, X_id)                 for each of those nine
    reuse_repository(id, owner, name, url)     the URL without a scheme: "github.com/owner/name"
    reuse_file(id, path, model_id, reuse_repository_id)
    model_to_reuse_repository(model_id, reuse_repository_id)

``model`` with ``id``, ``context_id`` and ``model_hub_id``, and ``model_hub`` with ``id`` and ``name`` are
needed; what else is missing is named in a note. The issues, pull requests, commits and discussions, which are
most of the file, are not read; ``likes`` has no place in a record.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import ImportFileError
from .parsed import ParsedModels
from .peatmoss_models import FACETS, NEEDED, OPTIONAL, SOURCE, read_models
from .peatmoss_uses import REUSE, read_uses
from .sqlite_file import columns, reading


def read(path: Path) -> ParsedModels:
    """The models and uses of a PeaTMOSS database; a model without a sound id is a reject with its reason.

    Raises ImportFileError, with nothing stored, for what is no such database or can't be read to its end.
    """
    with reading(path) as con:
        have = {table: columns(con, table) for table in _tables()}
        _check(path, have)
        absent = _absent(have)
        models = read_models(con, have)
        uses, dangling = read_uses(con, have, models.ids)
    warnings = (*absent, *models.notes, *dangling)
    return ParsedModels(path.name, SOURCE, models.table, uses, models.rejects, warnings)


def _tables() -> set[str]:
    facets = {name for facet in FACETS for name in (facet, f"model_to_{facet}")}
    return {*NEEDED, *REUSE, *facets}


def _check(path: Path, have: dict[str, frozenset[str]]) -> None:
    lacking = [
        f"{table}.{column}" if have[table] else f"the table {table}"
        for table, needed in NEEDED.items()
        for column in (needed if have[table] else needed[:1])
        if column not in have[table]
    ]
    if lacking:
        raise ImportFileError(
            f"{path}: not a PeaTMOSS database: it lacks {', '.join(lacking)}; "
            "name the metadata file, PeaTMOSS.db"
        )


def _absent(have: dict[str, frozenset[str]]) -> list[str]:
    notes = [
        f"model has no column {column}: it stays empty" for column in OPTIONAL if column not in have["model"]
    ]
    for facet in FACETS:
        needed = {facet: {"id", "name"}, f"model_to_{facet}": {"model_id", f"{facet}_id"}}
        lacking = [table for table, wanted in needed.items() if not wanted <= have[table]]
        if lacking:
            notes.append(f"no usable {' and '.join(lacking)}: nothing is known of each model's {facet}")
    lacking = [table for table, wanted in REUSE.items() if not wanted <= have[table]]
    if lacking:
        notes.append(f"no usable {' and '.join(lacking)}: those uses are not known")
    return notes
