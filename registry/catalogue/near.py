"""Which names may be meant by one that is not there, and which there are, in words for one line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SHOWN = 20  # names at most
_NEAREST = 3
_LONGEST = 200  # characters of a name that are looked at


def hint(asked: str, names: Iterable[str]) -> str:
    """``did you mean v1 or v1.1? ``, the nearest first, whatever their case; empty where none is."""
    by_lower: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_lower.setdefault(name.lower(), []).append(name)
    nearest = difflib.get_close_matches(asked[:_LONGEST].lower(), by_lower, n=_NEAREST)
    found = [name for lower in nearest for name in by_lower[lower]][:_NEAREST]
    return f"did you mean {' or '.join(found)}? " if found else ""


def listed(names: Iterable[str]) -> str:
    """``v1, v2``; of many the last, and how many more: ``7 others, v8, v9``."""
    known = list(names)
    left = len(known) - SHOWN
    return ", ".join(known) if left <= 0 else ", ".join([f"{left:,} others", *known[left:]])
