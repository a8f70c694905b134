from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from fitment.harness.cli.main import Parser, main, usage
from fitment.harness.cli.verbs import VERBS, Verb
from fitment.registry.errors import FitmentError, NoUsableCellError, StoreBusyError, StoreFullError

HELP = """\
usage: fitment VERB ...

Which hardware, batch size and precision suit a model: measured, kept, scored.

Measure:
  sweep             measure models on this machine, as a sweep file says
  watch             follow a sweep that runs in another terminal
  devices           show what this machine has and can run
  import            take in results that others published

Decide:
  calculate-scores  score every hardware-model pair from the stored results
  update-task       make the stored recommendations of a task anew
  recommend         rank hardware, batch size and precision for a model
  hardware          show the catalogue of devices, and which results it matches
  diff              set two results side by side, what differs first
  report            show the matrix of hardware and models

Models:
  model             record models and choose among them
  analytics         show what the recorded models are like, taken together
  bom               write the bill of materials of a model or repository
  card              read model cards, with the evidence for each field
  checkpoint        keep the files of models by content
  licence           judge what licences allow, clause by clause
  lineage           follow models to what they were made from
  usage             find who uses which model

Versions:
  add-version       give a model a version: a tag, a hash, metadata
  link-tests        say to which version of a model results belong
  create-snapshot   keep what a version's results say now
  compare-versions  show what changed between two versions, or two software stacks
  version-history   show the versions of a model
  alias             point a name such as production to a version
  delete-version    take a version away; its history stays
  rename-model      give a model another name, with all its results

Guard:
  gate              tell whether a change has made benchmarks slower

Look after the results:
  create-schema     make the store with its tables, where there is none
  retract           take results out of every score, with the reason, or back in
  history           show who changed what, when, from what, to what
  export            write results, estimates or scores as CSV, JSON, Parquet, HTML
  doctor            check the stored results and heal what can be healed
  rebuild           make the database again from its journal

fitment VERB --help says more; fitment --version names the release.
"""

GATE_HELP = """\
usage: fitment gate VERB ...

Tell whether a change has made benchmarks slower.

Gate:
  run      compare two revisions, side by side
  sweep    compare the newest sweep with a stored snapshot
  record   record a baseline to compare with later

Remember:
  accept   take a run for the new normal, with the reason
  history  show the runs, or how one benchmark's time went

fitment gate VERB --help says more.
"""

SPOKEN = [
    f"{verb.name} {each.name}" if each is not verb else verb.name
    for verb in VERBS
    for each in verb.verbs or [verb]
]


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A verb called ``fake`` whose ``run`` a test sets."""
    module = ModuleType("fitment.harness.cli.fake")
    module.add_arguments = lambda parser: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr("fitment.harness.cli.main.VERBS", (Verb("fake", "a verb", "Test", "fake"),))
    return module


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_help_shows_every_verb_by_what_it_is_for(
    words: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The help is the documented text, whichever way it is asked for."""
    assert main(words) == 0
    assert capsys.readouterr().out == usage() == HELP


