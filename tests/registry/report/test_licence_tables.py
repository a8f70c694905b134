from __future__ import annotations

from fitment.registry.licences.evaluation import Case, evaluate
from fitment.registry.licences.product import Part, product
from fitment.registry.licences.verdicts import Relation, Verdict
from fitment.registry.report.licence_tables import evaluation_text, product_text


def test_a_product() -> None:
    """Each part with its reason and section, pairs by number, needs once."""
    text = product_text(product((Part("a|b", "gemma"), Part("mit", "mit")), "MIT", Relation.FINETUNE_RELEASE))
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[0] == "finetune_release into MIT"
    assert "outbound 1 a|b (gemma) 2 mit" in lines
    assert "a|b (gemma) – compatible" in lines
    assert "mit incompatible –" in lines
    assert text.count("hand on a copy of the terms") == 1


def test_an_evaluation() -> None:
    """A class without cases has no recall, and hostile names are made inert."""
    case = Case(None, "\x1b[31m", Relation.SERVE_API, Verdict.COMPATIBLE, "", 7)
    text = evaluation_text(evaluate([case]))
    assert "0 of 1 right; incompatible or unknown answered compatible: 0" in text
    assert "line 7: serve_api of \\x1b[31m into -: expected compatible, answered unknown" in text
