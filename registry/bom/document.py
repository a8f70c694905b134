"""A CycloneDX 1.6 document as text: the same content gives the same bytes, with a serial number made of it.

cyclonedx-python-lib models no ``modelCard``, so the JSON is written here, and the tests hold every shape of
it against that library's strict validator.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from ..licences.check import DISCLAIMER
from ..licences.clauses import version as clauses_version
from .texts import Json, properties, without_nothing

if TYPE_CHECKING:
    import duckdb

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_SERIAL = uuid.uuid5(uuid.NAMESPACE_URL, SCHEMA)  # the namespace of our serial numbers


def document(
    subject: Json,
    components: Sequence[Json],
    dependencies: Sequence[Json],
    compositions: Sequence[Json] = (),
    timestamp: datetime | None = None,
) -> str:
    """The document about ``subject`` as JSON text; without a ``timestamp`` it has none."""
    tool = {"type": "application", "name": "fitment", "version": version("fitment")}
    notes = [("licence:note", DISCLAIMER), ("licence:clauses", clauses_version())]
    metadata = {
        "timestamp": None if timestamp is None else _moment(timestamp),
        "tools": {"components": [tool]},
        "component": subject,
        "properties": properties(notes),
    }
    body: Json = {
        "version": 1,
        "metadata": without_nothing(metadata),
        "components": list(components),
        "dependencies": list(dependencies),
        "compositions": list(compositions),
    }
    body = without_nothing(body)
    serial = uuid.uuid5(_SERIAL, json.dumps(body, sort_keys=True))
    head = {"$schema": SCHEMA, "bomFormat": "CycloneDX", "specVersion": "1.6"}
    whole = head | {"serialNumber": f"urn:uuid:{serial}"} | body
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def newest_event(con: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the store was last written to, UTC; None where nothing is in it."""
    ((moment,),) = con.execute("SELECT max(recorded_at) FROM events").fetchall()
    return None if moment is None else moment.replace(tzinfo=UTC)


def _moment(timestamp: datetime) -> str:
    utc = timestamp.replace(tzinfo=UTC) if timestamp.tzinfo is None else timestamp.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%SZ}"
