from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fitment.harness.sweeps import status_file
from fitment.harness.sweeps.status_file import DeviceStatus, Status, StatusFile
from fitment.registry.storage.journal import Position

ID, OTHER = "0123456789abcdef", "fedcba9876543210"
STATUS = Status(
    ID,
    "a name\x1b[31m",
    os.getpid(),
    "2026-03-01T10:00:00+00:00",
    earlier=2,
    width=20,
    began=Position(3, 400, 7),
    reached=Position(4, 900, 8),
    devices=(DeviceStatus("cpu", "env", 4, 1, "mlp b1", 1e9), DeviceStatus("cuda:0", "env 2", 2, 0)),
    left_s=30.5,
)
HOLD = """
import sys
from pathlib import Path
from fitment.harness.sweeps.status_file import StatusFile
file = StatusFile(Path(sys.argv[1]), sys.argv[2])
file.open()
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path, sweep_id: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(folder), sweep_id]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Every field comes back, also those that are not there yet; counts are over all devices."""
    file = StatusFile(tmp_path, ID)
    file.open()
    for status in (STATUS, replace(STATUS, left_s=None, expected_s=2.0, ended=("Done: 1 ok.",))):
        file.write(status)
        assert status_file.read(tmp_path, ID) == status
    assert (STATUS.total, STATUS.done) == (6, 1)
    file.close()


def test_a_sweep_lives_as_long_as_its_process(tmp_path: Path) -> None:
    """Killed, it is seen as dead at once: the kernel lets go of the lock, and no pid is asked."""
    with holder(tmp_path, ID) as process:
        assert status_file.is_alive(tmp_path, ID)
        process.kill()
        process.communicate()
    assert not status_file.is_alive(tmp_path, ID)
    assert not status_file.is_alive(tmp_path, OTHER)


def test_looking_disturbs_no_lock(tmp_path: Path) -> None:
    """However often it is looked at, the sweep keeps its lock."""
    with holder(tmp_path, ID) as process:
        assert all(status_file.is_alive(tmp_path, ID) for _ in range(100))
        process.communicate("")


def test_the_next_sweep_clears_away_what_ended_ones_left(tmp_path: Path) -> None:
    """The status of an ended sweep stays until then; one that runs on another device is left alone."""
    ended = StatusFile(tmp_path, ID)
    ended.open()
    ended.write(STATUS)
    ended.close()
    assert status_file.read(tmp_path, ID) == STATUS
    with holder(tmp_path, OTHER) as process:
        assert status_file.sweeps(tmp_path) == [OTHER]
        third = StatusFile(tmp_path, "0" * 16)
        third.open()
        assert status_file.sweeps(tmp_path) == ["0" * 16, OTHER]
        third.close()
        process.communicate("")


def test_a_reader_never_sees_half_a_status(tmp_path: Path) -> None:
    """A new status takes the place of the old one whole: who has the old one open reads on in it."""
    file = StatusFile(tmp_path, ID)
    file.open()
    file.write(STATUS)
    with open(tmp_path / "sweeps" / f"{ID}.json") as before:
        file.write(replace(STATUS, name="x" * 100_000))
        assert json.loads(before.read())["name"] == STATUS.name
    file.close()


def edited(change: Callable[[dict[str, Any]], object]) -> str:
    body = {"format": "fitment.status", "version": 1}
    holder: dict[str, Any] = json.loads(json.dumps(body | _plain()))
    change(holder)
    return json.dumps(holder)


def _plain() -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(STATUS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[1]",
        "{}",
        "[" * 100_000,
        edited(lambda body: body.update(version=2)),
        edited(lambda body: body.update(format="another")),
        edited(lambda body: body.pop("name")),
        edited(lambda body: body.update(pid="many")),
        edited(lambda body: body.update(started_at="yesterday")),
        edited(lambda body: body.update(left_s=float("nan"))),
        edited(lambda body: body.update(devices=[{}])),
        edited(lambda body: body.update(width=float("inf"))),
    ],
)
def test_what_is_no_status_is_none(tmp_path: Path, text: str) -> None:
    """Another version's, a forged or a damaged file is never half understood."""
    (tmp_path / "sweeps").mkdir()
    (tmp_path / "sweeps" / f"{ID}.json").write_text(text)
    assert status_file.read(tmp_path, ID) is None


def test_a_forged_name_is_no_sweep(tmp_path: Path) -> None:
    """Only 16 hex digits name a sweep: nothing else in the folder is read, locked or cleared away."""
    (tmp_path / "sweeps").mkdir()
    for name in ("x.json", "..json", f"{ID}.txt", "..%2f.lock"):
        (tmp_path / "sweeps" / name).write_text("mine")
    file = StatusFile(tmp_path, OTHER)
    file.open()
    file.close()
    assert status_file.sweeps(tmp_path) == [OTHER]
    assert (tmp_path / "sweeps/x.json").read_text() == "mine"


def test_F24_a_planted_link_is_refused(tmp_path: Path) -> None:
    """A symbolic link in the status's place is not followed: its target stays as it was."""
    (tmp_path / "sweeps").mkdir()
    (tmp_path / "precious").write_text("as it was")
    file = StatusFile(tmp_path, ID)
    file.open()
    (tmp_path / "sweeps" / f"{ID}.json.new").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic links"):
        file.write(STATUS)
    file.close()
    assert (tmp_path / "precious").read_text() == "as it was"
