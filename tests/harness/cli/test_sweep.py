from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.probe import Machine, ProbedDevice
from fitment.harness.sweeps.sweep import Summary
from fitment.registry.records import Environment
from fitment.registry.storage.store import Store

from tests.harness.jobs import HURRIED

OWN_MODEL = """
from torch import nn, zeros

def make():
    return nn.Sequential(nn.Linear(16, 32), nn.Linear(32, 4)), zeros(1, 16)

def broken():
    raise RuntimeError("no weights\\x1b[31m here")
"""
CPU = ProbedDevice(
    "cpu",
    "cpu",
    "a cpu",
    Environment(device_kind="cpu", hardware="a cpu"),
    {"fp32": None, "bf16": None, "int8_dynamic": None, "fp16": "no fp16 here"},
    {"eager": None, "inductor": "no C++ compiler"},
)


def fitment(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fitment.harness.cli.main", *words],
        cwd=folder,
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder), "FITMENT_DB": "own.duckdb"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_own_model_is_measured_and_recommended(tmp_path: Path) -> None:
    """A newcomer's path: a factory beside the shell, one sweep without a file, one recommendation."""
    (tmp_path / "mynet.py").write_text(HURRIED + OWN_MODEL)
    swept = fitment(
        tmp_path, "sweep", "--models", "module:mynet:make,module:mynet:broken", "--precisions", "fp32"
    )
    assert (swept.returncode, swept.stderr) == (0, "")
    lines = swept.stdout.splitlines()
    assert re.fullmatch(r"cpu: .* cores \(environment [0-9a-f]{16}\)", lines[0])
    assert lines[1] == "2 runs"
    ok = next(line for line in lines if "mynet:make" in line)
    assert re.fullmatch(r"\[[12]/2\] mynet:make b1 fp32 eager cpu .* samples/s +\S+ [mµ]?s +\S+ MB.*", ok)
    failed = next(line for line in lines if "mynet:broken" in line)
    assert "model_error: " in failed
    assert "no weights\\x1b[31m here" in failed
    first, second = ("mynet:make", "mynet:broken") if ok.startswith("[1") else ("mynet:broken", "mynet:make")
    assert lines[-5:] == [
        "Done: 1 ok, 1 model_error.",
        f"Results: 1 of {first}, 2 of {second}.",
        "Next:",
        "  fitment recommend mynet:make",
        f"  fitment link-tests mynet:make VERSION --result-ids {1 if first == 'mynet:make' else 2}",
    ]

    answer = json.loads(fitment(tmp_path, "recommend", "module:mynet:make", "--format", "json").stdout)
    (row,) = answer["rows"]
    assert (
        row["configuration"] | {"batch": 1, "precision": "fp32", "compile_mode": "eager"}
        == row["configuration"]
    )
    assert row["evidence"]["tier"] == "measured here"
    assert row["throughput"] > 0
    with Store.open(tmp_path / "own.duckdb").reading() as con:
        assert con.execute(
            "SELECT count(*), count(DISTINCT sweep_id) FROM performance_results"
        ).fetchall() == [(2, 1)]


@pytest.fixture
def probed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to sweep from, on a machine whose capabilities are known without asking."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("FITMENT_DB", "s.duckdb")
    monkeypatch.setattr("fitment.harness.cli.sweep.probe", lambda: Machine((CPU,)))
    return tmp_path


