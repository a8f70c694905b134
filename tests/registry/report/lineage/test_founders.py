from __future__ import annotations

import json
from datetime import datetime

from fitment.registry.lineage.kinds import ALL, VIEWS
from fitment.registry.lineage.questions.founders import Founder, Founders
from fitment.registry.report.lineage.founders import founder_lines

FIRST = Founder("org/a", 1234, datetime(2024, 1, 2), 3, 5, ("mit", "x"))
FOUND = Founders((FIRST, Founder("org/b", None, None, None, None, ())), 3, 7000)


def test_a_row_a_root() -> None:
    """What could not be counted is no 0; how many more there are, and how many lead nowhere, is said."""
    lines = "".join(founder_lines(FOUND, VIEWS["merge"], "table")).splitlines()
    assert lines[0] == "3 roots that models were made from along merge edges; 7,000 models stand alone"
    assert lines[4].split() == ["org/a", "1,234", "2024-01-02", "5", "mit,", "x"]
    assert lines[5].split() == ["org/b", "–", "–", "–", "–"]
    assert lines[-1].startswith("1 more")
    told = json.loads("".join(founder_lines(FOUND, ALL, "json")))
    assert (told["roots"], told["alone"], told["answers"][1]["descendants"]) == (3, 7000, None)
    assert (
        "".join(founder_lines(FOUND, ALL, "csv"))
        .splitlines()[1]
        .startswith("org/a,1234,2024-01-02T00:00:00Z")
    )


def test_no_roots() -> None:
    """Is one line."""
    assert "".join(founder_lines(Founders((), 0, 0), ALL, "table")).count("\n") == 1
