from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fitment.registry.errors import NoResultsError
from fitment.registry.records import DECIDED_FAILURES, STATUSES, UNDECIDED_FAILURES, Configuration
from fitment.registry.report.matrix import STAND_INS, Matrix, MatrixCell, result_matrix
from fitment.registry.storage.apply_results import insert_results

Connection = duckdb.DuckDBPyConnection
Add = Callable[..., None]
CPU, GPU, IDLE = "Xeon, 2 cores", "RTX 4090, 24 GiB", "RTX 9999, 1 GiB"

ROW = """
    SELECT coalesce((SELECT max(id) FROM performance_results), 0) + 1 AS id, 1 AS seq, 'key' AS cell_key,
        $model AS model, 'zoo' AS model_source, '' AS model_version,
        $scenario AS scenario, 'cpu' AS device_kind, $hardware AS hardware, $shape AS input_shape,
        0 AS seed, $protocol AS protocol, $batch AS batch, $precision AS precision, 'eager' AS compile_mode,
        'contiguous' AS memory_format, 1 AS n_devices, 0 AS threads, 'warm' AS cache_state,
        'none' AS pinning,
        $env AS env_id, $status AS status, TIMESTAMP '2026-01-01' AS recorded_at,
        $provenance AS provenance, 0 AS invocation, '' AS assumed, '' AS flags,
        $throughput::DOUBLE AS throughput, 'samples/s' AS throughput_unit,
        TIMESTAMP '2026-01-01' AS event_at
"""


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    """A projection with the three devices and no result."""
    with duckdb.connect(str(tmp_path / "results.duckdb")) as connection:
        connection.execute(files("fitment.registry.storage").joinpath("schema.sql").read_text())
        for i, name in enumerate((CPU, GPU, IDLE), 1):
            connection.execute(
                "INSERT INTO hardware_platforms VALUES (?, ?, 'cpu', NULL, TIMESTAMP '2026-01-01')", [i, name]
            )
        yield connection


@pytest.fixture
def add(con: Connection) -> Add:
    """Stores one result row; what isn't given is an ok measurement at batch 1."""
    usual = {
        "model": "resnet18", "hardware": CPU, "throughput": None, "status": "ok", "batch": 1,
        "precision": "fp32", "env": "e", "provenance": "measured", "scenario": "forward",
        "shape": "3x224x224", "protocol": 2,
    }  # fmt: skip
    return lambda **given: insert_results(con, [con.sql(ROW, params=usual | given).to_arrow_table()])


def cell(matrix: Matrix, model: str, hardware: str) -> MatrixCell:
    """The cell of that model's first row."""
    row = next(row for row in matrix.rows if row.group.model == model)
    return row.cells[matrix.hardware.index(hardware)]


def test_the_best_configuration_stands_in_the_cell(con: Connection, add: Add) -> None:
    """Of a pair's configurations the one with the highest throughput counts, as median over its runs."""
    add(batch=1, throughput=30.0)
    for throughput in (38.0, 40.0, 90.0):
        add(batch=8, throughput=throughput)
    assert cell(result_matrix(con), "resnet18", CPU) == MatrixCell(
        40.0, Configuration(8, "fp32", "eager"), None, True, None
    )


def test_environments_are_not_pooled(con: Connection, add: Add) -> None:
    """Runs of two environments give no common median: the better environment's stands."""
    add(env="a", throughput=10.0)
    add(env="b", throughput=20.0)
    assert cell(result_matrix(con), "resnet18", CPU).throughput == 20.0


def test_an_older_protocol_is_history(con: Connection, add: Add) -> None:
    """Once a newer protocol has measured a configuration, an older one's figures and failures don't count."""
    add(batch=1, throughput=90.0, protocol=1)
    add(batch=1, throughput=30.0)
    add(batch=8, status="numerics_nan", protocol=1)
    add(batch=8, throughput=20.0)
    assert cell(result_matrix(con), "resnet18", CPU).throughput == 30.0


