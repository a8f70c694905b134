"""Input shapes as users write them, per sample: ``3x224x224``, ``128``."""

from __future__ import annotations

import re

from ..errors import ModelError

EXAMPLE = "example"  # the shape of whatever a module's factory returns


def parse_shape(text: str) -> tuple[int, ...]:
    """The dimensions of ``"3x224x224"``, each at least 1. Raises ModelError for anything else."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}(x[1-9][0-9]{0,8})*", text):
        raise ModelError(f'input shape "{text}" is not one: write sizes joined by x, as in 3x224x224 or 128')
    return tuple(int(size) for size in text.split("x"))
