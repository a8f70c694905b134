"""``fitment watch``: follow a sweep that runs in another terminal."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from ...registry.errors import DONE, UnknownNameError
from ...registry.report.text import terminal
from ...registry.results.last_sweep import last_sweep
from ...registry.storage import database, journal
from ...registry.storage.store import Store
from ..display.chosen import display_here
from ..display.eta import duration
from ..display.plain import PlainDisplay
from ..display.watch import Followed, Watch, doing
from ..sweeps import status_file
from ..sweeps.status_file import Status
from .options import add_db_path, db_path

LEAST_PRIORITY = 19


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("--once", action="store_true", help="say how it stands now, and leave")
    parser.add_argument(
        "--sweep", metavar="ID", help="which one, where several run (default: the one started last)"
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 however the sweep ended. Raises NoResultsError where there is no store."""
    os.nice(LEAST_PRIORITY)  # whatever it does here, what is measured goes first
    path = database.checked(db_path(args))
    folder = journal.folder_of(path)
    alive = [sweep_id for sweep_id in status_file.sweeps(folder) if status_file.is_alive(folder, sweep_id)]
    running = sorted(
        filter(None, (status_file.read(folder, sweep_id) for sweep_id in alive)),
        key=lambda status: status.started_at,
    )
    if not running and args.sweep:
        raise UnknownNameError(f'no sweep "{args.sweep}" is running: none is')
    if not running:
        return _tell_of_the_last(path, folder, unreadable=bool(alive))
    status = _chosen(running, args.sweep)
    others = [other for other in running if other is not status]
    for other in others:
        _say(f'also running: "{other.name}": fitment watch --sweep {other.sweep_id}')
    return _once(folder, status) if args.once else _follow(folder, status)


def _chosen(running: Sequence[Status], sweep_id: str | None) -> Status:
    if sweep_id is None:
        return running[-1]
    found = next((status for status in running if status.sweep_id == sweep_id), None)
    if found is None:
        there = ", ".join(status.sweep_id for status in running)
        raise UnknownNameError(f'no sweep "{sweep_id}" is running: there are {there}')
    return found


def _once(folder: Path, status: Status) -> int:
    outlook = Followed(status)
    _say(_heading(status))
    Watch(folder, status, PlainDisplay(sys.stdout, outlook), outlook).attach()
    _say_what_runs(status, outlook)
    return DONE


def _follow(folder: Path, status: Status) -> int:
    signal.signal(signal.SIGTERM, _leave)  # through the display's own end: the cursor comes back
    signal.signal(signal.SIGHUP, _leave)
    outlook = Followed(status)
    _say(_heading(status))
    with display_here(outlook) as display:
        watch = Watch(folder, status, display, outlook)
        watch.attach()
        if isinstance(display, PlainDisplay):
            _say_what_runs(status, outlook)
        last = watch.follow()
    for line in _ending(last):
        _say(line)
    return DONE


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + signum)


def _heading(status: Status) -> str:
    return f'sweep "{status.name}" ({status.sweep_id}, pid {status.pid}) since {status.started_at}'


def _say_what_runs(status: Status, outlook: Followed) -> None:
    for device in status.devices:
        elapsed = outlook.elapsed_s(device.name)
        lasting = "" if elapsed is None else f", for {duration(elapsed)}"
        _say(f"{device.name}: {doing(device)}{lasting}; {device.done}/{device.total}")
    _say(f"eta {duration(outlook.remaining_s())}")


def _ending(last: Status | None) -> Sequence[str]:
    """What the sweep said at its end, or that it said nothing."""
    if last is None:
        return ["Nothing more is heard of this sweep; the same command says whether another one runs."]
    if last.ended is not None:
        return last.ended
    return [
        f"The sweep (pid {last.pid}) was cut off: {last.done} of {last.total} done."
        " The same sweep goes on from there."
    ]


def _tell_of_the_last(path: Path, folder: Path, *, unreadable: bool) -> int:
    """Only now is the database looked at."""
    if unreadable:
        _say("a sweep is running, but not what it says of itself can be read: is it another fitment's?")
        return DONE
    store = Store.open(path)
    last = last_sweep(store)
    _say(f"no sweep is running on {path}")
    if last is not None:
        made = ", ".join(f"{count} {status}" for status, count in last.statuses) or "nothing"
        status = status_file.read(folder, last.sweep_id)
        cut_off = status is not None and status.ended is None
        end = f"; it was cut off: {status.done} of {status.total} done" if status and cut_off else ""
        _say(f'the last one: "{last.name}" of {last.started_at}: {made}{end}')
    return DONE


def _say(text: str) -> None:
    sys.stdout.write(terminal(text) + "\n")
    sys.stdout.flush()
