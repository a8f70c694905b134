"""``fitment recommend``: rank hardware, batch size and precision for a model."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.answers import Answer, Question
from ...registry.errors import DONE
from ...registry.fit.with_inherited import recommend_with_inherited
from ...registry.storage.store import Store
from .. import names
from ..memory_formats import MEMORY_FORMATS
from ..models.sources import zoo_names
from .bounds import add_bounds, bounds
from .notices import pass_on
from .options import add_db_path, add_words, db_path, given, needed, positive
from .output import add_output, put
from .weighing import add_weighing, own_profile, price_list

FORMATS = ("table", "json", "csv", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model")
    parser.add_argument(
        "--workload", metavar="FILE", help="a mix of models in place of one: [[work]] tables with shares"
    )
    asked = parser.add_argument_group("the question", "what is fixed here is never traded away")
    asked.add_argument(
        "--task", metavar="NAME", help="inference or training, which asks of train_step results"
    )
    asked.add_argument("--batch-size", type=positive, metavar="N")
    asked.add_argument("--precision", metavar="P", help="such as fp32, bf16, amp_fp16")
    asked.add_argument("--compile-mode", metavar="M", help="such as eager, inductor")
    asked.add_argument("--memory-format", metavar="F", help="contiguous or channels_last")
    asked.add_argument("--input", metavar="SHAPE", help="per sample, such as 3x224x224")
    asked.add_argument("--model-version", metavar="V", help="its tag, or an alias such as production")
    asked.add_argument("--env", metavar="ID", help="one environment, by its id")
    add_bounds(parser)
    wish = parser.add_argument_group("what matters")
    wish.add_argument("--latency-sensitive", action="store_true", help="weigh latency highest")
    wish.add_argument("--memory-constrained", action="store_true", help="weigh memory highest")
    add_weighing(wish)
    wish.add_argument("--rank-by", choices=("compatibility", "suitability"), default="compatibility")
    wish.add_argument(
        "--top-k", type=positive, default=3, metavar="K", help="hardware rows to show (default: 3)"
    )
    parser.add_argument(
        "--explain", action="store_true", help="the numbers that made each row, and how to measure them again"
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="also write a decision record for a purchase file there, as .html or .md",
    )
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoResultsError where nothing is stored of the model, and it inherits nothing."""
    if args.workload is not None:
        from .recommend_mix import run_mix

        return run_mix(args)
    needed(args, "model")
    store = Store.to_ask(db_path(args))
    if args.report is not None:
        from .decision import write_record

        write_record(store, question(args), args)
    try:
        _print(recommend_with_inherited(store, question(args), measurable()), args)
    finally:
        pass_on(store)
    return DONE


def question(args: argparse.Namespace) -> Question:
    """The question that the arguments ask."""
    return Question(
        model=given(args, "model") or "",
        model_version=args.model_version,
        task=args.task,
        batch=args.batch_size,
        precision=args.precision,
        compile_mode=args.compile_mode,
        memory_format=args.memory_format,
        input_shape=args.input,
        env_id=args.env,
        latency_sensitive=args.latency_sensitive,
        memory_constrained=args.memory_constrained,
        top_k=args.top_k,
        rank_by=args.rank_by,
        explain=args.explain,
        **bounds(args),
        profile=own_profile(args),
        prices=price_list(args),
        cost=args.cost,
        energy=args.energy,
    )


def measurable() -> dict[str, tuple[str, ...]]:
    """The names that ``fitment sweep`` knows, by axis: for a slip of the pen, and for what to run next."""
    return {
        "model": zoo_names(),
        "precision": names.available("precisions"),
        "compile_mode": names.available("compilers"),
        "memory_format": MEMORY_FORMATS,
    }


def _print(answer: Answer, args: argparse.Namespace) -> None:
    if args.format != "table":
        from ...registry.report import export

        write = {"json": export.to_json, "csv": export.to_csv, "markdown": export.to_markdown}[args.format]
        put(write(answer), args)
        return
    from ...registry.report.screen import plain, show
    from ...registry.report.tables import answer_table

    if args.output is None:
        show(answer_table(answer))
    else:
        put(plain(answer_table(answer)), args)
