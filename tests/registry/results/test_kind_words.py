"""What sets of kinds say together."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.results.kind_words import Kind, packed, sets_in_words, stored_kinds
from fitment.registry.results.located import PRECEDENCE

from tests.registry.results.random_results import result, tables_of

OK = Kind("ok", "module", "rss", "nvml", "", "")


@pytest.mark.parametrize(
    ("status", "is_ok", "is_decided", "place"),
    [
        ("ok", True, True, PRECEDENCE.index("ok") + 1),
        ("numerics_nan", False, True, 1),
        ("crashed", False, True, len(PRECEDENCE)),
        ("cancelled", False, False, len(PRECEDENCE) + 1),
    ],
)
def test_a_kind_by_its_status(status: str, is_ok: bool, is_decided: bool, place: int) -> None:
    """What decides nothing comes after all that does."""
    kind = Kind(status, "zoo", None, None, "", "")
    assert (kind.is_ok, kind.is_decided, kind.place) == (is_ok, is_decided, place)


def test_stored_kinds() -> None:
    """Each distinct one once, in the order of their ids."""
    with tables_of([result(1), result(2, flags="noisy"), result(3)]) as connection:
        kinds = stored_kinds(connection)
    assert [kind.flags for kind in kinds] == ["", "noisy"]
    assert kinds[0] == Kind("ok", "module", None, None, "", "")


def test_words_of_a_set() -> None:
    """Scopes and meters are the usable runs' alone, and one; assumptions and flags anybody's, each once."""
    kinds = [
        OK,
        Kind("ok", "zoo", "allocator", "nvml", "threads", "noisy,contended"),
        Kind("crashed", "published", "other", "rapl", "precision", "noisy"),
        Kind("cancelled", "module", None, None, "", ""),
    ]
    has = np.zeros((5, 4, 2), np.bool_)
    has[0, 0, 1] = True
    has[1, [0, 1], 1] = True  # two scopes, one meter; a zoo's
    has[1, 2, 0] = True
    has[2, [2, 3], 0] = True
    has[3, 1, 0] = True  # ok, but not usable
    has[4, 0, 1] = True  # as the first
    number, table = sets_in_words(kinds, packed(has))
    words = {row.pop("kinds"): tuple(row.values()) for row in table.to_pylist()}
    assert table.column_names == [
        "kinds", "place", "status", "memory_scope", "energy_source", "assumed", "flags",
    ]  # fmt: skip
    assert [words[of] for of in number.tolist()] == [
        (3, "ok", "rss", "nvml", "", ""),
        (3, "ok", None, "nvml", "precision,threads", "contended,noisy,speed_only"),
        (14, "crashed", None, None, "precision", "noisy"),
        (3, "ok", None, None, "threads", "contended,noisy"),
        (3, "ok", "rss", "nvml", "", ""),
    ]
    assert len(words) == 4


def test_many_kinds() -> None:
    """Sets of hundreds of kinds are kept apart, and each is put into words once."""
    kinds = [Kind("ok", "module", None, None, "", f"flag{k:03}") for k in range(300)]
    has = np.zeros((900, 300, 2), np.bool_)
    rng = np.random.default_rng(5)
    for row in has[:450]:
        row[rng.choice(300, 3, replace=False), 1] = True
    has[450:] = has[:450]
    number, table = sets_in_words(kinds, packed(has))
    said = dict(zip(table.column("kinds").to_pylist(), table.column("flags").to_pylist(), strict=True))
    for i, of in enumerate(number.tolist()):
        assert said[of] == ",".join(f"flag{k:03}" for k in np.flatnonzero(has[i, :, 1]))
    assert len(set(said.values())) == len(said) == len(np.unique(number))


def test_no_candidates() -> None:
    """No row has no number, and nothing is put into words."""
    number, table = sets_in_words([OK], packed(np.zeros((0, 1, 2), np.bool_)))
    assert (len(number), table.num_rows) == (0, 0)
