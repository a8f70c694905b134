"""Models by what is asked of them, beside a slow obvious twin."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from fitment.registry.catalogue.model_fit import device, estimated_bytes
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.catalogue.model_search import ORDERS, Found, Wanted, search
from fitment.registry.catalogue.permissions import COMMERCIAL, NON_COMMERCIAL, permission
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.errors import UnknownNameError
from fitment.registry.licences.verdicts import Verdict
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.storage import examples

LICENCES = ("Apache-2.0", "apache-2.0", "mit", "llama2", "cc-by-nc-4.0", "other", None)
GPU = replace(examples.ENVIRONMENT, device_kind="cuda", hardware="Test GPU, 24 GiB")


def drawn(count: int) -> list[ModelRecord]:
    """Records that lack this and that, with many ties."""
    draw = random.Random(7)
    return [
        ModelRecord(
            model_id=f"{draw.choice('ab')}/m{number // 2}",
            version=str(number % 2),
            name=draw.choice(("Net", "CHAT Net", None)),
            organisation=draw.choice(("Meta", "meta", "TII", None)),
            licence=draw.choice(LICENCES),
            restrictions=draw.choice(((), (), (NON_COMMERCIAL,))),
            claims=draw.choice(((), (COMMERCIAL,))),
            parameters=draw.choice((None, 10**9, 7 * 10**9, 70 * 10**9)),
            size_bytes=draw.choice((None, 10**10, 10**11)),
            task=draw.choice((None, "text-generation", "fill-mask")),
            tags=tuple(draw.sample(("chat", "Code", "code-review", "en"), draw.randint(0, 3))),
            released_on=draw.choice((None, date(2024, 1, 1), date(2023, 1, 1))),
            downloads=draw.choice((None, 0, 10, 1000)),
            rating=draw.choice((None, 0.0, 3.5, 4.0, 5.0)),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def records() -> list[ModelRecord]:
    return drawn(300)


@pytest.fixture(scope="module")
def path(records: list[ModelRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of them; not to be changed."""
    store = empty_store(tmp_path_factory.mktemp("search") / "x.duckdb")
    record_models(store, records, "")
    return store.path


@pytest.fixture
def con(path: Path) -> duckdb.DuckDBPyConnection:
    with Store.open(path).reading() as con:
        yield con


def twin(records: list[ModelRecord], wanted: Wanted) -> tuple[list[tuple[str, str]], int]:
    """The ids that match, the most popular first, and how many are left out for an unknown licence."""
    kept, unknown = [], 0
    for record in records:
        words = [record.model_id, record.name, record.organisation, record.task, *record.tags]
        text = "\n".join(word for word in words if word).lower()
        size = record.parameters
        if not all(word in text for word in (wanted.text or "").lower().split()):
            continue
        if not {tag.lower() for tag in wanted.tags} <= {tag.lower() for tag in record.tags}:
            continue
        if wanted.licence and (record.licence or "").lower() != wanted.licence.lower():
            continue
        if wanted.organisation and (record.organisation or "").lower() != wanted.organisation.lower():
            continue
        if wanted.least_parameters and (size is None or size < wanted.least_parameters):
            continue
        if wanted.most_parameters and (
            size is None
            or size > wanted.most_parameters
            or (wanted.parameters_open and size == wanted.most_parameters)
        ):
            continue
        if wanted.least_rating is not None and (record.rating is None or record.rating < wanted.least_rating):
            continue
        need = size and estimated_bytes(size, wanted.precision)
        if need is None and record.size_bytes is not None:
            need = int(record.size_bytes * 1.2)
        if wanted.runs_on and need is not None and need > wanted.runs_on.memory_bytes:
            continue
        verdict = permission(record.licence, record.restrictions).verdict
        if wanted.commercial and verdict not in (Verdict.COMPATIBLE, Verdict.CONDITIONAL):
            unknown += verdict is Verdict.UNKNOWN
            continue
        if wanted.runs_on and need is None:
            continue
        kept.append(record)
    low = float("-inf")

    def place(record: ModelRecord) -> tuple[float, float, float, str, str]:
        downloads = low if record.downloads is None else record.downloads
        rating = low if record.rating is None else record.rating
        popular = low if low in (downloads, rating) else downloads * rating
        return (-popular, -downloads, -rating, record.model_id, record.version)

    return [(record.model_id, record.version) for record in sorted(kept, key=place)], unknown


