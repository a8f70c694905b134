"""Stored recommendations, keyed by the whole requirement: task, model, batch and both flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import duckdb
import pyarrow as pa

from ..records import Question
from . import groups, profiles
from .bulk import criteria_of, score_many
from .comparison import Comparison, compare
from .criteria import Criteria
from .outcomes import runs
from .ranking import Ranked, ranking

INSERT = """
INSERT INTO task_recommendations BY NAME
SELECT r.* EXCLUDE (place, model, hardware, result_ids), place AS id, model_id, hardware_id,
    newest AS last_updated, $seq AS as_of_seq
FROM requirements r
    JOIN (SELECT model, hardware, min(model_id) AS model_id, min(hardware_id) AS hardware_id
        FROM estimates GROUP BY ALL) USING (model, hardware)
    JOIN (SELECT place, max(recorded_at) AS newest
        FROM (SELECT place, unnest(result_ids) AS id FROM requirements) JOIN performance_results USING (id)
        GROUP BY place) USING (place)
ORDER BY place
"""
SCHEMA = pa.schema(
    [
        *((name, pa.int64()) for name in ("place", "batch_size", "rank", "recommended_batch_size")),
        *(
            (name, pa.string())
            for name in ("task_type", "model", "hardware", "recommended_precision", "notes")
        ),
        *((name, pa.bool_()) for name in ("latency_sensitive", "memory_constrained")),
        ("suitability_score", pa.float64()),
        ("result_ids", pa.list_(pa.int64())),
    ]
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what it compares, ready to be scored under any weights."""

    question: Question
    comparison: Comparison
    criteria: Criteria


def store_requirements(connection: duckdb.DuckDBPyConnection, held: groups.Groups, as_of_seq: int) -> int:
    """The number of stored recommendations after making all anew; those that no longer hold are gone."""
    rows = sorted(_rows(held), key=_place)
    for place, row in enumerate(rows, 1):
        row["place"] = place
    connection.execute("DELETE FROM task_recommendations")
    connection.register("requirements", pa.Table.from_pylist(rows, schema=SCHEMA))
    connection.execute(INSERT, {"seq": as_of_seq})
    connection.unregister("requirements")
    return len(rows)


def _rows(held: groups.Groups) -> Iterator[dict[str, Any]]:
    by_profile: dict[profiles.Profile, list[_Asked]] = defaultdict(list)
    for asked in _all_asked(held):
        by_profile[profiles.chosen(asked.question)].append(asked)
    for profile, members in by_profile.items():
        scored = score_many([a.comparison for a in members], [a.criteria for a in members], profile.weights)
        for asked, candidates in zip(members, scored, strict=True):
            for ranked in ranking(candidates, "compatibility"):
                yield _row(asked, ranked)


def _all_asked(held: groups.Groups) -> Iterator[_Asked]:
    tasks = {profile.scenario: profile.name for profile in profiles.shipped().values() if profile.scenario}
    of_task: dict[tuple[str, str], groups.Groups] = defaultdict(dict)
    for group, estimates in held.items():
        if group.scenario in tasks:
            of_task[group.model, tasks[group.scenario]][group] = estimates
    for (model, task), eligible in of_task.items():
        batches = sorted({e.configuration.batch for es in eligible.values() for e in es if runs(e)})
        for batch in (None, *batches):
            yield from _with_flags(Question(model, task=task, batch=batch), eligible)


def _with_flags(question: Question, eligible: groups.Groups) -> Iterator[_Asked]:
    """The question under each setting of both flags; compared anew only where memory can be required."""
    group = groups.choose(question, eligible)
    plain = _asked(question, compare(question, group, eligible[group]))
    constrained = replace(question, memory_constrained=True)
    if any(e.memory_bytes is not None for e in eligible[group]):
        strict = _asked(constrained, compare(constrained, group, eligible[group]))
    else:
        strict = plain and replace(plain, question=constrained)
    for asked, latency_sensitive in product((plain, strict), (False, True)):
        if asked is not None:
            yield replace(asked, question=replace(asked.question, latency_sensitive=latency_sensitive))


def _asked(question: Question, comparison: Comparison) -> _Asked | None:
    return _Asked(question, comparison, criteria_of(comparison)) if comparison.running else None


def _row(asked: _Asked, ranked: Ranked) -> dict[str, Any]:
    e, question = ranked.best.estimate, asked.question
    shape = asked.comparison.group.input_shape
    return {
        "task_type": question.task,
        "model": question.model,
        "hardware": e.hardware,
        "batch_size": question.batch,
        "latency_sensitive": question.latency_sensitive,
        "memory_constrained": question.memory_constrained,
        "rank": ranked.rank,
        "suitability_score": ranked.best.suitability,
        "recommended_batch_size": e.configuration.batch,
        "recommended_precision": e.configuration.precision,
        "notes": shape if asked.comparison.freed is None else f"{shape}, no_common_configuration",
        "result_ids": list(e.evidence.result_ids),
    }


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    requirement = (row["task_type"], row["model"], row["batch_size"] or 0)
    return (*requirement, row["latency_sensitive"], row["memory_constrained"], row["rank"], row["hardware"])
