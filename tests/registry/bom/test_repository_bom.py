"""The bill of a repository: its models with the places, and what could not be resolved."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.bom.repository_bom import repository_bom
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.catalogue.record_models import record_models

from tests.registry.bom.strict import said, sound
from tests.registry.empty_stores import empty_store

SOURCE = """from transformers import AutoModel, pipeline
AutoModel.from_pretrained("org/tuned")
pipeline("text-generation", model="org/tuned")
AutoModel.from_pretrained(settings.model)
AutoModel.from_pretrained("nobody/knows")
AutoModel.from_pretrained("zz/base")
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "app\x1b"
    root.mkdir()
    (root / "run.py").write_text(SOURCE)
    (root / "bad.py").write_text('x.from_pretrained("a/b") def (:\n')
    return root


def test_models_with_their_places(repository: Path, tmp_path: Path) -> None:
    """One component a model, with every line that names it; a base that is used itself is told once."""
    store = empty_store(tmp_path / "s.duckdb")
    base = ModelRecord(model_id="zz/base", licence="llama2")
    tuned = ModelRecord(model_id="org/tuned", licence="mit", base_models=(BaseModel("zz/base", "finetune"),))
    record_models(store, [base, tuned], "test")
    text = repository_bom(repository, store)
    read = sound(text)
    assert repository_bom(repository, store) == text
    app = read["metadata"]["component"]
    assert (app["type"], app["name"]) == ("application", "app\\x1b")
    assert any(value.startswith("run.py:4: ") for value in said(app, "unresolved"))
    assert any(value.startswith("bad.py") for value in said(app, "skipped"))
    assert read["compositions"][0]["aggregate"] == "incomplete"
    models = {each["bom-ref"]: each for each in read["components"]}
    assert sorted(models) == ["model:nobody/knows", "model:org/tuned", "model:zz/base"]
    places = models["model:org/tuned"]["evidence"]["occurrences"]
    assert [(each["location"], each["line"]) for each in places] == [("run.py:2", 2), ("run.py:3", 3)]
    assert 0.5 < models["model:org/tuned"]["evidence"]["identity"][0]["confidence"] <= 1.0
    assert said(models["model:zz/base"], "licence:repo_loads_weights")[0].startswith("conditional")
    assert said(models["model:nobody/knows"], "in_catalogue") == ["false"]
    graph = {each["ref"]: each.get("dependsOn", []) for each in read["dependencies"]}
    assert graph["model:org/tuned"] == ["model:zz/base"]
    assert str(tmp_path) not in text


def test_a_known_id_without_an_owner_is_a_component(repository: Path, tmp_path: Path) -> None:
    """By its record; without one it is told as open."""
    (repository / "bare.py").write_text(
        "from transformers import AutoModel as M\nM.from_pretrained('tiny-7b')\n"
    )
    store = empty_store(tmp_path / "s.duckdb")
    record_models(store, [ModelRecord(model_id="tiny-7b", licence="mit")], "test")
    assert "model:tiny-7b" in [
        each["bom-ref"] for each in sound(repository_bom(repository, store))["components"]
    ]
    app = sound(repository_bom(repository, None))["metadata"]["component"]
    assert any('"tiny-7b" has no owner' in value for value in said(app, "unresolved"))


def test_the_repositorys_own_licence(repository: Path) -> None:
    """What its files show is concluded, or said by the user; without either there is none."""
    assert "licenses" not in sound(repository_bom(repository, None))["metadata"]["component"]
    (repository / "run.py").write_text("# SPDX-License-Identifier: MIT\n" + SOURCE)
    (repository / "LICENSE").write_text("SPDX-License-Identifier: MIT\n")
    for outbound, expected in ((None, "MIT"), ("apache-2.0", "Apache-2.0")):
        app = sound(repository_bom(repository, None, outbound=outbound))["metadata"]["component"]
        assert app["licenses"] == [{"license": {"id": expected, "acknowledgement": "concluded"}}]
        assert said(app, "licence:how")


def test_without_a_store(repository: Path) -> None:
    """Nothing is known of the models, and nothing is made up: no licence, no time."""
    read = sound(repository_bom(repository, None))
    assert "timestamp" not in read["metadata"]
    assert not any("licenses" in each for each in read["components"])
    assert len(read["components"]) == 3


def test_a_repository_without_models(tmp_path: Path) -> None:
    """An application of no models is a valid document."""
    read = sound(repository_bom(tmp_path, None))
    assert "components" not in read
    assert read["compositions"][0]["aggregate"] == "unknown"
