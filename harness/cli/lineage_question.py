"""What questions about models have in common on the command line: whom they ask for, and how they answer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...registry.errors import DONE, USER_MISTAKE
from ...registry.inert import terminal
from .lineage import add_answer, add_view, opened, put_lines, view
from .options import WordsError, positive

if TYPE_CHECKING:
    from ...registry.lineage.ecosystem import Ecosystem
    from ...registry.lineage.questions.follow import Followed
    from ...registry.lineage.questions.relatives import Answer

GRAPHS = ("json", "csv", "dot", "graphml")


@dataclass(frozen=True, slots=True)
class Asked:
    """The models that the arguments name, and the exit code: 2 where some of them are unknown."""

    models: tuple[int, ...]
    code: int


def add_question(parser: argparse.ArgumentParser) -> None:
    """Adds what a question has that leads from a model to others."""
    add_models(parser)
    add_view(parser)
    parser.add_argument(
        "--limit", type=positive, metavar="N", help="the first N of each model (50 in a table, else all)"
    )
    add_answer(parser, ("table", *GRAPHS))


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds ``[MODEL]`` and ``--models FILE``."""
    parser.add_argument("model", metavar="MODEL", nargs="?", help="its id, such as google/gemma-2b")
    parser.add_argument(
        "--models", metavar="FILE", type=Path, help="ask for each model of a file instead, an id a line"
    )


def add_hops(parser: argparse.ArgumentParser) -> None:
    """Adds ``--hops N``."""
    parser.add_argument("--hops", type=positive, metavar="N", help="at most N edges away")


def asked(args: argparse.Namespace, ecosystem: Ecosystem) -> Asked:
    """The models that are asked for; what is wrong with lines of a file goes to standard error.

    Raises WordsError, UnknownNameError, ImportFileError.
    """
    if (args.model is None) == (args.models is None):
        told = "MODEL is missing" if args.model is None else "MODEL and --models exclude each other"
        raise WordsError(f"{told}: name one model, or a file of them with --models FILE")
    if args.models is None:
        from ...registry.lineage.questions.asked import number

        return Asked((number(ecosystem, args.model),), DONE)
    from ...registry.lineage.questions.model_file import listed

    found = listed(ecosystem, args.models)
    for line in found.unknown:
        sys.stderr.write(f"fitment: {terminal(line)}\n")
    return Asked(found.models, USER_MISTAKE if found.unknown else DONE)


def follow(args: argparse.Namespace, words: tuple[str, str], go: Callable[..., Followed]) -> int:
    """Writes whom ``go`` leads each model to, at most ``--hops`` away; as ``answer``."""
    from ...registry.lineage.questions.relatives import Answer

    def of(ecosystem: Ecosystem, model: int) -> Answer:
        found = go(ecosystem, model, view=view(args), hops=args.hops)
        return Answer(model, found.models, found.hops, found.edges)

    return answer(args, words, of)


def answer(args: argparse.Namespace, words: tuple[str, str], of: Callable[[Ecosystem, int], Answer]) -> int:
    """Writes what ``of`` answers for each model; ``words`` say what one answer is, and what several are.

    The exit code: 2 where a model of a file is unknown. Raises as ``asked`` and ``opened``, and OutputError.
    """
    from ...registry.report.lineage.answers import Question, answer_lines

    ecosystem = opened(args)
    whom = asked(args, ecosystem)
    if whom.models:
        answers = [of(ecosystem, model) for model in whom.models]
        question = Question(*words, view(args))
        put_lines(answer_lines(ecosystem, question, answers, args.format, args.limit), args)
    return whom.code
