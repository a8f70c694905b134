"""What the documents promise exists."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from fitment.harness import names
from fitment.harness.cli.verbs import VERBS
from fitment.harness.memory_formats import MEMORY_FORMATS
from fitment.harness.profiles import PROFILES
from fitment.harness.sweeps import axis_checks, sweep_file

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def quoted_commands() -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for block in re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            for line in re.findall(r"^(?:\.venv/bin/)?(fitment [a-z].*)$", block, re.MULTILINE):
                yield document.name, line
        for line in re.findall(r"`(fitment [a-z][^`]*)`", text):
            yield document.name, line.replace("\n", " ")


@pytest.mark.parametrize(("document", "command"), sorted(set(quoted_commands())))
def test_quoted_commands_parse(document: str, command: str) -> None:
    """Every command that a document quotes is understood by the command line as it is."""
    words = shlex.split(command)[1:]
    verb = next(verb for verb in VERBS if verb.name == words[0])
    while verb.verbs and len(words) > 1:
        words = words[1:]
        verb = next(each for each in verb.verbs if each.name == words[0])
    if verb.command and "--" in words:
        words = words[: words.index("--")]
    if len(words) > 1 and not {"FILE…", "[FILE]"} & set(words):
        module = import_module(f"fitment.harness.cli.{verb.module}")
        parser = argparse.ArgumentParser(exit_on_error=False)
        module.add_arguments(parser)
        parser.parse_args(words[1:])


def test_every_key_of_a_sweep_file_is_documented() -> None:
    """docs/sweep-files.md names each key that a sweep file may hold."""
    text = (ROOT / "docs/sweep-files.md").read_text(encoding="utf-8")
    for key in {*sweep_file.SWEEP, *sweep_file.GRID, *sweep_file.EXCLUDE}:
        assert f"`{key}`" in text, key


def test_every_value_of_a_sweep_files_axes_is_documented() -> None:
    """docs/sweep-files.md names each precision, compile mode and so on that there is."""
    text = (ROOT / "docs/sweep-files.md").read_text(encoding="utf-8")
    named = [name for folder in ("precisions", "compilers", "scenarios") for name in names.available(folder)]
    for value in (*named, *axis_checks.PINNINGS, *axis_checks.CACHE_STATES, *MEMORY_FORMATS, *PROFILES):
        assert f"`{value}`" in text, value


def test_quoted_sweep_files_are_read(tmp_path: Path) -> None:
    """Every sweep file that a document shows is one."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for block in re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            (tmp_path / "quoted.toml").write_text(block)
            assert sweep_file.read_sweep(tmp_path / "quoted.toml").grids, document.name


def test_links_lead_somewhere() -> None:
    """Relative links between documents name files that exist."""
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_file_of_kernels_is_documented() -> None:
    """docs/kernels.md says of each file of kernels/ what it computes."""
    text = (ROOT / "docs/kernels.md").read_text(encoding="utf-8")
    for path in (ROOT / "kernels").glob("*.py"):
        assert f"`{path.name}`" in text, path.name
