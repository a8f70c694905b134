"""Records of models for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from fitment.registry.catalogue.model_record import BaseModel, ModelRecord

WHOLE = ModelRecord(
    model_id="lab/net-7b",
    version="1.0",
    name="Net 7B",
    organisation="Lab",
    licence="Apache-2.0",
    restrictions=("no weapons",),
    claims=("commercial use",),
    parameters=7_000_000_000,
    size_bytes=14_000_000_000,
    architecture="Transformer",
    task="text-generation",
    tags=("chat", "general"),
    training_data=("the pile",),
    base_models=(BaseModel("lab/base-7b", "finetune"), BaseModel("lab/other", None)),
    released_on=date(2024, 2, 29),
    urls={"home": "https://lab.example/net", "paper": "https://lab.example/net.pdf"},
    metrics={"mmlu": 0.62, "arc": 0.5},
    downloads=1000,
    rating=4.5,
    measured_as=("net7b",),
    source="hub.json",
)


def small(model_id: str, **said: Any) -> ModelRecord:
    """A record of which little is said."""
    return ModelRecord(model_id=model_id, **said)
