"""``fitment model recommend``: which of the recorded models to choose."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .licence import add_facts, add_relation, context_of
from .notices import pass_on
from .options import add_db_path, db_path, positive
from .output import OutputError, add_output, write_file
from .pages import FORMATS, put_document
from .spoken import command_line, spoken

if TYPE_CHECKING:
    from ...registry.choosing.choice import ChoiceAnswer
    from ...registry.choosing.wanted import Wanted
    from ...registry.fit.decision import Standing

OF_THE_ANSWER = ("--report", "--output", "--overwrite", "--format", "--explain")  # no question's
PAGES = (".html", ".htm", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    required = parser.add_argument_group("what is required", "a model that misses one of these is no answer")
    required.add_argument("--task", metavar="T", help="its task or one of its tags, such as chat")
    required.add_argument(
        "--metric",
        action="append",
        default=[],
        metavar="NAME>=X",
        help="as its makers declare it; NAME alone ranks and excludes nobody; may be repeated",
    )
    required.add_argument("--max-size-gb", metavar="GB", type=float, help="of its files, in 1e9 bytes")
    required.add_argument("--licence-into", metavar="L", help="what is made of it is to be under L")
    required.add_argument("--hardware", metavar="H", help="a device, or a size such as 24GB, that it runs on")
    required.add_argument("--precision", metavar="P", help="of its weights there (default: bf16)")
    add_relation(parser, default="finetune_release")
    add_facts(parser)
    parser.add_argument(
        "--weights", metavar="FILE", type=Path, help="in place of configs/choices/default.toml"
    )
    parser.add_argument(
        "--missing",
        choices=("pessimistic", "renormalise"),
        default="pessimistic",
        help="a figure that some lack: the lowest of the others' for these, or counted for nobody",
    )
    parser.add_argument("--top-k", type=positive, default=5, metavar="K", help="models to show (default: 5)")
    parser.add_argument("--explain", action="store_true", help="what each score is made of")
    parser.add_argument(
        "--report", metavar="FILE", type=Path, help="also write the record there, as .html or .md"
    )
    parser.add_argument("--format", choices=FORMATS, help="default: as the file's name ends, else table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 also where no model meets everything. Raises as ``choose``."""
    from ...registry.choosing import weighting
    from ...registry.choosing.choose import choose
    from ...registry.choosing.standing import choice_standing
    from ...registry.report.choice_page import choice_document, to_json

    asked = wanted(args)
    weights = weighting.read(args.weights) if args.weights is not None else None
    if args.report is not None and args.report.suffix.lower() not in PAGES:
        raise OutputError(f"--report {args.report}: the record is a page: name it .html or .md")
    store = Store.open(db_path(args))
    with store.reading() as con:
        answer = choose(con, asked, weights)
        held = choice_standing(con, answer)
    if args.report is not None:
        _write_record(answer, held, args)
    put_document(lambda: choice_document(answer, explain=args.explain), lambda: to_json(answer), args)
    pass_on(store)
    return DONE


def wanted(args: argparse.Namespace) -> Wanted:
    """What the arguments ask for. Raises QuestionError."""
    from ...registry.choosing.wanted import Wanted, asked_metric
    from ...registry.licences.verdicts import Relation

    return Wanted(
        commercial=args.commercial is True,
        task=args.task,
        metrics=tuple(map(asked_metric, args.metric)),
        max_size_bytes=None if args.max_size_gb is None else args.max_size_gb * 1e9,
        licence_into=args.licence_into,
        relation=Relation(args.relation),
        facts=context_of(args),
        hardware=args.hardware,
        precision=args.precision,
        top_k=args.top_k,
        missing=args.missing,
    )


def _write_record(answer: ChoiceAnswer, held: Standing, args: argparse.Namespace) -> None:
    """Writes the record page. Raises OutputError."""
    from ...registry.report import document, html
    from ...registry.report.choice_page import choice_record

    said = {
        name.replace("--", "--no-", 1) if value is False else name: value is False or value
        for name, value in spoken(args, add_arguments).items()
    }
    command = command_line("model", ["recommend"], said, without=OF_THE_ANSWER)
    write = document.to_markdown if args.report.suffix.lower() == ".md" else html.to_html
    write_file(args.report, write(choice_record(answer, held, command)), overwrite=args.overwrite)
    sys.stderr.write(terminal(f"record: {args.report}") + "\n")
