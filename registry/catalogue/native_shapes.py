"""The input shape that a model was made for, where that is known.

``configs/models/native_shapes.csv`` holds timm's default configurations (``input_size``) and those of the
built-in models. Results don't state it: a published file lists every size alike.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Collection

from ...configs import path

OWN = "example"  # what a factory of one's own returns


def is_native(called: Collection[str], input_shape: str) -> bool:
    """Whether a model of those names was made for that shape; False too where nobody knows."""
    shapes = _shapes()
    return input_shape == OWN or any(shapes.get(name) == input_shape for name in called)


@functools.cache
def _shapes() -> dict[str, str]:
    with path("models/native_shapes.csv").open(encoding="utf-8", newline="") as file:
        return {row["model"]: row["input_shape"] for row in csv.DictReader(file)}