@pytest.mark.parametrize("name", SPOKEN)
def test_every_verb_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``fitment VERB --help`` names the verb's usage and says each option in words."""
    with pytest.raises(SystemExit) as end:
        main([*name.split(), "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: fitment {name} ")


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_the_verbs_of_a_verb_are_listed(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """``fitment gate`` alone shows what it can do."""
    assert main(["gate", *words]) == 0
    assert capsys.readouterr().out == GATE_HELP


def test_an_unknown_verb_of_a_verb_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Among its own."""
    assert main(["gate", "acept"]) == 2
    said = 'fitment: unknown verb of fitment gate "acept": did you mean "accept"? there are run, '
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("words", [[], ["--"], ["--now", "pytest"], ["pytest", "-q"]])
def test_a_verb_that_takes_a_command_wants_it_behind_dashes(
    words: list[str], verb: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without "--", nobody could tell whose options they are."""
    taking = Verb("fake", "a verb", "Test", "fake", command=True)
    monkeypatch.setattr("fitment.harness.cli.main.VERBS", (taking,))
    verb.add_arguments = lambda parser: parser.add_argument("--now", action="store_true")  # type: ignore[attr-defined]
    with pytest.raises(SystemExit) as end:
        main(["fake", *words])
    assert end.value.code == 2
    assert "put it behind --, as -- pytest -q" in capsys.readouterr().err
    verb.run = lambda args: args.now and args.command == ["a", "--now", "--", "b"]  # type: ignore[attr-defined]
    assert main(["fake", "--now", "--", "a", "--now", "--", "b"])


def test_version_is_the_installed_one(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` reads the package's metadata."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"fitment {version('fitment')}\n"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("recomend", 'unknown verb "recomend": did you mean "recommend"? there are sweep, watch, devices'),
        ("link", 'unknown verb "link": did you mean "link-tests"? '),
        ("--db-path", 'unknown option "--db-path": '),
        ("", 'unknown verb ""'),
        ("x" * 100_000, f'unknown verb "{"x" * 100}": there are'),
        ("\x1b[31m", 'unknown verb "\\x1b[31m"'),
        ("../../etc/passwd", 'unknown verb "../../etc/passwd"'),
    ],
)
def test_B08_an_unknown_verb_is_one_escaped_line(
    word: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A verb that is none gives exit code 2 and the nearest, nothing of it raw."""
    assert main([word]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"fitment: {expected}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [(FitmentError, 2), (NoUsableCellError, 3), (StoreBusyError, 75), (StoreFullError, 1)],
)
def test_an_error_is_one_line_and_its_exit_code(
    verb: ModuleType, error: type[FitmentError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the library raises, nobody sees a traceback."""

    def run(args: object) -> int:
        raise error("no such\nthing\x07")

    verb.run = run  # type: ignore[attr-defined]
    assert main(["fake"]) == code
    assert capsys.readouterr().err == "fitment: no such\\nthing\\x07\n"


def test_F05_an_interrupt_ends_with_130(verb: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C in any verb is quiet."""

    def run(args: object) -> int:
        raise KeyboardInterrupt

    verb.run = run  # type: ignore[attr-defined]
    assert main(["fake"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_verb_says_how_it_ended(verb: ModuleType) -> None:
    """The exit code of a verb is the command's."""
    verb.run = lambda args: 3  # type: ignore[attr-defined]
    assert main(["fake"]) == 3


def test_a_mistaken_option_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """argparse's errors are one escaped line that points to the help, with exit code 2."""
    parser = Parser("fitment fake", "A verb.")
    parser.add_argument("--batch-size")
    for words in (["--batch", "8"], ["--no\x1b"], ["--batch-size"]):
        with pytest.raises(SystemExit) as end:
            parser.parse_args(words)
        assert end.value.code == 2
        err = capsys.readouterr().err
        assert err.startswith("fitment fake: ")
        assert err.endswith("(see fitment fake --help)\n")
        assert err.count("\n") == 1
        assert "\x1b" not in err


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["--batch", "8"], "--batch-size"),
        (["--batch_size=8"], "--batch-size"),
        (["--zzz"], None),
        (["--="], None),
    ],
)
def test_an_unknown_option_names_the_nearest(
    words: list[str], nearest: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is never taken for it."""
    parser = Parser("fitment fake", "A verb.")
    parser.add_argument("--batch-size")
    with pytest.raises(SystemExit):
        parser.parse_args(words)
    err = capsys.readouterr().err
    assert (f"; did you mean {nearest}? (see " in err) if nearest else ("did you mean" not in err)


def test_F06_a_reader_that_left_is_no_error(tmp_path: Path) -> None:
    """``fitment --help`` into a closed pipe ends as a program that SIGPIPE stopped, without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "fitment.harness.cli.main", "--help"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_ascii_terminal_gets_escapes() -> None:
    """What a narrow locale can't show is spelled out."""
    command = [sys.executable, "-c", "from fitment.harness.cli import main as m\n" + ASCII]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=True
    )
    assert done.stdout == b"\\u2013\n"


ASCII = """
import sys
m.usage = lambda: "\\u2013\\n"
sys.exit(m.main([]))
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_the_output_is_one_line() -> None:
    """Output that can't be written is said in one line, not in a traceback."""
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "fitment.harness.cli.main", "--help"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "fitment: can't write the output: No space left on device; results are kept\n"