def ids(found: Found) -> list[tuple[str, str]]:
    return [(model.model_id, model.version) for model in found.models]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(text="chat net"),
        Wanted(text="A/M1"),
        Wanted(licence="APACHE-2.0"),
        Wanted(organisation="META"),
        Wanted(tags=("code",)),
        Wanted(tags=("CHAT", "en")),
        Wanted(least_parameters=10**9, most_parameters=7 * 10**9),
        Wanted(most_parameters=7 * 10**9, parameters_open=True),
        Wanted(commercial=True),
        Wanted(commercial=True, least_rating=4.0, text="meta"),
        Wanted(least_rating=0.0),
        Wanted(runs_on=device("24GB"), commercial=True),
        Wanted(runs_on=device("80GB"), precision="int4"),
    ],
)
def test_search_finds_what_its_twin_finds(
    con: duckdb.DuckDBPyConnection, records: list[ModelRecord], wanted: Wanted
) -> None:
    """The same records in the same order; counts are of all, the list is cut at the limit."""
    expected, unknown = twin(records, wanted)
    found = search(con, replace(wanted, limit=1000))
    assert ids(found) == expected
    assert (found.matching, found.stored, found.unknown_licence) == (len(expected), 300, unknown)
    first = search(con, replace(wanted, limit=7))
    assert (ids(first), first.matching) == (expected[:7], len(expected))


def test_what_is_not_known_never_wins(con: duckdb.DuckDBPyConnection) -> None:
    """In every order the records that lack what it goes by come last."""
    lacking = {
        "popularity": lambda m: m.downloads is None or m.rating is None,
        "downloads": lambda m: m.downloads is None,
        "rating": lambda m: m.rating is None,
        "parameters": lambda m: m.parameters is None,
        "size": lambda m: m.size_bytes is None,
        "newest": lambda m: m.released_on is None,
        "name": lambda m: False,
    }
    assert lacking.keys() == ORDERS.keys()
    for order, lacks in lacking.items():
        models = search(con, Wanted(order=order, limit=300)).models
        assert len(models) == 300
        flags = [lacks(model) for model in models]
        assert flags == sorted(flags), order
    with pytest.raises(UnknownNameError, match="there are popularity"):
        search(con, Wanted(order="luck"))


def test_a_row_says_why_and_what_contradicts_it(con: duckdb.DuckDBPyConnection) -> None:
    """The verdict of a claimed model is its licence's; the claim is named."""
    found = search(con, Wanted(licence="cc-by-nc-4.0", limit=100)).models
    assert {model.commercial for model in found} == {"incompatible"}
    assert {bool(model.contradiction) for model in found} == {True, False}
    assert all(model.why for model in found)


def test_a_device_leaves_out_what_nobody_knows_the_need_of(
    con: duckdb.DuckDBPyConnection, records: list[ModelRecord]
) -> None:
    """And says how many there are; a published size stands in for unknown parameters."""
    found = search(con, Wanted(runs_on=device("1TB"), limit=300))
    blank = sum(record.parameters is None and record.size_bytes is None for record in records)
    assert (found.unknown_size, found.matching) == (blank, 300 - blank)
    assert {model.needs_basis for model in found.models} == {"parameters", "size"}


def test_measured_memory_stands_in_for_the_estimate(tmp_path: Path) -> None:
    """Under the model's own name or one that it was measured as, at the precision asked for."""
    store = empty_store(tmp_path / "x.duckdb")
    append_environment(store, GPU)
    row = examples.measured(1)
    cell = replace(row.cell, device_kind="cuda", hardware=GPU.hardware)
    append_measurement(store, replace(row, cell=cell, env_id=GPU.id))
    big = ModelRecord(model_id="big", parameters=10**12, measured_as=("resnet18",))
    record_models(store, [big, ModelRecord(model_id="other", parameters=10**12)], "")
    with store.reading() as con:
        found = search(con, Wanted(runs_on=device("24GB"), precision="fp32"))
        assert [(m.model_id, m.needs_bytes, m.needs_basis) for m in found.models] == [
            ("big", 1000, "measured")
        ]
        assert search(con, Wanted(runs_on=device("24GB"))).models == ()


def test_an_empty_catalogue_has_no_models(tmp_path: Path) -> None:
    """And is no error."""
    with empty_store(tmp_path / "x.duckdb").reading() as con:
        assert search(con, Wanted(commercial=True, text="x")) == Found((), 0, 0, 0, 0)
