"""The rows of a made-up ecosystem as the published file has them: lists are the text that Python shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fitment.registry.lineage.kinds import KINDS, LABELS
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.ecosystem_families import Families, Wholes
from benchmarks.ecosystem_lists import beside, joined, of_sets, quoted, shares, starts
from benchmarks.ecosystem_shape import GONE, STEMS, SUFFIX
from benchmarks.ecosystem_traits import Said, Trait

BATCH = 200_000  # rows
PARENTS = {"parent_model": None, **{f"{kind}_parent": bit for kind, bit in KINDS.items()}}
SCHEMA = pa.schema(
    [
        ("model_id", pa.string()),
        ("likes", pa.int64()),
        ("trendingScore", pa.int64()),
        ("private", pa.bool_()),
        ("downloads", pa.int64()),
        *((name, pa.string()) for name in ("tags", "pipeline_tag", "library_name", "createdAt", "regions")),
        *((name, pa.string()) for name in ("licenses", "arxiv_papers", "datasets", *PARENTS, "languages")),
    ]
)
WITH_CARDS = pa.schema([*SCHEMA, ("card_characters", pa.int64()), ("card_generated", pa.int64())])
_SCALARS = {"model_id", "likes", "trendingScore", "private", "downloads"}
_SCALARS |= {"pipeline_tag", "library_name", "createdAt"}
LISTS = tuple(name for name in SCHEMA.names if name not in _SCALARS)
EMPTY = "[]"
_LEFT_OUT = 0.01  # an empty list is left out this often
_TYPED_ONLY = 0.01  # of the models with typed parents, those whose generic column does not repeat them
_MODELS_OF_AN_OWNER, _APOSTROPHES = 7, 2000  # one in so many owners has an apostrophe in its name
_BY_ANOTHER_HAND = 0.002  # of all models: lists that Python did not write
_REGIONS = {"['us']": 0.93, EMPTY: 0.06, "['eu', 'us']": 0.01}
_DATASETS = (  # as Python shows them, then as others write them
    *(repr([name]) for name in ("squad", "glue", "common_voice", "imagefolder", "tatsu-lab/alpaca")),
    repr(["wikipedia", "bookcorpus"]),
    repr(["it's own", "b"]),
    repr(["both ' and \"", "c, d", "[e]"]),
    repr(["日本語", "naïve\ttab", "back\\slash"]),
    '["needless", "quotes"]',
    "[ 'spaced' , 'out' ]",
    "['trailing',]",
    "['caf\\u00e9', '\\x41']",
)
_SAYS_DATASET, _SAYS_PAPER = 0.1, 0.05
_TAGS = ("'safetensors', ", "'pytorch', 'safetensors', ", "'tensorboard', 'generated_from_trainer', ", "")
_TAGS += ("'gguf', 'en', 'llama', 'autotrain_compatible', ", '"user\'s own", ', "'endpoints_compatible', ")
# What is no list of texts: no reader may take it, and none may run it.
MALFORMED = (
    "__import__('os').system('true')",
    "['never closed",
    "['a' 'b'",
    "{'a': 1}",
    "['a'] + ['b']",
    "['a', open('/etc/passwd')]",
)


class Text:
    """The rows, in the order of the file, which is not that of the models' age."""

    def __init__(
        self, made: Families, told: Said, draw: Generator, *, malformed: int = 0, cards: bool = False
    ) -> None:
        n = len(made.first)
        self.schema = WITH_CARDS if cards else SCHEMA
        self._made, self._told, self._draw = made, told, draw
        self._names = _names(made, draw)
        self._all_names = pa.chunked_array([self._names, _gone_names(made)]).combine_chunks()
        self._order = draw.permutation(n)
        self._parents = {name: _parents_of(made, bit, draw) for name, bit in PARENTS.items()}
        self._malformed = np.sort(draw.choice(n, malformed, replace=False))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, in the columns of ``schema``."""
        for low in range(0, len(self._order), BATCH):
            columns = self._columns(self._order[low : low + BATCH])
            self._leave_out(columns)
            self._spoil(columns, low)
            told = {name: columns[name] for name in self.schema.names}
            yield pa.RecordBatch.from_pydict(told, self.schema)

    def _columns(self, models: Wholes) -> dict[str, Any]:
        told, count = self._told, len(models)
        likes = told.likes[models]
        parents = {name: self._named(models, name) for name in PARENTS}
        return {
            "model_id": self._names.take(pa.array(models)),
            "likes": _whole(likes),
            "trendingScore": _whole(np.where(likes > 500, likes // 100, 0)),
            "private": pa.array(np.zeros(count, bool)),
            "downloads": _whole(told.downloads[models]),
            "tags": self._tags(models, parents),
            "pipeline_tag": _one(told.tasks, models),
            "library_name": _one(told.libraries, models),
            "createdAt": _times(told.created_ms[models]),
            "regions": self._any_of(list(_REGIONS), count, list(_REGIONS.values())),
            "licenses": self._listed(told.licences, models),
            "arxiv_papers": self._papers(count),
            "datasets": self._rarely(_SAYS_DATASET, self._any_of(_DATASETS, count), EMPTY),
            "languages": self._listed(told.languages, models),
            "card_characters": _whole(told.card_characters[models]),
            "card_generated": _whole(told.card_generated[models]),
            **{
                name: beside("[", joined(quoted(shown), n, ", "), "]") for name, (shown, n) in parents.items()
            },
        }

    def _named(self, models: Wholes, column: str) -> tuple[pa.Array, Wholes]:
        """The parents that a column names, model after model, and how many each has."""
        begins, parent = self._parents[column]
        counts = np.diff(begins)[models]
        return self._all_names.take(pa.array(parent[shares(begins[models], counts)])), counts

    def _tags(self, models: Wholes, parents: dict[str, tuple[pa.Array, Wholes]]) -> pa.Array:
        told = self._told
        parts = [_tagged("", trait, models) for trait in (told.libraries, told.tasks, told.languages)]
        parts += [self._any_of(_TAGS, len(models)), _tagged("license:", told.licences, models)]
        for column, (shown, counts) in parents.items():
            kind = column.removesuffix("_parent") + ":" if PARENTS[column] else ""
            tags = beside(quoted(beside(f"base_model:{kind}", shown)), ", ")
            parts.append(joined(tags, counts, ""))
        return beside("[", *parts, "'region:us']")

    def _listed(self, trait: Trait, models: Wholes) -> pa.Array:
        codes = trait.codes[models]
        odd = of_sets([_by_another_hand(each) for each in trait.sets], codes)
        return self._rarely(_BY_ANOTHER_HAND, odd, of_sets([repr(list(each)) for each in trait.sets], codes))

    def _papers(self, count: int) -> pa.Array:
        month = pa.array([f"['2{n:03}." for n in range(100, 512)])
        number = pc.cast(pa.array(self._draw.integers(10_000, 20_000, count)), pa.string())
        shown = beside(month.take(pa.array(self._draw.integers(len(month), size=count))), number, "']")
        return self._rarely(_SAYS_PAPER, shown, EMPTY)

    def _any_of(self, values: Sequence[str], count: int, weights: Sequence[float] | None = None) -> pa.Array:
        return of_sets(values, self._draw.choice(len(values), count, p=weights))

    def _rarely(self, share: float, rare: pa.Array, usual: pa.Array | str) -> pa.Array:
        return pc.if_else(pa.array(self._draw.random(len(rare)) < share), rare, usual)

    def _leave_out(self, columns: dict[str, Any]) -> None:
        for name in LISTS:
            rare = pa.array(self._draw.random(len(columns[name])) < _LEFT_OUT)
            gone = pc.and_(rare, pc.equal(columns[name], EMPTY))
            columns[name] = pc.if_else(gone, pa.scalar(None, pa.string()), columns[name])

    def _spoil(self, columns: dict[str, Any], low: int) -> None:
        """Puts what is no list into some rows, in one column or another."""
        rows = self._malformed[(self._malformed >= low) & (self._malformed < low + BATCH)] - low
        if len(rows):
            for turn, name in enumerate(("licenses", "parent_model", "languages")):
                values = columns[name].to_pylist()
                for number in range(turn, len(rows), 3):
                    values[rows[number]] = MALFORMED[number % len(MALFORMED)]
                columns[name] = pa.array(values, pa.string())


def _names(made: Families, draw: Generator) -> pa.Array:
    """An id for each model; those of a family share a stem, and the number makes each unlike the others."""
    n = len(made.first)
    count = max(1, n // _MODELS_OF_AN_OWNER)
    owners = [f"o'neill-{i}" if i % _APOSTROPHES == _APOSTROPHES - 1 else f"user{i}" for i in range(count)]
    owner = (draw.random(n) ** 2 * count).astype(np.int64)
    stem = draw.integers(len(STEMS), size=n)[made.root]
    suffixes = [SUFFIX.get(label, "") for label in range(-1, max(LABELS) + 1)]
    number = pc.cast(pa.array(np.arange(n)), pa.string())
    return beside(
        of_sets(owners, owner), "/", of_sets(STEMS, stem), of_sets(suffixes, made.kind + 1), "-", number
    )


def _gone_names(made: Families) -> pa.Array:
    """Names of parents that no row has: some on their maker's disk, most deleted or private."""
    count = int(made.gone_name.max(initial=-1)) + 1
    return pa.array([*GONE, *(f"gone{i % 97}/model-{i}" for i in range(count))][:count], pa.string())


