"""Two sides of a project compared by a command, or one of them recorded: what ``fitment gate`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from .baseline import Baseline, of_report
from .busy import Watch
from .checkouts import checkout, project_root
from .command_time import CommandRunner, name_of
from .errors import NothingMeasuredError
from .gate import gate_revisions, record
from .history import History
from .options import Options
from .processes import PytestRunner, Tree
from .report import GateReport, Side
from .revisions import toplevel
from .schedule import Progress, Runner
from .set_up import check, prepare


@dataclass(frozen=True, slots=True)
class Command:
    """What runs the benchmarks, said of the working tree."""

    words: tuple[str, ...]
    folder: Path  # where it was said
    environ: Mapping[str, str]
    timed: bool = False  # whether it is the benchmark itself
    setup: str | None = None  # a line for a shell, to run first in each tree

    def runner(self, base: Tree | None, head: Tree, options: Options) -> Runner:
        """What runs its passes."""
        name = name_of(self.words)
        if self.timed:
            return CommandRunner(base, head, name, deadline_s=options.deadline_s)
        return PytestRunner(
            base,
            head,
            deadline_s=options.deadline_s,
            command=name,
            under_callgrind=options.instructions == "callgrind",
        )

    def tree(
        self, stack: ExitStack, name: str, root: Path, revision: str | None
    ) -> tuple[Side, Tree, list[str]]:
        """A side that is checked out for as long as ``stack`` lasts, and what is to be noted of it."""
        found = stack.enter_context(checkout(root, revision))
        return found.side, found.tree(name, self.words, self.folder, self.environ), list(found.notes)


def compare(
    command: Command, base: str, head: str | None, history: History, options: Options, say: Progress
) -> GateReport:
    """What changed from the revision ``base`` to ``head``, or to the working tree where that is None.

    Raises GateError.
    """
    if command.setup is not None:
        check(command.setup)
    root, watch = toplevel(command.folder), Watch()
    with ExitStack() as stack:
        before, base_tree, notes = command.tree(stack, "base", root, base)
        after, head_tree, others = command.tree(stack, "head", root, head)
        _set_up(command, (base_tree, head_tree), say)
        runner = command.runner(base_tree, head_tree, options)
        report = gate_revisions(runner, history, before, after, options, say)
    return replace(report, notes=(*report.notes, *notes, *others, *watch.notes()))


def recorded(
    command: Command, label: str, options: Options, say: Progress, *, timed: bool = True
) -> tuple[Baseline, GateReport]:
    """The working tree as a baseline called ``label``, and the report that says what is not in it.

    Without times and their machine where ``timed`` is not. Raises GateError; NothingMeasuredError where no
    benchmark could be measured.
    """
    root, watch = project_root(command.folder), Watch()
    with ExitStack() as stack:
        side, tree, _ = command.tree(stack, "head", root, None)
        _set_up(command, (tree,), say)
        report = record(command.runner(None, tree, options), side, options, say, timed=timed)
    report = replace(report, notes=(*report.notes, *watch.notes()))
    if not report.processes and not report.counters:
        raise NothingMeasuredError(f"no benchmark could be measured: {_reasons(report)}")
    found = of_report(report, label)
    return found if timed else replace(found, machine_class=None), report


def _set_up(command: Command, trees: Sequence[Tree], say: Progress) -> None:
    for tree in trees if command.setup is not None else ():
        say(f"setup in {tree.label}")
        prepare(tree, str(command.setup))


def _reasons(report: GateReport) -> str:
    notes = [f"{each.benchmark}: {each.note}" for each in report.judgements]
    return "; ".join(notes[:3]) or "none of them ran"
