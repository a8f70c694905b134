from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.sweeps.grid import MAX_BATCH, Exclusion, Grid
from fitment.harness.sweeps.sweep_file import find, from_axes, read_sweep, shipped_names
from fitment.registry.errors import ConfigError

GRID = '[[grid]]\nmodels = ["resnet18"]\n'


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "my.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def mistake(folder: Path, text: str | bytes) -> str:
    file = written(folder, text)
    with pytest.raises(ConfigError) as caught:
        read_sweep(file)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(f"{folder}/", "")


def test_a_full_file_is_read_as_it_stands(tmp_path: Path) -> None:
    """Every key of the documented format arrives in the Sweep, the text itself included."""
    text = """
name = "all keys"
profile = "strict"
seed = 7
invocations = 2
[[grid]]
models = ["resnet18", "module:mynet:make"]
devices = ["cpu", "cuda:0"]
scenarios = ["forward", "train_step"]
precisions = ["fp32", "bf16"]
compile_modes = ["eager"]
batches = [1, 8, "max"]
memory_formats = ["contiguous", "channels_last"]
threads = [0, 2]
pinnings = ["none", "close", "spread"]
cache_states = ["warm", "flushed"]
input_shapes = ["3x64x64"]
model_version = "v2"
deadline_s = 90
[[exclude]]
precision = "bf16"
batch = 8
[[exclude]]
batch = "max"
pinning = "spread"
cache_state = "flushed"
"""
    sweep = read_sweep(written(tmp_path, text))
    assert (sweep.name, sweep.profile, sweep.seed, sweep.invocations) == ("all keys", "strict", 7, 2)
    assert sweep.grids == (
        Grid(
            models=("resnet18", "module:mynet:make"),
            devices=("cpu", "cuda:0"),
            scenarios=("forward", "train_step"),
            precisions=("fp32", "bf16"),
            compile_modes=("eager",),
            batches=(1, 8, MAX_BATCH),
            memory_formats=("contiguous", "channels_last"),
            threads=(0, 2),
            pinnings=("none", "close", "spread"),
            cache_states=("warm", "flushed"),
            input_shapes=("3x64x64",),
            model_version="v2",
            deadline_s=90.0,
        ),
    )
    assert sweep.exclusions == (
        Exclusion(precision="bf16", batch=8),
        Exclusion(batch=MAX_BATCH, pinning="spread", cache_state="flushed"),
    )
    assert sweep.text == text


