"""Three rooms, one direction: kernels <- registry <- harness."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    p for room in ("kernels", "registry", "harness", "configs") for p in (ROOT / room).rglob("*.py")
)

ALLOWED_ROOMS = {
    "configs": {"configs"},
    "kernels": {"kernels"},
    "registry": {"registry", "kernels", "configs"},
    "harness": {"harness", "registry", "kernels", "configs"},
}
# Outside libraries that only the named files or folders may import.
DOORS = {
    "numba": ("kernels/",),
    "pynvml": ("harness/meters/nvml.py",),
    "duckdb": ("registry/",),
    "pyarrow": ("registry/",),
    "rich": ("registry/report/", "harness/display/", "harness/cli/"),
    "psutil": ("harness/",),
    "torch": ("harness/",),
    "fsspec": ("registry/checkpoints/remote_blobs.py",),
    "license_expression": ("registry/licences/", "registry/bom/licence_choice.py"),
    "yaml": ("registry/cards/strict_yaml.py", "registry/usage/yaml_file.py"),
}


def imported_modules(path: Path) -> Iterator[str]:
    """Absolute dotted names that a file imports, relative ones resolved to ``fitment.…``."""
    package = ("fitment", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *([node.module] if node.module else [])))
            yield from (f"{stem}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_from_rooms_below(path: Path) -> None:
    """A file imports its own room and the rooms below it, and outside libraries only behind their doors."""
    relative = path.relative_to(ROOT).as_posix()
    for module in imported_modules(path):
        parts = module.split(".")
        if parts[0] == "fitment" and len(parts) > 1:
            assert parts[1] in ALLOWED_ROOMS[relative.split("/")[0]], f"{relative} imports {module}"
        elif parts[0] in DOORS:
            assert relative.startswith(DOORS[parts[0]]), f"{relative} imports {parts[0]}"


def kernels_reached(name: str) -> set[str]:
    """The files of kernels that one of them loads: itself, and what it imports there, and so on."""
    reached: set[str] = set()
    ahead = {name}
    while ahead:
        stem = ahead.pop()
        reached.add(stem)
        modules = [m.split(".") for m in imported_modules(ROOT / f"kernels/{stem}.py")]
        ahead |= {m[2] for m in modules if m[:2] == ["fitment", "kernels"]} - reached
    return reached


# What recommend, the gate and workers load: a start of Numba would be longer than all they do.
WITHOUT_NUMBA = (
    "constraints", "costs", "counter_random", "dominance", "draw_key", "false_discovery", "formulae",
    "intervals", "location_draws", "pairs", "percentiles", "profiles", "rank_draws", "resample_medians",
    "superiority", "threshold", "variance", "workload",
)  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_NUMBA)
def test_formulae_need_numpy_alone(name: str) -> None:
    """Formulae, and every file of kernels behind them, import NumPy and the standard library only."""
    outside = {
        m.split(".")[0]
        for stem in kernels_reached(name)
        for m in imported_modules(ROOT / f"kernels/{stem}.py")
    }
    assert outside <= {"fitment", "numpy", *sys.stdlib_module_names}


def test_a_compiled_kernel_needs_more_than_numpy() -> None:
    """Numba is found behind a file that imports it by another: what the test above would miss otherwise."""
    assert "jit" in kernels_reached("scores")


def test_nothing_in_the_registry_stands_on_its_reports() -> None:
    """Reports show what the rest of the registry knows; what both say stands below them."""
    below = [
        path for path in (ROOT / "registry").rglob("*.py") if "report" not in path.relative_to(ROOT).parts
    ]
    importing = {
        path.name for path in below for m in imported_modules(path) if m.startswith("fitment.registry.report")
    }
    assert len(below) > 50
    assert importing == set()


def test_records_and_errors_need_the_standard_library_alone() -> None:
    """Records and errors travel everywhere, so they import nothing that a worker must not load."""
    for name in ("records", "answers", "errors"):
        imported = imported_modules(ROOT / f"registry/{name}.py")
        outside = {m.split(".")[0] for m in imported if not m.startswith("fitment.registry.records.")}
        assert outside <= {"__future__", "hashlib", "json", "dataclasses", "typing"}
