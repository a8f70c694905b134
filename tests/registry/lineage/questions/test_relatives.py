from __future__ import annotations

from datetime import datetime

import numpy as np
from fitment.registry.lineage.questions.follow import descendants
from fitment.registry.lineage.questions.relatives import Answer, Relative, relatives

from tests.registry.lineage.small import ecosystem


def test_who_is_reached_and_by_which_edge() -> None:
    """c is reached through b by an edge of two kinds; what nobody says is None."""
    made = ecosystem(
        "a>b b>c:quantized+finetune", {"c": {"likes": 2.0, "licences": ("mit",), "created": "2024-01-01"}}
    )
    found = descendants(made, "a")
    b, c = relatives(made, Answer(found.start, found.models, found.hops, found.edges))
    assert b == Relative("a", None, "b", 1, "untyped", (), "a", None, None, None, ())
    day = datetime(2024, 1, 1)
    assert c == Relative(
        "a", None, "c", 2, "quantized", ("finetune", "quantized"), "b", day, 2, None, ("mit",)
    )


def test_the_first_of_an_answer_without_hops() -> None:
    """It has neither hops nor a label; limited, it has as many as asked."""
    answer = Answer(0, np.array([1, 0], np.int32), root=1)
    (row,) = relatives(ecosystem("a>b"), answer.first(1))
    assert (row.root, row.model, row.hops, row.label, row.through) == ("b", "b", None, None, None)
    assert answer.first(1).root == 1
    assert len(answer.first(None).models) == 2
