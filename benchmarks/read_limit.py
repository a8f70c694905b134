"""The read limit of one core: how fast it sums bytes that lie in memory, which nothing that reads them beats
by much.

The bytes are taken as whole words of 64 bits, whose sum by SIMD costs next to nothing; timed in the same run
as what is held against it, since neighbours share the memory.

    python benchmarks/read_limit.py
"""

from __future__ import annotations

import time
from typing import Any

import numba
import numpy as np


@numba.njit(nogil=True, error_model="numpy", cache=True)
def word_sum(words: Any) -> Any:
    """The sum of all words, modulo 2**64."""
    total = np.uint64(0)
    for word in words:
        total += word
    return total


def words(*columns: np.ndarray) -> list[np.ndarray]:
    """The same memory as whole words; up to 7 bytes at the end of a column are left out."""
    as_bytes = [np.ascontiguousarray(column).view(np.uint8).reshape(-1) for column in columns]
    return [column[: column.size // 8 * 8].view(np.uint64) for column in as_bytes]


def read(columns: list[np.ndarray]) -> int:
    """Reads every word of the columns, one column after the other."""
    return sum(int(word_sum(column)) for column in columns)


def bytes_per_second(columns: list[np.ndarray], rounds: int = 7) -> float:
    """The median over ``rounds``."""
    read(columns)
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        read(columns)
        seconds.append(time.perf_counter() - start)
    return sum(column.nbytes for column in columns) / float(np.median(seconds))


if __name__ == "__main__":
    print(f"{bytes_per_second(words(np.random.default_rng(0).random(40_000_000))) / 1e9:.1f} GB/s")
