"""Whether what is derived from the results knows all of them: what is stored counts only while it does."""

from __future__ import annotations

import duckdb

# Events that change no result and no environment; of any other kind, estimates may differ after it.
UNCONCERNED = (
    "sweep", "calibrated", "version_added", "alias_moved", "snapshot",
    "models_recorded", "usage_recorded", "checkpoint_added", "checkpoint_removed", "lineage_built",
)  # fmt: skip
_NEWEST = "SELECT coalesce(max(seq), 0) FROM events WHERE NOT list_contains($kinds::VARCHAR[], kind)"


def newest_change(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last applied event that may have changed an estimate; 0 where there is none."""
    return int(connection.execute(_NEWEST, {"kinds": list(UNCONCERNED)}).fetchall()[0][0])


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the stored estimates know everything that is applied."""
    found = connection.execute(
        f"SELECT (SELECT min(as_of_seq) FROM estimates) >= ({_NEWEST})",  # noqa: S608 - fixed text
        {"kinds": list(UNCONCERNED)},
    ).fetchall()
    return bool(found[0][0])  # NULL where there are no estimates


def changes_unknown_to_scores(connection: duckdb.DuckDBPyConnection) -> int:
    """How many applied events may change a score and came after the stored ones were made."""
    found = connection.execute(
        """SELECT count(*) FROM events WHERE kind NOT IN (SELECT unnest($kinds::VARCHAR[]))
               AND seq > (SELECT min(as_of_seq) FROM hardware_model_compatibility)""",
        {"kinds": list(UNCONCERNED)},
    ).fetchall()
    return int(found[0][0])
