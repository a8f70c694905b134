"""A model card from its bytes or its file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from .beside import Opener, in_folder, read_beside
from .body import Body, body
from .card import FIELDS, Card, CardError
from .collected import Collected
from .conflicts import conflicts_of
from .declared import read_declared
from .front_matter import MOST_BYTES, parts, text_of
from .links import read_links
from .model_index import read_model_index
from .prose import read_prose
from .score_tables import read_score_tables
from .template import read_template
from .trainer import read_trainer

README = "README.md"
TITLE_START = re.compile(r"model card(?: for\b|:)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card's bytes, what it is called in errors, and how the files beside it are opened."""

    content: bytes
    file: str
    beside: Opener | None = None


def read_card(source: CardFile) -> Card:
    """The card. Raises CardError, which starts with file:line, for what can't be read as one."""
    file = source.file
    text, notes = text_of(source.content, file)
    split = parts(text, file)
    into = Collected()
    into.notes += [*notes, *split.notes]
    read_declared(split.keys, into)
    name = read_model_index(split.keys, into)
    markdown = body(split.body, split.body_line)
    title = _title(markdown) or name
    read_trainer(markdown, into)
    read_template(markdown, into)
    read_score_tables(markdown, title, into)
    read_prose(markdown, title, into)
    read_links(markdown, into)
    if source.beside is not None:
        read_beside(source.beside, into)
    return card_of(into, file, title, markdown.notes)


def card_of(into: Collected, file: str, name: str | None, notes: tuple[str, ...] = ()) -> Card:
    """The card of what was collected."""
    found = into.settled()
    values = {field: found[field] for field in FIELDS if field in found}
    return Card(file=file, name=name, conflicts=conflicts_of(found), notes=(*into.notes, *notes), **values)


def _title(markdown: Body) -> str | None:
    """The first main heading's words, "Model Card for " left out; None for the template's "Model ID"."""
    for section in markdown.sections:
        if section.level == 1:
            title = TITLE_START.sub("", section.heading).strip(" :-")
            return None if title in ("", "Model ID") else title
    return None


def read_card_file(path: Path) -> Card:
    """The card of a file, or of the README.md of a folder, with config.json beside it read as well.

    Raises CardError for what isn't there or can't be read.
    """
    return read_card(card_file(path))


def card_file(path: Path) -> CardFile:
    """The bytes of a file, or of the README.md of a folder. Raises CardError."""
    file = path / README if path.is_dir() else path
    try:
        if not file.is_file():
            raise CardError(_absent(path))
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CardError(f"{file}: can't be read: {error.strerror}") from error
    return CardFile(content, os.fspath(file), in_folder(file.parent) if file.name == README else None)


def _absent(path: Path) -> str:
    if path.is_dir():
        return f"{path}: the folder has no {README}; name the card's file"
    return f"{path}: no such card; name a file, a folder with a {README}, or a model of the catalogue"
