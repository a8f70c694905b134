"""A store in which the five models of the registry notebook are recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store

FIVE = (
    ModelRecord(
        model_id="llama-2-7b", version="1.0", name="Llama 2 7B", organisation="Meta", licence="llama2",
        parameters=7_000_000_000, size_bytes=13_500_000_000, architecture="Transformer",
        tags=("chat", "instruct", "general"), released_on=date(2023, 7, 18), downloads=150_000, rating=4.2,
        metrics={"hellaswag": 0.776, "mmlu": 0.459, "truthfulqa": 0.389},
    ),
    ModelRecord(
        model_id="mistral-7b", version="0.1", name="Mistral 7B", organisation="Mistral AI",
        licence="Apache-2.0", parameters=7_300_000_000, size_bytes=14_200_000_000,
        architecture="Transformer", tags=("general", "efficient", "open"), released_on=date(2023, 9, 27),
        downloads=89_000, rating=4.5, metrics={"hellaswag": 0.813, "mmlu": 0.624, "truthfulqa": 0.425},
    ),
    ModelRecord(
        model_id="falcon-7b", version="1.0", name="Falcon 7B", organisation="TII", licence="Apache-2.0",
        parameters=7_000_000_000, size_bytes=14_000_000_000, architecture="Transformer",
        tags=("general", "multilingual"), released_on=date(2023, 6, 5), downloads=67_000, rating=3.9,
        metrics={"hellaswag": 0.743, "mmlu": 0.353, "truthfulqa": 0.344},
    ),
    ModelRecord(
        model_id="vicuna-7b", version="1.5", name="Vicuna 7B", organisation="LMSYS", licence="llama2",
        restrictions=("non-commercial",), parameters=7_000_000_000, size_bytes=13_500_000_000,
        architecture="Transformer", tags=("chat", "conversation", "fine-tuned"),
        released_on=date(2023, 7, 20), downloads=45_000, rating=4.1,
        metrics={"hellaswag": 0.766, "mmlu": 0.471, "truthfulqa": 0.392},
    ),
    ModelRecord(
        model_id="code-llama-7b", version="1.0", name="Code Llama 7B", organisation="Meta",
        licence="llama2", parameters=7_000_000_000, size_bytes=13_500_000_000, architecture="Transformer",
        tags=("code", "programming", "specialized"), released_on=date(2023, 8, 24), downloads=78_000,
        rating=4.3, metrics={"humaneval": 0.299, "mbpp": 0.374},
    ),
)  # fmt: skip


def five_recorded(folder: Path) -> Path:
    """The database of a new store with the five."""
    path = folder / "models.duckdb"
    record_models(Store.open(path, create=True), FIVE, "seed_models.json")
    return path
