"""Which columns of a file say what, and the rows of a file as columns in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ...errors import ImportFileError
from ..kinds import KINDS
from .literals import MOST_CHARACTERS

# Our name of each column -> those that files give it. Parents are by what they say of the edge.
PARENTS: Mapping[str, str] = MappingProxyType(
    {"": "parent_model"} | {kind: f"{kind}_parent" for kind in KINDS}
)
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "model_id": ("model_id",),
        "likes": ("likes",),
        "downloads": ("downloads",),
        "created": ("createdAt", "created_at"),
        "task": ("pipeline_tag",),
        "library": ("library_name",),
        "licences": ("licenses", "license", "licences", "licence"),
        "languages": ("languages", "language"),
        **{column: (column,) for column in PARENTS.values()},
        "card": ("card",),
        "card_characters": ("card_characters",),
        "card_generated": ("card_generated",),
    }
)
MOST_TEXT = 4 * MOST_CHARACTERS + 1  # bytes of a field that are looked at: more can't be sound
WORDS = ("task", "library")  # one word each
LISTS = ("licences", "languages", *PARENTS.values())
WHOLES = ("likes", "downloads", "card_characters", "card_generated")


@dataclass(frozen=True, slots=True)
class Coded:
    """A text for each row, as the file has it: number c is ``text[starts[c]:starts[c + 1]]``."""

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    codes: NDArray[np.int32]  # int32[n]: the number of each row's

    def __getitem__(self, code: int) -> bytes:
        return self.text[self.starts[code] : self.starts[code + 1]].tobytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of a file, a column each; NaN, NaT and an empty text where nothing is said."""

    lines: NDArray[np.int64]  # of a Parquet file the row, from 1
    name_bytes: NDArray[np.uint8]
    name_starts: NDArray[np.int64]  # int64[n + 1]
    wholes: Mapping[str, NDArray[np.float64]]  # by WHOLES
    created: NDArray[np.datetime64]  # datetime64[us], UTC
    texts: Mapping[str, Coded]  # by WORDS and LISTS
    problems: Mapping[int, str]  # why a row can't be taken, by its place

    def __len__(self) -> int:
        return len(self.lines)


def chosen(path: Path, header: Sequence[str]) -> dict[str, int]:
    """Which column of the file holds each of NAMES that it has.

    Raises ImportFileError where the id or all parents are missing, or one is there twice.
    """
    found: dict[str, int] = {}
    for ours, theirs in NAMES.items():
        places = [at for at, name in enumerate(header) if name in theirs]
        if len(places) > 1:
            named = ", ".join(header[at] for at in places)
            raise ImportFileError(f"{path}: {named} say the same; leave one column out")
        if places:
            found[ours] = places[0]
    if "model_id" not in found:
        raise ImportFileError(f"{path}: the column model_id is missing; that is what a model is known by")
    if not found.keys() & set(PARENTS.values()):
        raise ImportFileError(
            f"{path}: the columns of parents are missing; one of {', '.join(PARENTS.values())}"
        )
    if "card" in found and found.keys() & {"card_characters", "card_generated"}:
        raise ImportFileError(f"{path}: card says what card_characters and card_generated do; leave one out")
    return found
