from __future__ import annotations

from fitment.registry.licences.check import check
from fitment.registry.licences.explanation import explain
from fitment.registry.licences.verdicts import Relation
from fitment.registry.report.licence_text import explained, judged


def test_a_verdict() -> None:
    """Verdict, question, branch, clauses, needs, sources, rule and data, disclaimer."""
    text = judged(check("MIT", "GPL-3.0-only OR Apache-2.0", Relation.RELABEL_WEIGHTS))
    lines = text.splitlines()
    assert lines[:2] == [
        "conditional (relabel_weights: GPL-3.0-only OR Apache-2.0 into MIT)",
        "as Apache-2.0",
    ]
    assert lines[lines.index("needs:") + 1].startswith("  - hand on the text and notices of Apache-2.0")
    assert lines[-3].startswith("read from: https://spdx.org/licenses/Apache-2.0.html")
    assert lines[-2].startswith("rule relabel_weights; clauses ")


def test_sides_that_are_none() -> None:
    """No outbound licence isn't an empty one."""
    assert judged(check(None, "", Relation.SERVE_API)).startswith(
        "unknown (serve_api: (none) into no licence named)"
    )


def test_a_misspelt_name() -> None:
    """What it resembles is asked, and the verdict stays unknown."""
    text = judged(check("MTI", "lama2", Relation.CODE_INTO))
    assert text.startswith("unknown (")
    assert "lama2: did you mean llama2" in text


def test_values_of_clauses() -> None:
    """Numbers with separators, lists, yes and no."""
    text = explained(explain("tencent-hunyuan-3d-2.0"))
    for value in ("1,000,000", "EU, GB, KR", " no ", " yes "):
        assert value in text
