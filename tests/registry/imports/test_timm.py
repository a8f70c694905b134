"""timm rows become measurements; the published files come in whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fitment.configs import path as shipped
from fitment.registry.errors import ImportFileError
from fitment.registry.imports import timm
from fitment.registry.imports.parsed import Parsed
from fitment.registry.records import Configuration

from tests.registry.imports.timm_file import HEADER, NAME, ROWS, write


@pytest.fixture(scope="module")
def published() -> dict[str, Parsed]:
    """All shipped files, parsed, by name."""
    files = sorted(shipped("published/timm").glob("*.csv"))
    return {file.name: timm.read(file) for file in files}


def test_row_becomes_measurement(tmp_path: Path) -> None:
    """Every stated number arrives in SI units, and what is not stated is None or marked assumed."""
    row = timm.read(write(tmp_path)).rows[1]
    assert (row.cell.model, row.cell.model_source, row.cell.input_shape) == (
        "resnet50",
        "published",
        "3x224x224",
    )
    assert row.cell.configuration == Configuration(1024, "amp_fp16", "eager", "contiguous")
    assert (row.throughput, row.throughput_unit, row.latency_mean_s) == (5120.0, "samples/s", 0.2)
    assert (row.parameters, row.macs_per_sample) == (25_560_000, 4.11e9)
    assert (row.status, row.provenance, row.source, row.source_line) == ("ok", "imported", NAME, 3)
    assert row.assumed == "n_devices,threads,cache_state,pinning"
    assert (row.peak_memory_bytes, row.latency_p50_s, row.energy_per_unit_j) == (None, None, None)


def test_rows_name_their_environment(tmp_path: Path) -> None:
    """All rows of a file stand in the one environment that its name states."""
    parsed = timm.read(write(tmp_path))
    (environment,) = parsed.environments
    assert {row.env_id for row in parsed.rows} == {environment.id}
    assert (environment.torch, environment.cuda, environment.host) == ("2.9.1", "13.0", None)


def test_training_file(tmp_path: Path) -> None:
    """A training file's own columns are read, as train_step; the MACs it lacks stay unknown."""
    header = "model,train_samples_per_sec,train_step_time,train_batch_size,train_img_size,param_count"
    name = "benchmark-train-amp-nhwc-pt112-cu113-rtx3090.csv"
    (row,) = timm.read(write(tmp_path, ["resnet50,640.0,200.0,128,176,25.56"], header=header, name=name)).rows
    assert (row.cell.scenario, row.cell.input_shape) == ("train_step", "3x176x176")
    assert row.cell.configuration.memory_format == "channels_last"
    assert (row.throughput, row.latency_mean_s, row.macs_per_sample) == (640.0, 0.2, None)


def test_cpu_file(tmp_path: Path) -> None:
    """A file measured on a CPU stands for a CPU, without CUDA, compiled where its name says dynamo."""
    parsed = timm.read(write(tmp_path, name="benchmark-infer-fp32-nchw-pt240-cpu-i7_12700h-dynamo.csv"))
    cell = parsed.rows[0].cell
    assert (cell.device_kind, cell.hardware) == ("cpu", "12th Gen Intel Core i7-12700H, 14 cores")
    assert (cell.configuration.precision, cell.configuration.compile_mode) == ("fp32", "inductor")
    assert parsed.environments[0].cuda is None


def test_row_identity_ignores_layout(tmp_path: Path) -> None:
    """A row keeps its key in another line, column order, spelling of numbers, line end, without MACs."""
    keys = {row.cell.model + row.cell.input_shape: row.row_key for row in timm.read(write(tmp_path)).rows}
    other = write(
        tmp_path / "other",
        ["288,256.0,2560,100,resnet50", "224,1024.0,5120.00,2e2, resnet50 "],
        header="infer_img_size,infer_batch_size,infer_samples_per_sec,infer_step_time,model",
        end="\r\n",
    )
    for row in timm.read(other).rows:
        assert row.row_key == keys[row.cell.model + row.cell.input_shape]


