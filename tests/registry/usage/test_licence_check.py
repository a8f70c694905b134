from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.catalogue.model_record import ModelRecord
from fitment.registry.licences.verdicts import Context
from fitment.registry.usage.licence_check import Checked, LicenceCheck, check_uses, own_licence
from fitment.registry.usage.scan import scan

RECORDS = {
    record.model_id: record
    for record in (
        ModelRecord(model_id="acme/open", licence="apache-2.0"),
        ModelRecord(model_id="acme/research", licence="cc-by-nc-4.0"),
        ModelRecord(model_id="acme/narrowed", licence="apache-2.0", restrictions=("non-commercial",)),
        ModelRecord(model_id="tiny-7b", licence="apache-2.0"),
        ModelRecord(model_id="google-bert/bert-base-uncased", licence="apache-2.0"),
    )
}
LOAD = "from transformers import AutoModel\nm = AutoModel.from_pretrained('{}')\n"


def checked(folder: Path, outbound: str | None = "MIT", context: Context | None = None) -> LicenceCheck:
    return check_uses(folder, scan(folder), RECORDS.get, outbound, context or Context())


def only(found: LicenceCheck) -> Checked:
    (row,) = found.models
    return row


def test_loading_is_what_is_left(tmp_path: Path) -> None:
    """Where nothing else shows; a permissive licence goes with it, and the place is named."""
    (tmp_path / "a.py").write_text(LOAD.format("acme/open"))
    row = only(checked(tmp_path))
    assert (row.relation, row.verdict, row.licence) == ("repo_loads_weights", "compatible", "apache-2.0")
    assert "a.py:2" in row.how


def test_a_model_of_no_record_is_unknown(tmp_path: Path) -> None:
    """With the command that adds it; never compatible."""
    (tmp_path / "a.py").write_text(LOAD.format("acme/other"))
    row = only(checked(tmp_path))
    assert (row.verdict, row.because) == ("unknown", "not in the catalogue: fitment model add acme/other")


def test_a_near_name_is_told_and_not_taken(tmp_path: Path) -> None:
    """The same name without its owner may be another model."""
    (tmp_path / "a.py").write_text(LOAD.format("someone/tiny-7b"))
    row = only(checked(tmp_path))
    assert row.verdict == "unknown"
    assert row.because == "not in the catalogue, which has tiny-7b: fitment model add someone/tiny-7b"


def test_training_and_publishing_is_a_release(tmp_path: Path) -> None:
    """Both signs are named; what forbids it is a clause."""
    text = LOAD.format("acme/research") + "Trainer(model=m).train()\nm.push_to_hub('me/x')\n"
    (tmp_path / "a.py").write_text(text)
    row = only(checked(tmp_path))
    assert (row.relation, row.verdict) == ("finetune_release", "incompatible")
    assert "line 3: Trainer" in row.how
    assert "line 4: push_to_hub" in row.how
    assert row.because


def test_signs_in_comments_are_none(tmp_path: Path) -> None:
    """Nor is training alone a release."""
    (tmp_path / "a.py").write_text(
        LOAD.format("acme/open") + "Trainer(m)\n# m.push_to_hub('x')\n# FastAPI()\n"
    )
    assert only(checked(tmp_path)).relation == "repo_loads_weights"


def test_serving_shows_in_code_and_commands(tmp_path: Path) -> None:
    """A web application in the same file, and a server's command line."""
    (tmp_path / "app.py").write_text("app = FastAPI()\n" + LOAD.format("acme/open"))
    (tmp_path / "run.sh").write_text("vllm serve acme/research\n")
    found = {row.model_id: row for row in checked(tmp_path).models}
    assert {row.relation for row in found.values()} == {"serve_api"}
    assert "run.sh:1 serves it: vllm serve" in found["acme/research"].how


@pytest.mark.parametrize(
    ("beside", "relation"), [("LICENSE", "redistribute"), ("notes.txt", "relabel_weights")]
)
def test_weights_in_the_repository_are_passed_on(tmp_path: Path, beside: str, relation: str) -> None:
    """Under their own licence where one lies beside them, else under the repository's; others are named."""
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / beside).write_text("words")
    (tmp_path / "w" / "config.json").write_text('{"_name_or_path": "acme/research"}')
    for name in ("w/model.safetensors", "odd.gguf"):
        (tmp_path / name).write_bytes(b"\0" * (1 << 16))
    found = checked(tmp_path)
    assert only(found).relation == relation
    assert [(each.file, each.model_id) for each in found.vendored] == [
        ("odd.gguf", None),
        ("w/model.safetensors", "acme/research"),
    ]


def test_an_adapter_is_a_derivative(tmp_path: Path) -> None:
    """Its configuration names the base."""
    (tmp_path / "adapter_config.json").write_text('{"base_model_name_or_path": "acme/open"}')
    (tmp_path / "adapter_model.safetensors").write_bytes(b"\0" * (1 << 16))
    assert only(checked(tmp_path)).relation == "finetune_release"


def test_makers_may_exclude_more(tmp_path: Path) -> None:
    """Never better than conditional, and incompatible where the use is commercial."""
    (tmp_path / "a.py").write_text(LOAD.format("acme/narrowed"))
    assert only(checked(tmp_path)).verdict == "conditional"
    assert only(checked(tmp_path, context=Context(commercial=True))).verdict == "incompatible"


def test_a_name_from_before_owners_is_found(tmp_path: Path) -> None:
    """Under the owner that it has now."""
    (tmp_path / "a.py").write_text(LOAD.format("bert-base-uncased"))
    assert only(checked(tmp_path)).licence == "apache-2.0"


def test_the_repository_says_its_own_licence(tmp_path: Path) -> None:
    """What is said on the command line comes first, then its files; without any it is not known."""
    assert own_licence(tmp_path).licence is None
    (tmp_path / "pyproject.toml").write_text('[project]\nlicense = "MIT"\n')
    found = own_licence(tmp_path)
    assert (found.licence, "pyproject.toml" in found.how) == ("MIT", True)
    assert own_licence(tmp_path, "GPL-3.0-only").licence == "GPL-3.0-only"
