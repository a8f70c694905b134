"""Where a checkpoint's files say otherwise than the catalogue does of its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Facts

if TYPE_CHECKING:
    import duckdb

TOLERANCE = 0.10  # of the parameters: makers round, and call 6.74 billion 7


def disagreements(
    con: duckdb.DuckDBPyConnection, model_id: str, version: str, facts: Facts
) -> tuple[str, ...]:
    """What differs from the record of that version, else from the newest one, in words.

    An adapter's own parameters are not those of its model, and say nothing here.
    """
    rows = con.execute(
        """SELECT parameters, version FROM model_records WHERE model_id = $model
           ORDER BY version = $version DESC, seq DESC LIMIT 1""",
        {"model": model_id, "version": version},
    ).fetchall()
    declared = rows[0][0] if rows else None
    if not declared or facts.parameters is None or facts.adapter is not None:
        return ()
    if abs(facts.parameters - declared) <= TOLERANCE * declared:
        return ()
    return (
        f"the files hold {facts.parameters:,} parameters, the catalogue declares {declared:,} of {model_id}",
    )
