"""The ``modelCard`` of a component: what the record, the checkpoint's files, the card and the results say."""

from __future__ import annotations

from collections.abc import Sequence

from ..cards.card import Card
from .known import Known
from .measured import CONFIDENCE_LEVEL, evidence, performance_metrics
from .texts import Json, properties, said, without_nothing

# Words for an architecture that name a family, not one architecture of it.
FAMILIES = frozenset(
    {"transformer", "transformers", "cnn", "rnn", "lstm", "gan", "diffusion", "mlp", "ssm", "mamba", "moe"}
)


def model_card(known: Known, dataset_refs: Sequence[str]) -> Json:
    """The card without what nobody said; ``dataset_refs``: the references of the data components."""
    card = known.card
    declared = [] if card is None else _scores(card)
    metrics = performance_metrics(known.record, known.estimates, declared)
    level = (
        [("confidence_level", CONFIDENCE_LEVEL)] if any("confidenceInterval" in m for m in metrics) else []
    )
    return without_nothing(
        {
            "modelParameters": _parameters(known, dataset_refs),
            "quantitativeAnalysis": without_nothing({"performanceMetrics": metrics}),
            "considerations": {} if card is None else _considerations(card),
            "properties": properties([*level, *evidence(known.estimates)]),
        }
    )


def _parameters(known: Known, dataset_refs: Sequence[str]) -> Json:
    record, card = known.record, known.card
    facts = None if known.checkpoint is None else known.checkpoint.facts
    declared = None if record is None else record.architecture
    is_family = declared is not None and declared.strip().lower() in FAMILIES
    family = (facts and facts.model_type) or (declared if is_family else None)
    architecture = (facts and facts.architecture) or (None if is_family else declared)
    task = (record and record.task) or (card and card.tasks and card.tasks[0].value)
    return without_nothing(
        {
            "task": said(task) if task else None,
            "architectureFamily": said(family) if family else None,
            "modelArchitecture": said(architecture) if architecture else None,
            "datasets": [{"ref": ref} for ref in dataset_refs],
            "inputs": [] if card is None else [{"format": said(each.value)} for each in card.input_format],
            "outputs": [] if card is None else [{"format": said(each.value)} for each in card.output_format],
        }
    )


def _scores(card: Card) -> list[tuple[str, str, str]]:
    """The card's declared results: metric, value and what they are of."""
    found = []
    for score in (each.value for each in card.evaluation):
        parts = {"dataset": score.dataset, "task": score.task, "of": score.subject}
        told = [f"{name}={said(value)}" for name, value in parts.items() if value is not None]
        where = "; ".join(["declared", *told, *(["verified"] if score.verified else [])])
        found.append((score.metric, score.text, where))
    return found


def _considerations(card: Card) -> Json:
    carbon = [(f"carbon:{each.value.name}", each.value.text) for each in card.carbon]
    hardware = [("trained_on", each.value) for each in card.hardware]
    return without_nothing(
        {
            "technicalLimitations": [said(each.value) for each in card.limitation_and_bias],
            "environmentalConsiderations": without_nothing({"properties": properties([*carbon, *hardware])}),
        }
    )
