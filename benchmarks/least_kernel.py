"""The least that a call from Numba's cache can take: one kernel of one line, and nothing of ours."""

from __future__ import annotations

import numba


@numba.njit("int64(int64)", cache=True)  # type: ignore[untyped-decorator]
def same(x: int) -> int:
    """``x``."""
    return x
