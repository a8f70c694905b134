"""Memory that calls use one after another, where each would ask the system for fresh pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


class Workspace:
    """Room for what a call needs until it ends, kept for the next one; it grows to the largest.

    The system hands out a fresh page by a fault, and faults wait while another library in the process gives
    its own memory back.
    """

    def __init__(self) -> None:
        self._space: Bytes = np.empty(0, np.uint8)
        self._in_use = threading.Lock()

    @contextmanager
    def room(self, size: int) -> Iterator[Bytes]:
        """uint8[size], not filled, for the body alone.

        Raises ValueError while another call uses it.
        """
        if not self._in_use.acquire(blocking=False):
            raise ValueError("the workspace is in use by another call: give each thread its own")
        try:
            if self._space.size < size:
                self._space = np.empty(0, np.uint8)  # first give back what is too small
                self._space = np.empty(size, np.uint8)
            yield self._space[:size]
        finally:
            self._in_use.release()
