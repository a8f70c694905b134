"""The bill of a recorded model: from a real store, the same bytes each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from fitment.registry.bom.known import kept_card
from fitment.registry.bom.model_bom import model_bom
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.checkpoints.add import add_checkpoint
from fitment.registry.errors import UnknownNameError
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.storage.rebuild import rebuild
from fitment.registry.storage.store import Store
from safetensors.numpy import save_file

from tests.harness.cli.conftest import HERE, measurement
from tests.registry.bom.strict import nodes, sound
from tests.registry.empty_stores import empty_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = empty_store(Path(tmp_path_factory.mktemp("bom")) / "s.duckdb")
    append_environment(made, HERE)
    append_measurement(made, measurement(32, "fp32", 800.0, 0.040))
    base = BaseModel("meta/base", "finetune")
    own = {"licence": "llama2", "measured_as": ("tiny",), "training_data": ("web",)}
    record_models(
        made,
        [
            ModelRecord(model_id="org/tuned", version="1", base_models=(base,), **own),  # type: ignore[arg-type]
            ModelRecord(model_id="org/tuned", version="0", licence="mit"),
            ModelRecord(model_id="meta/base", licence="llama2", base_models=(BaseModel("org/tuned", None),)),
        ],
        "test",
    )
    return made


def test_everything_is_in_one_document(store: Store) -> None:
    """Measured figures, ancestors with a cut circle, data and dependencies; the same bytes twice."""
    text = model_bom(store, "org/tuned", "1")
    read = sound(text)
    assert model_bom(store, "org/tuned", "1") == text
    model = read["metadata"]["component"]
    types = [each["type"] for each in model["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]]
    assert "throughput (samples/s)" in types
    (base,) = model["pedigree"]["ancestors"]
    assert base["pedigree"]["ancestors"][0]["name"] == "tuned"
    graph = {each["ref"]: each.get("dependsOn", []) for each in read["dependencies"]}
    assert graph == {
        "model:org/tuned@1": ["data:web", "model:meta/base"],
        "model:meta/base": [],
        "data:web": [],
    }
    assert "timestamp" in read["metadata"]


def test_a_rebuilt_store_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    """What a document says is in the journal."""
    before = model_bom(store, "org/tuned", "1")
    rebuild(store.path)
    assert model_bom(Store.open(store.path), "org/tuned", "1") == before


def test_a_version_is_asked_for(store: Store) -> None:
    """Another version is another document."""
    model = sound(model_bom(store, "org/tuned", "0"))["metadata"]["component"]
    assert model["licenses"][0]["license"]["id"] == "MIT"
    assert not any("ancestors" in node for node in nodes(model))


@pytest.mark.parametrize(
    ("asked", "version", "expected"),
    [("org/tund", None, r"did you mean org/tuned"), ("org/tuned", "9", "no record of org/tuned version 9")],
)
def test_a_name_that_is_none(store: Store, asked: str, version: str | None, expected: str) -> None:
    """Near names and the versions that there are."""
    with pytest.raises(UnknownNameError, match=expected):
        model_bom(store, asked, version)


def test_a_model_without_a_checkpoint_has_no_card(store: Store) -> None:
    """Nothing kept is no mistake."""
    assert kept_card(store, ModelRecord(model_id="org/tuned")) is None


def test_the_card_and_files_of_a_checkpoint(tmp_path: Path) -> None:
    """The newest checkpoint's files with their hashes, and its card; not for another version."""
    store = empty_store(tmp_path / "s.duckdb")
    records = [ModelRecord(model_id="org/m", version=version) for version in ("1", "2")]
    record_models(store, records, "test")
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "README.md").write_text("# m\n\n## Limitations\n\nIt knows English only.\n")
    (folder / "config.json").write_text('{"model_type": "bert", "architectures": ["BertModel"]}')
    save_file({"w": np.zeros(3, np.float32)}, folder / "model.safetensors")
    add_checkpoint(store, folder, "org/m", "2")
    model = sound(model_bom(store, "org/m", "2"))["metadata"]["component"]
    assert [each["name"] for each in model["components"]] == ["README.md", "config.json", "model.safetensors"]
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    assert model["components"][2]["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert model["modelCard"]["modelParameters"]["modelArchitecture"] == "BertModel"
    assert model["modelCard"]["considerations"]["technicalLimitations"] == ["It knows English only."]
    older = sound(model_bom(store, "org/m", "1"))["metadata"]["component"]
    assert "components" not in older
    assert "modelCard" not in older
    given = sound(model_bom(store, "org/m", "1", card=folder / "README.md"))["metadata"]["component"]
    assert "considerations" in given["modelCard"]
