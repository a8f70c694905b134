"""Which reader a file gets, by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from .dockerfile import of_dockerfile
from .hit import Hit
from .notebook import of_notebook
from .python import may_hold, of_python
from .settings import of_requirements, of_settings
from .shell import of_shell
from .yaml_file import of_yaml

MB = 1 << 20
LARGEST_SOURCE = 4 * MB
LARGEST_NOTEBOOK = 64 * MB
LARGEST_TEXT = MB  # of shell, YAML, settings: larger ones are data
# Every hit outside Python has one of these in its file: keys and options of models, commands, addresses.
TRACES = re.compile(
    rb"(?i)model|hugging|hf\.co|hf[ _-]|repo[_-]id|tokenizer|checkpoint|backbone|encoder|pretrained|"
    rb"_name_or_path|ollama|spacy|[_-](?:core|dep|ent|sent)[_-]|vllm|sglang|aphrodite|lmdeploy|trtllm|mlx|python"
)
DATA = frozenset(
    [
        "package-lock.json",
        "tokenizer.json",
        "vocab.json",
        "merges.txt",
        "yarn.lock",
        "poetry.lock",
        "uv.lock",
        "pnpm-lock.yaml",
        "special_tokens_map.json",
        "added_tokens.json",
        "composer.lock",
        "tsconfig.json",
    ]
)
DOCKERFILE = re.compile(
    r"(?:Dockerfile|Containerfile)(?:\..*)?|.*\.(?:dockerfile|containerfile)", re.IGNORECASE
)
REQUIREMENTS = re.compile(
    r"(?:.*/)?(?:[^/]*requirements[^/]*|constraints[^/]*|requirements/[^/]*)\.(?:txt|in)", re.IGNORECASE
)

Reader = Callable[[bytes], list[Hit]]


def reader_of(path: str) -> tuple[Reader, int] | None:
    """What reads a file of that name, and the most bytes that it takes; None for names that hold no uses."""
    pure = PurePosixPath(path)
    name, suffix = pure.name, pure.suffix.lower()
    if suffix in (".py", ".pyw", ".pyi"):
        return (_python, LARGEST_SOURCE)
    if suffix == ".ipynb":
        return (_notebook, LARGEST_NOTEBOOK)
    if name in DATA:
        return None
    if DOCKERFILE.fullmatch(name):
        return (_text(of_dockerfile), LARGEST_TEXT)
    if REQUIREMENTS.fullmatch(pure.as_posix()):
        return (_text(of_requirements), LARGEST_TEXT)
    if suffix in (".sh", ".bash", ".zsh", ".sbatch", ".slurm") or name in (
        "Makefile",
        "makefile",
        "justfile",
        "Justfile",
    ):
        return (_text(of_shell), LARGEST_TEXT)
    if suffix in (".yaml", ".yml"):
        return (_text(of_yaml), LARGEST_TEXT)
    if suffix in (".toml", ".json", ".ini", ".cfg", ".env", ".conf", ".jsonc") or name.startswith(".env"):
        return (_text(of_settings), LARGEST_TEXT)
    return None


def _python(data: bytes) -> list[Hit]:
    return of_python(data) if may_hold(data) else []


def _notebook(data: bytes) -> list[Hit]:
    return of_notebook(data) if TRACES.search(data) or may_hold(data) else []


def _text(reader: Callable[[str], list[Hit]]) -> Reader:
    def read(data: bytes) -> list[Hit]:
        return reader(data.decode("utf-8-sig", "replace")) if TRACES.search(data) else []

    return read