def test_shares_are_of_the_rows_best(con: Connection, add: Add) -> None:
    """Each cell says its share of the best hardware for the same model; the best is 1."""
    add(throughput=25.0)
    add(hardware=GPU, throughput=1000.0, provenance="imported")
    matrix = result_matrix(con)
    assert cell(matrix, "resnet18", CPU).relative == 0.025
    assert cell(matrix, "resnet18", GPU).relative == 1.0
    assert [cell(matrix, "resnet18", h).measured for h in (CPU, GPU)] == [True, False]


def test_groups_are_rows_of_their_own(con: Connection, add: Add) -> None:
    """Scenarios and input shapes of one model are never compared with each other."""
    add(throughput=25.0)
    add(scenario="train_step", throughput=5.0)
    add(shape="3x288x288", throughput=15.0)
    groups = [(row.group.scenario, row.group.input_shape) for row in result_matrix(con).rows]
    assert groups == [("forward", "3x224x224"), ("forward", "3x288x288"), ("train_step", "3x224x224")]


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("oom_device", "OOM"),
        ("oom_host", "OOM (host)"),
        ("unsupported_precision", "unsupported precision"),
        ("crashed", "failed: crashed"),
        ("compile_error", "failed: compile error"),
        ("cancelled", "not measured: cancelled"),
        ("device_busy", "not measured: device busy"),
    ],
)
def test_an_empty_cell_says_why(con: Connection, add: Add, status: str, why: str) -> None:
    """Without a number the cell holds the failure and the configuration that met it."""
    add(status=status, batch=64)
    add(hardware=GPU, throughput=1.0)
    empty = cell(result_matrix(con), "resnet18", CPU)
    assert (empty.throughput, empty.why_empty) == (None, why)
    assert empty.configuration == Configuration(64, "fp32", "eager")


def test_every_status_has_a_why(con: Connection, add: Add) -> None:
    """Each outcome without a throughput reads as OOM, unsupported, failed or not measured."""
    for status in STATUSES:
        add(model=status, status=status)
    matrix = result_matrix(con)
    whys = {row.group.model: row.cells[0].why_empty or "" for row in matrix.rows}
    assert set(whys) == STATUSES
    assert all(w.startswith(("OOM", "unsupported ", "failed: ", "not measured: ")) for w in whys.values())
    assert {s for s, w in whys.items() if w.startswith("not measured: ")} == UNDECIDED_FAILURES


def test_a_pair_without_a_result_is_not_measured(con: Connection, add: Add) -> None:
    """Nothing stored of a pair is said in these words, not left blank."""
    add(throughput=25.0)
    add(model="resnet50", hardware=GPU, throughput=25.0)
    assert cell(result_matrix(con), "resnet18", GPU).why_empty == "not measured"


def test_a_decided_failure_speaks_first(con: Connection, add: Add) -> None:
    """Of several failures the one at the smallest batch that decides something is shown."""
    decided, undecided = min(DECIDED_FAILURES - {"oom_device"}), min(UNDECIDED_FAILURES)
    add(status=undecided, batch=1)
    add(status="oom_device", batch=8)
    add(status=decided, batch=16)
    empty = cell(result_matrix(con), "resnet18", CPU)
    assert (empty.why_empty, empty.configuration) == ("OOM", Configuration(8, "fp32", "eager"))


def test_a_number_wins_over_failures(con: Connection, add: Add) -> None:
    """A pair that ran at one batch has its number, whatever failed beside it."""
    add(throughput=25.0)
    add(status="oom_device", batch=512)
    assert cell(result_matrix(con), "resnet18", CPU).throughput == 25.0


def test_wrong_output_is_no_achievement(con: Connection, add: Add) -> None:
    """A configuration that gave wrong output once is not the best, however fast its other runs are."""
    add(throughput=25.0)
    add(precision="fp16", throughput=99.0)
    add(precision="fp16", status="numerics_nan")
    assert cell(result_matrix(con), "resnet18", CPU).throughput == 25.0


def test_published_models_stay_out_while_some_are_measured(con: Connection, add: Add) -> None:
    """By default the models measured here are shown, and a line counts the others."""
    add(throughput=25.0)
    for i in range(3):
        add(model=f"vit_{i}", hardware=GPU, throughput=100.0, provenance="imported")
    matrix = result_matrix(con)
    assert [row.group.model for row in matrix.rows] == ["resnet18"]
    assert matrix.left_out[0].startswith("Not shown: 3 stored rows, with 3 further models")