@pytest.mark.parametrize(
    "row",
    [
        "resnet51,224,5120.0,200.0,1024,25.56,4.11,11.11",
        "resnet50,225,5120.0,200.0,1024,25.56,4.11,11.11",
        "resnet50,224,5120.1,200.0,1024,25.56,4.11,11.11",
        "resnet50,224,5120.0,200.1,1024,25.56,4.11,11.11",
        "resnet50,224,5120.0,200.0,1023,25.56,4.11,11.11",
    ],
)
def test_row_identity_holds_each_metric(tmp_path: Path, row: str) -> None:
    """A row that differs in model, size, throughput, step time or batch is another row."""
    (changed,) = timm.read(write(tmp_path, [row])).rows
    assert changed.row_key not in {row.row_key for row in timm.read(write(tmp_path)).rows}


def test_row_identity_holds_the_file(tmp_path: Path) -> None:
    """The same numbers in another upstream file are another row; the prefix of its name is optional."""
    name = "infer-amp-nchw-pt291-cu130-5090.csv"
    key = timm.read(write(tmp_path)).rows[0].row_key
    assert timm.read(write(tmp_path, name=name)).rows[0].row_key == key
    other = timm.read(write(tmp_path, name=name.replace("5090", "4090")))
    assert other.rows[0].row_key != key


def test_empty_columns_beside_the_metrics(tmp_path: Path) -> None:
    """Missing or rounded-away parameters and MACs are unknown, not 0, and no reason to reject."""
    empty, zero = timm.read(write(tmp_path, ["a,224,100.0,10.0,1,,,", "b,224,100.0,10.0,1,0.0,0.00,"])).rows
    assert (empty.parameters, empty.macs_per_sample) == (None, None)
    assert (zero.parameters, zero.macs_per_sample) == (None, None)


def test_infer_columns_in_a_training_file(tmp_path: Path) -> None:
    """A file whose columns are not those of its name is refused, naming the columns."""
    path = write(tmp_path, name="benchmark-train-amp-nchw-pt112-cu113-rtx3090.csv")
    with pytest.raises(ImportFileError, match=r":1: the header lacks train_img_size, .*; it needs model"):
        timm.read(path)


def test_published_counts(published: dict[str, Parsed]) -> None:
    """The 14 shipped files hold 20,024 sound rows, each its own, and 2 without metrics."""
    assert len(published) == 14
    keys = [row.row_key for parsed in published.values() for row in parsed.rows]
    assert (len(keys), len(set(keys))) == (20_024, 20_024)
    rejected = {(name, r.line, r.reason) for name, parsed in published.items() for r in parsed.rejects}
    file = "benchmark-infer-amp-nchw-pt210-cu121-rtx3090.csv"
    assert rejected == {(file, line, "infer_samples_per_sec is empty") for line in (1293, 1294)}


def test_published_units_agree(published: dict[str, Parsed]) -> None:
    """No shipped row is suspected of mixed units."""
    assert not [warning for parsed in published.values() for warning in parsed.warnings]


def test_published_best_device(published: dict[str, Parsed]) -> None:
    """Of 1,440 keys common to four GPUs, the 5090 is fastest on 870, the PRO 6000 on 564, 4090 4, 3090 2."""
    names = {
        "3090": "pt240-cu124-rtx3090",
        "4090": "pt291-cu128-4090",
        "5090": "pt291-cu130-5090",
        "pro": "pt291-cu130-pro6000maxq",
    }
    fastest = {}
    for device, name in names.items():
        rows = published[f"benchmark-infer-amp-nchw-{name}.csv"].rows
        fastest[device] = {(row.cell.model, row.cell.input_shape): row.throughput for row in rows}
    common = set.intersection(*(set(rates) for rates in fastest.values()))
    wins = Counter(max(fastest, key=lambda device: fastest[device][key]) for key in common)
    assert wins == {"5090": 870, "pro": 564, "4090": 4, "3090": 2}


def test_published_models_join_by_name(published: dict[str, Parsed]) -> None:
    """The models that the zoo holds too stand under the same names in every inference file."""
    for name, parsed in published.items():
        models = {row.cell.model for row in parsed.rows}
        assert {"resnet18", "resnet50"} <= models, name


def test_header_is_the_published_one() -> None:
    """The small files of these tests have the newest shipped file's header."""
    file = shipped("published/timm") / NAME
    assert file.read_text().splitlines()[0] == HEADER
    assert len(ROWS) == 3
