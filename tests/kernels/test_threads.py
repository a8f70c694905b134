"""Chunks over threads: each is done once, in any number of threads, and what goes wrong is heard."""

from __future__ import annotations

import threading

import pytest
from fitment.kernels.threads import each_chunk


@pytest.mark.parametrize("threads", [1, 2, 4, 64])
@pytest.mark.parametrize("chunks", [0, 1, 2, 9])
def test_each_chunk_is_done_once(chunks: int, threads: int) -> None:
    """Every chunk is worked on exactly once, also with more threads than chunks."""
    done = [0] * chunks

    def work(chunk: int) -> None:
        done[chunk] += 1

    each_chunk(work, chunks, threads)
    assert done == [1] * chunks


def test_threads_work_side_by_side() -> None:
    """Two threads hold two chunks at once: each waits for the other."""
    both = threading.Barrier(2, timeout=300)
    each_chunk(lambda _: both.wait() and None, 2, 2)


def test_one_thread_starts_none() -> None:
    """A single thread is the caller's own, and goes through the chunks in order."""
    seen: list[tuple[int, int]] = []
    each_chunk(lambda chunk: seen.append((chunk, threading.get_ident())), 3, 1)
    assert seen == [(chunk, threading.get_ident()) for chunk in range(3)]


@pytest.mark.parametrize("threads", [1, 2])
def test_what_a_chunk_raises_is_raised(threads: int) -> None:
    """An error in a chunk reaches the caller."""

    def work(chunk: int) -> None:
        if chunk == 1:
            raise MemoryError

    with pytest.raises(MemoryError):
        each_chunk(work, 3, threads)


@pytest.mark.parametrize("threads", [0, -1])
def test_fewer_than_one_thread_is_refused(threads: int) -> None:
    """No threads at all can't be meant."""
    with pytest.raises(ValueError, match=f"threads must be at least 1, not {threads}"):
        each_chunk(print, 3, threads)


@pytest.mark.parametrize("threads", [1.5, "2", None])
def test_threads_are_whole(threads: object) -> None:
    """Half a thread and none at all are refused by name, however few chunks there are."""
    with pytest.raises(TypeError, match="threads must be a whole number"):
        each_chunk(print, 1, threads)
