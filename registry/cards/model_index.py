"""The front matter's model-index: declared results with their task, dataset and who verified them."""

from __future__ import annotations

from collections.abc import Iterator

from .card import Score, Source
from .collected import Collected
from .declared import imply
from .markdown_tables import number
from .missing import is_missing
from .strict_yaml import Mapping, Node, Scalar, Sequence

SURE = 1.0


def read_model_index(keys: Mapping, into: Collected) -> str | None:
    """Adds the results, their tasks and datasets; the model's name there."""
    name = None
    index = keys.items.get("model-index")
    if isinstance(index, Scalar) and not is_missing(index.text):
        into.notes.append(f"line {index.line}: model-index is a text, not a list of models; it is not read")
    for model in _mappings(index):
        name = name or text_of(model, "name")
        for result in _mappings(model.items.get("results")):
            _result(result, into)
    return name


def _mappings(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Mapping):
                yield item


def text_of(node: Node | None, key: str) -> str | None:
    """The text under the key, None where there is none or it says nothing."""
    if not isinstance(node, Mapping):
        return None
    value = node.items.get(key)
    if not isinstance(value, Scalar) or is_missing(value.text):
        return None
    return value.text


def _result(result: Mapping, into: Collected) -> None:
    items = result.items
    task, dataset = items.get("task"), items.get("dataset")
    task_type, dataset_type = text_of(task, "type"), text_of(dataset, "type")
    if task_type is not None:
        assert isinstance(task, Mapping)  # noqa: S101 -- it has a type
        line = task.lines["type"]
        quote = f"task: type: {task_type}"
        into.add("tasks", task_type, Source.MODEL_INDEX, quote, line, 0.9)
        imply(task_type, Source.MODEL_INDEX, quote, line, 0.8, into)
    if dataset_type is not None:
        assert isinstance(dataset, Mapping)  # noqa: S101 -- likewise
        # that a model is tested on a dataset doesn't say that it was trained on it
        into.add(
            "datasets",
            dataset_type,
            Source.MODEL_INDEX,
            f"dataset: type: {dataset_type}",
            dataset.lines["type"],
            0.6,
        )
    name = text_of(dataset, "name") or dataset_type
    origin = text_of(items.get("source"), "name") or text_of(items.get("source"), "url")
    for metric in _mappings(items.get("metrics")):
        _metric(metric, task_type, name, origin, into)


def _metric(
    metric: Mapping, task: str | None, dataset: str | None, origin: str | None, into: Collected
) -> None:
    value = metric.items.get("value")
    kind = text_of(metric, "type") or text_of(metric, "name")
    if kind is None or not isinstance(value, Scalar) or is_missing(value.text):
        return
    verified = text_of(metric, "verified")
    score = Score(
        kind,
        value.text,
        number(value.text),
        dataset,
        task,
        None if verified is None else verified.lower() == "true",
        origin=origin,
    )
    into.add("evaluation", score, Source.MODEL_INDEX, f"{kind}: value: {value.text}", value.line, SURE)
