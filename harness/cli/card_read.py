"""``fitment card read``: what a model's card says, with the line that says so and how sure that is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ...registry.cards.card import Card, CardError
from ...registry.cards.read import CardFile, card_file, read_card
from ...registry.errors import DONE, USER_MISTAKE
from ...registry.report.text import terminal
from .options import WordsError, add_db_path, db_path
from .output import add_output, put

if TYPE_CHECKING:
    from ...registry.cards.llm import Endpoint

T = TypeVar("T")
FORMATS = ("table", "json", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "cards",
        nargs="+",
        metavar="FILE|DIR|MODEL",
        help="a card's file, a folder with a README.md, or a model of the catalogue; several: a line each",
    )
    parser.add_argument("--recursive", action="store_true", help="every README.md below the folders")
    parser.add_argument("--format", choices=FORMATS, default="table", help="of what is shown")
    parser.add_argument(
        "--llm",
        metavar="URL",
        help="ask this OpenAI-compatible endpoint for what the rules left empty (default: $FITMENT_LLM_URL)",
    )
    parser.add_argument("--llm-model", metavar="NAME", help="its model (default: $FITMENT_LLM_MODEL)")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a card could not be read; the others are shown nevertheless."""
    from ...registry.cards.llm import endpoint_from

    endpoint = endpoint_from(args.llm, args.llm_model)
    if len(args.cards) > 1 or args.recursive:
        if args.llm is not None:
            raise WordsError("--llm reads one card at a time: name one FILE, or leave it out")
        return _many(args)
    source = _source(args.cards[0], args)
    card = read_card(source)
    if endpoint is not None:
        card = _filled(card, source, endpoint)
    put(_shown(card, args.format), args)
    return DONE


def _source(name: str, args: argparse.Namespace) -> CardFile:
    """A file or folder; else a model, with the README.md of its newest checkpoint."""
    path = Path(name)
    if path.exists() or _is_file_name(name):
        return card_file(path)
    from ...registry.cards.of_model import card_of_model

    return card_of_model(db_path(args), name)


def _filled(card: Card, source: CardFile, endpoint: Endpoint) -> Card:
    """The card with the endpoint's answers; where it gives none, why not is said and the card stays."""
    from ...registry.cards.front_matter import text_of
    from ...registry.cards.llm import filled

    card, trouble = filled(card, text_of(source.content, source.file)[0], endpoint)
    if trouble is not None:
        sys.stderr.write(f"fitment: {terminal(trouble)}\n")
    return card


def _is_file_name(name: str) -> bool:
    return name.lower().endswith((".md", ".markdown", ".txt")) or name.startswith((".", "/"))


def _shown(card: Card, form: str) -> str:
    if form == "json":
        from ...registry.report.card_object import card_object

        return json.dumps(card_object(card), indent=2, allow_nan=False) + "\n"
    from ...registry.report.card_page import card_document, card_text

    if form == "markdown":
        from ...registry.report.document import to_markdown

        return to_markdown(card_document(card))
    return card_text(card)


def _many(args: argparse.Namespace) -> int:
    """A line for each card; one that can't be read is named on standard error and in its line."""
    if args.format == "markdown":
        raise WordsError("--format markdown shows one card: name one FILE, or take json or table")
    paths = list(_paths(args))
    if args.format == "json":
        from ...registry.report.card_object import json_line, refused_line

        lines, failed = _each(paths, json_line, refused_line)
        put("".join(f"{line}\n" for line in lines), args)
    else:
        from ...registry.report.card_lines import card_line, card_rows, refused_row

        rows, failed = _each(paths, card_line, refused_row)
        put(card_rows(rows), args)
    return USER_MISTAKE if failed else DONE


def _each(
    paths: Sequence[Path], read: Callable[[Path], T], refused: Callable[[Path, CardError], T]
) -> tuple[list[T], int]:
    """What is shown of each card, and how many could not be read."""
    from ...registry.cards.batch import each_read

    shown, failed = [], 0
    for path, found in zip(paths, each_read(paths, read), strict=True):
        if isinstance(found, CardError):
            failed += 1
            sys.stderr.write(f"fitment: {terminal(str(found))}\n")
            found = refused(path, found)
        shown.append(found)
    return shown, failed


def _paths(args: argparse.Namespace) -> Iterator[Path]:
    from ...registry.cards.batch import card_files

    for name in args.cards:
        path = Path(name)
        if args.recursive and path.is_dir():
            found = list(card_files(path))
            if not found:
                raise CardError(f"{path}: no README.md below this folder; name the cards' files")
            yield from found
        elif path.exists() or _is_file_name(name):
            yield path
        else:
            raise WordsError(f"{name}: no such file or folder; a model of the catalogue is read by itself")
