"""What OSADL's licence compatibility matrix says of code licences: a table of bytes, looked up.

Data: "OSADL Open Source License Checklists, compatibility matrix", Open Source Automation Development Lab
(OSADL) eG, CC-BY-4.0, https://www.osadl.org/Access-to-raw-data.oss-compliance-raw-data-access.0.html.
The four answers are kept apart: "Unknown" and "Check dependency" are neither yes nor no.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ...configs import path

SOURCE = "OSADL licence compatibility matrix (CC-BY-4.0), www.osadl.org"


class Says(IntEnum):
    """An entry of the matrix."""

    YES = 0
    CHECK_DEPENDENCY = 1
    UNKNOWN = 2
    NO = 3
    SAME = 4


LETTERS = {"Y": Says.YES, "D": Says.CHECK_DEPENDENCY, "U": Says.UNKNOWN, "N": Says.NO, "S": Says.SAME}


@dataclass(frozen=True, slots=True)
class Matrix:
    """``table``: uint8[n, n], row = outbound, column = inbound, of ``Says``."""

    timestamp: str
    index: Mapping[str, int]  # SPDX identifier -> row and column
    table: NDArray[np.uint8]


@functools.cache
def matrix() -> Matrix:
    """The shipped matrix."""
    told = json.loads(path("licences/osadl/matrix.json").read_text(encoding="utf-8"))
    rows = [[LETTERS[letter] for letter in letters] for _, letters in told["rows"]]
    index = {name: number for number, (name, _) in enumerate(told["rows"])}
    return Matrix(told["timestamp"], index, np.array(rows, dtype=np.uint8))


def says(outbound: str, inbound: str) -> Says | None:
    """The entry for two SPDX identifiers; None where one of them isn't in the matrix."""
    known = matrix()
    row, column = known.index.get(outbound), known.index.get(inbound)
    return None if row is None or column is None else Says(int(known.table[row, column]))
