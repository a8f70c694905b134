"""Options and value types that several verbs share."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...registry.errors import FitmentError

WORDS: Mapping[str, str] = {
    "model": "as measured or published, such as resnet50; a name that it had before will do",
    "version": "its tag, such as v2",
    "version1": "its tag, or an alias",
    "version2": "the one to hold against it",
    "alias": "such as production",
    "to": "the new name",
    "task": "such as inference",
    "hardware": "as reports name it",
}
MOST_IDS = 100_000  # in one range


class WordsError(FitmentError):
    """Words that are missing, or that nothing asks for."""


def add_db_path(parser: argparse.ArgumentParser) -> None:
    """Adds ``--db-path FILE``."""
    parser.add_argument(
        "--db-path",
        metavar="FILE",
        type=Path,
        help="the results' database (default: $FITMENT_DB, else $BENCHMARK_DB_PATH, else ./fitment.duckdb)",
    )


def db_path(args: argparse.Namespace) -> Path:
    """The database that the arguments, else the environment, name."""
    from ...registry.storage.location import default_path

    chosen: Path | None = args.db_path
    return default_path() if chosen is None else chosen


def positive(text: str) -> int:
    """A whole number of at least 1, for argparse."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:20]) <= 10**9:
        raise argparse.ArgumentTypeError(
            f"a whole number from 1 to 1,000,000,000 is needed, not {text[:40]!r}"
        )
    return int(text)


def words(text: str) -> list[str]:
    """The parts of a comma-separated list, for argparse."""
    return [part.strip() for part in text.split(",")]


def numbers(text: str) -> list[int | str]:
    """The parts of a comma-separated list, for argparse: numbers where they are, else as they stand.

    Whether a word, such as "max", is one that the axis knows is for its check to say.
    """
    return [int(part) if re.fullmatch(r"-?[0-9]{1,18}", part) else part for part in words(text)]


def add_words(parser: argparse.ArgumentParser, *names: str) -> None:
    """Adds ``--NAME`` for each of ``names``, or plain words for those that are left, in their order."""
    for name in names:
        parser.add_argument(f"--{name}", metavar=name.upper(), help=WORDS[name])
    order = " ".join(name.upper() for name in names)
    parser.add_argument("words", nargs="*", metavar=names[0].upper(), help=f"{order}, without the options")
    parser.set_defaults(word_names=names)


def given(args: argparse.Namespace, name: str) -> str | None:
    """The value of one of ``add_words``'s names, None where it was not given.

    Raises WordsError where there are more words than names left for them.
    """
    left = [each for each in args.word_names if getattr(args, each) is None]
    if len(args.words) > len(left):
        raise WordsError(
            f'"{args.words[len(left)][:100]}" is one word too many (names with blanks need quotes)'
        )
    found: str | None = getattr(args, name)
    return found if found is not None else dict(zip(left, args.words, strict=False)).get(name)


def needed(args: argparse.Namespace, name: str) -> str:
    """As ``given``; raises WordsError where it was not."""
    found = given(args, name)
    if found is None:
        raise WordsError(f"{name.upper()} is missing: {WORDS[name]}; give it in its place or as --{name}")
    return found


def result_ids(text: str) -> list[int]:
    """The result ids of a comma-separated list, for argparse; ``12-17`` and ``12–17`` are six of them."""
    found: list[int] = []
    for part in words(text):
        ends = re.fullmatch(r"([0-9]{1,18})(?:[-–]([0-9]{1,18}))?", part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 0 < first <= last < first + MOST_IDS:
            raise argparse.ArgumentTypeError(
                f'result ids such as "12,13,17" or "12-17" are needed, not {text[:40]!r}'
            )
        found += range(first, last + 1)
    return found


def json_value(text: str) -> Any:
    """What the text says in JSON, for argparse; whether that is an object is for the store to say."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise argparse.ArgumentTypeError(f"not JSON: {str(error)[:100]}") from None
