"""fitment.harness.names: discovery by file name."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fitment.harness import names
from fitment.registry.errors import UnknownNameError

EXPECTED = {
    "models": {"module", "zoo"},
    "precisions": {"fp32", "bf16", "fp16", "int8_dynamic"},
    "compilers": {"eager", "inductor"},
    "scenarios": {"forward", "train_step"},
    "devices": {"cpu", "cuda"},
}


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_file_is_a_name_and_helpers_are_not(folder: str) -> None:
    """The names of a folder are its files without the helpers that it lists."""
    found = names.available(folder)
    assert EXPECTED[folder] <= set(found)
    assert not {"prepared", "casting", "found", "loaded", "flops", "sources", "__init__"} & set(found)
    assert list(found) == sorted(found)


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_listed_helper_is_a_file(folder: str) -> None:
    """A helper that was renamed or deleted leaves no stale entry behind."""
    package = names.importlib.import_module(f"fitment.harness.{folder}")
    for helper in getattr(package, "HELPERS", ()):
        names.importlib.import_module(f"fitment.harness.{folder}.{helper}")


@pytest.mark.parametrize("name", ["fp32", "bf16", "fp16", "int8_dynamic"])
def test_load_gives_the_module_of_that_file(name: str) -> None:
    """A chosen name is imported and is the file of that name."""
    assert names.load("precisions", name).__name__ == f"fitment.harness.precisions.{name}"


def test_an_unknown_name_is_answered_with_the_nearest_and_all() -> None:
    """The mistake is named with the nearest name and everything there is."""
    with pytest.raises(UnknownNameError, match='unknown precision "fp61": did you mean "fp16"') as caught:
        names.load("precisions", "fp61")
    assert "bf16, fp16, fp32" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_near_nothing_gets_no_guess() -> None:
    """Where nothing is near, only what there is gets listed."""
    message = str(names.unknown("device", "quantum", ["cpu", "cuda"]))
    assert message == 'unknown device "quantum": there are cpu, cuda'


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31mred", "\x00", "\u202eevil", "x" * 1_000_000])
def test_a_hostile_name_stays_one_short_printable_line(name: str) -> None:
    """Newlines, escapes, direction marks and a megabyte are shown escaped and cut."""
    message = str(names.unknown("model", name, ["resnet18"]))
    assert message.isprintable()
    assert len(message) < 200


@pytest.mark.parametrize("name", ["prepared", "__init__", "../names", "fp32.prepare", ""])
def test_no_path_or_helper_can_be_loaded(name: str) -> None:
    """Only listed names are ever imported."""
    with pytest.raises(UnknownNameError):
        names.load("precisions", name)


def test_listing_and_resolving_import_no_torch() -> None:
    """Names, model references and devices' types cost no torch, numba or duckdb."""
    code = (
        "import sys\n"
        "from fitment.harness import names, memory_formats\n"
        "from fitment.harness.devices import found, cpu, cuda\n"
        "from fitment.harness.models import sources\n"
        "for folder in names.NOUNS: names.available(folder)\n"
        "sources.resolve('resnet50'), sources.resolve('module:a.b:c'), cpu.find()\n"
        "print({'torch', 'numba', 'duckdb'} & set(sys.modules))\n"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert child.stdout.strip() == "set()"
