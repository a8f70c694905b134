"""Texts brought together, and each distinct one numbered."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.kernels.field_texts import gathered_texts, text_codes

TEXT = np.frombuffer(b"abcab", np.uint8)


def test_by_hand() -> None:
    """ab, c, nothing, ab again and b: four distinct ones."""
    starts, ends = [0, 2, 1, 3, 1], [2, 3, 1, 5, 2]
    gathered = gathered_texts(TEXT, starts, ends)
    assert gathered.text.tobytes() == b"abcabb"
    assert gathered.starts.tolist() == [0, 2, 3, 3, 5, 6]
    coded = text_codes(TEXT, starts, ends)
    assert coded.codes.tolist() == [0, 1, 2, 0, 3]
    assert coded.firsts.tolist() == [0, 1, 2, 4]


def test_places_outside_the_text() -> None:
    """Are refused, and so is an end before its start."""
    for starts, ends in (([0], [6]), ([2], [1])):
        for function in (gathered_texts, text_codes):
            with pytest.raises(ValueError, match="starts and ends must lie in text"):
                function(TEXT, starts, ends)
