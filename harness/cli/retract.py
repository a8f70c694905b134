"""``fitment retract``: take results out of every score, with the reason; ``--undo`` lets them count again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence

from ...registry.errors import DONE
from ...registry.report.result_names import result_lines
from ...registry.report.text import terminal
from ...registry.results.named import NamedResult
from ...registry.results.retract import reinstate, retract
from ...registry.storage.apply_decisions import ids_in_words
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path, result_ids


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "results", type=result_ids, metavar="RESULT", help='an id, or several: "12,13" or "12-17"'
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the history")
    parser.add_argument("--undo", action="store_true", help="let retracted results count again")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError without a reason, or naming every id that it can't be done to."""
    store = Store.open(db_path(args))
    lines = _undo(store, args) if args.undo else _retract(store, args)
    sys.stdout.writelines(terminal(line) + "\n" for line in lines)
    pass_on(store)
    return DONE


def _retract(store: Store, args: argparse.Namespace) -> list[str]:
    done = retract(store, args.results, args.reason)
    lines = []
    if done.retracted:
        lines.append(f"retracted: result {ids_in_words(done.retracted)}; {_count(done.retracted)} no more")
        lines += _below(done.named)
    if done.unchanged:
        lines.append(f"retracted before: result {ids_in_words(done.unchanged)}")
    return lines


def _undo(store: Store, args: argparse.Namespace) -> list[str]:
    done = reinstate(store, args.results, args.reason)
    ids = done.reinstated
    return [f"retracted no more: result {ids_in_words(ids)}; {_count(ids)} again", *_below(done.named)]


def _below(results: Iterable[NamedResult]) -> list[str]:
    return [f"  {line}" for line in result_lines(results)]


def _count(ids: Sequence[int]) -> str:
    return "it counts" if len(ids) == 1 else "they count"
