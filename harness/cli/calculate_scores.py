"""``fitment calculate-scores``: score every hardware-model pair from the stored results."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.naming import find_hardware, find_model
from ...registry.errors import DONE
from ...registry.fit.stored_scores import StoredScore
from ...registry.fit.suitability import calculate_scores, pair_scores
from ...registry.report.catalogue_tables import SCORES
from ...registry.report.listing import FORMATS, listed
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, add_words, db_path, given
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "hardware")
    parser.add_argument("--no-update", action="store_true", help="show the scores and store nothing")
    parser.add_argument(
        "--certainty", action="store_true", help="also draw P(best) of each pair; of one model with MODEL"
    )
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Which scores are shown never changes one. Raises StoreBusyError."""
    model, hardware = given(args, "model"), given(args, "hardware")
    store = Store.open(db_path(args))
    if not (model or hardware or args.no_update or args.output or args.format != "table"):
        _summary(store, certainty=args.certainty)
        return DONE
    with store.reading() as con:
        model_id = find_model(con, model).id if model else None
        hardware_id = find_hardware(con, hardware) if hardware else None
    scores = pair_scores(store, model_id, hardware_id, update=not args.no_update, certainty=args.certainty)
    put(listed(scores, args.format, SCORES, StoredScore), args)
    pass_on(store)
    return DONE


def _summary(store: Store, *, certainty: bool) -> None:
    report = calculate_scores(store, certainty=certainty)
    sys.stdout.write(f"{report.pairs:,} hardware-model pairs scored from {report.estimates:,} estimates\n")
    if report.outdated:
        sys.stdout.write(
            f"{report.outdated:,} stored recommendations of tasks were older than the results and are gone: "
            "`fitment update-task TASK` makes them anew\n"
        )
