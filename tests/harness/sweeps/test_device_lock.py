from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.probe import ProbedDevice
from fitment.harness.sweeps.device_lock import DeviceBusyError, DeviceLockError, exclusive, lock_path
from fitment.registry.records import Environment

HOLD = """
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(fd, fcntl.LOCK_EX)
os.write(fd, str(os.getpid()).encode())
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def device(name: str, uuid: str | None = None) -> ProbedDevice:
    kind = name.partition(":")[0]
    environment = Environment(device_kind=kind, hardware="a device", device_uuid=uuid)
    return ProbedDevice(name, kind, "a device", environment, {}, {})


def holder(path: Path) -> subprocess.Popen[str]:
    path.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-c", HOLD, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_sweep_is_refused_by_the_first_ones_pid() -> None:
    """A device that another process measures is busy (exit 75), and the message names that process."""
    with holder(lock_path(device("cpu"))) as process:
        named = rf"device cpu .* \(pid {process.pid}\)"
        with pytest.raises(DeviceBusyError, match=named) as caught, exclusive([device("cpu")], wait_s=0):
            pytest.fail("two sweeps on one device")
        assert caught.value.exit_code == 75
        process.communicate("")


def test_the_lock_of_a_dead_sweep_is_free() -> None:
    """The kernel lets go of what a killed process held; the pid left in the file stops nobody."""
    with holder(lock_path(device("cpu"))) as process:
        process.kill()
        process.communicate()
    with exclusive([device("cpu")], wait_s=0):
        assert lock_path(device("cpu")).read_text() == str(os.getpid())


def test_other_devices_are_free() -> None:
    """Sweeps on different devices don't wait for each other."""
    with holder(lock_path(device("cuda:0", "GPU-1"))) as process:
        with exclusive([device("cpu"), device("cuda:0", "GPU-2")], wait_s=0):
            pass
        process.communicate("")


def test_a_gpu_is_locked_by_its_uuid() -> None:
    """Two names for one GPU, as CUDA_VISIBLE_DEVICES makes them, share a lock."""
    assert lock_path(device("cuda:0", "GPU-1")) == lock_path(device("cuda:3", "GPU-1"))


def test_leaving_lets_go() -> None:
    """After a sweep its devices are free again."""
    for _ in range(2):
        with exclusive([device("cpu")], wait_s=0):
            pass


def test_F24_a_planted_link_is_refused(runtime: Path) -> None:
    """A symbolic link in the lock's place is not followed: its target stays as it was."""
    target = runtime / "precious"
    target.write_text("as it was")
    lock_path(device("cpu")).parent.mkdir()
    lock_path(device("cpu")).symlink_to(target)
    with pytest.raises(DeviceLockError, match="set XDG_RUNTIME_DIR"), exclusive([device("cpu")], wait_s=0):
        pytest.fail("followed the link")
    assert target.read_text() == "as it was"


def test_a_signal_ends_the_wait() -> None:
    """A pause that says a signal came ends the wait for another sweep at once."""
    cpu = [device("cpu")]
    asked: list[float] = []

    def interrupted(seconds: float) -> bool:
        asked.append(seconds)
        return False

    with exclusive(cpu), pytest.raises(DeviceBusyError), exclusive(cpu, wait_s=3600, pause=interrupted):
        pytest.fail("a device was had twice")
    assert len(asked) == 1
