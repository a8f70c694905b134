"""Command lines that load a model: ``vllm serve X``, ``python train.py --model_name_or_path X``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from .hit import Hit
from .ids import LEGACY, OF_A_KNOWN_ID, SPACY, Named, is_owned, named, of_url
from .table import Command, commands

OF_AN_OPTION = 0.6  # --model of a program that the table does not know
OPTIONS = re.compile(
    r"--?(?:(?:base|draft|embedding|reward|teacher|pretrained|hf)[-_])?(?:model(?:[-_](?:id|name|path|repo))?|"
    r"(?:pretrained[-_])?model[-_]name[-_]or[-_]path|hf[-_]repo|repo[-_]id|tokenizer)$"
)
AMONG = re.compile(r"(?:^|,)(?:pretrained|model)=([^,\s]+)")  # lm_eval's --model_args pretrained=X,dtype=Y
SERVERS = (
    "vllm",
    "text-generation-inference",
    "text-embeddings-inference",
    "sglang",
    "tei",
    "lmdeploy",
    "llama.cpp",
)
SPEAKERS = frozenset(
    [
        "echo",
        "printf",
        "pip",
        "pip3",
        "conda",
        "apt",
        "apt-get",
        "brew",
        "grep",
        "rg",
        "sed",
        "awk",
        "cd",
        "mkdir",
        "rm",
        "cp",
        "mv",
        "export",
    ]
)
BEFORE = frozenset(
    [
        "sudo",
        "exec",
        "nohup",
        "time",
        "env",
        "nice",
        "uv",
        "poetry",
        "pipx",
        "uvx",
        "run",
        "srun",
        "then",
        "do",
        "else",
        "if",
        "while",
        "!",
        "&",
    ]
)
PYTHON = re.compile(r"python[\d.]*")
WHEEL = re.compile(r"/([a-z]{2,3}_[a-z]+_[a-z0-9]+_(?:sm|md|lg|trf))-\d")
FETCHERS = frozenset(["wget", "curl", "aria2c"])


def of_words(words: Sequence[str], context: str = "") -> Iterator[Hit]:
    """The models of one command line, each at line 0; ``context``: what runs it, such as an image's name."""
    words = [word for word in words if word]
    while words and (words[0] in BEFORE or re.match(r"\w+=", words[0])):
        words = words[1:]
    if not words:
        return
    plain = [_program(words[0]), *words[1:]]
    found = list(_fetched(plain)) or list(_of_table(plain)) or list(_of_options(plain, context))
    yield from found


def _program(word: str) -> str:
    if word.startswith("-"):  # an option, where an image's own entry point is the program
        return word
    name = PurePosixPath(word).name
    return "python" if PYTHON.fullmatch(name) else name


def _of_table(words: Sequence[str]) -> Iterator[Hit]:
    if words[0] in SPEAKERS:
        return
    for start in range(min(len(words), 30)):
        here = [_program(words[start]), *words[start + 1 :]]
        for command in commands():
            if start and len(command.words) < 2:
                continue
            if _starts(here, command.words):
                yield from _of_command(command, here)
                return


def _starts(words: Sequence[str], pattern: Sequence[str]) -> bool:
    return len(words) >= len(pattern) and all(map(fnmatchcase, words, pattern))


def _of_command(command: Command, words: Sequence[str]) -> Iterator[Hit]:
    label = " ".join(word for word in words[: len(command.words)] if word != "-m")
    rest = words[len(command.words) :]
    given = _options(rest)
    for name, values in command.unless.items():
        if given.get(f"--{name}") in values:
            return
    text = next((given[name] for name in command.options if name in given), None)
    if text is None and command.argument is not None:
        text = _positional(rest, command.namespace)
    if text is not None:
        yield from _hit(text, label, command.namespace, 0.95, serves=command.serves)


def _hit(text: str, label: str, namespace: str, sure: float, *, serves: bool) -> Iterator[Hit]:
    if "$" in text:
        yield Hit(0, label, None, round(0.6 * sure, 2), text, namespace, serves)
        return
    name, _, tag = (
        text.partition(":") if namespace == "hf" and not text.startswith("http") else (text, "", "")
    )
    model = named(name, namespace)
    if isinstance(model, Named):
        yield Hit(0, label, model.model_id, round(model.certainty * sure, 2), tag, namespace, serves)
    elif model is not None:
        known = (name, round(OF_A_KNOWN_ID * sure, 2))
        yield Hit(0, label, None, round(0.3 * sure, 2), model, namespace, serves, known)


def _options(words: Sequence[str]) -> Mapping[str, str]:
    """The options of a command line with their values; the first of each."""
    found: dict[str, str] = {}
    for number, word in enumerate(words):
        if word.startswith("-"):
            name, given, value = word.partition("=")
            following = words[number + 1] if number + 1 < len(words) else ""
            found.setdefault(name, value if given else following)
    return found


def _positional(words: Sequence[str], namespace: str) -> str | None:
    """The first word that is no option nor, as far as can be told, the value of one."""
    plain: list[str] = []
    values: list[str] = []
    before = ""
    for word in words:
        if not word.startswith("-"):
            (values if before.startswith("--") and "=" not in before else plain).append(word)
        before = word
    return next(iter(plain), None) or next((each for each in values if is_owned(each)), None)


def _fetched(words: Sequence[str]) -> Iterator[Hit]:
    """``git clone`` and ``wget`` of the hub's addresses; spaCy's packages by pip."""
    if words[0] == "git" and "clone" in words:
        label = "git clone"
    elif words[0] in FETCHERS:
        label = words[0]
    elif words[0] in ("pip", "pip3", "uv") or words[:3] == ["python", "-m", "pip"]:
        yield from _wheels(words)
        return
    else:
        return
    for word in words[1:]:
        model = of_url(re.sub(r"^git@(?:hf\.co|huggingface\.co):", "https://huggingface.co/", word))
        if model is not None:
            yield Hit(0, label, model, 0.9)


def _wheels(words: Sequence[str]) -> Iterator[Hit]:
    for word in words:
        wheel = WHEEL.search(word)
        name = wheel[1] if wheel else re.split(r"[=<>~!\[@ ]", word)[0].replace("-", "_")
        if SPACY.fullmatch(name):
            yield Hit(0, "pip install", name, 0.9, "", "spacy")


def _of_options(words: Sequence[str], context: str) -> Iterator[Hit]:
    """``--model OWNER/NAME`` of any program."""
    if words[0] in SPEAKERS:
        return
    text = f"{context} {' '.join(words[:12])}"
    serves = any(server in text for server in SERVERS)
    label = context or " ".join(word for word in words[:2] if not word.startswith("-"))
    for name, value in _options(words).items():
        among = AMONG.search(value) if name in ("--model_args", "--model-args") else None
        if among is not None and is_owned(among[1]):
            yield from _hit(among[1], label or name, "hf", OF_AN_OPTION, serves=False)
        elif OPTIONS.match(name):
            if is_owned(value.partition(":")[0]) or (LEGACY.match(value) and "-" in value):
                yield from _hit(value, label or name, "hf", 0.95 if serves else OF_AN_OPTION, serves=serves)
            elif serves and "$" in value:
                yield Hit(0, label or name, None, 0.5, value, "hf", True)
