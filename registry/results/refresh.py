"""The stored estimates made anew from all results: what needs compiled kernels, as reading them does not."""

from __future__ import annotations

import duckdb

from .interval_columns import with_intervals
from .located_in_bulk import located_in_bulk

# Named: a figure that only serves to make others is not stored.
_INSERT = """
INSERT INTO estimates BY NAME
SELECT l.* EXCLUDE (throughput_inside_low, throughput_inside_high, p50_inside_low, p50_inside_high),
    $seq AS as_of_seq
FROM located l SEMI JOIN (FROM candidates WHERE NOT superseded) c ON c.id = l.candidate_id
"""


def refresh(connection: duckdb.DuckDBPyConnection, as_of_seq: int) -> None:
    """Makes all estimates again from the results up to ``as_of_seq``."""
    connection.execute("DELETE FROM estimates")
    connection.register("located", with_intervals(located_in_bulk(connection)))
    connection.execute(_INSERT, {"seq": as_of_seq})
    connection.unregister("located")
