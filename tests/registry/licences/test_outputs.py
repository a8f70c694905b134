from __future__ import annotations

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Context, Relation


@pytest.mark.parametrize(
    ("outbound", "inbound", "verdict"),
    [
        ("mit", "llama3", "incompatible"),
        ("mit", "llama3.3", "conditional"),
        ("mit", "gemma", "incompatible"),  # a distillate is a model derivative
        ("gemma", "gemma", "compatible"),
        ("mit", "deepseek", "incompatible"),
        ("mit", "bigcode-openrail-m", "incompatible"),
        ("mit", "stability-ai-community", "incompatible"),
        ("mit", "exaone", "incompatible"),
        ("exaone", "exaone", "conditional"),
        ("mit", "qwen", "conditional"),
        ("tongyi-qianwen", "tongyi-qianwen", "conditional"),
        ("mit", "nvidia-open-model", "compatible"),
        ("mit", "gpl-3.0", "compatible"),
        ("mit", "cc-by-nc-4.0", "unknown"),
        ("cc-by-nc-4.0", "cc-by-nc-4.0", "conditional"),  # whichever way it is read
        ("cc-by-nd-4.0", "cc-by-nd-4.0", "unknown"),
        ("mit", "cc-by-4.0", "conditional"),
        ("mit", "odbl", "unknown"),
    ],
)
def test_training_on_outputs(outbound: str, inbound: str, verdict: str) -> None:
    """What a licence says of its model's outputs; where it says nothing, nothing is known."""
    assert check(outbound, inbound, Relation.DISTILL_OUTPUT).verdict == verdict


@pytest.mark.parametrize(
    ("outbound", "inbound", "verdict"),
    [
        ("mit", "cdla-permissive-1.0", "compatible"),
        ("mit", "c-uda", "compatible"),
        ("mit", "odc-by", "conditional"),
        ("mit", "cc0-1.0", "compatible"),
        ("mit", "cc-by-4.0", "conditional"),
        ("mit", "cc-by-sa-4.0", "unknown"),
        ("mit", "odbl", "unknown"),
        ("odbl", "odbl", "conditional"),
        ("mit", "gpl-3.0", "unknown"),
        ("mit", "llama2", "incompatible"),  # a dataset under a model's licence is its outputs
        ("mit", "creativeml-openrail-m", "unknown"),  # which says that data isn't licensed by it
    ],
)
def test_training_on_a_dataset(outbound: str, inbound: str, verdict: str) -> None:
    """Data licences that name results free them; for content licences the question is open."""
    assert check(outbound, inbound, Relation.TRAIN_ON_DATASET).verdict == verdict


def test_the_name_of_a_student_model() -> None:
    """Llama's name is asked for models that were trained on its outputs too."""
    small = Context(monthly_active_users=1, model_name="Llama-student")
    assert check("mit", "llama3.1", Relation.DISTILL_OUTPUT, small).verdict == "compatible"
    other = Context(monthly_active_users=1, model_name="Student")
    assert check("mit", "llama3.1", Relation.DISTILL_OUTPUT, other).verdict == "incompatible"
