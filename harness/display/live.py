"""A sweep on a terminal: finished runs scroll by above one line for each device."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TaskID
from rich.table import Column
from rich.text import Text

from ...registry.records import OK, Measurement
from ...registry.report.text import terminal
from ..sweeps.plan import Run
from .eta import duration
from .lines import heading, outcome, run_name
from .outlook import Outlook

REFRESH_PER_S = 1.0  # the parent shares its cores with what is measured: about 2 ms each
WAITING = "waiting"
BAR_WIDTH = 16
ELAPSED_WIDTH, ETA_WIDTH = 6, 10
OTHERS = (
    ELAPSED_WIDTH + ETA_WIDTH + 7
)  # cells beside device, name, bar and counts: five gaps, a slash, a margin
LEAST_NAME = 12
OUTCOME_WIDTH = 40  # a result's figures; flags and reasons may run over


class LiveDisplay:
    """Owns the live region of ``console`` from ``start`` to ``stop``."""

    def __init__(self, console: Console, outlook: Outlook | None = None) -> None:
        self._outlook = outlook or Outlook()
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            _Field("device"),
            _Field("now"),
            BarColumn(BAR_WIDTH),
            MofNCompleteColumn(),
            _Elapsed(self._outlook),
            _Eta(self._outlook),
            console=console,
            refresh_per_second=REFRESH_PER_S,
            transient=True,
        )

    def start(self, runs: Sequence[Run], earlier: int) -> None:
        """Shows an empty bar for each device."""
        self._outlook.start(runs)
        for device, total in self._outlook.totals.items():
            done = self._outlook.done[device]
            self._tasks[device] = self._progress.add_task(
                "",
                total=total,
                completed=done,
                device=device,
                now=self._fitted(WAITING),
                first=not self._tasks,
            )
        self._say(Text(heading(self._outlook.total, earlier)))
        self._progress.start()

    def running(self, run: Run) -> None:
        """Names what the device runs now."""
        self._outlook.began(run)
        self.show(run.device, run_name(run, device=False))

    def show(self, device: str, now: str) -> None:
        """What stands in the device's line, beside how far it has come."""
        done = self._outlook.done[device]
        self._progress.update(self._tasks[device], completed=done, now=self._fitted(now), refresh=True)

    def finished(self, run: Run, measurement: Measurement, seconds: float | None) -> None:
        """The result scrolls up; the bar moves on."""
        self._outlook.ended(run, seconds)
        style = "" if measurement.status == OK else "yellow"
        self._told(run, outcome(measurement), style)

    def dropped(self, run: Run, reason: str) -> None:
        """Why one run is not made scrolls up; the bar moves on."""
        self._outlook.ended(run, None)
        self._told(run, terminal(reason))

    def notice(self, text: str) -> None:
        """One line that is about no run."""
        self._say(Text(f"note: {terminal(text)}", style="cyan"))

    def stop(self) -> None:
        """Takes the live region away and shows the cursor again."""
        self._progress.stop()

    def _told(self, run: Run, text: str, style: str = "") -> None:
        width = max(LEAST_NAME, min(self._outlook.width, self._progress.console.width - OUTCOME_WIDTH))
        self._say(Text(f"{run_name(run):<{width}}  {text}", style=style))
        done = self._outlook.done[run.device] >= self._outlook.totals[run.device]
        self.show(run.device, "done" if done else WAITING)

    def _fitted(self, now: str) -> str:
        """In as many cells as all names, or as the terminal leaves: nothing moves when the next begins."""
        outlook = self._outlook
        others = max(map(len, outlook.totals)) + BAR_WIDTH + 2 * len(str(outlook.total)) + OTHERS
        width = max(LEAST_NAME, min(outlook.width, self._progress.console.width - others))
        return set_cell_size(now if cell_len(now) <= width else set_cell_size(now, width - 1) + "…", width)

    def _say(self, text: Text) -> None:
        self._progress.console.print(text, soft_wrap=True)


class _Field(ProgressColumn):
    """A text of the line as it stands, never markup."""

    def __init__(self, name: str) -> None:
        super().__init__(Column(no_wrap=True))
        self._name = name

    def render(self, task: Task) -> Text:
        """The field."""
        return Text(terminal(task.fields[self._name]))


class _Elapsed(ProgressColumn):
    """How long the device has been at its run."""

    def __init__(self, outlook: Outlook) -> None:
        super().__init__(Column(no_wrap=True, justify="right", min_width=ELAPSED_WIDTH))
        self._outlook = outlook

    def render(self, task: Task) -> Text:
        """Nothing while it has none."""
        seconds = self._outlook.elapsed_s(task.fields["device"])
        return Text("" if seconds is None else duration(seconds))


class _Eta(ProgressColumn):
    """The sweep's own ETA, once: rich's would count every run alike."""

    def __init__(self, outlook: Outlook) -> None:
        super().__init__(Column(no_wrap=True, min_width=ETA_WIDTH))
        self._outlook = outlook

    def render(self, task: Task) -> Text:
        """The time left for the whole sweep, whichever of its devices it is spent on."""
        return Text(f"eta {duration(self._outlook.remaining_s())}" if task.fields["first"] else "")
