"""Which records of models can't be kept, and why: every bound on what is said of a model, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from .labels import LONGEST, LONGEST_MODEL, is_text

if TYPE_CHECKING:
    import pyarrow as pa

RELATIONS = ("finetune", "quantized", "adapter", "merge")
LONGEST_TEXT = 512  # characters of a name, a licence, a source of training data
LONGEST_URL = 2048
MOST = 1000  # tags, metrics and so on of one model

_IDS = {"model_id": LONGEST_MODEL, "version": LONGEST}
_TEXTS = dict.fromkeys(("name", "organisation", "licence", "architecture", "task", "source"), LONGEST_TEXT)
_LISTS = {
    **dict.fromkeys(("restrictions", "claims", "training_data"), LONGEST_TEXT),
    "tags": LONGEST,
    "measured_as": LONGEST_MODEL,
}
_LEAST = {"parameters": 1, "size_bytes": 1, "downloads": 0}

Bad = Iterator[tuple[int, str]]  # row, why it can't be kept


def unsound(table: pa.Table) -> dict[int, str]:
    """Why the rows that can't be kept can't, by their number from 0; of several reasons the first.

    ``table`` has the columns of ``model_columns.models``. Nothing is looked at one row at a time but what
    is out of the ordinary.
    """
    found: dict[int, str] = {}
    for check in (_ids, _texts, _numbers, _lists, _maps, _bases, _twice):
        for row, reason in check(table):
            found.setdefault(row, reason)
    return found


def _ids(table: pa.Table) -> Bad:
    for row in _where(table["model_id"], lambda pc, ids: pc.or_kleene(pc.is_null(ids), pc.equal(ids, ""))):
        yield row, "it has no model_id"
    for row in _where(table["version"], lambda pc, versions: pc.is_null(versions)):
        yield row, "its version is null"
    for name, longest in _IDS.items():
        yield from _of_text(table[name], name, longest)


def _texts(table: pa.Table) -> Bad:
    for name, longest in _TEXTS.items():
        yield from _of_text(table[name], name, longest)
        if name != "source":
            for row in _where(table[name], lambda pc, texts: pc.equal(texts, "")):
                yield row, f"its {name} is empty; leave it out where it is not known"


def _numbers(table: pa.Table) -> Bad:
    for name, least in _LEAST.items():
        for row in _where(table[name], partial(_below, least)):
            yield row, f"its {name} is {table[name][row]}: it must be at least {least}"
    for row in _where(table["rating"], _beyond_five):
        yield row, f"its rating is {table['rating'][row]}: it must be from 0 to 5"


def _below(least: int, pc: Any, numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.less(numbers, least)


def _beyond_five(pc: Any, ratings: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.invert(pc.and_(pc.greater_equal(ratings, 0.0), pc.less_equal(ratings, 5.0)))  # NaN is beyond


def _lists(table: pa.Table) -> Bad:
    for name, longest in _LISTS.items():
        yield from _too_many(table[name], name)
        yield from _inside(table[name], name, lambda each: each, longest)


def _maps(table: pa.Table) -> Bad:
    import pyarrow.compute as pc

    for name, longest in (("urls", LONGEST_URL), ("metrics", 0)):
        yield from _too_many(table[name], name)
        keys, values, owner = _entries(table[name])
        yield from ((owner[row], why) for row, why in _of_text(keys, f"{name}' names", LONGEST, needed=True))
        for row in _rows(pc.is_null(values)):
            yield owner[row], f"its {name} {keys[row]} is null"
        if name == "metrics":
            for row in _rows(pc.invert(pc.is_finite(values))):
                yield owner[row], f"its metric {keys[row]} is no finite number"
        else:
            yield from ((owner[row], why) for row, why in _of_text(values, "url", longest))
            for row in _rows(pc.invert(pc.match_substring_regex(values, r"^https?://[^\s]+$"))):
                yield owner[row], f"its url {keys[row]} does not start with https:// or http://"


def _entries(maps: pa.ChunkedArray) -> tuple[pa.Array, pa.Array, list[int]]:
    """The keys and values of all maps, and in which row each stands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = maps.combine_chunks()
    kind = pa.list_(pa.struct([("key", whole.type.key_type), ("value", whole.type.item_type)]))
    lists = whole.cast(kind)
    flat = pc.list_flatten(lists)
    return flat.field("key"), flat.field("value"), pc.list_parent_indices(lists).to_pylist()


