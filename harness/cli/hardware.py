"""``fitment hardware``: show the catalogue of devices, and which results it matches."""

from __future__ import annotations

import argparse

from ...registry.catalogue.known_hardware import KnownHardware, known_hardware, unmatched
from ...registry.errors import DONE, NoResultsError
from ...registry.report.hardware_table import COLUMNS, device_facts
from ...registry.report.listing import FORMATS, listed, shown
from ...registry.report.text import terminal
from ...registry.results.estimates import hardware_names
from ...registry.storage.store import Store
from .options import add_db_path, db_path
from .output import add_output, put

LEGEND = (
    "peaks: dense TFLOP/s of data sheets; figures: read there, derived, mixed or unverified;"
    " `fitment hardware NAME` says all"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="one device: its whole name, or an alias")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError for a name that is none of the catalogue's."""
    stored = _stored(args)
    found = known_hardware(stored, args.name)
    if args.format == "table" and args.name is not None:
        put(shown(device_facts(found[0])), args)
        return DONE
    text = listed(found, args.format, COLUMNS, KnownHardware)
    if args.format == "table":
        text += f"\n{LEGEND}\n"
        absent = unmatched(stored)
        text += terminal(f"results of what is not in it: {'; '.join(absent)}") + "\n" if absent else ""
    put(text, args)
    return DONE


def _stored(args: argparse.Namespace) -> list[str]:
    """The hardware that there are results of; none where there is no store, unless one was named."""
    try:
        store = Store.open(db_path(args))
    except NoResultsError:
        if args.db_path is not None:
            raise
        return []
    with store.reading() as connection:
        return hardware_names(connection)
