"""Sources of models: each name here is a file or package with ``load``, except the helpers."""

from __future__ import annotations

HELPERS = frozenset({"flops", "loaded", "outputs", "returned", "shapes", "sources", "user_code", "weights"})
