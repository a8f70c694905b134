"""Finding records of models."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from fitment.registry.catalogue.model_records import all_records, find_record, records_of
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.errors import UnknownNameError
from fitment.registry.storage.store import Store

from tests.registry.catalogue.model_examples import WHOLE, small
from tests.registry.empty_stores import empty_store


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few records; not to be changed."""
    store = empty_store(tmp_path_factory.mktemp("records") / "x.duckdb")
    dated = [small("b", version=f"{n}", released_on=date(2024, n, 1)) for n in (3, 12, 7)]
    shared = [small(name, measured_as=("net", "net-of-" + name)) for name in ("c", "d")]
    record_models(store, [WHOLE, *dated, small("b", version="undated"), *shared], "")
    return store.path


@pytest.fixture
def con(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to it."""
    with Store.open(path).reading() as con:
        yield con


def test_without_a_version_the_newest_release_is_found(con: duckdb.DuckDBPyConnection) -> None:
    """One without a date is older than any with one."""
    assert find_record(con, "b").version == "12"
    assert [record.version for record in records_of(con, "b")] == ["12", "7", "3", "undated"]
    assert find_record(con, "b", "7").version == "7"


def test_a_name_that_it_was_measured_as_finds_a_model(con: duckdb.DuckDBPyConnection) -> None:
    """Where it is one model's; else it is asked which one is meant."""
    assert find_record(con, "net-of-c").model_id == "c"
    with pytest.raises(UnknownNameError, match=r"^net is a name of c and of d: name one$"):
        find_record(con, "net")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("lab/net7b", "did you mean lab/net-7b?"),
        ("NET-7B", "did you mean lab/net-7b?"),
        ("zzz", "there are 4 others; `fitment model search` finds them"),
        ("x" * 500, "x" * 199 + "…"),
    ],
)
def test_an_unknown_name_says_which_may_be_meant(
    con: duckdb.DuckDBPyConnection, asked: str, said: str
) -> None:
    """Near names, whatever the case or the organisation; else how many there are."""
    with pytest.raises(UnknownNameError) as error:
        find_record(con, asked)
    assert said in str(error.value)


def test_an_unknown_version_says_which_there_are(con: duckdb.DuckDBPyConnection) -> None:
    """The newest release first."""
    with pytest.raises(UnknownNameError, match=r"^no record of b version 9: there are 12, 7, 3, undated$"):
        find_record(con, "b", "9")


def test_all_records_come_in_a_fixed_order(con: duckdb.DuckDBPyConnection) -> None:
    """By id, the newest release of each first."""
    assert [(record.model_id, record.version) for record in all_records(con)] == [
        *(("b", version) for version in ("12", "7", "3", "undated")),
        *((name, "") for name in ("c", "d")),
        ("lab/net-7b", "1.0"),
    ]
