"""Number formats: each file here is one, except the helpers."""

from __future__ import annotations

HELPERS = frozenset({"casting", "prepared"})
