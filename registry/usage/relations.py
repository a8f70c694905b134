"""What a repository does with each model that it uses, as far as its files show, and by what that shows.

Loading is what is left where nothing else shows. Signs are looked for in the file that names the model, and
weights where they lie; who trains on a model's outputs is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..licences.verdicts import Relation
from .found import Use
from .scan import Scanned
from .walk import read

LARGEST = 1 << 24
TRAINS = re.compile(
    rb"^[^#\n]*?\b(\w*Trainer\s*\(|trainer\.train\(|\w+\.backward\(|get_peft_model\(|\w+\.fit\()",
    re.MULTILINE,
)
RELEASES = re.compile(
    rb"^[^#\n]*?\b(push_to_hub\s*\(|push_to_hub\s*=\s*True|upload_folder\(|save_pretrained\s*\(|save_model\s*\()",
    re.MULTILINE,
)
SERVES = re.compile(
    rb"^[^#\n]*?\b((?:FastAPI|Flask|Quart|Starlette|Sanic|LitServer)\s*\(|gr\.(?:Interface|Blocks|ChatInterface)\s*\(|"
    rb"import\s+streamlit|serve\.deployment|bentoml\.service)",
    re.MULTILINE,
)
LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying)\b.*", re.IGNORECASE)
SHORTEST_NAME = 5  # characters of a model's name that a file of weights is recognised by


@dataclass(frozen=True, slots=True)
class Inferred:
    """One thing that is done with a model, and by what that shows."""

    model_id: str
    relation: Relation
    how: str


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file of weights that lies in the repository; None: of no model that is known."""

    file: str
    model_id: str | None


def inferred(root: Path, scanned: Scanned) -> tuple[Inferred, ...]:
    """What is done with each model, by its id; at least one thing for each."""
    files = {use.file for use in scanned.uses if use.model_id is not None}
    signs = {file: tuple(_signs(root, file)) for file in sorted(files)}
    serving = set(scanned.serving)
    found: dict[tuple[str, Relation], Inferred] = {}
    for use in scanned.uses:
        for relation, how in _of_use(use, signs.get(use.file, ()), use in serving):
            if use.model_id is not None:
                found.setdefault((use.model_id, relation), Inferred(use.model_id, relation, how))
    for each in _of_weights(scanned):
        found.setdefault((each.model_id, each.relation), each)
    for use in scanned.uses:
        if use.model_id is not None and not any(model == use.model_id for model, _ in found):
            how = f"{use.file}:{use.line} loads it when it runs, and nothing more shows"
            loads = Relation.REPO_LOADS_WEIGHTS
            found[use.model_id, loads] = Inferred(use.model_id, loads, how)
    return tuple(found[key] for key in sorted(found))


def vendored(scanned: Scanned) -> tuple[Vendored, ...]:
    """The files of weights in the repository, each with the model that it is taken for."""
    return tuple(Vendored(file, _model_of(file, scanned.uses)) for file in scanned.weights)


def _of_use(
    use: Use, signs: Sequence[tuple[re.Pattern[bytes], str]], serves: bool
) -> Iterator[tuple[Relation, str]]:
    where = dict(signs)
    if TRAINS in where and RELEASES in where:
        signs_ = f"trains ({where[TRAINS]}) and saves or publishes ({where[RELEASES]})"
        yield Relation.FINETUNE_RELEASE, f"{use.file} {signs_}: taken as a release"
    if serves:
        yield Relation.SERVE_API, f"{use.file}:{use.line} serves it: {use.call}"
    elif SERVES in where:
        yield Relation.SERVE_API, f"{use.file} loads it and serves ({where[SERVES]})"


def _signs(root: Path, file: str) -> Iterator[tuple[re.Pattern[bytes], str]]:
    """The signs in a file, each with its line and what stands there."""
    if not file.endswith((".py", ".ipynb")):
        return
    data = read(root / file, LARGEST)
    if isinstance(data, str):
        return
    for pattern in (TRAINS, RELEASES, SERVES):
        sign = pattern.search(data)
        if sign is not None:
            line = data.count(b"\n", 0, sign.start(1)) + 1
            text = sign[1].decode("ascii", "replace").rstrip("( ")
            yield pattern, f"line {line}: {text}"


def _of_weights(scanned: Scanned) -> Iterator[Inferred]:
    for each in vendored(scanned):
        if each.model_id is None:
            continue
        folder = each.file.rpartition("/")[0]
        if _is_adapter(folder, each.model_id, scanned.uses):
            how = f"{each.file} is an adapter of it, in the repository"
            yield Inferred(each.model_id, Relation.FINETUNE_RELEASE, how)
        elif folder and any(_is_licence(file, folder) for file in scanned.texts):
            how = f"{each.file} lies in the repository, beside a licence of its own"
            yield Inferred(each.model_id, Relation.REDISTRIBUTE, how)
        else:
            how = f"{each.file} lies in the repository, under the repository's own licence"
            yield Inferred(each.model_id, Relation.RELABEL_WEIGHTS, how)


def _is_licence(file: str, folder: str) -> bool:
    above, _, name = file.rpartition("/")
    return above == folder and LICENCE_FILE.fullmatch(name) is not None


def _is_adapter(folder: str, model_id: str, uses: Iterable[Use]) -> bool:
    beside = f"{folder}/adapter_config.json".lstrip("/")
    return any(use.file == beside and use.model_id == model_id for use in uses)


def _model_of(file: str, uses: Sequence[Use]) -> str | None:
    """The model that a configuration beside the weights names, else the one whose name the file has."""
    folder = file.rpartition("/")[0]
    for use in uses:
        above, _, name = use.file.rpartition("/")
        if above == folder and name in ("config.json", "adapter_config.json") and use.model_id is not None:
            return use.model_id
    plain = _plain(str(PurePosixPath(file).with_suffix("")))
    named = [use.model_id for use in uses if use.model_id is not None]
    fitting = [model for model in named if _names(model, plain)]
    return max(fitting, key=lambda model: (len(_plain(model.rpartition("/")[2])), model), default=None)


def _names(model_id: str, plain: str) -> bool:
    name = _plain(
        re.sub(r"[-_.](?:gguf|ggml|gptq|awq)$", "", model_id.rpartition("/")[2], flags=re.IGNORECASE)
    )
    return len(name) >= SHORTEST_NAME and name in plain


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
