"""The front matter's fields, as the hub defines them."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalogue.model_record import BaseModel
from .card import Fact, Source
from .collected import GRAMS, Collected
from .markdown_tables import number
from .missing import is_missing
from .strict_yaml import Mapping, Node, Scalar
from .vocabulary import FRAMEWORKS, LIBRARIES, SUBJECTS, TASKS

RELATIONS = ("finetune", "quantized", "adapter", "merge")
SURE = 1.0
FROM_TASK = 0.9  # what follows from the task
FROM_TAG = 0.8
CARBON_PARTS = {
    "geographical_location": "compute region",
    "hardware_used": "hardware",
    "training_type": "training type",
    "source": "emissions source",
}
TEXTS = {
    "license": "licence",
    "license_name": "licence_name",
    "license_link": "licence_link",
    "language": "language",
    "datasets": "datasets",
    "metrics": "metrics",
    "tags": "tags",
    "pipeline_tag": "tasks",
}


def read_declared(keys: Mapping, into: Collected) -> None:
    """Adds what the front matter declares, its model-index left out."""
    for key, field in TEXTS.items():
        node = keys.items.get(key)
        if node is None:
            continue
        for text in texts(node):
            into.add(field, text.text, Source.FRONT_MATTER, f"{key}: {text.text}", text.line, SURE)
        _note_others(key, node, into)
    if "base_model" in keys.items:
        _note_others("base_model", keys.items["base_model"], into)
    _base_models(keys, into)
    _from_tasks(keys, into)
    _from_tags(keys, into)
    if "co2_eq_emissions" in keys.items:
        _carbon(keys.items["co2_eq_emissions"], into)
    for key, field in (("inference", "inference"), ("widget", "widget")):
        if key in keys.items:
            _widget(key, field, keys.items[key], into)


def texts(node: Node) -> Iterator[Scalar]:
    """The texts of a scalar or of a list, in which others are stepped over."""
    if isinstance(node, Scalar):
        yield node
    elif not isinstance(node, Mapping):
        for item in node.items:
            if isinstance(item, Scalar):
                yield item


def _note_others(key: str, node: Node, into: Collected) -> None:
    """Says where something else than a text was stepped over."""
    for item in [node] if isinstance(node, Scalar | Mapping) else node.items:
        if not isinstance(item, Scalar):
            into.notes.append(f"line {item.line}: {key} holds what is no text, which is not read")


def _base_models(keys: Mapping, into: Collected) -> None:
    said = keys.items.get("base_model_relation")
    relation = said.text.strip().lower() if isinstance(said, Scalar) else None
    tags = {text.text for text in texts(keys.items["tags"])} if "tags" in keys.items else set()
    library = keys.items.get("library_name")
    if relation not in RELATIONS:
        relation = _implied(tags, library.text if isinstance(library, Scalar) else "")
    for base in texts(keys.items["base_model"]) if "base_model" in keys.items else ():
        if not is_missing(base.text):
            model = BaseModel(base.text.strip(), relation)
            into.add("base_models", model, Source.FRONT_MATTER, f"base_model: {base.text}", base.line, SURE)


def _implied(tags: set[str], library: str) -> str | None:
    """The relation that tags and library leave no doubt about."""
    if "merge" in tags or "mergekit" in tags:
        return "merge"
    if library == "peft" or tags & {"lora", "adapter"}:
        return "adapter"
    if tags & {"gguf", "gptq", "awq", "exl2"}:
        return "quantized"
    return "finetune" if "generated_from_trainer" in tags else None


def _from_tasks(keys: Mapping, into: Collected) -> None:
    node = keys.items.get("pipeline_tag")
    for text in texts(node) if node is not None else ():
        imply(text.text, Source.FRONT_MATTER, f"pipeline_tag: {text.text}", text.line, FROM_TASK, into)


def imply(task: str, source: Source, quote: str, line: int, confidence: float, into: Collected) -> None:
    """Adds what follows from a task: domain, what goes in, what comes out."""
    if task in TASKS:
        for field, value in zip(("domain", "input_format", "output_format"), TASKS[task], strict=True):
            into.add(field, value, source, quote, line, confidence)


def _from_tags(keys: Mapping, into: Collected) -> None:
    tagged = [(text, f"tags: {text.text}", FROM_TAG) for text in texts(keys.items.get("tags", NOTHING))]
    library = keys.items.get("library_name")
    if isinstance(library, Scalar):
        tagged.insert(0, (library, f"library_name: {library.text}", SURE))
    for text, quote, sure in tagged:
        tag = text.text.lower()
        if tag in FRAMEWORKS:
            into.add("frameworks", FRAMEWORKS[tag], Source.FRONT_MATTER, quote, text.line, sure)
        if tag in LIBRARIES or sure == SURE:
            into.add("libraries", LIBRARIES.get(tag, text.text), Source.FRONT_MATTER, quote, text.line, sure)
        elif tag in TASKS:
            into.add("tasks", tag, Source.FRONT_MATTER, quote, text.line, sure)
            imply(tag, Source.FRONT_MATTER, quote, text.line, FROM_TAG - 0.1, into)
        elif tag in SUBJECTS:
            into.add("domain", tag, Source.FRONT_MATTER, quote, text.line, sure)
        elif tag.startswith(("dataset:", "arxiv:", "doi:")):
            _prefixed(text, into)


def _prefixed(text: Scalar, into: Collected) -> None:
    kind, _, rest = text.text.partition(":")
    field = "datasets" if kind == "dataset" else "papers"
    value = rest if kind in ("dataset", "doi") else f"arxiv:{rest}"
    into.add(
        field,
        value if kind != "doi" else f"doi:{rest}",
        Source.FRONT_MATTER,
        f"tags: {text.text}",
        text.line,
        0.9,
    )


def _carbon(node: Node, into: Collected) -> None:
    parts = node.items if isinstance(node, Mapping) else {"emissions": node}
    for key, value in parts.items():
        if not isinstance(value, Scalar) or is_missing(value.text):
            continue
        quote = f"co2_eq_emissions: {key}: {value.text}"
        name = GRAMS if key == "emissions" else CARBON_PARTS.get(key, key.replace("_", " "))
        if name == "hardware":
            into.add("hardware", value.text, Source.FRONT_MATTER, quote, value.line, SURE)
        else:
            grams = number(value.text) if name == GRAMS else None
            fact = Fact(name, value.text, grams)
            into.add("carbon", fact, Source.FRONT_MATTER, quote, value.line, SURE)


def _widget(key: str, field: str, node: Node, into: Collected) -> None:
    """``inference: false`` as it stands; of each example its text, question or file."""
    if isinstance(node, Scalar):
        into.add(field, node.text, Source.FRONT_MATTER, f"{key}: {node.text}", node.line, SURE)
        return
    for item in [node] if isinstance(node, Mapping) else node.items:
        for name, value in item.items.items() if isinstance(item, Mapping) else ():
            if isinstance(value, Scalar):
                into.add(
                    field,
                    f"{name}: {value.text}",
                    Source.FRONT_MATTER,
                    f"{key}: {name}: {value.text}",
                    value.line,
                    SURE,
                )


NOTHING = Scalar("", 0)
