from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable

import pytest
from fitment.registry.answers import Group
from fitment.registry.records import Configuration
from fitment.registry.report.matrix import Matrix, MatrixCell, MatrixRow
from fitment.registry.report.matrix_table import matrix_table
from fitment.registry.report.screen import show
from rich.console import Console

Golden = Callable[[str, str], None]
HARDWARE = (
    "Intel Xeon Processor @ 2.80GHz, 2 cores",
    "NVIDIA GeForce RTX 4090, 24 GiB",
    "NVIDIA GeForce RTX 5090, 32 GiB",
    "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, 96 GiB",
)

LONG_NAME = "eva02_large_patch14_448.mim_m38m_ft_in22k_in1k"


def number(
    value: float, relative: float | None, batch: int, precision: str, *, here: bool = False
) -> MatrixCell:
    return MatrixCell(value, Configuration(batch, precision, "inductor"), relative, here, None)


def empty(why: str, batch: int | None = None) -> MatrixCell:
    at = None if batch is None else Configuration(batch, "fp32", "eager")
    return MatrixCell(None, at, None, False, why)


@pytest.fixture
def matrix() -> Matrix:
    """Three models on four devices: numbers and every kind of why."""
    return Matrix(
        HARDWARE,
        (
            MatrixRow(
                Group("resnet50", "", "forward", "3x224x224", "samples/s"),
                (
                    number(33.3, 0.0027, 8, "bf16", here=True),
                    number(8237.0, 0.66, 256, "amp_fp16"),
                    number(12401.0, 1.0, 1024, "amp_fp16"),
                    number(12188.0, 0.98, 2048, "amp_fp16"),
                ),
            ),
            MatrixRow(
                Group("gpt2", "", "forward", "128", "samples/s"),
                (
                    number(2.9, None, 8, "fp32", here=True),
                    empty("OOM", 64),
                    empty("not measured"),
                    empty("unsupported precision", 1),
                ),
            ),
            MatrixRow(
                Group(LONG_NAME, "v2", "train_step", "3x448x448", "samples/s"),
                (
                    empty("not measured: missing dependency", 1),
                    empty("failed: crashed", 1),
                    empty("not measured"),
                    number(18.1, None, 1, "bf16"),
                ),
            ),
        ),
        ("Not shown: 2,600 stored rows, with 1,451 further models; `fitment report --all` shows them.",),
    )  # fmt: skip


def shown(matrix: Matrix, width: int) -> str:
    """What a file gets at that width."""
    out = io.StringIO()
    show(matrix_table(matrix), file=out, width=width)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120, 160])
def test_matrix(matrix: Matrix, golden: Golden, width: int) -> None:
    """The matrix at each width, in as many tables as it takes."""
    golden(f"matrix_{width}.txt", shown(matrix, width))


@pytest.mark.parametrize("width", [40, 80, 99, 120, 160, 250])
def test_no_cell_is_cut(matrix: Matrix, width: int) -> None:
    """Every cell's words and figures stand there at any width."""
    words = set(re.findall(r"[\w,.:<%*]+", shown(matrix, width)))
    wanted = {"33.3*", "0.27%", "8,237", "66%", "12,401", "best", "12,188", "98%", "18.1", "2048"}
    wanted |= {"OOM", "unsupported", "missing", "dependency", "crashed", "amp_fp16", "Workstation"}
    assert wanted <= words


def test_colour_is_never_alone(matrix: Matrix) -> None:
    """A coloured cell carries its share in words; an empty one its why."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=160)
    with console.capture() as capture:
        console.print(matrix_table(matrix))
    coloured = re.findall(r"\x1b\[(?:1;)?(3[123])m([^\x1b]+)", capture.get())
    assert len(coloured) == 4
    assert all("%" in text or "best" in text for _, text in coloured)
    assert {code for code, _ in coloured} == {"31", "32"}


def test_one_unit_stands_above_and_several_in_the_rows(matrix: Matrix) -> None:
    """A unit that all rows share is said once."""
    assert shown(matrix, 120).count("samples/s") == 1
    tokens = dataclasses.replace(matrix.rows[1].group, throughput_unit="tokens/s")
    rows = (matrix.rows[0], dataclasses.replace(matrix.rows[1], group=tokens))
    text = shown(dataclasses.replace(matrix, rows=rows), 120)
    assert text.count("samples/s") == 1
    assert text.count("tokens/s") == 1


def test_B08_hostile_names_are_inert(matrix: Matrix) -> None:
    """Model and hardware names can't steer the terminal."""
    group = dataclasses.replace(matrix.rows[0].group, model="\x1b[2J[red]name\n")
    hostile = dataclasses.replace(
        matrix,
        hardware=("\x1b]0;x\x07", *HARDWARE[1:]),
        rows=(dataclasses.replace(matrix.rows[0], group=group),),
    )
    text = shown(hostile, 120)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)
    assert "[red]name" in text
