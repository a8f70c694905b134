from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.harness.cli.weighing import add_weighing, own_profile, price_list
from fitment.registry.answers import Weights

TINY = ["recommend", "tiny", "--format", "json"]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    file = tmp_path / "p.csv"
    old = datetime.now(UTC).date() - timedelta(days=31)
    file.write_text(f'hardware,usd_per_device_hour,date\n"Own CPU, 4 cores",0.36,{old}\n')
    return file


def test_files_become_what_is_asked(tmp_path: Path, prices: Path) -> None:
    """The options' files are read; without them there is no profile and no price."""
    parser = ArgumentParser()
    add_weighing(parser)
    profile = tmp_path / "mine.toml"
    profile.write_text('throughput = 1\nenergy = 1\nscenario = "train_step"\n')
    args = parser.parse_args(["--profile", str(profile), "--prices", str(prices)])
    found = own_profile(args)
    assert found is not None
    assert (found.name, found.scenario) == ("mine", "train_step")
    assert found.weights == Weights(0.5, 0.0, 0.0, 0.0, 0.5)
    assert [(p.hardware, p.stale) for p in price_list(args)] == [("Own CPU, 4 cores", True)]
    nothing = parser.parse_args([])
    assert (own_profile(nothing), price_list(nothing)) == (None, ())


@pytest.mark.usefixtures("filled")
def test_the_cost_of_a_thousand(prices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """.36 USD an hour at 800/s are .000125 USD; the table shows it, and it counts when it is to."""
    assert main([*TINY, "--prices", str(prices), "--cost"]) == 0
    found = json.loads(capsys.readouterr().out)
    (row,) = found["rows"]
    assert row["cost_per_1k_usd"] == pytest.approx(0.000125)
    assert "stale_price" in row["flags"]
    assert found["weights"]["cost"] == 0.25
    assert main(["recommend", "tiny", "--prices", str(prices)]) == 0
    assert "USD/1k" in capsys.readouterr().out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--cost"], "--cost needs prices: --prices FILE"),
        (["--prices", "no.csv"], "no.csv: not a price list: No such file or directory"),
        (["--profile", "no.toml"], "no.toml: not a task profile"),
        (
            ["--task", "inferense"],
            'unknown task "inferense": did you mean inference? there are inference, training',
        ),
        (["--prices", "BAD"], ":2: usd_per_device_hour is 0"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    words: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the way out, exit code 2, and nothing on standard output."""
    bad = tmp_path / "bad.csv"
    bad.write_text("hardware,usd_per_device_hour\nL4,0\n")
    assert main([*TINY, *(str(bad) if word == "BAD" else word for word in words)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert reason in err
