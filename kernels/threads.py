"""Chunks of work over threads: compiled kernels let go of Python's lock, so plain threads are enough.

What a chunk is follows from the data, never from the number of threads, and chunks are added up in their
order: the bits are the same for any number of threads. No threading layer of Numba's is involved, which
would not survive a fork, and no parallel compilation, which takes seconds a kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from .columns import whole_number


def each_chunk(work: Callable[[int], None], chunks: int, threads: int) -> None:
    """Calls ``work`` with 0 … chunks − 1, on up to ``threads`` threads; raises what ``work`` raises.

    Raises ValueError for fewer than one thread, TypeError for what is no number of them.
    """
    threads = whole_number("threads", threads, least=1)
    if threads == 1 or chunks < 2:
        for chunk in range(chunks):
            work(chunk)
        return
    with ThreadPoolExecutor(min(threads, chunks)) as pool:
        for _ in pool.map(work, range(chunks)):
            pass
