"""Each result's candidate and kind, as small numbers: what pools results joins integers, not seventeen texts.

A candidate is (group, hardware, configuration, environment) under one protocol. Its version is the tag that a
result is linked to, else what the result declares; results that count for nothing have none.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from .journal import Event

# Decisions after which results count, or count no more, or are another version's.
MOVING = frozenset({"results_linked", "version_deleted", "retracted", "reinstated"})
KIND = ("status", "model_source", "memory_scope", "energy_source", "assumed", "flags")
_SAME = (  # but for the protocol
    *(
        "model_id",
        "hardware_id",
        "model_version",
        "scenario",
        "input_shape",
        "throughput_unit",
        "device_kind",
    ),
    *(
        "batch",
        "precision",
        "compile_mode",
        "memory_format",
        "n_devices",
        "threads",
        "cache_state",
        "pinning",
    ),
    *("env_id", "provenance"),
)
_KEY = (*_SAME, "protocol")


def number_staged(con: duckdb.DuckDBPyConnection) -> None:
    """Numbers the rows of the table ``staged``, whose models and hardware are known by id."""
    con.execute(_NEW_KINDS)
    con.execute(_NUMBER_KINDS)
    con.execute(_KEYED_STAGED)
    _number(con, "staged")


def number_again(con: duckdb.DuckDBPyConnection, event: Event) -> None:
    """Numbers the results of the models anew whose results ``event`` has moved."""
    if event.kind not in MOVING:
        return
    body = event.body
    asked = {"models": [m for (m,) in con.execute(_MODELS, [body.get("ids"), body.get("model")]).fetchall()]}
    con.execute(_FORGET_RESULTS, asked)
    con.execute(_FORGET_CANDIDATES, asked)
    con.execute(_KEYED_RESULTS, asked)
    _number(con, "performance_results")


def _number(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Gives the rows of ``table`` that are ``keyed`` their candidates, some of them new."""
    con.execute(_NEW_CANDIDATES)
    con.execute(_NUMBER_RESULTS.format(table=table))
    con.execute(_SUPERSEDE)
    con.execute("DROP TABLE keyed")


def _same(left: str, right: str, columns: Iterable[str]) -> str:
    return " AND ".join(f"{left}.{name} IS NOT DISTINCT FROM {right}.{name}" for name in columns)


_LINKED = "coalesce(v.version_tag, r.model_version) AS model_version"
_PROTOCOL = "CASE WHEN provenance = 'imported' THEN 0 ELSE protocol END AS protocol"
_KEYED_STAGED = f"""
CREATE TEMP TABLE keyed AS SELECT id AS result_id, {", ".join(_SAME)}, {_PROTOCOL}
FROM staged WHERE provenance <> 'simulated'
"""  # noqa: S608 - our own names
_KEYED_RESULTS = f"""
CREATE TEMP TABLE keyed AS SELECT r.id AS result_id, r.* EXCLUDE (id) REPLACE ({_LINKED}, {_PROTOCOL})
FROM performance_results r
    LEFT JOIN version_results l ON l.result_id = r.id
    LEFT JOIN model_registry_versions v ON v.id = l.version_id AND v.deleted_at IS NULL
WHERE r.model_id IN (SELECT unnest($models::BIGINT[])) AND provenance <> 'simulated'
    AND r.id NOT IN (SELECT result_id FROM retractions)
"""  # noqa: S608 - our own names
_NEW_KINDS = f"""
INSERT INTO result_kinds
SELECT (SELECT coalesce(max(id), 0) FROM result_kinds) + row_number() OVER (ORDER BY min(s.id)),
    {", ".join(KIND)}
FROM staged s WHERE NOT EXISTS (FROM result_kinds k WHERE {_same("k", "s", KIND)})
GROUP BY {", ".join(KIND)} ORDER BY min(s.id)
"""  # noqa: S608 - our own names
_NUMBER_KINDS = f"UPDATE staged SET kind_id = k.id FROM result_kinds k WHERE {_same('k', 'staged', KIND)}"  # noqa: S608
_NEW_CANDIDATES = f"""
INSERT INTO candidates BY NAME
SELECT (SELECT coalesce(max(id), 0) FROM candidates) + row_number() OVER (ORDER BY min(result_id)) AS id,
    {", ".join(_KEY)}, FALSE AS superseded
FROM keyed ANTI JOIN candidates USING ({", ".join(_KEY)})
GROUP BY {", ".join(_KEY)} ORDER BY min(result_id)
"""  # noqa: S608 - our own names
_NUMBER_RESULTS = f"""
UPDATE {{table}} SET candidate_id = found.id
FROM (SELECT result_id, c.id FROM keyed JOIN candidates c USING ({", ".join(_KEY)})) found
WHERE found.result_id = {{table}}.id
"""  # noqa: S608 - our own names
_SUPERSEDE = f"""
UPDATE candidates SET superseded = TRUE FROM (
    SELECT id FROM candidates WHERE model_id IN (SELECT model_id FROM keyed)
    QUALIFY protocol < max(protocol) OVER (PARTITION BY {", ".join(_SAME)})
) older WHERE older.id = candidates.id AND NOT superseded
"""  # noqa: S608 - our own names
_MODELS = """
SELECT DISTINCT model_id FROM performance_results WHERE id IN (SELECT unnest($1::BIGINT[]))
UNION SELECT id FROM models WHERE name = $2
"""
_FORGET_RESULTS = """
UPDATE performance_results SET candidate_id = NULL WHERE model_id IN (SELECT unnest($models::BIGINT[]))
"""
_FORGET_CANDIDATES = "DELETE FROM candidates WHERE model_id IN (SELECT unnest($models::BIGINT[]))"
