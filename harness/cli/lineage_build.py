"""``fitment lineage build``: take in a file of models and their parents."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.errors import DONE
from ...registry.report.text import terminal
from .lineage import add_answer
from .notices import pass_on, tell
from .options import db_path
from .output import put

FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = (
        "A column of ids (model_id) and at least one of parents (parent_model, finetune_parent,"
        " quantized_parent, adapter_parent, merge_parent) are needed; lists are text as Python shows them,"
        " never evaluated. A row that can't be taken goes to quarantine with its line and reason; a parent"
        " that no row has is skipped and counted. The same content again changes nothing."
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="*.csv or *.parquet, a model a row")
    add_answer(parser, FORMATS)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises ImportFileError, StoreBusyError, StoreFullError."""
    from ...registry.lineage.analyses.stats import stats_of
    from ...registry.lineage.kept.build import store_lineage
    from ...registry.lineage.reading.read_models import read_models
    from ...registry.report.lineage.record import record_json
    from ...registry.report.lineage.stats import stats_text
    from ...registry.storage.store import Store

    rows, sha256 = read_models(args.file)
    store = Store.open(db_path(args), create=True)  # made once the file is found sound
    done = store_lineage(store, args.file.name, rows, sha256)
    found = stats_of(done.ecosystem)
    before = "" if done.new else f"{terminal(args.file.name)}: as before, nothing was changed\n"
    put(record_json(found) if args.format == "json" else before + stats_text(found), args)
    pass_on(store)
    tell(done.ecosystem.notices)
    return DONE