def test_defaults_ask_for_little(tmp_path: Path) -> None:
    """A file of one line under [[grid]] is a sweep named after the file, over every device, at batch 1."""
    sweep = read_sweep(written(tmp_path, GRID))
    assert (sweep.name, sweep.profile, sweep.seed, sweep.invocations) == ("my", "standard", 0, None)
    assert sweep.grids == (Grid(models=("resnet18",)),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "my.toml:1: the file is empty"),
        ("# nothing\n", "my.toml:1: the file is empty"),
        ('name = "x"\n', "my.toml:1: no [[grid]]"),
        ('name = "x"\n[[gird]]\nmodels = []\n', 'my.toml:2: unknown key "gird": did you mean "grid"?'),
        ('name = "x"\nsede = 1\n' + GRID, 'my.toml:2: unknown key "sede": did you mean "seed"?'),
        (GRID + 'precision = ["fp32"]\n', 'my.toml:3: unknown key "precision": did you mean "precisions"?'),
        (GRID + '[[exclude]]\nprecisions = "fp32"\n', 'my.toml:4: unknown key "precisions": did you mean'),
        ("[[grid]]\nbatches = [1]\n", "my.toml:1: this [[grid]] names no models"),
        ("[[grid]]\n", "my.toml:1: this [[grid]] is empty"),
        (GRID + "[[exclude]]\n", "my.toml:3: this [[exclude]] is empty"),
        ('[grid]\nmodels = ["resnet18"]\n', "my.toml:1: write [[grid]], in double brackets"),
        ("grid = 3\n", "my.toml:1: write [[grid]], in double brackets"),
        ("seed = true\n" + GRID, "my.toml:1: seed: a whole number from 0 to"),
        ("seed = -1\n" + GRID, "my.toml:1: seed: a whole number"),
        ("invocations = 0\n" + GRID, "my.toml:1: invocations: a whole number from 1 to 10 is needed, not 0"),
        ("name = 3\n" + GRID, "my.toml:1: name: text in quotes is needed, not 3"),
        ('profile = "qick"\n' + GRID, 'my.toml:1: profile: unknown profile "qick": did you mean "quick"?'),
        (GRID + "seed = 1\nseed = 2\n", "my.toml:4: Cannot overwrite a value: the same key"),
        (GRID + "batches = [1]\n\nbatches = [2]", "my.toml:5: Cannot overwrite a value: the same key"),
        ('[[grid]]\nmodels = ["resnet18', "my.toml:2: "),
        ("[[grid]]\nmodels = [\n", "my.toml:2: "),
        (GRID.encode() + b'name = "\xe9"\n', "my.toml:3: not UTF-8 text (byte 0xe9)"),
        (GRID.encode("utf-16"), "my.toml:1: not UTF-8 text (byte 0xff)"),
        ('[[grid]]\nmodels = "resnet18"\n', 'my.toml:2: models: a list is needed, as in ["resnet18"]'),
        ("[[grid]]\nmodels = []\n", "my.toml:2: models: the list is empty"),
        ("[[grid]]\nmodels = [3]\n", "my.toml:2: models: text in quotes is needed, not 3"),
        (
            '[[grid]]\nmodels = [\n  "resnet18",\n  "resnet81",\n]\n',
            'my.toml:4: models: unknown model "resnet81": did you mean "resnet18"?',
        ),
        ('[[grid]]\nmodels = ["mynet:make"]\n', 'my.toml:2: models: unknown model source "mynet"'),
        (
            GRID + 'precisions = ["fp32", "fp61"]\n',
            'my.toml:3: precisions: unknown precision "fp61": did you',
        ),
        (GRID + 'compile_modes = ["eagre"]\n', 'my.toml:3: compile_modes: unknown compile mode "eagre": did'),
        (GRID + 'scenarios = ["foward"]\n', 'my.toml:3: scenarios: unknown scenario "foward": did you mean'),
        (GRID + 'memory_formats = ["nhwc"]\n', 'my.toml:3: memory_formats: unknown memory format "nhwc"'),
        (GRID + 'devices = ["cdua"]\n', 'my.toml:3: devices: unknown device "cdua": write all, cpu, cuda'),
        (GRID + 'input_shapes = ["3x224"]\n', "my.toml:3: input_shapes: "),
        (GRID + 'input_shapes = ["big"]\n', "my.toml:3: input_shapes: "),
        (
            GRID + 'batches = [1, "maxx"]\n',
            'my.toml:3: batches: a whole number from 1 to 1,000,000,000 is needed, not "maxx",'
            ' or "max" for the largest that fits',
        ),
        (GRID + 'batches = "max"\n', 'my.toml:3: batches: a list is needed, as in ["max"]'),
        (GRID + "batches = []\n", "my.toml:3: batches: the list is empty"),
        (GRID + "batches = true\n", "my.toml:3: batches: a list in brackets is needed, and in it: a whole"),
        (GRID + '[[exclude]]\nbatch = ["max"]\n', "my.toml:4: batch: a whole number from 1 to"),
        (
            GRID + 'pinnings = ["closed"]\n',
            'my.toml:3: pinnings: unknown pinning "closed": did you mean "close"',
        ),
        (GRID + "pinnings = [0]\n", "my.toml:3: pinnings: text in quotes is needed, not 0"),
        (
            GRID + 'cache_states = ["cold"]\n',
            'my.toml:3: cache_states: unknown cache state "cold": there are warm',
        ),
        (GRID + "threads = [-1]\n", "my.toml:3: threads: a whole number from 0 to"),
        (GRID + "deadline_s = inf\n", "my.toml:3: deadline_s: seconds above 0"),
        (GRID + 'deadline_s = "1"\n', 'my.toml:3: deadline_s: a number of seconds is needed, not "1"'),
        (GRID + "model_version = 2\n", "my.toml:3: model_version: text in quotes is needed, not 2"),
        (GRID + GRID + "batches = [1, 0]\n", "my.toml:5: batches: a whole number from 1"),
    ],
)
def test_B01_one_line_names_place_mistake_and_way_out(tmp_path: Path, text: str, expected: str) -> None:
    """Whatever is wrong with a sweep file, the error is one line that starts with file:line."""
    assert mistake(tmp_path, text).startswith(expected)


