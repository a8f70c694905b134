"""The arrays of a stored ecosystem: mapped from their folder, or made again where that is damaged or gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from . import array_folder
from .array_folder import Array, ArraysDamagedError


class KeptArrays(Mapping[str, Array]):
    """Arrays by name. ``make`` makes all of them, always the same, when the folder can't give them."""

    def __init__(self, folder: Path, key: str, make: Callable[[], Mapping[str, Array]]) -> None:
        self.notices: list[str] = []
        self.made = False  # whether they had to be made
        self._folder, self._key, self._make = folder, key, make
        self._arrays: Mapping[str, Array] = {}
        try:
            self._arrays = array_folder.read(folder, key)
        except ArraysDamagedError:
            self._make_again()

    def __getitem__(self, name: str) -> Array:
        try:
            return self._arrays[name]
        except (ArraysDamagedError, KeyError):
            if self.made and name not in self._arrays:
                raise
        self._make_again()
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def _make_again(self) -> None:
        self.made = True
        self._arrays, notice = kept(self._folder, self._key, self._make())
        self.notices += [notice] if notice else []


def kept(folder: Path, key: str, arrays: Mapping[str, Array]) -> tuple[Mapping[str, Array], str | None]:
    """The arrays as they lie in their folder now, or as they are, and why, where it can't be written."""
    try:
        array_folder.write(folder, key, arrays)
        return array_folder.read(folder, key), None
    except (OSError, ArraysDamagedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        for array in arrays.values():
            array.flags.writeable = False
        return arrays, f"{folder} can't be written ({reason}): what it would hold is made anew each time"