def test_a_dry_run_measures_and_stores_nothing(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The runs are shown in order with what is known of them; no store is made."""
    assert (
        main(["sweep", "--models", "resnet18", "--precisions", "fp16,fp32", "--batches", "8,1", "--dry-run"])
        == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["4 runs, 0 finished before", "eta 6 s to 32 s, by the budgets of profile quick"]
    assert [line for line in lines if line.startswith("resnet18 b1 fp16 eager cpu")] == [
        "resnet18 b1 fp16 eager cpu  unsupported_precision: no fp16 here"
    ]
    batches = [line.split()[1] for line in lines if " fp32 " in line]
    assert batches == ["b1", "b8"]
    assert not (probed / "s.duckdb").exists()


def test_a_sweep_without_an_ok_cell_is_exit_3(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing usable came out, now or before: the reasons stand above the error and in the store."""
    for before in ("", "1 finished before"):
        assert main(["sweep", "--models", "resnet18", "--precisions", "fp16"]) == 3
        out, err = capsys.readouterr()
        assert before in out
        assert (
            err == f"fitment: no run of this sweep is ok; each reason stands above and in {probed}/s.duckdb\n"
        )


def test_the_options_stand_in_place_of_the_files(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--seed, --profile and --invocations win over the sweep file: standard runs each cell three times."""
    (probed / "a.toml").write_text('profile = "quick"\n[[grid]]\nmodels = ["resnet18"]\n')
    assert main(["sweep", "a.toml", "--dry-run", "--profile", "standard", "--seed", "1"]) == 0
    assert "\n3 runs, 0 finished before\n" in capsys.readouterr().out
    assert main(["sweep", "a.toml", "--dry-run", "--profile", "standard", "--invocations", "4"]) == 0
    assert "\n4 runs, 0 finished before\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "give a sweep file"),
        (["quick", "--models", "resnet18"], "give a sweep file"),
        (["--batches", "8"], "give a sweep file"),
        (["qick"], "qick: no such file, nor a sweep that ships with fitment: quick, smoke"),
        (["no.toml"], "no.toml: can't read this sweep file: No such file or directory"),
        (
            ["--models", "resnet81"],
            'command line: models: unknown model "resnet81": did you mean "resnet18"?',
        ),
        (
            ["--models", "resnet18", "--precisions", "fp61"],
            'command line: precisions: unknown precision "fp61"',
        ),
        (["--models", "resnet18", "--devices", "cuda:7"], 'unknown device "cuda:7": this machine has cpu'),
        (["--models", "resnet18", "--seed", "-1"], "--seed: a whole number from 0"),
        (["--models", "resnet18", "--db-path", "."], ". is a directory"),
        (["--models", "resnet18", "--db-path", "no/such/s.duckdb"], "no/such"),
    ],
)
def test_a_mistake_is_one_line(
    words: list[str], expected: str, probed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong with the question is said before anything is measured, with exit code 2."""
    assert main(["sweep", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert expected in err


def test_a_foreign_database_is_refused_untouched(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no store of ours stays as it was."""
    foreign = probed / "s.duckdb"
    foreign.write_bytes(b"somebody's data")
    assert main(["sweep", "--models", "resnet18", "--precisions", "fp16"]) == 2
    assert "not a fitment store" in capsys.readouterr().err
    assert foreign.read_bytes() == b"somebody's data"


@pytest.mark.parametrize(
    ("statuses", "signum", "code"),
    [
        ((("ok", 1), ("timeout", 5)), None, 0),
        ((("ok", 1), ("harness_error", 1)), None, 1),
        ((("harness_error", 1),), None, 1),
        ((("timeout", 1),), None, 3),
        ((("cancelled", 1),), 15, 143),
    ],
)
def test_the_exit_code_says_how_it_ended(
    statuses: tuple[tuple[str, int], ...],
    signum: int | None,
    code: int,
    probed: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Failed cells are data and fail nothing; our own errors, nothing usable and signals do."""
    ended = Summary(statuses, left=0, earlier=0, earlier_ok=0, signum=signum)
    monkeypatch.setattr("fitment.harness.cli.sweep.run_sweep", lambda *arguments, **options: ended)
    assert main(["sweep", "--models", "resnet18"]) == code


def test_a_device_that_is_out_is_exit_3(
    probed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Results or not, a sweep that had to leave a device says so, and does not end as if it were done."""
    ended = Summary((("ok", 4), ("device_fault", 2)), 0, 0, 0, None, out=("cuda:0 is lost",))
    monkeypatch.setattr("fitment.harness.cli.sweep.run_sweep", lambda *arguments, **options: ended)
    assert main(["sweep", "--models", "resnet18"]) == 3
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].startswith("Out: cuda:0 is lost. ")
    assert err == ""
