from __future__ import annotations

import json

from fitment.registry.lineage.kinds import ALL
from fitment.registry.lineage.questions.standing import Standing
from fitment.registry.report.lineage.standings import standing_lines

ROWS = (Standing("a", 3, 1, ()), Standing("b", 0, 0, tuple("abcdefgh")))


def test_a_row_a_model() -> None:
    """Of a large cycle the first are named."""
    lines = "".join(standing_lines(ROWS, ALL, "table")).splitlines()
    assert lines[2].split() == ["a", "3", "1", "–"]
    assert lines[3].endswith("a, c, d, e, f and 2 more")
    told = json.loads("".join(standing_lines(ROWS, ALL, "json")))
    assert told["answers"][0] == {"model": "a", "depth": 3, "generation": 1, "cycle": []}
    assert "".join(standing_lines(ROWS, ALL, "csv")).splitlines()[2] == "b,0,0,a b c d e f g h"
