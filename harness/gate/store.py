"""Where a project's gate keeps what it found: a journal of runs, and the baselines that were given a name.

The journal has the format of the results' own (see registry/storage/journal.py), so that two gates at once
are safe and a line that a crash cut off heals. It grows with every run on every machine and does not merge:
keep it in CI's cache. The baselines beside it are files to commit. ``.gitignore`` in the folder says so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from uuid import uuid4

from ...registry.errors import FitmentError, NewerStoreError
from ...registry.storage import journal, locks
from . import baseline_file, events
from .baseline import Baseline
from .errors import BaselineError, GateError
from .history import Accepted, History, Recording
from .report import GateReport

FOLDER = ".fitment-gate"
VARIABLE = "FITMENT_GATE_STORE"
IGNORED = (
    "# The history grows on each machine: cache it. The baselines are to be committed.\nevents.log\nlock\n"
)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_WAIT_S = 30.0


class StoreError(GateError):
    """The gate's folder can't be read or written; the verdict of the run at hand is not touched by that."""


class AcceptError(GateError):
    """A run that can't be accepted."""


@dataclass(frozen=True, slots=True)
class Store:
    """A project's gate folder. It is made when something is first kept in it."""

    folder: Path

    def history(self) -> History:
        """All that was kept; nothing where there is no journal yet. Raises StoreError where it is damaged."""
        if not journal.exists(self.folder):
            return History()
        try:
            return events.history_of(record.event for record in journal.scan(self.folder))
        except NewerStoreError as error:
            raise StoreError(f"{self.folder}: {error}") from error
        except (FitmentError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise StoreError(_unreadable(self.folder)) from error

    def keep_run(self, report: GateReport) -> None:
        """Puts a run into the history. Raises StoreError; the run's verdict stands all the same."""
        self._append(events.GATED, events.gated(report))

    def keep_recording(self, baseline: Baseline, name: str | None = None) -> str:
        """The new id of ``baseline`` in the history; with a ``name`` it also becomes the file of that name.

        Raises StoreError, and BaselineError for a name that is none.
        """
        identity = uuid4().hex[:8]
        path = None if name is None else self.baseline_path(name)
        self._append(events.RECORDED, events.recorded(Recording(identity, name, baseline)))
        if path is not None:
            with _guarded(self.folder):
                path.parent.mkdir(exist_ok=True)
            baseline_file.put(path, baseline)
        return identity

    def accept(self, run: str, reason: str, who: str) -> Accepted:
        """The run whose id starts with ``run`` as the accepted one from now on, by ``who`` for a ``reason``.

        Raises AcceptError for an id that is none or several, or an empty reason; StoreError.
        """
        if not reason.strip():
            raise AcceptError("a reason is needed, such as --reason 'slower on purpose: it checks its input'")
        history = self.history()
        identity = _whole_id(run, history)
        self._append(events.ACCEPTED, events.accepted(identity, reason.strip(), who))
        return self.history().acceptances[-1]

    def baseline_path(self, name: str) -> Path:
        """The file of the baseline called ``name``. Raises BaselineError for what can't be a name."""
        if not _NAME.fullmatch(name):
            raise BaselineError(
                f"{name[:100]!r} is no baseline's name: letters, digits, '.', '_' and '-' are; "
                "a file is named with its path and .json"
            )
        return self.folder / "baselines" / f"{name}.json"

    def baseline(self, asked: str) -> Baseline:
        """The baseline of that name, or in that file: what has a '/' or ends with .json is a file.

        Raises BaselineError where it is missing, damaged or none; for a name it says which there are.
        """
        if os.sep in asked or asked.endswith(".json"):
            return baseline_file.read(Path(asked))
        path = self.baseline_path(asked)
        if not path.exists():
            raise BaselineError(_no_such(asked, self.names()))
        return baseline_file.read(path)

    def names(self) -> list[str]:
        """Those of the named baselines, sorted."""
        return sorted(path.stem for path in (self.folder / "baselines").glob("*.json"))

    def _append(self, kind: str, body: Mapping[str, Any]) -> None:
        with _guarded(self.folder):
            _make(self.folder)
            with locks.hold(self.folder / "lock", _WAIT_S):
                journal.append(self.folder, kind, dict(body))


def folder_of(start: Path, asked: str | os.PathLike[str] | None = None) -> Path:
    """The gate folder of the project around ``start``.

    ``asked`` wins, then FITMENT_GATE_STORE, then a folder of that name here or above within the repository,
    then one in the repository's root, or in ``start`` where there is no repository.
    """
    named = asked or os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute()
    above = [start.absolute(), *start.absolute().parents]
    roots = [at for at, folder in enumerate(above) if (folder / ".git").exists()]
    within = above[: roots[0] + 1] if roots else above[:1]
    there = [folder for folder in within if (folder / FOLDER).is_dir()]
    return (there[0] if there else within[-1]) / FOLDER


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), open(folder / ".gitignore", "x", encoding="ascii") as stream:
        stream.write(IGNORED)


@contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """Turns what the journal, its lock or the disk refuse into the gate's error."""
    way_out = f"name another folder with --store, or {VARIABLE}"
    try:
        yield
    except OSError as error:
        raise StoreError(f"can't keep anything in {folder}: {error.strerror}; {way_out}") from error
    except journal.JournalDamagedError as error:
        raise StoreError(_unreadable(folder)) from error
    except FitmentError as error:
        reason = str(error).partition(";")[0]
        raise StoreError(f"can't keep anything in {folder}: {reason}; {way_out}") from error


def _unreadable(folder: Path) -> str:
    return (
        f"the gate's history {journal.log_of(folder)} is damaged: restore it from where it was cached, or "
        "move it away, and the history starts anew"
    )


def _whole_id(asked: str, history: History) -> str:
    known = [run.id for run in history.runs] + [each.id for each in history.recordings]
    if not known:
        raise AcceptError("there is no run to accept: run the gate first, or name its folder with --store")
    found = sorted({each for each in known if asked and each.startswith(asked.lower())})
    if len(found) == 1:
        return found[0]
    if found:
        raise AcceptError(
            f"{asked!r} begins several runs: {', '.join(found[:5])}; say more of the one you mean"
        )
    near = get_close_matches(asked.lower()[:20], known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"the last one is {known[-1]};"
    raise AcceptError(f"no run {asked[:40]!r}: {hint} `fitment gate history` lists them")


def _no_such(asked: str, names: list[str]) -> str:
    near = get_close_matches(asked, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names[:5]) or 'none yet'}"
    return f"no baseline {asked!r}: {hint}; `fitment gate record {asked} -- COMMAND` makes it"
