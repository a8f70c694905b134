"""How a table shows what is odd in a lineage."""

from __future__ import annotations

from ..listing import Columns

ANOMALIES: Columns = {
    "kind": lambda row: row.kind,
    "line": lambda row: row.line,
    "model": lambda row: row.model,
    "parent": lambda row: row.other,
    "number": lambda row: None if row.number is None else f"{row.number:,}",
    "what": lambda row: row.detail,
}
