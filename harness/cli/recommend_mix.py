"""``fitment recommend --workload FILE``: hardware for a mix of models."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...registry.errors import DONE, FitmentError
from ...registry.fit.workload_file import read_mix
from ...registry.fit.workload_mix import recommend_mix
from ...registry.report import workload_export
from ...registry.report.screen import plain, show
from ...registry.report.workload_table import workload_table
from ...registry.storage.store import Store
from ...registry.workloads import WorkloadAnswer
from .notices import pass_on
from .options import db_path, given
from .output import put
from .recommend import add_arguments, measurable, question
from .spoken import spoken

# What goes with a mix; everything else is a part's own, or is not answered for mixes.
TOGETHER = frozenset(
    {"--workload", "--latency-sensitive", "--memory-constrained", "--top-k"}
    | {"--max-latency-ms", "--max-memory-mb", "--min-throughput", "--available"}
    | {"--prices", "--cost", "--energy", "--profile", "--missing", "--rank-by", "--target-rate"}
    | {"--explain"}
    | {"--report", "--format", "--output", "--overwrite", "--db-path"}
)
OWN = frozenset({"--task", "--batch-size", "--precision", "--compile-mode", "--memory-format", "--input"})
WRITERS = {
    "json": workload_export.to_json,
    "csv": workload_export.to_csv,
    "markdown": workload_export.to_markdown,
}


class WorkloadArgumentError(FitmentError):
    """Arguments that don't go with a mix."""


def run_mix(args: argparse.Namespace) -> int:
    """The exit code. Raises ConfigError for a file that is no mix, NoResultsError for a part without any."""
    _check(args)
    mix = read_mix(Path(args.workload))
    store = Store.to_ask(db_path(args))
    if args.report is not None:
        from .decision import write_mix_record

        write_mix_record(store, mix, question(args), args)
    answer = recommend_mix(store, mix, question(args), measurable())
    _print(answer, args)
    pass_on(store)
    return DONE


def _check(args: argparse.Namespace) -> None:
    model = given(args, "model")
    if model is not None:
        raise WorkloadArgumentError(
            f"either a model or --workload: {model} can be a [[work]] of {args.workload}"
        )
    for option in spoken(args, add_arguments):
        if option in OWN:
            key = option[2:].replace("-", "_").replace("batch_size", "batch")
            raise WorkloadArgumentError(
                f"{option} is said of each part of a mix: write {key} = … in {args.workload}"
            )
        if option not in TOGETHER:
            raise WorkloadArgumentError(
                f"{option} does not go with --workload; ask it of each model: fitment recommend MODEL"
            )


def _print(answer: WorkloadAnswer, args: argparse.Namespace) -> None:
    if args.format != "table":
        put(WRITERS[args.format](answer), args)
    elif args.output is None:
        show(workload_table(answer))
    else:
        put(plain(workload_table(answer)), args)
