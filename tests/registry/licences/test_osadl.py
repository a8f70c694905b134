from __future__ import annotations

import numpy as np
import pytest
from fitment.configs import path
from fitment.registry.licences.osadl import Says, matrix, says


@pytest.mark.parametrize(
    ("outbound", "inbound", "answer"),
    [
        ("GPL-3.0-only", "MIT", Says.YES),
        ("MIT", "GPL-3.0-only", Says.NO),
        ("AGPL-3.0-only", "GPL-3.0-only", Says.CHECK_DEPENDENCY),
        ("MIT", "MS-PL", Says.UNKNOWN),
        ("MIT", "MIT", Says.SAME),
        ("MIT", "llama2", None),
    ],
)
def test_an_entry(outbound: str, inbound: str, answer: Says | None) -> None:
    """The direction counts, and the answers that are neither yes nor no stay apart."""
    assert says(outbound, inbound) is answer


def test_the_table() -> None:
    """115 licences as bytes; same on the diagonal alone; the counts of the published file."""
    known = matrix()
    assert (known.table.shape, known.table.dtype) == ((115, 115), np.uint8)
    assert np.array_equal(known.table == Says.SAME, np.eye(115, dtype=bool))
    counts = [int((known.table == answer).sum()) for answer in (Says.YES, Says.NO, Says.UNKNOWN)]
    assert counts == [8613, 3419, 1018]


def test_many_look_ups_are_one_of_an_array() -> None:
    """A million pairs at once: rows and columns of the table, no rule is run."""
    known, rng = matrix(), np.random.default_rng(0)
    out, into = rng.integers(0, 115, (2, 1_000_000))
    assert int((known.table[out, into] == Says.NO).mean() * 100) == 25


def test_the_licence_of_the_data_ships_with_it() -> None:
    """CC-BY-4.0 asks for attribution."""
    assert path("licences/osadl/LICENSE").read_text(encoding="utf-8").startswith("Attribution 4.0")
