"""``fitment lineage export``: a part of the lineage as a file, for other programs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .lineage import add_answer, add_view, opened, put_lines, view
from .lineage_question import GRAPHS, add_hops, add_models, asked
from .options import WordsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...registry.lineage.ecosystem import Ecosystem

PARTS = ("family", "ancestors", "descendants")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.description = (
        "Writes models, what is said of each, and the edges between them, with their kinds and what changed."
        " csv holds the edges alone; what nobody said is null in json and left out of dot and graphml."
    )
    add_models(parser)
    parser.add_argument("--all", action="store_true", help="everything, instead of what is around models")
    parser.add_argument(
        "--part",
        choices=PARTS,
        help="who belongs to each model (family, all around it)",
    )
    add_hops(parser)
    add_view(parser)
    add_answer(parser, GRAPHS)


def run(args: argparse.Namespace) -> int:
    """The exit code: 2 where a model of a file is unknown. Raises NoResultsError, UnknownNameError."""
    import numpy as np

    from ...registry.errors import DONE
    from ...registry.lineage.questions.part import subgraph
    from ...registry.report.lineage.graph import graph_lines

    around = (args.model, args.models, args.part, args.hops)
    if args.all and any(word is not None for word in around):
        raise WordsError("--all takes everything: leave out MODEL, --models, --part and --hops")
    ecosystem = opened(args)
    if args.all:
        models, code = np.arange(len(ecosystem), dtype=np.int32), DONE
    else:
        whom = asked(args, ecosystem)
        models, code = _with_others(ecosystem, whom.models, args), whom.code
    if args.all or len(models):
        part = subgraph(ecosystem, models, view=view(args))
        put_lines(graph_lines(part, args.format, {"question": "export", "view": args.view}), args)
    return code


def _with_others(
    ecosystem: Ecosystem, models: tuple[int, ...], args: argparse.Namespace
) -> NDArray[np.int32]:
    """The models and who belongs to each, ascending."""
    import numpy as np

    from ...registry.lineage.questions import around, follow

    of = {"ancestors": follow.ancestors, "descendants": follow.descendants}.get(args.part, around.around)
    others = [of(ecosystem, model, view=view(args), hops=args.hops).models for model in models]
    return np.unique(np.concatenate([np.array(models, np.int32), *others]))