def _bases(table: pa.Table) -> Bad:
    import pyarrow as pa
    import pyarrow.compute as pc

    yield from _too_many(table["base_models"], "base_models")
    yield from _inside(table["base_models"], "base model", lambda each: each.field("model_id"), LONGEST_MODEL)
    lists = table["base_models"].combine_chunks()
    flat, owner = pc.list_flatten(lists), pc.list_parent_indices(lists)
    relation = flat.field("relation")
    known = pc.or_(pc.is_null(relation), pc.is_in(relation, pa.array(RELATIONS)))
    for row in _rows(pc.invert(known)):
        yield (
            owner[row].as_py(),
            f"a base model's relation is {relation[row]}: it is one of {', '.join(RELATIONS)}",
        )


def _twice(table: pa.Table) -> Bad:
    """All but the first of those that have the same id and version."""
    ids, versions = table["model_id"], table["version"]
    seen = (
        table.select(["model_id", "version"]).group_by(["model_id", "version"]).aggregate([([], "count_all")])
    )
    if seen.num_rows == table.num_rows:
        return
    first: dict[tuple[str, str], int] = {}
    for row, key in enumerate(zip(ids.to_pylist(), versions.to_pylist(), strict=True)):
        if first.setdefault(key, row) != row:
            of = f" version {key[1]}" if key[1] else ""
            yield row, f"{key[0]}{of} stands twice"


def _inside(lists: pa.ChunkedArray, name: str, of: Callable[[Any], pa.Array], longest: int) -> Bad:
    import pyarrow.compute as pc

    whole = lists.combine_chunks()
    owner = pc.list_parent_indices(whole)
    for row, reason in _of_text(of(pc.list_flatten(whole)), name, longest, needed=True):
        yield owner[row].as_py(), reason


def _too_many(lists: pa.ChunkedArray, name: str) -> Bad:
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = lists.combine_chunks()
    if pa.types.is_map(whole.type):
        whole = whole.cast(
            pa.list_(pa.struct([("key", whole.type.key_type), ("value", whole.type.item_type)]))
        )
    for row in _rows(pc.greater(pc.list_value_length(whole), MOST)):
        yield row, f"it has more than {MOST:,} {name}"


def _of_text(texts: pa.Array, name: str, longest: int, *, needed: bool = False) -> Bad:
    """Texts that are too long or hold what can't be printed; where ``needed``, also what is missing."""
    if needed:
        for row in _where(texts, lambda pc, all_: pc.or_kleene(pc.is_null(all_), pc.equal(all_, ""))):
            yield row, f"one of its {name} is empty"
    for row in _where(texts, lambda pc, all_: pc.greater(pc.utf8_length(all_), longest)):
        yield row, f"its {name} has more than {longest:,} characters"
    for row in _where(texts, lambda pc, all_: pc.match_substring_regex(all_, r"[^\x20-\x7e]|^ | $")):
        text = texts[row].as_py()
        if not text.isprintable() or not is_text(text):
            yield row, f"its {name} {ascii(text)[:80]} holds characters that can't be printed"
        elif text != text.strip():
            yield row, f"its {name} {ascii(text)[:80]} has blanks around it"


def _where(column: Any, test: Callable[[Any, Any], Any]) -> list[int]:
    import pyarrow.compute as pc

    return _rows(test(pc, column))


def _rows(mask: Any) -> list[int]:
    """Where the mask is true."""
    import pyarrow.compute as pc

    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found
