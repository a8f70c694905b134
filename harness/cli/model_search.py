"""``fitment model search``: which of the recorded models are as asked."""

from __future__ import annotations

import argparse

from ...registry.catalogue.model_fit import BYTES, DEFAULT_PRECISION, device
from ...registry.catalogue.model_search import ORDERS, FoundModel, Wanted, search
from ...registry.catalogue.model_sizes import SizeRange, parameter_range
from ...registry.errors import DONE
from ...registry.report.listing import FORMATS, listed
from ...registry.report.model_text import FOUND, NEEDS, explained, lines, summary
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path, positive
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help="words, each of them in the id, name, organisation, architecture, task or a tag",
    )
    parser.add_argument("--licence", metavar="L", help="in any spelling, such as apache-2.0")
    parser.add_argument("--organisation", metavar="NAME")
    parser.add_argument(
        "--tag", metavar="TAG", action="append", default=[], help="may be given again: all of them"
    )
    parser.add_argument("--parameters", metavar="RANGE", help="such as 1B-10B, <1B, >100B or 7B")
    parser.add_argument(
        "--commercial", action="store_true", help="may be used commercially, with its conditions shown"
    )
    parser.add_argument("--min-rating", metavar="R", type=_rating, help="from 0 to 5")
    parser.add_argument("--task", metavar="TASK", help="such as text-generation")
    parser.add_argument("--runs-on", metavar="DEVICE", help="a device of the catalogue, or its memory: 24GB")
    parser.add_argument(
        "--precision", choices=tuple(BYTES), default=DEFAULT_PRECISION, help="with --runs-on (bf16)"
    )
    parser.add_argument(
        "--sort", choices=tuple(ORDERS), default="popularity", help="downloads × rating unless said"
    )
    parser.add_argument("--limit", type=positive, metavar="N", default=20, help="the first N (20)")
    parser.add_argument(
        "--explain", action="store_true", help="with the clause, and the sum, behind each row"
    )
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code; that nothing is as asked is no mistake. Raises UnknownNameError, QuestionError."""
    wanted = _wanted(args)
    store = Store.open(db_path(args))
    with store.reading() as con:
        found = search(con, wanted)
    if args.format != "table":
        put(listed(found.models, args.format, {}, FoundModel), args)
    else:
        columns = {**FOUND, **NEEDS} if wanted.runs_on else FOUND
        table = listed(found.models, "table", columns, FoundModel) + "\n" if found.models else ""
        why = lines(explained(found, wanted)) + "\n" if args.explain and found.models else ""
        put(table + why + lines(summary(found, wanted)), args)
    pass_on(store)
    return DONE


def _wanted(args: argparse.Namespace) -> Wanted:
    size = SizeRange(None, None, open=False) if args.parameters is None else parameter_range(args.parameters)
    return Wanted(
        text=" ".join(args.text) or None,
        licence=args.licence,
        organisation=args.organisation,
        tags=tuple(args.tag),
        least_parameters=size.least,
        most_parameters=size.most,
        parameters_open=size.open,
        commercial=args.commercial,
        least_rating=args.min_rating,
        task=args.task,
        runs_on=None if args.runs_on is None else device(args.runs_on),
        precision=args.precision,
        order=args.sort,
        limit=args.limit,
    )


def _rating(text: str) -> float:
    try:
        rating = float(text)
    except ValueError:
        rating = -1.0
    if not 0.0 <= rating <= 5.0:
        raise argparse.ArgumentTypeError(f"a rating from 0 to 5 is needed, not {text[:40]!r}")
    return rating
