"""A sweep on a terminal: finished runs scroll by above one bar for each device."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text

from ...registry.records import OK, Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from .eta import Eta, duration
from .lines import name_width, outcome, run_name

REFRESH_PER_S = 1.0  # the parent shares its cores with what is measured: about 2 ms each


class LiveDisplay:
    """Owns the live region of ``console`` from ``start`` to ``stop``."""

    def __init__(self, console: Console) -> None:
        self._eta = Eta()
        self._width = 0
        self._left: dict[tuple[str, str, int], Run] = {}
        self._started = time.monotonic()  # of the current run
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            _EtaColumn(self),
            console=console,
            refresh_per_second=REFRESH_PER_S,
            transient=True,
        )

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Shows an empty bar for each device."""
        self._left, self._width = {run.place: run for run in runs}, name_width(runs)
        for device, total in Counter(run.device for run in runs).items():
            self._tasks[device] = self._progress.add_task(f"{device}  waiting", total=total)
        before = f", {earlier} finished before" if earlier else ""
        self._say(Text(f"{len(runs)} runs{before}"))
        self._progress.start()

    def running(self, run: Run) -> None:
        """Names what the device runs now."""
        self._started = time.monotonic()
        self._progress.update(
            self._tasks[run.device], description=f"{run.device}  {run_name(run)}", refresh=True
        )

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """The result scrolls up; the bar moves on."""
        self._started = time.monotonic()
        if seconds is not None:
            self._eta.record(run, seconds)
        style = "" if measurement.status == OK else "yellow"
        self._say(Text(f"{run_name(run):<{self._width}}  {outcome(measurement)}", style=style))
        self._move_on(run)

    def dropped(self, run: Run, reason: str) -> None:
        """Why one run is not made scrolls up; the bar moves on."""
        self._say(Text(f"{run_name(run):<{self._width}}  {terminal(reason)}"))
        self._move_on(run)

    def notice(self, text: str) -> None:
        """One line that is about no run."""
        self._say(Text(f"note: {terminal(text)}", style="cyan"))

    def stop(self) -> None:
        """Takes the live region away and shows the cursor again."""
        self._progress.stop()

    def remaining(self) -> str:
        """The time that is left, less what the current run already took."""
        seconds = self._eta.remaining_s(self._left.values())
        return duration(
            seconds if seconds is None else max(0.0, seconds - (time.monotonic() - self._started))
        )

    def _move_on(self, run: Run) -> None:
        done = 0 if run.extra else 1
        if done:
            self._left.pop(run.place, None)
        self._progress.update(
            self._tasks[run.device], advance=done, description=f"{run.device}  waiting", refresh=True
        )

    def _say(self, text: Text) -> None:
        self._progress.console.print(text, soft_wrap=True)


class _EtaColumn(ProgressColumn):
    """The sweep's own ETA: rich's would count every run alike."""

    def __init__(self, display: LiveDisplay) -> None:
        super().__init__()
        self._display = display

    def render(self, task: Task) -> Text:
        """The time left, for the whole sweep."""
        return Text(f"eta {self._display.remaining()}")
