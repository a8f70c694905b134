"""The names of timm's result files: known devices, unknown ones, versions, and what is no such name."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.imports.timm_name import cuda_version, file_facts, hardware_name, torch_version


@pytest.mark.parametrize(
    ("token", "hardware"),
    [
        ("rtx3090", "NVIDIA GeForce RTX 3090, 24 GiB"),
        ("rtx4090", "NVIDIA GeForce RTX 4090, 24 GiB"),
        ("4090", "NVIDIA GeForce RTX 4090, 24 GiB"),
        ("5090", "NVIDIA GeForce RTX 5090, 32 GiB"),
        ("pro6000maxq", "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, 96 GiB"),
        ("i7_12700h", "12th Gen Intel Core i7-12700H, 14 cores"),
        ("h100_pcie", "H100 PCIE"),
        ("5080", "RTX5080"),
    ],
)
def test_hardware(token: str, hardware: str) -> None:
    """Known tokens mean a device class, spelled either way; unknown ones stand for themselves, tidied."""
    assert hardware_name(token) == hardware


@pytest.mark.parametrize(
    ("digits", "version"),
    [
        ("110", "1.10"),
        ("113", "1.13"),
        ("1121", "1.12.1"),
        ("240", "2.4.0"),
        ("291", "2.9.1"),
        ("2100", "2.10.0"),
    ],
)
def test_torch_version(digits: str, version: str) -> None:
    """torch 1 has two-digit minor versions; from 2 on the last digit is the patch."""
    assert torch_version(digits) == version


@pytest.mark.parametrize(("digits", "version"), [("113", "11.3"), ("130", "13.0"), ("92", "9.2")])
def test_cuda_version(digits: str, version: str) -> None:
    """The last digit is the minor version."""
    assert cuda_version(digits) == version


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("infer-fp32-nchw-pt221-cpu-i9_10940x-dynamo.csv", ("forward", "fp32", "contiguous", "inductor")),
        (
            "benchmark-train-amp-nhwc-pt110-cu113-rtx3090.csv",
            ("train_step", "amp_fp16", "channels_last", "eager"),
        ),
        (
            "infer-amp_bf16-nchw-pt291-cu130-l40s-dynamo.csv",
            ("forward", "amp_bf16", "contiguous", "inductor"),
        ),
        ("infer-bf16-nchw-pt2100-cu130-l40s.csv", ("forward", "bf16", "contiguous", "eager")),
    ],
)
def test_configuration(name: str, expected: tuple[str, ...]) -> None:
    """Phase, precision, layout and compiler come from the name, also for files that don't ship here."""
    facts = file_facts(Path(name))
    assert (facts.scenario, facts.precision, facts.memory_format, facts.compile_mode) == expected


@pytest.mark.parametrize(
    "name",
    [
        "results.csv",
        "benchmark-infer-amp-nchw-pt240-cu124-rtx3090.csv.bak",
        "benchmark-infer-fp8-nchw-pt240-cu124-rtx3090.csv",
        "benchmark-infer-amp-nchw-cu124-rtx3090.csv",
        "benchmark-infer-amp-nchw-pt240-cu124-.csv",
        "benchmark-infer-amp-nchw-pt240-cu124-a\nb.csv",
        "benchmark-infer-amp-nchw-pt٢٤٠-cu124-rtx3090.csv",
        "",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    """Another name is refused, with the grammar as the way out."""
    with pytest.raises(ImportFileError, match="keep upstream's name"):
        file_facts(Path(name))
