"""Many names as two arrays, each way: the name of a number, and the number of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_BASIS, _PRIME, _WORD = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


def hash_of(name: bytes) -> int:
    """FNV-1a of 64 bits (Fowler, Noll, Vo): what ``hashes`` holds for this name."""
    found = _BASIS
    for byte in name:
        found = (found ^ byte) * _PRIME & _WORD
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """Names in UTF-8, one after the other; number i is ``text[starts[i]:starts[i + 1]]``.

    ``hashes`` are ascending, ``order`` says whose they are; without them nothing can be found by its name.
    """

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]  # int64[n + 1]
    hashes: NDArray[np.uint64] | None  # uint64[n]
    order: NDArray[np.int32] | None  # int32[n]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._raw(number).decode()

    def shown(self, number: int) -> str:
        """The name, where it is UTF-8; else with an escape for each byte that is not."""
        return self._raw(number).decode("utf-8", "backslashreplace")

    def of(self, numbers: Iterable[int]) -> list[str]:
        """The names of ``numbers``, in their order."""
        return [self[int(number)] for number in numbers]

    def all(self) -> Iterator[str]:
        """Every name, in order."""
        whole, starts = self.text.tobytes(), self.starts.tolist()
        return (whole[low:high].decode() for low, high in pairwise(starts))

    def find(self, name: str) -> int | None:
        """The number of ``name``; None where it is not there."""
        hashes, order = self.table
        raw = name.encode("utf-8", "surrogatepass")
        wanted = np.uint64(hash_of(raw))
        at = int(np.searchsorted(hashes, wanted))
        while at < len(self) and hashes[at] == wanted:
            if self._raw(int(order[at])) == raw:
                return int(order[at])
            at += 1
        return None

    def find_all(self, text: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.int32]:
        """The numbers of other names, in arrays as these, int32[k]; −1 for one that is not there."""
        from ...kernels.name_hashes import found_names  # compiled: one name is found without it

        return found_names(self.text, self.starts, *self.table, text, starts)

    @property
    def table(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """``hashes`` and ``order``. Raises LookupError where there are none."""
        if self.hashes is None or self.order is None:
            raise LookupError("these names are not sorted by hash")
        return self.hashes, self.order

    def _raw(self, number: int) -> bytes:
        return self.text[self.starts[number] : self.starts[number + 1]].tobytes()


def packed(names: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """``text`` and ``starts`` of names in their order."""
    listed = list(names)
    text = "".join(listed)
    raw = text.encode()
    sizes = map(len, listed) if text.isascii() else (len(name.encode()) for name in listed)
    starts = np.zeros(len(listed) + 1, np.int64)
    np.cumsum(np.fromiter(sizes, np.int64, len(listed)), out=starts[1:])
    return np.frombuffer(raw, np.uint8), starts


def by_hash(text: NDArray[np.uint8], starts: NDArray[np.int64]) -> Names:
    """Names of ``packed``, or of a file's column, that can be found."""
    from ...kernels.name_hashes import hash_order, name_hashes

    found = hash_order(name_hashes(text, starts))
    return Names(text, starts, found.hashes, found.order)
