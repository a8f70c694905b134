"""The models of a PeaTMOSS database in the columns of model records, in batches of ids.

Ids are the hub's own on Hugging Face (``org/name``); those of another hub get its name before them, as
``pytorch:resnet18``, since ``context_id`` alone does not say which hub's it is. The version is the commit.

Several licences of one model are joined by AND, the stricter reading: PeaTMOSS puts the card's licences and
the hub's tags in one list, which does not say that one may choose. Frameworks, libraries and languages go to
the tags, where they stand on the hub. The task is the tag that names one, where there is only one such.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..catalogue.sound_models import LONGEST_URL, unsound
from ..results.append import Reject
from ..storage import model_columns
from .hub_tasks import TASKS
from .peatmoss_links import Links, Vocabulary, linked, vocabulary
from .sqlite_file import decoded, text

if TYPE_CHECKING:
    import pyarrow as pa

TAGS = ("tag", "framework", "language", "library")
FACETS = ("architecture", "author", "dataset", "license", "paper", *TAGS)
NEEDED = {"model": ("id", "context_id", "model_hub_id"), "model_hub": ("id", "name")}
OPTIONAL = ("sha", "repo_url", "downloads")
SOURCE = "peatmoss"
BATCH = 20_000  # models
HUGGING_FACE = "HuggingFace"  # the hub whose ids stand for themselves
_COUNT = "iif(typeof(downloads) IN ('integer', 'null'), downloads, -1)"  # no value of another kind
_WEB = re.compile(r"https?://\S+")
# id, context_id, hub, sha, URL, downloads
_Row = tuple[int, bytes | None, object, bytes | None, bytes | None, int | None]


@dataclass(frozen=True, slots=True)
class Models:
    """What ``read_models`` gives back."""

    table: pa.Table  # in the columns of ``model_columns.models``
    ids: Mapping[int, str]  # the row's id -> the model's
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]


def read_models(con: sqlite3.Connection, have: Mapping[str, frozenset[str]]) -> Models:
    """Every model of the file as a row, by its row's id; ``have``: the columns of the file's tables."""
    import pyarrow as pa

    doubts: Counter[str] = Counter()  # what could not be taken as it stands, and how often
    hubs = {row: decoded(name) for row, name in con.execute(f"SELECT id, {text('name')} FROM model_hub")}  # noqa: S608
    known = _known(con, have, doubts)
    rows: list[int] = []
    parts = [model_columns.models().empty_table()]
    for batch in _batches(con, have["model"], doubts):
        ids = np.array([row[0] for row in batch], np.int64)
        links = {facet: linked(con, words, tables, ids) for facet, (words, tables) in known.items()}
        parts.append(_table(batch, hubs, links, doubts))
        rows += ids.tolist()
    whole = pa.concat_tables(parts)
    bad = unsound(whole)
    sound = np.ones(len(rows), np.bool_)
    sound[list(bad)] = False
    ids_of = zip(rows, whole["model_id"].to_pylist(), sound.tolist(), strict=True)
    return Models(
        whole.filter(pa.array(sound)),
        {row: model_id for row, model_id, kept in ids_of if kept},
        tuple(Reject(rows[at], f"model {rows[at]}: {reason}") for at, reason in sorted(bad.items())),
        tuple(f"{what}: {n:,} left out" for what, n in sorted(doubts.items())),
    )


def _known(
    con: sqlite3.Connection, have: Mapping[str, frozenset[str]], doubts: Counter[str]
) -> dict[str, tuple[Vocabulary, Sequence[str]]]:
    """By facet its words, and the tables that they come from; those of ``TAGS`` also together, as "tags"."""
    usable = [
        facet
        for facet in FACETS
        if {"id", "name"} <= have[facet] and {"model_id", f"{facet}_id"} <= have[f"model_to_{facet}"]
    ]
    together = {facet: [facet] for facet in usable if facet not in TAGS}
    together["tags"] = [facet for facet in TAGS if facet in usable]
    return {facet: (vocabulary(con, tables, doubts), tables) for facet, tables in together.items() if tables}


def _batches(con: sqlite3.Connection, columns: frozenset[str], doubts: Counter[str]) -> Iterator[list[_Row]]:
    odd = con.execute("SELECT count(*) FROM model WHERE typeof(id) <> 'integer'").fetchone()[0]
    if odd:
        doubts["models whose row has no whole number for an id"] += odd
    sha, url = (text(column) if column in columns else "NULL" for column in ("sha", "repo_url"))
    downloads = _COUNT if "downloads" in columns else "NULL"
    rows = con.execute(
        f"SELECT id, {text('context_id')}, model_hub_id, {sha}, {url}, {downloads} "  # noqa: S608 - fixed names
        "FROM model WHERE typeof(id) = 'integer' ORDER BY id"
    )
    while batch := rows.fetchmany(BATCH):
        yield batch


def _table(
    batch: list[_Row], hubs: Mapping[object, str | None], links: Mapping[str, Links], doubts: Counter[str]
) -> pa.Table:
    import pyarrow as pa

    nothing = Links(len(batch), np.empty(0, np.int64), np.empty(0, np.int64), ())
    own = {facet: links.get(facet, nothing) for facet in (*FACETS, "tags")}
    columns: dict[str, Any] = {
        "model_id": [_named(decoded(context_id), hubs.get(hub)) for _, context_id, hub, *_ in batch],
        "version": [decoded(sha) or "" for *_, sha, _, _ in batch],
        "organisation": _joined(own["author"], ", "),
        "licence": _joined(own["license"], " AND "),
        "architecture": _joined(own["architecture"], ", "),
        "task": _task(own["tags"]),
        "tags": own["tags"].lists(),
        "training_data": own["dataset"].lists(),
        "urls": _urls([decoded(row[4]) for row in batch], own["paper"], doubts),
        "downloads": [_count(row[5], doubts) for row in batch],
        "source": [SOURCE] * len(batch),
    }
    empty = {"restrictions", "claims", "base_models", "metrics", "measured_as"}
    schema = model_columns.models()
    for field in schema:
        missing: list[Any] = [[] if field.name in empty else None] * len(batch)
        columns[field.name] = pa.array(columns.get(field.name, missing), field.type)
    return pa.table(columns, schema=schema)


def _named(asked: str | None, hub: str | None) -> str | None:
    return asked if asked is None or hub in (None, HUGGING_FACE) else f"{hub.lower()}:{asked}"


def _joined(links: Links, by: str) -> pa.Array:
    """The names of each model as one text; NULL where it has none. Names with blanks are put in brackets."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bracketed = [f"({name})" if by == " AND " and " " in name else name for name in links.names]
    several = pc.binary_join(links.lists(bracketed), by)
    text_ = pc.if_else(pa.array(links.counts == 1), pc.binary_join(links.lists(), by), several)
    return pc.if_else(pa.array(links.counts > 0), text_, pa.scalar(None, pa.string()))


