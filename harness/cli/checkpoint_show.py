"""``fitment checkpoint show``: what a checkpoint's files say of themselves, and their hashes."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from ...registry.checkpoints.disagreements import disagreements
from ...registry.checkpoints.facts import Weights, as_json
from ...registry.checkpoints.kept import StoredFile, files_of, find_checkpoint, place_of
from ...registry.errors import DONE
from ...registry.report.checkpoint_tables import FILES, WEIGHTS, facts_lines
from ...registry.report.listing import listed
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .checkpoint import add_names
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_names(parser, version="the one that was added last")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError."""
    store = Store.open(db_path(args))
    with store.reading() as con:
        found = find_checkpoint(con, args.model, args.version)
        files = files_of(con, found)
        findings = disagreements(con, found.model_id, found.version, found.facts)
    if args.format == "json":
        shown = asdict(found) | {
            "facts": as_json(found.facts),
            "recorded_at": f"{found.recorded_at.isoformat()}Z",
        }
        shown |= {"files": [asdict(file) for file in files], "findings": findings}
        put(json.dumps(shown, indent=2) + "\n", args)
    else:
        place = place_of(found.store, store.path)
        lines = [f"{found.model_id} {found.version} in {place}", *facts_lines(found.facts)]
        lines += [f"finding: {each}" for each in findings]
        text = "".join(f"{terminal(line)}\n" for line in lines)
        if found.facts.weights:
            text += listed(found.facts.weights, "table", WEIGHTS, Weights)
        put(text + listed(files, "table", FILES, StoredFile), args)
    pass_on(store)
    return DONE
