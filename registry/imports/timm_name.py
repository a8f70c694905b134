"""What the name of a timm result file says about every row in it.

    [benchmark-]{infer|train}-{amp|amp_bf16|bf16|fp16|fp32}-{nchw|nhwc}-pt{N}-{cu{N}|cpu}-{device}[-dynamo].csv

Torch versions: torch 1 had two-digit minor versions, so ``pt112`` is 1.12 and ``pt1121`` is 1.12.1;
from torch 2 on the last digit is the patch: ``pt240`` is 2.4.0, ``pt291`` is 2.9.1, ``pt2100`` is
2.10.0. CUDA versions: the last digit is the minor version, ``cu124`` is 12.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import ImportFileError
from ..records import Environment

GRAMMAR = (
    "[benchmark-]{infer|train}-{amp|amp_bf16|bf16|fp16|fp32}-{nchw|nhwc}"
    "-pt{N}-{cu{N}|cpu}-{device}[-dynamo].csv"
)
_NAME = re.compile(
    r"(?:benchmark-)?(?P<rest>(?P<phase>infer|train)-(?P<precision>amp|amp_bf16|bf16|fp16|fp32)"
    r"-(?P<layout>nchw|nhwc)-pt(?P<torch>\d{3,4})-(?P<platform>cu(?P<cuda>\d{2,3})|cpu)"
    r"-(?P<device>[A-Za-z0-9_.]+)(?P<dynamo>-dynamo)?\.csv)",
    re.ASCII,
)
_PRECISIONS = {"amp": "amp_fp16", "amp_bf16": "amp_bf16"}
_MEMORY_FORMATS = {"nchw": "contiguous", "nhwc": "channels_last"}
# The device classes that upstream's tokens stand for, as harness/devices/ would name them.
_HARDWARE = {
    "rtx3090": "NVIDIA GeForce RTX 3090, 24 GiB",
    "rtx4090": "NVIDIA GeForce RTX 4090, 24 GiB",
    "rtx5090": "NVIDIA GeForce RTX 5090, 32 GiB",
    "pro6000maxq": "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, 96 GiB",
    "i7_12700h": "12th Gen Intel Core i7-12700H, 14 cores",
    "i9_10940x": "Intel Core i9-10940X @ 3.30GHz, 14 cores",
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The facts of a file name; ``prefix`` is how its columns start."""

    file: str
    prefix: str  # "infer" | "train"
    scenario: str
    precision: str
    memory_format: str
    compile_mode: str
    environment: Environment


def file_facts(path: Path) -> FileFacts:
    """The facts in the name of ``path``. Raises ImportFileError where it is not such a name."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ImportFileError(
            f"{path}: not the name of a timm result file; keep upstream's name, {GRAMMAR}, "
            "since device, precision and versions stand only there"
        )
    return FileFacts(
        file=f"benchmark-{match['rest']}",
        prefix=match["phase"],
        scenario="train_step" if match["phase"] == "train" else "forward",
        precision=_PRECISIONS.get(match["precision"], match["precision"]),
        memory_format=_MEMORY_FORMATS[match["layout"]],
        compile_mode="inductor" if match["dynamo"] else "eager",
        environment=Environment(
            device_kind="cpu" if match["platform"] == "cpu" else "cuda",
            hardware=hardware_name(match["device"]),
            torch=torch_version(match["torch"]),
            cuda=cuda_version(match["cuda"]) if match["cuda"] else None,
        ),
    )


def hardware_name(token: str) -> str:
    """The device class of an upstream token; an unknown token stands for itself, tidied (``H100 PCIE``)."""
    known = token.lower()
    if known.isdigit():
        known = f"rtx{known}"  # upstream writes both "4090" and "rtx4090"
    return _HARDWARE.get(known, known.replace("_", " ").upper())


def torch_version(digits: str) -> str:
    """``240`` -> ``2.4.0``; ``112`` -> ``1.12``; ``1121`` -> ``1.12.1``; ``2100`` -> ``2.10.0``."""
    if digits[0] == "1":
        return ".".join(part for part in (digits[0], digits[1:3], digits[3:]) if part)
    return f"{digits[0]}.{digits[1:-1]}.{digits[-1]}"


def cuda_version(digits: str) -> str:
    """``124`` -> ``12.4``."""
    return f"{digits[:-1]}.{digits[-1]}"