def _task(tags: Links) -> list[str | None]:
    tasks = tags.among(TASKS)
    found: list[str | None] = [None] * tags.n
    for place, rank in zip(tasks.places.tolist(), tasks.ranks.tolist(), strict=True):
        if tasks.counts[place] == 1:
            found[place] = tags.names[rank]
    return found


def _urls(pages: Sequence[str | None], papers: Links, doubts: Counter[str]) -> list[list[tuple[str, str]]]:
    """The addresses of each model by kind, in order."""
    found: list[list[tuple[str, str]]] = [[] for _ in pages]
    for place, rank in zip(papers.places.tolist(), papers.ranks.tolist(), strict=True):
        number = len(found[place]) + 1
        _add(found[place], "paper" if number == 1 else f"paper {number:02}", papers.names[rank], doubts)
    for place, page in enumerate(pages):
        if page is not None:
            _add(found[place], "repository", page, doubts)
    return found


def _add(urls: list[tuple[str, str]], kind: str, url: str, doubts: Counter[str]) -> None:
    if _WEB.fullmatch(url) and len(url) <= LONGEST_URL:
        urls.append((kind, url))
    else:
        doubts["addresses that are none of the web"] += 1


def _count(value: int | None, doubts: Counter[str]) -> int | None:
    if value is not None and value < 0:
        doubts["downloads that are no whole number from 0 on"] += 1
        return None
    return value