def _parents_of(made: Families, bit: int | None, draw: Generator) -> tuple[Wholes, Wholes]:
    """Where each model's parents in one column begin, and those; missing ones are numbered after all."""
    n = len(made.first)
    parent = np.append(made.parent, made.gone_name + n)
    child = np.append(made.child, made.gone_child)
    bits = np.append(made.types, made.gone_bits)
    typed_only = (draw.random(n) < _TYPED_ONLY)[child] & (bits > 0)
    held = ~typed_only if bit is None else (bits & bit) > 0
    order = np.argsort(child[held], kind="stable")
    return starts(np.bincount(child[held], minlength=n)), parent[held][order]


def _whole(values: NDArray[np.float64]) -> pa.Array:
    unsaid = np.isnan(values)
    return pa.array(np.where(unsaid, 0, values).astype(np.int64), mask=unsaid)


def _times(milliseconds: Wholes) -> pa.Array:
    times = pa.array(milliseconds, pa.timestamp("ms"), mask=milliseconds == 0)
    return pc.strftime(times, "%Y-%m-%dT%H:%M:%SZ")  # %S of milliseconds has them


def _one(trait: Trait, models: Wholes) -> pa.Array:
    """The one value that each model says, or NULL."""
    return pa.array([each[0] if each else None for each in trait.sets]).take(pa.array(trait.codes[models]))


def _by_another_hand(values: Sequence[str]) -> str:
    """A list that says the same, in other words than Python: with escapes, other quotes, commas, blanks."""
    if len(values) == 1:
        (value,) = values
        return f"['\\x{ord(value[0]):02x}{value[1:]}',]"
    return f"[ {', '.join(json.dumps(value) for value in values)} ]"


def _tagged(prefix: str, trait: Trait, models: Wholes) -> pa.Array:
    told = ["".join(f"{prefix + value!r}, " for value in each) for each in trait.sets]
    return of_sets(told, trait.codes[models])
