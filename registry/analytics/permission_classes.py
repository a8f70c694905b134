"""What the models' licences allow a business: the verdict on commercial use of each, and how many it covers.

An engineering reading of clauses, not legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..licences.verdicts import Relation, Verdict

if TYPE_CHECKING:
    import duckdb

MISSING = "missing"  # nothing was declared: no verdict, and no permission


@dataclass(frozen=True, slots=True)
class LicenceVerdict:
    """One declared licence with what it says of commercial use."""

    licence: str
    verdict: Verdict
    models: int
    reason: str  # the worst clause in words; "" where there is none


@dataclass(frozen=True, slots=True)
class PermissionClass:
    """The models of one verdict."""

    name: str  # a Verdict's, or MISSING
    models: int
    licences: int  # distinct ones
    restricted: int  # of the models: whose makers exclude something beyond the licence


@dataclass(frozen=True, slots=True)
class PermissionClasses:
    """Commercial use over all models."""

    classes: tuple[PermissionClass, ...]  # every verdict and MISSING, also where it has no models
    licences: tuple[LicenceVerdict, ...]  # those of the most models first


def permission_classes(con: duckdb.DuckDBPyConnection) -> PermissionClasses:
    """The verdicts on ``chosen``, one for each distinct licence."""
    from ..licences.check import check

    found = con.execute(
        """SELECT licence, count(*) AS n, count(*) FILTER (len(restrictions) > 0) FROM chosen
           GROUP BY licence ORDER BY n DESC, licence"""
    ).fetchall()
    judged = {licence: check(None, licence, Relation.COMMERCIAL_USE) for licence, *_ in found if licence}
    names = {licence: str(each.verdict) for licence, each in judged.items()}
    classes = []
    for name in (*map(str, Verdict), MISSING):
        rows = [row for row in found if names.get(row[0], MISSING) == name]
        licences = 0 if name == MISSING else len(rows)
        classes.append(
            PermissionClass(name, sum(row[1] for row in rows), licences, sum(row[2] for row in rows))
        )
    return PermissionClasses(
        tuple(classes),
        tuple(
            LicenceVerdict(
                licence, each.verdict, n, next((r.text for r in each.reasons if r.effect == each.verdict), "")
            )
            for licence, n, _ in found
            if (each := judged.get(licence))
        ),
    )
