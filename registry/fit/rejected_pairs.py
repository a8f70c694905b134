"""The pairs without a score, each with the reason in words: their groups are gone through one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import astuple
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..answers import Profile, Question
from ..results.estimates import GROUP as GROUP
from ..results.estimates import group_estimates
from .comparison import compare, criteria_of, hold
from .groups import by_group, name
from .rejections import rejections
from .scored import weights_used

WEIGHTS = ("weight_throughput", "weight_latency", "weight_memory")


def rejected_pairs(
    connection: duckdb.DuckDBPyConnection,
    candidates: NDArray[np.int32],
    scored: Set[tuple[tuple[str, ...], str]],
    profile: Profile,
) -> Iterator[dict[str, Any]]:
    """A row for each hardware of those candidates' groups that is not ``scored``, by group and hardware.

    ``candidates`` are all of some groups.
    """
    held = by_group(group_estimates(connection, among=candidates)) if candidates.size else {}
    for group, estimates in held.items():
        question = Question(group.model)
        comparison = compare(question, hold(group, estimates))
        used = profile.weights
        if comparison.running:
            used = weights_used(used, criteria_of(comparison))
        answered = [h for h in comparison.held.estimates if (name(group), h) in scored]
        for rejected in rejections(question, comparison, answered, {}):
            of_hardware = comparison.held.estimates[rejected.hardware]
            ids = sorted({i for e in of_hardware for i in e.evidence.result_ids})
            said = {"hardware": rejected.hardware, "notes": rejected.reason, "result_ids": ids}
            yield _named(GROUP, name(group)) | _named(WEIGHTS, astuple(used)[:3]) | said


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))
