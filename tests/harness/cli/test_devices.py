from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fitment.harness.cli.devices import chosen
from fitment.harness.cli.main import main
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps.device_lock import lock_path
from fitment.registry.errors import StoreFullError, UnknownNameError
from fitment.registry.records import Calibration
from fitment.registry.results.calibrations import calibrated
from fitment.registry.storage.store import Store

from tests.harness.display.machines import CALIBRATION, DEVICE


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a store, on a machine of one GPU that is calibrated without asking it."""

    def calibrate(device: ProbedDevice, tell: Callable[[str], None]) -> Calibration:
        tell(f"{device.name}: measuring")
        return CALIBRATION

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("FITMENT_DB", raising=False)
    monkeypatch.delenv("BENCHMARK_DB_PATH", raising=False)
    monkeypatch.setattr("fitment.harness.cli.devices.probe", lambda: Machine((DEVICE,)))
    monkeypatch.setattr("fitment.harness.cli.devices.calibrate", calibrate)
    return tmp_path


def test_this_machine_is_described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The CPU is there with its environment's id and what runs on it; an absent GPU is no error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FITMENT_DB", raising=False)
    assert main(["devices"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("cpu\n")
    for part in ("hardware", "environment", "torch", "precisions", "fp32", "compile modes", "eager"):
        assert part in out
    assert "null step" in out
    assert list(tmp_path.iterdir()) == []


def test_measured_figures_are_shown_and_kept_where_asked(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--db-path makes a store; what is in it is shown again with its day, without measuring."""
    assert main(["devices", "--measure", "--db-path", "lab.duckdb"]) == 0
    out, err = capsys.readouterr()
    assert "20.0 TFLOP/s" in out
    assert err == "cuda:0: measuring\n"
    assert calibrated(Store.open(machine / "lab.duckdb"))[DEVICE.environment.id].ceilings is not None
    assert main(["devices", "--db-path", "lab.duckdb"]) == 0
    out, err = capsys.readouterr()
    assert "measured 2026-03-01 21:30 UTC" in out
    assert err == ""


def test_what_can_not_be_kept_is_shown_all_the_same(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A minute of measuring is not thrown away over a full disk; the exit code tells of it."""

    def full(*arguments: object) -> None:
        raise StoreFullError("the disk is full")

    monkeypatch.setattr(Store, "append", full)
    assert main(["devices", "--measure", "--db-path", "lab.duckdb"]) == StoreFullError.exit_code
    out, err = capsys.readouterr()
    assert "20.0 TFLOP/s" in out
    assert err == "cuda:0: measuring\ncuda:0: not kept: the disk is full\n"


def test_without_a_store_nothing_is_made(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Looking leaves no trace: the figures are shown, and how to keep them."""
    assert main(["devices", "--measure"]) == 0
    out, err = capsys.readouterr()
    assert "20.0 TFLOP/s" in out
    assert "not kept: there are no results at fitment.duckdb; --db-path FILE keeps it there\n" in err
    assert not list(machine.glob("fitment.*"))


def test_the_default_store_is_used_where_it_exists(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside results the figures belong to them."""
    Store.open(machine / "fitment.duckdb", create=True)
    assert main(["devices", "--measure"]) == 0
    assert "not kept" not in capsys.readouterr().err
    assert DEVICE.environment.id in calibrated(Store.open(machine / "fitment.duckdb"))


def test_a_foreign_file_in_the_stores_place_hides_no_device(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What this machine has can be told without a store; one that was named has to be one."""
    (machine / "fitment.duckdb").write_text("somebody's")
    assert main(["devices"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("cuda:0\n")
    assert err.startswith("note: ")
    assert err.count("\n") == 1
    assert main(["devices", "--db-path", "fitment.duckdb"]) == 2
    assert main(["devices", "--db-path", "no.duckdb"]) == 2


def test_json_is_for_scripts(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output holds one JSON object; what is going on is told beside it."""
    assert main(["devices", "--measure", "--format", "json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["devices"][0]["roofline"]["ceilings"][0]["precision"] == "fp32"


def test_an_unknown_device_is_named(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and what there is, in one line."""
    assert main(["devices", "--measure", "--devices", "cuda:7"]) == 2
    assert capsys.readouterr().err == 'fitment: unknown device "cuda:7": this machine has cuda:0\n'


def test_each_device_is_chosen_once() -> None:
    """However often and by whichever name it is given."""
    assert chosen(["all", "cuda:0", "cuda"], Machine((DEVICE,))) == [DEVICE]
    with pytest.raises(UnknownNameError):
        chosen([""], Machine((DEVICE,)))


HOLD = """
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(fd, fcntl.LOCK_EX)
os.write(fd, str(os.getpid()).encode())
print("held", flush=True)
sys.stdin.read()
"""


def test_a_running_sweep_is_left_alone(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A device that is being measured is busy: exit code 75, nothing was run on it, nothing kept."""
    from fitment.harness.sweeps import device_lock

    monkeypatch.setattr(
        "fitment.harness.cli.devices.exclusive", lambda devices: device_lock.exclusive(devices, wait_s=0)
    )
    lock_path(DEVICE).parent.mkdir(exist_ok=True)
    command = [sys.executable, "-c", HOLD, str(lock_path(DEVICE))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sweep:
        assert sweep.stdout is not None
        assert sweep.stdout.readline() == "held\n"
        assert main(["devices", "--measure", "--db-path", "lab.duckdb"]) == os.EX_TEMPFAIL
        sweep.communicate("")
    out, err = capsys.readouterr()
    assert out == ""
    assert f"(pid {sweep.pid})" in err
    assert calibrated(Store.open(machine / "lab.duckdb")) == {}
