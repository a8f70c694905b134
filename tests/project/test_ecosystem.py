"""The made-up ecosystem that benchmarks and examples take: its shape, and that a seed says all of it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fitment.registry.lineage.kinds import KINDS

from benchmarks.ecosystem import Made, main, make
from benchmarks.ecosystem_shape import MODELS, Shape
from benchmarks.ecosystem_text import LISTS, MALFORMED, PARENTS, SCHEMA

COUNT = 10_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ecosystem") / "models.csv"


@pytest.fixture(scope="module")
def made(file: Path) -> Made:
    return make(file, Shape().of(COUNT))


@pytest.fixture(scope="module")
def rows(made: Made, file: Path) -> pd.DataFrame:
    return pd.read_csv(file, keep_default_na=False, na_values=[""])


def lists(column: Sequence[object]) -> list[list[str]]:
    return [ast.literal_eval(text) if isinstance(text, str) else [] for text in column]


def test_the_published_shape_is_the_published_one() -> None:
    """The sum of the labels, at full scale and in proportion."""
    assert Shape().models == MODELS
    assert Shape().edges == 573_653
    assert Shape().of(MODELS // 20).edges == pytest.approx(573_653 / 20, rel=1e-3)


def test_the_counts_are_the_shapes(made: Made, rows: pd.DataFrame) -> None:
    """Models, and edges by label; one id each."""
    shape = Shape().of(COUNT)
    edges = made.families
    assert len(rows) == COUNT
    assert rows["model_id"].is_unique
    for label, count in shape.by_label.items():
        assert (edges.label == label).sum() == pytest.approx(count, rel=0.15)
    assert len(np.unique(edges.child << 32 | edges.parent)) == len(edges.parent)
    assert (edges.parent == edges.child).sum() == shape.self_loops


def test_the_file_names_every_edge(made: Made, rows: pd.DataFrame) -> None:
    """The columns, read back row by row, hold the edges and their types; other parents are missing."""
    number = {name: at for at, name in enumerate(rows["model_id"])}
    types: dict[tuple[int, int], int] = {}
    missing = 0
    for column, bit in PARENTS.items():
        for child, parents in enumerate(lists(rows[column])):
            for parent in parents:
                missing += parent not in number
                if parent in number:
                    pair = number[parent], child
                    types[pair] = types.get(pair, 0) | (bit or 0)
    assert len(types) == len(made.families.parent)
    for bit in KINDS.values():
        assert sum(1 for each in types.values() if each & bit) == (made.families.types & bit > 0).sum()
    assert missing >= len(made.families.gone_child)


def test_families_are_large_and_traits_mutate_at_the_published_rates(made: Made) -> None:
    """A few parents have most children; most finetunes that say a licence say their parent's."""
    edges, licences = made.families, made.said.licences.codes
    assert np.sort(edges.children)[-20:].sum() > 0.2 * len(edges.parent)
    finetunes = edges.label == KINDS["finetune"]
    ends = licences[edges.parent[finetunes]], licences[edges.child[finetunes]]
    both = (ends[0] > 0) & (ends[1] > 0)
    assert 0.1 < (ends[0] != ends[1])[both].mean() < 0.3


def test_what_is_odd_is_there(made: Made, rows: pd.DataFrame) -> None:
    """Quotes that an apostrophe switches, lists by other hands, NULL beside the empty list, a date's form."""
    for name in LISTS:
        assert rows[name].isna().any() or not (rows[name] == "[]").any(), name
    assert rows["datasets"].str.contains("it's own", regex=False).any()
    assert any('["' in text for text in rows["datasets"].dropna())
    assert rows["createdAt"].dropna().str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z").all()
    created = made.said.created_ms
    assert (created[made.families.child] < created[made.families.parent]).any()


def test_a_seed_says_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two files of one seed are the same bytes, another's are not; both formats hold the same."""
    one, two, other, parquet = (tmp_path / name for name in ("1.csv", "2.csv", "3.csv", "4.parquet"))
    for file, seed in ((one, "7"), (two, "7"), (other, "8"), (parquet, "7")):
        main([str(file), "--models", "3000", "--seed", seed])
    assert "3,000 models" in capsys.readouterr().out
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()
    stored = pd.read_parquet(parquet)
    assert list(stored) == SCHEMA.names
    read = pd.read_csv(one, keep_default_na=False, na_values=[""])
    for name in ("model_id", *LISTS):
        assert read[name].fillna("").equals(stored[name].fillna("")), name


def test_malformed_rows_are_as_many_as_asked(tmp_path: Path) -> None:
    """Each has one list that is none."""
    make(tmp_path / "bad.csv", Shape().of(500), malformed=9)
    held = pd.read_csv(tmp_path / "bad.csv").isin(MALFORMED)
    assert held.any(axis=1).sum() == held.sum().sum() == 9


def test_cards_are_there_where_asked(tmp_path: Path) -> None:
    """Longer where a model has children."""
    made = make(tmp_path / "models.csv", Shape().of(2000), cards=True)
    characters = pd.read_csv(tmp_path / "models.csv")["card_characters"]
    told = made.said.card_characters
    assert np.array_equal(np.sort(characters.dropna()), np.sort(told[~np.isnan(told)]))
    has_children = made.families.children > 0
    assert np.nanmean(told[has_children]) > np.nanmean(told[~has_children])
