"""A model's record from its card: what the card is sure enough of, under what is said by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from ..catalogue.model_record import ModelRecord
from .card import Card, Found, Source
from .vocabulary import TASKS

SURE = 0.5
TRAINED_ON = 0.7  # a dataset of the model-index is one that it was tested on
DECLARED = 0.7  # a score of the card's own model
MOST_METRICS = 200
PAPERS = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
}


def record_of(card: Card, model_id: str) -> ModelRecord:
    """What the card says, as a record of the model; None and empty where it doesn't say.

    ``training_data`` holds only what is declared as such, ``metrics`` the first of each name, in the card's
    own scale: "accuracy on glue" where the card names a dataset.
    """
    name = card.name if card.name is None or len(card.name) <= 200 else None
    return ModelRecord(
        model_id=model_id,
        name=name,
        organisation=_first(card.developers),
        licence=_licence(card),
        parameters=_first(card.parameter_count),
        architecture=_first(card.architecture),
        task=_task(card),
        tags=tuple(each.value for each in card.tags),
        training_data=tuple(each.value for each in card.datasets if each.confidence >= TRAINED_ON),
        base_models=tuple(each.value for each in card.base_models if each.confidence >= SURE),
        urls=dict(_urls(card)),
        metrics=_metrics(card),
        source=card.file,
    )


def with_card(said: ModelRecord, card: Card) -> ModelRecord:
    """What is said by hand, and what the card says of the rest."""
    read = record_of(card, said.model_id)
    changes = {
        field.name: getattr(read, field.name)
        for field in fields(ModelRecord)
        if field.name != "version" and getattr(said, field.name) in (None, "", ())
    }
    urls, metrics = {**read.urls, **said.urls}, {**read.metrics, **said.metrics}
    return replace(said, **{**changes, "urls": urls, "metrics": metrics})


def _first(found: tuple[Found[Any], ...]) -> Any:
    return found[0].value if found and found[0].confidence >= SURE else None


def _licence(card: Card) -> str | None:
    """The licence; the name that the card gives to one that the hub calls "other"."""
    licence: str | None = _first(card.licence)
    if licence is not None and licence.lower() == "other" and card.licence_name:
        return card.licence_name[0].value
    return licence


def _task(card: Card) -> str | None:
    """The hub's own task before one that a text names."""
    sure = [each for each in card.tasks if each.confidence >= SURE]
    declared = [each for each in sure if each.source is Source.FRONT_MATTER and each.value in TASKS]
    return next((each.value for each in (*declared, *sure)), None)


def _urls(card: Card) -> Iterator[tuple[str, str]]:
    for kind, found in (
        ("repository", card.github_repo),
        ("demo", card.demo),
        ("licence", card.licence_link),
    ):
        address = _first(found)
        if address is not None and address.startswith(("http://", "https://")):
            yield kind, address
    for paper in card.papers[:1]:
        kind, _, rest = paper.value.partition(":")
        if paper.confidence >= SURE and kind in PAPERS:
            yield "paper", PAPERS[kind] + rest


def _metrics(card: Card) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in card.evaluation:
        score = each.value
        if score.value is None or score.subject is not None or each.confidence < DECLARED:
            continue
        name = score.metric if score.dataset is None else f"{score.metric} on {score.dataset}"
        found.setdefault(name.lower(), score.value)
        if len(found) == MOST_METRICS:
            break
    return found
