"""Facts of the small JSON files that lie beside a card: config.json, adapter_config.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..catalogue.model_record import BaseModel
from .card import Source
from .collected import Collected

MOST_BYTES = 4 << 20
SURE = 0.9
TEXT_TASKS = {
    "ForSequenceClassification": "text-classification",
    "ForTokenClassification": "token-classification",
    "ForQuestionAnswering": "question-answering",
    "ForMaskedLM": "fill-mask",
    "ForCausalLM": "text-generation",
    "ForImageClassification": "image-classification",
    "ForObjectDetection": "object-detection",
    "ForSemanticSegmentation": "image-segmentation",
    "ForCTC": "automatic-speech-recognition",
    "ForAudioClassification": "audio-classification",
}


# the bytes of a file beside the card, None where there is none; raises OSError
Opener = Callable[[str], bytes | None]


def in_folder(folder: Path) -> Opener:
    """The files of a folder; of those that are too large for a configuration, one byte too many."""

    def opened(name: str) -> bytes | None:
        path = folder / name
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)

    return opened


def read_beside(opened: Opener, into: Collected) -> None:
    """Adds what the files say; one that can't be read is named in the notes."""
    config = _json("config.json", opened, into)
    architectures = config.get("architectures")
    for name in architectures if isinstance(architectures, list) else []:
        if isinstance(name, str):
            quote = f"config.json: architectures: {name}"
            into.add("architecture", name, Source.CONFIG, quote, 0, SURE)
            task = next((task for end, task in TEXT_TASKS.items() if name.endswith(end)), None)
            if task is not None:
                into.add("tasks", task, Source.CONFIG, quote, 0, 0.7)
    if "transformers_version" in config:
        into.add("libraries", "transformers", Source.CONFIG, "config.json: transformers_version", 0, SURE)
    adapter = _json("adapter_config.json", opened, into)
    base = adapter.get("base_model_name_or_path")
    if isinstance(base, str) and base.strip() and not base.startswith(("/", ".")):
        quote = f"adapter_config.json: base_model_name_or_path: {base}"
        into.add("base_models", BaseModel(base.strip(), "adapter"), Source.CONFIG, quote, 0, SURE)
    if "peft_type" in adapter:
        into.add("libraries", "peft", Source.CONFIG, "adapter_config.json: peft_type", 0, SURE)


def _json(name: str, opened: Opener, into: Collected) -> dict[str, Any]:
    """The file's object; empty where there is no file, or none that can be read."""
    try:
        content = opened(name)
        if content is None:
            return {}
        if len(content) > MOST_BYTES:
            into.notes.append(f"{name} was not read: too large to be a configuration")
            return {}
        found = json.loads(content, object_pairs_hook=_once, parse_constant=_no_number)
    except OSError as error:
        into.notes.append(f"{name} was not read: {error.strerror}")
        return {}
    except (ValueError, RecursionError) as error:
        into.notes.append(f"{name} was not read: not JSON: {str(error)[:80]}")
        return {}
    if isinstance(found, dict):
        return found
    into.notes.append(f"{name} was not read: it is no object")
    return {}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no JSON")
