"""Results into rows: models and hardware are made by their first result, the same import row counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from .apply_candidates import number_staged
from .rows import insert

if TYPE_CHECKING:
    import pyarrow as pa


def insert_results(con: duckdb.DuckDBPyConnection, parts: list[pa.Table]) -> None:
    """Adds results of all parts, in the order of their ids.

    A part holds columns of ``performance_results`` and ``event_at``. A result that comes under an old name
    of a model goes to the model as it is called now.
    """
    con.execute(
        """CREATE OR REPLACE TEMP TABLE staged AS
           SELECT *, NULL::TIMESTAMP AS event_at FROM performance_results LIMIT 0"""
    )
    for part in parts:
        if part.num_rows:
            insert(con, "staged", part)
    for statement in _STATEMENTS:
        con.execute(statement)
    number_staged(con)
    con.execute("INSERT INTO performance_results BY NAME SELECT * EXCLUDE (event_at) FROM staged ORDER BY id")
    con.execute("DROP TABLE staged")


_STATEMENTS = (
    # a row that was imported before, from whichever file, counts once: the earliest stays
    """DELETE FROM staged WHERE row_key IS NOT NULL AND (
           row_key IN (SELECT row_key FROM performance_results WHERE row_key IS NOT NULL)
           OR id NOT IN (SELECT min(id) FROM staged WHERE row_key IS NOT NULL GROUP BY row_key))""",
    """UPDATE staged SET model = m.name FROM renames r JOIN models m ON m.id = r.model_id
       WHERE r.old_name = staged.model""",
    """INSERT INTO models
       SELECT (SELECT coalesce(max(id), 0) FROM models) + row_number() OVER (ORDER BY min(id)),
              model, arg_min(model_source, id), NULL, NULL, arg_min(event_at, id)
       FROM staged WHERE model NOT IN (SELECT name FROM models) GROUP BY model ORDER BY min(id)""",
    """UPDATE models SET parameters = s.parameters FROM (
           SELECT model, arg_min(parameters, id) AS parameters FROM staged
           WHERE parameters IS NOT NULL GROUP BY model) s
       WHERE s.model = models.name AND models.parameters IS NULL""",
    """UPDATE models SET macs_per_sample = s.macs FROM (
           SELECT model, arg_min(macs_per_sample, id) AS macs FROM staged
           WHERE macs_per_sample IS NOT NULL GROUP BY model) s
       WHERE s.model = models.name AND models.macs_per_sample IS NULL""",
    """INSERT INTO hardware_platforms
       SELECT (SELECT coalesce(max(id), 0) FROM hardware_platforms) + row_number() OVER (ORDER BY min(id)),
              hardware, arg_min(device_kind, id), NULL, arg_min(event_at, id)
       FROM staged WHERE hardware NOT IN (SELECT name FROM hardware_platforms)
       GROUP BY hardware ORDER BY min(id)""",
    # a row without a model keeps none and is refused by NOT NULL: it is not lost
    "UPDATE staged SET model_id = m.id FROM models m WHERE m.name = staged.model",
    "UPDATE staged SET hardware_id = h.id FROM hardware_platforms h WHERE h.name = staged.hardware",
)
