"""What the plugin does in the pytest that a user starts: the tests, then the gate, then its verdicts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from . import asked, fingerprint, report_files, report_text, untimed
from .baseline import Baseline
from .busy import Watch
from .checkouts import checkout, project_root
from .errors import CANNOT_JUDGE, GateError, NothingMeasuredError
from .gate import gate_baseline, gate_revisions
from .judgement import exit_code
from .processes import PytestRunner, Tree
from .report import GateReport
from .revisions import commit_of
from .store import Store, StoreError, folder_of


def register(config: pytest.Config) -> None:
    """Registers the gate. Raises pytest.UsageError where it can't judge whatever the tests say."""
    try:
        asked.check(config)
        config.pluginmanager.register(GateSession(config), "fitment-gate")
    except GateError as error:
        raise pytest.UsageError(str(error)) from error
    untimed.register(config)


class GateSession:
    """The gate of one invocation, where the verdicts are printed."""

    def __init__(self, config: pytest.Config) -> None:
        """Raises GateError for what can be known to be wrong before a test has run."""
        option = config.option
        self._config = config
        self._load = os.getloadavg()[0]
        self._environ = dict(os.environ)
        self._options = asked.options(option)
        self._root = project_root(config.rootpath)
        self._store = Store(folder_of(config.rootpath, option.fitment_store))
        self._history = self._store.history()
        self._base: str | None = option.fitment_base
        self._baseline = None if self._base else self._recorded(option.fitment_baseline)
        if self._base is not None:
            commit_of(self._root, self._base)
        self._benchmarks: set[str] = set()
        self._report: GateReport | None = None
        self._problem: str | None = None  # why there is no report
        self._warnings: list[str] = []

    def _recorded(self, name: str | None) -> Baseline:
        """The baseline of that name, else the one that was accepted."""
        if name is not None:
            return self._store.baseline(name)
        accepted = self._history.accepted(fingerprint.machine_class(fingerprint.facts()))
        if accepted is None:
            raise GateError(
                "nothing to compare with: name a revision with --fitment-base REV, or a baseline with "
                "--fitment-baseline NAME; `fitment gate record` makes one"
            )
        return accepted.baseline

    @pytest.hookimpl(optionalhook=True)
    def pytest_benchmark_update_machine_info(self, machine_info: dict[str, Any]) -> None:
        """Puts GPUs, driver, clock policy and threads beside pytest-benchmark's own facts."""
        machine_info["fitment"] = fingerprint.facts()

    @pytest.hookimpl(optionalhook=True)
    def pytest_benchmark_compare_machine_info(
        self, machine_info: dict[str, Any], compared_benchmark: dict[str, Any]
    ) -> None:
        """Raises pytest.UsageError where --benchmark-compare names a file of another machine."""
        theirs = compared_benchmark.get("machine_info", {}).get("fitment")
        ours = machine_info["fitment"]
        if theirs and fingerprint.machine_class(theirs) != fingerprint.machine_class(ours):
            raise pytest.UsageError(
                f"--benchmark-compare: recorded on {fingerprint.machine_class(theirs)}, this is "
                f"{fingerprint.machine_class(ours)}; record it again here, or leave it out"
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Takes down which benchmarks there are."""
        if getattr(report, untimed.MARK, False):
            self._benchmarks.add(report.nodeid)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        """Runs the gate once the tests have passed."""
        result = yield
        if session.testsfailed:
            self._problem = "not run, as a test failed"
            return result
        try:
            if not self._benchmarks:
                raise NothingMeasuredError("no benchmark was collected: check the paths, -k and -m")
            self._report = self._judged()
            self._store.keep_run(self._report)
        except StoreError as error:
            if self._report is None:
                self._problem = str(error)
            else:  # the verdicts stand
                self._warnings.append(str(error))
        except GateError as error:
            self._problem = str(error)
        return result

    def _judged(self) -> GateReport:
        watch = Watch(self._load)
        command, folder = asked.command(self._config), self._config.invocation_params.dir
        with ExitStack() as stack:
            head = stack.enter_context(checkout(self._root, None))
            tree = head.tree("head", command, folder, self._environ)
            if self._baseline is not None:
                runner = self._runner(None, tree)
                report = gate_baseline(
                    runner, self._history, self._baseline, head.side, self._options, self._say
                )
            else:
                base = stack.enter_context(checkout(self._root, self._base))
                other = base.tree("base", command, folder, self._environ)
                runner = self._runner(other, tree)
                report = gate_revisions(runner, self._history, base.side, head.side, self._options, self._say)
                report = replace(report, notes=(*report.notes, *base.notes))
        return replace(report, notes=(*report.notes, *watch.notes()))

    def _runner(self, base: Tree | None, head: Tree) -> PytestRunner:
        options = self._options
        return PytestRunner(
            base,
            head,
            deadline_s=options.deadline_s,
            under_callgrind=options.instructions == "callgrind",
        )

    def _say(self, line: str) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and self._config.get_verbosity() >= 0:
            terminal.ensure_newline()
            terminal.write_line(f"fitment gate: {line}")
            terminal.flush()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Writes the reports, and sets the exit status where pytest itself has nothing worse to say."""
        ours = CANNOT_JUDGE
        if self._report is not None:
            ours = exit_code(self._report.judgements, strict=self._options.strict)
            paths = asked.reports(self._config)
            self._warnings += report_files.write_all(self._report, paths, strict=self._options.strict)
        if session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = ours

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Prints the verdicts, or why there are none."""
        if self._report is None and self._problem is None:  # interrupted
            return
        terminalreporter.section("fitment gate")
        lines = [self._problem or ""]
        if self._report is not None:
            lines = report_text.lines(self._report, strict=self._options.strict)
        for line in (*lines, *(f"warning: {each}" for each in self._warnings)):
            terminalreporter.write_line(line)
