"""Kinds of device: each file here is one, except the helpers."""

from __future__ import annotations

HELPERS = frozenset({"found"})
