"""Stored recommendations, keyed by the whole requirement: task, model, batch and both flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from ..answers import Question, Weights
from ..catalogue.naming import old_names
from . import groups, profiles
from .bulk import criteria_of, score_many
from .comparison import Comparison, Held, compare, hold
from .criteria import Criteria, has_memory
from .outcomes import runs
from .ranking import Ranked, ranking
from .scored import weights_used

INSERT = """
INSERT INTO task_recommendations BY NAME
SELECT r.* EXCLUDE (place, model, hardware, result_ids), place AS id, m.id AS model_id, h.id AS hardware_id,
    newest AS last_updated, $seq AS as_of_seq
FROM requirements r
    JOIN models m ON m.name = r.model JOIN hardware_platforms h ON h.name = r.hardware
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
    rows = sorted(_rows(held, _names_had(connection)), key=_place)
    for place, row in enumerate(rows, 1):
        row["place"] = place
    connection.execute("DELETE FROM task_recommendations")
    connection.register("requirements", pa.Table.from_pylist(rows, schema=SCHEMA))
    connection.execute(INSERT, {"seq": as_of_seq})
    connection.unregister("requirements")
    return len(rows)


def _names_had(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The names that each model had before."""
    had: dict[str, list[str]] = defaultdict(list)
    for old, model in old_names(connection).items():
        had[model].append(old)
    return had


def _rows(held: groups.Groups, had: Mapping[str, Collection[str]]) -> Iterator[dict[str, Any]]:
    by_weights: dict[Weights, list[_Asked]] = defaultdict(list)
    for asked in _all_asked(held, had):
        by_weights[weights_used(profiles.chosen(asked.question).weights, asked.criteria)].append(asked)
    for weights, members in by_weights.items():
        # Flags that can't act lead to the same weights: such questions are one comparison.
        distinct = {id(a.comparison): a for a in members}
        scored = score_many(
            [a.comparison for a in distinct.values()], [a.criteria for a in distinct.values()], weights
        )
        rankings = dict(zip(distinct, (ranking(s, "compatibility") for s in scored), strict=True))
        for asked in members:
            for ranked in rankings[id(asked.comparison)]:
                yield _row(asked, ranked)


def _all_asked(held: groups.Groups, had: Mapping[str, Collection[str]]) -> Iterator[_Asked]:
    tasks = {profile.scenario: profile.name for profile in profiles.shipped().values() if profile.scenario}
    of_task: dict[tuple[str, str], groups.Groups] = defaultdict(dict)
    for group, estimates in held.items():
        if group.scenario in tasks:
            of_task[group.model, tasks[group.scenario]][group] = estimates
    for (model, task), eligible in of_task.items():
        ready = {group: hold(group, estimates) for group, estimates in eligible.items()}
        batches = sorted({e.configuration.batch for es in eligible.values() for e in es if runs(e)})
        for batch in (None, *batches):
            question = Question(model, task=task, batch=batch)
            group = groups.choose(question, eligible, had=had.get(model, ()))
            yield from _with_flags(question, ready[group])


def _with_flags(question: Question, held: Held) -> Iterator[_Asked]:
    """The question under each setting of both flags; compared anew only where memory can be required."""
    plain = compare(question, held)
    with_memory = any(has_memory(e) for es in held.estimates.values() for e in es)
    strict = compare(replace(question, memory_constrained=True), held) if with_memory else plain
    for constrained, comparison in ((False, plain), (True, strict)):
        if comparison.running:
            criteria = criteria_of(comparison)
            for sensitive in (False, True):
                asked = replace(question, latency_sensitive=sensitive, memory_constrained=constrained)
                yield _Asked(asked, comparison, criteria)


def _row(asked: _Asked, ranked: Ranked) -> dict[str, Any]:
    e, question = ranked.best.estimate, asked.question
    shape = asked.comparison.held.group.input_shape
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
