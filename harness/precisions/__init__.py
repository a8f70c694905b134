"""Number formats: each file here is one, except the helpers."""

from __future__ import annotations

HELPERS = frozenset(
    {"autocast", "casting", "float32_products", "gpu_generation", "linear_layers", "prepared"}
)
