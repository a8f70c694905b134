"""``fitment devices``: show what this machine has and can run, and measure what it reaches."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from ...registry.errors import DONE, FitmentError, NoResultsError
from ...registry.records import Calibration
from ...registry.report.screen import show
from ...registry.report.text import terminal
from ...registry.results.append import append_calibration, append_environment
from ...registry.results.calibrations import Calibrated, calibrated
from ...registry.storage.store import Store
from ..calibration.calibrate import calibrate
from ..display.machine import device_table
from ..display.machine_json import devices_json
from ..probe import Machine, ProbedDevice, probe
from ..sweeps.device_lock import exclusive
from ..sweeps.plan import select
from .options import add_db_path, db_path, words

FORMATS = ("table", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument(
        "--measure",
        action="store_true",
        help="measure, in about a minute a device, how much two measurements of the same thing differ here,"
        " and what each precision reaches in matrix products and in memory traffic; kept in --db-path's"
        " store, which is made if need be, else in the default one if it exists, else only shown",
    )
    parser.add_argument("--devices", type=words, metavar="D", default=["all"], help="default: all")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises DeviceBusyError where a sweep has one of the devices."""
    devices = chosen(args.devices, probe())
    store = _store(args)
    known = calibrated(store) if store else {}
    refused: list[FitmentError] = []
    if args.measure:
        known |= {each.env_id: _fresh(each) for each in _measured(devices, store, refused)}
        if store is None:
            _tell(f"not kept: there are no results at {db_path(args)}; --db-path FILE keeps it there")
    if args.format == "json":
        sys.stdout.write(devices_json(devices, known))
    else:
        _show(devices, known)
    for notice in dict.fromkeys(store.notices if store else ()):
        _tell(f"note: {notice}")
    return refused[0].exit_code if refused else DONE


def chosen(names: Sequence[str], machine: Machine) -> list[ProbedDevice]:
    """The devices behind the names, each once, in the machine's order; raises UnknownNameError."""
    found = {device.name for name in names for device in select(name, machine)}
    return [device for device in machine.devices if device.name in found]


def _store(args: argparse.Namespace) -> Store | None:
    """The store that was named, made where something is to be kept in it; else the default one, if it is
    there and sound: what this machine has can be told without."""
    if args.db_path is not None:
        return Store.open(args.db_path, create=args.measure)
    try:
        return Store.open(db_path(args))
    except NoResultsError:
        return None
    except FitmentError as error:
        _tell(f"note: {error}")
        return None


def _measured(
    devices: Sequence[ProbedDevice], store: Store | None, refused: list[FitmentError]
) -> list[Calibration]:
    """What was measured, kept in ``store``; what that refuses is said, and shown all the same."""
    found = []
    with exclusive(devices):
        for device in devices:
            calibration = calibrate(device, _tell)
            found.append(calibration)
            try:
                _keep(store, device, calibration)
            except FitmentError as error:
                refused.append(error)
                _tell(f"{device.name}: not kept: {error}")
    return found


def _keep(store: Store | None, device: ProbedDevice, calibration: Calibration) -> None:
    if store is not None:
        append_environment(store, device.environment)
        append_calibration(store, calibration)


def _fresh(calibration: Calibration) -> Calibrated:
    has_noise = calibration.noise is not None
    return Calibrated(calibration, calibration if has_noise else None, calibration)


def _show(devices: Sequence[ProbedDevice], known: Mapping[str, Calibrated]) -> None:
    for number, device in enumerate(devices):
        if number:
            sys.stdout.write("\n")
        show(device_table(device, known.get(device.environment.id)))


def _tell(text: str) -> None:
    sys.stderr.write(terminal(text) + "\n")
    sys.stderr.flush()
