"""How often models of each size are downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MOST = 2_000  # models, those with the most downloads


@dataclass(frozen=True, slots=True)
class Popular:
    """One model by its size and its downloads."""

    model_id: str
    parameters: int
    downloads: int


def popularity(con: duckdb.DuckDBPyConnection) -> tuple[Popular, ...]:
    """The most downloaded of ``chosen`` whose parameters are known, at most MOST."""
    found = con.execute(
        f"""SELECT model_id, parameters, downloads FROM chosen
            WHERE parameters IS NOT NULL AND downloads IS NOT NULL
            ORDER BY downloads DESC, model_id LIMIT {MOST}"""  # noqa: S608 - a number
    ).fetchall()
    return tuple(Popular(*row) for row in found)
