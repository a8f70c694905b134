"""``fitment sweep``: measure what a sweep file says, or the axes given as options."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...registry.errors import DONE, NO_USABLE_CELL, OURS, FitmentError, NoResultsError, NoUsableCellError
from ...registry.report.text import terminal
from ...registry.storage.journal import folder_of
from ...registry.storage.store import Store
from ..display.both import Both
from ..display.chosen import display_here
from ..display.lines import summary_lines
from ..display.next_steps import next_steps
from ..display.publisher import Publisher
from ..probe import probe
from ..profiles import PROFILES
from ..sweeps import axis_checks
from ..sweeps.device_lock import DeviceBusyError, exclusive
from ..sweeps.display import Display
from ..sweeps.grid import Sweep
from ..sweeps.interrupts import Abandoned, Interrupts
from ..sweeps.plan import Plan, make_plan
from ..sweeps.session import new_sweep_id
from ..sweeps.standing import Standing, standing
from ..sweeps.sweep import Summary, run_sweep
from ..sweeps.sweep_file import find, from_axes, read_sweep
from . import stdout
from .dry_run import dry_run_lines
from .options import add_db_path, db_path, numbers, words

AXES = (
    "models",
    "devices",
    "scenarios",
    "precisions",
    "compile_modes",
    "batches",
    "memory_formats",
    "threads",
    "pinnings",
    "cache_states",
    "input_shapes",
    "model_version",
)


class SweepArgumentError(FitmentError):
    """Arguments that don't go together."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a sweep file, or the name of a shipped one: quick"
    )
    axes = parser.add_argument_group("without a file", "lists are comma-separated")
    axes.add_argument(
        "--models", "--model", type=words, metavar="M", help="such as resnet18 or module:mynet:make"
    )
    axes.add_argument(
        "--batches", type=numbers, metavar="N", help="such as 1,8,max (the largest that fits); default: 1"
    )
    axes.add_argument("--precisions", type=words, metavar="P", help="default: fp32")
    axes.add_argument("--compile-modes", type=words, metavar="C", help="default: eager")
    axes.add_argument("--scenarios", type=words, metavar="S", help="default: forward")
    axes.add_argument("--memory-formats", type=words, metavar="F", help="default: contiguous")
    axes.add_argument("--threads", type=numbers, metavar="T", help="default: 0, the device's own number")
    axes.add_argument("--pinnings", type=words, metavar="B", help="none, close, spread; default: none")
    axes.add_argument("--cache-states", type=words, metavar="W", help="warm, flushed; default: warm")
    axes.add_argument("--input-shapes", type=words, metavar="I", help="default: the model's own")
    axes.add_argument("--model-version", metavar="V", help="your word for this state of weights and code")
    axes.add_argument("--devices", type=words, metavar="D", help="default: all")
    parser.add_argument("--profile", choices=PROFILES, help="how much is measured, in place of the file's")
    parser.add_argument("--seed", type=int, help="of the order and of seeded weights, in place of the file's")
    parser.add_argument(
        "--invocations",
        type=int,
        metavar="N",
        help="processes per cell, in place of the file's or the profile's",
    )
    parser.add_argument(
        "--deadline",
        type=float,
        metavar="S",
        help="seconds until a cell is a timeout, in place of the file's",
    )
    parser.add_argument("--again", action="store_true", help="run also what an earlier sweep finished")
    parser.add_argument(
        "--dry-run", action="store_true", help="show the runs in order and how long they take"
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises NoUsableCellError where no run of the plan was ever ok."""
    sweep = _sweep(args)
    if args.dry_run:  # no cell to finish: a signal ends it as any command
        return _show(_standing(make_plan(sweep, probe()), args), sweep.profile)
    with Interrupts() as interrupts:
        try:
            with interrupts.abandonable():
                plan = make_plan(sweep, probe())
                store = Store.open(db_path(args), create=True)
        except Abandoned as abandoned:
            return 128 + abandoned.signum
        try:
            return _run(args, sweep, plan, store, interrupts)
        except DeviceBusyError:
            if interrupts.signum is None:
                raise
            return 128 + interrupts.signum
        except OSError as error:
            if error.errno != errno.EIO or interrupts.signum != signal.SIGHUP:
                raise
            stdout.let_go()  # the terminal is gone: there is nobody to tell
            return 128 + signal.SIGHUP


def _run(args: argparse.Namespace, sweep: Sweep, plan: Plan, store: Store, interrupts: Interrupts) -> int:
    for device in plan.devices:
        line = f"{device.name}: {device.hardware} (environment {device.environment.id})"
        sys.stdout.write(terminal(line) + "\n")
    with exclusive(plan.devices, pause=interrupts.pause), display_here() as display:
        summary = _published(args, sweep, plan, store, interrupts, display)
    return _end(summary, store, _same_store(args))


def _published(
    args: argparse.Namespace, sweep: Sweep, plan: Plan, store: Store, interrupts: Interrupts, here: Display
) -> Summary:
    """How the sweep ended, which was shown here and to whoever watches it."""
    sweep_id, path = new_sweep_id(), _import_path(args)
    publisher = Publisher(folder_of(store.path), sweep_id, sweep.name, here.notice)
    display = Both(publisher, here)
    try:
        summary = run_sweep(
            sweep, plan, store, display, interrupts, import_path=path, again=args.again, sweep_id=sweep_id
        )
        publisher.end(summary_lines(summary))
    finally:
        publisher.stop()
    return summary


def _sweep(args: argparse.Namespace) -> Sweep:
    axes = {name: getattr(args, name) for name in AXES if getattr(args, name) is not None}
    if (args.file is None) == (args.models is None) or (args.file and axes):
        raise SweepArgumentError(
            "give a sweep file, such as quick, or --models with its axes; not both, not neither"
        )
    sweep = read_sweep(find(args.file)) if args.file is not None else from_axes(axes, {"profile": "quick"})
    return _with_options(sweep, args)


def _with_options(sweep: Sweep, args: argparse.Namespace) -> Sweep:
    """The sweep with what the options say in place of its own."""
    if args.profile is not None:
        sweep = replace(sweep, profile=args.profile)
    if args.seed is not None:
        sweep = replace(sweep, seed=_checked("--seed", axis_checks.seed, args.seed))
    if args.invocations is not None:
        count = _checked("--invocations", axis_checks.invocations, args.invocations)
        sweep = replace(sweep, invocations=count)
    if args.deadline is not None:
        deadline_s = _checked("--deadline", axis_checks.seconds, args.deadline)
        sweep = replace(sweep, grids=tuple(replace(grid, deadline_s=deadline_s) for grid in sweep.grids))
    return sweep


def _checked(option: str, check: axis_checks.Check, value: float) -> Any:
    try:
        return check(value)
    except axis_checks.MistakeError as mistake:
        raise SweepArgumentError(f"{option}: {mistake}") from None


def _import_path(args: argparse.Namespace) -> tuple[str, ...]:
    """Where ``module:`` factories are looked for first: here, then beside the sweep file."""
    beside = [str(Path(args.file).resolve().parent)] if args.file else []
    return tuple(dict.fromkeys([os.getcwd(), *beside]))


def _standing(plan: Plan, args: argparse.Namespace) -> Standing:
    """Where a sweep of the plan would begin; with nothing known where there is no store yet."""
    try:
        return standing(plan, Store.open(db_path(args)), again=args.again)
    except NoResultsError:
        return standing(plan, None)


def _show(start: Standing, profile: str) -> int:
    for line in dry_run_lines(start, profile):
        sys.stdout.write(line + "\n")
    return DONE


def _same_store(args: argparse.Namespace) -> list[str]:
    """What another command needs to say so that it works on this store."""
    return [] if args.db_path is None else ["--db-path", str(args.db_path)]


def _end(summary: Summary, store: Store, same_store: Sequence[str] = ()) -> int:
    steps = next_steps(summary.made, same_store) if summary.ok and summary.signum is None else []
    for line in (*summary_lines(summary), *steps):
        sys.stdout.write(line + "\n")
    if summary.signum is not None:
        return 128 + summary.signum
    if dict(summary.statuses).get("harness_error"):
        return OURS
    if not summary.ok:
        raise NoUsableCellError(f"no run of this sweep is ok; each reason stands above and in {store.path}")
    return NO_USABLE_CELL if summary.out else DONE