def test_published_models_stand_in_where_none_is_measured(con: Connection, add: Add) -> None:
    """Without a measurement some of those on most hardware are shown, and a line counts the rest."""
    for i in range(STAND_INS + 1):
        add(model=f"vit_{i:02}", hardware=GPU, throughput=100.0, provenance="imported")
    add(model=f"vit_{STAND_INS}", throughput=1.0, provenance="imported")
    matrix = result_matrix(con)
    assert [row.group.model for row in matrix.rows][:2] == [f"vit_{STAND_INS}", "vit_00"]
    assert len(matrix.rows) == STAND_INS
    assert matrix.left_out[0].startswith("Not shown: 1 stored row, with 1 further model;")


@pytest.mark.parametrize("asked", [{}, {"pattern": "net*"}, {"everything": True}])
def test_what_was_measured_or_asked_for_is_never_cut(
    con: Connection, add: Add, asked: dict[str, Any]
) -> None:
    """However many models were measured, they are all shown."""
    for i in range(STAND_INS + 5):
        add(model=f"net_{i:02}", throughput=100.0)
    assert len(result_matrix(con, **asked).rows) == STAND_INS + 5


def test_everything_is_shown_on_request(con: Connection, add: Add) -> None:
    """With ``everything`` published rows are shown beside the measured ones, and nothing is left out."""
    add(throughput=25.0)
    add(model="vit", throughput=100.0, provenance="imported")
    matrix = result_matrix(con, everything=True)
    assert [row.group.model for row in matrix.rows] == ["resnet18", "vit"]
    assert not any("Not shown" in line for line in matrix.left_out)


def test_a_pattern_chooses_models(con: Connection, add: Add) -> None:
    """A shell pattern matches names, case aside; quotes and percent signs in it are plain characters."""
    for model in ("vit_tiny", "ViT_base", "resnet18", "100%'; DROP TABLE models; --"):
        add(model=model, throughput=1.0, provenance="imported")
    assert [row.group.model for row in result_matrix(con, pattern="vit_*").rows] == ["ViT_base", "vit_tiny"]
    assert len(result_matrix(con, pattern="100%'; DROP TABLE models; --").rows) == 1


def test_a_pattern_without_a_model_is_a_mistake(con: Connection, add: Add) -> None:
    """A pattern that nothing matches is named with the way out."""
    add(throughput=1.0)
    with pytest.raises(NoResultsError, match=r"no stored model is like \"vgg\*\".*--all"):
        result_matrix(con, pattern="vgg*")


def test_an_empty_store_is_a_mistake(con: Connection) -> None:
    """Nothing stored has its own words and the way out."""
    with pytest.raises(NoResultsError, match="nothing is stored yet"):
        result_matrix(con)


def test_hardware_without_a_row_is_named(con: Connection, add: Add) -> None:
    """A device that has nothing on the rows shown is no column, and a line names it."""
    add(throughput=25.0)
    matrix = result_matrix(con)
    assert matrix.hardware == (CPU,)
    assert f"No result for these rows on: {GPU}; {IDLE}." in matrix.left_out


def test_simulated_results_never_count(con: Connection, add: Add) -> None:
    """A simulated number is no number of the matrix."""
    add(throughput=25.0)
    add(throughput=1e9, provenance="simulated")
    add(model="imagined", throughput=1e9, provenance="simulated")
    matrix = result_matrix(con, everything=True)
    assert [row.group.model for row in matrix.rows] == ["resnet18"]
    assert cell(matrix, "resnet18", CPU).throughput == 25.0


def test_store_order_changes_nothing(con: Connection, add: Add) -> None:
    """Ties between configurations are broken by the configuration, not by the order of rows."""
    add(batch=32, throughput=25.0)
    add(batch=8, throughput=25.0)
    assert cell(result_matrix(con), "resnet18", CPU).configuration == Configuration(8, "fp32", "eager")
