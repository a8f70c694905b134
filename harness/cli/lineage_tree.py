"""``fitment lineage tree``: the family tree of a model, as text or as a drawing."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .lineage import add_view, opened, view
from .options import add_db_path, positive
from .output import add_output, put

FORMATS = ("text", "svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Draws what a model was made from above it, and what was made from it below. Each model stands once,"
        " where the fewest edges lead to it; dashed edges are further ways to it, dotted ones close a cycle."
        " Colour and word say how a model was made; shape and label say under which licence."
    )
    parser.add_argument("model", metavar="MODEL", help="its id, such as google/gemma-2b")
    add_view(parser)
    parser.add_argument(
        "--limit",
        type=positive,
        default=40,
        metavar="N",
        help="draw at most N models on each side (40, at most 1,000): the branches of most models, then the"
        " most downloaded; the others are counted where they hang",
    )
    parser.add_argument("--popularity", action="store_true", help="also say likes and downloads")
    parser.add_argument(
        "--format", choices=FORMATS, help="default: svg where --output names an .svg file, else text"
    )
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError, UnknownNameError, QuestionError, OutputError."""
    from ...registry.lineage.pictures.family_tree import family_tree
    from ...registry.report.lineage.tree_svg import tree_svg
    from ...registry.report.lineage.tree_text import tree_text

    drawn = args.output is not None and args.output.suffix.lower() == ".svg"
    write = tree_svg if (args.format or ("svg" if drawn else "text")) == "svg" else tree_text
    tree = family_tree(opened(args), args.model, view=view(args), limit=args.limit)
    put(write(tree, popularity=args.popularity), args)
    return DONE
