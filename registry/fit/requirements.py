"""Stored recommendations, keyed by the whole requirement: task, model, batch and both flags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from ...kernels.decided_configurations import COMMON, compare_groups
from ..answers import Question, Weights
from ..catalogue.naming import old_names
from . import profiles
from .asked_groups import Questions, asked_groups
from .best_rows import answered, best_rows, criteria_of
from .candidate_levels import Candidates, candidate_levels

_VERSIONS = """
SELECT name, version_tag FROM model_registry_versions v JOIN models m ON m.id = model_id
WHERE deleted_at IS NULL ORDER BY v.id
"""
_INSERT = """
INSERT INTO task_recommendations BY NAME
WITH behind AS (
    SELECT candidate_id, max(recorded_at) AS newest FROM performance_results
    WHERE candidate_id IN (SELECT candidate_id FROM requirements) AND status = 'ok' AND throughput IS NOT NULL
    GROUP BY candidate_id
)
SELECT row_number() OVER (ORDER BY task_type, m.name, batch_size NULLS FIRST, latency_sensitive,
        memory_constrained, rank, h.name) AS id,
    r.* EXCLUDE (candidate_id, is_common), c.model_id, c.hardware_id, c.batch AS recommended_batch_size,
    c.precision AS recommended_precision,
    c.input_shape || CASE WHEN is_common THEN '' ELSE ', no_common_configuration' END AS notes,
    newest AS last_updated, $seq AS as_of_seq
FROM requirements r JOIN candidates c ON c.id = r.candidate_id JOIN behind USING (candidate_id)
    JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id
ORDER BY id
"""
_SCHEMA = pa.schema(
    [
        ("candidate_id", pa.int32()),
        ("task_type", pa.string()),
        ("batch_size", pa.int64()),
        ("latency_sensitive", pa.bool_()),
        ("memory_constrained", pa.bool_()),
        ("rank", pa.int64()),
        ("suitability_score", pa.float64()),
        ("is_common", pa.bool_()),
    ]
)


def store_requirements(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> int:
    """The number of stored recommendations after making all anew; those that no longer hold are gone."""
    had: dict[str, list[str]] = defaultdict(list)
    for old, model in old_names(connection).items():
        had[model].append(old)
    tags: dict[str, list[str]] = defaultdict(list)
    for model, tag in connection.execute(_VERSIONS).fetchall():
        tags[model].append(tag)
    tasks = {profile.scenario: profile.name for profile in profiles.shipped().values() if profile.scenario}
    known = candidate_levels(connection)
    questions = asked_groups(known, list(tasks), had, tags)
    rows = pa.concat_tables([_SCHEMA.empty_table(), *_rows(known, questions, list(tasks.values()))])
    connection.execute("DELETE FROM task_recommendations")
    connection.register("requirements", rows)
    connection.execute(_INSERT, {"seq": as_of_seq})
    connection.unregister("requirements")
    return int(rows.num_rows)


def _rows(known: Candidates, questions: Questions, tasks: list[str]) -> Iterator[pa.Table]:
    """The recommendations under each setting of both flags, task by task."""
    for strict in (False, True):
        constrained = np.full(questions.group.size, strict)
        compared = compare_groups(known.levels, questions.group, questions.batch, constrained)
        asked = answered(compared)
        for (place, task), sensitive in product(enumerate(tasks), (False, True)):
            of_task = asked[questions.scenario[asked] == place]
            criteria = criteria_of(known, compared, of_task)
            best = best_rows(known, criteria, _weights(task, sensitive=sensitive, constrained=strict))
            question = of_task[best.question]
            batch = questions.batch[question]
            found: dict[str, Any] = {
                "candidate_id": known.columns["candidate_id"][best.row],
                "task_type": np.full(question.size, task, object),
                "batch_size": np.where(batch > 0, batch, np.nan),
                "latency_sensitive": np.full(question.size, sensitive),
                "memory_constrained": np.full(question.size, strict),
                "rank": best.rank,
                "suitability_score": best.suitability,
                "is_common": compared.basis[question] == COMMON,
            }
            made = [pa.array(found[field.name], field.type, from_pandas=True) for field in _SCHEMA]
            yield pa.Table.from_arrays(made, schema=_SCHEMA)


def _weights(task: str, *, sensitive: bool, constrained: bool) -> Weights:
    question = Question("", task=task, latency_sensitive=sensitive, memory_constrained=constrained)
    return profiles.chosen(question).weights
