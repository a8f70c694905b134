"""How sure each stored rank is: P(best) of the pairs in ``hardware_model_compatibility``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from ..answers import Estimate, Group, Noises, Question
from ..results.estimates import group_estimates
from ..results.noise import current_noise
from . import profiles
from .certainty import Basis, certainty
from .comparison import compare, criteria_of, hold
from .groups import by_group
from .ranking import ranking
from .scored import scored, weights_used

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("model", "model_version", "scenario", "input_shape")),
        *((name, pa.string()) for name in ("throughput_unit", "hardware")),
        ("p_best", pa.float64()),
    ]
)
_UPDATE = """
UPDATE hardware_model_compatibility SET p_best = found.p_best
FROM (SELECT d.*, m.id AS model_id, h.id AS hardware_id FROM drawn d
    JOIN models m ON m.name = d.model JOIN hardware_platforms h ON h.name = d.hardware) found
WHERE hardware_model_compatibility.model_id = found.model_id
    AND hardware_model_compatibility.hardware_id = found.hardware_id
    AND hardware_model_compatibility.model_version = found.model_version
    AND hardware_model_compatibility.scenario = found.scenario
    AND hardware_model_compatibility.input_shape = found.input_shape
    AND hardware_model_compatibility.throughput_unit = found.throughput_unit
"""


def store_certainty(connection: duckdb.DuckDBPyConnection, model: str | None) -> None:
    """Fills P(best) of the model's pairs, or of all, as ``recommend`` prints it; NULL without a rival."""
    noise = current_noise(connection)
    held = by_group(group_estimates(connection, model, runs=False))
    rows = [row for group, estimates in held.items() for row in _drawn(group, estimates, noise)]
    connection.register("drawn", pa.Table.from_pylist(rows, schema=_SCHEMA))
    connection.execute(_UPDATE)
    connection.unregister("drawn")


def _drawn(group: Group, estimates: Sequence[Estimate], noise: Noises) -> Iterator[dict[str, str | float]]:
    """A row for each hardware of a group that has a rival."""
    comparison = compare(Question(group.model), hold(group, estimates))
    if len(comparison.running) < 2:
        return
    values = criteria_of(comparison)
    weights = weights_used(profiles.shipped()[profiles.DEFAULT].weights, values)
    candidates = scored(comparison.compared, values, weights)
    ranked = ranking(candidates, "compatibility")
    found = certainty(Basis(candidates, ranked, values, weights, "compatibility", noise))
    if found.word is None:
        return
    for hardware, p_best in zip(found.hardware, found.standing.best.tolist(), strict=True):
        yield {
            "model": group.model,
            "model_version": group.model_version,
            "scenario": group.scenario,
            "input_shape": group.input_shape,
            "throughput_unit": group.throughput_unit,
            "hardware": hardware,
            "p_best": p_best,
        }
