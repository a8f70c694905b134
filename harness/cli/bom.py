"""``fitment bom``: the bill of materials of a model, or of a repository with the models that it uses."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ...registry.bom.model_bom import model_bom
from ...registry.bom.repository_bom import repository_bom
from ...registry.errors import DONE, FitmentError, NoResultsError
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path
from .output import add_output, put

FORMATS = ("cyclonedx",)


class BomArgumentError(FitmentError):
    """Arguments that don't go together."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "subject",
        metavar="MODEL|REPO",
        help="a model of the catalogue by its id, or the folder of a repository",
    )
    parser.add_argument("--format", choices=FORMATS, default="cyclonedx", help="CycloneDX 1.6 as JSON")
    parser.add_argument("--version", metavar="V", help="of a model: not its newest release but this one")
    parser.add_argument("--card", metavar="FILE", type=Path, help="of a model: its card")
    parser.add_argument(
        "--outbound", metavar="LICENCE", help="of a repository: its licence, in place of what its files say"
    )
    parser.add_argument(
        "--timestamp", type=_utc, metavar="TIME", help="in place of when the store was last written to; UTC"
    )
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. A folder that exists is a repository, anything else a model's name.

    Raises UnknownNameError, NoResultsError where there is no store, CardError, RepositoryError.
    """
    folder = Path(args.subject)
    if not _is_folder(folder):
        if args.outbound is not None:
            raise BomArgumentError(f"{args.subject} is no folder: --outbound is of a repository")
        store = Store.open(db_path(args))
        put(model_bom(store, args.subject, args.version, card=args.card, timestamp=args.timestamp), args)
        pass_on(store)
        return DONE
    if args.version is not None or args.card is not None:
        raise BomArgumentError(f"{args.subject} is a folder: --version and --card are of a model")
    known = _store(args)
    put(repository_bom(folder, known, outbound=args.outbound, timestamp=args.timestamp), args)
    if known is not None:
        pass_on(known)
    return DONE


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except ValueError:  # a NUL in it
        return False


def _store(args: argparse.Namespace) -> Store | None:
    """The store, None where there is none, unless one was named."""
    try:
        return Store.open(db_path(args))
    except NoResultsError:
        if args.db_path is not None:
            raise
        return None


def _utc(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"a time such as 2026-01-31 is needed, not {text[:40]!r}") from None
