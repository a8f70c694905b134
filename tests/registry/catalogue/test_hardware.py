"""The catalogue of devices: found by whole names and memory, never by a guess."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from fitment.configs import path as shipped
from fitment.registry.catalogue.hardware import (
    GIB,
    REPORTED_SHARE,
    Ambiguous,
    CatalogueEntry,
    catalogue,
    key,
    match,
    of_name,
)
from fitment.registry.imports.timm_name import file_facts


def found(name: str, memory_bytes: int | None = None) -> str | None:
    """The matched entry's name, the words of an ambiguous one, or None."""
    result = match(name, memory_bytes)
    return result.in_words() if isinstance(result, Ambiguous) else result.name if result else None


def test_every_name_leads_to_its_own_entry() -> None:
    """Each name and alias, with the entry's memory, is that entry's and no other's."""
    for entry in catalogue():
        for name in (entry.name, *entry.aliases):
            assert match(name, entry.memory_bytes) == entry, name
    keys = Counter(k for e in catalogue() for k in {key(name) for name in (e.name, *e.aliases)})
    assert set(keys.values()) == {1}


def test_the_file_is_sound() -> None:
    """63 devices; figures are positive; each says how sure it is, where from, and what its memory counts."""
    with shipped("hardware/catalogue.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(catalogue()) == 63
    for e in catalogue():
        assert e.confidence in ("read", "derived", "mixed", "unverified")
        assert e.source
        assert e.memory_basis in (REPORTED_SHARE if e.memory_gib else {""}), e.name
        figures = [e.memory_gib, e.bytes_per_s, e.tdp_w, e.cores, *dict(e.peaks).values()]
        assert all(value is None or value > 0 for value in figures), e.name
        assert (e.cores is not None) == (e.kind == "cpu")


def test_every_published_device_is_in_it() -> None:
    """Each device of the shipped published files has its entry, by the name that its import gives it."""
    files = shipped("published/timm").glob("*.csv")
    facts = {file_facts(file).environment.hardware for file in files}
    assert {name: found(name) for name in facts} == {
        "NVIDIA GeForce RTX 3090, 24 GiB": "RTX 3090",
        "NVIDIA GeForce RTX 4090, 24 GiB": "RTX 4090",
        "NVIDIA GeForce RTX 5090, 32 GiB": "RTX 5090",
        "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, 96 GiB": "RTX PRO 6000 Blackwell Max-Q",
        "12th Gen Intel Core i7-12700H, 14 cores": "Core i7-12700H",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rtx4090", "RTX 4090"),
        ("GeForce RTX 4090", "RTX 4090"),
        ("NVIDIA H200, 140 GiB", "H200 SXM"),  # 143,771 MiB
        ("Tesla T4, 15 GiB", "T4"),  # ECC takes a sixteenth
        ("NVIDIA A100-SXM4-80GB, 80 GiB", "A100 SXM 80GB"),
        ("NVIDIA A100-SXM4-40GB, 40 GiB", "A100 SXM 40GB"),
        ("AMD EPYC 9654 96-Core Processor, 96 cores", "EPYC 9654"),
        ("Intel Core i9-10940X @ 3.30GHz, 14 cores", "Core i9-10940X"),
    ],
)
def test_whole_names(name: str, expected: str) -> None:
    """Vendor words, case, spaces, marks and clocks tell no devices apart."""
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A100", '"A100" could be A100 SXM 80GB, A100 PCIe 80GB or A100 SXM 40GB'),
        ("A100, 40 GiB", '"A100, 40 GiB" could be A100 SXM 40GB'),
        ("RTX 3080", '"RTX 3080" could be RTX 3080 10GB'),  # there is one with 12 GB, too
        (
            "RTX 6000",
            '"RTX 6000" could be RTX PRO 6000 Blackwell Max-Q, RTX PRO 6000 Blackwell or RTX 6000 Ada',
        ),
    ],
)
def test_part_of_a_name_is_never_enough(name: str, expected: str) -> None:
    """It says what it could be, even where that is one."""
    assert found(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "RTX 3080, 12 GiB",  # another device of that name
        "NVIDIA A100-SXM4-80GB, 40 GiB",
        "NVIDIA A100-SXM4-40GB, 40 GiB, MIG 1g.5gb",  # a slice has neither its peaks nor its power
        "NVIDIA GeForce RTX 4090 Laptop GPU, 16 GiB",
        "12th Gen Intel Core i7-12700H, 2 cores",  # part of a processor
        "AMD Instinct MI250X, 64 GiB",  # torch sees each half
        "RTX 4099",
        "NVIDIA GPU",
        "",
    ],
)
def test_others_are_not_in_it(name: str) -> None:
    """Another size, a slice, a part or another suffix is another device."""
    assert found(name) is None


def test_what_the_device_reports_goes_before_its_name() -> None:
    """A memory size in bytes decides where it is known."""
    assert found("RTX 3080", 10 * GIB) == "RTX 3080 10GB"
    assert found("RTX 3080, 10 GiB", 12 * GIB) is None
    assert [e.name for e in of_name("RTX 3080, 12 GiB")] == ["RTX 3080 10GB"]


def test_memory_and_peaks() -> None:
    """Memory is in GiB; shared memory is not the device's; a peak that is not stated is None."""
    h200, m1, epyc = (match(name) for name in ("H200 SXM", "Apple M1", "EPYC 9654"))
    assert isinstance(h200, CatalogueEntry)
    assert (h200.memory_bytes, h200.peak("bf16"), h200.tdp_w) == (141 * GIB, 989e12, 700.0)
    assert h200.peak("fp4") is None
    assert [e.memory_bytes for e in (m1, epyc) if isinstance(e, CatalogueEntry)] == [None, None]
