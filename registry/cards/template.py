"""Labelled lines, as the hub's template has them: ``- **Hardware Type:** A100``; two-column tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.model_record import BaseModel
from .body import LINK, Body, without_marks
from .card import Fact, Source
from .collected import GRAMS, Collected
from .labels import CARBON, LABELS
from .licence_words import licence_in
from .links import ARXIV, GITHUB, is_tool, papers_in
from .markdown_tables import number
from .missing import is_missing
from .parameter_counts import count_of
from .trainer import HUB_MODEL
from .vocabulary import FRAMEWORKS, LANGUAGES, LIBRARIES, TASK_WORDS, TASKS

SURE = 0.9
PLAIN_LINE = 0.7
PLAIN_FIELDS = frozenset({"licence", "base_models", "language", "papers", "github_repo", "demo", "hardware"})
NO_COLON = 0.7
PART = re.compile(r"embedding|active|trainable")  # of the parameters
BEHIND = re.compile(r"\s*\([^()]*\)?$")  # "News (~ 12 GB)"
ASIDE = re.compile(r"\s*[\[(][^\])]*[\])]$")  # "Paper [optional]"
LISTED = frozenset({"datasets", "tasks", "frameworks", "libraries", "language", "domain"})
APART = re.compile(r"\s*(?:,|;|、| and | & )\s*")
EMISSIONS = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(tonnes?|tons?|t|kg|kilograms?|g|grams?|mg)?\s*(?:of\s+)?(?:CO|eq|\b)",
    re.IGNORECASE,
)
GRAMS_PER = {"t": 1e6, "k": 1e3, "g": 1.0, "m": 1e-3}


def read_template(body: Body, into: Collected) -> None:
    """Adds what labelled lines and two-column tables say under the labels that are known."""
    for label in body.labelled:
        sure = SURE if label.has_colon else NO_COLON
        if label.value:
            add_labelled(label.label, label.value, Source.TEMPLATE, label.quote, label.line, sure, into)
    for bullet in body.bullets:
        name, colon, value = bullet.text.replace("：", ": ", 1).partition(":")
        if colon and len(name) <= 40 and "*" not in name and field_of(name):
            add_labelled(name, value, Source.TEMPLATE, bullet.text, bullet.line, SURE - 0.05, into)
    for section in body.sections:
        for line, text in section.lines:
            if ":" in text or "：" in text:
                _plain(line, text, into)
    for table in body.tables:
        if len(table.header) == 2:
            for line, row in table.rows:
                if len(row) == 2:
                    quote = f"| {row[0]} | {row[1]} |"
                    add_labelled(row[0], row[1], Source.TABLE, quote, line, SURE - 0.1, into)


def _plain(line: int, text: str, into: Collected) -> None:
    """``License: MIT`` as a line by itself; labels that examples of dialogues have too are left out."""
    name, _, value = text.replace("：", ": ", 1).partition(":")
    if len(name) <= 40 and name[:1].isalpha() and value[:1] in " \t" and field_of(name) in PLAIN_FIELDS:
        add_labelled(name, value.strip(), Source.TEXT, text, line, PLAIN_LINE, into)


def field_of(label: str) -> str | None:
    """The field, or part of the carbon footprint, that the label means."""
    name = label.strip(" *_:`").lower()
    found = LABELS.get(name)
    if found is None and name[-1:] in (")", "]") and not PART.search(name):
        found = LABELS.get(ASIDE.sub("", name))
    return found


def add_labelled(
    label: str, value: str, source: Source, quote: str, line: int, sure: float, into: Collected
) -> None:
    """Adds the value under its label, where the label is a known one and the value says something."""
    field = field_of(label)
    if field is None or is_missing(without_marks(value)):
        return
    for found in _values(field, label, value):
        if field in CARBON:
            into.add("carbon", found, source, quote, line, sure)
        else:
            tool = field == "github_repo" and is_tool(str(found)) and label.lower() != "original"
            into.add(field, found, source, quote, line, 0.4 if tool else sure)


def _values(field: str, label: str, value: str) -> Iterator[object]:
    if field == "base_models":
        yield from _models(label, value)
    elif field in CARBON:
        yield _carbon(field, without_marks(value), in_grams="gram" in label.lower())
    elif field == "parameter_count":
        count = count_of(without_marks(value), millions="(m)" in label.lower())
        if count is not None:
            yield count
    elif field == "licence":
        yield licence_in(value) or without_marks(value)
    elif field in ("github_repo", "papers", "demo"):
        yield from _addresses(field, value)
    elif field in LISTED:
        yield from _items(field, value)
    else:
        yield without_marks(value)


def _models(label: str, value: str) -> Iterator[BaseModel]:
    relation = "quantized" if "quantized" in label.lower() else None
    if "tuned" in label.lower():
        relation = "finetune"
    linked = HUB_MODEL.findall(value)
    plain = without_marks(value).split(",")
    for name in linked or [part.strip() for part in plain]:
        if name and " " not in name and not is_missing(name):
            yield BaseModel(name.rstrip("."), relation)


def _carbon(field: str, text: str, in_grams: bool) -> Fact:
    if field != GRAMS or in_grams:
        return Fact(field, text, number(text))
    match = EMISSIONS.search(text)
    if match is None or not match[2]:
        return Fact(field, text, None)  # a figure without a unit is no quantity
    return Fact(field, text, float(match[1].replace(",", "")) * GRAMS_PER[match[2][0].lower()])


def _addresses(field: str, value: str) -> Iterator[str]:
    if field == "papers":
        found = list(papers_in(value))
        if found:
            yield from found
            return
    if field == "github_repo":
        match = GITHUB.search(value)
        if match is not None:
            yield f"https://github.com/{match[1]}"
        return
    links = [link[2] for link in LINK.finditer(value) if link[2]]
    links = links or re.findall(r"https?://[^\s<>()\"']{3,500}", value)
    if links:
        yield links[0].rstrip(".,")
    elif field == "papers" and not ARXIV.search(value):
        yield without_marks(value)


def _items(field: str, value: str) -> Iterator[str]:
    if field == "datasets":
        linked = re.findall(r"huggingface\.co/datasets/([\w.-]+(?:/[\w.-]+)?)", value)
        if linked:
            yield from linked
            return
    text = without_marks(value)
    if field == "datasets" and len(text) > 80:
        return  # prose about the data, not its names
    for part in APART.split(text):
        name = BEHIND.sub("", part).strip(" .\"'")
        lower = name.lower()
        if field == "language":
            yield from _language(lower)
        elif field == "tasks":
            task = TASK_WORDS.get(lower.replace("-", " ").replace("_", " "), lower)
            yield task if task in TASKS else name
        elif field == "frameworks" or field == "libraries":
            known = FRAMEWORKS if field == "frameworks" else LIBRARIES
            yield known.get(lower.split(" ")[0], name)
        elif name:
            yield name


def _language(text: str) -> Iterator[str]:
    """The code of a language's name; what is no name as it stands, sentences left out."""
    code = LANGUAGES.get(text.split(" (")[0])
    if code is not None:
        yield code
    elif re.fullmatch(r"[a-z]{2,3}(?:[-_][a-z]{2,4})?", text):
        yield text
    else:
        yield from [code for name, code in LANGUAGES.items() if re.search(rf"\b{name}\b", text)]