@pytest.mark.parametrize("batch", ["0", "-1", "nan", "inf", "1.0", "true", '"8"', "1000000001"])
def test_B03_a_batch_is_a_positive_whole_number(tmp_path: Path, batch: str) -> None:
    """No negative, zero, NaN, fractional or boolean batch gets into a plan."""
    assert mistake(tmp_path, GRID + f"batches = [1, {batch}]\n").startswith(
        "my.toml:3: batches: a whole number"
    )


def test_B03_a_huge_sweep_is_counted_before_it_is_expanded(tmp_path: Path) -> None:
    """A sweep of 10^9 cells is refused by its number; the lists are only multiplied, never expanded."""
    thousand = ", ".join(map(str, range(1, 1001)))
    text = GRID + f"batches = [{thousand}]\nthreads = [{thousand}]\n" + 'precisions = ["fp32"]\n'
    text = text.replace('["resnet18"]', "[" + ", ".join(['"resnet18"'] * 1000) + "]")
    assert mistake(tmp_path, text).startswith("my.toml:1: 1,000,000,000 cells: at most 100,000 in one sweep")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "the name is empty"),
        ("  ", "the name is empty"),
        ("x" * 1_000, "a name of 1000 characters"),
        ("\\u0000", '"\\x00" holds a control'),
        ("a\\u202eb", '"a\\u202eb" holds a control or an invisible character'),
        ("\\u001b[31m", '"\\x1b[31m" holds a control'),
        ("🚀", 'unknown model "🚀"'),
        ("../../etc/passwd", 'unknown model "../../etc/passwd"'),
        ("-rf", 'unknown model "-rf"'),
        ("module:../../etc:make", '"module:../../etc:make" is no model: write module:package.mod:factory'),
        ("module:-rf", '"module:-rf" is no model'),
        ("module:a.b", '"module:a.b" is no model'),
    ],
)
def test_B04_a_model_name_is_a_name(tmp_path: Path, name: str, expected: str) -> None:
    """A hostile model name is refused by what is wrong with it, and is never a path or a flag."""
    assert mistake(tmp_path, f'[[grid]]\nmodels = ["{name}"]\n').startswith(f"my.toml:2: models: {expected}")


def test_B08_control_characters_are_shown_escaped(tmp_path: Path) -> None:
    """What a sweep file smuggles in, in keys too, can't reach the terminal."""
    assert "\x1b" not in mistake(tmp_path, GRID + '"\\u001b[2J" = 1\n')
    assert "\x1b" not in mistake(tmp_path, GRID + 'precisions = ["\\u001b]8;;http://x\\u0007"]\n')


def test_a_path_that_is_no_readable_file_is_named(tmp_path: Path) -> None:
    """A missing file and a folder are told apart, by the system's own words."""
    for path, reason in ((tmp_path / "no.toml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(ConfigError, match=reason):
            read_sweep(path)


def test_a_bare_name_finds_a_shipped_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``quick`` is the shipped file unless a file of that name is there; else the shipped ones are listed."""
    monkeypatch.chdir(tmp_path)
    assert find("quick").name == "quick.toml"
    with pytest.raises(ConfigError, match=r"qick: no such file.*quick, smoke"):
        find("qick")
    Path("quick").write_text(GRID)
    assert find("quick") == Path("quick")


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_sweeps_are_sound(name: str) -> None:
    """Every sweep that ships is readable and named after its file."""
    assert read_sweep(find(name)).name == name


def test_axes_of_the_command_line_make_a_file(tmp_path: Path) -> None:
    """The text kept with a sweep without a file is a sweep file that means the same."""
    sweep = from_axes({"models": ["module:a.b:make"], "batches": [1, 8]}, {"profile": "quick"})
    assert sweep.grids == (Grid(models=("module:a.b:make",), batches=(1, 8)),)
    assert read_sweep(written(tmp_path, sweep.text)).grids == sweep.grids
    with pytest.raises(ConfigError, match=r'^command line: precisions: unknown precision "fp61"'):
        from_axes({"models": ["resnet18"], "precisions": ["fp61"]}, {})
