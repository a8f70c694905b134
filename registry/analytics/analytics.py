"""All analyses of the recorded models, as one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .concentration import Concentration, concentration
from .declared_metrics import DeclaredMetrics, declared_metrics
from .distributions import COLUMNS, Distribution, distribution
from .permission_classes import PermissionClasses, permission_classes
from .popularity import Popular, popularity
from .releases import Releases, releases
from .selection import Selection, chosen
from .sizes import Sizes, sizes
from .totals import Totals, totals

if TYPE_CHECKING:
    import duckdb

ALL = Selection()


@dataclass(frozen=True, slots=True)
class Analytics:
    """What the newest releases of the chosen models are like, taken together."""

    selection: Selection
    totals: Totals
    distributions: tuple[Distribution, ...]
    metrics: DeclaredMetrics
    releases: Releases
    sizes: Sizes
    concentration: tuple[Concentration, ...]  # by models, by downloads
    permissions: PermissionClasses
    popularity: tuple[Popular, ...]


def analytics(con: duckdb.DuckDBPyConnection, selection: Selection = ALL) -> Analytics:
    """The analyses of the models that ``selection`` leaves. Raises NoResultsError where that is none."""
    with chosen(con, selection):
        return Analytics(
            selection=selection,
            totals=totals(con),
            distributions=tuple(distribution(con, column) for column in COLUMNS),
            metrics=declared_metrics(con),
            releases=releases(con),
            sizes=sizes(con),
            concentration=tuple(concentration(con, of_what) for of_what in ("models", "downloads")),
            permissions=permission_classes(con),
            popularity=popularity(con),
        )
