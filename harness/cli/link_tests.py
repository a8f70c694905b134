"""``fitment link-tests``: say to which version of a model results belong."""

from __future__ import annotations

import argparse
import sys

from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.results.link import Linked, link_results
from ...registry.storage.apply_decisions import ids_in_words
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, needed, result_ids


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "version")
    parser.add_argument(
        "--result-ids",
        required=True,
        type=result_ids,
        metavar="IDS",
        help='such as "12,13,17" or "12-17"; `fitment export --model MODEL` lists them',
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises RefusedError that names every result that can't be linked; then none is."""
    model, version = needed(args, "model"), needed(args, "version")
    store = Store.open(db_path(args))
    done = link_results(store, model, version, args.result_ids)
    for line in _lines(done):
        sys.stdout.write(terminal(line) + "\n")
    pass_on(store)
    return DONE


def _lines(done: Linked) -> list[str]:
    name = f"version {done.tag} of {done.model}"
    lines = [f"{name} was made"] if done.created else []
    if done.linked:
        lines.append(f"linked to {name}: result {ids_in_words(done.linked)}")
    for tag in sorted({tag for _, tag in done.moved}):
        moved = ids_in_words(number for number, before in done.moved if before == tag)
        lines.append(f"moved from {tag} to {name}: result {moved}")
    if done.unchanged:
        lines.append(f"linked to {name} before: result {ids_in_words(done.unchanged)}")
    return lines if done.linked or done.moved else [*lines, "nothing changed"]
